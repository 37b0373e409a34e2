"""Turn a catalogue into the files that search needs, in the browser and in the terminal.

Up to `SMALL` papers they are five: the index, the places of its words, the words as they are
written, what results show, what narrows them. Of a larger collection the first, second and
fourth are parted, so that a query loads no more than what it needs. `generator/search/shelf.py`
reads all but the last.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from lunr.stop_word_filter import WORDS as STOP_WORDS

from generator import maths
from generator.models import Catalog, OutputFile, Paper
from generator.pages.views import authors
from generator.search import acronyms
from generator.search.facets import count
from generator.search.postings import Entry, Tally, serialised
from generator.text import shorten
from generator.words import numeral, runs, spelt, terms

SNIPPET = 300
"""Characters of the note or abstract that a result shows at the most."""
SMALL = 1000
"""Papers up to which nothing is parted."""
PART = 120_000
"""Characters of postings in a part of the index, unless a single term has more."""
FRAME = 20
"""Characters around a posting."""
CHUNK = 250
"""Papers in a part of what results show."""
SHORTEST = 4
"""Letters of a word for which spelling mistakes are looked up."""


def files(catalog: Catalog, *, small: int = SMALL) -> tuple[OutputFile, ...]:
    """Return the index, what its results show, and lunr itself, sorted by path."""
    papers = sorted(catalog.papers, key=lambda paper: paper.slug)
    whole = len(papers) <= small
    tally = _tally(catalog, papers)
    known = tally.counts()
    parts = list(_parts(tally.entries(), None if whole else PART))
    chunk = max(1, len(papers)) if whole else CHUNK
    head = {
        "papers": len(papers),
        "chunk": chunk,
        "lengths": {field: tally.lengths[field] for field in ("t", "b")},
        "acronyms": acronyms.learn(map(_prose, papers), known),
        "bare": [number for number, paper in enumerate(papers) if not terms(_title(paper))],
        "parts": [] if whole else [part[0].term for part in parts],
    }
    made = {
        "index.json": serialised(
            parts[0] if whole and parts else (), _vectors(tally, whole), **head
        ),
        "words.json": _dump(_spelling(papers)),
        "facets.json": _dump(count(catalog)),
        **_shown(catalog, papers, chunk, whole),
    }
    for number, part in enumerate(parts or [[]]):
        suffix = "" if whole else f"-{number}"
        made[f"positions{suffix}.json"] = f"[{','.join(one.places for one in part)}]".encode()
        if not whole:
            made[f"index{suffix}.json"] = serialised(part, ())
    found = [OutputFile(f"search/{name}", made[name], "the search index") for name in made]
    lunr = OutputFile("search/lunr.js", _lunr(), "lunr as MkDocs brings it")
    return tuple(sorted([*found, lunr], key=lambda file: file.path))


def _lunr() -> bytes:
    folder = resources.files("mkdocs") / "contrib" / "search" / "templates" / "search"
    return (folder / "lunr.js").read_bytes()


def _dump(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _tally(catalog: Catalog, papers: Iterable[Paper]) -> Tally:
    """Count the words of `papers`; a paper's number is its place."""
    tally = Tally()
    for paper in papers:
        facts = paper.facts
        names = (catalog.topic[one.topic].name for one in paper.topics)
        number = numeral(facts.arxiv) if facts.arxiv else None
        body = (facts.abstract, facts.note, *facts.keywords, *names, number)
        tally.add({"t": (facts.title,), "b": (text for text in body if text), "a": facts.authors})
    return tally


def _title(paper: Paper) -> str:
    return maths.plain(paper.facts.title)


def _prose(paper: Paper) -> str:
    facts = paper.facts
    return "\n".join(text for text in (facts.title, facts.abstract, facts.note) if text)


def _vectors(tally: Tally, whole: bool) -> Iterator[str]:
    """Yield the names of the fields that lunr's own search asks for; it has no use for parts."""
    for field, lengths in tally.lengths.items():
        yield from (
            f"{field}/{number}" for number, length in enumerate(lengths) if whole and length
        )


def _parts(entries: Iterable[Entry], size: int | None) -> Iterator[list[Entry]]:
    """Yield neighbouring terms together, at most `size` characters; all at once for None."""
    part: list[Entry] = []
    taken = 0
    for entry in entries:
        length = len(entry.term) + len(entry.posting) + FRAME
        if part and size is not None and taken + length > size:
            yield part
            part, taken = [], 0
        part.append(entry)
        taken += length
    if part:
        yield part


def _spelling(papers: Iterable[Paper]) -> dict[str, list[Any]]:
    """Return the words of all texts as they are written, folded, and how many papers have each."""
    counts: Counter[str] = Counter()
    for paper in papers:
        facts = paper.facts
        texts = (facts.title, facts.abstract, facts.note, *facts.authors, *facts.keywords)
        counts.update({word for text in texts if text for run in runs(text) for word in spelt(run)})
    kept = sorted(
        word
        for word in counts
        if len(word) >= SHORTEST and word.isalpha() and word not in STOP_WORDS
    )
    return {"words": kept, "papers": [counts[word] for word in kept]}


def _shown(catalog: Catalog, papers: Sequence[Paper], chunk: int, whole: bool) -> dict[str, bytes]:
    """Return what results show; topics stand once, papers name them by their place."""
    places = {topic.slug: place for place, topic in enumerate(catalog.topics)}
    results = [_result(paper, places) for paper in papers]
    head = {
        "topics": [
            {"slug": topic.slug, "name": topic.name, "ink": topic.color} for topic in catalog.topics
        ],
        "papers": results if whole else [],
    }
    rest = (
        {}
        if whole
        else {
            f"papers-{start // chunk}.json": _dump(results[start : start + chunk])
            for start in range(0, len(results), chunk)
        }
    )
    return {"papers.json": _dump(head), **rest}


def _result(paper: Paper, places: Mapping[str, int]) -> dict[str, Any]:
    facts = paper.facts
    text = facts.note or paper.tldr or facts.abstract or ""
    shown = {
        "slug": paper.slug,
        "title": _title(paper),
        "authors": authors(facts.authors),
        "year": paper.year,
        "arxiv": facts.arxiv,
        "topics": [places[one.topic] for one in paper.topics],
        "text": shorten(maths.plain(" ".join(text.split())), SNIPPET),
    }
    return {name: value for name, value in shown.items() if value}
