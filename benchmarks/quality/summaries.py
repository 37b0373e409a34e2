"""Measure the one-line summaries, and learn the weights that choose them.

Usage: python -m benchmarks.quality.summaries --train DIR

DIR has `train.jsonl`. Prints generator/summaries/summary_weights.py anew, and how good weights are
that were learned on other papers than they are measured on.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.rouge import NAMES, best
from benchmarks.quality.rows import Row
from generator.sentences import split
from generator.summaries import summary
from generator.summaries.openings import trim
from generator.summaries.salience import FEATURES, features
from generator.words import tokens

SOURCE = """\
SciTLDR-A: titles, sentences of abstracts, and summaries in a sentence by authors and
reviewers, of machine learning papers (Cachola and others 2020, Allen Institute for AI),
Apache-2.0: https://github.com/allenai/scitldr, folder SciTLDR-Data/SciTLDR-A.
One .jsonl file a part (train, dev, test), a line a paper:
{"id": "…", "title": "…", "sentences": ["…"], "tldr": ["…"]}.
Simple: the first sentence in which the authors propose, present, introduce or show something,
else the first one. A summary is compared with each of the people's, and the best counts."""

TRAIN = "train"
"""Name of the part on which weights are learned."""
FOLDS = 10
RIDGE = 300.0
"""How strongly weights are drawn to zero, in sentences; 100 to 1,000 do equally well."""
_CUE = re.compile(r"\bwe (?:propose|present|introduce|show)\b", re.IGNORECASE)

Paper = Mapping[str, Any]
Array = NDArray[np.float64]


def measure(folder: Path) -> Iterator[Row]:
    """Yield three rows for each set in `folder`: end to end, and with sentences as given."""
    for path in sorted(folder.glob("*.jsonl")):
        papers = read(path)
        name = f"{path.stem}, {len(papers):,} papers" + (
            " (learned on)" if path.stem == TRAIN else ""
        )
        simple = _mean([best(first_cue(paper["sentences"]), paper["tldr"]) for paper in papers])
        ours = _mean([best(_summary(paper, " "), paper["tldr"]) for paper in papers])
        given = _mean([best(_summary(paper, "\n\n"), paper["tldr"]) for paper in papers])
        for measured, at in ((ours, ""), (given, ", sentences as given")):
            for rouge, reference, value in zip(NAMES, simple, measured, strict=True):
                yield Row("one-line summary", f"{name}{at}", rouge, reference, value)


def read(path: Path) -> list[Paper]:
    """Return the papers of a set that have a sentence and a summary."""
    with path.open(encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines if line.strip()]
    return [paper for paper in papers if paper["sentences"] and paper["tldr"]]


def first_cue(sentences: Sequence[str]) -> str:
    """Return what the simple method takes."""
    return next((text for text in sentences if _CUE.search(text)), sentences[0])


def _summary(paper: Paper, between: str) -> str:
    return summary(paper["title"], between.join(paper["sentences"])) or ""


def _mean(scores: Sequence[Sequence[float]]) -> list[float]:
    """Return the means in percent."""
    return [100 * sum(column) / len(scores) for column in zip(*scores, strict=True)]


def train(papers: Sequence[Paper]) -> dict[str, float]:
    """Return the weight of each feature, in hundredths of ROUGE, learned on `papers`."""
    return _learn([_examples(paper) for paper in papers])


def _examples(paper: Paper) -> tuple[Array, Array]:
    """Return the features of each sentence and its three measures; sentences are split by us."""
    sentences = [trim(text) for text in split(" ".join(paper["sentences"]))]
    rows = features(frozenset(tokens(paper["title"])), sentences)
    worth = [best(text, paper["tldr"]) for text in sentences]
    return np.array(rows, dtype=float), np.array(worth, dtype=float)


def _learn(examples: Sequence[tuple[Array, Array]]) -> dict[str, float]:
    """Return the weights of a ridge regression.

    It tells the mean of the three measures from the features, both next to their mean in the
    paper: only the order within an abstract counts.
    """
    sizes = np.concatenate([rows for rows, _ in examples]).std(axis=0)
    sizes[sizes == 0] = 1
    rows = np.concatenate([(rows - rows.mean(axis=0)) / sizes for rows, _ in examples])
    means = [worth.mean(axis=1) for _, worth in examples]
    worth = np.concatenate([mean - mean.mean() for mean in means])
    drawn = rows.T @ rows + RIDGE * np.eye(len(FEATURES))
    weights = 100 * np.linalg.solve(drawn, rows.T @ worth) / sizes
    return {name: round(float(weight), 2) for name, weight in zip(FEATURES, weights, strict=True)}


def cross_validate(papers: Sequence[Paper]) -> list[float]:
    """Return the three measures of the best sentence, by weights learned on other papers."""
    examples = [_examples(paper) for paper in papers]
    chosen = []
    for fold in range(FOLDS):
        others = [one for place, one in enumerate(examples) if place % FOLDS != fold]
        weights = np.array(list(_learn(others).values()))
        chosen += [worth[int(np.argmax(rows @ weights))] for rows, worth in examples[fold::FOLDS]]
    return _mean(chosen)


def module(weights: Mapping[str, float]) -> str:
    """Return the text of generator/summaries/summary_weights.py."""
    lines = "".join(f'    "{name}": {weight},\n' for name, weight in weights.items())
    return (
        '"""How much each feature of a sentence counts, in hundredths of ROUGE.\n\n'
        "Learned on the training part of SciTLDR-A (1,992 papers; Cachola and others 2020,\n"
        "Apache-2.0) by benchmarks/quality/summaries.py, which prints this file again.\n"
        '"""\n\n'
        f"WEIGHTS = {{\n{lines}}}\n"
    )


def main(arguments: Sequence[str]) -> int:
    """Print the weights and what they are worth."""
    if len(arguments) != 2 or arguments[0] != "--train":
        print(f"{__doc__}\n{SOURCE}", file=sys.stderr)
        return 2
    papers = read(Path(arguments[1]) / f"{TRAIN}.jsonl")
    print(module(train(papers)), end="")
    one, two, longest = cross_validate(papers)
    print(f"{FOLDS} folds: ROUGE-1 {one:.1f}, -2 {two:.1f}, -L {longest:.1f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
