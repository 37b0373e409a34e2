"""Take stock phrases off the beginning of a sentence: `In this paper, we show` → `We show`."""

from __future__ import annotations

import re

_PAPER = r"(?:paper|work|study|article|research|letter|report|manuscript|thesis|survey|review|note)"
_WHERE = rf"(?:in|with|throughout) (?:this|our|the (?:present|current)) (?:[a-z]+ )?{_PAPER}"
_LINK = (
    r"however|furthermore|moreover|in addition|additionally|besides|also|further|finally|lastly"
    r"|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|then|thus|therefore|hence|consequently"
    r"|accordingly|as a result|as such|overall|notably|(?:more |most )?importantly|meanwhile"
    r"|unfortunately|instead|nevertheless|nonetheless|yet|so|conversely|alternatively"
    r"|(?:in|by) contrast|on the (?:one|other) hand|indeed|in fact|in particular|particularly"
    r"|(?:more )?(?:specifically|precisely|concretely)|in (?:summary|short|brief|detail|a nutshell)"
    r"|here(?:in)?|to do so|in response|in this (?:regard|context|way)|with this in mind"
)
_TROUBLE = (
    r"issue|problem|challenge|limitation|gap|drawback|shortcoming|concern|bottleneck|question"
    r"|need|weakness|obstacle|dilemma|trade-?off|goal|aim|end|purpose|reason|insight|observation"
    r"|finding|idea|fact|motivation"
)
_THIS = (
    r"(?:(?:this|that|these|those|such)(?: [a-z-]+){0,2}?|the(?: above| aforementioned)?)"
    rf" (?:(?:{_TROUBLE})(?:e?s)?|difficult(?:y|ies)|deficienc(?:y|ies))"
)
_SOLVE = "address|tackle|solve|overcome|mitigate|alleviate|resolve|remedy|achieve|understand|answer"
_TO_THIS = (
    rf"(?:(?:in order )?to (?:{_SOLVE}|handle|bridge|fill|circumvent|meet|combat|deal with"
    r"|cope with)|towards?|to|for|(?:motivated|inspired|guided|driven) by"
    rf"|(?:based|building) (?:up)?on) {_THIS}"
    rf"|(?:to (?:{_SOLVE})|(?:motivated|inspired) by|based on) (?:this|these)"
)
_LABEL = (
    r"abstract|summary|tl;?dr|background|objectives?|purpose|aims?|motivation|introduction|methods?"
    r"|results?|findings|conclusions?"
)
_STOCK = re.compile(
    rf"(?:{_WHERE}|{_LINK}|{_TO_THIS})(?:, *| (?=we\b))|{_WHERE} (?=(?:I|the authors?)\b)"
    rf"|(?:{_LABEL}) ?[:—–] *|\(?(?:[0-9][.)]|(?:i{{1,3}}|iv|v)\)) +",
    re.IGNORECASE,
)
# `k-means`, `mRNA` and maths keep their first letter.
_PLAIN = re.compile(r"[^\W\d_]+(?![\w$\\])")


def trim(sentence: str) -> str:
    """Return `sentence` without stock phrases before what it says, its first letter a capital.

    Only what links it to other sentences or names the paper goes; nothing goes at its end.
    """
    rest = sentence
    while found := _STOCK.match(rest):
        rest = rest[found.end() :]
    return sentence if rest == sentence or not rest else _capital(rest)


def _capital(text: str) -> str:
    first = _PLAIN.match(text)
    if not first or not first.group().islower() or (first.end() == 1 and text[1:2] == "-"):
        return text
    return text[0].upper() + text[1:]
