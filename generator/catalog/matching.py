"""Tell which mentions are the same paper, and which nearly are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator import identity
from generator.catalog.candidates import pairs
from generator.catalog.groups import Groups
from generator.catalog.profiles import Profile, arxiv_of, profile
from generator.catalog.verdicts import Verdict, judge
from generator.models import Facts

WORTH_A_LOOK = 0.5
"""Score from which a pair that was not merged is told."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """The curator's word on mentions, each mention by its place in the list."""

    same: tuple[tuple[int, ...], ...] = ()
    """Mentions of one paper."""
    different: tuple[tuple[tuple[int, ...], ...], ...] = ()
    """Rows of mentions; those of different rows are different papers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions that were compared."""

    one: int
    """The earlier mention."""
    other: int
    score: float
    """How likely they are one paper, from 0 to 1."""
    reasons: tuple[str, ...]
    """What they have in common or not."""
    against: tuple[str, ...] = ()
    """Why they were not merged."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Which mentions are one paper, and on what grounds."""

    groups: tuple[tuple[int, ...], ...]
    """Mentions of one paper each, in the order of the first."""
    merged: tuple[Pair, ...] = ()
    """Pairs that joined two groups without a shared id or equal titles, most doubtful first."""
    missed: tuple[Pair, ...] = ()
    """Pairs that stayed apart though much speaks for them, most likely first."""


_NONE = Rulings()


def keys(facts: Facts) -> frozenset[str]:
    """Return all that can identify the paper: `arxiv:…`, `doi:…`, `title:…`."""
    found = {
        "arxiv": arxiv_of(facts),
        "doi": facts.doi,
        "title": identity.fingerprint(facts.title) or None,
    }
    return frozenset(f"{scheme}:{value}" for scheme, value in found.items() if value)


def same_papers(facts: Sequence[Facts]) -> list[list[int]]:
    """Return the indices of `facts` in groups of one paper each, in the order of the first."""
    return [list(group) for group in match(facts).groups]


def match(facts: Sequence[Facts], rulings: Rulings = _NONE) -> Matching:
    """Return which of `facts` are one paper; their order decides only the order of the groups.

    The curator's word comes first, then equal arXiv ids and DOIs, then equal titles, then like
    ones. Titles join nothing that ids, authors or the curator keep apart, and what could be
    either of two papers joins neither: a wrong merge is worse than a double.
    """
    profiles = [profile(one) for one in facts]
    groups = Groups(facts, profiles, rulings.different)
    for row in rulings.same:
        for n in row[1:]:
            groups.join(row[0], n)
    _join_ids(facts, groups)
    judged = _judged(facts, profiles, groups)
    likely = [one for one in judged if one.verdict.same]
    _join(facts, [one for one in likely if one.equal], groups)
    merged = _join(facts, [one for one in likely if not one.equal], groups)
    return Matching(
        groups=tuple(tuple(group) for group in groups.members()),
        merged=tuple(sorted(merged, key=lambda pair: (pair.score, pair.one, pair.other))),
        missed=_missed(judged, groups),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """Two mentions of different groups, compared."""

    one: int
    other: int
    equal: bool
    """Whether the titles are equal."""
    verdict: Verdict
    reasons: list[str] = field(default_factory=list)
    """Why they stayed apart, found when groups were joined."""


def _join_ids(facts: Sequence[Facts], groups: Groups) -> None:
    """Join what has an arXiv id or a DOI in common, unless the curator says otherwise."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(facts):
        for scheme, value in (("arxiv", arxiv_of(one)), ("doi", one.doi)):
            if value:
                holders[f"{scheme}:{value}"].append(n)
    for key in sorted(holders):
        # Those that the curator named lead, so that the rest goes to the first one named.
        seen: list[int] = []
        for n in sorted(holders[key], key=lambda n: (groups.ruled(n), n)):
            first = next((other for other in seen if not groups.kept_apart(other, n)), None)
            if first is None:
                seen.append(n)
            else:
                groups.join(first, n)


def _judged(facts: Sequence[Facts], profiles: Sequence[Profile], groups: Groups) -> list[_Judged]:
    """Return the verdicts on all pairs of mentions that could be one paper, by their place."""
    nodes: dict[tuple[int, Profile], int] = {}
    for n, what in enumerate(profiles):
        nodes.setdefault((groups.root(n), what), n)
    places = list(nodes.values())
    found = []
    for a, b in pairs([profiles[n] for n in places]):
        one, other = places[a], places[b]
        if groups.root(one) != groups.root(other):
            equal = profiles[one].squeezed == profiles[other].squeezed
            found.append(_Judged(one, other, equal, judge(profiles[one], profiles[other])))
    return found


def _join(facts: Sequence[Facts], judged: Iterable[_Judged], groups: Groups) -> list[Pair]:
    """Join the pairs, and return those that made one group of two, with the reasons."""
    edges = sorted(judged, key=lambda edge: _rank(facts, edge))
    near: dict[int, dict[int, None]] = defaultdict(dict)
    ends = [(groups.root(edge.one), groups.root(edge.other)) for edge in edges]
    for a, b in ends:
        if a != b and not groups.contradict(a, b):
            near[a][b] = near[b][a] = None
    apart = {(a, b): _either(a, b, near, groups) for a, b in dict.fromkeys(ends) if b in near[a]}
    joined = []
    for edge, (a, b) in zip(edges, ends, strict=True):
        if groups.root(a) == groups.root(b):
            continue
        if reason := groups.contradict(a, b):
            edge.reasons.append(reason)
        elif apart.get((a, b)):
            edge.reasons.append("it could be either of two papers")
        else:
            groups.join(a, b)
            joined.append(_pair(edge))
    return joined


def _either(a: int, b: int, near: Mapping[int, Mapping[int, None]], groups: Groups) -> bool:
    """Return whether one of the two could as well be a paper that the other is not."""
    return any(groups.contradict(other, b) for other in near[a] if other != b) or any(
        groups.contradict(other, a) for other in near[b] if other != a
    )


def _rank(facts: Sequence[Facts], edge: _Judged) -> tuple[float, list[str]]:
    """By score, then by what the mentions say: never by the order of files."""
    return (-edge.verdict.score, sorted(repr(facts[n]) for n in (edge.one, edge.other)))


def _missed(judged: Iterable[_Judged], groups: Groups) -> tuple[Pair, ...]:
    """Return for each two groups that stayed apart the likeliest pair, if it is worth a look."""
    best: dict[tuple[int, int], Pair] = {}
    for edge in judged:
        ends = sorted((groups.root(edge.one), groups.root(edge.other)))
        if ends[0] == ends[1] or groups.kept_apart(*ends):
            continue
        pair = _pair(edge)
        known = best.get((ends[0], ends[1]))
        if pair.score >= WORTH_A_LOOK and (known is None or known.score < pair.score):
            best[ends[0], ends[1]] = pair
    return tuple(sorted(best.values(), key=lambda pair: (-pair.score, pair.one, pair.other)))


def _pair(edge: _Judged) -> Pair:
    against = (*edge.verdict.against, *edge.reasons)
    one, other = sorted((edge.one, edge.other))
    return Pair(one, other, edge.verdict.score, edge.verdict.reasons, against)
