"""The measure of search on public sets: both forms are read, the sensible measure is taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality.search import Set, gain, measure, reciprocal_rank, sets

DOCUMENTS = {
    f"d{n}": {"title": f"Kettle number{n}", "abstract": f"word{n} steam"} for n in range(4)
}


def beir(folder: Path) -> None:
    (folder / "qrels").mkdir(parents=True)
    for name, rows in {
        "corpus": [
            {"_id": key, "title": each["title"], "text": each["abstract"]}
            for key, each in DOCUMENTS.items()
        ],
        "queries": [{"_id": "q1", "text": "word1"}, {"_id": "q2", "text": "word2 word3"}],
    }.items():
        lines = "".join(f"{json.dumps(row)}\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    judged = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\nq2\td3\t1\nq2\td0\t0\n"
    (folder / "qrels" / "test.tsv").write_text(judged, encoding="utf-8")


def test_both_forms_are_measured(tmp_path: Path) -> None:
    """A file of our own form by MRR, a folder in the form of BEIR by nDCG, both in percent."""
    content = {"documents": DOCUMENTS, "queries": {"q": "word1"}, "relevant": {"q": {"d1": 1}}}
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    beir(tmp_path / "kettles")
    found = [(row.set, row.measure, row.simple, row.ours) for row in measure(tmp_path)]
    assert found == [
        ("a, 4 documents, 1 queries", "MRR@10", 100.0, 100.0),
        ("kettles, 4 documents, 2 queries", "nDCG@10", pytest.approx(100.0, abs=15), 100.0),
    ]


def test_judgements_of_nothing_are_no_answers(tmp_path: Path) -> None:
    """A grade of 0 is no answer; the better grade weighs more."""
    beir(tmp_path / "kettles")
    (kettles,) = sets(tmp_path)
    assert isinstance(kettles, Set)
    assert kettles.relevant["q2"] == {"d2": 2, "d3": 1}
    assert gain(["d2", "d3"], kettles.relevant["q2"]) == 1
    assert 0.5 < gain(["d3", "d2"], kettles.relevant["q2"]) < 1
    assert reciprocal_rank(["d0", "d1"], kettles.relevant["q1"]) == 0.5
    assert reciprocal_rank([], kettles.relevant["q1"]) == 0
