"""Write what readers take along: citations of each paper, and lists of papers in every form.

A list is the whole collection, a topic, a digest or an author's page. Each paper's record is
written once a form; lists are joined from these.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator import addresses
from generator.authors import Author
from generator.exports import bibliographies, record
from generator.exports.citations import Citation, citations
from generator.models import Catalog, OutputFile, Paper

SUFFIXES = ("bib", "abstracts.bib", "ris", "csl.json", "jsonl", "csv")
"""Of the files of a list, in the order in which pages offer them."""
_COLUMNS = (
    *("id", "slug", "url", "title", "authors", "published", "featured", "topics"),
    *("arxiv", "doi", "kind", "venue", "keywords", "code", "note", "tldr"),
)
_PARTED = "; "
_CITATIONS = ("bib", "ris", "csl.json")
_MANY = 1000
"""Authors up to which each has all files. Of 6,155 authors of 5,000 papers these were 156 MB."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Some papers of the collection under one address."""

    path: str
    """Site path without suffix, e.g. `data/topics/vision`."""
    name: str
    papers: tuple[Paper, ...]
    forms: tuple[str, ...] = SUFFIXES
    """Suffixes of its files."""


def files(catalog: Catalog, selections: Iterable[Selection]) -> Iterator[OutputFile]:
    """Yield the three citation files of each paper, then the files of each selection."""
    shelf = Shelf(catalog)
    for paper in catalog.papers:
        for suffix, form in (("bib", "bib"), ("ris", "ris"), ("json", "csl.json")):
            path = f"{addresses.paper(paper.slug)}cite.{suffix}"
            yield _file(path, shelf.file(form, (paper,)), f"the citation of “{paper.facts.title}”")
    for selection in selections:
        for form in selection.forms:
            # The records of papers.jsonl are the exports' own.
            if f"{selection.path}.{form}" != addresses.PAPERS_DATA:
                text = shelf.file(form, selection.papers)
                yield _file(f"{selection.path}.{form}", text, f"the list “{selection.name}”")


def selections(catalog: Catalog, authors: Sequence[Author] = ()) -> Iterator[Selection]:
    """Yield the whole collection, then each topic, each digest and each of `authors`."""
    yield Selection("data/papers", "all papers", catalog.papers)
    for topic in catalog.topics:
        path = addresses.data("topics", topic.slug)
        yield Selection(path, topic.name, catalog.in_topic[topic.slug])
    for digest in catalog.digests:
        path = addresses.data("digests", digest.slug)
        yield Selection(path, digest.title, catalog.in_digest[digest.slug])
    for author in authors:
        path = addresses.data("authors", author.slug)
        yield Selection(path, author.name, author.papers, author_forms(len(authors)))


def author_forms(authors: int) -> tuple[str, ...]:
    """Return the suffixes of an author's files, where so many authors have pages.

    Every paper stands in the lists of some six authors. Citations are small, and stay however
    a collection grows; abstracts and whole records of very many authors would outweigh the site.
    """
    return SUFFIXES if authors <= _MANY else _CITATIONS


def _file(path: str, text: str, origin: str) -> OutputFile:
    return OutputFile(path, text.encode(), origin)


class Shelf:
    """Every paper's record in every form, each written when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._written: dict[tuple[str, str], str] = {}

    @cached_property
    def citations(self) -> Mapping[str, Citation]:
        """The citation of each paper by its slug."""
        return citations(self._catalog.papers)

    def file(self, form: str, papers: Iterable[Paper]) -> str:
        """Return a file of `form`, one of `SUFFIXES` (or `abstracts.ris` and so on)."""
        records = [self._record(form, paper) for paper in papers]
        kind = form.removeprefix("abstracts.")
        if kind == "csl.json":
            return bibliographies.csl_file(records)
        if kind == "csv":
            return "".join((_row(columns(form)), *records))
        return ("\n" if kind in {"bib", "ris"} else "").join(records)

    def _record(self, form: str, paper: Paper) -> str:
        found = self._written.get((form, paper.slug))
        if found is None:
            found = self._written[form, paper.slug] = self._write(form, paper)
        return found

    def _write(self, form: str, paper: Paper) -> str:
        abstract = form.startswith("abstracts.")
        kind = form.removeprefix("abstracts.")
        if kind == "jsonl":
            return f"{_json(record(paper))}\n"
        if kind == "csv":
            return _row(self._cells(paper, columns(form)))
        citation = self.citations[paper.slug]
        if kind == "csl.json":
            return json.dumps(bibliographies.csl(citation, abstract=abstract), ensure_ascii=False)
        write: Callable[..., str] = {"bib": bibliographies.bibtex, "ris": bibliographies.ris}[kind]
        return write(citation, abstract=abstract)

    def _cells(self, paper: Paper, wanted: Iterable[str]) -> list[str]:
        facts = paper.facts
        known = record(paper) | {
            "authors": _PARTED.join(facts.authors),
            "featured": _PARTED.join(mention.digest for mention in paper.featured),
            "topics": _PARTED.join(place.topic for place in paper.topics),
            "arxiv": facts.arxiv,
            "doi": facts.doi,
            "keywords": _PARTED.join(facts.keywords),
            "code": _PARTED.join(facts.links.code),
        }
        return [str(known[name] or "") for name in wanted]


def columns(form: str) -> tuple[str, ...]:
    """Return the columns of a CSV file; abstracts stand last where they are wanted."""
    return (*_COLUMNS, "abstract") if form.startswith("abstracts.") else _COLUMNS


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
