"""Write formulas for feed readers: as MathML that still reads where it is taken out, or as HTML.

Many readers keep the text of elements that they do not know. MathML alone would leave `x2` of
x², and `ab` of a/b there. So what only the layout says stands in it too, in boxes of no width
that are not shown: `x^2`, `(a+b)/c`. Source: MathML Core, `mpadded` and `mphantom`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from generator import mathml

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_ATTRIBUTES = frozenset(
    {
        *("display", "displaystyle", "scriptlevel", "stretchy", "fence", "separator", "width"),
        *("lspace", "rspace", "minsize", "maxsize", "height", "depth", "linethickness"),
        *("columnspan", "rowspan"),
    }
)
"""Those that the feed validator of the W3C takes for safe; browsers guess the others."""
_ACCENTS = {
    **{"^": "\u0302", "~": "\u0303", "ˆ": "\u0302", "˜": "\u0303", "˙": "\u0307", "¨": "\u0308"},
    **{"¯": "\u0304", "―": "\u0304", "‾": "\u0304", "→": "\u20d7", "⃗": "\u20d7", "ˇ": "\u030c"},
}
_SPACED = frozenset("=≠≈≡≤≥<>≪≫∈∉⊂⊆→←↦⇒∼≃∝∣×·±+−")
_SIGNS = frozenset("+−±-")
_PRIMES = frozenset("′″‴*†⊤∗")
"""What reads as raised where it stands beside its letter."""
_SCRIPTED = frozenset({"msup", "msub", "msubsup", "munder", "mover", "munderover"})
_LINE = frozenset({"mrow", "mstyle", "mpadded", "math", "mtd", "mfrac"})

Node = str | Element


@lru_cache(maxsize=4096)
def laid_out(latex: str, display: bool) -> Element | None:
    """Return MathML for a formula, None where it is no LaTeX. The tree is shared."""
    found = mathml.tree(latex, display)
    if found is None:
        return None
    tree = _marked(copy.deepcopy(found))
    tree.set("xmlns", NAMESPACE)
    return tree


@lru_cache(maxsize=4096)
def spelled(latex: str, display: bool) -> tuple[Node, ...] | None:
    """Return HTML for a formula, its scripts as `sup` and `sub`; None where it is no LaTeX."""
    found = mathml.tree(latex, display)
    return None if found is None else tuple(_joined(_said(found)))


def _marked(node: Element) -> Element:
    """Return the element with what its layout says in boxes that are not shown."""
    if (letter := _accented(node)) is not None:
        return letter
    for name in [name for name in node.attrib if name not in _ATTRIBUTES]:
        del node.attrib[name]
    single = [_is_single(child) for child in node]
    for place, child in enumerate(list(node)):
        node[place] = _marked(child)
    marks = _MARKS.get(node.tag)
    if marks and len(node) == len(marks):
        for place, (before, after) in enumerate(marks):
            if set(_text(node[place])) <= _PRIMES:
                continue
            opened = "" if single[place] or not (before or after) or node.tag == "mroot" else "("
            closed = ")" if opened else ""
            node[place] = _boxed(node[place], before + opened, closed + after)
    if node.tag == "mfrac" and node.get("linethickness") == "0":
        node[0] = _boxed(node[0], "", " choose ")
    elif node.tag == "mfrac":
        node[0] = _boxed(node[0], *(("", "/") if single[0] else ("(", ")/")))
        node[1] = node[1] if single[1] else _boxed(node[1], "(", ")")
    elif node.tag == "msqrt":
        node.insert(0, _hidden("√" if len(single) == 1 and single[0] else "√("))
        node.extend([] if len(single) == 1 and single[0] else [_hidden(")")])
    elif node.tag == "mtable":
        for row in list(node)[:-1]:
            if len(row):
                row[-1].append(_hidden(";"))
    return _spaced(node)


_MARKS = {
    "msup": (("", ""), ("^", "")),
    "msub": (("", ""), ("_", "")),
    "msubsup": (("", ""), ("_", ""), ("^", "")),
    "mover": (("", ""), ("^", "")),
    "munder": (("", ""), ("_", "")),
    "munderover": (("", ""), ("_", ""), ("^", "")),
    "mroot": (("√(", ", "), ("", ")")),
}
"""What is said before and after each part of an element."""


def _spaced(node: Element) -> Element:
    """Put blanks around relations and beside names, which MathML ignores between elements."""
    children = list(node)
    for place, here in enumerate(children[:-1]):
        if _gap(here, children[place + 1], first=not place):
            here.tail = " "
    return node


def _gap(here: Element, after: Element, *, first: bool) -> bool:
    """Tell whether a blank belongs between two parts of a line."""
    left, right = _text(here), _text(after)
    if here.tag == "mspace" or after.tag in {"mtr", "mtd"} or left == ",":
        return True
    if (here.tag == "mo" and left in _SPACED) or (after.tag == "mo" and right in _SPACED):
        # A sign before the first part belongs to it: −1.
        return not (first and left in _SIGNS)
    words = _is_word(here, left) or _is_word(after, right) or here.tag in _SCRIPTED
    return words and left[-1:].isalnum() and right[:1].isalnum()


def _is_word(node: Element, text: str) -> bool:
    return len(text) > 1 and text.isalpha() and node.tag in {"mi", "mo", "mtext", "munder", "msub"}


def _accented(node: Element) -> Element | None:
    """Return a letter with its accent as one character; None for anything else."""
    if node.tag != "mover" or len(node) != 2:
        return None
    letter, accent = (_text(child).strip() for child in node)
    if len(letter) != 1 or accent not in _ACCENTS:
        return None
    found = Element("mi")
    found.text = letter + _ACCENTS[accent]
    return found


def _boxed(child: Element, before: str, after: str) -> Element:
    if not before and not after:
        return child
    row = Element("mrow")
    row.extend([_hidden(before)] if before else [])
    row.append(child)
    row.extend([_hidden(after)] if after else [])
    return row


def _hidden(text: str) -> Element:
    """Return text that takes no room and is not shown, but remains where elements are dropped."""
    box = Element("mpadded", width="0", height="0", depth="0")
    SubElement(SubElement(box, "mphantom"), "mtext").text = text
    return box


def _is_single(node: Element) -> bool:
    """Tell whether a part needs no brackets: one sign or number, or brackets of its own."""
    text = _text(node).strip()
    leaf = node
    while len(leaf) == 1 and leaf.tag in _LINE:
        leaf = leaf[0]
    return not len(leaf) or len(text) == 1 or _accented(leaf) is not None


def _text(node: Element) -> str:
    return "".join(node.itertext())


def _said(node: Element) -> list[Node]:
    """Return the nodes of HTML that say what an element of MathML shows."""
    if (letter := _accented(node)) is not None:
        return [letter.text or ""]
    if node.tag in _SPELLED and len(node) >= 2:
        return _SPELLED[node.tag](list(node))
    if node.tag == "mfrac" and len(node) == 2:
        over, under = node
        if node.get("linethickness") == "0":
            return [*_said(over), " choose ", *_said(under)]
        return [*_bracketed(over), "/", *_bracketed(under)]
    if node.tag == "msqrt":
        row = Element("mrow")
        row.extend(list(node))
        return ["√", *_bracketed(row)]
    if node.tag == "mspace":
        return [" "]
    if node.tag in {"mphantom", "none", "mprescripts"}:
        return []
    return [node.text or "", *_row(node)]


def _row(node: Element) -> Iterable[Node]:
    children = list(node)
    for place, child in enumerate(children):
        yield from _said(child)
        if place + 1 < len(children):
            after = children[place + 1]
            if child.tag == "mtr":
                yield "; "
            elif _gap(child, after, first=not place):
                yield " "


def _bracketed(node: Element) -> list[Node]:
    return _said(node) if _is_single(node) else ["(", *_said(node), ")"]


def _raised(tag: str, node: Element) -> Element:
    return filled(Element(tag), _said(node))


def _script(parts: list[Element]) -> list[Node]:
    return [*_said(parts[0]), _raised("sub", parts[1])]


def _both(parts: list[Element]) -> list[Node]:
    return [*_said(parts[0]), _raised("sub", parts[1]), *(_raised("sup", p) for p in parts[2:3])]


_SPELLED: dict[str, Callable[[list[Element]], list[Node]]] = {
    **dict.fromkeys(("msup", "mover"), lambda parts: [*_said(parts[0]), _raised("sup", parts[1])]),
    **dict.fromkeys(("msub", "munder"), _script),
    **dict.fromkeys(("msubsup", "munderover"), _both),
    "mroot": lambda parts: [_raised("sup", parts[1]), "√", *_bracketed(parts[0])],
}


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """Return `nodes` with neighbouring texts in one, each run of blanks one blank."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and found and isinstance(found[-1], str):
            found[-1] += node
        elif node != "":
            found.append(node)
    return [" ".join(f"|{one}|".split())[1:-1] if isinstance(one, str) else one for one in found]


def filled(element: Element, nodes: Iterable[Node]) -> Element:
    """Append texts and elements to `element`, and return it."""
    last: Element | None = None
    for node in nodes:
        if isinstance(node, Element):
            # Shared between items, so that no other's text hangs on it.
            last = copy.copy(node)
            last.tail = None
            element.append(last)
        elif last is None:
            element.text = (element.text or "") + node
        else:
            last.tail = (last.tail or "") + node
    return element
