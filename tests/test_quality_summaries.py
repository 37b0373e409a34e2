"""The benchmark of one-line summaries measures as others do, and learns the weights again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality import summaries
from benchmarks.quality.rouge import best, rouge
from generator.summaries import summary_weights


@pytest.mark.parametrize(
    ("text", "gold", "expected"),
    [
        ("Kettles boil water.", "kettle boils waters", (1, 1, 1)),
        ("the kettle boils", "the pot boils", (2 / 3, 0, 2 / 3)),
        ("water boils kettles", "kettles boil water", (1, 0, 1 / 3)),
        ("tea tea tea", "tea", (1 / 2, 0, 1 / 2)),
        ("a well-known pot", "a well known pot is here", (0.8, 0.75, 0.8)),
        ("", "tea", (0, 0, 0)),
    ],
)
def test_rouge_counts_stems(text: str, gold: str, expected: tuple[float, ...]) -> None:
    """Shared words, shared pairs and the longest common subsequence, worked out by hand."""
    assert rouge(text, gold) == pytest.approx(expected)


def test_the_best_gold_counts_for_each_measure() -> None:
    """One gold may have the words and another the order."""
    assert best("water boils kettles", ["kettles boil water", "boils kettles"]) == pytest.approx(
        (1, 2 / 3, 0.8)
    )


def papers(count: int) -> list[dict[str, object]]:
    """Return made-up papers whose third sentence is their summary."""
    return [
        {
            "id": str(number),
            "title": f"Kettle number {number}",
            "sentences": [
                f"Pots of {number} kinds are loud.",
                "However, they are hot.",
                f"In this paper, we propose kettle {number} which whistles for {number} cooks.",
                "Experiments follow.",
            ],
            "tldr": [f"We propose kettle {number} which whistles for {number} cooks."],
        }
        for number in range(count)
    ]


def write(folder: Path, name: str, lines: list[dict[str, object]]) -> None:
    (folder / name).write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def test_it_measures_every_set_of_the_folder(tmp_path: Path) -> None:
    """Whatever its name; the one that was learned on is marked; empty papers are left out."""
    bare = {"id": "x", "title": "Empty", "sentences": [], "tldr": ["x"]}
    write(tmp_path, "mine.jsonl", [*papers(3), bare])
    write(tmp_path, "train.jsonl", papers(2))
    rows = list(summaries.measure(tmp_path))
    assert [(row.set, row.measure) for row in rows[::3]] == [
        ("mine, 3 papers", "ROUGE-1"),
        ("mine, 3 papers, sentences as given", "ROUGE-1"),
        ("train, 2 papers (learned on)", "ROUGE-1"),
        ("train, 2 papers (learned on), sentences as given", "ROUGE-1"),
    ]
    assert {row.judgement for row in rows} == {"one-line summary"}
    assert [round(row.ours) for row in rows] == [100] * 12
    assert all(row.simple < row.ours for row in rows)


def test_it_learns_and_prints_the_module(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it prints is a module of the form that ships, and what it learned is sensible."""
    write(tmp_path, "train.jsonl", papers(20))
    assert summaries.main(["--train", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    made: dict[str, dict[str, float]] = {}
    exec(out, made)
    assert made["WEIGHTS"].keys() == summary_weights.WEIGHTS.keys()
    assert made["WEIGHTS"]["offers"] > 0
    assert "ROUGE-1 100.0" in err


def test_the_shipped_module_is_what_it_prints() -> None:
    """Nobody wrote into it by hand."""
    text = Path(summary_weights.__file__).read_text(encoding="utf-8")
    assert summaries.module(summary_weights.WEIGHTS) == text


def test_without_data_it_says_where_to_get_them(capsys: pytest.CaptureFixture[str]) -> None:
    """The source, its licence and the command."""
    assert summaries.main([]) == 2
    err = capsys.readouterr().err
    assert "Apache-2.0" in err
    assert "--train DIR" in err
