"""Say what digests tell of a paper: its place in each, the versions they named, who wrote notes."""

from __future__ import annotations

from dataclasses import dataclass

from generator import addresses
from generator.catalog.merging import version_number
from generator.models import Digest, Mention, Paper
from generator.pages.views import Overview, beside_title, when


@dataclass(frozen=True, slots=True)
class Place:
    """A paper's place in a digest."""

    uri: str
    title: str
    day: str | None
    """Readable date, only where it alone says which digest is meant."""
    beside: str
    """Date or `undated`, to stand beside the title; empty where the title names it."""
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A version of the paper that a digest named."""

    name: str
    """e.g. `v2`."""
    href: str
    when: str
    """Date or title of the first digest that named it."""


def places(overview: Overview, paper: Paper) -> list[Place]:
    """Return the paper's place in each digest, earliest first; each digest once."""
    once: dict[str, Mention] = {}
    for mention in paper.featured:
        once.setdefault(mention.digest, mention)
    return [_place(overview, paper, overview.digests[slug]) for slug in once]


def _place(overview: Overview, paper: Paper, digest: Digest) -> Place:
    return Place(
        uri=addresses.digest(digest.slug),
        title=digest.title,
        day=when(digest) if overview.known_by_day(digest) else None,
        beside=beside_title(digest) if digest.date else "undated",
        number=overview.places[digest.slug][paper.slug],
        total=len(overview.places[digest.slug]),
    )


def versions(overview: Overview) -> dict[str, list[Seen]]:
    """Return for each paper's slug the versions that digests named, the oldest version first."""
    entries = {
        (digest.slug, entry.position): (digest, entry.facts)
        for digest in overview.catalog.digests
        for entry in digest.entries
        if entry.facts.version
    }
    found: dict[str, list[Seen]] = {}
    for paper in overview.catalog.papers:
        told = [entries.get((one.digest, one.position)) for one in paper.featured]
        first: dict[str, Seen] = {}
        for digest, facts in filter(None, told):
            # Another paper's number would be another paper's version.
            if facts.version and facts.arxiv == paper.facts.arxiv:
                href = f"https://arxiv.org/abs/{facts.arxiv}{facts.version}"
                seen = Seen(facts.version, href, _day_or_title(digest))
                first.setdefault(facts.version, seen)
        if first:
            found[paper.slug] = [first[name] for name in sorted(first, key=version_number)]
    return found


def signatures(overview: Overview) -> dict[tuple[str, str], str]:
    """Return for each paper's slug and note who wrote it, and in which digest."""
    entries = {
        (digest.slug, entry.position): (digest, entry.facts.note)
        for digest in overview.catalog.digests
        for entry in digest.entries
    }
    found: dict[tuple[str, str], str] = {}
    for paper in overview.catalog.papers:
        for mention in paper.featured:
            digest, note = entries.get((mention.digest, mention.position), (None, None))
            if digest and note:
                found.setdefault((paper.slug, note), _signature(digest))
    return found


def _signature(digest: Digest) -> str:
    day = _day_or_title(digest)
    author = digest.notes or digest.curator
    return f"{author}, {day}" if author else day


def _day_or_title(digest: Digest) -> str:
    return when(digest) if digest.date else digest.title
