"""Make the page of each paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from generator import addresses
from generator.dates import readable as readable_date
from generator.models import Assignment, Digest, Mention, Paper, Related
from generator.page import TOPICS, Page, Step
from generator.related import CHOSEN
from generator.text import readable, shorten
from generator.views import Entry, Link, Mark, Overview, beside_title, links, web_address, when

_DESCRIPTION = 200
"""Characters of a page's description at the most."""
_MORE = 1.5
"""How long an abstract is, next to its best sentence, for that to be shown before it."""
_SEARCHES = (
    ("arxiv", "Search arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("scholar", "Search Google Scholar", "https://scholar.google.com/scholar?q="),
    ("semantic", "Search Semantic Scholar", "https://www.semanticscholar.org/search?q="),
    ("hf", "Search Hugging Face", "https://huggingface.co/papers?q="),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A paper's place in a digest."""

    uri: str
    title: str
    day: str | None
    """Readable date, only where it alone says which digest is meant."""
    beside: str
    """Date or `undated`, to stand beside the title; empty where the title names it."""
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A topic of the paper and what speaks for it."""

    mark: Mark
    why: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A related paper and what it has in common with this one."""

    entry: Entry
    words: str
    authors: str
    chosen: bool
    """Whether the curator named it; then words and authors are empty."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The papers before and after one in its topic's list."""

    topic: Mark
    newer: Entry | None
    older: Entry | None


def paper_pages(overview: Overview) -> Iterator[Page]:
    """Yield one page per paper, in the catalogue's order."""
    beside = _neighbours(overview)
    signed = _signatures(overview)
    for paper in overview.catalog.papers:
        yield _page(overview, paper, beside.get(paper.slug), signed)


def _page(
    overview: Overview,
    paper: Paper,
    beside: Neighbours | None,
    signed: Mapping[tuple[str, str], str],
) -> Page:
    facts = paper.facts
    title = readable(facts.title)
    places = _places(overview, paper)
    reasons = [_reason(overview, one) for one in paper.topics]
    primary = reasons[0].mark if reasons else None
    found = links(paper)
    values = {
        "paper": paper,
        "entry": overview.entries[paper.slug],
        "authors": _sentence(facts.authors),
        "published": readable_date(facts.published) if facts.published else None,
        "buttons": _numbered(found),
        "related": [_kin(overview, paper, one) for one in paper.related],
        "searches": _searches(title) if not found and not _others(paper) else (),
        "others": _others(paper),
        "note": _paragraphs(facts.note),
        "signature": signed.get((paper.slug, facts.note)) if facts.note else None,
        "short": _short(paper),
        "abstract": _paragraphs(facts.abstract),
        "places": places,
        "reasons": reasons,
        "beside": beside,
    }
    return Page(
        uri=paper.uri,
        kind="paper",
        title=title,
        description=_description(paper, places),
        origin=_origin(paper),
        values=values,
        trail=(TOPICS, Step(primary.name, primary.uri, primary.ink)) if primary else (),
        ink=primary.ink if primary else None,
    )


def _neighbours(overview: Overview) -> dict[str, Neighbours]:
    """Return for each paper those around it in its primary topic."""
    found: dict[str, Neighbours] = {}
    for slug, papers in overview.catalog.in_topic.items():
        entries = [None, *(overview.entries[paper.slug] for paper in papers), None]
        for paper, newer, older in zip(papers, entries, entries[2:], strict=False):
            if paper.topics[0].topic == slug and (newer or older):
                found[paper.slug] = Neighbours(overview.marks[slug], newer, older)
    return found


def _signatures(overview: Overview) -> dict[tuple[str, str], str]:
    """Return for each paper's slug and note who wrote it, and in which digest."""
    entries = {
        (digest.slug, entry.position): (digest, entry.facts.note)
        for digest in overview.catalog.digests
        for entry in digest.entries
    }
    found: dict[tuple[str, str], str] = {}
    for paper in overview.catalog.papers:
        for mention in paper.featured:
            digest, note = entries.get((mention.digest, mention.position), (None, None))
            if digest and note:
                found.setdefault((paper.slug, note), _signature(digest))
    return found


def _signature(digest: Digest) -> str:
    day = when(digest) if digest.date else digest.title
    author = digest.notes or digest.curator
    return f"{author}, {day}" if author else day


def _places(overview: Overview, paper: Paper) -> list[Place]:
    """Return the paper's place in each digest, earliest first; each digest once."""
    once: dict[str, Mention] = {}
    for mention in paper.featured:
        once.setdefault(mention.digest, mention)
    return [_place(overview, paper, overview.digests[slug]) for slug in once]


def _place(overview: Overview, paper: Paper, digest: Digest) -> Place:
    return Place(
        uri=addresses.digest(digest.slug),
        title=digest.title,
        day=when(digest) if overview.known_by_day(digest) else None,
        beside=beside_title(digest) if digest.date else "undated",
        number=overview.places[digest.slug][paper.slug],
        total=len(overview.places[digest.slug]),
    )


def _reason(overview: Overview, assignment: Assignment) -> Reason:
    by_hand = "the curator’s choice" if assignment.by == "curator" else ""
    return Reason(overview.marks[assignment.topic], ", ".join(assignment.why) or by_hand)


def _kin(overview: Overview, paper: Paper, related: Related) -> Kin:
    chosen = related.why == (CHOSEN,)
    shared = () if chosen else related.why
    return Kin(
        entry=overview.entries[related.slug],
        words=", ".join(word for word in shared if word not in paper.facts.authors),
        authors=_sentence(tuple(word for word in shared if word in paper.facts.authors)),
        chosen=chosen,
    )


def _short(paper: Paper) -> str | None:
    """Return the summary, where the abstract that follows it is more than that sentence."""
    abstract = paper.facts.abstract or ""
    if not paper.tldr or 0 < len(abstract) < _MORE * len(paper.tldr):
        return None
    return readable(paper.tldr)


def _sentence(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _paragraphs(text: str | None) -> list[str]:
    return [part for part in readable(text or "").split("\n\n") if part.strip()]


def _numbered(found: list[Link]) -> list[Link]:
    """Return `found` with labels that tell apart several addresses of one kind."""
    seen: dict[str, int] = {}
    numbered = []
    for link in found:
        number = seen[link.kind] = seen.get(link.kind, 0) + 1
        label = link.label if number == 1 else f"{link.label} {number}"
        numbered.append(Link(link.kind, label, link.href))
    return numbered


def _others(paper: Paper) -> list[Link]:
    """Return the addresses of no known kind, each named by its host."""
    known = filter(web_address, paper.facts.links.other)
    return [Link("other", urlsplit(address).netloc, address) for address in known]


def _searches(title: str) -> list[Link]:
    return [Link(kind, label, base + quote_plus(title)) for kind, label, base in _SEARCHES]


def _description(paper: Paper, places: list[Place]) -> str:
    text = paper.facts.note or paper.tldr or paper.facts.abstract
    if not text:
        return f"A paper from the digest “{places[0].title}”." if places else "A paper."
    return shorten(readable(" ".join(text.split())), _DESCRIPTION)


def _origin(paper: Paper) -> str:
    first = f" ({paper.featured[0].file}:{paper.featured[0].line})" if paper.featured else ""
    return f"the paper “{paper.facts.title}”{first}"
