"""Turn a digest into the email that tells of it: subject, first words, HTML and text."""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from jinja2 import Environment

from generator import addresses, maths, templating
from generator.models import UNSORTED, Catalog, Digest, Paper
from generator.pages.views import Link, authors, beside_title, counted, links
from generator.settings import Settings
from generator.text import line, paragraphs, shorten

LARGEST = 100_000
"""Bytes of the HTML at the most: Gmail hides what is beyond 102 kB."""
_TITLES = 100
"""Papers named by their titles only, where not all can be shown whole."""
_PREHEADER = 140
"""Characters that mail programs show beside the subject."""
_LINKS = ("arxiv", "doi", "pdf", "code", "project")
_WIDTH = 72


@dataclass(frozen=True, slots=True)
class Letter:
    """An email without sender and recipient. All in plain words but `html`."""

    subject: str
    """One line."""
    html: str
    """A whole document, its styles inlined."""
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A topic by its name and colour."""

    name: str
    href: str
    ink: int


@dataclass(frozen=True, slots=True)
class Item:
    """A paper as an email shows it. Plain text, formulas in characters."""

    number: int
    title: str
    href: str
    authors: str
    year: str | None
    note: tuple[str, ...]
    """Paragraphs of the curator's note."""
    short: str | None
    """The best sentence of the abstract, only where there is no note."""
    topics: tuple[Mark, ...]
    links: tuple[Link, ...]
    """One of each kind, without the paper's page."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an email says, before it is laid out."""

    digest: Digest
    site_name: str
    site: str
    """Absolute address of the home page."""
    web: str
    """Absolute address of the digest's page."""
    feeds: str
    items: tuple[Item, ...]
    imprint: str
    whole: int = 0
    """Papers shown with all that is known; the next ones by title."""
    titles: int = 0

    @property
    def title(self) -> str:
        """Title of the digest in plain words."""
        return line(maths.plain(self.digest.title))

    @property
    def subject(self) -> str:
        """The title, and the day where the title does not name it: many have one title."""
        return " · ".join(filter(None, (self.title, self.when)))

    @property
    def when(self) -> str:
        """The digest's day beside its title; empty where it has none or the title names it."""
        return beside_title(self.digest) if self.digest.date else ""

    @property
    def preheader(self) -> str:
        """The introduction, else the first titles."""
        titles = "; ".join(item.title for item in self.items[:4])
        said = line(maths.plain(self.digest.intro or ""))
        return shorten(said or f"{counted(len(self.items), 'paper')}: {titles}", _PREHEADER)


def draft(catalog: Catalog, digest: Digest, settings: Settings) -> Draft:
    """Return what the email of `digest` says, its papers in the curator's order."""
    site = settings.site_url
    papers = catalog.in_digest[digest.slug]
    return Draft(
        digest=digest,
        site_name=settings.site_name,
        site=site,
        web=site + addresses.digest(digest.slug),
        feeds=site + addresses.FEEDS,
        items=tuple(_item(catalog, paper, n, site) for n, paper in enumerate(papers, 1)),
        imprint=line(settings.mail_imprint),
    )


def fitted(made: Draft, environment: Environment) -> Draft:
    """Return the draft with as many papers whole as an email can hold, others by their titles."""
    number = len(made.items)

    def fits(whole: int, titles: int) -> bool:
        tried = replace(made, whole=whole, titles=titles)
        page = _html(environment, {**_values(tried), "unsubscribe": made.web})
        return len(page.encode()) <= LARGEST

    whole = _most(number, lambda n: fits(n, min(number - n, _TITLES)))
    titles = _most(min(number - whole, _TITLES), lambda n: fits(whole, n))
    return replace(made, whole=whole, titles=titles)


def _most(limit: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number up to `limit` that fits; 0 where none does."""
    if fits(limit):
        return limit
    return max(0, bisect_left(range(limit), True, key=lambda n: not fits(n)) - 1)


def letter(made: Draft, environment: Environment, unsubscribe: str | None = None) -> Letter:
    """Return the draft as an email; a faulty template raises TemplateFault.

    `unsubscribe` is the address for leaving that the foot of the email names.
    """
    values = {**_values(made), "unsubscribe": unsubscribe}
    words = templating.words_only(environment)
    text = templating.render(words, "email/letter.txt.j2", {**values, "wrapped": wrapped})
    return Letter(made.subject, _html(environment, values), text)


def wrapped(text: str, indent: int = 0, first: str = "") -> str:
    """Return `text` in lines of 72 columns; `first` hangs before the first one's indent."""
    blank = " " * indent
    filled = textwrap.fill(
        line(text),
        _WIDTH,
        initial_indent=first.ljust(indent),
        subsequent_indent=blank,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled or first


def _html(environment: Environment, values: dict[str, object]) -> str:
    # A shared object of 4 MB, which only emails need.
    import css_inline

    page = templating.render(environment, "email/letter.html.j2", values)
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    # The inliner puts rules first, and browsers look for the encoding in the first 1024 bytes.
    return inliner.inline(page).replace("<head>", '<head><meta charset="utf-8">', 1)


def _values(made: Draft) -> dict[str, object]:
    end = made.whole + made.titles
    return {
        "letter": made,
        "intro": _paragraphs(made.digest.intro),
        "count": counted(len(made.items), "paper"),
        "entries": made.items[: made.whole],
        "titles": made.items[made.whole : end],
        "left": len(made.items[end:]),
    }


def _item(catalog: Catalog, paper: Paper, number: int, site: str) -> Item:
    facts = paper.facts
    return Item(
        number=number,
        title=line(maths.plain(facts.title)),
        href=site + paper.uri,
        authors=authors(facts.authors),
        year=paper.year,
        note=_paragraphs(facts.note),
        short=line(maths.plain(paper.tldr)) if paper.tldr and not facts.note else None,
        topics=tuple(_marks(catalog, paper, site)),
        links=tuple(_one_of_each(links(paper))),
    )


def _paragraphs(text: str | None) -> tuple[str, ...]:
    said = paragraphs(text or "")
    return tuple(line(maths.plain(part)) for part in said.split("\n\n")) if said else ()


def _marks(catalog: Catalog, paper: Paper, site: str) -> Iterator[Mark]:
    for assignment in paper.topics:
        if assignment.topic != UNSORTED:
            topic = catalog.topic[assignment.topic]
            yield Mark(topic.name, site + addresses.topic(topic.slug), topic.color)


def _one_of_each(found: Iterable[Link]) -> Iterator[Link]:
    """Yield the first address of each kind in the order of `_LINKS`; no DOI beside arXiv."""
    by_kind: dict[str, Link] = {}
    for link in found:
        by_kind.setdefault(link.kind, link)
    if "arxiv" in by_kind:
        by_kind.pop("doi", None)
    return (by_kind[kind] for kind in _LINKS if kind in by_kind)
