"""Make the pages of digests: the archive, and each digest in its curator's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from generator import addresses, maths
from generator.dates import month
from generator.models import Digest, Paper
from generator.pages.page import DIGESTS, FeedLink, Page
from generator.pages.topics import Item
from generator.pages.views import (
    Mark,
    Overview,
    beside_title,
    counted,
    list_files,
    web_address,
    when,
)
from generator.text import shorten

_WHOLE = 32
"""Papers that a digest's page shows as entries of about 1.8 kB, so that it stays near 60 kB."""
_DOZEN = 12
"""Entries of a longer digest; the others are titles."""
_INTRO = 280
"""Characters of an introduction in a list of digests."""
_TITLES = 2
"""Papers that a list of digests names where there is no introduction."""
_TITLE = 80
"""Characters of such a title."""
_SPOKEN = 400
"""Digests up to which the archive says more than title, day and number of papers."""
_FEEDS = (FeedLink("Digests", addresses.DIGESTS_FEED),)


@dataclass(frozen=True, slots=True)
class Row:
    """A digest in a list of digests."""

    title: str
    uri: str
    when: str
    """Readable date or `Undated`."""
    count: int
    intro: str | None
    """The curator's introduction, else the first titles."""
    day: str | None
    """`YYYY-MM-DD`."""
    month: str | None = None
    """Name of the month, with the first digest of each."""


@dataclass(frozen=True, slots=True)
class Year:
    """The digests of a year, newest first."""

    name: str
    place: str
    """Anchor on the page."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A topic and how many papers of a digest are in it."""

    mark: Mark
    count: int


@dataclass(frozen=True, slots=True)
class Beside:
    """The digest before or after one in the archive."""

    relation: str
    title: str
    uri: str


def row(
    overview: Overview, digest: Digest, month_name: str | None = None, said: str | None = None
) -> Row:
    """Return the digest as a list shows it; `said` is its date where a list knows the year."""
    return Row(
        title=digest.title,
        uri=addresses.digest(digest.slug),
        when=when(digest) if said is None else said,
        count=len(overview.catalog.in_digest[digest.slug]),
        intro=_preview(overview, digest),
        day=digest.date,
        month=month_name,
    )


def archive(overview: Overview) -> Page:
    """Return the page of all digests, by year and month."""
    digests = overview.catalog.digests
    years = tuple(
        Year(year or "Undated", f"y-{year or 'undated'}", tuple(_rows(overview, list(group))))
        for year, group in groupby(digests, key=lambda digest: (digest.date or "")[:4])
    )
    return Page(
        uri=addresses.DIGESTS,
        kind="digests",
        title="Digests",
        description=f"{counted(len(digests), 'digest')} of {overview.settings.site_name}, "
        "by year and month.",
        origin="the archive of digests",
        values={"years": years, "count": len(digests), "feed": addresses.DIGESTS_FEED},
        feeds=_FEEDS,
        changed=overview.latest_day,
    )


def pages(overview: Overview) -> Iterator[Page]:
    """Yield one page per digest, newest first."""
    digests = overview.catalog.digests
    around = [None, *digests, None]
    for digest, later, earlier in zip(digests, around, around[2:], strict=False):
        yield _page(
            overview,
            digest,
            _beside(digest, earlier, "Earlier", "Next in the archive"),
            _beside(digest, later, "Later", "Before this in the archive"),
        )


def _page(overview: Overview, digest: Digest, earlier: Beside | None, later: Beside | None) -> Page:
    papers = overview.catalog.in_digest[digest.slug]
    items = [Item(overview.entries[paper.slug], n) for n, paper in enumerate(papers, 1)]
    whole = len(items) if len(items) <= _WHOLE else _DOZEN
    values = {
        "digest": digest,
        "count": len(papers),
        "when": beside_title(digest),
        "first_time": sum(paper.featured[0].digest == digest.slug for paper in papers),
        "lists": [items[:whole]] if items else [],
        "rest": items[whole:],
        "feed": addresses.DIGESTS_FEED,
        "take": list_files(addresses.data("digests", digest.slug)),
        "whole_address": overview.settings.site_url + addresses.digest(digest.slug),
        "shares": shares(overview, papers),
        "source": digest.source,
        "address": web_address(digest.source),
        "host": urlsplit(digest.source or "").netloc if web_address(digest.source) else None,
        "entries": counted_entries(digest),
        "earlier": earlier,
        "later": later,
    }
    return Page(
        uri=addresses.digest(digest.slug),
        kind="digest",
        title=digest.title,
        description=_description(digest, len(papers)),
        origin=f"the digest “{digest.title}” ({digest.path})",
        values=values,
        trail=(DIGESTS,),
        feeds=_FEEDS,
        listed=tuple(paper.uri for paper in papers),
        changed=digest.date,
    )


def counted_entries(digest: Digest) -> str:
    """Return `1 entry` or `44 entries`."""
    number = len(digest.entries)
    return "1 entry" if number == 1 else f"{number:,} entries"


def _rows(overview: Overview, digests: list[Digest]) -> Iterator[Row]:
    """Yield the rows of one year; the first of a month bears its name."""
    before = None
    for digest in digests:
        name = month(digest.date) if digest.date else None
        said = when(digest).removesuffix(digest.date[:4]).strip() if digest.date else ""
        shown = row(overview, digest, name if name != before else None, said)
        yield shown if len(overview.catalog.digests) <= _SPOKEN else replace(shown, intro=None)
        before = name


def _preview(overview: Overview, digest: Digest) -> str | None:
    """Return the introduction, else titles: many digests have the same name."""
    if digest.intro:
        return shorten(maths.plain(digest.intro), _INTRO)
    papers = overview.catalog.in_digest[digest.slug][:_TITLES]
    return " · ".join(shorten(maths.plain(paper.facts.title), _TITLE) for paper in papers) or None


def _beside(digest: Digest, other: Digest | None, dated: str, undated: str) -> Beside | None:
    if other is None:
        return None
    relation = dated if digest.date and other.date and digest.date != other.date else undated
    return Beside(relation, other.title, addresses.digest(other.slug))


def shares(overview: Overview, papers: Iterable[Paper]) -> list[Share]:
    """Return the topics of `papers`, most frequent first, ties in the curator's order."""
    found = Counter(assignment.topic for paper in papers for assignment in paper.topics)
    order = list(overview.marks)
    ranked = sorted(found, key=lambda slug: (-found[slug], order.index(slug)))
    return [Share(overview.marks[slug], found[slug]) for slug in ranked]


def _description(digest: Digest, count: int) -> str:
    if digest.intro:
        return shorten(maths.plain(" ".join(digest.intro.split())), 200)
    by = f", chosen by {digest.curator}" if digest.curator else ""
    return f"{counted(count, 'paper')} in the curator’s order{by}."
