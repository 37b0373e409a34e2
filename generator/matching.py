"""Tell which mentions are the same paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from generator import identity
from generator.models import Facts


def keys(facts: Facts) -> frozenset[str]:
    """Return all that can identify the paper: `arxiv:…`, `doi:…`, `title:…`."""
    found = {
        "arxiv": facts.arxiv,
        "doi": facts.doi,
        "title": identity.fingerprint(facts.title) or None,
    }
    return frozenset(f"{scheme}:{value}" for scheme, value in found.items() if value)


@dataclass(slots=True)
class _Traits:
    """What a group of mentions says of its paper, for telling papers of one title apart."""

    arxiv: set[str]
    dois: set[str]
    surnames: set[str]

    @property
    def identified(self) -> bool:
        """Whether an id stands for the paper."""
        return bool(self.arxiv or self.dois)

    def contradict(self, other: _Traits) -> bool:
        """Return whether the two cannot be the same paper."""
        pairs = (
            (self.arxiv, other.arxiv),
            (self.dois, other.dois),
            (self.surnames, other.surnames),
        )
        return any(ours and theirs and ours.isdisjoint(theirs) for ours, theirs in pairs)

    def absorb(self, other: _Traits) -> None:
        """Add what the other group says."""
        self.arxiv |= other.arxiv
        self.dois |= other.dois
        self.surnames |= other.surnames


class _Groups:
    """Mentions joined step by step; each group is named by its earliest mention."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self._parent = list(range(len(facts)))
        self._traits = [_traits(one) for one in facts]

    def root(self, n: int) -> int:
        """Return the earliest mention of the group that `n` is in."""
        while self._parent[n] != n:
            self._parent[n] = self._parent[self._parent[n]]
            n = self._parent[n]
        return n

    def join(self, a: int, b: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(a), self.root(b)))
        if first != second:
            self._parent[second] = first
            self._traits[first].absorb(self._traits[second])

    def traits(self, n: int) -> _Traits:
        """Return what all mentions of the group that `n` is in say."""
        return self._traits[self.root(n)]

    def members(self) -> list[list[int]]:
        """Return the groups in the order of their earliest mentions."""
        found: dict[int, list[int]] = defaultdict(list)
        for n in range(len(self._parent)):
            found[self.root(n)].append(n)
        return [found[first] for first in sorted(found)]


def same_papers(facts: Sequence[Facts]) -> list[list[int]]:
    """Return the indices of `facts` in groups of one paper each, in the order of the first.

    Equal arXiv ids or DOIs are the same paper. Equal titles are, unless ids or authors
    contradict: a wrong merge is worse than a double.
    """
    groups = _Groups(facts)
    holders: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(facts):
        for key in keys(one):
            holders[key].append(n)
    for key in sorted(holders):
        if not key.startswith("title:"):
            for n in holders[key][1:]:
                groups.join(holders[key][0], n)
    for key in sorted(holders):
        if key.startswith("title:"):
            _join_titles(holders[key], groups)
    return groups.members()


def _join_titles(same: Sequence[int], groups: _Groups) -> None:
    """Join the mentions of one title, those with ids first, where nothing contradicts.

    What could be either of two papers joins neither.
    """
    settled: list[int] = []
    roots = sorted({groups.root(n) for n in same})
    for root in sorted(roots, key=lambda n: not groups.traits(n).identified):
        mine = groups.traits(root)
        fitting = [other for other in settled if not groups.traits(other).contradict(mine)]
        if len(fitting) == 1:
            groups.join(fitting[0], root)
        else:
            settled.append(root)


def _traits(facts: Facts) -> _Traits:
    # `Shi, Baoguang` and `Baoguang Shi` are the same person.
    family = [name.partition(",")[0].split() for name in facts.authors]
    surnames = {identity.fingerprint(parts[-1]) for parts in family if parts}
    return _Traits(
        arxiv={facts.arxiv} if facts.arxiv else set(),
        dois={facts.doi} if facts.doi else set(),
        surnames=surnames,
    )
