"""Say what the map of the collection shows: in paths for the picture, in words for the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator import maths
from generator.atlas import Atlas, Dot, Land
from generator.models import Paper
from generator.pages import forms
from generator.pages.views import Mark, Overview, counted

_LISTED = 600
"""Papers up to which each dot is a link, and stands in the list behind the map."""
_KEY = 5.5
"""Radius of a dot in the key."""
_NEAR = 3
"""Neighbours named for a land."""
_KIN = 4
"""Relatives of a paper to which the map draws lines."""
_LARGEST = 5
"""Lands named in the map's description."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paper on the map, and in the list behind it."""

    uri: str
    title: str
    x: int
    y: int
    near: str
    """Title of its nearest relative; empty without one."""


@dataclass(frozen=True, slots=True)
class Country:
    """A topic on the map, and in the list behind it."""

    mark: Mark
    code: str
    land: Land
    dots: str
    """Path of SVG."""
    dot: str
    """Path of one dot at 0, 0 for the key."""
    count: int
    near: tuple[tuple[Mark, str], ...]
    """Topics with most pairs of related papers, and how many pairs."""
    middle: Place | None
    """The paper that most others of the topic are related to."""
    places: tuple[Place, ...]
    """Its papers by title; empty in a collection too large to list them."""


@dataclass(frozen=True, slots=True)
class Legend:
    """The map and its words."""

    atlas: Atlas
    countries: tuple[Country, ...]
    """Largest first."""
    scattered: str
    """Path of the dots of papers without a topic."""
    strangers: tuple[Place, ...]
    """These papers; empty in a collection too large to list them."""
    title: str
    description: str

    @property
    def places(self) -> tuple[Place, ...]:
        """Return all papers that are listed."""
        return (*(one for country in self.countries for one in country.places), *self.strangers)


def legend(overview: Overview, atlas: Atlas) -> Legend:
    """Return what the map `atlas` of the collection shows."""
    listed = len(overview.catalog.papers) <= _LISTED
    ties = _ties(overview.catalog.papers)
    countries = tuple(_country(overview, atlas, land, ties, listed) for land in atlas.lands)
    return Legend(
        atlas,
        countries,
        forms.path(forms.form(0), atlas.radius, _places(atlas.scattered)),
        _listed(overview, atlas.scattered) if listed else (),
        f"Map of {counted(len(overview.catalog.papers), 'paper')}",
        _description(countries),
    )


def _country(
    overview: Overview, atlas: Atlas, land: Land, ties: Counter[tuple[str, str]], listed: bool
) -> Country:
    mark = overview.marks[land.slug]
    form = forms.form(mark.ink)
    strongest = sorted(
        (
            (-count, other)
            for (one, other), count in ties.items()
            if one == land.slug and other in overview.marks
        )
    )[:_NEAR]
    middle = _middle(overview, land)
    return Country(
        mark,
        overview.catalog.topic[land.slug].code or mark.name[:2],
        land,
        forms.path(form, atlas.radius, _places(land.dots)),
        forms.path(form, _KEY, [(0, 0)]),
        len(land.dots),
        tuple((overview.marks[other], counted(-count, "pair")) for count, other in strongest),
        _listed(overview, (middle,))[0] if middle else None,
        _listed(overview, land.dots) if listed else (),
    )


def _places(dots: Iterable[Dot]) -> list[tuple[int, int]]:
    """Return where the dots are; in the order of lines, so that the path is short."""
    return sorted(((dot.x, dot.y) for dot in dots), key=lambda place: (place[1] // 16, place))


def _ties(papers: Iterable[Paper]) -> Counter[tuple[str, str]]:
    """Return for each two topics how many pairs of their papers are related, both ways round."""
    primary = {paper.slug: paper.topics[0].topic for paper in papers if paper.topics}
    pairs = {
        tuple(sorted((paper.slug, kin.slug)))
        for paper in papers
        for kin in paper.related
        if primary.get(paper.slug) != primary.get(kin.slug)
    }
    found: Counter[tuple[str, str]] = Counter()
    for one, other in pairs:
        if one in primary and other in primary:
            found[primary[one], primary[other]] += 1
            found[primary[other], primary[one]] += 1
    return found


def _middle(overview: Overview, land: Land) -> Dot | None:
    """Return the dot of the paper that most papers of the topic name as related; ties by slug."""
    own = {dot.slug: dot for dot in land.dots}
    named = Counter(
        kin.slug
        for slug in own
        for kin in overview.catalog.by_slug[slug].related
        if kin.slug in own
    )
    best = min(named, key=lambda slug: (-named[slug], slug), default=None)
    return own[best] if best and named[best] > 1 else None


def _listed(overview: Overview, dots: Iterable[Dot]) -> tuple[Place, ...]:
    known = overview.catalog.by_slug
    found = []
    for dot in dots:
        paper = known[dot.slug]
        near = known.get(paper.related[0].slug) if paper.related else None
        title = maths.plain(paper.facts.title)
        kin = maths.plain(near.facts.title) if near else ""
        found.append(Place(paper.uri, title, dot.x, dot.y, kin))
    return tuple(sorted(found, key=lambda place: (place.title.casefold(), place.uri)))


def _description(countries: Iterable[Country]) -> str:
    """Return in a few sentences what one sees."""
    seen = [country for country in countries if country.land.name]
    text = "Each dot is a paper, near the papers that it is related to."
    if not seen:
        return text
    text += " Form and colour tell its topic."
    named = ", ".join(country.mark.name for country in seen[:_LARGEST])
    text += f" Largest: {named}." if len(seen) > 1 else ""
    across = sorted(seen, key=lambda country: country.land.name.x if country.land.name else 0)
    if len(across) > 1:
        text += f" From left to right: {', '.join(one.mark.name for one in across)}."
    return f"{text} The list below holds the same."


def data(overview: Overview, atlas: Atlas) -> dict[str, object]:
    """Return what the map's script needs: topics' names, and what it says of each paper.

    That is its slug, title, topic, place and nearest relatives, topics and papers by number.
    """
    known = overview.catalog.by_slug
    topic = {dot.slug: row for row, land in enumerate(atlas.lands) for dot in land.dots}
    dots = sorted(
        [*atlas.scattered, *(dot for land in atlas.lands for dot in land.dots)],
        key=lambda dot: dot.slug,
    )
    number = {dot.slug: row for row, dot in enumerate(dots)}
    papers = []
    for dot in dots:
        paper = known[dot.slug]
        kin = [number[one.slug] for one in paper.related[:_KIN] if one.slug in number]
        title = maths.plain(paper.facts.title)
        papers.append([dot.slug, title, topic.get(dot.slug, -1), dot.x, dot.y, kin])
    return {
        "topics": [overview.marks[land.slug].name for land in atlas.lands],
        "papers": papers,
    }
