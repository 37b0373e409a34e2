"""Say what the head of a feed tells, free of any format."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from generator.feeds.items import Item
from generator.feeds.lists import Feed
from generator.settings import Settings
from generator.text import uri


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself."""

    id: str
    title: str
    description: str
    author: str
    page: str
    """Absolute address of the page with the same list."""
    address: str
    """Absolute address of the feed without the format's suffix."""
    updated: datetime.datetime
    """Of the item that changed last, the epoch in a feed without items."""
    dated: bool
    """Whether `updated` is a day that a digest bears."""


def head(feed: Feed, items: Sequence[Item], settings: Settings) -> Head:
    """Return the head of `feed`, whose entries are `items`."""
    epoch = datetime.datetime.fromisoformat(f"{settings.epoch}T00:00:00+00:00")
    dated = [item.updated for item in items if item.published]
    moments = dated or [item.updated for item in items]
    return Head(
        id=f"{settings.feed_id}:{feed.path}",
        title=f"{feed.name} · {settings.site_name}" if feed.page else settings.site_name,
        description=feed.description,
        author=settings.site_name,
        page=uri(settings.site_url + feed.page),
        address=uri(settings.site_url + feed.path),
        updated=max(moments, default=epoch).replace(microsecond=0),
        dated=bool(dated),
    )
