"""Turn a catalogue's papers into Atom feeds: one of everything, one of each topic."""

from __future__ import annotations

import datetime
import html
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from generator.models import Catalog, OutputFile, Paper
from generator.settings import Settings
from generator.text import readable


@dataclass(frozen=True, slots=True)
class Feed:
    """One list of papers, free of any format."""

    path: str
    """Site path without suffix, e.g. `feeds/topics/vision`."""
    title: str
    page: str
    """Site path of the page that shows the same list."""
    description: str
    papers: tuple[Paper, ...]
    """Newest first, undated last."""


def files(catalog: Catalog, settings: Settings) -> tuple[OutputFile, ...]:
    """Return every feed of the site as a file."""
    return tuple(
        OutputFile(f"{feed.path}.atom", atom(feed, catalog, settings), f"the feed “{feed.title}”")
        for feed in feeds(catalog, settings)
    )


def feeds(catalog: Catalog, settings: Settings) -> Iterator[Feed]:
    """Yield the feed of all papers, then one a topic, each with its newest papers."""
    limit = settings.feed_limit
    about = settings.site_description
    yield Feed("feeds/all", settings.site_name, "", about, catalog.papers[:limit])
    for topic in catalog.topics:
        yield Feed(
            f"feeds/topics/{topic.slug}",
            f"{topic.name} · {settings.site_name}",
            f"topics/{topic.slug}/",
            topic.scope,
            catalog.in_topic[topic.slug][:limit],
        )


def atom(feed: Feed, catalog: Catalog, settings: Settings) -> bytes:
    """Return `feed` as an Atom 1.0 document. Ids and days never depend on the clock."""
    document = _Atom(
        title=feed.title,
        link=settings.site_url + feed.page,
        description=feed.description or None,
        feed_url=f"{settings.site_url}{feed.path}.atom",
        feed_guid=f"{settings.feed_id}:{feed.path}",
        author_name=settings.site_name,
        epoch=_moment(settings.epoch),
    )
    for paper in feed.papers:
        _add(document, paper, catalog, settings)
    written = io.StringIO()
    document.write(written, "utf-8")
    return written.getvalue().encode() + b"\n"


def _add(document: _Atom, paper: Paper, catalog: Catalog, settings: Settings) -> None:
    changed = paper.changed or paper.first_day or settings.epoch
    document.add_item(
        title=readable(paper.facts.title),
        link=settings.site_url + paper.uri,
        description=None,
        content=_content(paper),
        authors=paper.facts.authors,
        unique_id=f"{settings.feed_id}:{paper.slug}",
        pubdate=_moment(paper.first_day) if paper.first_day else None,
        updateddate=_moment(changed),
        categories=[catalog.topic[place.topic].name for place in paper.topics],
    )


def _moment(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00")


def _content(paper: Paper) -> str | None:
    """Return note and abstract as HTML, None where there is neither."""
    parts = [*_paragraphs(paper.facts.note), *_paragraphs(paper.facts.abstract)]
    return "\n".join(f"<p>{html.escape(readable(part), quote=False)}</p>" for part in parts) or None


def _paragraphs(text: str | None) -> Sequence[str]:
    return text.split("\n\n") if text else ()


class _Atom(Atom1Feed):  # type: ignore[misc] # the package has no types
    """Atom with every author of an item, and no date from the clock."""

    def latest_post_date(self) -> datetime.datetime:
        days: list[datetime.datetime] = [item["updateddate"] for item in self.items]
        return max(days, default=self.feed["epoch"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
