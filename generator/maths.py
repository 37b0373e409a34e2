r"""Turn LaTeX in titles, notes and abstracts into what a page or a plain line can show.

`typeset` makes HTML with MathML, which browsers lay out without a script; `plain` makes text.
Source of the delimiters: arXiv's abstracts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from pylatexenc.latex2text import LatexNodes2Text

from generator import macros, mathml
from generator.text import escape

LONGEST = 2000
"""Characters of a formula; what is longer stays as the source has it."""
_SHORT = 12
"""Characters of a formula that fits into a line of any screen."""

# A dollar after which a blank stands, or a digit after the closing one, is money.
_RUN = re.compile(
    rf"""
      \$\$ (?P<shown> (?:[^$\\]|\\.){{1,{LONGEST}}}? ) \$\$
    | (?<![\\$]) \$ (?P<inline> (?![\s$]) (?:[^$\\]|\\.){{0,{LONGEST}}}? (?:[^\s$\\]|\\[^\s]) )
      \$ (?![0-9$])
    | \\\( (?P<round> .{{1,{LONGEST}}}? ) \\\)
    | \\\[ (?P<square> .{{1,{LONGEST}}}? ) \\\]
    """,
    re.VERBOSE | re.DOTALL,
)
_SET_OFF = frozenset({"shown", "square"})
_OPENERS = ("$", r"\(", r"\[")
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 .,+\-]*")

_RAISED = re.compile(r"(?P<how>[\^_])(?:\{(?P<braced>[-+0-9n]+)\}|(?P<single>[0-9n]))")
_SUPERSCRIPTS = dict(zip("-+0123456789n", "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ", strict=True))
_SUBSCRIPTS = dict(zip("-+0123456789n", "₋₊₀₁₂₃₄₅₆₇₈₉ₙ", strict=True))
_RELATION = re.compile("[≤≥≠≈≡≪≫∈∉⊂⊆→←↦∼≃∝]")
# `\log n` is two words.
_NAMED = re.compile(r"\\[A-Za-z]+(?= +[A-Za-z0-9])")
# What it cannot read is said as it stands: no matter for whoever builds a site.
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
_TO_TEXT = LatexNodes2Text(math_mode="text", keep_comments=True)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: prose, or a formula."""

    said: str
    """Prose as it is, a formula without its delimiters."""
    source: str | None
    """A formula with its delimiters; None in prose."""
    display: bool = False
    """Whether the formula stands in a line of its own."""

    @property
    def is_name(self) -> bool:
        """Tell whether the formula is a name: `$gen$CNN` is no product of g, e and n."""
        return len(self.said) > 1 and _PLAIN_NAME.fullmatch(self.said) is not None


def typeset(text: str) -> Markup:
    """Return `text` as HTML for a page: formulas as MathML, emphasis as elements, all escaped.

    A formula that is no LaTeX stands as plain text. One line; linear in len(text).
    """
    return Markup(
        "".join(_prose(one.said) if one.source is None else _formula(one) for one in parts(text))
    )


def plain(text: str) -> str:
    r"""Return `text` for one line without markup: `$\alpha \le x^2$` reads α ≤ x².

    Commands in prose are said in characters or lose their backslash; money and paths stay.
    """
    if "\\" not in text and "$" not in text:
        return text
    return "".join(map(said, parts(text)))


def said(piece: Piece) -> str:
    """Return a piece as plain text."""
    if piece.source is None:
        return "".join(words for _, words in macros.prose(piece.said))
    return _said(piece.said, piece.source)


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the parts of `text` in order: prose with None, a formula with its source."""
    return ((piece.said, piece.source) for piece in parts(text))


def parts(text: str) -> Iterator[Piece]:
    """Yield the pieces of `text` in order."""
    at = 0
    if any(opener in text for opener in _OPENERS):
        for found in _RUN.finditer(text):
            if found.start() > at:
                yield Piece(text[at : found.start()], None)
            kind = str(found.lastgroup)
            inner, source = found[kind].strip(), found.group()
            # Signs alone, as in `$($`, are no formula.
            is_formula = any(map(str.isalnum, inner))
            yield Piece(inner, source, kind in _SET_OFF) if is_formula else Piece(source, None)
            at = found.end()
    if at < len(text):
        yield Piece(text[at:], None)


def _formula(piece: Piece) -> str:
    """Return a formula as HTML."""
    if piece.is_name:
        return escape(piece.said)
    tree = mathml.tree(piece.said, piece.display)
    if tree is None:
        return f'<span class="op-tex">{escape(said(piece))}</span>'
    formula = mathml.markup(tree, escape)
    # Browsers break no formula: a longer one may need a box that scrolls.
    if not piece.display and len("".join(tree.itertext())) > _SHORT:
        return f'<span class="op-wide">{formula}</span>'
    return formula


def _prose(text: str) -> str:
    r"""Return text outside of maths as HTML; `\emph{…}` and the like become elements."""
    return "".join(
        f"<{element}>{escape(words)}</{element}>" if element else escape(words)
        for element, words in macros.prose(text)
    )


@lru_cache(maxsize=4096)
def _said(latex: str, whole: str) -> str:
    """Return a formula as text; what cannot be said is `whole` without its signs of LaTeX."""
    latex = _RAISED.sub(_raised, macros.undressed(latex))
    latex = _NAMED.sub(r"\g<0>\ ", latex)
    if _PLAIN_NAME.fullmatch(latex):
        return latex
    try:
        said = str(_TO_TEXT.latex_to_text(latex))
    except Exception:  # pylatexenc raises faults of many kinds on text that is no LaTeX.
        return _COMMAND.sub(_bare, latex) if _COMMAND.search(latex) else whole
    said = " ".join(_RELATION.sub(r" \g<0> ", said).split())
    return _COMMAND.sub(_bare, said) or whole


def _bare(found: re.Match[str]) -> str:
    return found.group()[1:]


def _raised(found: re.Match[str]) -> str:
    letters = found["braced"] or found["single"]
    signs = _SUPERSCRIPTS if found["how"] == "^" else _SUBSCRIPTS
    if all(letter in signs for letter in letters):
        return "".join(signs[letter] for letter in letters)
    return found.group()
