"""Made-up papers, digests and catalogues for tests: say only what the test is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.models import Assignment, Catalog, Digest, Entry, Facts, Mention, Paper, Topic

HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% raw %} [x](javascript:alert(1)) "
    '`code` \\(a\\) $x$ "quoted" \'single\' </title> --8<-- "secret" <![><img src=x> &amp; *em*'
)
"""A title that tries every language that it passes on its way to a page."""


def paper(
    slug: str = "small-networks",
    title: str | None = None,
    *,
    digests: Sequence[Digest] = (),
    topics: Sequence[str] = (),
    tldr: str | None = None,
    **facts: Any,
) -> Paper:
    """Return a paper, last in each of `digests`, whose `topics` were assigned by rule."""
    return Paper(
        slug=slug,
        facts=Facts(title=title or slug.replace("-", " ").capitalize(), **facts),
        featured=tuple(Mention(found.slug, found.date, 1, found.path, 10) for found in digests),
        topics=tuple(Assignment(name, 0.8, (f"word of {name}",), "rule") for name in topics),
        tldr=tldr,
    )


def digest(slug: str = "2025-03-14-weekly", date: str | None = "2025-03-14", **more: Any) -> Digest:
    """Return a digest without entries; `catalog()` fills them in."""
    title = more.pop("title", f"Digest {slug}")
    return Digest(f"digests/{slug}.md", slug, title, date, entries=(), **more)


def topic(slug: str = "vision", name: str | None = None, **more: Any) -> Topic:
    """Return a topic."""
    return Topic(slug, name or slug.capitalize(), **more)


def catalog(
    papers: Iterable[Paper] = (),
    digests: Iterable[Digest] = (),
    topics: Iterable[Topic] = (),
    redirects: Mapping[str, str] | None = None,
) -> Catalog:
    """Return a catalogue in its right order; the papers' places follow the given order."""
    given = tuple(papers)
    order: dict[str, list[Paper]] = {found.slug: [] for found in digests}
    for one in given:
        for mention in one.featured:
            order[mention.digest].append(one)
    placed = [_placed(one, order) for one in given]
    filled = [_filled(found, order[found.slug]) for found in digests]
    return Catalog(
        papers=tuple(
            sorted(
                placed,
                key=lambda one: (one.first_day is not None, one.first_day or ""),
                reverse=True,
            )
        ),
        digests=tuple(sorted(filled, key=lambda one: one.date or "", reverse=True)),
        topics=tuple(topics),
        redirects=redirects or {},
    )


def _placed(one: Paper, order: Mapping[str, list[Paper]]) -> Paper:
    featured = tuple(
        replace(mention, position=order[mention.digest].index(one) + 1) for mention in one.featured
    )
    return replace(one, featured=featured)


def _filled(found: Digest, papers: list[Paper]) -> Digest:
    entries = tuple(Entry(one.facts, place, 10 + place) for place, one in enumerate(papers, 1))
    return replace(found, entries=entries)
