"""Mentions joined step by step into papers, and what keeps two of them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.catalog.likeness import people
from generator.catalog.profiles import Profile, arxiv_of, is_preprint
from generator.models import Facts

_COMMON_AUTHORS = 0.5
"""Share of the shorter list of authors that one paper's mentions have in common."""


@dataclass(slots=True)
class _Traits:
    """What a group of mentions says of its paper."""

    arxiv: set[str]
    dois: set[str]
    """Those of venues: a preprint's stands beside them."""
    crew: Profile
    """The mention with most authors."""
    rulings: dict[int, set[int]]
    """Rows in which the curator's rulings of difference name the paper."""


class Groups:
    """Mentions joined step by step; each group is named by its earliest mention."""

    def __init__(
        self,
        facts: Sequence[Facts],
        profiles: Sequence[Profile],
        different: Iterable[Sequence[Sequence[int]]] = (),
    ) -> None:
        """Begin with each mention by itself; `different` holds the rulings' rows of mentions."""
        self._parent = list(range(len(facts)))
        self._traits = [_traits(one, crew) for one, crew in zip(facts, profiles, strict=True)]
        for ruling, rows in enumerate(different):
            for row, mentions in enumerate(rows):
                for n in mentions:
                    self._traits[n].rulings.setdefault(ruling, set()).add(row)

    def root(self, n: int) -> int:
        """Return the earliest mention of the group that `n` is in."""
        while self._parent[n] != n:
            self._parent[n] = self._parent[self._parent[n]]
            n = self._parent[n]
        return n

    def join(self, a: int, b: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(a), self.root(b)))
        if first == second:
            return
        self._parent[second] = first
        ours, theirs = self._traits[first], self._traits[second]
        ours.arxiv |= theirs.arxiv
        ours.dois |= theirs.dois
        for ruling, rows in theirs.rulings.items():
            ours.rulings[ruling] = ours.rulings.get(ruling, set()) | rows
        if (len(theirs.crew.authors), theirs.crew) > (len(ours.crew.authors), ours.crew):
            ours.crew = theirs.crew

    def ruled(self, n: int) -> tuple[bool, list[tuple[int, list[int]]]]:
        """Return a rank: mentions that the curator calls different come first, in that order."""
        rulings = self._traits[self.root(n)].rulings
        return (not rulings, sorted((ruling, sorted(rows)) for ruling, rows in rulings.items()))

    def kept_apart(self, a: int, b: int) -> bool:
        """Return whether the curator says that the two groups are different papers."""
        ours, theirs = self._traits[self.root(a)].rulings, self._traits[self.root(b)].rulings
        return any(rows.isdisjoint(theirs.get(n, rows)) for n, rows in ours.items())

    def contradict(self, a: int, b: int) -> str | None:
        """Return why the two groups cannot be one paper, None where nothing forbids it."""
        ours, theirs = self._traits[self.root(a)], self._traits[self.root(b)]
        if self.kept_apart(a, b):
            return "the curator says so"
        if _clash(ours.arxiv, theirs.arxiv):
            return "arXiv ids differ"
        if _clash(ours.dois, theirs.dois):
            return "DOIs differ"
        common = people(ours.crew, theirs.crew)
        return "authors differ" if common is not None and common < _COMMON_AUTHORS else None

    def members(self) -> list[list[int]]:
        """Return the groups in the order of their earliest mentions."""
        found: dict[int, list[int]] = defaultdict(list)
        for n in range(len(self._parent)):
            found[self.root(n)].append(n)
        return [found[first] for first in sorted(found)]


def _traits(facts: Facts, crew: Profile) -> _Traits:
    arxiv = arxiv_of(facts)
    venue_doi = facts.doi if facts.doi and not is_preprint(facts.doi) else None
    return _Traits({arxiv} if arxiv else set(), {venue_doi} if venue_doi else set(), crew, {})


def _clash(ours: set[str], theirs: set[str]) -> bool:
    return bool(ours and theirs and ours.isdisjoint(theirs))
