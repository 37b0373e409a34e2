"""Write feeds as Atom 1.0: RFC 4287."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from generator.feeds import trees
from generator.feeds.head import Head
from generator.feeds.items import Item

SUFFIX = "atom"
TYPE = "application/atom+xml"
_NAMESPACES = {"": "http://www.w3.org/2005/Atom"}
_XHTML = "http://www.w3.org/1999/xhtml"


def document(head: Head, entries: Iterable[str]) -> bytes:
    """Return a feed; `entries` are those of `entry`."""
    feed = trees.root("feed", _NAMESPACES)
    trees.add(feed, "id", head.id)
    trees.add(feed, "title", head.title)
    trees.add(feed, "subtitle", head.description)
    trees.add(feed, "updated", head.updated.isoformat())
    trees.add(feed, "link", rel="alternate", type="text/html", href=head.page)
    trees.add(feed, "link", rel="self", type=TYPE, href=f"{head.address}.{SUFFIX}")
    trees.add(trees.add(feed, "author"), "name", head.author)
    trees.add(feed, "generator", "Offprint")
    return trees.document(feed, "feed", entries)


def entry(item: Item) -> str:
    """Return an item as an element."""
    found = Element("entry")
    trees.add(found, "id", item.id)
    trees.add(found, "title", item.title)
    trees.add(found, "link", rel="alternate", type="text/html", href=item.address)
    if item.outside:
        trees.add(found, "link", rel="related", href=item.outside)
    if item.published:
        trees.add(found, "published", item.published.isoformat())
    trees.add(found, "updated", item.updated.isoformat())
    for name in item.authors:
        trees.add(trees.add(found, "author"), "name", name)
    for topic in item.topics:
        trees.add(found, "category", term=topic)
    # As XHTML, because the W3C's validator allows MathML there only.
    trees.add(trees.add(found, "content", type="xhtml"), "div", "\n", xmlns=_XHTML)
    return trees.enclosed(trees.written(found), "div", item.html)
