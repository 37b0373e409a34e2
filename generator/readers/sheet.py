"""Take CSV and TSV apart into rows, each with its line, whatever is wrong with the quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator import text

_DELIMITERS = ("\t", ",", ";")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# A row that fails is read again from its second line. How often, is bounded: a file can be
# made of nothing but quotes that are never closed.
_PATIENCE = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text in rows and columns."""

    columns: tuple[str, ...]
    """Names in the head, told apart by `(2)` where two are equal. Empty where there is no head."""
    rows: Iterator[Row]
    """Those below the head; rows without any text are left out. Read as they are asked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the head."""

    cells: dict[str, str]
    """By the names of the columns; a short row lacks some."""
    line: int
    """At which it begins, counted from 1."""
    fault: str | None = None
    """Why it cannot be read."""


class _Lines:
    """The lines of a text with their ends, one by one, from any place."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.move(0, 0)

    def move(self, at: int, number: int) -> None:
        """Go to the place `at`, which has `number` lines above it."""
        self.at, self.number, self.ended = at, number, False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        found = _LINE.match(self.content, self.at)
        if found is None:
            self.ended = True
            raise StopIteration
        self.at = found.end()
        self.number += 1
        return found[0]


def sheet(content: str, is_known: Callable[[str], bool]) -> Sheet:
    """Return the rows of `content`, parted by the sign that parts most known columns.

    Linear in its length.
    """
    content = content.removeprefix("\ufeff")
    heads = [_head(content, delimiter) for delimiter in _DELIMITERS]
    columns, delimiter, start = max(heads, key=lambda head: _worth(head[0], is_known))
    return Sheet(columns, _rows(content, columns, delimiter, start))


def _worth(columns: Sequence[str], is_known: Callable[[str], bool]) -> tuple[int, int]:
    return sum(map(is_known, columns)), len(columns)


def _head(content: str, delimiter: str) -> tuple[tuple[str, ...], str, tuple[int, int]]:
    """Return the names of the first row that is not blank, and the place behind it."""
    lines = _Lines(content)
    try:
        row = next((row for row in _reader(lines, delimiter) if any(map(str.strip, row))), [])
    except csv.Error:
        row = []
    names: dict[str, None] = {}
    for number, cell in enumerate(row, 1):
        name = text.line(cell) or f"column {number}"
        names[name if name not in names else f"{name} ({number})"] = None
    return tuple(names), delimiter, (lines.at, lines.number)


def _reader(lines: _Lines, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)


def _rows(
    content: str, columns: Sequence[str], delimiter: str, start: tuple[int, int]
) -> Iterator[Row]:
    """Yield the rows below the head that hold any text.

    Behind one whose quotes fail, rows with too few cells are taken for what is left of it.
    """
    remains = False
    for cells, line, fault in _parsed(content, columns, delimiter, start):
        remains = bool(fault) or (remains and len(cells) < len(columns))
        if not fault and any(map(str.strip, cells[len(columns) :])):
            fault = f"{len(cells)} cells, but the head names {len(columns)} columns"
        if fault:
            yield Row({}, line, fault)
        elif not remains and any(map(str.strip, cells)):
            yield Row(dict(zip(columns, cells, strict=False)), line)


def _parsed(
    content: str, columns: Sequence[str], delimiter: str, start: tuple[int, int]
) -> Iterator[tuple[list[str], int, str | None]]:
    """Yield cells, line and fault of each row below the head, the blank ones too."""
    lines = _Lines(content)
    lines.move(*start)
    spent = 0
    while True:
        begin = (lines.at, lines.number)
        fault = None
        try:
            row = next(_reader(lines, delimiter))
        except StopIteration:
            return
        except csv.Error as reason:
            row, fault = [], _fault(lines, reason)
            spent += lines.at - begin[0]
            if spent < _PATIENCE * len(content):
                lines.move(*begin)
                row = _unquoted(next(lines), delimiter, len(columns))
                fault = None if row else fault
        yield row, begin[1] + 1, fault


def _fault(lines: _Lines, reason: csv.Error) -> str:
    if lines.ended:
        return "a quote is opened and never closed"
    if "limit" in str(reason):
        return "a cell without end: a quote is opened and not closed"
    return f"a quote in the middle of a cell (line {lines.number})"


def _unquoted(line: str, delimiter: str, width: int) -> list[str]:
    """Return the cells of a line whose quotes are plain signs, as in `"Why" matters`.

    Nothing where that is not certain.
    """
    cells = line.rstrip("\r\n").split(delimiter)
    odd = any(cell.strip().startswith('"') and cell.count('"') % 2 for cell in cells)
    return [] if odd or len(cells) != width else [_bare(cell.strip()) for cell in cells]


def _bare(cell: str) -> str:
    quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if quoted else cell
