"""Build and write XML for feeds: elements from the standard library, one gate for their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from generator.text import printable

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    """Append an element to `parent` and return it."""
    found = SubElement(parent, tag, attributes)
    found.text = text
    return found


def written(element: Element) -> str:
    """Return an element as text. Characters that XML forbids are left out."""
    return printable(ElementTree.tostring(element, encoding="unicode"))


def document(
    root: Element, inside: str, parts: Iterable[str], written: Callable[[Element], str] = written
) -> bytes:
    """Return a document whose last element `inside` ends with `parts`, written before."""
    lines = "".join(f"\n{part}" for part in parts)
    return f"{_DECLARATION}{enclosed(written(root), inside, lines)}\n".encode()


def enclosed(xml: str, inside: str, markup: str) -> str:
    """Return an element whose last element `inside` ends with `markup` as well."""
    head, end, tail = xml.rpartition(f"</{inside}>")
    return f"{head}{markup}\n{end}{tail}"


def root(tag: str, namespaces: Mapping[str, str], **attributes: str) -> Element:
    """Return a document's outermost element; `namespaces` by prefix, the default one by ``."""
    names = {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in namespaces.items()}
    return Element(tag, {**attributes, **names})
