"""Make plain text of Markdown inside a line or a cell, and gather its links on the way."""

from __future__ import annotations

import bisect
import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator import identity, text

_TOKEN = re.compile(
    r"""
    (?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<maths>\$\$[^$]{1,2000}\$\$|\$(?=[^\s$])[^$]{1,200}(?<=\S)\$(?!\d))
    |(?P<code>`+)
    |(?P<comment><!--)
    |(?P<auto><https?://[^\s<>]+>)
    |(?P<tag></?(?:a|abbr|b|big|br|center|code|del|details|div|em|figure|font|h[1-6]|i|img|ins
        |kbd|li|mark|ol|p|picture|s|small|source|span|strike|strong|sub|summary|sup|tt|u|ul|wbr)
        (?=[\s/>])[^<>]*>)
    |(?P<bare>https?://[^\s<>\[\]()`*|"]+)
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<open>!?\[)
    |(?P<close>\])
    |(?P<mark>\*+|_+|~+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DESTINATION = re.compile(
    r"""\(\s*+(?:<(?P<held>[^<>\n]*+)>|(?P<free>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+))
    (?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?\s*+\)""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]\n]{1,200})\]:[ \t]*<?([^\s<>]+)>?")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TICKS = re.compile("`+")
_NAME = re.compile(r"</?([a-z1-6]+)", re.IGNORECASE)
_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "details", "summary"})
# Longer runs are rules and ornaments, no emphasis.
_LONGEST_MARK = 3
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Link:
    """An address that the text points to."""

    label: str
    """Plain text in one line; empty for a bare address and for a badge."""
    address: str
    """As the source has it, entities and escapes undone; not always one of the web."""
    start: int
    """Offset in the source of its first sign."""
    end: int
    """Offset in the source behind its last sign."""


@dataclass(frozen=True, slots=True)
class Inline:
    """What Markdown says, free of its signs."""

    text: str
    """Breaks are empty lines; otherwise the white space of the source."""
    links: tuple[Link, ...]
    """In the order of the source."""


def plain(markdown: str) -> str:
    """Return what `markdown` says, without its signs. Linear in its length."""
    return parse(markdown).text


def parse(markdown: str, references: Mapping[str, str] | None = None) -> Inline:
    """Return text and links of `markdown`. Maths and code stay as written, images go.

    `references` are addresses by the folded names of link definitions. Linear in the length.
    """
    return _Scan(markdown, references or {}).run()


def definitions(lines: tuple[str, ...]) -> dict[str, str]:
    """Return the addresses that lines such as `[name]: https://…` define, the first one counts."""
    found: dict[str, str] = {}
    for line in lines:
        if definition := _DEFINITION.match(line):
            found.setdefault(_folded(definition[1]), definition[2])
    return found


def _folded(name: str) -> str:
    return text.line(name).casefold()


class _Scan:
    """One pass over the source. Signs wait in `out` until it is known what they are."""

    def __init__(self, source: str, references: Mapping[str, str]) -> None:
        self.source = source
        self.references = references
        self.out: list[str] = []
        self.links: list[Link] = []
        self.brackets: list[tuple[int, int, bool]] = []
        """(place in `out`, offset in the source, whether it opens an image)."""
        self.spent = 0
        """How many of the brackets enclose a link, so that they can become none."""
        self.outer: list[tuple[list[tuple[str, int, int]], Counter[tuple[str, int]]]] = []
        """Marks in front of each bracket: emphasis begins and ends on one side of it."""
        self.anchor: tuple[int, int, str] | None = None
        """(place in `out`, offset in the source, address) of an open HTML link."""
        self.marks: list[tuple[str, int, int]] = []
        """(sign, length, place in `out`) of what may open emphasis."""
        self.open: Counter[tuple[str, int]] = Counter()
        self.ticks: dict[int, list[int]] = {}
        for run in _TICKS.finditer(source):
            self.ticks.setdefault(len(run[0]), []).append(run.start())
        self.last_comment = source.rfind("-->")

    def run(self) -> Inline:
        at = 0
        while token := _TOKEN.search(self.source, at):
            self.out.append(self.source[at : token.start()])
            at = self._take(token)
        self.out.append(self.source[at:])
        return Inline("".join(self.out), tuple(self.links))

    def _take(self, token: re.Match[str]) -> int:
        """Act on `token` and return the offset behind it."""
        match token.lastgroup:
            case "code":
                return self._code(token)
            case "comment":
                return self._comment(token)
            case "close":
                return self._close(token)
            case "open":
                self._open(token)
            case "mark":
                self._mark(token)
            case "tag":
                self._tag(token)
            case "auto":
                self._link("", token[0][1:-1], token.start(), token.end())
                self.out.append(token[0][1:-1])
            case "bare":
                self._link("", identity.unglue(token[0]), token.start(), token.end())
                self.out.append(token[0])
            case "escape":
                self.out.append(token[0][1])
            case "entity":
                self.out.append(html.unescape(token[0]))
            case _:
                self.out.append(token[0])
        return token.end()

    def _link(self, label: str, address: str, start: int, end: int) -> None:
        while self.links and self.links[-1].start >= start:
            self.links.pop()
        # Only entities with their semicolon: `&noteId=` is part of an address.
        address = _ENTITY.sub(lambda found: html.unescape(found[0]), address)
        address = _ESCAPED.sub(r"\1", address).strip()
        self.links.append(Link(text.line(label), address, start, end))

    def _code(self, token: re.Match[str]) -> int:
        starts = self.ticks.get(len(token[0]), [])
        place = bisect.bisect_left(starts, token.end())
        if place == len(starts):
            self.out.append(token[0])
            return token.end()
        inner = self.source[token.end() : starts[place]]
        self.out.append(inner.strip() or inner)
        return starts[place] + len(token[0])

    def _comment(self, token: re.Match[str]) -> int:
        if self.last_comment < token.end():
            self.out.append(token[0])
            return token.end()
        return self.source.index("-->", token.end()) + 3

    def _tag(self, token: re.Match[str]) -> None:
        name = _NAME.match(token[0])
        kind = name[1].lower() if name else ""
        if kind in _BREAKS:
            self.out.append("\n\n• " if token[0].lower().startswith("<li") else "\n\n")
        elif token[0].lower() == "</a>" and self.anchor:
            place, start, address = self.anchor
            self._link("".join(self.out[place:]), address, start, token.end())
            self.anchor = None
        elif kind == "a" and (href := _HREF.search(token[0])):
            address = href[1] or href[2] or href[3] or ""
            self.anchor = (len(self.out), token.start(), address)

    def _open(self, token: re.Match[str]) -> None:
        self.brackets.append((len(self.out), token.start(), token[0] == "!["))
        self.outer.append((self.marks, self.open))
        self.marks, self.open = [], Counter()
        self.out.append(token[0])

    def _close(self, token: re.Match[str]) -> int:
        """End a link or an image; without an address the brackets are text."""
        if not self.brackets:
            self.out.append("]")
            return token.end()
        place, start, image = self.brackets.pop()
        self.marks, self.open = self.outer.pop()
        spent, self.spent = self.spent > len(self.brackets), min(self.spent, len(self.brackets))
        target = None if spent else self._target(start, token.end())
        if target is None:
            self.out.append("]")
            return token.end()
        address, end = target
        if image:
            del self.out[place:]
            return end
        self.out[place] = ""
        self._link("".join(self.out[place:]), address, start, end)
        # A link holds no link, so what is still open can become none.
        self.spent = len(self.brackets)
        return end

    def _target(self, start: int, end: int) -> tuple[str, int] | None:
        """Return address and end of the link whose label lies from `start` to `end`."""
        if found := _DESTINATION.match(self.source, end):
            return found["held"] or found["free"] or "", found.end()
        if not self.references or end - start > _LONGEST_NAME:
            return None
        name = _REFERENCE.match(self.source, end)
        label = self.source[start:end].lstrip("!")[1:-1]
        address = self.references.get(_folded((name and name[1]) or label))
        return (address, name.end() if name else end) if address else None

    def _pop(self) -> tuple[str, int, int]:
        sign, size, place = self.marks.pop()
        self.open[sign, size] -= 1
        return sign, size, place

    def _push(self, sign: str, size: int, place: int) -> None:
        self.marks.append((sign, size, place))
        self.open[sign, size] += 1

    def _mark(self, token: re.Match[str]) -> None:
        opens, closes = _flanks(self.source, token)
        sign, size = token[0][0], len(token[0])
        if closes:
            size = self._end_emphasis(sign, size)
        place = len(self.out)
        self.out.append(sign * size)
        if opens and 0 < size <= _LONGEST_MARK:
            self._push(sign, size, place)

    def _end_emphasis(self, sign: str, size: int) -> int:
        """Take the signs of a run off that end emphasis, and return how many are left.

        Runs of one length belong together, so that the sign of `**A* search**` stays; three
        may be one and two.
        """
        while size:
            split = {1, 2} if size == _LONGEST_MARK else {_LONGEST_MARK}
            wanted = {size} if self.open[sign, size] else split
            if not any(self.open[sign, one] for one in wanted):
                return size
            other, length, place = self._pop()
            while other != sign or length not in wanted:
                other, length, place = self._pop()
            used = min(size, length)
            self.out[place] = sign * (length - used)
            if length > used:
                self._push(sign, length - used, place)
            size -= used
        return 0


def _flanks(source: str, token: re.Match[str]) -> tuple[bool, bool]:
    """Return whether a run of signs may open and whether it may close emphasis."""
    before = source[token.start() - 1 : token.start()] if token.start() else " "
    after = source[token.end() : token.end() + 1] or " "
    inside = before.isalnum() and after.isalnum()
    # `3*4*5` and `snake_case` are no emphasis; strike-through has two signs.
    if (inside and (token[0] == "*" or token[0][0] == "_")) or token[0] == "~":
        return False, False
    opens = not after.isspace() and (after.isalnum() or not before.isalnum())
    closes = not before.isspace() and (before.isalnum() or not after.isalnum())
    return opens, closes
