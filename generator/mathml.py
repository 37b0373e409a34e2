"""Turn a LaTeX formula into MathML that browsers lay out, as a tree that is safe to print.

Source: MathML Core for what may be written; elements and attributes not named here are refused.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter

from generator.text import words

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
_PARTS = {
    **dict.fromkeys(words("mfrac mroot msub msup munder mover"), 2),
    **dict.fromkeys(words("msubsup munderover"), 3),
}
"""How many parts an element must have; the converter gives what a broken formula has."""
_LENGTH_OR_WORD = re.compile(r"[A-Za-z0-9.+\-% ]{1,40}")
_STYLES = {
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "sans-serif": "SANS-SERIF",
}


@lru_cache(maxsize=4096)
def tree(latex: str, display: bool) -> Element | None:
    """Return MathML for a formula, None where it is no LaTeX that the converter knows.

    The tree is shared: copy it before changing it.
    """
    try:
        found = Converter(display="block" if display else "inline").convert_to_element(latex)
    except Exception:  # The converter has no base class for its faults, and raises others too.
        return None
    if any("\\" in (node.text or "") for node in found.iter()):
        return None
    return _cleaned(found)


def markup(node: Element, escaped: Callable[[str], str]) -> str:
    """Return a tree as text; `escaped` is the gate that what an author wrote goes through."""
    shown = "".join(f' {name}="{value}"' for name, value in sorted(node.attrib.items()))
    inner = "".join(markup(child, escaped) for child in node)
    return f"<{node.tag}{shown}>{escaped(node.text or '')}{inner}</{node.tag}>"


def _cleaned(node: Element) -> Element | None:
    r"""Return one element and what is in it; None where MathML Core has no such element.

    One that lacks a part, as of `\frac{1`, is none either.

    The converter leaves entities in its texts, and names and texts are anybody's: so nothing
    of it is kept without being read.
    """
    if node.tag not in _TAGS or len(node) != _PARTS.get(node.tag, len(node)):
        return None
    given = {name: str(value) for name, value in node.attrib.items() if name in _ATTRIBUTES}
    variant = given.get("mathvariant", "normal")
    if variant != "normal":  # Browsers know no other: such letters have characters of their own.
        del given["mathvariant"]
    cleaned = Element(node.tag)
    for name, value in sorted(given.items()):
        if _LENGTH_OR_WORD.fullmatch(value):
            cleaned.set(name, value)
    cleaned.text = _varied(html.unescape(node.text or ""), variant)
    for child in node:
        inner = _cleaned(child)
        if inner is None:
            return None
        cleaned.append(inner)
    return cleaned


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
