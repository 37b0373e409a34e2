"""Turn postings into what a term adds to the score of each paper.

The measure is BM25 (Robertson and others, 1994) over title, body and authors together. A text
is long or short by title and body alone: many authors make no paper less apt.
`templates/theme/assets/search-weights.js` does the same in the browser.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from generator.search.shelf import Posting, Shelf
from generator.words import Slots

TITLE = 3
"""How often a word of the title counts, next to one of the body."""
AUTHOR = 2
"""How often a word of an author's name counts."""
SATURATION = 1.5
"""BM25's k1: at this weight a term has half of its effect."""
LENGTH = 0.6
"""BM25's b: how much a longer text makes each of its words count less, from 0 to 1."""

Gains = dict[int, float]
"""What papers gain, by their number."""


class Weights:
    """The measure for the papers of one shelf."""

    def __init__(self, shelf: Shelf) -> None:
        lengths = shelf.head["lengths"]
        self._papers = shelf.papers
        self.titles: Sequence[int] = lengths["t"]
        """Terms of each title."""
        whole = [
            TITLE * title + body for title, body in zip(self.titles, lengths["b"], strict=True)
        ]
        total = sum(whole)
        self._norms = [
            1 - LENGTH + (LENGTH * length * self._papers / total if total else LENGTH)
            for length in whole
        ]

    def rarity(self, papers: int) -> float:
        """Return how much a word counts that so many papers have."""
        return math.log(1 + (self._papers - papers + 0.5) / (papers + 0.5))

    def gains(self, postings: Iterable[Posting]) -> Gains:
        """Return what each paper gains by terms that count as one."""
        weights: Gains = {}
        for posting in postings:
            for paper, weight in self._weighed(posting).items():
                weights[paper] = weights.get(paper, 0.0) + weight
        rarity = self.rarity(len(weights))
        return {
            paper: rarity * weight * (SATURATION + 1) / (weight + SATURATION)
            for paper, weight in weights.items()
        }

    def _weighed(self, posting: Posting) -> Gains:
        weights: Gains = {}
        for field, each in (("t", TITLE), ("b", 1)):
            for paper, times in posting.get(field, {}).items():
                weights[paper] = weights.get(paper, 0.0) + each * times / self._norms[paper]
        for paper, times in posting.get("a", {}).items():
            weights[paper] = weights.get(paper, 0.0) + AUTHOR * times
        return weights


def phrase(shelf: Shelf, terms: Slots) -> dict[str, dict[int, list[int]]]:
    """Return where `terms` follow each other: the first one's places by field and paper."""
    steps = [(step, shelf.places(term)) for step, term in enumerate(terms) if term]
    if not all(places for _, places in steps):
        return {}
    return {
        field: found
        for field in steps[0][1]
        if (found := _followed([(step, places[field]) for step, places in steps]))
    }


def _followed(steps: Sequence[tuple[int, Mapping[int, Sequence[int]]]]) -> dict[int, list[int]]:
    (_, first), *rest = steps
    found = {}
    for paper, starts in first.items():
        if all(paper in places for _, places in rest):
            later = [(step, frozenset(places[paper])) for step, places in rest]
            kept = [
                start for start in starts if all(start + step in places for step, places in later)
            ]
            if kept:
                found[paper] = kept
    return found


def counted(found: Mapping[str, Mapping[int, Sequence[int]]]) -> Posting:
    """Return a phrase's places as a posting."""
    return {
        field: {paper: len(starts) for paper, starts in papers.items()}
        for field, papers in found.items()
    }
