"""Read tables whose columns can be recognised: CSV, TSV, JSON, and JSON lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Reading
from generator.problems import Problem, error, note, warning
from generator.readers import Defaults, Reader, cells, fields
from generator.readers.columns import Columns
from generator.readers.doubts import doubt
from generator.readers.facts import day, day_of_name
from generator.readers.keyed import closest
from generator.readers.records import Record, first, is_json, records
from generator.readers.sheet import sheet

FORMAT = fields.FORMAT
_SHEETS = frozenset({".csv", ".tsv"})
_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_EXPORTED = frozenset({"slug", "title", "featured", "links"})
"""Members of a paper in Offprint's own data files."""
_HEAD = 20_000
"""Characters in which the head of a table is looked for, to know the form."""
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[str, object]
    line: int
    """At which it begins, counted from 1."""
    fault: str | None = None
    """Why it cannot be read."""
    cure: str = ""
    """What to do then."""


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Iterator[_Row]
    head: Mapping[str, object]
    """What stands beside the rows in JSON: title and date of the digest, perhaps."""


def sniff(path: str, content: str) -> float:
    """Return 0.3 for rows with titles, 0.1 for other rows, 0 for what is no table.

    Forms that are tables too, such as arXiv's JSON lines, are surer of their own.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if is_json(content):
        row = first(content, fields.names_title)
        if isinstance(row, dict) and row.keys() >= _EXPORTED:
            return 0.95
        titled = isinstance(row, dict) and fields.names_title(row)
        return 0.3 if titled else 0.1 if suffix in _JSON or isinstance(row, dict) else 0.0
    columns = sheet(content[:_HEAD], fields.is_known).columns
    parted = sum(map(fields.is_known, columns)) > 1
    if fields.names_title(columns) and (parted or suffix in _SHEETS):
        return 0.3
    return 0.1 if suffix in _SHEETS else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a table, a paper a row."""
    columns = Columns(defaults.columns)
    table = _opened(content, columns)
    entries: list[Entry] = []
    rejected: list[Problem] = []
    doubts: list[Problem] = []
    for row in table.rows:
        facts, topics = (None, ()) if row.fault else columns.facts(row.cells, row.line)
        if facts is None:
            rejected.append(_refusal(path, row))
            continue
        entries.append(Entry(facts, len(entries) + 1, row.line, topics))
        # Many tables have no abstract at all, or not yet.
        if facts.abstract and (what := doubt(facts.abstract)):
            doubts.append(_doubtful(path, row.line, what, facts.title))
    # Each record of JSON names columns of its own, so that all are known only now.
    if fault := _unusable(path, columns):
        return Reading(path, FORMAT, problems=(fault,))
    date, problems = _date(path, table.head, defaults)
    problems += [*rejected, *doubts, *columns.faults(path), *_left_out(path, columns)]
    digest = _digest(path, _text(table.head, "title"), date, entries)
    return Reading(path, FORMAT, (digest,), len(rejected), tuple(problems))


def _opened(content: str, columns: Columns) -> _Table:
    if is_json(content):
        found = records(content, columns.names_title)
        return _Table(map(_of_record, found.records), found.head)
    grid = sheet(content, columns.knows)
    columns.see(grid.columns)
    cure = "mend the quotes and signs of the row: up to the next whole row nothing is read"
    return _Table((_Row(row.cells, row.line, row.fault, cure) for row in grid.rows), {})


def _of_record(record: Record) -> _Row:
    if record.fault:
        cure = "mend it there; in a list nothing behind it is read"
        return _Row({}, record.line, f"broken JSON: {record.fault}", cure)
    if not isinstance(record.value, dict):
        what = "a bare value, no object with columns"
        return _Row({}, record.line, what, "write it as an object, with its title")
    return _Row(record.value, record.line)


def _refusal(path: str, row: _Row) -> Problem:
    if row.fault:
        return error(path, row.line, row.fault, row.cure)
    return error(path, row.line, "a row without a title", "fill the column of its title")


def _doubtful(path: str, line: int, what: str, title: str) -> Problem:
    hint = "mend the table, or leave it: the paper is shown as it is"
    return warning(path, line, f"{what}: '{text.shorten(title, 60)}'", hint)


def _unusable(path: str, columns: Columns) -> Problem | None:
    """Return why no row can be used: a column that is not there, or none for the titles."""
    names = columns.names()
    if not names:
        return None
    for name, column in columns.missing():
        what = f"no column '{column}', which should hold: {name}"
        return error(path, None, what, closest(column, names[:_MOST_NAMED]))
    if "title" in columns.fields:
        return None
    what = f"no column is known to hold titles; there are: {_named(names)}"
    return error(path, None, what, "say which one does: offprint add --map title=COLUMN")


def _left_out(path: str, columns: Columns) -> list[Problem]:
    names = columns.left_out()
    if not names:
        return []
    hint = f"say what they hold with --map FIELD=COLUMN; fields: {', '.join(fields.MAPPABLE)}"
    return [note(path, None, f"columns left out: {_named(names)}", hint)]


def _named(columns: Sequence[str]) -> str:
    shown = ", ".join(text.shorten(text.line(column), 40) for column in columns[:_MOST_NAMED])
    more = len(columns) - _MOST_NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown


def _date(
    path: str, head: Mapping[str, object], defaults: Defaults
) -> tuple[str | None, list[Problem]]:
    """Return the digest's day: its own with a year, the file name's, its own with ours."""
    written = _text(head, "date") or ""
    found = cells.moment(written) or ""
    if len(found) == len("YYYY-MM-DD"):
        return found, []
    if found := day_of_name(path) or day(written, defaults.year) or "":
        return found, []
    hint = "put its day into the file's name, e.g. 2025-03-14-papers.csv, or use --date"
    return None, [note(path, None, "undated: neither the table nor its name tells a day", hint)]


def _text(head: Mapping[str, object], name: str) -> str | None:
    return text.line(cells.whole(head.get(name))) or None


def _digest(path: str, title: str | None, date: str | None, entries: Sequence[Entry]) -> Digest:
    stem = PurePosixPath(path).stem
    slug = identity.slug(f"{date or ''} {title}" if title else stem)
    return Digest(path, slug or "digest", title or stem, date, tuple(entries))


READER = Reader(FORMAT, "CSV, TSV, JSON or JSON lines with a column of titles", sniff, read)
