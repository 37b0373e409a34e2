"""Make one catalogue of all digests: each paper once, with every mention and its own slug."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from generator import identity
from generator.catalog import matching, rulings
from generator.catalog.matching import Matching, Pair, Rulings
from generator.catalog.merging import Told, conflicts, merged, together
from generator.catalog.profiles import arxiv_of
from generator.catalog.slugs import allot
from generator.corrections import CORRECTIONS, Change, Corrections
from generator.lock import Lock
from generator.models import Catalog, Digest, Entry, Likeness, Mention, Paper
from generator.problems import Problem
from generator.readers.facts import completed

_LATEST = "9999"
"""Sorts behind every day: undated digests come last."""
_NONE = Corrections()


@dataclass(frozen=True, slots=True)
class _Seen:
    """An entry in its digest."""

    digest: Digest
    entry: Entry

    @property
    def order(self) -> tuple[str, str, str, int]:
        """By day, undated last, then by file and place: never by the order of reading."""
        digest = self.digest
        return (digest.date or _LATEST, digest.path, digest.slug, self.entry.position)

    @property
    def told(self) -> Told:
        """What the entry says, and where."""
        return Told(self.entry.facts, self.entry.file or self.digest.path, self.entry.line)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A catalogue, without topics, and what was thought while it was made."""

    catalog: Catalog
    lock: Lock
    """With all that was seen now."""
    problems: tuple[Problem, ...] = ()
    """Contradictions between mentions, and corrections that fit no paper."""
    likenesses: tuple[Likeness, ...] = ()
    """Merges and near misses that are worth a curator's look: see `Likeness`."""


def build(digests: Iterable[Digest], lock: Lock) -> tuple[Catalog, Lock]:
    """Return the catalogue, without topics or corrections, and the lock with all seen now."""
    made = gather(digests, lock)
    return made.catalog, made.lock


def gather(digests: Iterable[Digest], lock: Lock, corrections: Corrections = _NONE) -> Gathered:
    """Return the catalogue of all digests; the curator's word wins over everything."""
    ordered = _with_unique_slugs(_folders_joined(digests))
    seen = sorted((_Seen(d, e) for d in ordered for e in d.entries), key=lambda one: one.order)
    told = [one.told for one in seen]
    facts = [one.facts for one in told]
    finder = _finder(told, lock) if corrections != _NONE else None
    ruled, problems = rulings.rulings(corrections, finder) if finder else (Rulings(), [])
    found = matching.match(facts, ruled)
    slugs, after = allot([[facts[n] for n in group] for group in found.groups], lock)
    papers = [
        _paper(slug, [seen[n] for n in group])
        for slug, group in zip(slugs, found.groups, strict=True)
    ]
    hidden: set[int] = set()
    if finder:
        said, faults = rulings.changes(corrections, finder, found.groups)
        chosen, wrong = rulings.kin(said, finder, found.groups)
        kin = {n: tuple(slugs[other] for other in others) for n, others in chosen.items()}
        papers = [_corrected(one, said.get(n, ()), kin.get(n)) for n, one in enumerate(papers)]
        hidden = {n for n, words in said.items() if any(change.hide for change in words)}
        problems += faults + wrong
    unseen = {n for place in hidden for n in found.groups[place]}
    problems += _conflicts(found, told, unseen | {n for row in ruled.same for n in row})
    catalog = _catalog(
        [paper for n, paper in enumerate(papers) if n not in hidden],
        _without(ordered, [seen[n] for n in unseen]),
        after,
    )
    return Gathered(catalog, after, tuple(problems), _likenesses(found, told))


def _catalog(papers: Sequence[Paper], digests: Iterable[Digest], lock: Lock) -> Catalog:
    newest = sorted(digests, key=lambda d: (d.date or "", d.path), reverse=True)
    known = {paper.slug for paper in papers}
    redirects = {old: lock.slug_of(old) for old in lock.redirects}
    return Catalog(
        papers=tuple(_newest_first(papers, newest)),
        digests=tuple(newest),
        redirects={old: new for old, new in sorted(redirects.items()) if new in known},
    )


def _conflicts(found: Matching, told: Sequence[Told], settled: Set[int]) -> Iterator[Problem]:
    """Yield what mentions of one paper disagree on, unless the curator knows of them."""
    for group in found.groups:
        if len(group) > 1 and settled.isdisjoint(group):
            yield from conflicts([told[n] for n in group])


def _finder(told: Sequence[Told], lock: Lock) -> rulings.Finder:
    """Return who is called how where no correction has spoken yet."""
    facts = [one.facts for one in told]
    groups = matching.match(facts).groups
    slugs, _ = allot([[facts[n] for n in group] for group in groups], lock)
    called = {n: slug for slug, group in zip(slugs, groups, strict=True) for n in group}
    return rulings.Finder(told, [called[n] for n in range(len(told))], lock)


def _corrected(paper: Paper, said: Iterable[Change], kin: tuple[str, ...] | None) -> Paper:
    """Return `paper` with the curator's word in place of the sources'."""
    paper = replace(paper, kin=kin)
    for change in said:
        paper = replace(paper, facts=completed(rulings.corrected(paper.facts, change)))
        if change.topics is not None:
            place = (CORRECTIONS, change.paper.line)
            paper = replace(paper, pinned=change.topics, pinned_at=place)
    return paper


def _without(digests: Iterable[Digest], unseen: Iterable[_Seen]) -> list[Digest]:
    """Return the digests without the entries that the curator hides."""
    gone = {(one.digest.slug, one.entry.position) for one in unseen}
    if not gone:
        return list(digests)
    return [
        replace(d, entries=tuple(e for e in d.entries if (d.slug, e.position) not in gone))
        for d in digests
    ]


def _likenesses(found: Matching, told: Sequence[Told]) -> tuple[Likeness, ...]:
    def likeness(pair: Pair, is_merged: bool) -> Likeness:
        one, other = told[pair.one], told[pair.other]
        return Likeness(
            merged=is_merged,
            score=pair.score,
            places=(one.place, other.place),
            titles=(one.facts.title, other.facts.title),
            reasons=pair.reasons,
            against=pair.against,
        )

    return (
        *(likeness(pair, True) for pair in found.merged),
        *(likeness(pair, False) for pair in found.missed),
    )


def _folders_joined(digests: Iterable[Digest]) -> list[Digest]:
    """Return the digests with those that are one folder of files made one, in the files' order."""
    whole: list[Digest] = []
    folders: dict[str, list[Digest]] = defaultdict(list)
    for digest in digests:
        if any(entry.file for entry in digest.entries):
            folders[digest.path].append(digest)
        else:
            whole.append(digest)
    for parts in folders.values():
        entries = [entry for part in parts for entry in part.entries]
        entries.sort(key=lambda entry: (entry.file or "", entry.position))
        placed = tuple(replace(entry, position=n) for n, entry in enumerate(entries, 1))
        whole.append(replace(parts[0], entries=placed))
    return whole


def _with_unique_slugs(digests: Iterable[Digest]) -> list[Digest]:
    """Return the digests by day and file, equal slugs told apart by `-2`, `-3`, …."""
    ordered = sorted(digests, key=lambda d: (d.date or _LATEST, d.path))
    taken: set[str] = set()
    unique = []
    for digest in ordered:
        slug = identity.unique_slug(digest.slug, taken)
        taken.add(slug)
        unique.append(replace(digest, slug=slug))
    return unique


def _newest_first(papers: Iterable[Paper], digests: Sequence[Digest]) -> list[Paper]:
    rank = {digest.slug: n for n, digest in enumerate(digests)}

    def place(paper: Paper) -> tuple[bool, int, int]:
        first = paper.featured[0]
        return (first.date is None, rank[first.digest], first.position)

    return sorted(papers, key=place)


def _paper(slug: str, group: Sequence[_Seen]) -> Paper:
    mentions = tuple(
        Mention(
            digest=seen.digest.slug,
            date=seen.digest.date,
            position=seen.entry.position,
            file=seen.entry.file or seen.digest.path,
            line=seen.entry.line,
        )
        for seen in group
    )
    pinned = dict.fromkeys(topic for seen in group for topic in seen.entry.topics)
    whole = merged([seen.entry.facts for seen in group])
    facts = completed(replace(whole, arxiv=arxiv_of(whole)))
    return Paper(slug, facts, mentions, tuple(pinned), changed=_changed(group))


def _changed(group: Sequence[_Seen]) -> str | None:
    """Return the day of the last dated mention that told something new."""
    dated = [seen for seen in group if seen.digest.date]
    if not dated:
        return None
    whole, day = dated[0].entry.facts, dated[0].digest.date
    for seen in dated[1:]:
        grown = together(whole, seen.entry.facts)
        if grown != whole:
            whole, day = grown, seen.digest.date
    return day
