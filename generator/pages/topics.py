"""Make the pages of topics: the index of all, each one's newest papers, its older pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator import addresses
from generator.dates import readable as readable_date
from generator.models import Digest, Paper, Topic
from generator.pages.page import TOPICS, FeedLink, Page, Step
from generator.pages.paging import Leaf, leaves
from generator.pages.sparks import Spark
from generator.pages.views import (
    Entry,
    Mark,
    Overview,
    counted,
    last_change,
    list_files,
    when,
)
from generator.text import shorten

_NEIGHBOURS = 5
_PAIRS = 8
_FILTERED = 8
"""Papers from which on a list is worth a filter."""
_NAME_LENGTH = 40
"""Characters of a digest's title in a choice."""
_LISTED_PAGES = 8
_INDEX_HEIGHT = 22
_MARGIN_HEIGHT = 40


@dataclass(frozen=True, slots=True)
class Card:
    """A topic in an index of topics."""

    mark: Mark
    scope: str
    count: int
    fresh: int
    """Papers that the latest dated digest brought."""
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list and what hangs beside it."""

    entry: Entry
    number: int | None = None
    """Place in a digest."""
    when: str | None = None
    """Date of the first entry of its day."""


@dataclass(frozen=True, slots=True)
class FromDigest:
    """A digest that brought papers of a topic."""

    slug: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Chip:
    """The mark of a topic, to be found by the topic's slug."""

    slug: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Filter:
    """What there is to choose from in a topic's list."""

    data: str
    """Site path of the topic's papers as JSON lines."""
    years: tuple[tuple[str, int], ...]
    """Each with its number of papers, newest first."""
    digests: tuple[FromDigest, ...]
    """In the catalogue's order."""
    code: int
    """Papers with code."""
    others: tuple[Chip, ...]
    """Topics that papers of this one are in too."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two topics and the papers in both."""

    first: Mark
    second: Mark
    count: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A link to another page of the same list."""

    number: int
    uri: str


def cards(overview: Overview) -> list[Card]:
    """Return each topic as the index shows it, in the curator's order."""
    return [_card(overview, topic) for topic in overview.catalog.topics]


def topic_index(overview: Overview) -> Page:
    """Return the page of all topics."""
    found = cards(overview)
    return Page(
        uri=addresses.TOPICS,
        kind="topics",
        title="Topics",
        description=f"{counted(len(found), 'topic')} of {overview.settings.site_name}, "
        "with their papers and feeds.",
        origin="the index of topics",
        values={
            "cards": found,
            "years": overview.years,
            "pairs": _pairs(overview),
            "feed": addresses.ALL_FEED,
        },
        changed=overview.latest_day,
    )


def pages(overview: Overview) -> Iterator[Page]:
    """Yield the pages of each topic, the newest first."""
    for topic in overview.catalog.topics:
        papers = overview.catalog.in_topic[topic.slug]
        for leaf in leaves(papers, overview.settings.page_size):
            yield _newest(overview, topic, leaf) if leaf.newest else _older(overview, topic, leaf)


def _card(overview: Overview, topic: Topic) -> Card:
    papers = overview.catalog.in_topic[topic.slug]
    return Card(
        mark=overview.marks[topic.slug],
        scope=topic.scope,
        count=len(papers),
        fresh=overview.fresh(topic.slug),
        spark=overview.years.spark(papers, _INDEX_HEIGHT),
    )


def _pairs(overview: Overview) -> list[Pair]:
    """Return the topics that share most papers, most first."""
    marks = overview.marks
    ranked = sorted(overview.shared.items(), key=lambda shared: (-shared[1], shared[0]))
    return [Pair(marks[one], marks[other], count) for (one, other), count in ranked[:_PAIRS]]


def _newest(overview: Overview, topic: Topic, leaf: Leaf) -> Page:
    papers = overview.catalog.in_topic[topic.slug]
    day = overview.latest_day
    values = {
        "topic": topic,
        "count": len(papers),
        "fresh": overview.fresh(topic.slug),
        "latest": readable_date(day) if day else None,
        "spark": overview.years.spark(papers, _MARGIN_HEIGHT),
        "neighbours": _neighbours(overview, topic.slug),
        "feed": addresses.topic_feed(topic.slug),
        "take": list_files(addresses.data("topics", topic.slug)),
        "lists": by_day(overview, leaf.papers),
        "number": leaf.number,
        "turns": _turns(topic.slug, leaf.number),
        "filter": _filter(overview, topic.slug) if len(papers) >= _FILTERED else None,
    }
    return Page(
        uri=addresses.topic(topic.slug),
        filter=len(papers) >= _FILTERED,
        kind="topic",
        title=topic.name,
        description=topic.scope or f"{counted(len(papers), 'paper')} on {topic.name}.",
        origin=_origin(topic),
        values=values,
        trail=(TOPICS,),
        ink=topic.color,
        feeds=(FeedLink(topic.name, addresses.topic_feed(topic.slug)),),
        listed=tuple(paper.uri for paper in leaf.papers),
        changed=last_change(papers),
    )


def _older(overview: Overview, topic: Topic, leaf: Leaf) -> Page:
    """Return a full page. It tells nothing that a new paper elsewhere would change."""
    newer = addresses.older(topic.slug, leaf.number + 1)
    full = len(overview.catalog.in_topic[topic.slug]) // overview.settings.page_size - 1
    values = {
        "topic": topic,
        "lists": by_day(overview, leaf.papers),
        "number": leaf.number,
        "turns": _turns(topic.slug, leaf.number),
        "newest": addresses.topic(topic.slug),
        "feed": addresses.topic_feed(topic.slug),
        "newer": newer if leaf.number < full else addresses.topic(topic.slug),
    }
    return Page(
        uri=addresses.older(topic.slug, leaf.number),
        kind="topic",
        template="older",
        title=f"{topic.name}, page {leaf.number}",
        description=f"Older papers on {topic.name}: page {leaf.number}, counted from the oldest.",
        origin=_origin(topic),
        values=values,
        trail=(TOPICS, Step(topic.name, addresses.topic(topic.slug), topic.color)),
        ink=topic.color,
        feeds=(FeedLink(topic.name, addresses.topic_feed(topic.slug)),),
        listed=tuple(paper.uri for paper in leaf.papers),
        changed=last_change(leaf.papers),
    )


def _filter(overview: Overview, slug: str) -> Filter:
    papers = overview.catalog.in_topic[slug]
    years = Counter(paper.year for paper in papers if paper.year)
    brought = Counter(digest for p in papers for digest in {m.digest for m in p.featured})
    others = {place.topic for paper in papers for place in paper.topics} - {slug}
    return Filter(
        data=f"{addresses.data('topics', slug)}.jsonl",
        years=tuple(sorted(years.items(), reverse=True)),
        digests=tuple(
            FromDigest(digest.slug, _named(overview, digest), brought[digest.slug])
            for digest in overview.catalog.digests
            if digest.slug in brought
        ),
        code=sum(bool(paper.facts.links.code) for paper in papers),
        others=tuple(
            Chip(topic.slug, overview.marks[topic.slug])
            for topic in overview.catalog.topics
            if topic.slug in others
        ),
    )


def _named(overview: Overview, digest: Digest) -> str:
    return when(digest) if overview.known_by_day(digest) else shorten(digest.title, _NAME_LENGTH)


def _origin(topic: Topic) -> str:
    place = f" (topics.yml:{topic.line})" if topic.line else ""
    return f"the topic “{topic.name}”{place}"


def by_day(overview: Overview, papers: Iterable[Paper]) -> list[list[Item]]:
    """Return one list for each day, its date beside the first entry."""
    return [
        [
            Item(overview.entries[paper.slug], when=None if place else _when(day))
            for place, paper in enumerate(group)
        ]
        for day, group in groupby(papers, key=lambda paper: paper.first_day)
    ]


def _when(day: str | None) -> str:
    return readable_date(day) if day else "Undated"


def _turns(slug: str, number: int) -> list[Turn]:
    """Return the older pages to choose from, newest first; the oldest is always among them."""
    near = range(number - 1, max(0, number - 1 - _LISTED_PAGES), -1)
    chosen = [*near, *([1] if number > 1 and 1 not in near else [])]
    return [Turn(page, addresses.older(slug, page)) for page in chosen]


def _neighbours(overview: Overview, slug: str) -> list[Mark]:
    """Return the topics that share most papers with this one, most first."""
    found = {
        (one if other == slug else other): count
        for (one, other), count in overview.shared.items()
        if slug in (one, other)
    }
    ranked = sorted(found, key=lambda other: (-found[other], other))
    return [overview.marks[other] for other in ranked[:_NEIGHBOURS]]
