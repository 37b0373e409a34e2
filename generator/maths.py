r"""Turn LaTeX in titles, notes and abstracts into what a page or a plain line can show.

`typeset` makes HTML with MathML, which browsers lay out without a script; `plain` makes text.
Sources: LaTeX's delimiters as arXiv's abstracts have them; MathML Core for what may be written.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter
from markupsafe import Markup
from pylatexenc.latex2text import LatexNodes2Text

from generator.text import escape, words

LONGEST = 2000
"""Characters of a formula; what is longer stays as the source has it."""
_SHORT = 12
"""Characters of a formula that fits into a line of any screen."""
_TAG = re.compile("<[^<>]*>")

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
# Commands of text that abstracts use; an inner command first, thus at most a few rounds.
_DRESSED = re.compile(
    r"\\(?P<how>emph|textit|textbf|texttt|textsc|textrm|textsf|text|mbox|underline|uline|url)"
    r"[ ]?\{(?P<what>[^{}]*)\}"
)
# `foo\_bar` and `(\$5)` are LaTeX; a face with an arm `\_`, or `/\%`, is none.
_SIGN = re.compile(r"(?<![^\w\s(])\\([%&#$])|(?<=\w)\\(_)")
_ROUNDS = 4
_ELEMENTS = {"emph": "em", "textit": "em", "textbf": "strong", "texttt": "code"}
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 .,+\-]*")

_TAGS = frozenset(
    words(
        "math mrow mi mn mo mtext mspace msub msup msubsup mfrac msqrt mroot munder mover"
        " munderover mtable mtr mtd mstyle mpadded mphantom mmultiscripts mprescripts none"
    )
)
_ATTRIBUTES = frozenset(
    words(
        "display displaystyle scriptlevel mathvariant stretchy symmetric fence separator accent"
        " accentunder movablelimits largeop linethickness lspace rspace minsize maxsize width"
        " height depth voffset columnspan rowspan"
    )
)
_LENGTH_OR_WORD = re.compile(r"[A-Za-z0-9.+\-% ]{1,40}")
_STYLES = {
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "sans-serif": "SANS-SERIF",
}
_RAISED = re.compile(r"(?P<how>[\^_])(?:\{(?P<braced>[-+0-9n]+)\}|(?P<single>[0-9n]))")
_SUPERSCRIPTS = dict(zip("-+0123456789n", "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ", strict=True))
_SUBSCRIPTS = dict(zip("-+0123456789n", "₋₊₀₁₂₃₄₅₆₇₈₉ₙ", strict=True))
_RELATION = re.compile("[≤≥≠≈≡≪≫∈∉⊂⊆→←↦∼≃∝]")
# `\log n` is two words.
_NAMED = re.compile(r"\\[A-Za-z]+(?= +[A-Za-z0-9])")
_TO_TEXT = LatexNodes2Text(math_mode="text", keep_comments=True)
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.")


def typeset(text: str) -> Markup:
    """Return `text` as HTML for a page: formulas as MathML, emphasis as elements, all escaped.

    A formula that is no LaTeX stands as the source has it. One line; linear in len(text).
    """
    return Markup("".join(_html(text)))


def plain(text: str) -> str:
    r"""Return `text` for one line without markup: `$\alpha \le x^2$` reads α ≤ x^2.

    What has no plain form stays as the source has it.
    """
    if "\\" not in text and "$" not in text:
        return text
    return "".join(
        _undressed(said) if whole is None else _said(said, whole) for said, _, whole in _parts(text)
    )


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the parts of `text` in order: prose with None, a formula with its source."""
    return ((said, source) for said, _, source in _parts(text))


def _html(text: str) -> Iterator[str]:
    for said, display, whole in _parts(text):
        if whole is None:
            yield _prose(said)
        elif _PLAIN_NAME.fullmatch(said) and len(said) > 1:
            # `$gen$CNN` is a name, no product of g, e and n.
            yield escape(said)
        else:
            formula = _formula(said, display)
            # Browsers break no formula: a longer one may need a box that scrolls.
            if formula and not display and len(_TAG.sub("", formula)) > _SHORT:
                formula = f'<span class="op-wide">{formula}</span>'
            yield formula or f'<span class="op-tex">{escape(_said(said, whole))}</span>'


def _parts(text: str) -> Iterator[tuple[str, bool, str | None]]:
    """Yield pieces of `text`: what each says, whether it is set off, and for maths its source."""
    at = 0
    if any(opener in text for opener in _OPENERS):
        for found in _RUN.finditer(text):
            if found.start() > at:
                yield text[at : found.start()], False, None
            kind = str(found.lastgroup)
            said, source = found[kind].strip(), found.group()
            # Signs alone, as in `$($`, are no formula.
            is_formula = any(map(str.isalnum, said))
            yield said if is_formula else source, kind in _SET_OFF, source if is_formula else None
            at = found.end()
    if at < len(text):
        yield text[at:], False, None


def _prose(text: str) -> str:
    r"""Return text outside of maths as HTML; `\emph{…}` and the like become elements."""
    if "\\" not in text:
        return escape(text)
    done, at = [], 0
    for found in _DRESSED.finditer(text):
        element = _ELEMENTS.get(found["how"])
        inner = escape(_SIGN.sub(r"\1\2", found["what"]))
        done.append(escape(_SIGN.sub(r"\1\2", text[at : found.start()])))
        done.append(f"<{element}>{inner}</{element}>" if element else inner)
        at = found.end()
    return "".join((*done, escape(_SIGN.sub(r"\1\2", text[at:]))))


def _source(said: str, whole: str) -> str:
    return f'<span class="op-tex">{escape(_said(said, whole))}</span>'


@lru_cache(maxsize=4096)
def _formula(latex: str, display: bool) -> str | None:
    """Return MathML for a formula, None where it is no LaTeX that the converter knows."""
    try:
        tree = Converter(display="block" if display else "inline").convert_to_element(latex)
    except Exception:  # The converter has no base class for its faults, and raises others too.
        return None
    if any("\\" in (node.text or "") for node in tree.iter()):
        return None
    return _written(tree)


def _written(node: Element) -> str | None:
    """Return one element and what is in it; None where MathML Core has no such element.

    The converter leaves entities in its texts, and names and texts are anybody's: so nothing
    of it is printed without being read and escaped again.
    """
    if node.tag not in _TAGS:
        return None
    given = {name: str(value) for name, value in node.attrib.items() if name in _ATTRIBUTES}
    variant = given.get("mathvariant", "normal")
    if variant != "normal":  # Browsers know no other: such letters have characters of their own.
        del given["mathvariant"]
    shown = "".join(
        f' {name}="{value}"'
        for name, value in sorted(given.items())
        if _LENGTH_OR_WORD.fullmatch(value)
    )
    inner = [escape(_varied(html.unescape(node.text or ""), variant))]
    for child in node:
        written = _written(child)
        if written is None:
            return None
        inner.append(written)
    return f"<{node.tag}{shown}>{''.join(inner)}</{node.tag}>"


def _varied(text: str, variant: str) -> str:
    """Return the letters and digits of `text` in a style such as `double-struck` or `script`."""
    if variant == "normal":
        return text
    style = _STYLES.get(variant, variant.replace("-", " ").upper())
    return "".join(_letter(char, style) for char in text)


def _letter(char: str, style: str) -> str:
    name = unicodedata.name(char, "").replace("LATIN ", "").replace(" LETTER", "")
    # A few letters were in Unicode before the rest of their alphabet: ℝ, ℒ, ℭ.
    for known in (f"MATHEMATICAL {style} {name}", f"{style} {name}"):
        try:
            return unicodedata.lookup(known)
        except KeyError:
            continue
    return char


def _undressed(text: str) -> str:
    """Return text outside of maths without the commands that only dress it."""
    return _SIGN.sub(r"\1\2", _DRESSED.sub(r"\g<what>", text)) if "\\" in text else text


@lru_cache(maxsize=4096)
def _said(latex: str, whole: str) -> str:
    """Return a formula as text; `whole` where the result would still hold commands."""
    latex = _RAISED.sub(_raised, _DRESSED.sub(r"\g<what>", latex))
    latex = _NAMED.sub(r"\g<0>\ ", latex)
    if _PLAIN_NAME.fullmatch(latex):
        return latex
    try:
        said = str(_TO_TEXT.latex_to_text(latex))
    except Exception:  # pylatexenc raises faults of many kinds on text that is no LaTeX.
        return whole
    said = " ".join(_RELATION.sub(r" \g<0> ", said).split())
    return said if said and not _COMMAND.search(said) else whole


def _raised(found: re.Match[str]) -> str:
    letters = found["braced"] or found["single"]
    signs = _SUPERSCRIPTS if found["how"] == "^" else _SUBSCRIPTS
    if all(letter in signs for letter in letters):
        return "".join(signs[letter] for letter in letters)
    return found.group()
