"""Turn the catalogue into what lists of papers show, each thing worked out once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from generator import addresses, maths
from generator.atlas import Atlas, draw
from generator.authors import Authors, gather
from generator.dates import readable as readable_date
from generator.exports.bundles import SUFFIXES
from generator.exports.citations import Citation, citations
from generator.models import Catalog, Digest, Paper, Topic
from generator.pages.sparks import Years
from generator.settings import Settings
from generator.trends.periods import Comparison, compared
from generator.trends.rising import Word, rising

_RISING = 12
"""Rising words that the site shows at the most."""
_NAMED_AUTHORS = 5
"""A list names so many authors; of more it names the first three."""
# `RNN-T` must not break at its hyphen. Runs on escaped text: references end in `;`.
_KEPT_TOGETHER = re.compile(r"(?<![\w&#;-])\w+-\w(?![\w-])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A topic by its name and colour."""

    name: str
    uri: str
    ink: int
    """Slot of the palette, 1 to 18."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address outside the site."""

    kind: str
    """Part of an id in the page: `arxiv`, `pdf`, `doi`, `code`, …"""
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as a list shows it."""

    slug: str
    uri: str
    title: Markup
    authors: str
    year: str | None
    note: Markup | None
    short: Markup | None
    """The best sentence of the abstract, only where there is no note."""
    topics: tuple[Mark, ...]
    """Primary one first."""
    links: tuple[Link, ...]
    day: str | None
    """Of the first dated digest that featured it."""


@dataclass(frozen=True)
class Overview:
    """The catalogue and what several pages need to know of it."""

    catalog: Catalog
    settings: Settings

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """Each topic's mark by the topic's slug."""
        return {topic.slug: mark(topic) for topic in self.catalog.topics}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Each paper's entry by the paper's slug."""
        return {paper.slug: self._entry(paper) for paper in self.catalog.papers}

    @cached_property
    def citations(self) -> dict[str, Citation]:
        """Each paper's citation by the paper's slug."""
        return citations(self.catalog.papers)

    @cached_property
    def digests(self) -> dict[str, Digest]:
        """Each digest by its slug."""
        return {digest.slug: digest for digest in self.catalog.digests}

    @cached_property
    def places(self) -> dict[str, dict[str, int]]:
        """For each digest its papers' places, counted from 1 without gaps."""
        return {
            digest: {paper.slug: number for number, paper in enumerate(papers, 1)}
            for digest, papers in self.catalog.in_digest.items()
        }

    @cached_property
    def people(self) -> Authors:
        """Who stands behind the names on papers."""
        return gather(self.catalog.papers)

    @cached_property
    def latest_day(self) -> str | None:
        """Day of the newest dated digest."""
        return max((digest.date for digest in self.catalog.digests if digest.date), default=None)

    @cached_property
    def years(self) -> Years:
        """The years that the small charts of papers a year span."""
        return Years.spanning(self.catalog.papers, self.latest_day)

    @cached_property
    def atlas(self) -> Atlas | None:
        """The map of all papers."""
        return draw(self.catalog)

    @cached_property
    def compared(self) -> Comparison | None:
        """The newest papers and the older ones, where there is enough to compare."""
        return compared(self.catalog)

    @cached_property
    def rising(self) -> tuple[Word, ...]:
        """The words that new papers use more than old ones, the clearest first."""
        return rising(self.compared.new, self.compared.old, _RISING) if self.compared else ()

    @cached_property
    def shared(self) -> Counter[tuple[str, str]]:
        """For each two topics the number of papers that are in both; the slugs sorted."""
        found: Counter[tuple[str, str]] = Counter()
        for paper in self.catalog.papers:
            found.update(combinations(sorted({one.topic for one in paper.topics}), 2))
        return found

    @cached_property
    def days(self) -> Counter[str | None]:
        """How many digests each day has."""
        return Counter(digest.date for digest in self.catalog.digests)

    def fresh(self, topic: str) -> int:
        """Return how many papers of `topic` the latest dated digest brought."""
        papers = self.catalog.in_topic[topic]
        return sum(paper.first_day == self.latest_day for paper in papers) if self.latest_day else 0

    def known_by_day(self, digest: Digest) -> bool:
        """Tell whether the date alone says which digest is meant."""
        return digest.date is not None and self.days[digest.date] == 1

    def _entry(self, paper: Paper) -> Entry:
        facts = paper.facts
        return Entry(
            slug=paper.slug,
            uri=paper.uri,
            title=title(facts.title),
            authors=authors(facts.authors),
            year=paper.year,
            note=maths.typeset(facts.note) if facts.note else None,
            short=maths.typeset(paper.tldr) if paper.tldr and not facts.note else None,
            topics=tuple(self.marks[one.topic] for one in paper.topics),
            links=tuple(_first_of_each(links(paper))),
            day=paper.first_day,
        )


def last_change(papers: Iterable[Paper]) -> str | None:
    """Return the day of the newest digest that told something new of `papers`."""
    return max((paper.changed or paper.first_day or "" for paper in papers), default="") or None


def mark(topic: Topic) -> Mark:
    """Return the topic's name, address and colour."""
    return Mark(topic.name, addresses.topic(topic.slug), topic.color)


def when(digest: Digest) -> str:
    """Return the digest's readable date, or `Undated`."""
    return readable_date(digest.date) if digest.date else "Undated"


def beside_title(digest: Digest) -> str:
    """Return the digest's date for a place beside its title; empty where the title names it."""
    return "" if when(digest) in digest.title else when(digest)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of a whole list, to take along."""

    name: str
    uri: str


_FORMS = (
    ("BibTeX", "bib"),
    ("BibTeX with abstracts", "abstracts.bib"),
    ("RIS", "ris"),
    ("CSL-JSON", "csl.json"),
    ("CSV", "csv"),
    ("JSON lines", "jsonl"),
)


def list_files(path: str, forms: Iterable[str] = SUFFIXES) -> tuple[ListFile, ...]:
    """Return the files of the list at `path`, e.g. `data/topics/vision`, as pages offer them."""
    return tuple(
        ListFile(name, f"{path}.{suffix}") for name, suffix in _FORMS if suffix in set(forms)
    )


def title(text: str) -> Markup:
    """Return a title as a page shows it, terms such as `RNN-T` kept on one line."""
    return Markup(_KEPT_TOGETHER.sub(r'<span class="op-nb">\g<0></span>', str(maths.typeset(text))))


def authors(names: tuple[str, ...]) -> str:
    """Return the names for a list: all of up to five, else three and `others`."""
    if len(names) <= _NAMED_AUTHORS:
        return ", ".join(names)
    return ", ".join((*names[:3], "and others"))


def counted(number: int, noun: str) -> str:
    """Return `1 paper`, `1,204 papers`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def web_address(text: str | None) -> str | None:
    """Return `text` where it is an address that a browser opens without running it."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None


def links(paper: Paper) -> list[Link]:
    """Return where the paper and its code are found, best first; addresses of ids are made."""
    facts, known = paper.facts, paper.facts.links
    arxiv = quote(facts.arxiv, safe="/.") if facts.arxiv else None
    made = [
        ("pdf", "PDF", known.pdf or (arxiv and f"https://arxiv.org/pdf/{arxiv}")),
        ("arxiv", "arXiv", known.arxiv or (arxiv and f"https://arxiv.org/abs/{arxiv}")),
        ("doi", "DOI", known.doi or (facts.doi and f"https://doi.org/{quote(facts.doi)}")),
        *(("code", "Code", address) for address in known.code),
        *(("project", "Project", address) for address in known.project),
        ("hf", "Hugging Face", known.hf),
    ]
    safe = ((kind, label, web_address(address)) for kind, label, address in made)
    return [Link(kind, label, address) for kind, label, address in safe if address]


def _first_of_each(found: Iterable[Link]) -> Iterable[Link]:
    """Yield what a list shows: one address of each kind, the DOI only where arXiv has nothing."""
    by_kind: dict[str, Link] = {}
    for link in found:
        by_kind.setdefault(link.kind, link)
    wanted = ("arxiv" if "arxiv" in by_kind else "doi", "pdf", "code", "project")
    return (by_kind[kind] for kind in wanted if kind in by_kind)
