"""Read Offprint's own form: Markdown with front matter and one section a paper."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from generator import identity, text
from generator.models import Digest, Entry, Reading
from generator.problems import Problem, note, warning
from generator.readers import Defaults, Reader
from generator.readers.facts import day, day_of_name
from generator.readers.frontmatter import Page, split
from generator.readers.keyed import closest, facts_of, is_key

FORMAT = "curated"
_FIELDS = frozenset({"title", "date", "curator", "source", "query", "intro", "notes"})
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
# One sign alone may begin a hashtag.
_GLUED = re.compile(r"#{2,6}[^\s#]")
_CLOSING = re.compile(r"(?<![^ \t])#+$")
_ITEM = re.compile(r"[-*+][ \t]+\**([A-Za-z][A-Za-z ]*?)\**[ \t]*:\**(?:[ \t]+(\S.*)?)?$")
_INDENTED = re.compile(r"(?: {2,}|\t)\S")


@dataclass(slots=True)
class Section:
    """A paper's heading and the lines below it, sorted but not yet understood."""

    heading: str
    line: int
    """Of the heading, counted from 1."""
    note: list[str] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    items: list[tuple[str, str, int]] = field(default_factory=list)
    """(key, value, line) of the list of facts."""


def sniff(path: str, content: str) -> float:
    """Return how surely this is Markdown with a heading a paper: front matter says most."""
    markdown = path.lower().endswith((".md", ".markdown"))
    headed = re.search(r"^#{1,3} ", content, re.MULTILINE) is not None
    if content.startswith("---"):
        return 0.6 if markdown or headed else 0.1
    return 0.5 if markdown else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a curated file."""
    page = split(path, content)
    if isinstance(page, Problem):
        return Reading(path, FORMAT, problems=(page,))
    title, intro, sections = _sections(page)
    date, problems = _date(path, page, defaults)
    problems += [*_left_out(path, page), *_glued(path, page)]
    entries: list[Entry] = []
    for section in sections:
        facts, topics, found = facts_of(path, section)
        problems += found
        if facts:
            entries.append(Entry(facts, len(entries) + 1, section.line, topics))
    title = _plain(page.meta.get("title")) or title
    stem = PurePosixPath(path).stem
    digest = Digest(
        path=path,
        slug=identity.slug(f"{date or ''} {title}" if title else stem) or "digest",
        title=title or stem,
        date=date,
        entries=tuple(entries),
        curator=_plain(page.meta.get("curator")),
        source=_plain(page.meta.get("source")),
        intro=_plain(page.meta.get("intro")) or intro,
        notes=_plain(page.meta.get("notes")),
        query=_plain(page.meta.get("query")),
    )
    return Reading(path, FORMAT, (digest,), len(sections) - len(entries), tuple(problems))


def _glued(path: str, page: Page) -> list[Problem]:
    """Return a warning for each line that was meant as a heading and is text to Markdown."""
    hint = "if it is a paper's title, write a blank after the signs"
    return [
        warning(path, number, f"'{text.shorten(line, 60)}' is text and no heading", hint)
        for number, line in enumerate(page.body, page.start)
        if _GLUED.match(line)
    ]


def _plain(value: Any) -> str | None:
    """Return a front-matter value as one line; a list is joined by commas."""
    # Only of plain items: nested aliases can stand for more text than memory holds.
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    return text.line(value) or None if isinstance(value, str) else None


def _date(path: str, page: Page, defaults: Defaults) -> tuple[str | None, list[Problem]]:
    """Return the digest's day: the front matter's with its year, the name's, ours with its day."""
    written = _plain(page.meta.get("date"))
    where = page.lines.get("date")
    if written and (found := _day(written)):
        return found, []
    if named := day_of_name(path):
        return named, []
    if written and (found := day(written, defaults.year)):
        return found, []
    if written:
        hint = "write it as YYYY-MM-DD"
        return None, [warning(path, where, f"undated: '{written}' is no full day", hint)]
    hint = "add 'date: YYYY-MM-DD' to the front matter, or leave it undated"
    return None, [note(path, None, "undated: no date in the front matter or the name", hint)]


def _day(written: str) -> str | None:
    try:
        # Of a time stamp only the day counts.
        return datetime.datetime.fromisoformat(written).date().isoformat()
    except ValueError:
        return day(written)


def _left_out(path: str, page: Page) -> list[Problem]:
    problems = []
    for name, line in page.lines.items():
        if name not in _FIELDS:
            hint = closest(name, _FIELDS)
            problems.append(warning(path, line, f"unknown setting '{name}' left out", hint))
        elif page.meta[name] and _plain(page.meta[name]) is None:
            hint = "write it in one line, in quotes where it has a colon or a bracket"
            problems.append(warning(path, line, f"'{name}' left out: it is no plain text", hint))
    return problems


def _sections(page: Page) -> tuple[str | None, str | None, list[Section]]:
    """Return the first-level heading, the text above the papers, and a section a paper."""
    level = _level_of_papers(page.body)
    title: str | None = None
    sections: list[Section] = []
    intro: list[str] = []
    target = intro
    item_open = False
    for number, line in enumerate(page.body, page.start):
        heading = _heading(line)
        item = _ITEM.match(line) if sections else None
        if heading and heading[0] < level:
            title = title or text.line(heading[1]) or None
        elif heading and heading[0] == level:
            sections.append(Section(heading[1], number))
            target = sections[-1].note
        elif heading and sections and heading[1].lower() in {"abstract", "note"}:
            target = getattr(sections[-1], heading[1].lower())
        elif item and is_key(item[1]):
            sections[-1].items.append((item[1].lower(), item[2] or "", number))
        elif item_open and _INDENTED.match(line):
            key, value, first = sections[-1].items[-1]
            sections[-1].items[-1] = (key, _continued(value, line.strip()), first)
        else:
            target.append(line)
        item_open = bool(item and is_key(item[1])) or (item_open and bool(_INDENTED.match(line)))
    return title, text.line(" ".join(intro)) or None, sections


def _continued(value: str, more: str) -> str:
    """Return a fact's value with its next line, which may be an item of a list in the list."""
    return f"{value}; {more[2:]}" if more.startswith(("- ", "* ")) else f"{value} {more}"


def _level_of_papers(body: Iterable[str]) -> int:
    """Return the depth of the headings that are papers: two, else the first that occurs.

    A single heading of the first level is the digest's title.
    """
    depths = [found[0] for line in body if (found := _heading(line))]
    deeper = [depth for depth in depths if depth > 1]
    if 2 in depths or len(depths) - len(deeper) < 2:
        return min(deeper, default=2)
    return 1


def _heading(line: str) -> tuple[int, str] | None:
    """Return depth and text of a heading, without the signs that may close it."""
    found = _HEADING.match(line)
    return (len(found[1]), _CLOSING.sub("", found[2].rstrip()).rstrip()) if found else None


READER = Reader(FORMAT, "Markdown with front matter and a heading for each paper", sniff, read)
