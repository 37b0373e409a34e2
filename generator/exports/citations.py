"""Turn papers into what a bibliography says of them: a key, a type, names and dates in parts.

Only what is known is said. A preprint of arXiv is `misc`, as arXiv's own BibTeX has it; a paper
whose kind no source told is `misc` too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from bibtexparser.middlewares.names import parse_single_name_into_parts
from lunr.stop_word_filter import WORDS as STOP_WORDS

from generator import maths
from generator.models import Paper
from generator.text import words

KINDS = frozenset(
    {"article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual"}
    | {"mastersthesis", "misc", "online", "phdthesis", "proceedings", "techreport", "unpublished"}
)
"""Types of BibTeX, and `online` of BibLaTeX; any other kind is `misc`."""
_ALIASES = {"conference": "inproceedings", "report": "techreport", "thesis": "phdthesis"}
_TITLE_WORDS = 3
_LONGEST_WORD = 20
# The last word of a name that no single person has.
_BODIES = frozenset(
    {"collaboration", "consortium", "group", "initiative", "institute", "lab", "labs", "network"}
    | {"organization", "organisation", "project", "society", "team", "university"}
)
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?")
_LATIN = re.compile(r"[a-z0-9]+")


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
    """ASCII letters, digits and hyphens; the same in every file."""
    kind: str
    """One of `KINDS`."""
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
    """Return the citation of each paper by its slug, in the order of `papers`.

    Two papers that would share a key: the one that was featured first keeps it, so that what
    people have written stays right when a new digest lands.
    """
    papers = tuple(papers)
    keys = _keys(papers)
    return {paper.slug: _citation(paper, keys[paper.slug]) for paper in papers}


def _citation(paper: Paper, key: str) -> Citation:
    facts = paper.facts
    kind = (facts.kind or "").lower()
    kind = _ALIASES.get(kind, kind)
    category = facts.categories[0] if facts.categories else ""
    return Citation(
        paper=paper,
        key=key,
        kind=kind if kind in KINDS else "misc",
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
    last = name.split()[-1:] or [""]
    if " " not in name.strip() or last[0].strip(".,").lower() in _BODIES or "," in name:
        return Person(family=name.strip(), body=" " in name.strip())
    parts = parse_single_name_into_parts(name, strict=False)
    if parts.last and parts.last[-1].strip(".").lower() in {"jr", "sr", "ii", "iii", "iv"}:
        *given, family = parts.first or [""]
        return Person(family, " ".join(given), " ".join(parts.von), " ".join(parts.last))
    return Person(" ".join(parts.last), " ".join(parts.first), " ".join(parts.von))


def _keys(papers: Iterable[Paper]) -> dict[str, str]:
    """Return the key of each paper: family name, year and words of the title, or its slug."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for paper in sorted(papers, key=_seniority):
        wanted = _wanted(paper)
        if wanted in taken:
            wanted = f"{wanted}-{sha256(paper.slug.encode()).hexdigest()[:4]}"
        while wanted in taken:
            wanted += "x"
        taken.add(wanted)
        keys[paper.slug] = wanted
    return keys


def _seniority(paper: Paper) -> tuple[str, str]:
    return (paper.first_day or "~", paper.slug)


def _wanted(paper: Paper) -> str:
    first = person(paper.facts.authors[0]).family if paper.facts.authors else ""
    said = [word for word in words(maths.plain(paper.facts.title)) if word not in STOP_WORDS]
    title = "".join(_ascii(word)[:_LONGEST_WORD] for word in said[:_TITLE_WORDS])
    year = paper.year or ""
    key = f"{_ascii(first)}{year}{title}" if first else f"{title}{year}"
    # A key that begins with a figure, or has no letter, is refused by some programs.
    return key if key[:1].isalpha() and title else f"paper-{paper.slug}"


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o")).lower()
    return "".join(_LATIN.findall(folded))
