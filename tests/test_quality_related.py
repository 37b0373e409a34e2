"""The benchmark of related papers reads its sets and computes the published measures."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import pytest

from benchmarks.quality import related
from benchmarks.quality.related import gain, least_grade, marks, measure, sets

PAPERS = {
    "1": ("Fog bells", ["The bell rings in fog.", "Ships hear the bell."]),
    "2": ("Bells in harbours", ["A harbour has a bell for fog."]),
    "3": ("Salt", ["Salt and flour."]),
    "4": ("Ships", ["They sail by night and by day."]),
}


def cube(folder: Path) -> None:
    """Lay out a tiny set in CSFCube's form."""
    lines = (
        json.dumps({"paper_id": one, "title": title, "abstract": abstract, "metadata": {}})
        for one, (title, abstract) in PAPERS.items()
    )
    (folder / related.ABSTRACTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for facet, grades in {"background": [3, 0, 1], "method": [0, 1, 2]}.items():
        pool = {"1": {"cands": ["2", "3", "4"], "relevance_adju": grades}}
        path = folder / f"test-pid2anns-csfcube-{facet}.json"
        path.write_text(json.dumps(pool), encoding="utf-8")
    (folder / "test-pid2pool-csfcube.json").write_text('{"1": {"cands": []}}', encoding="utf-8")


def test_csfcube_as_published(tmp_path: Path) -> None:
    """A query counts once for each facet; abstracts are joined; other files are not read."""
    cube(tmp_path)
    (found,) = sets(tmp_path)
    assert found.name == "CSFCube"
    assert found.documents["1"] == ("Fog bells", "The bell rings in fog. Ships hear the bell.")
    assert [query for query, _ in found.queries] == ["1", "1"]
    assert found.queries[1][1] == {"2": 0, "3": 1, "4": 2}


def test_other_sets_in_the_simple_form(tmp_path: Path) -> None:
    """Each file is a set; grades of 0 and 1 are enough."""
    data = {
        "documents": {one: {"title": title} for one, (title, _) in PAPERS.items()},
        "queries": {"1": {"2": 1, "3": 0}},
    }
    (tmp_path / "mine.json").write_text(json.dumps(data), encoding="utf-8")
    rows = list(measure(tmp_path))
    assert [(row.set, row.measure, row.ours) for row in rows] == [
        ("mine, 1 queries", "MAP", 100.0),
        ("mine, 1 queries", "NDCG%20", 100.0),
    ]


def test_measured_on_both_facets(tmp_path: Path) -> None:
    """The nearest first: right for the one facet; for the other the related one is second."""
    cube(tmp_path)
    found = {row.measure: row for row in measure(tmp_path)}
    assert found["MAP"].ours == pytest.approx(75)
    assert found["NDCG%20"].ours == pytest.approx(50)
    assert found["MAP"].simple > 0


def test_the_measures() -> None:
    """Average precision from grade 2; NDCG over a fifth, gains linear, two places in full."""
    grades = [2, 1, 0, 3, 0, 0, 0, 0, 0, 0]
    precision, ndcg = marks(grades, 2)
    assert precision == pytest.approx((1 + 2 / 4) / 2)
    assert ndcg == pytest.approx((2 + 1) / (3 + 2))
    assert gain([1, 1, 1]) == pytest.approx(2 + 1 / log2(3))
    assert marks([0, 0], 2) == (0, 0)
    assert least_grade([("a", {"b": 3})]) == 2
    assert least_grade([("a", {"b": 1})]) == 1
