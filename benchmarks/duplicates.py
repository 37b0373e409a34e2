"""Measure which pairs of records are taken for one paper, on labelled pairs.

Usage: python benchmarks/duplicates.py --data DIR [--train]

DIR holds files of JSON lines, `{"a": record, "b": record, "same": true}`, each record with
`title`, `authors` (parted by ` , `), `venue` and `year`. --train learns the weights of
generator/catalog/likeness.py anew and prints them.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from generator.catalog import likeness, verdicts  # noqa: E402
from generator.catalog.profiles import Profile, profile  # noqa: E402
from generator.models import Facts  # noqa: E402

SOURCES = """No data given: python benchmarks/duplicates.py --data DIR

The labelled pairs are those of DeepMatcher (Apache-2.0), "Structured" DBLP-ACM and
DBLP-GoogleScholar: https://github.com/anhaidgroup/deepmatcher/blob/master/Datasets.md
Each split (train.csv, valid.csv, test.csv) names rows of tableA.csv and tableB.csv; write a
split as lines of {"a": row of A, "b": row of B, "same": label == 1} to
DIR/dblp-acm-train.jsonl, DIR/dblp-scholar-valid.jsonl, and so on."""
TUNED = {"dblp-acm-train": 1, "dblp-scholar-valid": 2}
"""Sets that the weights were learned from: every pair, or every second one, the first included."""
PENALTY = 1.0
"""Of the squared weights of standardised features."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and whether people say that they are one paper."""

    one: Profile
    other: Profile
    same: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a judgement was right."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main(arguments: Sequence[str]) -> None:
    """Print a row for each file and part of one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of labelled pairs")
    parser.add_argument("--train", action="store_true", help="learn the weights and print them")
    chosen = parser.parse_args(arguments)
    if chosen.data is None:
        sys.exit(SOURCES)
    parts = [part for path in sorted(chosen.data.glob("*.jsonl")) for part in halves(path)]
    if not parts:
        sys.exit(f"{chosen.data}: no *.jsonl\n\n{SOURCES}")
    if chosen.train:
        learned = train([pair for _, tuned, pairs in parts if tuned for pair in pairs])
        print("\n".join(f'    "{name}": {weight:.3f},' for name, weight in learned.items()))
        likeness.WEIGHTS.update(learned)
    print(f"{'':34}{'':>7}  {'even chances':^22}  {'merged on a site':^22}")
    head = f"{'P':>7}{'R':>8}{'F1':>7}"
    print(f"{'set':<34}{'pairs':>7}  {head}  {head}")
    for name, tuned, pairs in parts:
        label = f"{name}{', tuned on' if tuned else ''}"
        cells = "  ".join(f"{t.precision:7.2%}{t.recall:8.2%}{t.f1:7.2%}" for t in measured(pairs))
        print(f"{label:<34}{len(pairs):>7,}  {cells}")


def halves(path: Path) -> Iterator[tuple[str, bool, list[Pair]]]:
    """Yield name, whether it was tuned on, and pairs of the file's parts."""
    pairs = read(path)
    step = TUNED.get(path.stem)
    if step is None:
        yield path.stem, False, pairs
        return
    yield path.stem, True, pairs[::step]
    if step > 1:
        yield path.stem, False, [pair for n, pair in enumerate(pairs) if n % step]


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Pair(record(row["a"]), record(row["b"]), bool(row["same"])) for row in rows]


def record(row: dict[str, str]) -> Profile:
    """Return a record as the matcher sees it."""
    authors = tuple(name.strip() for name in (row.get("authors") or "").split(" , "))
    return profile(
        Facts(
            title=row.get("title") or "",
            authors=tuple(name for name in authors if name),
            venue=row.get("venue") or None,
            published=(row.get("year") or "")[:4] or None,
        )
    )


def measured(pairs: Iterable[Pair]) -> tuple[Tally, Tally]:
    """Return how right even chances are, and how right the merges of a site."""
    judged = [
        (pair.same, verdict.score >= 0.5, verdict.same)
        for pair in pairs
        for verdict in [verdicts.judge(pair.one, pair.other)]
    ]
    return tally((same, even) for same, even, _ in judged), tally((s, m) for s, _, m in judged)


def tally(judged: Iterable[tuple[bool, bool]]) -> Tally:
    """Return the quality of judgements, each given as (truth, judgement)."""
    rows = list(judged)
    right = sum(same and said for same, said in rows)
    said, true = sum(said for _, said in rows), sum(same for same, _ in rows)
    return Tally(right / said if said else 0.0, right / true if true else 0.0)


def train(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return the weights of a ridge logistic regression, found by Newton's steps."""
    rows = [likeness.features(likeness.compare(pair.one, pair.other)) for pair in pairs]
    names = list(rows[0])
    means = {n: sum(row[n] for row in rows) / len(rows) for n in names} | {"base": 0.0}
    spreads = {n: spread([row[n] - means[n] for row in rows]) for n in names} | {"base": 1.0}
    table = [[(row[n] - means[n]) / spreads[n] for n in names] for row in rows]
    weights = [0.0] * len(names)
    for _ in range(12):
        step = newton(table, [pair.same for pair in pairs], weights)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    found = {n: weight / spreads[n] for n, weight in zip(names, weights, strict=True)}
    found["base"] -= sum(found[n] * means[n] for n in names)
    return found


def spread(values: Sequence[float]) -> float:
    """Return the standard deviation of values around 0, 1 where there is none."""
    return math.sqrt(sum(value * value for value in values) / len(values)) or 1.0


def newton(table: Sequence[list[float]], truth: Sequence[bool], at: list[float]) -> list[float]:
    """Return the step from the weights `at` towards the best ones."""
    size = len(at)
    slope = [-PENALTY * weight for weight in at]
    bend = [[0.0] * size for _ in range(size)]
    for row, same in zip(table, truth, strict=True):
        total = sum(weight * value for weight, value in zip(at, row, strict=True))
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        doubt = chance * (1 - chance)
        for i, value in enumerate(row):
            slope[i] += (same - chance) * value
            scaled = doubt * value
            line = bend[i]
            for j in range(i + 1):
                line[j] += scaled * row[j]
    for i in range(size):
        bend[i][i] += PENALTY
        for j in range(i):
            bend[j][i] = bend[i][j]
    return solved(bend, slope)


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return the solution of a system of linear equations, by elimination."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda n: abs(rows[n][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * found[j] for j in range(i + 1, size))
        found[i] = (rows[i][size] - known) / rows[i][i]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
