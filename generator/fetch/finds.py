"""What a source gave, what the collection had from it before, and so what is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from generator import identity
from generator.fetch.client import Marks
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem


@dataclass(frozen=True, slots=True)
class Find:
    """The papers that a source gave for one day, to become one Markdown digest."""

    source: str
    """Who gave them, e.g. `arXiv`."""
    query: str
    """What was asked: words of a search, or an address."""
    title: str
    date: str
    """`YYYY-MM-DD`."""
    stem: str
    """Of the file's name, without the day."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the web that is kept as it is."""

    name: str
    """Of the file in digests/, its day included."""
    data: bytes
    reading: Reading
    """What a reader finds in it."""


@dataclass(frozen=True, slots=True)
class Haul:
    """All that one fetch brought."""

    finds: tuple[Find, ...] = ()
    """Oldest first; papers that are known already are not among them."""
    kept: Kept | None = None
    known: int = 0
    """Papers of the answer that the collection has from this source already."""
    newest: str | None = None
    """Day of the newest papers in the answer, known ones included."""
    problems: tuple[Problem, ...] = ()
    """Notes and warnings."""
    marks: Marks = field(default_factory=Marks)


def unknown(entries: Iterable[Entry], digests: Iterable[Digest]) -> tuple[Entry, ...]:
    """Return the entries whose papers stand in none of `digests`, each paper once, in order."""
    seen = {key for digest in digests for one in digest.entries for key in _keys(one.facts)}
    fresh: list[Entry] = []
    for entry in entries:
        found = _keys(entry.facts)
        # A title speaks only where no id does: different papers are called "Erratum".
        telling = {key for key in found if not key.startswith("title:")} or found
        if not telling & seen:
            fresh.append(entry)
        seen |= telling
    return tuple(fresh)


def _keys(facts: Facts) -> set[str]:
    named = {"arxiv": facts.arxiv, "doi": facts.doi, "title": identity.fingerprint(facts.title)}
    return {f"{scheme}:{value}" for scheme, value in named.items() if value}
