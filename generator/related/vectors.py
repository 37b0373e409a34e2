"""Turn papers' words into sparse vectors, and tell how alike the papers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.related.commonplaces import COMMONPLACES

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.int64]
Document: TypeAlias = Sequence[tuple[float, Sequence[str]]]
"""Runs of terms in the order of the text, each with what one mention in it is worth."""

STRONGEST = 100
"""Terms of a paper that count; what is left are words that very many papers share."""

# What more papers than this part have tells none apart and takes long to compare; of few papers
# it does neither.
_COMMON, _FEW = 0.2, 500
# Products made at once, for the sake of memory.
_PRODUCTS = 2_000_000
# Two words side by side say more than the two alone, but repeat a part of them.
_PAIR = 0.5
# Imagined papers, and in how many of them a commonplace stands: in a small collection no count
# tells `propose` from a word of the field. In a large one they change nothing.
_IMAGINED, _USUAL = 20, 6


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Papers as vectors of length 1 over their terms, by row and, for comparing, by column.

    Terms that no other paper has count in the length, but are left out: nothing is like them.
    """

    words: tuple[str, ...]
    """What the first columns stand for, sorted."""
    pairs: Ints
    """Of each further column two words side by side: first × len(words) + second."""
    starts: Ints
    """Where each paper's entries begin, and where the last one's end."""
    ids: Ints
    """Columns of the entries, ascending within a paper."""
    weights: Floats
    """Weights of the entries."""
    column_starts: Ints
    """Where each column's entries begin in the following two, and where the last one's end."""
    papers: Ints
    """Rows of the entries, column by column, ascending within a column."""
    column_weights: Floats

    def __len__(self) -> int:
        """Return the number of papers."""
        return len(self.starts) - 1

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.words) + len(self.pairs)

    def term(self, column: int) -> str:
        """Return what a column stands for, two words side by side with a blank between."""
        if column < len(self.words):
            return self.words[column]
        first, second = divmod(int(self.pairs[column - len(self.words)]), len(self.words))
        return f"{self.words[first]} {self.words[second]}"

    def row(self, paper: int) -> tuple[Ints, Floats]:
        """Return the columns and the weights of a paper."""
        part = slice(self.starts[paper], self.starts[paper + 1])
        return self.ids[part], self.weights[part]

    def alike(self, first: int, last: int) -> Floats:
        """Return the cosines of papers `first` to `last`, without it, with all papers."""
        part = slice(self.starts[first], self.starts[last])
        rows = np.repeat(np.arange(last - first), np.diff(self.starts[first : last + 1]))
        ids = self.ids[part]
        lengths = self.column_starts[ids + 1] - self.column_starts[ids]
        if lengths.sum() > _PRODUCTS and last - first > 1:
            middle = (first + last) // 2
            return np.concatenate((self.alike(first, middle), self.alike(middle, last)))
        found = ranges(self.column_starts[ids], lengths)
        cells = np.repeat(rows * len(self), lengths) + self.papers[found]
        products = np.repeat(self.weights[part], lengths) * self.column_weights[found]
        sums = np.bincount(cells, products, minlength=(last - first) * len(self))
        return sums.reshape(last - first, len(self)).astype(np.float32)


def weigh(documents: Sequence[Document]) -> Vectors:
    """Return the vectors of `documents`, in their order.

    A term counts by the logarithms of its mentions and of its rarity. Near linear in the words.
    """
    words, pairs, entries = _entries(documents)
    spread = np.bincount(entries.columns, minlength=len(words) + len(pairs))
    weights = (1 + np.log(entries.worth)) * _rarity(words, pairs, spread, len(documents))[
        entries.columns
    ]
    squares = np.bincount(entries.rows, weights**2, minlength=len(documents))
    kept = _strongest(entries, weights, spread)
    rows, columns = entries.rows[kept], entries.columns[kept]
    unit = (weights[kept] / np.sqrt(squares[rows])).astype(np.float32)
    by_column = np.argsort(columns, kind="stable")
    return Vectors(
        words=words,
        pairs=pairs,
        starts=_starts(rows, len(documents)),
        ids=columns,
        weights=unit,
        column_starts=_starts(columns[by_column], len(spread)),
        papers=rows[by_column],
        column_weights=unit[by_column],
    )


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """Return the numbers of all ranges, one after the other: starts 5 9, lengths 2 1 → 5 6 9."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())


class _Entries(NamedTuple):
    """Papers' terms, each once."""

    rows: Ints
    columns: Ints
    worth: Floats
    """Sum over the mentions."""


def _entries(documents: Sequence[Document]) -> tuple[tuple[str, ...], Ints, _Entries]:
    """Return the words, the pairs and what each paper has of them."""
    runs = [(row, *run) for row, document in enumerate(documents) for run in document]
    met = list(chain.from_iterable(terms for _, _, terms in runs))
    words = tuple(sorted(set(met)))
    number = {word: n for n, word in enumerate(words)}
    flat = np.fromiter(map(number.__getitem__, met), np.int64, len(met))
    run = np.repeat(np.arange(len(runs)), [len(terms) for _, _, terms in runs])
    pairs, first, which = _pairs(flat, run, len(words))
    row = np.array([row for row, _, _ in runs], np.int64)
    worth = np.array([worth for _, worth, _ in runs], np.float64)
    one = _counted(row[run], flat, worth[run])
    run = run[first]
    two = _counted(row[run], which + len(words), worth[run])
    return words, pairs, _Entries(*(np.concatenate(both) for both in zip(one, two, strict=True)))


def _pairs(flat: Ints, run: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """Return the pairs met twice or more, where they begin, and which one begins there."""
    first = np.flatnonzero(run[:-1] == run[1:])
    codes = flat[first] * size + flat[first + 1]
    pairs, which, times = np.unique(codes, return_inverse=True, return_counts=True)
    again = times > 1
    found = np.flatnonzero(again[which])
    return pairs[again], first[found], (np.cumsum(again) - 1)[which[found]]


def _counted(rows: Ints, columns: Ints, worth: Floats) -> _Entries:
    """Return what the rows have, each term once."""
    width = int(columns.max(initial=0)) + 1
    cells, which = np.unique(rows * width + columns, return_inverse=True)
    sums = np.bincount(which, worth, len(cells)).astype(np.float64)
    return _Entries(cells // width, cells % width, sums)


def _rarity(words: Sequence[str], pairs: Ints, spread: Ints, papers: int) -> Floats:
    """Return what one mention of each term weighs; `spread` is the number of papers with it."""
    common = np.array([word in COMMONPLACES for word in words], bool)
    first, second = np.divmod(pairs, max(1, len(words)))
    known = spread + 1 + _USUAL * np.concatenate((common, common[first] & common[second]))
    rarity = 1 + np.log(np.maximum(1.0, (papers + 1 + _IMAGINED) / known))
    rarity[len(words) :] *= _PAIR
    return np.asarray(rarity)


def _strongest(entries: _Entries, weights: Floats, spread: Ints) -> Ints:
    """Return which entries can be like others and are among the strongest of their paper."""
    papers = spread[entries.columns]
    most = max(_FEW, _COMMON * (entries.rows.max(initial=0) + 1))
    shared = np.flatnonzero((papers > 1) & (papers <= most))
    rows, columns = entries.rows[shared], entries.columns[shared]
    order = np.lexsort((columns, -weights[shared], rows))
    sizes = np.bincount(rows)
    order = order[ranges(np.zeros(len(sizes), np.int64), sizes) < STRONGEST]
    return shared[order[np.lexsort((columns[order], rows[order]))]]


def _starts(ascending: Ints, size: int) -> Ints:
    """Return where each of `size` numbers begins in `ascending`, and where the last one ends."""
    return np.searchsorted(ascending, np.arange(size + 1))
