"""Make the page of feeds: each list's feed in every form, and the ways into feed readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from generator import addresses
from generator.pages.page import Page
from generator.pages.views import Overview, counted

_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
)
"""Readers on the web that take a feed's address in a link, which stands for `{}`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A list and its feed."""

    name: str
    uri: str
    """Site path of the page with the same list."""
    ink: int | None
    """The topic's slot where the list is a topic."""
    count: int
    feed: str
    """Site path of its feed, without suffix."""
    address: str
    """Absolute address of its Atom feed."""
    readers: tuple[tuple[str, str], ...]
    """Readers on the web, each with the link that subscribes there."""


def page(overview: Overview) -> Page:
    """Return the page that lists every feed; authors' stand on their own pages."""
    catalog = overview.catalog
    return Page(
        uri=addresses.FEEDS,
        kind="feeds",
        title="Feeds",
        description=f"Follow {overview.settings.site_name} in a feed reader: all papers, "
        f"the digests, {counted(len(catalog.topics), 'topic')}; Atom, RSS, JSON Feed and OPML.",
        origin="the list of feeds",
        values={"rows": list(_rows(overview)), "authors": len(overview.people.known)},
        changed=overview.latest_day,
    )


def _rows(overview: Overview) -> Iterator[Row]:
    catalog, site_url = overview.catalog, overview.settings.site_url
    yield _row("All papers", addresses.HOME, len(catalog.papers), addresses.ALL_FEED, site_url)
    yield _row("Digests", addresses.DIGESTS, len(catalog.digests), addresses.DIGESTS_FEED, site_url)
    for topic in catalog.topics:
        yield _row(
            topic.name,
            addresses.topic(topic.slug),
            len(catalog.in_topic[topic.slug]),
            addresses.topic_feed(topic.slug),
            site_url,
            topic.color,
        )


def _row(name: str, uri: str, count: int, feed: str, site_url: str, ink: int | None = None) -> Row:
    address = f"{site_url}{feed}.atom"
    readers = tuple((reader, link.format(quote(address, safe=""))) for reader, link in _READERS)
    return Row(name, uri, ink, count, feed, address, readers)
