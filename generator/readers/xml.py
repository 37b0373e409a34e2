"""Parse the XML of feeds into elements that know their line, and refuse what attacks a parser."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from generator.problems import Problem, error

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
_DEEPEST = 100
_SAVE_AGAIN = "save the file again: it is cut or damaged there"
_CURES = {"junk after document element": "put what follows into a file of its own"}
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Node:
    """An element: what it is called, where it begins, and what it holds."""

    name: str
    """With its namespace in braces, e.g. `{http://www.w3.org/2005/Atom}entry`."""
    line: int
    """Of its opening tag, counted from 1."""
    attributes: dict[str, str] = field(default_factory=dict)
    """Values by name; a name with a namespace has it in braces."""
    parts: list[str | Node] = field(default_factory=list)
    """Text and elements in their order."""

    def children(self, name: str) -> Iterator[Node]:
        """Yield the elements called `name` that stand directly in this one."""
        return (part for part in self.parts if isinstance(part, Node) and part.name == name)

    def child(self, name: str) -> Node | None:
        """Return the first element called `name` that stands directly in this one."""
        return next(self.children(name), None)

    def text(self) -> str:
        """Return all text in this element and those below it, as the source has it."""
        return "".join(p if isinstance(p, str) else p.text() for p in self.parts)

    def text_of(self, name: str) -> str | None:
        """Return the text of the first child called `name`, stripped; None where it has none."""
        found = self.child(name)
        return (found.text().strip() or None) if found else None


class _TooDeep(Exception):
    """Elements stand in each other beyond any feed's need."""


class _Builder(ContentHandler):
    """Build nodes from the parser's events."""

    def __init__(self, place: Locator) -> None:
        super().__init__()
        self.place = place
        self.open = [Node("", 0)]

    def startElementNS(
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        if len(self.open) > _DEEPEST:
            raise _TooDeep
        attributes = {_braced(key): value for key, value in attrs.items()}
        node = Node(_braced(name), self.place.getLineNumber() or 1, attributes)
        self.open[-1].parts.append(node)
        self.open.append(node)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        self.open.pop()

    def characters(self, content: str) -> None:
        self.open[-1].parts.append(content)


def _braced(name: tuple[str | None, str]) -> str:
    return f"{{{name[0]}}}{name[1]}" if name[0] else name[1]


def parse(path: str, content: str) -> Node | Problem:
    """Return the outermost element of `content`, or the error that it is no XML that is safe.

    Declared entities are refused, whatever they stand for. Characters that XML forbids
    are left out. Linear in the length of `content`.
    """
    content = _NO_CHARACTER.sub("", content)
    whole = content.lstrip("\ufeff \t\r\n")
    above = len(re.findall(r"\r\n|\r|\n", content[: len(content) - len(whole)]))
    parser = make_parser()
    builder = _Builder(parser)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    try:
        parser.feed(whole)
        parser.close()
    except SAXParseException as reason:
        where = (reason.getLineNumber() or 1) + above
        what = reason.getMessage()
        return error(path, where, f"broken XML: {what}", _CURES.get(what, _SAVE_AGAIN))
    except DefusedXmlException:
        hint = "delete the lines that begin with <!DOCTYPE or <!ENTITY: no feed needs them"
        where = (parser.getLineNumber() or 1) + above
        return error(
            path, where, "refused: the file declares entities, or fetches a file that may", hint
        )
    except _TooDeep:
        where = (parser.getLineNumber() or 1) + above
        what = f"elements stand in each other more than {_DEEPEST} deep"
        return error(path, where, what, "save the file again: no feed is built like that")
    root = next(part for part in builder.open[0].parts if isinstance(part, Node))
    return _moved(root, above)


def _moved(root: Node, lines: int) -> Node:
    """Return `root` with each line number raised by `lines`."""
    waiting = [root] if lines else []
    while waiting:
        node = waiting.pop()
        node.line += lines
        waiting += [part for part in node.parts if isinstance(part, Node)]
    return root


def stamp_day(stamp: str) -> str | None:
    """Return the day of a time stamp of RSS or Atom as YYYY-MM-DD, in the stamp's own zone."""
    try:
        return datetime.datetime.fromisoformat(stamp.strip()).date().isoformat()
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(stamp.strip()).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
