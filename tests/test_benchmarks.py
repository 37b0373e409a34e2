"""The commands of benchmarks/ work on small data."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "duplicates.py"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def record(title: str, year: str) -> dict[str, str]:
    return {"title": title, "authors": "ada one , bo two", "venue": "vldb", "year": year}


def test_without_data_it_says_where_to_get_them() -> None:
    """The sources, their licence, and the form in which they are read."""
    done = run()
    assert done.returncode == 1
    assert "DeepMatcher" in done.stderr
    assert "Apache-2.0" in done.stderr


def test_it_measures_and_learns(tmp_path: Path) -> None:
    """Every file of the folder, a part that was tuned on by itself."""
    pairs = []
    for n in range(12):
        a = record(f"growing tree number {n} of the wood", "1999")
        pairs += [
            {"a": a, "b": a | {"venue": "very large data bases"}, "same": True},
            {"a": a, "b": record(f"counting bird {n} by night", "2005.0"), "same": False},
        ]
    lines = "".join(f"{json.dumps(pair)}\n" for pair in pairs)
    for name in ("dblp-acm-train", "dblp-scholar-valid", "mine"):
        (tmp_path / f"{name}.jsonl").write_text(lines)
    done = run("--data", tmp_path, "--train")
    assert done.returncode == 0, done.stderr
    rows = [line.split("  ")[0].strip() for line in done.stdout.splitlines() if "%" in line]
    assert rows == [
        "dblp-acm-train, tuned on",
        "dblp-scholar-valid, tuned on",
        "dblp-scholar-valid",
        "mine",
    ]
    assert done.stdout.count("100.00%") >= 12
    assert '"ratio":' in done.stdout
