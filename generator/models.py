"""The nouns of the field: papers, digests, topics and the catalogue that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.problems import Problem

UNSORTED = "unsorted"
"""Slug of the reserved topic of papers without evidence for any other."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies in the collection."""

    path: str
    """Relative to the collection, with forward slashes."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Links:
    """Where a paper can be found. Only addresses with http or https."""

    arxiv: str | None = None
    pdf: str | None = None
    doi: str | None = None
    hf: str | None = None
    code: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source says of a paper. Unknown is None or empty, never guessed."""

    title: str
    """Plain text in one line; LaTeX maths as the source has it."""
    authors: tuple[str, ...] = ()
    """Full names in the source's order."""
    abstract: str | None = None
    note: str | None = None
    """The curator's own words."""
    arxiv: str | None = None
    """Without version, e.g. `2503.09516` or `math/0211159`."""
    doi: str | None = None
    """Lower case, without resolver, e.g. `10.1145/3292500`."""
    version: str | None = None
    """Of the arXiv paper, e.g. `v2`."""
    kind: str | None = None
    """e.g. `article`, `inproceedings`."""
    venue: str | None = None
    published: str | None = None
    """The paper's own day: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    votes: int | None = None
    links: Links = Links()


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper's mention in one digest."""

    facts: Facts
    position: int
    """Place in the digest, counted from 1."""
    line: int
    """Line of the file at which the entry begins, counted from 1."""
    topics: tuple[str, ...] = ()
    """Slugs or names that the curator gave, best first."""
    file: str | None = None
    """File of the entry, where a digest is a folder of files; None where it is the digest's."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One list of papers that somebody chose."""

    path: str
    """File relative to the collection, or the folder whose files are its entries."""
    slug: str
    title: str
    date: str | None
    """`YYYY-MM-DD`; None for an undated digest."""
    entries: tuple[Entry, ...]
    curator: str | None = None
    source: str | None = None
    """Where the list came from: a name or an address."""
    intro: str | None = None
    notes: str | None = None
    """Who wrote the notes, where that was not the curator."""
    query: str | None = None
    """What the source was asked, where the digest was fetched: words of a search, or an address."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one file: entries = read + rejected."""

    path: str
    format: str | None
    """Name of the reader; None where no reader knew the form."""
    digests: tuple[Digest, ...] = ()
    rejected: int = 0
    """Entries that could not be used, each with exactly one error among the problems."""
    problems: tuple[Problem, ...] = ()

    @property
    def read(self) -> int:
        """Number of entries that were understood."""
        return sum(len(digest.entries) for digest in self.digests)

    @property
    def entries(self) -> int:
        """Number of entries in the file."""
        return self.read + self.rejected


@dataclass(frozen=True, slots=True)
class Example:
    """A paper that the curator names as typical of a topic."""

    text: str
    """Its title, arXiv id, DOI or slug, as written."""
    line: int | None = None
    """Line of topics.yml, counted from 1."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that the curator follows."""

    slug: str
    name: str
    scope: str = ""
    """What belongs here, in a sentence or two."""
    keywords: tuple[str, ...] = ()
    """Words and phrases of the field that speak for the topic."""
    without: tuple[str, ...] = ()
    """Words and phrases that speak against it."""
    parent: str | None = None
    """Slug of a broader topic, which lists the papers of this one too."""
    examples: tuple[Example, ...] = ()
    """Papers that teach which words go along with the topic."""
    code: str = ""
    """Two letters that stand for it where there is little room."""
    color: int = 1
    """Slot of the palette, 1 to 18; 0 is neutral, for papers without a topic."""
    line: int | None = None
    """Line of topics.yml, None for a topic that no file defines."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Line of each keyword and `not` word."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A paper's place in a topic, with the reason."""

    topic: str
    """Slug."""
    score: float
    """0 to 1, higher is surer."""
    why: tuple[str, ...]
    """The words that decided it, strongest first, as a reader would write them."""
    by: str
    """`rule` or `curator`."""


@dataclass(frozen=True, slots=True)
class Related:
    """A kindred paper and the words that both use."""

    slug: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a paper was featured."""

    digest: str
    """Slug."""
    date: str | None
    position: int
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, once, with every mention of it."""

    slug: str
    """Permanent: the paper's page is `papers/<slug>/`."""
    facts: Facts
    """Merged from all mentions."""
    featured: tuple[Mention, ...]
    """Earliest first, undated last."""
    pinned: tuple[str, ...] = ()
    """Topics in the curator's own word, slugs or names, best first."""
    pinned_at: tuple[str, int] | None = None
    """File and line of that word; None where it is a digest's."""
    kin: tuple[str, ...] | None = None
    """Slugs of the related papers that the curator chose; None leaves the choice to Offprint."""
    changed: str | None = None
    """Day of the newest dated digest that told something new of it."""
    topics: tuple[Assignment, ...] = ()
    """Best first; the first is the primary one. Never empty once topics were assigned."""
    tldr: str | None = None
    """The sentence of the abstract that sums it up best, where one says more than the title."""
    related: tuple[Related, ...] = ()
    """Nearest first."""

    @property
    def id(self) -> str:
        """`arxiv:…` or `doi:…` where known, else `offprint:<slug>`."""
        if self.facts.arxiv:
            return f"arxiv:{self.facts.arxiv}"
        return f"doi:{self.facts.doi}" if self.facts.doi else f"offprint:{self.slug}"

    @property
    def uri(self) -> str:
        """Site path of the paper's page."""
        return f"papers/{self.slug}/"

    @property
    def first_day(self) -> str | None:
        """Day of the first dated digest that featured it, None where all are undated."""
        return next((mention.date for mention in self.featured if mention.date), None)

    @property
    def last_day(self) -> str | None:
        """Day of the newest dated digest that featured it."""
        return max((mention.date for mention in self.featured if mention.date), default=None)

    @property
    def year(self) -> str | None:
        """Year in which the paper itself appeared, where known."""
        return self.facts.published[:4] if self.facts.published else None


@dataclass(frozen=True)
class Catalog:
    """All papers, digests and topics of a collection, and the ways between them.

    Order: digests newest first, undated last; papers by their first day, newest first,
    undated last, those of one day in the order of their digest.
    """

    papers: tuple[Paper, ...]
    digests: tuple[Digest, ...]
    topics: tuple[Topic, ...] = ()
    """In the curator's order; `unsorted` last, only where it has papers."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Slugs given up, each with the slug that took its place."""

    @cached_property
    def by_slug(self) -> dict[str, Paper]:
        """Each paper by its slug."""
        return {paper.slug: paper for paper in self.papers}

    @cached_property
    def topic(self) -> dict[str, Topic]:
        """Each topic by its slug."""
        return {topic.slug: topic for topic in self.topics}

    @cached_property
    def in_topic(self) -> dict[str, tuple[Paper, ...]]:
        """Papers of each topic, also as a second one, in the catalogue's order."""
        found: dict[str, list[Paper]] = {topic.slug: [] for topic in self.topics}
        for paper in self.papers:
            for assignment in paper.topics:
                found[assignment.topic].append(paper)
        return {slug: tuple(papers) for slug, papers in found.items()}

    @cached_property
    def in_digest(self) -> dict[str, tuple[Paper, ...]]:
        """Papers of each digest in the curator's order; a paper mentioned twice stands once."""
        places: dict[str, list[tuple[int, Paper]]] = {digest.slug: [] for digest in self.digests}
        for paper in self.papers:
            for slug in {mention.digest for mention in paper.featured}:
                first = min(m.position for m in paper.featured if m.digest == slug)
                places[slug].append((first, paper))
        return {
            slug: tuple(paper for _, paper in sorted(found, key=lambda place: place[0]))
            for slug, found in places.items()
        }


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of docs/, ready to be written."""

    path: str
    """Relative to docs/, with forward slashes."""
    content: bytes
    origin: str
    """What it was made from, for messages: `the paper “…” (digests/x.md:12)`."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two mentions that were merged, or nearly, with no shared id or equal title to decide it."""

    merged: bool
    score: float
    """How likely they are one paper, from 0 to 1."""
    places: tuple[str, str]
    """`file:line` of both."""
    titles: tuple[str, str]
    reasons: tuple[str, ...]
    """What the two have in common or not."""
    against: tuple[str, ...] = ()
    """Why they were not merged."""


@dataclass(frozen=True, slots=True)
class Site:
    """All that a collection becomes, before MkDocs."""

    catalog: Catalog
    files: tuple[OutputFile, ...]
    """Sorted by path; no two have the same."""
    readings: tuple[Reading, ...]
    """One a file of digests/, sorted by path."""
    problems: tuple[Problem, ...]
    """Those of the readings included; by file and line."""
    lock: str
    """What papers.lock should hold."""
    likenesses: tuple[Likeness, ...] = ()
    """Merges, most doubtful first, then near misses, most likely first."""
