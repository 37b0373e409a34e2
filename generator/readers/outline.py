"""Part a Markdown file into its digests: one a dated heading, or one in all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Reading
from generator.problems import Problem, Severity, note, warning
from generator.readers import Defaults, frontmatter, inline, weeks
from generator.readers.facts import day_of_name
from generator.readers.frontmatter import Page
from generator.readers.linked import is_label
from generator.readers.weeks import Span

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LISTED = re.compile(r"[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+[*_]{0,3}\[([^\]]+)\]\(<?http")
_STRUCTURE = re.compile(
    r"\s*(?:[|>#<!]|[-*+][ \t]|\d{1,4}[.)][ \t]|[-*_]{3}|[-*_] [-*_] |\[[^\]]*\]:)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body."""

    number: int
    """Counted from 1 in the file."""
    text: str
    depth: int = 0
    """Of a heading, 1 to 6, and `text` is what it says; 0 for all others."""


@dataclass(slots=True)
class Section:
    """What stands under one dated heading, or all that stands under none."""

    heading: str | None = None
    """Plain text in one line; None for what stands under no dated heading."""
    span: Span | None = None
    year: int | None = None
    """Said by a heading above that is only a year."""
    line: int | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """A Markdown file as its parts."""

    page: Page
    title: str | None
    """The first heading of the first level."""
    sections: tuple[Section, ...]
    """In the file's order; the undated rest first."""
    references: dict[str, str]
    """Addresses by the names of link definitions."""


Found = tuple[list[Entry], list[Problem]]
"""The entries of a section, positions counted from 1, and its problems: each error is one entry."""


def outline(path: str, content: str) -> Outline | Problem:
    """Return the parts of `content`, or the error that spoils its front matter."""
    page = frontmatter.split(path, content)
    if isinstance(page, Problem):
        return page
    lines = body(page)
    title = next((inline.plain(line.text) for line in lines if line.depth == 1), "")
    references = inline.definitions(page.body)
    return Outline(page, text.line(title) or None, tuple(_sections(lines)), references)


def body(page: Page) -> list[Line]:
    """Return the lines of the body without fenced blocks, headings told apart."""
    found: list[Line] = []
    fence = ""
    for number, raw in enumerate(page.body, page.start):
        mark = _FENCE.match(raw)
        if mark and (not fence or (mark[1].startswith(fence) and not raw.strip(" \t`~"))):
            fence = "" if fence else mark[1]
        elif not fence:
            heading = _HEADING.match(raw)
            said = re.sub(r"[ \t]#+$", "", heading[2].rstrip()) if heading else raw
            found.append(Line(number, said, len(heading[1]) if heading else 0))
    return found


def linked(heading: str) -> bool:
    """Return whether a heading holds an address of the web: then it is an entry, no section."""
    return "](http" in heading or "](<http" in heading


def is_listed(line: Line) -> bool:
    """Return whether a line is an item of a list that begins with a title's link to the web."""
    found = _LISTED.match(line.text) if not line.depth else None
    return found is not None and not is_label(found[1])


def is_rule(line: Line) -> bool:
    """Return whether a line parts the head of a table from its rows."""
    signs = set(line.text.strip())
    return not line.depth and {"|", "-"} <= signs <= set("|:- \t")


def left_out(path: str, lines: Sequence[Line], what: str) -> list[Problem]:
    """Return a warning for lines of another form in the same file, none where there are none."""
    if not lines:
        return []
    hint = "put them into a file of their own: of one file one form is read"
    return [warning(path, lines[0].number, f"not read, for the rest is another form: {what}", hint)]


def _sections(lines: Iterable[Line]) -> list[Section]:
    rest = Section()
    found, here = [rest], rest
    year: int | None = None
    depth = 0
    for line in lines:
        said = text.line(inline.plain(line.text)) if line.depth else ""
        days = weeks.span(said) if line.depth and not linked(line.text) else None
        if days:
            here = Section(said, days, year, line.number)
            found.append(here)
            depth = line.depth
            continue
        if line.depth and line.depth <= depth:
            here = rest
        year = (weeks.year_of(said) if line.depth else None) or year
        here.lines.append(line)
    return found


def read_sections(
    path: str,
    form: str,
    content: str,
    defaults: Defaults,
    entries_of: Callable[[str, Section, Mapping[str, str]], Found],
) -> Reading:
    """Return what `entries_of` (path, section, link definitions) finds in each section."""
    parts = outline(path, content)
    if isinstance(parts, Problem):
        return Reading(path, form, problems=(parts,))
    return _reading(
        path, form, parts, defaults, lambda section: entries_of(path, section, parts.references)
    )


def _reading(
    path: str,
    form: str,
    parts: Outline,
    defaults: Defaults,
    entries_of: Callable[[Section], Found],
) -> Reading:
    """Return a digest for each section in which `entries_of` finds entries."""
    found = [(section, *entries_of(section)) for section in parts.sections]
    full = [one for one in found if one[1] or one[2]]
    digests: list[Digest] = []
    problems: list[Problem] = []
    for section, entries, said in full:
        date, undated = _date(path, parts, section, defaults, alone=len(full) == 1)
        digests.append(_digest(path, parts, section, date, entries))
        problems += [*undated, *said]
    rejected = sum(problem.severity is Severity.ERROR for problem in problems)
    return Reading(path, form, tuple(digests), rejected, tuple(problems))


def _digest(
    path: str, parts: Outline, section: Section, date: str | None, entries: list[Entry]
) -> Digest:
    stem = PurePosixPath(path).stem
    whole = meta(parts.page, "title") or parts.title
    title = section.heading or whole
    if section.heading and weeks.is_only_days(section.heading):
        title = whole or section.heading
    return Digest(
        path=path,
        slug=identity.slug(f"{date or ''} {title}" if title else stem) or "digest",
        title=title or stem,
        date=date,
        entries=tuple(entries),
        curator=meta(parts.page, "curator"),
        source=meta(parts.page, "source"),
        intro=_intro(section.lines) or (None if section.heading else meta(parts.page, "intro")),
        notes=meta(parts.page, "notes"),
    )


def meta(page: Page, name: str) -> str | None:
    """Return a front-matter value in one line, None where it is missing or no plain text."""
    value = page.meta.get(name)
    return text.line(value) or None if isinstance(value, str) else None


def _intro(lines: Iterable[Line]) -> str | None:
    """Return the text between the first heading and what follows, None where there is none."""
    said: list[str] = []
    for line in lines:
        if line.depth == 1:
            continue  # the digest's title
        if line.depth or _STRUCTURE.match(line.text):
            break
        said.append(line.text)
    return text.line(inline.plain("\n".join(said))) or None


def _date(
    path: str, parts: Outline, section: Section, defaults: Defaults, *, alone: bool
) -> tuple[str | None, list[Problem]]:
    """Return the last of the digest's days: the heading's with its year, the name's, ours.

    The name of a file with several digests tells only their year.
    """
    said = section.heading or meta(parts.page, "date")
    span = section.span or (weeks.span(said) if said else None)
    if span and (found := span.date(section.year)):
        return found, []
    named = day_of_name(path)
    if named and alone:
        return named, []
    year = int(named[:4]) if named else defaults.year
    if span and (found := span.date(year)):
        return found, []
    if span:
        hint = "say the year with 'offprint add --year', or under 'year:' in mkdocs.yml"
        message = f"undated: '{text.shorten(said or '', 60)}' has no year"
        return None, [note(path, section.line, message, hint)]
    hint = "put its day into a heading, the front matter or the file's name, as YYYY-MM-DD"
    return None, [note(path, None, "undated: neither the list nor its name tells a day", hint)]
