"""Measure search: for each query of a public set, how high the right papers stand.

The simple method is lunr as it comes: title and text as two fields, its own ranking. Documents
with neither title nor text are left out; nothing is tuned on a set that is measured.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lunr import lunr

from benchmarks.quality.rows import Row
from generator.models import Catalog, Facts, Paper
from generator.search import files
from generator.search.finding import find
from generator.search.queries import parse
from generator.text import line

SOURCE = """Queries with the documents that answer them.

SciFact (Wadden and others, 2020; CC BY-NC 2.0 as BEIR gives it): 300 claims of its test set and
5,183 abstracts that may support or refute them. BEIR (Thakur and others, 2021) has it as one
archive, scifact.zip; unpack it here as scifact/, with corpus.jsonl, queries.jsonl and
qrels/test.tsv. Any other set in the form of BEIR may lie beside it.

CACM (the SMART collection; free for research): 3,204 records of the Communications of the ACM,
52 questions with answers. One-line summaries (the sentence with which authors of a conference
summed up their paper, as its list of papers has it; measure only): find the paper. Both as
NAME.json: {"documents": {id: {"title", "abstract"}}, "queries": {id: text}, "relevant":
{query: {document: grade}}}. A set whose queries have one right document each is measured by the
mean reciprocal rank among the first ten (MRR@10), others by nDCG@10."""

FIRST = 10
"""Places of an answer that count."""

Grades = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Set:
    """Documents, queries and which documents answer them."""

    name: str
    documents: Mapping[str, tuple[str, str]]
    """Title and text."""
    queries: Mapping[str, str]
    relevant: Mapping[str, Grades]
    """For each query its documents, the better the higher."""

    @property
    def measure(self) -> str:
        """`MRR@10` where each query has one right document, else `nDCG@10`."""
        known = all(len(grades) == 1 for grades in self.relevant.values())
        return f"MRR@{FIRST}" if known else f"nDCG@{FIRST}"


def measure(folder: Path) -> Iterator[Row]:
    """Yield a row for each set in `folder`."""
    for found in sets(folder):
        name = f"{found.name}, {len(found.documents):,} documents, {len(found.queries):,} queries"
        yield Row("search", name, found.measure, by_lunr(found), by_offprint(found))


def sets(folder: Path) -> Iterator[Set]:
    """Yield the sets of `folder` in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json":
            yield of_json(path)
        elif (path / "corpus.jsonl").is_file():
            yield of_beir(path)


def of_json(path: Path) -> Set:
    """Return the set of one file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    documents = {
        key: (each["title"] or "", each["abstract"] or "")
        for key, each in content["documents"].items()
    }
    return kept(path.stem, documents, content["queries"], content["relevant"])


def of_beir(folder: Path) -> Set:
    """Return the test set of a folder in the form of BEIR."""
    corpus, queries = (rows(folder / name) for name in ("corpus.jsonl", "queries.jsonl"))
    documents = {each["_id"]: (each.get("title") or "", each["text"]) for each in corpus}
    relevant: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
        for each in csv.DictReader(file, delimiter="\t"):
            relevant.setdefault(each["query-id"], {})[each["corpus-id"]] = int(each["score"])
    return kept(folder.name, documents, {each["_id"]: each["text"] for each in queries}, relevant)


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def kept(
    name: str,
    documents: Mapping[str, tuple[str, str]],
    queries: Mapping[str, str],
    relevant: Mapping[str, Grades],
) -> Set:
    """Return a set with the queries that some document answers."""
    answered = {
        query: {document: grade for document, grade in grades.items() if grade > 0}
        for query, grades in relevant.items()
        if query in queries
    }
    answered = {query: grades for query, grades in answered.items() if grades}
    return Set(
        name,
        {key: texts for key, texts in documents.items() if any(texts)},
        {query: line(queries[query]) for query in answered},
        answered,
    )


def by_lunr(found: Set) -> float:
    """Return what lunr reaches as it comes."""
    documents = [
        {"id": key, "title": title, "text": text} for key, (title, text) in found.documents.items()
    ]
    index = lunr(ref="id", fields=("title", "text"), documents=documents)
    # Signs between words would be commands to lunr.
    answers = {
        query: [hit["ref"] for hit in index.search(re.sub(r"\W+", " ", text))[:FIRST]]
        for query, text in found.queries.items()
    }
    return score(found, answers)


def by_offprint(found: Set) -> float:
    """Return what the search of a site reaches that holds the documents."""
    names = {f"d{number}": key for number, key in enumerate(sorted(found.documents))}
    papers = tuple(
        Paper(slug, Facts(title or "–", abstract=text or None), ())
        for slug, (title, text) in ((slug, found.documents[key]) for slug, key in names.items())
    )
    content = {file.path: file.content for file in files(Catalog(papers, ()))}
    read = cache(lambda name: content[f"search/{name}"])
    answers = {
        query: [names[hit.slug] for hit in find(read, text, FIRST).hits]
        for query, text in found.queries.items()
        if parse(text).wanted
    }
    return score(found, answers)


def score(found: Set, answers: Mapping[str, list[str]]) -> float:
    """Return the mean over all queries, in percent."""
    judge = reciprocal_rank if found.measure.startswith("MRR") else gain
    values = [judge(answers.get(query, []), found.relevant[query]) for query in found.queries]
    return 100 * sum(values) / len(values) if values else 0.0


def reciprocal_rank(answer: list[str], grades: Grades) -> float:
    """Return one by the place of the first right document, 0 without any."""
    return next((1 / place for place, key in enumerate(answer, 1) if key in grades), 0.0)


def gain(answer: list[str], grades: Grades) -> float:
    """Return the discounted cumulative gain, by that of the best order."""
    own = discounted([grades.get(key, 0) for key in answer])
    return own / discounted(sorted(grades.values(), reverse=True)[:FIRST])


def discounted(grades: list[int]) -> float:
    """Return the sum of the grades' gains, later ones discounted."""
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
