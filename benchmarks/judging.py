"""Measure what the four judgements cost on ten thousand papers, in CPU seconds and memory.

Usage: python benchmarks/judging.py [PAPERS]

The papers are made up: 12 subjects with words of their own, and common words as often as in
English (Zipf). Abstracts have about 1,400 characters. Each judgement runs after the one before
it, in one process, as in a build; memory is the largest resident set up to there.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from time import process_time

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from generator import related, search, summaries, topics  # noqa: E402
from generator.models import Catalog, Facts, Paper, Topic  # noqa: E402
from generator.topics import discover  # noqa: E402

SUBJECTS = 12
COMMON, OWN = 8_000, 1_500
"""Words that all subjects share, and that one has for itself."""
MARKS = "together under 20 s and 600 MB for 10,000 papers"


def main(size: int) -> None:
    """Print a row for each judgement, and their sum."""
    catalog = collection(size)
    print(f"{'judgement':<24} {'CPU s':>7} {'MB':>6}")
    row("(papers alone)", 0.0)
    spent = 0.0
    for name, judge in (
        ("topics", lambda one: topics.assign(one)[0]),
        ("one-line summaries", summaries.pick),
        ("related papers", related.link),
        ("search index", indexed),
    ):
        seconds, catalog = timed(judge, catalog)
        spent += seconds
        row(name, seconds)
    print(f"{'together':<24} {spent:7.2f}          {MARKS}")
    row("topics discovered", timed(found, catalog)[0])


def indexed(catalog: Catalog) -> Catalog:
    """Make the search files of `catalog` and return it."""
    search.files(catalog)
    return catalog


def found(catalog: Catalog) -> Catalog:
    """Find topics as in a collection that names none."""
    discover.topics(catalog.papers)
    return catalog


def timed(judge: Callable[[Catalog], Catalog], catalog: Catalog) -> tuple[float, Catalog]:
    """Return the CPU seconds that `judge` took, and what it returned."""
    start = process_time()
    judged = judge(catalog)
    return process_time() - start, judged


def row(name: str, seconds: float) -> None:
    """Print what a judgement took."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<24} {seconds:7.2f} {memory:6.0f}", flush=True)


def collection(size: int) -> Catalog:
    """Return `size` papers and a topic for each subject."""
    chance = random.Random(size)
    words = spelled()
    common = [next(words) for _ in range(COMMON)]
    own = [[next(words) for _ in range(OWN)] for _ in range(SUBJECTS)]
    papers = tuple(paper(number, chance, common, own) for number in range(size))
    subjects = tuple(
        Topic(f"subject-{place}", f"Subject {place}", keywords=tuple(vocabulary[:40]))
        for place, vocabulary in enumerate(own)
    )
    return Catalog(papers, (), subjects)


def spelled() -> Iterator[str]:
    """Yield made-up words, all different."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    for first in syllables:
        for second in syllables:
            for third in syllables:
                yield first + second + third


def paper(number: int, chance: random.Random, common: list[str], own: list[list[str]]) -> Paper:
    """Return a paper on a subject: 30 % of its words are the subject's."""
    subject = own[number % SUBJECTS]
    sentences = []
    for _ in range(9):
        mine = set(chance.sample(range(21), 6))
        words = [pick(chance, subject if place in mine else common) for place in range(21)]
        sentences.append(" ".join(words).capitalize() + ".")
    title = " ".join(pick(chance, subject) for _ in range(6)) + f" {number}"
    facts = Facts(title=title.capitalize(), abstract=" ".join(sentences))
    return Paper(slug=f"paper-{number}", facts=facts, featured=())


_SHARES = [tuple(accumulate(1 / rank for rank in range(1, size + 1))) for size in (COMMON, OWN)]


def pick(chance: random.Random, vocabulary: list[str]) -> str:
    """Return a word of `vocabulary`, the first ones most often."""
    shares = _SHARES[0] if len(vocabulary) == COMMON else _SHARES[1]
    return chance.choices(vocabulary, cum_weights=shares)[0]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
