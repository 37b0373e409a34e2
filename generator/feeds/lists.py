"""Say which feeds a site has: everything, the digests, each topic, each author with a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import addresses
from generator.authors import Authors
from generator.models import Catalog, Digest, Paper
from generator.settings import Settings

TOPICS, AUTHORS = "Topics", "Authors"
"""Groups of feeds."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One list of papers or digests, free of any format."""

    path: str
    """Site path without suffix, e.g. `feeds/topics/vision`."""
    name: str
    """What the list is called on its own, e.g. `Vision`."""
    page: str
    """Site path of the page that shows the same list."""
    description: str
    """A sentence, never empty: RSS obliges one."""
    entries: tuple[Paper, ...] | tuple[Digest, ...]
    """Newest first, undated last."""
    group: str = ""
    """Heading under which a list of feeds shows it: `Topics`, `Authors`; empty for the first."""


def feeds(catalog: Catalog, settings: Settings, people: Authors) -> Iterator[Feed]:
    """Yield all feeds, the most general first, each with its newest entries."""
    limit, name = settings.feed_limit, settings.site_name
    about = settings.site_description or f"The newest papers of {name}."
    yield Feed(addresses.ALL_FEED, "All papers", addresses.HOME, about, catalog.papers[:limit])
    yield Feed(
        addresses.DIGESTS_FEED,
        "Digests",
        addresses.DIGESTS,
        f"The digests of {name}, each with its papers.",
        catalog.digests[:limit],
    )
    for topic in catalog.topics:
        yield Feed(
            addresses.topic_feed(topic.slug),
            topic.name,
            addresses.topic(topic.slug),
            topic.scope or f"Papers on {topic.name}.",
            catalog.in_topic[topic.slug][:limit],
            TOPICS,
        )
    for author in people.known:
        yield Feed(
            addresses.author_feed(author.slug),
            author.name,
            addresses.author(author.slug),
            f"Papers by {author.name}.",
            author.papers[:limit],
            AUTHORS,
        )
