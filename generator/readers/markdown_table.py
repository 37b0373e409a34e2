"""Read Markdown tables with a row a paper, as in weekly lists of papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator import identity, text
from generator.models import Entry, Facts, Reading
from generator.problems import Problem, error, warning
from generator.readers import Defaults, Reader, inline
from generator.readers.credits import credited, told
from generator.readers.facts import completed, day, names
from generator.readers.headline import headline
from generator.readers.linked import with_links, with_words
from generator.readers.outline import (
    Found,
    Line,
    Section,
    is_listed,
    is_rule,
    left_out,
    outline,
    read_sections,
)

FORMAT = "markdown-table"
_PIPE = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"(?:^|\n)[ \t]*[●•◦▪–*+-][ \t]+")
_COLUMNS = {
    "code": "code github repo repository implementation",
    "project": "project website homepage page",
    "links": "links link url urls resources source pdf arxiv doi html openreview",
    "date": "date year day month released",
    "authors": "authors author",
    "venue": "venue conference journal publisher where published",
    "note": "note notes summary description tldr tl comment comments highlights abstract remarks",
    "keywords": "keywords keyword tags tag topics topic",
    "number": "no nr number rank index",
    "title": "title paper papers article publication",
    "name": "name work model method",
}
_ROLES = {word: role for role, words in _COLUMNS.items() for word in words.split()}
# A column of titles says so best; one of names may hold nothing but short ones.
_TITLES = ("title", "name")


@dataclass(frozen=True, slots=True)
class Table:
    """A table that lists papers."""

    columns: tuple[str, ...]
    """What each is called."""
    roles: tuple[str, ...]
    """What each holds; empty where that is unknown."""
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """(line, cells) of each row, as many cells as columns; empty rows left out."""
    broken: tuple[int, ...]
    """Lines of rows with more cells than there are columns."""


def sniff(path: str, content: str) -> float:
    """Return 0.72 for text with a table whose columns name papers and whose rows have links."""
    if "](http" not in content and "<http" not in content and "| http" not in content:
        return 0.0
    parts = outline(path, content)
    if isinstance(parts, Problem):
        return 0.0
    rows = sum(len(t.rows) for s in parts.sections for t, _ in _tables(path, s.lines) if t)
    listed = sum(is_listed(line) for section in parts.sections for line in section.lines)
    return 0.0 if not rows else 0.72 if rows >= listed else 0.4


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return a digest for each dated heading above tables, or one for the whole file."""
    return read_sections(path, FORMAT, content, defaults, _found)


def _found(path: str, section: Section, references: Mapping[str, str]) -> Found:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for table, doubts in _tables(path, section.lines):
        problems += doubts
        if table is None:
            continue
        for line, cells in table.rows:
            entry, said = _entry(path, table, line, cells, references)
            problems += said
            if entry:
                entries.append(replace(entry, position=len(entries) + 1))
    listed = [line for line in section.lines if entries and is_listed(line)]
    return entries, [*problems, *left_out(path, listed, f"{len(listed)} items of lists")]


def _tables(path: str, lines: Sequence[Line]) -> Iterator[tuple[Table | None, list[Problem]]]:
    """Yield each table of papers with what is doubtful, and a warning for any other table."""
    at = 0
    while at + 1 < len(lines):
        if lines[at].depth or "|" not in lines[at].text or not is_rule(lines[at + 1]):
            at += 1
            continue
        end = at + 2
        while end < len(lines) and not lines[end].depth and "|" in lines[end].text:
            end += 1
        yield _table(path, lines[at], lines[at + 2 : end])
        at = end


def _table(path: str, head: Line, body: Iterable[Line]) -> tuple[Table | None, list[Problem]]:
    columns = tuple(text.line(inline.plain(cell)) for cell in _cells(head.text))
    roles = tuple(map(_role, columns))
    rows = [(line.number, _cells(line.text)) for line in body]
    rows = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not set(roles) & set(_TITLES) or not any(_leads_somewhere(cells) for _, cells in rows):
        hint = "name the column of the papers' titles 'Title' or 'Paper', and link them"
        what = f"a table left out, it lists no papers: {', '.join(columns)}"
        return None, [warning(path, head.number, text.shorten(what, 160), hint)]
    place = next(roles.index(role) for role in _TITLES if role in roles)
    table = Table(
        columns,
        roles,
        tuple((number, _fitted(cells, len(columns), place)) for number, cells in rows),
        tuple(number for number, cells in rows if len(cells) > len(columns)),
    )
    return table, _doubts(path, head, table)


def _cells(row: str) -> tuple[str, ...]:
    row = row.strip().removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return tuple(cell.replace("\\|", "|") for cell in _PIPE.split(row))


def _role(column: str) -> str:
    said = {role for word in text.words(column) if (role := _ROLES.get(word))}
    return next((role for role in _COLUMNS if role in said), "number" if column == "#" else "")


def _leads_somewhere(cells: Iterable[str]) -> bool:
    return any("http://" in cell or "https://" in cell for cell in cells)


def _fitted(cells: tuple[str, ...], count: int, place: int) -> tuple[str, ...]:
    """Return exactly `count` cells; those too many are taken for parts of the title's cell."""
    more = len(cells) - count
    if more > 0:
        whole = "|".join(cells[place : place + more + 1])
        return (*cells[:place], whole, *cells[place + more + 1 :])
    return (*cells, *[""] * -more)


def _doubts(path: str, head: Line, table: Table) -> list[Problem]:
    hint = r"write \| for a stroke that parts no cells"
    problems = [
        warning(path, line, "more cells than columns: read as parts of the title's cell", hint)
        for line in table.broken
    ]
    unknown = [
        name or str(n)
        for n, (name, role) in enumerate(zip(table.columns, table.roles, strict=True), 1)
        if not role and any(cells[n - 1].strip() for _, cells in table.rows)
    ]
    if unknown:
        hint = f"rename it to one of: {', '.join(_COLUMNS)}"
        what = f"only links are read of the columns: {', '.join(unknown)}"
        problems.append(warning(path, head.number, text.shorten(what, 160), hint))
    return problems


def _entry(
    path: str, table: Table, line: int, cells: Sequence[str], references: Mapping[str, str]
) -> tuple[Entry | None, list[Problem]]:
    """Return the paper of a row, or exactly one error where it has no title."""
    said = {n: headline(cells[n], references) for n, r in enumerate(table.roles) if r in _TITLES}
    ranked = sorted(said, key=lambda n: _TITLES.index(table.roles[n]))
    best = next((n for n in ranked if said[n].title), None)
    if best is None:
        hint = "write the paper's title into its cell"
        return None, [error(path, line, "a row without a title", hint)]
    facts, words = told(said[best])
    notes = [words]
    for n, cell in enumerate(cells):
        if n != best:
            facts, more = _with_cell(facts, table.roles[n], cell, references)
            notes.append(more)
    facts = with_words(facts, said[best].mentioned)
    year = credited(facts, facts.venue) if facts.venue and not facts.arxiv else None
    facts = replace(facts, published=facts.published or (year.published if year else None))
    note = _plain_bullets("\n\n".join(notes))
    facts = completed(replace(facts, note=note or None))
    shown = text.shorten(facts.title, 60)
    problems = []
    if said[best].guessed:
        hint = "part title and words by a dash, or write the title in **bold**"
        problems.append(warning(path, line, f"the title's end is a guess: '{shown}'", hint))
    return Entry(facts, 0, line), problems


def _with_cell(
    facts: Facts, role: str, cell: str, references: Mapping[str, str]
) -> tuple[Facts, str]:
    """Return `facts` with what a cell beside the title says, and the words that belong to it."""
    found = inline.parse(cell, references)
    said = text.line(found.text)
    kind = role if role in {"code", "project"} else ""
    links = [replace(link, label=kind) if kind else link for link in found.links]
    facts = with_links(facts, links)
    match role:
        case "authors":
            return replace(facts, authors=facts.authors or names(said)), ""
        case "venue" if said:
            return replace(facts, venue=said), ""
        case "date":
            return replace(facts, published=facts.published or _day(said)), ""
        case "keywords":
            parts = (text.line(part) for part in re.split("[,;]", said))
            return replace(facts, keywords=tuple(part for part in parts if part)), ""
        case "links":
            return _with_ids(facts, said), ""
        case "note":
            return facts, found.text
        case _:
            return facts, ""


def _day(said: str) -> str | None:
    known = credited(Facts(""), said)
    return (known.published if known else None) or day(said)


def _with_ids(facts: Facts, said: str) -> Facts:
    arxiv, doi = identity.arxiv_id(said), identity.doi(said)
    if arxiv and not facts.arxiv:
        facts = replace(facts, arxiv=arxiv[0], version=facts.version or arxiv[1])
    return replace(facts, doi=facts.doi or doi) if "/" in said and "http" not in said else facts


def _plain_bullets(words: str) -> str:
    return text.paragraphs(_BULLET.sub("\n\n• ", words))


READER = Reader(FORMAT, "Markdown tables with a row for each paper", sniff, read)
