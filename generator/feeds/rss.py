"""Write feeds as RSS 2.0, as the RSS Advisory Board's profile of it advises.

Its content has no MathML: services that make mail of feeds read it, and mail shows none.
"""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree.ElementTree import Element

from generator.feeds import trees
from generator.feeds.head import Head
from generator.feeds.items import Item

SUFFIX = "rss"
TYPE = "application/rss+xml"
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_DOCS = "https://www.rssboard.org/rss-specification"


def document(head: Head, entries: Iterable[str]) -> bytes:
    """Return a feed; `entries` are those of `entry`."""
    rss = trees.root("rss", _NAMESPACES, version="2.0")
    channel = trees.add(rss, "channel")
    trees.add(channel, "title", head.title)
    trees.add(channel, "link", head.page)
    trees.add(channel, "description", head.description)
    trees.add(channel, "atom:link", rel="self", type=TYPE, href=f"{head.address}.{SUFFIX}")
    if head.dated:
        trees.add(channel, "lastBuildDate", format_datetime(head.updated))
    trees.add(channel, "generator", "Offprint")
    trees.add(channel, "docs", _DOCS)
    return trees.document(rss, "channel", entries, lambda head: _as_plain(trees.written(head)))


def entry(item: Item) -> str:
    """Return an item as an element."""
    found = Element("item")
    trees.add(found, "title", item.title)
    trees.add(found, "link", item.address)
    trees.add(found, "guid", item.id, isPermaLink="false")
    if item.published:
        trees.add(found, "pubDate", format_datetime(item.published))
    for name in item.authors:
        trees.add(found, "dc:creator", name)
    for topic in item.topics:
        trees.add(found, "category", topic)
    trees.add(found, "description", item.simple_html)
    texts, start, markup = trees.written(found).rpartition("<description>")
    return f"{_as_plain(texts)}{start}{markup}"


def _as_plain(xml: str) -> str:
    """Return XML whose texts hold no HTML: by the profile, references in hexadecimal say so."""
    return xml.replace("&lt;", "&#x3C;").replace("&amp;", "&#x26;")
