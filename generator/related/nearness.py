"""Tell how near papers are to each other: by their own words, and by those of their neighbours.

Two papers on one matter may share few words, but what is like the one is then like the other.
So each paper's vector moves a step towards its nearest neighbours', and what counts is the
cosine afterwards. It is worked out from the cosines before, among each paper's nearest only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from generator.related.vectors import Floats, Ints, Vectors, ranges

# Cosines kept of each paper, and neighbours that it moves towards.
_KEPT, _NEIGHBOURS = 100, 10
# How far they pull a paper together, and the sum of squared cosines at which it is half of that:
# a paper that is like no other stays where it is. Of fewer papers than many the nearest ten are
# not all near, and pull less.
_STEP, _HALF, _MANY = 0.9, 0.1, 100
# What the cosine of two papers' topics adds to that of their words, if they share a word.
_TOPICS = 0.06
# Papers that are compared with all others at once; more need more memory and save no time.
_BLOCK = 50


@dataclass(frozen=True, slots=True, eq=False)
class Nearness:
    """How near papers are to each other, from 0 to 1; the same in both directions."""

    starts: Ints
    """Where each paper's entries begin in the next two, and where the last one's end."""
    others: Ints
    """Papers that are like it, itself included, ascending."""
    cosines: Floats
    """Of its words and topics with theirs, before the step."""
    neighbours: Ints
    """The nearest of each paper in one row, nearest first; itself where they are too few."""
    pulls: Floats
    """How much each of them counts, 0 to 1."""
    lengths: Floats
    """Length of each paper's vector after the step."""

    def __len__(self) -> int:
        """Return the number of papers."""
        return len(self.starts) - 1

    def to(self, paper: int) -> Floats:
        """Return how near each paper is to `paper`; 0 for itself and those out of its sight."""
        everyone = np.arange(len(self))[None, :]
        return np.asarray(self._near(paper, self._pulled(paper, paper + 1), everyone)[0])

    def nearest(self, most: int) -> Iterator[tuple[Ints, Floats]]:
        """Yield for each paper the places of `most` others or fewer, nearest first, and how near.

        Of equally near ones the first comes first.
        """
        for first in range(0, len(self), _BLOCK):
            pulled = self._pulled(first, min(len(self), first + _BLOCK))
            others = _highest(pulled, 2 * most)
            near = self._near(first, pulled, others)
            order = np.argsort(-near, axis=1, kind="stable")[:, :most]
            for row, places in enumerate(order):
                found = places[near[row, places] > 0]
                yield others[row, found], near[row, found]

    def _near(self, first: int, pulled: Floats, others: Ints) -> Floats:
        """Return how near `others` are to the papers from `first` on."""
        own = np.arange(first, first + len(pulled))[:, None]
        near = self._pulling(pulled, others) / (self.lengths[own] * self.lengths[others])
        return np.where(others == own, 0.0, np.minimum(near, 1.0))

    def _pulled(self, first: int, last: int) -> Floats:
        """Return the products of papers `first` to `last` after the step with all before it."""
        own = np.arange(first, last)[:, None]
        sources = np.concatenate((own, self.neighbours[first:last]), axis=1).ravel()
        pulls = np.concatenate((np.ones_like(own), self.pulls[first:last]), axis=1).ravel()
        rows = np.repeat(own[:, 0] - first, 1 + self.neighbours.shape[1])
        counts = np.diff(self.starts)[sources]
        found = ranges(self.starts[sources], counts)
        cells = np.repeat(rows * len(self), counts) + self.others[found]
        products = np.repeat(pulls, counts) * self.cosines[found]
        sums = np.bincount(cells, products, minlength=len(own) * len(self))
        return np.asarray(sums.reshape(len(own), len(self)), np.float64)

    def _pulling(self, pulled: Floats, others: Ints) -> Floats:
        """Return the products of `pulled` with `others`, after the step too."""
        rows = np.arange(len(pulled))[:, None]
        around = pulled[rows[:, :, None], self.neighbours[others]]
        return np.asarray(pulled[rows, others] + (around * self.pulls[others]).sum(axis=2))


def measure(vectors: Vectors, topics: Floats) -> Nearness:
    """Return how near the papers are to each other; `topics` has a row of length 1 or 0 for each.

    Time grows with the words, and with the square of the papers only where that is cheap.
    """
    size = len(vectors)
    step = _STEP * min(1.0, size / _MANY)
    others, cosines = _likest(vectors, topics)
    own = np.repeat(np.arange(size), others.shape[1])
    cells = np.concatenate((own * size + others.ravel(), others.ravel() * size + own))
    cells, where = np.unique(cells, return_index=True)
    values = np.tile(cosines.ravel(), 2)[where]
    cells, values = cells[values > 0], values[values > 0]
    near = Nearness(
        starts=np.searchsorted(cells, np.arange(size + 1) * size),
        others=cells % max(1, size),
        cosines=values,
        neighbours=others[:, 1 : _NEIGHBOURS + 1],
        pulls=step * _pulls(cosines[:, 1 : _NEIGHBOURS + 1]),
        lengths=np.ones(size),
    )
    return replace(near, lengths=_lengths(near))


def _likest(vectors: Vectors, topics: Floats) -> tuple[Ints, Floats]:
    """Return the likest papers of each, itself first, then the likest first, and the cosines."""
    width = min(len(vectors), _KEPT + 1)
    others: list[Ints] = [np.zeros((0, width), np.int64)]
    cosines: list[Floats] = [np.zeros((0, width))]
    for first in range(0, len(vectors), _BLOCK):
        last = min(len(vectors), first + _BLOCK)
        rows = np.arange(last - first)[:, None]
        alike = vectors.alike(first, last)
        alike += _TOPICS * (alike > 0) * (topics[first:last] @ topics.T)
        alike[rows[:, 0], rows[:, 0] + first] = 2
        found = _highest(alike, width)
        found = found[rows, np.argsort(-alike[rows, found], axis=1, kind="stable")]
        others.append(found)
        cosines.append(np.minimum(alike[rows, found], 1))
    return np.concatenate(others), np.concatenate(cosines)


def _highest(values: Floats, most: int) -> Ints:
    """Return the columns of the highest values of each row, ascending."""
    if values.shape[1] <= most:
        return np.tile(np.arange(values.shape[1]), (len(values), 1))
    return np.sort(np.argpartition(-values, most, axis=1)[:, :most], axis=1)


def _pulls(cosines: Floats) -> Floats:
    """Return how much each neighbour counts: by its cosine squared, so that far ones hardly do."""
    squares = np.asarray(cosines, np.float64) ** 2
    return np.asarray(squares / (squares.sum(axis=1, keepdims=True) + _HALF))


def _lengths(near: Nearness) -> Floats:
    """Return the length of each paper's vector after the step."""
    parts = [np.zeros(0)]
    for first in range(0, len(near), _BLOCK):
        last = min(len(near), first + _BLOCK)
        own = np.arange(first, last)[:, None]
        pulled = near._pulled(first, last)
        parts.append(np.sqrt(near._pulling(pulled, own)[:, 0]))
    return np.concatenate(parts)
