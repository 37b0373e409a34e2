"""The map: relatives lie together, topics hold together, nothing hangs on order or chance."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from factories import catalog, digest, paper, topic

from generator import atlas
from generator.atlas import Atlas, Dot
from generator.models import UNSORTED, Assignment, Catalog, Paper, Related
from generator.pages import forms

WEEK = digest("week", "2026-01-05")
NAMES = {"tea": "Tea & infusions", "pots": "Pots, pans and all that holds", "steam": "Steam"}


def linked(slug: str, topics: list[str], kin: list[str]) -> Paper:
    """Return a paper with topics and relatives, the nearest first."""
    return replace(
        paper(slug, digests=[WEEK], topics=topics),
        related=tuple(Related(other, 0.9 - 0.1 * at, ("word",)) for at, other in enumerate(kin)),
    )


def collection(size: int = 30) -> Catalog:
    """Return three topics of `size` papers; those of one topic are related in groups of five."""
    papers = []
    for name in NAMES:
        slugs = [f"{name}-{number:03}" for number in range(size)]
        for number, slug in enumerate(slugs):
            group = slugs[number // 5 * 5 : number // 5 * 5 + 5]
            kin = [other for other in group if other != slug]
            papers.append(linked(slug, [name], kin))
    topics = [topic(slug, name, color=at) for at, (slug, name) in enumerate(NAMES.items(), 1)]
    return catalog(papers, [WEEK], topics)


def drawn(papers: Catalog) -> Atlas:
    """Return the map of `papers`, which are not none."""
    found = atlas.draw(papers)
    assert found is not None
    return found


def dots(found: Atlas) -> dict[str, Dot]:
    """Return all dots of a map by the slugs of their papers."""
    lands = (dot for land in found.lands for dot in land.dots)
    return {dot.slug: dot for dot in (*lands, *found.scattered)}


def far(one: Dot, other: Dot) -> float:
    """Return how far two dots are apart."""
    return float(np.hypot(one.x - other.x, one.y - other.y))


def pairs(found: Atlas) -> Iterator[tuple[Dot, Dot]]:
    """Yield each two dots."""
    return itertools.combinations(dots(found).values(), 2)


def test_every_paper_is_on_the_map_once() -> None:
    """Each paper has one dot, in the land of its primary topic."""
    found = drawn(collection())
    assert sum(len(land.dots) for land in found.lands) == len(dots(found)) == 90
    assert all(dot.slug.startswith(land.slug) for land in found.lands for dot in land.dots)


def test_relatives_lie_nearer_than_strangers() -> None:
    """Two of one group are nearer than two of a topic, and those nearer than two of several."""
    papers = collection()
    found = drawn(papers)
    group, topics, all_of_them = [], [], []
    for one, other in pairs(found):
        same_topic = one.slug.split("-")[0] == other.slug.split("-")[0]
        same_group = same_topic and int(one.slug[-3:]) // 5 == int(other.slug[-3:]) // 5
        (group if same_group else topics if same_topic else all_of_them).append(far(one, other))
    assert np.mean(group) < 0.6 * np.mean(topics)
    assert np.mean(topics) < 0.6 * np.mean(all_of_them)


def test_topics_that_are_related_are_neighbours() -> None:
    """Of five topics in a row, each tied to the next, the ends lie farthest from one another."""
    papers = []
    for row in range(5):
        for number in range(12):
            near = [f"t{other}-{number}" for other in (row - 1, row + 1) if 0 <= other < 5]
            papers.append(linked(f"t{row}-{number}", [f"t{row}"], near))
    names = [topic(f"t{row}", f"Topic {row}") for row in range(5)]
    found = drawn(catalog(papers, [WEEK], names))
    place = {
        land.slug: np.mean([(dot.x, dot.y) for dot in land.dots], axis=0) for land in found.lands
    }
    ways = {
        (one, other): float(np.hypot(*(place[f"t{one}"] - place[f"t{other}"])))
        for one, other in itertools.combinations(range(5), 2)
    }
    assert max(ways[row, row + 1] for row in range(4)) < ways[0, 4]
    assert max(ways, key=lambda pair: ways[pair]) == (0, 4)


def test_the_order_of_the_papers_does_not_matter() -> None:
    """The catalogue turned round, and drawn again, gives the same map to the letter."""
    papers = collection(12)
    turned = replace(
        papers, papers=tuple(reversed(papers.papers)), topics=tuple(reversed(papers.topics))
    )
    assert atlas.draw(papers) == atlas.draw(turned) == atlas.draw(papers)


def test_dots_and_names_keep_clear_of_one_another() -> None:
    """No dot covers another, none stands under a name, no name crosses another or the edge."""
    found = drawn(collection())
    assert min(far(one, other) for one, other in pairs(found)) >= 2 * found.radius
    names = [land.name for land in found.lands if land.name]
    assert len(names) == len(NAMES)
    for dot in dots(found).values():
        assert not any(n.left < dot.x < n.right and n.top < dot.y < n.bottom for n in names)
    for one, other in itertools.combinations(names, 2):
        apart = one.right <= other.left or other.right <= one.left
        assert apart or one.bottom <= other.top or other.bottom <= one.top
    right, bottom = found.left + found.width, found.top + found.height
    for name in names:
        assert found.left <= name.left < name.right <= right
        assert found.top <= name.top < name.bottom <= bottom
    for dot in dots(found).values():
        assert found.left < dot.x < right
        assert found.top < dot.y < bottom


def test_a_paper_without_a_topic_lies_with_its_relatives() -> None:
    """It is scattered, not land, and nearest to the topic that its relatives have."""
    lone = linked("lone", [UNSORTED], ["tea-000", "tea-001", "tea-002"])
    papers = collection(15)
    found = drawn(replace(papers, papers=(*papers.papers, lone)))
    assert [dot.slug for dot in found.scattered] == ["lone"]
    place = dots(found)
    near = min(papers.papers, key=lambda other: far(place["lone"], place[other.slug]))
    assert near.slug.startswith("tea")


@pytest.mark.parametrize(
    ("papers", "lands"),
    [
        (catalog([paper("only", digests=[WEEK])], [WEEK]), 0),
        (catalog([paper("only", digests=[WEEK], topics=["tea"])], [WEEK], [topic("tea")]), 1),
        (catalog([linked(f"p{n}", [UNSORTED], []) for n in range(40)], [WEEK]), 0),
        (catalog([linked(f"p{n}", ["tea"], []) for n in range(2)], [WEEK], [topic("tea")]), 1),
        (
            catalog(
                [linked(f"p{n}", [f"t{n}"], []) for n in range(60)],
                [WEEK],
                [topic(f"t{n}", f"A topic of one paper, number {n}") for n in range(60)],
            ),
            60,
        ),
    ],
    ids=["one paper", "one topic", "no topics", "two papers", "sixty topics"],
)
def test_small_and_odd_collections_have_a_map(papers: Catalog, lands: int) -> None:
    """One paper, no topics, no relatives or a topic for each paper: all dots, whole numbers."""
    found = drawn(papers)
    assert len(found.lands) == lands
    assert len(dots(found)) == len(papers.papers)
    assert 0 < found.width <= 1400
    assert 0 < found.height <= 1400
    assert "nan" not in "".join(land.coast for land in found.lands)


def test_without_papers_there_is_no_map() -> None:
    """An empty catalogue has nothing to draw."""
    assert atlas.draw(catalog()) is None


def test_a_name_may_have_no_end_or_another_script() -> None:
    """A word of 90 letters, CJK and right-to-left names leave their papers on the map."""
    names = ["x" * 90, "言語モデルと知識", "תרגום מכונה"]
    papers = [linked(f"p{at}-{n}", [f"t{at}"], []) for at in range(3) for n in range(8)]
    found = drawn(catalog(papers, [WEEK], [topic(f"t{at}", name) for at, name in enumerate(names)]))
    assert len(dots(found)) == 24
    assert found.width <= 1400


def test_five_thousand_papers_are_a_small_picture() -> None:
    """Coasts and dots of 5,000 papers in 18 topics take less than 60 kB of gzip."""
    count = 5000
    papers = [
        Paper(
            slug=f"p{n:04}",
            facts=paper("x").facts,
            featured=(),
            topics=(Assignment(f"t{n * n % 18:02}", 0.9, ("w",), "rule"),),
            related=tuple(
                Related(f"p{(n + 18 * step) % count:04}", 0.5, ("w",)) for step in range(1, 5)
            ),
        )
        for n in range(count)
    ]
    topics = tuple(topic(f"t{n:02}", f"Topic number {n}", color=n + 1) for n in range(18))
    found = drawn(Catalog(tuple(papers), (), topics))
    paths = [land.coast for land in found.lands]
    paths += [
        forms.path(forms.form(n), found.radius, sorted((dot.x, dot.y) for dot in land.dots))
        for n, land in enumerate(found.lands)
    ]
    assert len(gzip.compress("".join(paths).encode(), mtime=0)) < 60_000
    assert len({(dot.x, dot.y) for dot in dots(found).values()}) == count
