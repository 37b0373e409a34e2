"""Group papers by their words, beginning from phrases that explain many of them.

Each phrase stands for the papers that have it. Those phrases are chosen that together are near
to most papers; then papers join the nearest group and groups move to the middle of their papers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
import numpy.typing as npt

from generator.models import Facts
from generator.topics.phrases import Phrase
from generator.words import tokens

Vectors = npt.NDArray[np.float32]
"""A row for each paper, phrase or group."""
Places = npt.NDArray[np.intp]
"""The group of each paper, counted from 0; -1 for none."""

_TERMS = 2_000
# A word of the title counts as often as in the abstract.
_TITLE = 3
# What more papers than this part have does not part them.
COMMON = 0.3
_ROUNDS = 10
# Of phrases that do nearly as well as the best the most common wins: it stays the best when
# papers are added.
_NEARLY = 0.9
# A phrase of few papers is known less well: as many imagined ones have it by chance.
DOUBT = 2
# What one word is worth as a name, against several.
_ONE_WORD = 0.5
# Keeps a division from zero.
TINY = 1e-6


def group(papers: Sequence[Facts], names: Sequence[Phrase], most: int, fewest: int) -> Places:
    """Return the group of each paper: at most `most` groups, each of `fewest` papers or more.

    `names` are phrases of these papers, those of most papers first.
    """
    vectors = _vectors(papers)
    return _settled(vectors, _first(vectors, names, most), fewest)


def worth(name: Phrase) -> float:
    """Return how well a phrase does as a name: titles are made of such, and of several words."""
    share = (name.titles + 1) / (len(name.papers) + 5)
    return share if name.words > 1 else share * _ONE_WORD


def _vectors(read: Sequence[Facts]) -> Vectors:
    """Return each paper's words by their rarity, as a vector of length one, or of zeros."""
    counts = [_words(facts) for facts in read]
    spread = Counter(word for count in counts for word in count)
    most = max(2, COMMON * len(read))
    words = [word for word, papers in spread.items() if 2 <= papers <= most]
    words = sorted(words, key=lambda word: (-spread[word], word))[:_TERMS]
    place = {word: column for column, word in enumerate(words)}
    vectors = np.zeros((len(read), len(words)), np.float32)
    for row, count in enumerate(counts):
        for word, times in count.items():
            if word in place:
                rarity = log((len(read) + 1) / (spread[word] + 0.5))
                vectors[row, place[word]] = (1 + log(times)) * rarity
    return _unit(vectors)


def _words(facts: Facts) -> Counter[str]:
    count = Counter(tokens(facts.abstract or facts.note or ""))
    for word in tokens(facts.title):
        count[word] += _TITLE
    return count


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, TINY), np.float32)


def _first(vectors: Vectors, names: Sequence[Phrase], most: int) -> Places:
    """Return each paper's nearest of the phrases that together are near to most papers."""
    sums = np.stack([vectors[list(name.papers)].sum(axis=0) for name in names])
    near = likeness(sums, vectors, [name.papers for name in names])
    sizes = np.array([len(name.papers) for name in names])
    near *= (sizes / (sizes + DOUBT))[:, None]
    worths = np.array([worth(name) for name in names])
    nearest = np.zeros(len(vectors), np.float32)
    chosen: list[int] = []
    for _ in range(most):
        # Rounded: the last digits differ between machines.
        gains = np.round(np.maximum(near - nearest, 0).sum(axis=1) * worths, 3)
        best = int(np.argmax(gains >= _NEARLY * gains.max()))
        if gains[best] <= 0:
            break
        chosen.append(best)
        nearest = np.maximum(nearest, near[best])
    return _nearest(near[chosen]) if chosen else np.full(len(vectors), -1)


def _nearest(near: Vectors) -> Places:
    """Return the row that is nearest to each column, -1 where none is near at all."""
    rounded = np.round(near, 4)
    return np.where(rounded.max(axis=0) > 0, np.argmax(rounded, axis=0), -1)


def likeness(sums: Vectors, vectors: Vectors, papers: Sequence[Sequence[int]]) -> Vectors:
    """Return how near each sum of papers is to each paper: a row for each sum.

    It is the geometric mean of their cosine and of the mean likeness to the summed papers:
    by the cosine alone the largest topic is near to everything. A paper is compared with the
    sum of the others, since each is near to what it is part of.
    """
    sizes = np.array([len(own) for own in papers], np.float32)
    products = sums @ vectors.T
    lengths = np.linalg.norm(sums, axis=1)
    near = products / np.sqrt(np.maximum(lengths * sizes, TINY))[:, None]
    for row, own in enumerate(papers):
        columns = list(own)
        rest = products[row, columns] - 1
        length = np.sqrt(np.maximum(lengths[row] ** 2 - 2 * rest - 1, 0))
        near[row, columns] = rest / np.sqrt(np.maximum(length * (sizes[row] - 1), TINY))
    return np.asarray(np.maximum(near, 0), np.float32)


def _settled(vectors: Vectors, places: Places, fewest: int) -> Places:
    """Return the places after each topic moved to the middle of its papers, thin ones left out."""
    for _ in range(_ROUNDS):
        sizes = np.bincount(places[places >= 0])
        own = [np.flatnonzero(places == p).tolist() for p in np.flatnonzero(sizes >= fewest)]
        if not own:
            return np.full_like(places, -1)
        sums = np.stack([vectors[papers].sum(axis=0) for papers in own])
        moved = _nearest(likeness(sums, vectors, own))
        if np.array_equal(moved, places):
            break
        places = moved
    return places
