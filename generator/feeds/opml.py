"""Write the list of feeds that a reader can import at once: OPML 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from generator.feeds import atom, trees
from generator.feeds.lists import Feed
from generator.settings import Settings
from generator.text import uri


def document(feeds: Iterable[Feed], settings: Settings) -> bytes:
    """Return `feeds` as outlines, those of a group below its name."""
    opml = trees.root("opml", {}, version="2.0")
    trees.add(trees.add(opml, "head"), "title", settings.site_name)
    body = trees.add(opml, "body")
    for group, members in groupby(feeds, key=lambda feed: feed.group):
        parent = trees.add(body, "outline", text=group, title=group) if group else body
        for feed in members:
            name = feed.name if group else f"{settings.site_name}: {feed.name.lower()}"
            trees.add(
                parent,
                "outline",
                type="rss",
                text=name,
                title=name,
                xmlUrl=uri(f"{settings.site_url}{feed.path}.{atom.SUFFIX}"),
                htmlUrl=uri(settings.site_url + feed.page),
            )
    return trees.document(opml, "opml", ())
