"""Take JSON apart into its records, one by one, each with its line: a list, an object, or lines."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_LINE = re.compile(r"[^\r\n]+")
# Numbers stay text, so that the id 2401.12340 keeps its last digit and none is too long.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, strict=False)
_NEAR = 500_000
"""Characters of a record at the most: to know a form, no more is looked at."""
_OPEN = ("[", "{", ":", ",")
"""Behind these a value goes on in the next line."""


@dataclass(frozen=True, slots=True)
class Record:
    """One value of the list or of the lines."""

    value: object
    """Numbers in it are text. None where it could not be read."""
    line: int
    """At which it begins, counted from 1."""
    fault: str | None = None
    """Why it could not be read; what follows it is unread too, except in JSON lines."""


@dataclass(frozen=True, slots=True)
class Records:
    """What a text of JSON holds."""

    records: Iterator[Record]
    """In the text's order; read as they are asked for."""
    head: Mapping[str, object] = field(default_factory=dict)
    """The other members of the object that holds the records; empty for a list and for lines."""


class _Broken(Exception):
    """No JSON stands at a place of the text."""

    def __init__(self, at: int, what: str) -> None:
        self.at = at
        self.what = what
        super().__init__(what)


def first(content: str, is_paper: Callable[[Mapping[str, object]], bool]) -> object:
    """Return the first record of `content`, None where none stands near its beginning."""
    record = next(records(content[:_NEAR], is_paper).records, None)
    return record.value if record else None


def is_json(content: str) -> bool:
    """Return whether `content` begins as a list or an object."""
    return content.startswith(("{", "["), _skip(content, 0))


def records(content: str, is_paper: Callable[[Mapping[str, object]], bool]) -> Records:
    """Return the records of `content`, which is JSON or should be. Linear in its length.

    Of an object these are the lists whose first object `is_paper`, else the object itself if
    it is one, else all its lists of objects.
    """
    start = _skip(content, 0)
    if content.startswith("[", start):
        return Records(_listed(content, start, 1 + _line_ends(content, 0, start), whole=True))
    if not content.startswith("{", start):
        line = 1 + _line_ends(content, 0, start)
        return Records(iter([Record(None, line, "neither a list nor an object")]))
    if _is_lines(content):
        return Records(_lines(content))
    head, lists, fault = _shape(content, start)
    papers = [at for at, first in lists if is_paper(first)]
    if not papers and not is_paper(head):
        papers = [at for at, _ in lists]
    if papers:
        return Records(_chained(content, papers, fault), head)
    if fault:
        line = 1 + _line_ends(content, 0, fault.at)
        return Records(iter([Record(None, line, fault.what)]))
    return Records(iter([Record(_value(content, start)[0], 1 + _line_ends(content, 0, start))]))


def _is_lines(content: str) -> bool:
    """Return whether several lines hold an object each: the first two tell, one may be broken."""
    found = (line[0].strip(" \t\ufeff") for line in _LINE.finditer(content))
    filled = (line for line in found if line)
    first, second = next(filled, ""), next(filled, "")
    if not (first.startswith("{") and second.startswith("{")):
        return False
    return first.endswith("}") or (second.endswith("}") and not first.endswith(_OPEN))


def _lines(content: str) -> Iterator[Record]:
    number, seen = 1, 0
    for found in _LINE.finditer(content):
        number += _line_ends(content, seen, found.start())
        seen = found.start()
        line = found[0].strip(" \t\ufeff")
        if not line:
            continue
        # Of the line alone: the decoder's errors count all lines above them.
        try:
            value, end = _value(line, 0)
            if _skip(line, end) < len(line):
                raise _Broken(end, "something follows the value")
            yield Record(value, number)
        except _Broken as reason:
            yield Record(None, number, reason.what)


def _listed(content: str, start: int, line: int, whole: bool = False) -> Iterator[Record]:
    """Yield the records of the list at `start`; `whole` forbids anything behind it."""
    seen = last = start
    try:
        for at, value, end in _elements(content, start):
            line += _line_ends(content, seen, at)
            seen, last = at, end
            yield Record(value, line)
        behind = _skip(content, content.index("]", last) + 1)
        if whole and behind < len(content):
            raise _Broken(behind, "something follows the list")
    except _Broken as reason:
        yield Record(None, line + _line_ends(content, seen, reason.at), reason.what)


def _elements(content: str, start: int) -> Iterator[tuple[int, object, int]]:
    """Yield place, value and end of each element of the list at `start`."""
    at = _skip(content, start + 1)
    while not content.startswith("]", at):
        value, end = _value(content, at)
        yield at, value, end
        at = _behind_comma(content, end, "]")


def _chained(content: str, lists: Iterable[int], fault: _Broken | None) -> Iterator[Record]:
    """Yield the records of all lists, and last the fault that stands behind them."""
    line, seen = 1, 0
    record = None
    for start in lists:
        line += _line_ends(content, seen, start)
        seen = start
        for record in _listed(content, start, line):
            yield record
    if fault and not (record and record.fault):
        yield Record(None, line + _line_ends(content, seen, fault.at), fault.what)


def _shape(
    content: str, start: int
) -> tuple[dict[str, object], list[tuple[int, dict[str, object]]], _Broken | None]:
    """Return the plain members of an object, its lists of objects, and what breaks it.

    Of a list only place and first object are kept.
    """
    head: dict[str, object] = {}
    lists: list[tuple[int, dict[str, object]]] = []
    try:
        for key, at, value, first in _members(content, start):
            if first is None:
                head[key] = value
            else:
                lists.append((at, first))
    except _Broken as reason:
        return head, lists, reason
    return head, lists, None


def _members(
    content: str, start: int
) -> Iterator[tuple[str, int, object, dict[str, object] | None]]:
    """Yield key, place and value of each member of the object at `start`, which ends the text.

    A list of objects is told by its first object, and has no value.
    """
    at = _skip(content, start + 1)
    while not content.startswith("}", at):
        key, end = _value(content, at)
        at = _skip(content, end)
        if not isinstance(key, str) or not content.startswith(":", at):
            raise _Broken(at, "a key and a colon are missing")
        at = _skip(content, at + 1)
        inner = _skip(content, at + 1)
        if content.startswith("[", at) and content.startswith("{", inner):
            first, _ = _value(content, inner)
            yield key, at, None, first if isinstance(first, dict) else {}
            # Read to its end, but not kept.
            ((_, _, last),) = deque(_elements(content, at), maxlen=1)
            end = content.index("]", last) + 1
        else:
            value, end = _value(content, at)
            yield key, at, value, None
        at = _behind_comma(content, end, "}")
    if _skip(content, at + 1) < len(content):
        raise _Broken(_skip(content, at + 1), "something follows the object")


def _behind_comma(content: str, at: int, closing: str) -> int:
    """Return the place of the next element or of the closing bracket."""
    at = _skip(content, at)
    if content.startswith(",", at):
        return _skip(content, at + 1)
    if not content.startswith(closing, at):
        raise _Broken(at, f"a comma or {closing} is missing")
    return at


def _value(content: str, at: int) -> tuple[object, int]:
    """Return the value that begins at `at`, and its end."""
    try:
        return _DECODER.raw_decode(content, at)
    except json.JSONDecodeError as reason:
        what = reason.msg.removesuffix(" at").removesuffix(" starting")
        raise _Broken(reason.pos, what[:1].lower() + what[1:]) from reason
    except RecursionError as reason:
        raise _Broken(at, "values stand in each other too deep") from reason


def _skip(content: str, at: int) -> int:
    """Return the place of the first sign at or behind `at` that is not blank."""
    found = _BLANK.match(content, at)
    return found.end() if found else at


def _line_ends(content: str, start: int, end: int) -> int:
    """Return the number of line ends between two places, as editors count them."""
    both = content.count("\r\n", start, end)
    return content.count("\n", start, end) + content.count("\r", start, end) - both
