"""The benchmark of topics counts right, on any set of its form."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.quality import topics


def test_measures() -> None:
    """Accuracy, the mean F1 of the areas that occur, and the right one among the first three."""
    rankings = [["a", "b", "c", "d"], ["b", "a", "c", "d"], ["c", "b", "d", "a"], ["b", "c"]]
    found = topics.measures(rankings, ["a", "a", "a", "b"])
    assert [round(value, 1) for value in found] == [50.0, 58.3, 75.0]


def test_each_set_is_measured(tmp_path: Path) -> None:
    """Every .jsonl file is a set, three measures each; a clear case is right by both methods."""
    areas = [
        {"name": "Birds", "keywords": ["bird song", "nest"]},
        {"name": "Trees", "keywords": ["bark", "root"]},
    ]
    (tmp_path / "taxonomy.json").write_text(json.dumps(areas))
    papers = [
        {"title": "Bird song at dawn", "abstract": "A nest.\u2028Heard.", "area": "Birds"},
        {"title": "On roots", "abstract": "And bark.", "area": "Trees"},
    ]
    lines = "".join(json.dumps(paper, ensure_ascii=False) + "\n" for paper in papers)
    for part in ("dev", "test"):
        (tmp_path / f"{part}.jsonl").write_text(lines, encoding="utf-8")
    rows = [*topics.measure(tmp_path)]
    assert [(row.set, row.measure) for row in rows] == [
        (f"{part}, 2 papers", name) for part in ("dev", "test") for name in topics.NAMES
    ]
    assert {(row.simple, row.ours) for row in rows} == {(100.0, 100.0)}
