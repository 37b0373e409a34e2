"""Measure the topics on conference areas, beside TF-IDF of the areas' names and keywords."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt
from pathlib import Path

from benchmarks.quality.rows import Row
from generator.models import Catalog, Facts, Paper, Topic
from generator.topics import rank
from generator.words import tokens

SOURCE = """\
Papers of the IJCAI conferences with the area of their session (noisy: one area a paper), and the
conference's own keywords of each area, gathered by the project paperlists (Liu and others):
https://github.com/papercopilot/paperlists. The texts are their authors'; for measuring only.
taxonomy.json: [{"name": "…", "keywords": ["…"]}], a topic each. One .jsonl file a part, a line a
paper: {"title": "…", "abstract": "…", "area": "the name of an area"}.
Nothing is trained: the names and keywords are the topics, and the papers without their areas the
collection. Simple: the topic whose name and keywords have the highest cosine of TF-IDF with the
paper, over stems. F1 is the mean over the areas that occur."""

TAXONOMY = "taxonomy.json"
FIRST = 3
"""Topics among which the right one is looked for."""
NAMES = ("accuracy", "macro-F1", f"in the first {FIRST}")

Ranking = Sequence[str]
"""Names of areas, best first."""


def measure(folder: Path) -> Iterator[Row]:
    """Yield three rows for each set in `folder`."""
    areas = json.loads((folder / TAXONOMY).read_text("utf-8"))
    topics = tuple(
        Topic(f"area-{place}", area["name"], keywords=tuple(area["keywords"]))
        for place, area in enumerate(areas)
    )
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            papers = [json.loads(line) for line in lines if line.strip()]
        right = [paper["area"] for paper in papers]
        measured = measures(simple(papers, topics), right), measures(ours(papers, topics), right)
        name = f"{path.stem}, {len(papers):,} papers"
        for kind, reference, value in zip(NAMES, *measured, strict=True):
            yield Row("topics", name, kind, reference, value)


def measures(rankings: Sequence[Ranking], right: Sequence[str]) -> tuple[float, float, float]:
    """Return accuracy, macro-F1 and the share with the right one among the first, in percent."""
    first = [ranking[0] for ranking in rankings]
    hits = Counter(one for one, area in zip(first, right, strict=True) if one == area)
    given, wanted = Counter(first), Counter(right)
    f1 = [2 * hits[area] / (given[area] + wanted[area]) for area in wanted]
    near = [area in ranking[:FIRST] for ranking, area in zip(rankings, right, strict=True)]
    size = max(1, len(right))
    return (
        100 * hits.total() / size,
        100 * sum(f1) / max(1, len(f1)),
        100 * sum(near) / size,
    )


def ours(papers: Sequence[Mapping[str, str]], topics: tuple[Topic, ...]) -> list[Ranking]:
    """Return the topics of each paper as a site would rank them."""
    read = tuple(
        Paper(f"paper-{n}", Facts(paper["title"], abstract=paper["abstract"]), ())
        for n, paper in enumerate(papers)
    )
    names = {topic.slug: topic.name for topic in topics}
    found = rank(Catalog(read, (), topics))
    return [[names[one.topic] for one in found[paper.slug]] for paper in read]


def simple(papers: Sequence[Mapping[str, str]], topics: Sequence[Topic]) -> list[Ranking]:
    """Return the topics of each paper by the cosine of TF-IDF."""
    texts = [Counter(tokens(f"{paper['title']}\n{paper['abstract']}")) for paper in papers]
    spread = Counter(term for text in texts for term in text)
    rarity = {term: log(len(texts) / count) for term, count in spread.items()}
    known = {
        topic.name: _weighed(Counter(tokens("\n".join((topic.name, *topic.keywords)))), rarity)
        for topic in topics
    }
    rankings = []
    for text in texts:
        own = _weighed(text, rarity)
        likeness = {name: _cosine(own, words) for name, words in known.items()}
        rankings.append(sorted(known, key=lambda name: (-likeness[name], name)))
    return rankings


def _weighed(counts: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """Return a vector of length 1, or an empty one."""
    weights = {term: n * rarity[term] for term, n in counts.items() if term in rarity}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    few, many = sorted((one, other), key=len)
    return sum(weight * many.get(term, 0.0) for term, weight in few.items())
