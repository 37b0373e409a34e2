"""Turn papers into what a bibliography says of them: a key, a type, names and dates in parts.

Only what is known is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from bibtexparser.middlewares.names import parse_single_name_into_parts

from generator.exports.kinds import kind_of
from generator.models import Paper
from generator.text import word_set

# The last word of a name that no single person has.
_BODIES = word_set(
    "collaboration consortium group initiative institute lab labs network organization"
    " organisation project society team university"
)
_SUFFIXES = word_set("jr sr ii iii iv")
_LONGEST_KEY = 40
_HASH = 4
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")
# BibTeX parts names at `and`, and takes the rest of a list for granted at `others`.
_PARTS = word_set("and others")


@dataclass(frozen=True, slots=True)
class Person:
    """An author as bibliographies sort and shorten names."""

    family: str
    """The whole name where it has no parts: of a group, or of one word."""
    given: str = ""
    particle: str = ""
    """e.g. `van der`."""
    suffix: str = ""
    """e.g. `Jr.`"""
    body: bool = False
    """Whether the name is a group's, not to be taken apart."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper as every form of bibliography tells it. Unknown is None or empty."""

    paper: Paper
    key: str
    """Small letters, digits and hyphens; the same in every file and for ever."""
    kind: str
    """One of `kinds.KINDS`."""
    authors: tuple[Person, ...]
    address: str | None
    """The best place to find the paper: DOI, then arXiv, then what the source names."""
    archive_class: str | None
    """arXiv's primary category, where the paper is arXiv's."""

    @property
    def date(self) -> tuple[str, ...]:
        """Year, month and day as far as they are known: `("2025", "03")`."""
        return tuple((self.paper.facts.published or "").split("-")) if self.dated else ()

    @property
    def dated(self) -> bool:
        """Whether at least the year is known."""
        return bool(self.paper.facts.published)


def citations(papers: Iterable[Paper]) -> dict[str, Citation]:
    """Return the citation of each paper by its slug, in the order of `papers`."""
    papers = tuple(papers)
    keys = {paper.slug: _short(paper.slug) for paper in papers}
    bearers = Counter(keys.values())
    return {
        slug: _citation(paper, key if bearers[key] == 1 else slug)
        for paper, (slug, key) in zip(papers, keys.items(), strict=True)
    }


def _short(slug: str) -> str:
    """Return a slug as a key that one can handle; of a long one its first words and a hash.

    A slug is kept by papers.lock. A key of names, year and title would change as soon as a
    digest tells one of them for the first time, or a curator mends it.
    """
    if len(slug) <= _LONGEST_KEY:
        return slug
    head = slug[: _LONGEST_KEY - _HASH].rpartition("-")[0] or slug[: _LONGEST_KEY - _HASH - 1]
    return f"{head}-{sha256(slug.encode()).hexdigest()[:_HASH]}"


def _citation(paper: Paper, key: str) -> Citation:
    facts = paper.facts
    category = facts.categories[0] if facts.categories else ""
    return Citation(
        paper=paper,
        key=key,
        kind=kind_of(facts),
        authors=tuple(map(person, facts.authors)),
        address=_address(paper),
        archive_class=category if facts.arxiv and _CATEGORY.fullmatch(category) else None,
    )


def _address(paper: Paper) -> str | None:
    facts, links = paper.facts, paper.facts.links
    if facts.doi:
        return links.doi or f"https://doi.org/{facts.doi}"
    if facts.arxiv:
        return f"https://arxiv.org/abs/{facts.arxiv}"
    return next(filter(None, (links.doi, links.arxiv, links.pdf, links.hf, *links.other)), None)


@lru_cache(maxsize=1 << 15)
def person(name: str) -> Person:
    """Return the parts of a full name, by BibTeX's rules: `Ludwig van Beethoven`."""
    name = name.strip()
    front, comma, end = name.rpartition(",")
    if comma and "," not in front and _is_suffix(end):
        return person(f"{front} {end.strip()}")
    last = name.split()[-1:] or [""]
    if " " not in name or last[0].strip(".,").lower() in _BODIES or _stands_apart(name):
        return Person(family=name, body=" " in name or "," in name)
    parts = parse_single_name_into_parts(name, strict=False)
    if parts.last and _is_suffix(parts.last[-1]):
        *given, family = parts.first or [""]
        found = Person(family, " ".join(given), " ".join(parts.von), " ".join(parts.last))
    else:
        found = Person(" ".join(parts.last), " ".join(parts.first), " ".join(parts.von))
    # `van Gogh` alone has no parts, and signs that mean something to BibTeX may be lost.
    safe = found.given and not name[0].islower() and whole(found) == " ".join(name.split())
    return found if safe else Person(family=name, body=True)


def whole(person: Person) -> str:
    """Return the name as one reads it."""
    parts = (person.given, person.particle, person.family, person.suffix)
    return " ".join(filter(None, parts))


def _is_suffix(word: str) -> bool:
    return word.strip(". ").lower() in _SUFFIXES


def _stands_apart(name: str) -> bool:
    """Return whether the name holds what bibliographies part lists and names at."""
    return bool(set(",;={}\\") & set(name)) or bool(_PARTS & set(name.lower().split()))
