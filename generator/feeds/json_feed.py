"""Write feeds as JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.feeds.head import Head
from generator.feeds.items import Item
from generator.text import printable

SUFFIX = "json"
TYPE = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/1.1"


def document(head: Head, entries: Iterable[str]) -> bytes:
    """Return a feed; `entries` are those of `entry`."""
    feed = {
        "version": _VERSION,
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": f"{head.address}.{SUFFIX}",
        "description": head.description,
        "authors": [{"name": head.author}],
        "items": [],
    }
    opened = _text(feed).removesuffix("]}")
    listed = ",\n".join(entries)
    return f"{opened}\n{listed}\n]}}\n".encode()


def entry(item: Item) -> str:
    """Return an item as an object."""
    found: dict[str, object] = {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "content_html": item.html,
    }
    if item.outside:
        found["external_url"] = item.outside
    if item.published:
        found["date_published"] = item.published.isoformat()
        found["date_modified"] = item.updated.isoformat()
    if item.authors:
        found["authors"] = [{"name": name} for name in item.authors]
    if item.topics:
        found["tags"] = list(item.topics)
    return _text(found)


def _text(value: object) -> str:
    # The gate of XML holds here too: a text is the same in all formats.
    return json.dumps(_printable(value), ensure_ascii=False)


def _printable(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value
