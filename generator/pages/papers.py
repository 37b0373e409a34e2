"""Make the page of each paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote_plus, urlsplit

from markupsafe import Markup

from generator import addresses, maths
from generator.dates import readable as readable_date
from generator.exports.citations import Citation
from generator.models import Assignment, Paper, Related
from generator.pages import mentions, metadata
from generator.pages.cite import Cite
from generator.pages.page import TOPICS, Page, Step
from generator.pages.views import (
    Entry,
    Link,
    Mark,
    Overview,
    links,
    web_address,
)
from generator.related import CHOSEN
from generator.text import shorten

_DESCRIPTION = 200
"""Characters of a page's description at the most."""
_MORE = 1.5
"""How long an abstract is, next to its best sentence, for that to be shown before it."""
_CROWD = 40
"""Authors up to which all are named; of more the first, and all in a part that unfolds."""
_FIRST = 12
_FORMULA = re.compile(r"\$[^$]+\$")
_LATEX = re.compile(r"[\\${}]")
_SEARCHES = (
    ("arxiv", "Search arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("scholar", "Search Google Scholar", "https://scholar.google.com/scholar?q="),
    ("semantic", "Search Semantic Scholar", "https://www.semanticscholar.org/search?q="),
    ("hf", "Search Hugging Face", "https://huggingface.co/papers?q="),
)


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
class Signer:
    """A name on the paper."""

    before: str
    """What stands between it and the name before."""
    name: str
    uri: str | None
    """The author's page, where there is one."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The papers before and after one in its topic's list."""

    topic: Mark
    newer: Entry | None
    older: Entry | None


def pages(overview: Overview) -> Iterator[Page]:
    """Yield one page per paper, in the catalogue's order."""
    beside = _neighbours(overview)
    signed = mentions.signatures(overview)
    named = mentions.versions(overview)
    for paper in overview.catalog.papers:
        yield _page(overview, paper, beside.get(paper.slug), signed, named.get(paper.slug, []))


def _page(
    overview: Overview,
    paper: Paper,
    beside: Neighbours | None,
    signed: Mapping[tuple[str, str], str],
    versions: list[mentions.Seen],
) -> Page:
    facts = paper.facts
    title = maths.plain(facts.title)
    places = mentions.places(overview, paper)
    reasons = [_reason(overview, one) for one in paper.topics]
    primary = reasons[0].mark if reasons else None
    found = links(paper)
    signers = _signers(overview, paper)
    # Without scores, which no page shows: each digest changes some of nearly every paper.
    bare = replace(paper, topics=(), related=())
    values = {
        "paper": bare,
        "entry": overview.entries[paper.slug],
        "names": signers if len(signers) <= _CROWD else signers[:_FIRST],
        "signers": signers,
        "published": readable_date(facts.published) if facts.published else None,
        "buttons": _numbered(found),
        "versions": versions,
        "related": [_kin(overview, paper, one) for one in paper.related],
        "told": _told(overview.citations[paper.slug], title),
        "searches": _searches(title) if not found and not _others(paper) else (),
        "others": _others(paper),
        "note": _paragraphs(facts.note),
        "signature": signed.get((paper.slug, facts.note)) if facts.note else None,
        "short": _short(paper),
        "abstract": _paragraphs(facts.abstract),
        "cite": Cite(replace(overview.citations[paper.slug], paper=bare)),
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
        tags=metadata.tags(overview.citations[paper.slug]),
        thing=metadata.article(overview.citations[paper.slug]),
        changed=paper.last_day,
        later="related",
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


def _short(paper: Paper) -> Markup | None:
    """Return the summary, where the abstract that follows it is more than that sentence."""
    abstract = paper.facts.abstract or ""
    if not paper.tldr or 0 < len(abstract) < _MORE * len(paper.tldr):
        return None
    return maths.typeset(paper.tldr)


def _sentence(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _signers(overview: Overview, paper: Paper) -> list[Signer]:
    """Return the names on the paper in their order; together they read `A, B and C`."""
    names = paper.facts.authors
    known = overview.people.by_paper[paper.slug]
    before = ["", *[", "] * (len(names) - 2), " and "]
    return [
        Signer(between, name, addresses.author(author.slug) if author else None)
        for between, name, author in zip(before, names, known, strict=False)
    ]


def _told(citation: Citation, title: str) -> list[tuple[str, str]]:
    """Return what the reader's list keeps of a paper beside names and topics."""
    facts = citation.paper.facts
    told = {
        "key": citation.key,
        "title": title if title != facts.title else None,
        "tex": facts.title if title != facts.title and _only_formulas(facts.title) else None,
        "published": facts.published,
        "arxiv": facts.arxiv,
        "doi": facts.doi,
        "kind": citation.kind if citation.kind != "misc" else None,
        "venue": facts.venue,
        "url": citation.address if not (facts.arxiv or facts.doi) else None,
    }
    return [(name, value) for name, value in told.items() if value]


def _only_formulas(title: str) -> bool:
    """Tell whether LaTeX can print the title once its text is escaped: commands are in formulas."""
    return not _LATEX.search(_FORMULA.sub("", title))


def _paragraphs(text: str | None) -> list[Markup]:
    return [maths.typeset(part) for part in (text or "").split("\n\n") if part.strip()]


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


def _description(paper: Paper, places: list[mentions.Place]) -> str:
    facts = paper.facts
    # Programs such as Zotero take a page's description for the paper's abstract.
    text = f"Note: {facts.note}" if facts.note else paper.tldr or facts.abstract
    if not text:
        return f"A paper from the digest “{places[0].title}”." if places else "A paper."
    return shorten(maths.plain(" ".join(text.split())), _DESCRIPTION)


def _origin(paper: Paper) -> str:
    first = f" ({paper.featured[0].file}:{paper.featured[0].line})" if paper.featured else ""
    return f"the paper “{paper.facts.title}”{first}"
