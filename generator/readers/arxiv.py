"""What arXiv's own forms share: ids, names, categories and paragraphs as arXiv writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem, error, note, warning
from generator.readers.doubts import doubts
from generator.readers.facts import completed, day_of_name, with_mentioned
from generator.readers.latex import plain
from generator.readers.xml import Node

NAME = "arXiv"
TITLE = "Papers from arXiv"
"""Of a digest whose source has no title of its own."""
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]+)?")
_BRACKET = re.compile(r"[()]")
_LONGEST_WRAPPED = 100
"""Characters of a line in a text that was wrapped."""
_OAI = "oai:arXiv.org:"


def one_line(raw: str) -> str:
    """Return a title or a name as one line, its LaTeX accents as letters."""
    return text.line(plain(raw))


def paragraphs(raw: str) -> str | None:
    """Return an abstract with its wrapped lines joined, None where nothing is left.

    An indented line begins a paragraph, as arXiv's help for submitters says. Where all
    lines are short and indented, a program indented them, and they are one paragraph.
    """
    rows = text.lines(plain(raw).strip())
    indented = [row[:1] in {" ", "\t"} for row in rows[1:]]
    if not all(indented) or max(map(len, rows)) > _LONGEST_WRAPPED:
        rows[1:] = [f"\n{row}" if new else row for row, new in zip(rows[1:], indented, strict=True)]
    return text.paragraphs("\n".join(rows)) or None


def people(raw: str) -> tuple[str, ...]:
    """Return the names of a list parted by commas, without affiliations in brackets."""
    parts = map(text.line, _without_brackets(plain(raw)).split(","))
    return tuple(name for part in parts if (name := part.strip(" ,;")))


def _without_brackets(raw: str) -> str:
    """Return `raw` without what stands in round brackets; as it is where they do not match."""
    kept: list[str] = []
    depth = at = 0
    for bracket in _BRACKET.finditer(raw):
        if not depth:
            kept.append(raw[at : bracket.start()])
        depth += 1 if bracket.group() == "(" else -1
        at = bracket.end()
        if depth < 0:
            return raw
    return "".join((*kept, raw[at:])) if not depth else raw


def categories(names: Iterable[str]) -> tuple[str, ...]:
    """Return arXiv's own categories among `names` once each, in order: no codes of MSC or ACM."""
    return tuple(dict.fromkeys(name for name in names if _CATEGORY.fullmatch(name)))


def numbered(facts: Facts, written: str) -> Facts:
    """Return `facts` with id and version of a bare id, an address, or a name of OAI."""
    found = identity.arxiv_id(written.strip().removeprefix(_OAI))
    if facts.arxiv or not found:
        return facts
    return replace(facts, arxiv=found[0], version=facts.version or found[1])


def finished(facts: Facts, comment: str = "") -> Facts:
    """Return `facts` with the addresses in abstract and comment, and what the ids imply."""
    mentioned = identity.addresses(f"{facts.abstract or ''}\n{comment}")
    return completed(with_mentioned(facts, mentioned))


def gathered(
    path: str, nodes: Iterable[Node], facts_of: Callable[[str, Node], Facts | Problem]
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Return the papers of a feed in order, and an error for each that is none."""
    entries: list[Entry] = []
    rejected: list[Problem] = []
    for node in nodes:
        facts = facts_of(path, node)
        if isinstance(facts, Problem):
            rejected.append(facts)
        else:
            entries.append(Entry(facts, len(entries) + 1, node.line))
    return tuple(entries), rejected


def untitled(path: str, line: int) -> Problem:
    """Return the error of an entry that has no title."""
    hint = "give it a title, or delete the entry"
    return error(path, line, "a paper without a title", hint)


def reading(
    path: str,
    form: str,
    entries: tuple[Entry, ...],
    rejected: list[Problem],
    day: str | None,
    title: str | None = None,
) -> Reading:
    """Return the one digest of a file; `day` and `title` are what its content says."""
    date = day or day_of_name(path)
    problems = [*rejected, *_unnumbered(path, entries)]
    hint = "save it again, or leave it: the paper is shown as it is"
    problems += doubts(path, entries, hint)
    if entries and not date:
        hint = "put its day into the file's name, e.g. 2025-03-14-arxiv.jsonl"
        problems.append(
            note(path, None, "undated: neither the text nor its name tells a day", hint)
        )
    stem = PurePosixPath(path).stem
    slug = identity.slug(f"{date or ''} {title}" if title else stem) or "digest"
    digest = Digest(path, slug, title or TITLE, date, entries, source=NAME)
    return Reading(path, form, (digest,) if entries else (), len(rejected), tuple(problems))


def _unnumbered(path: str, entries: Iterable[Entry]) -> list[Problem]:
    """Return a warning for each paper whose arXiv id is missing or unknown."""
    hint = "look it up at arXiv: without its id the paper has no link there"
    return [
        warning(path, entry.line, f"no arXiv id: '{text.shorten(entry.facts.title, 60)}'", hint)
        for entry in entries
        if not entry.facts.arxiv
    ]
