"""Find the mentions that corrections.yml names, and apply what it says of their papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from rapidfuzz import process

from generator import identity
from generator.catalog.matching import Rulings
from generator.catalog.merging import Told
from generator.catalog.profiles import arxiv_of
from generator.catalog.slugs import title_keys
from generator.corrections import CORRECTIONS, Change, Corrections, Reference
from generator.lock import Lock
from generator.models import Facts, Links
from generator.problems import Problem, warning
from generator.readers.facts import with_addresses

_NEAR = 75
"""Percent of equal letters from which a name is suggested."""
_PREFIXES = ("arxiv:", "doi:", "title:", "slug:")


@dataclass(frozen=True, slots=True)
class _Index:
    """Where each name leads."""

    places: Mapping[str, list[int]]
    """Mentions by `file:line`, `arxiv:…`, `doi:…`, `title:…`."""
    slugs: Mapping[str, list[int]]
    """Mentions by the slug that their paper would have without corrections."""


class Finder:
    """The mentions of a collection by every name that a curator may use."""

    def __init__(self, told: Sequence[Told], slugs: Sequence[str], lock: Lock) -> None:
        """Begin with all mentions, the slug of each without corrections, and papers.lock."""
        self._told = told
        self._slugs = slugs
        self._lock = lock
        places: dict[str, list[int]] = defaultdict(list)
        by_slug: dict[str, list[int]] = defaultdict(list)
        for n, one in enumerate(told):
            by_slug[slugs[n]].append(n)
            for key in (one.place, *_names(one.facts)):
                places[key].append(n)
        self._index = _Index(places, by_slug)

    def mentions(self, reference: Reference) -> tuple[int, ...]:
        """Return the mentions that are meant, in their order; none where nothing fits."""
        text = reference.text
        scheme = next((p for p in _PREFIXES if text.lower().startswith(p)), "")
        bare = text[len(scheme) :].strip()
        if text in self._index.places:
            return tuple(self._index.places[text])
        if scheme in {"", "slug:"} and (found := self._of_slug(bare)):
            return found
        for key in _keys(bare, scheme):
            if key in self._index.places:
                return tuple(self._index.places[key])
        return ()

    def _of_slug(self, slug: str) -> tuple[int, ...]:
        """Return the mentions of a slug's paper, those too that papers.lock remembers for it."""
        now = self._lock.slug_of(slug)
        keys = self._lock.keys.get(now, frozenset())
        found = set(self._index.slugs.get(now, ()))
        for key in keys:
            by_id = not key.startswith("title:")
            for n in self._index.places.get(key, ()):
                # A title of a paper that has its own line stands for that one.
                if by_id or self._slugs[n] not in self._lock.keys:
                    found.add(n)
        return tuple(sorted(found))

    def unknown(self, reference: Reference) -> Problem:
        """Return the warning of a name that fits no paper."""
        names = [*self._index.slugs, *dict.fromkeys(one.facts.title for one in self._told)]
        near = process.extractOne(reference.text, names, score_cutoff=_NEAR)
        meant = f"did you mean '{near[0]}'? " if near else ""
        hint = f"{meant}name it by slug, arXiv id, DOI, title, or file:line of a mention"
        message = f"no paper is called '{reference.text}'"
        return warning(CORRECTIONS, reference.line, message, hint)


def _names(facts: Facts) -> list[str]:
    found = []
    if arxiv := arxiv_of(facts):
        found.append(f"arxiv:{arxiv}")
    if facts.doi:
        found.append(f"doi:{facts.doi}")
    return [*found, *title_keys([facts])]


def _keys(text: str, scheme: str) -> list[str]:
    """Return the keys that a name can mean, the surest first."""
    found = []
    if scheme in {"", "arxiv:"} and (number := identity.arxiv_id(text)):
        found.append(f"arxiv:{number[0]}")
    if scheme in {"", "doi:"} and (doi := identity.doi(text)):
        found.append(f"doi:{doi}")
    if scheme in {"", "title:"} and (title := identity.fingerprint(text)):
        found.append(f"title:{title}")
    return found


def rulings(corrections: Corrections, finder: Finder) -> tuple[Rulings, list[Problem]]:
    """Return which mentions the curator calls same or different, and names that fit none."""
    problems: list[Problem] = []
    same, different = [], []
    for row in corrections.same:
        found, faults = _found(row, finder)
        same.append(tuple(n for mentions in found for n in mentions))
        problems += faults
    for row in corrections.different:
        found, faults = _found(row, finder)
        clashes = _clashes(row, found)
        different += [] if clashes else [tuple(found)]
        problems += faults + clashes
    return Rulings(tuple(row for row in same if row), tuple(different)), problems


def _found(row: Iterable[Reference], finder: Finder) -> tuple[list[tuple[int, ...]], list[Problem]]:
    found = [(reference, finder.mentions(reference)) for reference in row]
    problems = [finder.unknown(reference) for reference, mentions in found if not mentions]
    return [mentions for _, mentions in found if mentions], problems


def _clashes(row: Sequence[Reference], found: Iterable[tuple[int, ...]]) -> list[Problem]:
    """Return a warning where two papers that should differ are named by the same mention."""
    seen: set[int] = set()
    for mentions in found:
        if not seen.isdisjoint(mentions):
            names = ", ".join(f"'{reference.text}'" for reference in row)
            message = f"some of {names} name the same mention: they are not parted"
            hint = "name each by what only it has: an id, its title, or file:line of a mention"
            return [warning(CORRECTIONS, row[0].line, message, hint)]
        seen.update(mentions)
    return []


def changes(
    corrections: Corrections, finder: Finder, papers: Sequence[Sequence[int]]
) -> tuple[dict[int, list[Change]], list[Problem]]:
    """Return what the curator says of each paper, by its place, and names that fit not one.

    `papers` holds each paper's mentions.
    """
    owner = {n: place for place, mentions in enumerate(papers) for n in mentions}
    found: dict[int, list[Change]] = defaultdict(list)
    problems = []
    for change in corrections.papers:
        meant = {owner[n] for n in finder.mentions(change.paper)}
        if not meant:
            problems.append(finder.unknown(change.paper))
        elif len(meant) > 1:
            problems.append(_many(change.paper, len(meant)))
        else:
            found[meant.pop()].append(change)
    return found, problems


def _many(reference: Reference, number: int) -> Problem:
    message = f"'{reference.text}' names {number} papers"
    hint = "it is left out; name the paper by its slug, id, or file:line of a mention"
    return warning(CORRECTIONS, reference.line, message, hint)


def kin(
    said: Mapping[int, Iterable[Change]], finder: Finder, papers: Sequence[Sequence[int]]
) -> tuple[dict[int, tuple[int, ...]], list[Problem]]:
    """Return the places of the related papers that the curator chose, and names that fit not one.

    By the paper's place, where the curator said anything of it; never the paper itself.
    """
    owner = {n: place for place, mentions in enumerate(papers) for n in mentions}
    found: dict[int, tuple[int, ...]] = {}
    problems = []
    for place, references in (
        (place, change.related)
        for place, changes in said.items()
        for change in changes
        if change.related is not None
    ):
        meant = [(one, {owner[n] for n in finder.mentions(one)} - {place}) for one in references]
        problems += [finder.unknown(one) for one in references if not finder.mentions(one)]
        problems += [_many(one, len(places)) for one, places in meant if len(places) > 1]
        found[place] = tuple(dict.fromkeys(n for _, ns in meant if len(ns) == 1 for n in ns))
    return found, problems


def corrected(facts: Facts, change: Change) -> Facts:
    """Return `facts` with the curator's word in place of the sources'."""
    changes: dict[str, Any] = {}
    for one in fields(Links):
        given = [address for kind, address in change.links if kind == one.name]
        known = getattr(facts.links, one.name)
        if given and isinstance(known, tuple):
            changes[one.name] = tuple(dict.fromkeys((*given, *known)))
        elif given:
            changes[one.name] = given[0]
    facts = replace(
        facts,
        title=change.title or facts.title,
        note=change.note or facts.note,
        links=replace(facts.links, **changes),
    )
    return with_addresses(facts, (address for kind, address in change.links if not kind))
