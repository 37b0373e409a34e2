"""Gather the papers of the map and what keeps them together: relatives, topics, ties of topics."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.atlas import drift
from generator.models import UNSORTED, Catalog, Paper

_SHARED = 0.3
"""Tie that a paper makes between two of its topics, beside those of its relatives."""


@dataclass(frozen=True, slots=True)
class Crew:
    """The papers and what keeps them together."""

    papers: tuple[Paper, ...]
    kin: drift.Kinship
    slugs: tuple[str, ...]
    """Of the topics; the last is UNSORTED where papers have no topic and no relative with one."""
    topic: NDArray[np.intp]
    """Each paper's row in `slugs`, that of its relatives where it has no topic."""
    sizes: NDArray[np.float64]


def gathered(catalog: Catalog) -> Crew:
    """Return the papers of `catalog` by slug, whatever their order there."""
    papers = tuple(sorted(catalog.papers, key=lambda paper: paper.slug))
    kin = drift.kinship(papers)
    own = [paper.topics[0].topic if paper.topics else UNSORTED for paper in papers]
    slugs = sorted({*own} - {UNSORTED})
    row = {slug: number for number, slug in enumerate(slugs)}
    topic = np.array([row.get(slug, -1) for slug in own])
    topic = _taken_in(topic, kin, len(slugs))
    if (topic == len(slugs)).any():
        slugs.append(UNSORTED)
    sizes = np.bincount(topic, minlength=len(slugs)).astype(float)
    return Crew(papers, kin, tuple(slugs), topic, sizes)


def _taken_in(topic: NDArray[np.intp], kin: drift.Kinship, count: int) -> NDArray[np.intp]:
    """Return `topic` with -1 replaced by the relatives' topic, or by `count` without any."""
    votes = np.zeros((len(topic), count + 1))
    known = topic[kin.other] >= 0
    np.add.at(votes, (kin.one[known], topic[kin.other[known]]), kin.weight[known])
    told = np.where(votes.max(axis=1) > 0, np.round(votes, 6).argmax(axis=1), count)
    return np.where(topic >= 0, topic, told)


def ties(crew: Crew) -> NDArray[np.float64]:
    """Return how much each two topics have in common: related papers, and shared ones."""
    count = len(crew.slugs)
    row = {slug: number for number, slug in enumerate(crew.slugs)}
    pairs = crew.topic[crew.kin.one] * count + crew.topic[crew.kin.other]
    found = np.bincount(pairs, crew.kin.weight, count * count).reshape(count, count)
    for paper, one in zip(crew.papers, crew.topic.tolist(), strict=True):
        for other in (row[a.topic] for a in paper.topics[1:] if a.topic in row):
            found[one, other] += _SHARED
            found[other, one] += _SHARED
    # A pair within one topic stands here from both its sides.
    np.fill_diagonal(found, found.diagonal() / 2)
    return np.asarray(found, dtype=np.float64)
