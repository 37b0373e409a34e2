"""Turn a catalogue's papers into feeds: Atom, RSS and JSON Feed of each list, and OPML of all."""

from __future__ import annotations

from collections.abc import Iterator

from generator import addresses, authors
from generator.authors import Authors
from generator.feeds import atom, items, json_feed, lists, opml, rss
from generator.feeds.head import head
from generator.feeds.items import Item
from generator.models import Catalog, Digest, OutputFile, Paper
from generator.settings import Settings

FORMATS = (atom, rss, json_feed)
"""In the order in which pages offer them."""
_ENTRY = {form.SUFFIX: form.entry for form in FORMATS}


def files(
    catalog: Catalog, settings: Settings, people: Authors | None = None
) -> tuple[OutputFile, ...]:
    """Return every feed of the site in each format, and the list of them.

    `people` are the collection's authors, where a caller knows them already.
    """
    return tuple(_files(catalog, settings, people or authors.gather(catalog.papers)))


def _files(catalog: Catalog, settings: Settings, people: Authors) -> Iterator[OutputFile]:
    shelf = _Shelf(catalog, settings)
    listed = []
    for feed in lists.feeds(catalog, settings, people):
        if feed.group != lists.AUTHORS:
            listed.append(feed)
        entries = [shelf.item(entry) for entry in feed.entries]
        top = head(feed, entries, settings)
        origin = f"the feed “{top.title}”"
        for form in FORMATS:
            written = (shelf.written(form.SUFFIX, item) for item in entries)
            yield OutputFile(f"{feed.path}.{form.SUFFIX}", form.document(top, written), origin)
    # Without the authors': whoever imports the list would follow thousands of feeds.
    yield OutputFile(addresses.OPML, opml.document(listed, settings), "the list of feeds")


class _Shelf:
    """Every item, and its text in every format, made when first asked for: feeds share them."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self._catalog = catalog
        self._settings = settings
        self._items: dict[tuple[bool, str], Item] = {}
        self._written: dict[tuple[str, str], str] = {}

    def item(self, entry: Paper | Digest) -> Item:
        """Return the item of a paper or digest."""
        key = isinstance(entry, Paper), entry.slug
        if key not in self._items:
            make = items.of_paper if isinstance(entry, Paper) else items.of_digest
            self._items[key] = make(entry, self._catalog, self._settings)  # type: ignore[arg-type]
        return self._items[key]

    def written(self, suffix: str, item: Item) -> str:
        """Return an item in the format of `suffix`."""
        key = suffix, item.id
        if key not in self._written:
            self._written[key] = _ENTRY[suffix](item)
        return self._written[key]
