"""Turn a catalogue into a search index for the browser, and search it in the same way here.

`templates/theme/assets/search-core.js` is the other half of `parse` and `find`: order and
scores agree to the last digit, which a test in a browser compares.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token import Token

from generator.models import Catalog, OutputFile, Paper
from generator.text import readable, shorten
from generator.views import authors
from generator.words import completed, compounds, fold, is_cjk, key, stem, terms

FIELD = "t"
"""The only field of the index: titles with a boost of their own made the ranking worse."""
TITLE_WEIGHT = 3
"""How often the title is counted."""
SNIPPET = 300
"""Characters of the note or abstract that a result shows at the most."""
QUERY_LENGTH = 1000
"""Characters of a query that count."""
QUERY_WORDS = 32
"""Words of a query that count."""
SHORT = 4
"""Words of a query up to which each counts the same; among more, rare words count more."""
FEW = 10
"""Papers with all words below which papers with some of them follow."""
EXPANSIONS = 64
"""Words that an unfinished word stands for at the most."""
CONTINUED = 0.25
"""What a continuation of an unfinished word counts next to the word itself."""

_SPACE = re.compile(r"[ \t-\r]+")
# An arXiv id alone, however it was copied: `arXiv:…`, an address, with a version, as a PDF.
_IDENTIFIER = re.compile(
    r" ?(?:[^ ]*[/:] ?)?([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})"
    r"(?:v[0-9]+)?(?:\.pdf)? ?"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that answers a query."""

    slug: str
    title: str
    url: str
    """Relative to the site's root."""
    score: float
    """Words of the query that the paper has (of a long query: all or none), one more
    for the very title or id, plus less than 1 for how well it fits."""


@dataclass(frozen=True, slots=True)
class Word:
    """What one word of a query looks for: all parts, or the parts written as one."""

    whole: str | None
    parts: tuple[str, ...]
    """Folded, not stemmed."""
    unfinished: bool
    """Whether the reader may still be typing it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart."""

    text: str
    """Folded, with single blanks; of an arXiv id in any dress the bare id."""
    wanted: tuple[Word, ...]
    excluded: tuple[Word, ...]


def files(catalog: Catalog) -> tuple[OutputFile, ...]:
    """Return the index, what its results show, and lunr itself, sorted by path."""
    papers = sorted(catalog.papers, key=lambda paper: paper.slug)
    return (
        OutputFile("search/index.json", _dump(_index(catalog, papers)), "the search index"),
        OutputFile("search/lunr.js", _lunr(), "lunr as MkDocs brings it"),
        OutputFile("search/papers.json", _dump(_shown(catalog, papers)), "the search index"),
    )


def _lunr() -> bytes:
    folder = resources.files("mkdocs") / "contrib" / "search" / "templates" / "search"
    return (folder / "lunr.js").read_bytes()


def _dump(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _index(catalog: Catalog, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return lunr's serialised index; a paper's reference is its place in `papers`."""
    builder = Builder()
    if papers:  # lunr divides by their number
        builder.field(FIELD)
    builder.pipeline.add(_split)
    for number, paper in enumerate(papers):
        # One token for the whole text: lunr's own splitting costs a third of the build.
        builder.add({"id": number, FIELD: [_text(catalog, paper)]})
    index: dict[str, Any] = builder.build().serialize()
    return index


def _split(token: Token, *_: object) -> list[str]:
    return terms(str(token))


Pipeline.register_function(_split, "offprint")


def _text(catalog: Catalog, paper: Paper) -> str:
    facts = paper.facts
    names = (catalog.topic[one.topic].name for one in paper.topics)
    rest = (facts.abstract, facts.note, *facts.authors, *names, *facts.keywords, facts.arxiv)
    return "\n".join((*[readable(facts.title)] * TITLE_WEIGHT, *(text for text in rest if text)))


def _shown(catalog: Catalog, papers: Iterable[Paper]) -> dict[str, Any]:
    """Return what results show; topics stand once, papers name them by their place."""
    places = {topic.slug: place for place, topic in enumerate(catalog.topics)}
    return {
        "topics": [
            {"slug": topic.slug, "name": topic.name, "ink": topic.color} for topic in catalog.topics
        ],
        "papers": [_result(paper, places) for paper in papers],
    }


def _result(paper: Paper, places: Mapping[str, int]) -> dict[str, Any]:
    facts = paper.facts
    shown = {
        "slug": paper.slug,
        "title": readable(facts.title),
        "authors": authors(facts.authors),
        "year": paper.year,
        "arxiv": facts.arxiv,
        "topics": [places[one.topic] for one in paper.topics],
        "text": shorten(" ".join(readable(facts.note or facts.abstract or "").split()), SNIPPET),
    }
    return {name: value for name, value in shown.items() if value}


def parse(query: str) -> Query:
    """Return what `query` looks for; no text is too odd for it."""
    text = _SPACE.sub(" ", fold(query[:QUERY_LENGTH]))
    if found := _IDENTIFIER.fullmatch(text):
        text = found[1]
    wanted: dict[tuple[str | None, tuple[str, ...]], Word] = {}
    excluded: list[Word] = []
    pieces = text.split(" ")
    for place, piece in enumerate(pieces, start=1):
        for compound in compounds(piece):
            if not compound.parts:
                continue
            last = place == len(pieces) and compound.end == len(piece)
            if piece.startswith("-"):
                excluded.append(Word(compound.whole, compound.parts, False))
            else:
                word = Word(compound.whole, compound.parts, last)
                wanted[word.whole, word.parts] = word
    return Query(text, tuple(wanted.values())[:QUERY_WORDS], tuple(excluded[:QUERY_WORDS]))


def find(
    index_json: bytes | Mapping[str, Any],
    papers_json: bytes | Mapping[str, Any],
    query: str,
    limit: int,
) -> list[Hit]:
    """Return the papers that answer `query`, best first, at most `limit`; ties by slug.

    Papers with all its words; where these are fewer than `FEW`, so many of the others
    follow; where there are none, all others do.
    """
    papers = _load(papers_json)["papers"]
    shelf = _Shelf(Index.load(_load(index_json)))
    scores, complete = _scores(shelf, papers, parse(query))
    ranked = sorted(scores, key=lambda ref: (-scores[ref], papers[ref]["slug"]))
    shown = ranked[: max(complete, FEW)] if complete else ranked
    return [_hit(papers[ref], scores[ref]) for ref in shown[:limit]]


def _load(content: bytes | Mapping[str, Any]) -> Any:
    return json.loads(content) if isinstance(content, bytes) else content


def _hit(paper: Mapping[str, Any], score: float) -> Hit:
    return Hit(paper["slug"], paper["title"], f"papers/{paper['slug']}/", score)


class _Shelf:
    """The index while one query is answered; it notes the terms that found papers."""

    def __init__(self, lunr: Index) -> None:
        self._lunr = lunr
        self._vocabulary = sorted(lunr.inverted_index)
        self._boosts: dict[str, float] = {}

    def papers(self, word: Word) -> set[str]:
        """Return the references of the papers that have `word`."""
        *finished, last = word.parts
        found = self._having(last, word.unfinished)
        for part in finished:
            found &= self._having(part, False)
        return found | self._having(word.whole, word.unfinished) if word.whole else found

    def fits(self) -> dict[str, float]:
        """Return lunr's own score of each paper that has any term noted so far."""
        if not self._boosts:
            return {}
        query = self._lunr.create_query()
        for term, boost in self._boosts.items():
            query.term(term, boost=boost, use_pipeline=False)
        return {found["ref"]: found["score"] for found in self._lunr.query(query)}

    def _having(self, part: str, unfinished: bool) -> set[str]:
        boosts = dict.fromkeys(self._continuations(part) if unfinished else (), CONTINUED)
        own = [stem(part), *(completed(part) if unfinished else ())]
        boosts |= dict.fromkeys((term for term in own if term in self._lunr.inverted_index), 1.0)
        found: set[str] = set()
        for term, boost in boosts.items():
            self._boosts[term] = max(boost, self._boosts.get(term, 0.0))
            found |= self._posting(term).keys()
        return found

    def _posting(self, term: str) -> dict[str, Any]:
        posting: dict[str, Any] = self._lunr.inverted_index[term][FIELD]
        return posting

    def _continuations(self, part: str) -> Sequence[str]:
        """Return the terms that begin with `part`, those of most papers first."""
        if len(part) < 2 and not is_cjk(part):
            return ()
        first = last = bisect_left(self._vocabulary, part)
        while last < len(self._vocabulary) and self._vocabulary[last].startswith(part):
            last += 1
        found = self._vocabulary[first:last]
        return sorted(found, key=lambda term: (-len(self._posting(term)), term))[:EXPANSIONS]


def _scores(
    shelf: _Shelf, papers: Sequence[Mapping[str, Any]], query: Query
) -> tuple[dict[int, float], int]:
    """Return the score of each paper that answers `query`, and how many have all its words."""
    covered: dict[str, int] = {}
    for word in query.wanted:
        for ref in shelf.papers(word):
            covered[ref] = covered.get(ref, 0) + 1
    fits = shelf.fits()
    for word in query.excluded:
        for ref in shelf.papers(word):
            covered.pop(ref, None)
    asked = len(query.wanted)
    complete = {ref for ref, count in covered.items() if count == asked}
    scores = {
        int(ref): (count if count == asked or asked <= SHORT else 0) + fits[ref] / (1 + fits[ref])
        for ref, count in covered.items()
    }
    # A title of stop words alone has no word in the index.
    meant = _meant(query, papers, map(int, complete) if asked else range(len(papers)))
    for place in meant:
        scores[place] = scores.get(place, 0) + 1
    return scores, len(complete) if asked else len(meant)


def _meant(query: Query, papers: Sequence[Mapping[str, Any]], refs: Iterable[int]) -> list[int]:
    """Return those of `refs` whose very title or arXiv id the query is."""
    title = key(query.text)
    return [
        ref
        for ref in refs
        if (title and title == key(papers[ref]["title"]))
        or query.text == fold(papers[ref].get("arxiv", ""))
    ]
