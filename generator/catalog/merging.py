"""Put together what several mentions say of one paper, and name what they disagree on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from generator.catalog.likeness import people
from generator.catalog.profiles import arxiv_of, is_preprint, profile
from generator.models import Facts, Links
from generator.problems import Problem, warning
from generator.readers.doubts import doubt

_FAR = 3
"""Years that a preprint may wait for its venue."""
_ALIKE = 0.3
"""Share of common names below which two lists are those of different people."""
_UNITED = ("categories", "keywords")
_HINT = "mend the wrong one, or say in corrections.yml whether they are one paper"


@dataclass(frozen=True, slots=True)
class Told:
    """What one mention says, and where."""

    facts: Facts
    file: str
    line: int

    @property
    def place(self) -> str:
        """File and line, as problems name them."""
        return f"{self.file}:{self.line}"


def merged(group: Sequence[Facts]) -> Facts:
    """Return what all mentions, earliest first, say together."""
    whole = group[0]
    for one in group[1:]:
        whole = together(whole, one)
    return whole


def together(first: Facts, later: Facts) -> Facts:
    """Return what two mentions say together: the first word on each fact, every link.

    Of abstracts the longest unbroken one counts, of days the most exact, of lists of authors
    the longer that names the same people, of versions the newest. A venue's DOI counts before a
    preprint's.
    """
    changes: dict[str, Any] = {}
    for one in fields(Facts):
        ours, theirs = getattr(first, one.name), getattr(later, one.name)
        if one.name in _UNITED:
            changes[one.name] = tuple(dict.fromkeys((*ours, *theirs)))
        elif one.name in _CHOSEN:
            changes[one.name] = _CHOSEN[one.name](first, later)
        else:
            changes[one.name] = ours or theirs
    return Facts(**changes)


def _abstract(first: Facts, later: Facts) -> str | None:
    known = [text for text in (first.abstract, later.abstract) if text]
    return max(known, key=lambda text: (doubt(text) is None, len(text)), default=None)


def _published(first: Facts, later: Facts) -> str | None:
    known = [day for day in (first.published, later.published) if day]
    return max(known, key=len, default=None)


def _authors(first: Facts, later: Facts) -> tuple[str, ...]:
    if len(later.authors) <= len(first.authors):
        return first.authors
    return later.authors if people(profile(first), profile(later)) in {None, 1} else first.authors


def _doi(first: Facts, later: Facts) -> str | None:
    known = [doi for doi in (first.doi, later.doi) if doi]
    return min(known, key=is_preprint, default=None)


def _version(first: Facts, later: Facts) -> str | None:
    known = [version for version in (first.version, later.version) if version]
    return max(known, key=version_number, default=None)


def version_number(version: str) -> int:
    """Return 3 for `v3`, 0 where it is not of that form."""
    digits = version.removeprefix("v")
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _links(first: Facts, later: Facts) -> Links:
    changes: dict[str, Any] = {}
    for one in fields(Links):
        ours, theirs = getattr(first.links, one.name), getattr(later.links, one.name)
        many = isinstance(ours, tuple)
        changes[one.name] = tuple(dict.fromkeys((*ours, *theirs))) if many else ours or theirs
    if first.doi and first.links.doi and _doi(first, later) != first.doi:
        changes["doi"] = later.links.doi
    return Links(**changes)


_CHOSEN: dict[str, Callable[[Facts, Facts], object]] = {
    "abstract": _abstract,
    "published": _published,
    "authors": _authors,
    "doi": _doi,
    "version": _version,
    "links": _links,
}


def conflicts(group: Sequence[Told]) -> Iterator[Problem]:
    """Yield a warning for each fact on which a mention contradicts the first that tells it."""
    for name, value, clash in _FACTS:
        known: Told | None = None
        seen: set[object] = set()
        for told in group:
            mine = value(told.facts)
            if not mine:
                continue
            known = known or told
            theirs = value(known.facts)
            if mine in seen or mine == theirs or not clash(known.facts, told.facts):
                continue
            seen.add(mine)
            verb = "differ" if name == "authors" else "differs"
            message = f"the {name} {verb} from {known.place}: {_shown(theirs)}, {_shown(mine)}"
            yield warning(told.file, told.line, message, _HINT)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " and ".join(value[:2]) + (" and others" if len(value) > 2 else "")
    return str(value)


def _year(facts: Facts) -> int | None:
    return profile(replace(facts, title="")).year or None


def _venue_doi(facts: Facts) -> str | None:
    return facts.doi if facts.doi and not is_preprint(facts.doi) else None


def _differ(first: Facts, later: Facts) -> bool:
    """Return that two values which are not equal are a conflict."""
    return True


def _far_apart(first: Facts, later: Facts) -> bool:
    ours, theirs = _year(first), _year(later)
    return ours is not None and theirs is not None and abs(ours - theirs) > _FAR


def _strangers(first: Facts, later: Facts) -> bool:
    common = people(profile(first), profile(later))
    return common is not None and common < _ALIKE


def _other_title(first: Facts, later: Facts) -> bool:
    """Return whether two titles have no word in common: a wrong id was copied."""
    ours, theirs = profile(first).title, profile(later).title
    return bool(ours and theirs) and not {w for w in ours if len(w) > 3} & {*theirs}


_FACTS: tuple[
    tuple[str, Callable[[Facts], object], Callable[[Facts, Facts], bool]],
    ...,
] = (
    ("arXiv id", arxiv_of, _differ),
    ("DOI", _venue_doi, _differ),
    ("year", _year, _far_apart),
    ("authors", lambda facts: facts.authors, _strangers),
    ("title", lambda facts: facts.title, _other_title),
)
