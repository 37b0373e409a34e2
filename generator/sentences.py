"""Split the text of an abstract into sentences.

Own rules instead of a library: pysbd, the usual small one, had its last release in 2021 and
takes forty times as long; those of nltk and spaCy need models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.text import word_set

_CLOSERS = r"[\"'”’»)\]}」』）】]"
# Stops of other scripts end a sentence without a blank after them.
_FULL = "。！？｡।॥؟۔"
# A reference may follow: `as it was.[3]`.
_ENDING = re.compile(rf"([.!?…{_FULL}]+)({_CLOSERS}*)(?:\[[0-9, –-]{{1,30}}\])?")
_PARAGRAPH = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"\s+")
# No sentence ends within maths, brackets or an address. Bounded, so that a sign which is
# never closed costs no more than that.
_WHOLE = re.compile(
    r"\$\$[^$]{1,400}\$\$|\$(?!\s)[^$]{1,200}(?<!\s)\$(?![0-9])|\\\(.{1,200}?\\\)"
    r"|\([^()]{1,300}\)|\{[^{}]{1,300}\}"
    r"|(?:https?://|www\.)\S{1,200}?(?=[.,;:!?)\]}'\"”]*(?:\s|\Z)|\.[A-Z][a-z]*(?:\s|\Z))"
)
_REACH = 40
"""Characters before a stop that are looked at."""
_TOKEN = re.compile(r"[\w.]+\Z")
_NEXT = re.compile(r"\s*[\"'“‘«(\[{「『（]*([^\W_]*)(\S?)")
_NUMBER = re.compile(r"[0-9]{1,3}")
# `U.S`, `i.i.d`, `Ph.D`
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_])+")
_CUT = re.compile(r"(?:\.\.|…)[\"'”’)\]]*\Z")

# After these a sentence goes on, whatever follows.
_OPEN = word_set("e.g i.e eg ie vs cf viz resp approx dr prof mr mrs ms mt messrs ca incl esp")
# After these it goes on where a number, a sign or a capital letter follows.
_COUNTED = word_set(
    "fig figs eq eqs eqn eqns sec secs sect ref refs tab tabs thm def alg no nos vol ch chap p pp"
    " lem cor prop jan feb mar apr jun jul aug sep sept oct nov dec"
)
# After these, as after initials, it goes on unless a word follows that begins sentences.
_SHORT = word_set("al inc ltd co corp dept univ est jr sr st")
_BEGINNERS = word_set(
    "a additionally all although an and another as at because besides both building but by"
    " compared current despite each empirical empirically existing experimental experiments"
    " extensive finally first for further furthermore given here hence how however if in inspired"
    " instead it its many meanwhile moreover most motivated nevertheless next notably on one our"
    " overall previous prior recent recently results second since so some specifically such that"
    " the their then there therefore these they third this those through thus to together towards"
    " under unfortunately unlike using via we what when where whereas which while with without"
    " yet"
)

# These begin a sentence also where the writer spared the capital.
_SMALL = word_set("we our this these however here moreover furthermore")


def split(text: str) -> list[str]:
    """Return the sentences of `text` in order; runs of white space become one blank.

    Linear in the length of the text. Text in which no sentence ends is one.
    """
    return [sentence for part in _PARAGRAPH.split(text) for sentence in _split(part)]


def is_cut(sentence: str) -> bool:
    """Return whether the sentence ends in an ellipsis, as that of a shortened text does."""
    return bool(_CUT.search(sentence))


def _split(paragraph: str) -> Iterator[str]:
    text = _SPACE.sub(" ", paragraph).strip()
    wholes = [found.span() for found in _WHOLE.finditer(text)]
    start = place = 0
    for ending in _ENDING.finditer(text):
        while place < len(wholes) and wholes[place][1] <= ending.start():
            place += 1
        inside = place < len(wholes) and wholes[place][0] <= ending.start()
        # The bracket of a whole sentence closes after the stop.
        last = inside and wholes[place][1] <= ending.end()
        if (last or not inside) and _ends(text, start, ending, last):
            yield text[start : ending.end()].strip()
            start = ending.end()
    if rest := text[start:].strip():
        yield rest


def _ends(text: str, start: int, ending: re.Match[str], bracketed: bool) -> bool:
    """Return whether the sentence that begins at `start` ends with `ending`."""
    stop, end = ending[1], ending.end()
    if end == len(text) or stop[0] in _FULL:
        return True
    following = _NEXT.match(text, end)
    word, sign = following.groups() if following else ("", "")
    before = text[max(start, ending.start() - _REACH) : ending.start()]
    begins = word[:1].isupper() and word.lower() in _BEGINNERS
    if bracketed:
        return begins
    if text[end] != " ":
        return word[:1].isupper() and _is_glued(before, word, sign, bool(ending[2]))
    return _is_new(word, sign) and (stop != "." or _closes(before, word, begins))


def _is_glued(before: str, word: str, sign: str, closed: bool) -> bool:
    """Return whether a sentence ends although no blank follows: `it works.We show`."""
    tail = before.rpartition(" ")[2].lower()
    if sign not in {"", ",", "-", "'", "’"} or tail in _OPEN or tail in _COUNTED:
        return False
    if word.lower() in _BEGINNERS or (word.endswith("ly") and sign == ","):
        plain = "." not in tail or "/" in tail or tail[-1].isdigit()
        return closed or ((len(tail) > 1 or len(word) > 2) and plain)
    # Two whole words; else it may be a name with a dot in it.
    whole = closed or before.endswith(")") or (tail.isalpha() and len(tail) > 3)
    return whole and sign in {"", "-"} and len(word) > 2


def _is_new(word: str, sign: str) -> bool:
    """Return whether a sentence may begin with `word`, also one in lower case: `k-means`."""
    if not word[:1].islower():
        return True
    return word in _SMALL or not word.islower() or (len(word) == 1 and sign == "-")


def _closes(before: str, word: str, begins: bool) -> bool:
    """Return whether a full stop after `before` ends a sentence, and is no part of a short form."""
    found = _TOKEN.search(before)
    token = found.group().strip(".") if found else ""
    low = token.lower()
    previous = before[: len(before) - len(token)]
    if low in _OPEN:
        return False
    if low in _COUNTED:
        return begins or (len(word) > 3 and not word[0].isdigit())
    if _NUMBER.fullmatch(token):
        # The number of an item: `1. We propose`.
        return previous.rstrip()[-1:] not in {"", ":", ";"}
    initial = len(token) == 1 and token.isupper() and previous[-1:] in {"", " ", ".", "("}
    return begins or not (initial or low in _SHORT or _DOTTED.fullmatch(token))
