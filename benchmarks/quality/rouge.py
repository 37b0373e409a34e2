"""Measure a summary against those that people wrote: ROUGE-1, ROUGE-2 and ROUGE-L, F1.

As usual for short summaries: lower case, words of letters and digits, Porter's stem of those
longer than three letters, no stop words taken out, the whole text as one sequence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from generator.words import stem

NAMES = ("ROUGE-1", "ROUGE-2", "ROUGE-L")
_WORD = re.compile("[a-z0-9]+")

Scores = tuple[float, float, float]


def best(text: str, golds: Iterable[str]) -> Scores:
    """Return each of the three measures for that gold which it likes best, from 0 to 1."""
    found = [rouge(text, gold) for gold in golds]
    one, two, longest = (max(values) for values in zip(*found, strict=True))
    return one, two, longest


def rouge(text: str, gold: str) -> Scores:
    """Return the three measures of `text` against one gold."""
    ours, theirs = words(text), words(gold)
    common = _longest_common(ours, theirs)
    return (
        _shared_runs(ours, theirs, 1),
        _shared_runs(ours, theirs, 2),
        _f1(common, len(ours), len(theirs)),
    )


@lru_cache(maxsize=1 << 15)
def words(text: str) -> tuple[str, ...]:
    """Return the stemmed words of `text`."""
    found = _WORD.findall(text.lower())
    return tuple(stem(word) if len(word) > 3 else word for word in found)


def _shared_runs(ours: Sequence[str], theirs: Sequence[str], length: int) -> float:
    one, two = (
        Counter(zip(*(side[start:] for start in range(length)), strict=False))
        for side in (ours, theirs)
    )
    return _f1((one & two).total(), one.total(), two.total())


def _longest_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(theirs) + 1)
    for word in ours:
        corner = 0
        for place, other in enumerate(theirs, 1):
            above = row[place]
            row[place] = corner + 1 if word == other else max(above, row[place - 1])
            corner = above
    return row[-1]


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0
