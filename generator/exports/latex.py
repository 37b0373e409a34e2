r"""Write text so that LaTeX prints it as it stands, and so that BibTeX finds its fields whole.

Letters stay as they are, in UTF-8: biber reads nothing else, and so do BibTeX's successors and
LaTeX itself since 2018.
"""

from __future__ import annotations

import re

from generator import maths

_SIGNS = {
    **{char: f"\\{char}" for char in "&%$#_"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    # BibTeX counts braces also behind a backslash.
    **{"{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
}
# The last three only behind their like: two hyphens are a dash to LaTeX, two quotes a quotation
# mark. `&lt;` and `<b>` are text here, but markup to programs that read what registries send.
_ACTIVE = re.compile(
    r"[\\&%$#_~^{}]|(?<=-)-|(?<=`)`|(?<=')'|(?<=&)(?=#?\w{1,30};)|(?<=<)(?=/?[a-z][\w:-]*[\s/>])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w-]*")
_IN_ADDRESS = {" ": "%20", "{": "%7B", "}": "%7D", "\\": "%5C", "^": "%5E", '"': "%22"}


def escaped(text: str) -> str:
    """Return `text` in one line so that LaTeX prints it; formulas stay formulas."""
    return "".join(
        _ACTIVE.sub(_sign, said) if source is None else _formula(source)
        for said, source in maths.pieces(" ".join(text.split()))
    )


def titled(text: str) -> str:
    """Return a title in one line: formulas as they are, terms with own capitals in braces."""
    return "".join(
        _WORD.sub(_cased, _ACTIVE.sub(_sign, said)) if source is None else _formula(source)
        for said, source in maths.pieces(" ".join(text.split()))
    )


def address(text: str) -> str:
    """Return an address without what would end a field; programs take it as it stands."""
    return "".join(_IN_ADDRESS.get(char, char) for char in text)


def _sign(found: re.Match[str]) -> str:
    return _SIGNS.get(found[0]) or f"{{}}{found[0]}"


def _cased(found: re.Match[str]) -> str:
    """Keep the capitals of `BERT`, `mRNA` and `GPT-4o`, not that of a sentence's first word."""
    word = found[0]
    return f"{{{word}}}" if any(map(str.isupper, word[1:])) else word


def _formula(source: str) -> str:
    """Return a formula, as text where its braces would break the entry."""
    depth = 0
    for char in source:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            break
    return source if depth == 0 else _ACTIVE.sub(_sign, source)
