"""Make one catalogue of all digests: each paper once, with every mention and its own slug."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from generator import identity
from generator.lock import Lock
from generator.matching import same_papers
from generator.models import Catalog, Digest, Entry, Facts, Links, Mention, Paper
from generator.readers.facts import completed
from generator.slugs import allot

_LATEST = "9999"
"""Sorts behind every day: undated digests come last."""


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


def build(digests: Iterable[Digest], lock: Lock) -> tuple[Catalog, Lock]:
    """Return the catalogue, without topics, and the lock with all that was seen now."""
    ordered = _with_unique_slugs(_folders_joined(digests))
    seen = sorted((_Seen(d, e) for d in ordered for e in d.entries), key=lambda one: one.order)
    groups = same_papers([one.entry.facts for one in seen])
    found = [[seen[n] for n in group] for group in groups]
    slugs, lock = allot([[one.entry.facts for one in group] for group in found], lock)
    papers = [_paper(slug, group) for slug, group in zip(slugs, found, strict=True)]
    newest_first = sorted(ordered, key=lambda d: (d.date or "", d.path), reverse=True)
    redirects = {old: lock.slug_of(old) for old in lock.redirects}
    known = set(slugs)
    return (
        Catalog(
            papers=tuple(_newest_first(papers, newest_first)),
            digests=tuple(newest_first),
            redirects={old: new for old, new in sorted(redirects.items()) if new in known},
        ),
        lock,
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
    facts = completed(_merged([seen.entry.facts for seen in group]))
    return Paper(slug, facts, mentions, tuple(pinned), _changed(group))


def _changed(group: Sequence[_Seen]) -> str | None:
    """Return the day of the last dated mention that the merged facts would differ without."""
    dated = [seen for seen in group if seen.digest.date]
    for end in range(len(dated), 1, -1):
        before = _merged([seen.entry.facts for seen in dated[: end - 1]])
        if before != _merged([seen.entry.facts for seen in dated[:end]]):
            return dated[end - 1].digest.date
    return dated[0].digest.date if dated else None


def _merged(group: Sequence[Facts]) -> Facts:
    """Return what all mentions say together: the first word on each fact, every link.

    Of abstracts the longest counts: saved pages cut them. Of days the most exact.
    """
    changes: dict[str, object] = {}
    for one in fields(Facts):
        values = [value for facts in group if (value := getattr(facts, one.name))]
        if values:
            changes[one.name] = values[0]
    for name in ("abstract", "published"):
        known = [value for facts in group if (value := getattr(facts, name))]
        changes[name] = max(known, key=len, default=None)
    changes["links"] = _all_links([facts.links for facts in group])
    return replace(group[0], **changes)  # type: ignore[arg-type]


def _all_links(group: Sequence[Links]) -> Links:
    changes: dict[str, object] = {}
    for one in fields(Links):
        values = [value for links in group if (value := getattr(links, one.name))]
        if one.name in {"code", "project", "other"}:
            changes[one.name] = tuple(dict.fromkeys(link for value in values for link in value))
        else:
            changes[one.name] = values[0] if values else None
    return Links(**changes)  # type: ignore[arg-type]
