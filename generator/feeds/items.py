"""Say what an item of a feed is, free of any format: a paper, or a whole digest."""

from __future__ import annotations

import datetime
import zlib
from dataclasses import dataclass

from generator import addresses, maths
from generator.feeds import content
from generator.models import Catalog, Digest, Paper
from generator.settings import Settings
from generator.text import uri

_MINUTES = 10
"""Of a day, into which its items are set: readers sort by time, and so keep a digest's order."""
_LAST = _MINUTES * 60 - 1
_MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed."""

    id: str
    """The same in every feed and format, for ever."""
    address: str
    """Its page of this site, absolute."""
    title: str
    """Plain text in one line."""
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    """Names, best first."""
    outside: str | None
    """Where the paper itself is."""
    published: datetime.datetime | None
    """Within the first minutes of the day on which it was first featured; None if undated."""
    updated: datetime.datetime
    """The same for the day of the newest digest that changed it; the epoch's if undated."""
    html: str
    """Its content with formulas as MathML; valid as HTML and as XHTML."""
    simple_html: str
    """The same with formulas as letters and signs, for readers and mail without MathML."""


def of_paper(paper: Paper, catalog: Catalog, settings: Settings) -> Item:
    """Return the item of a paper."""
    facts = paper.facts
    links = facts.links
    outside = next(filter(None, (links.arxiv, links.doi, links.hf, *links.other)), None)
    position = paper.featured[0].position if paper.featured else 1
    time = _time(position, paper.slug)
    bodies = [
        content.written(content.of_paper(paper, hand, settings.site_url))
        for hand in (content.rich, content.simple)[: 2 if _has_maths(paper) else 1]
    ]
    return Item(
        id=f"{settings.feed_id}:{paper.slug}",
        address=uri(settings.site_url + paper.uri),
        title=maths.plain(facts.title),
        authors=facts.authors,
        topics=tuple(catalog.topic[place.topic].name for place in paper.topics),
        outside=uri(outside) if outside else None,
        published=_moment(paper.first_day, time, whole=True) if paper.first_day else None,
        updated=_moment(paper.changed or paper.first_day or settings.epoch, time),
        html=bodies[0],
        simple_html=bodies[-1],
    )


def of_digest(digest: Digest, catalog: Catalog, settings: Settings) -> Item:
    """Return the item of a digest: its papers are its content."""
    papers = catalog.in_digest[digest.slug]
    found = {place.topic for paper in papers for place in paper.topics}
    time = _time(0, digest.slug)
    bodies = [
        content.written(content.of_digest(digest, catalog, hand, settings.site_url))
        for hand in (content.rich, content.simple)
    ]
    return Item(
        id=f"{settings.feed_id}:{addresses.digest(digest.slug).rstrip('/')}",
        address=uri(settings.site_url + addresses.digest(digest.slug)),
        title=maths.plain(digest.title),
        authors=(digest.curator,) if digest.curator else (),
        topics=tuple(topic.name for topic in catalog.topics if topic.slug in found),
        outside=None,
        published=_moment(digest.date, time, whole=True) if digest.date else None,
        updated=_moment(digest.date or settings.epoch, time),
        html=bodies[0],
        simple_html=bodies[-1],
    )


def _has_maths(paper: Paper) -> bool:
    """Tell whether the two hands could differ."""
    facts = paper.facts
    return any("$" in text or "\\" in text for text in (facts.note or "", facts.abstract or ""))


def _time(position: int, slug: str) -> datetime.timedelta:
    """Return how long after midnight an item stands: earlier in a digest is later in time.

    Each has a fraction of a second of its own: the W3C's validator warns of equal times.
    """
    seconds = max(0, _LAST - position)
    return datetime.timedelta(
        seconds=seconds, microseconds=zlib.crc32(slug.encode()) % _MICROSECONDS
    )


def _moment(day: str, time: datetime.timedelta, *, whole: bool = False) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00") + time
    return moment.replace(microsecond=0) if whole else moment
