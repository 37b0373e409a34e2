"""Measure the related papers on graded pairs, beside the cosine of plain TF-IDF."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2, sqrt
from pathlib import Path
from typing import Any

from benchmarks.quality.rows import Row
from generator.models import Facts, Paper
from generator.related import kinship, ranking
from generator.words import fold

SOURCE = """\
CSFCube: 50 abstracts from computer linguistics, each with 100 or 250 others graded from 0 to 3
for how near they are in background, method or result (Mysore, O'Gorman, McCallum and Zamani
2021, University of Massachusetts Amherst), CC BY-NC 4.0: https://github.com/iesl/CSFCube.
As published: abstracts-csfcube-preds.jsonl, a line a paper
{"paper_id": "…", "title": "…", "abstract": ["a sentence", "…"]}, and for each of background,
method and result test-pid2anns-csfcube-….json: {query: {"cands": [id], "relevance_adju": [grade]}}.
Other sets: one .json file a set,
{"documents": {id: {"title": "…", "abstract": "…"}}, "queries": {id: {candidate: grade}}}.
MAP takes grades from 2 as related, or from 1 where no grade is higher. NDCG%20 looks at the first
fifth of the candidates, with the grades as gains. Simple: the cosine of TF-IDF over the words of
title and abstract, neither stemmed nor without stop words."""

ABSTRACTS = "abstracts-csfcube-preds.jsonl"
GRADES = "test-pid2anns-csfcube-*.json"
ENOUGH = 2
"""Grade from which CSFCube's own script counts a paper as related."""
WORD = re.compile(r"\w\w+")
FIRST = 0.2
"""Part of the candidates that NDCG%20 looks at."""

Grades = Mapping[str, float]
"""How near each candidate is, by its id; 0 is not at all."""


@dataclass(frozen=True, slots=True)
class Set:
    """Papers, and people's word on which are near."""

    name: str
    documents: Mapping[str, tuple[str, str]]
    """(title, abstract) by id."""
    queries: Sequence[tuple[str, Grades]]
    """Papers with their candidates; one more than once where it was judged in several ways."""


def measure(folder: Path) -> Iterator[Row]:
    """Yield two rows for each set in `folder`."""
    for found in sets(folder):
        kin = kinship(
            Paper(slug, Facts(title, abstract=abstract), ())
            for slug, (title, abstract) in found.documents.items()
        )
        plain = tf_idf(found.documents)
        least = least_grade(found.queries)
        simple, ours = [], []
        for query, grades in found.queries:
            order = sorted(grades, key=lambda other: (-cosine(plain[query], plain[other]), other))
            simple.append(marks([grades[other] for other in order], least))
            order = [other for other, _ in ranking(kin, query, grades)]
            ours.append(marks([grades[other] for other in order], least))
        name = f"{found.name}, {len(found.queries)} queries"
        for n, measured in enumerate(("MAP", "NDCG%20")):
            yield Row("related papers", name, measured, mean(simple, n), mean(ours, n))


def sets(folder: Path) -> Iterator[Set]:
    """Yield CSFCube, if its abstracts are there, and then the sets of the simple form."""
    facets = sorted(folder.glob(GRADES))
    if (folder / ABSTRACTS).is_file() and facets:
        yield Set("CSFCube", dict(abstracts(folder / ABSTRACTS)), list(judged(facets)))
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if "documents" in data and "queries" in data:
            documents = {
                one: (known.get("title") or "", known.get("abstract") or "")
                for one, known in data["documents"].items()
            }
            yield Set(path.stem, documents, [*data["queries"].items()])


def abstracts(path: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield id, title and abstract of each paper of CSFCube."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            yield str(paper["paper_id"]), (paper["title"] or "", " ".join(paper["abstract"]))


def judged(paths: Sequence[Path]) -> Iterator[tuple[str, Grades]]:
    """Yield the queries of all facets of CSFCube."""
    for path in paths:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for query, pool in found.items():
            grades = zip(map(str, pool["cands"]), pool["relevance_adju"], strict=True)
            yield query, {other: grade for other, grade in grades if other != query}


def least_grade(queries: Sequence[tuple[str, Grades]]) -> float:
    """Return the grade from which a paper counts as related."""
    return min(ENOUGH, max((max(grades.values(), default=0) for _, grades in queries), default=0))


def marks(grades: Sequence[float], least: float) -> tuple[float, float]:
    """Return average precision and NDCG%20 of candidates' grades in the order of a ranking."""
    related = [place for place, grade in enumerate(grades, 1) if grade >= least > 0]
    precision = [number / place for number, place in enumerate(related, 1)]
    most = max(1, int(FIRST * len(grades)))
    best = gain(sorted(grades, reverse=True)[:most])
    return (
        sum(precision) / len(precision) if precision else 0.0,
        gain(grades[:most]) / best if best else 0.0,
    )


def gain(grades: Sequence[float]) -> float:
    """Return the discounted gain; the first two places count in full, as in CSFCube's script."""
    return sum(grade / max(1.0, log2(place)) for place, grade in enumerate(grades, 1))


def mean(found: Sequence[Sequence[float]], column: int) -> float:
    """Return the mean of a column in percent."""
    return 100 * sum(marks[column] for marks in found) / max(1, len(found))


def tf_idf(documents: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Return for each document its words' counts times their rarity, as a vector of length 1."""
    counts = {
        one: Counter(word for text in texts for word in WORD.findall(fold(text)))
        for one, texts in documents.items()
    }
    spread: Counter[str] = Counter()
    for count in counts.values():
        spread.update(count.keys())
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for one, count in counts.items():
        worth = {w: n * (1 + log((1 + len(counts)) / (1 + spread[w]))) for w, n in count.items()}
        length = sqrt(sum(value * value for value in worth.values())) or 1.0
        found[one] = {word: value / length for word, value in worth.items()}
    return found


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how alike two vectors of length 1 are."""
    return sum(value * other.get(word, 0.0) for word, value in one.items())
