"""Find out which names on papers are one person's, and who has several papers.

It parts rather than joins. Names are one person's where family and given names agree, but for
case, accents, punctuation and the middle names that one of them lacks or shortens, as long as
only one fuller name fits. Given names that are all initials tell nobody apart: such a name
counts only where a single full name fits and both share a co-author.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator import identity
from generator.authors.names import Name, parsed
from generator.models import Paper
from generator.words import fold

FEWEST = 2
"""Papers that an author with a page has at the least."""
CROWD = 100
"""Authors of a paper up to which it tells who works with whom: cost grows with their square."""
_VARIANTS = 50
"""Forms of one first and family name up to which they are compared."""
_HASH = 8
"""Hexadecimal digits that stand for what an address has no letters for."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Author:
    """A person with several papers."""

    slug: str
    """From the name on the earliest paper: new papers do not change it."""
    name: str
    """The most frequent form, given names first."""
    family: str
    """Folded word under which an index lists the name."""
    papers: tuple[Paper, ...]
    """In the catalogue's order."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A co-author of somebody."""

    name: str
    author: Author | None
    """Where the co-author has several papers too."""
    papers: int
    """Written together."""


@dataclass(frozen=True, slots=True)
class Authors:
    """The people of a collection."""

    known: tuple[Author, ...]
    """Those with several papers, by family name."""
    by_paper: Mapping[str, tuple[Author | None, ...]]
    """By a paper's slug who stands behind each of its names, None for all others."""

    def companions(self, author: Author) -> list[Companion]:
        """Return who wrote papers with `author`, most papers first.

        Of equals those with pages come first, then by name. Papers of more than CROWD authors
        are left out.
        """
        found: Counter[Author | str] = Counter()
        for paper in author.papers:
            if len(paper.facts.authors) <= CROWD:
                found.update(set(self._signers(paper)) - {author})
        ranked = sorted(found, key=lambda one: (-found[one], isinstance(one, str), _said(one)))
        return [
            Companion(_said(one), one if isinstance(one, Author) else None, found[one])
            for one in ranked
        ]

    def _signers(self, paper: Paper) -> Iterable[Author | str]:
        for written, author in zip(paper.facts.authors, self.by_paper[paper.slug], strict=True):
            if author:
                yield author
            elif name := parsed(written):
                yield name.shown


def gather(papers: Sequence[Paper]) -> Authors:
    """Return the people behind the names on `papers`, which stand in the catalogue's order."""
    signed = {paper.slug: tuple(map(parsed, paper.facts.authors)) for paper in papers}
    person = _persons(name for names in signed.values() for name in names if name and name.full)
    who = {
        slug: [person[name.key] if name and name.full else None for name in names]
        for slug, names in signed.items()
    }
    _find_initials(signed, who)
    works: dict[Key, list[Paper]] = defaultdict(list)
    for paper in papers:
        for one in dict.fromkeys(who[paper.slug]):
            if one:
                works[one].append(paper)
    several = {one: tuple(found) for one, found in works.items() if len(found) >= FEWEST}
    known = _known(several, _forms(papers, signed, who))
    return Authors(
        tuple(known.values()),
        {slug: tuple(known.get(one) if one else None for one in who[slug]) for slug in who},
    )


def _persons(names: Iterable[Name]) -> dict[Key, Key]:
    """Return for each form of a full name the fullest form of the same person."""
    forms: dict[Key, Name] = {}
    for name in names:
        # Jean-Pierre and Jean Pierre are one, and no Jean with another name.
        forms[name.key] = min(forms.get(name.key, name), name, key=lambda one: len(one.given))
    namesakes: dict[tuple[str, tuple[str, ...]], list[Name]] = defaultdict(list)
    for name in forms.values():
        namesakes[name.family, name.given[:1]].append(name)
    found: dict[Key, Key] = {}
    for group in namesakes.values():
        for name in group:
            fullest = _fullest(name, group) if len(group) <= _VARIANTS else set()
            found[name.key] = fullest.pop() if len(fullest) == 1 else name.key
    return found


def _fullest(name: Name, group: Iterable[Name]) -> set[Key]:
    """Return the forms in `group` that `name` may be short for and that are short for no other."""
    above = [other for other in group if _fills(other, name)]
    return {key for other in above for key in _fullest(other, group)} or {name.key}


def _fills(fuller: Name, name: Name) -> bool:
    """Return whether `fuller` adds initials to `name`, or writes its initials out."""
    if fuller.key == name.key or len(fuller.given) < len(name.given):
        return False
    shared, added = fuller.given[: len(name.given)], fuller.given[len(name.given) :]
    agree = all(
        long == short or (len(short) == 1 and long.startswith(short))
        for long, short in zip(shared, name.given, strict=True)
    )
    # Another whole name is another person's as often as not: Jun Li, Jun Hao Li.
    return agree and all(len(part) == 1 for part in added)


def _find_initials(
    signed: Mapping[str, Sequence[Name | None]], who: Mapping[str, list[Key | None]]
) -> None:
    """Fill in `who` for names of initials: one full name fits, and a co-author is shared."""
    bearers, circles = _circles(signed, who)
    found = []
    for slug, names in signed.items():
        together = {one for one in who[slug] if one}
        for place, name in enumerate(names if len(names) <= CROWD else ()):
            if name is None or name.full:
                continue
            fitting = {
                one
                for one, initials in bearers.get(name.family, ())
                if initials.startswith(name.initials) or name.initials.startswith(initials)
            }
            if len(fitting) == 1 and fitting.isdisjoint(together):
                one = fitting.pop()
                if not circles[one].isdisjoint(together):
                    found.append((slug, place, one))
    # Only now: what was found for one name is no evidence for another.
    for slug, place, one in found:
        who[slug][place] = one


def _circles(
    signed: Mapping[str, Sequence[Name | None]], who: Mapping[str, Sequence[Key | None]]
) -> tuple[dict[str, set[tuple[Key, str]]], dict[Key, set[Key]]]:
    """Return by family name who bears it, with initials, and by person all co-authors."""
    bearers: dict[str, set[tuple[Key, str]]] = defaultdict(set)
    circles: dict[Key, set[Key]] = defaultdict(set)
    for slug, names in signed.items():
        together = {one for one in who[slug] if one} if len(names) <= CROWD else set()
        for name, one in zip(names, who[slug], strict=True):
            if name and one:
                bearers[name.family].add((one, name.initials))
                circles[one] |= together - {one}
    return bearers, circles


def _forms(
    papers: Iterable[Paper],
    signed: Mapping[str, Sequence[Name | None]],
    who: Mapping[str, Sequence[Key | None]],
) -> dict[Key, list[Name]]:
    """Return each person's full names as the papers have them, the earliest first."""
    found: dict[Key, list[Name]] = defaultdict(list)
    for paper in sorted(papers, key=lambda paper: (paper.first_day or "9999", paper.slug)):
        for name, one in zip(signed[paper.slug], who[paper.slug], strict=True):
            if name and one and name.full:
                found[one].append(name)
    return found


def _known(
    works: Mapping[Key, tuple[Paper, ...]], forms: Mapping[Key, Sequence[Name]]
) -> dict[Key, Author]:
    """Return the author behind each person of `works`, by family name."""
    best = {one: _best(forms[one]) for one in works}
    known: dict[Key, Author] = {}
    taken: set[str] = set()
    for one in sorted(works, key=lambda one: (best[one].sorting, fold(best[one].shown), one)):
        slug = identity.unique_slug(_wished(forms[one][0]), taken)
        taken.add(slug)
        known[one] = Author(slug, best[one].shown, best[one].sorting, works[one])
    return known


def _best(names: Sequence[Name]) -> Name:
    """Return the most frequent form, in its spelling with most accents."""
    forms = Counter(name.key for name in names)
    spellings = Counter(name.shown for name in names)
    return min(
        names,
        key=lambda name: (
            -forms[name.key],
            name.shown.isupper(),
            name.shown.isascii(),
            -len(name.shown),
            -spellings[name.shown],
            name.shown,
        ),
    )


def _wished(name: Name) -> str:
    """Return the slug of a name; what it leaves out, a few digits of a hash stand for."""
    folded = fold(name.shown)
    slug = identity.slug(folded)
    if slug.replace("-", "") == "".join(char for char in folded if char.isalnum()):
        return slug
    digits = hashlib.sha256("\n".join(name.key).encode()).hexdigest()[:_HASH]
    return f"{slug or 'author'}-{digits}"


def _said(one: Author | str) -> str:
    return one.name if isinstance(one, Author) else one
