"""Find the pairs of records that are worth comparing, in nearly linear time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import Indel

from generator.catalog.likeness import is_generic
from generator.catalog.profiles import Profile

_ALIKE = 0.75
"""Share of equal letters below which two titles are not looked at."""
_WINDOW = 12
"""Neighbours that a record is compared with, where many share a trait."""
_BESIDE = 3
"""Neighbours in the alphabet that a title is compared with."""
_RARE = 4
"""Words of a title, the rarest ones, of which two must be shared."""
_FREQUENT = 1000
"""Titles in which a word tells nothing any more."""


def pairs(profiles: Sequence[Profile]) -> list[tuple[int, int]]:
    """Return the pairs, as sorted indices, each once, in their order.

    Candidates have a title or a title's head in common, or two rare words, or begin or end
    alike. Each of these compares a record with a bounded number of others.
    """
    order = sorted(range(len(profiles)), key=lambda n: _place(profiles[n]))
    found: set[tuple[int, int]] = set()
    for block in (*_by_title(profiles, order), *_by_words(profiles, order)):
        found.update(_within(block, _WINDOW))
    backwards = sorted(order, key=lambda n: profiles[n].squeezed[::-1])
    found.update(_within(order, _BESIDE))
    found.update(_within(backwards, _BESIDE))
    return sorted(pair for pair in found if _alike(*(profiles[n] for n in pair)))


def _place(profile: Profile) -> tuple[str, Profile]:
    return (profile.squeezed, profile)


def _within(row: Sequence[int], window: int) -> Iterator[tuple[int, int]]:
    """Yield each place of a row with those that follow within the window."""
    for n, one in enumerate(row):
        for other in row[n + 1 : n + 1 + window]:
            yield (one, other) if one < other else (other, one)


def _by_title(profiles: Sequence[Profile], order: Iterable[int]) -> Iterator[list[int]]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for n in order:
        for text in dict.fromkeys((profiles[n].squeezed, "".join(profiles[n].head))):
            if text:
                blocks[text].append(n)
    return (block for block in blocks.values() if len(block) > 1)


def _by_words(profiles: Sequence[Profile], order: Sequence[int]) -> Iterator[list[int]]:
    counts = Counter(word for one in profiles for word in set(one.title))
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for n in order:
        known = {word for word in profiles[n].title if 1 < counts[word] <= _FREQUENT}
        rare = sorted(known, key=lambda word: (counts[word], word))[:_RARE]
        for two in combinations(sorted(rare), 2):
            blocks[two].append(n)
    return (block for block in blocks.values() if len(block) > 1)


def _alike(one: Profile, other: Profile) -> bool:
    if not one.squeezed or not other.squeezed:
        return False
    if one.squeezed == other.squeezed:
        return True
    if one.title == other.head or other.title == one.head:
        return not (is_generic(one.title) or is_generic(other.title))
    return Indel.normalized_similarity(one.squeezed, other.squeezed, score_cutoff=_ALIKE) > 0
