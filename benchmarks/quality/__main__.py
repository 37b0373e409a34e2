"""Measure all judgements on public labelled data, the simple method beside ours.

Usage: python -m benchmarks.quality [DIR]

DIR has a folder for each judgement, `topics/`, `tldr/`, `related/`, `search/`; those that it
lacks are left out. Without DIR, say where each public set comes from and how to lay it out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.quality import related, search, summaries, topics
from benchmarks.quality.rows import Row

JUDGES = {"topics": topics, "tldr": summaries, "related": related, "search": search}


def main(data: Path | None) -> int:
    """Print the table, or where the data comes from."""
    if data is None:
        print("No data given: make bench-quality DATA=DIR\n")
        print("\n\n".join(f"DIR/{folder}/\n{judge.SOURCE}" for folder, judge in JUDGES.items()))
        return 0
    if not any((data / folder).is_dir() for folder in JUDGES):
        print(f"{data} has none of the folders {', '.join(JUDGES)}", file=sys.stderr)
        return 2
    print("| judgement | set | measure | simple | ours |\n|---|---|---|---:|---:|")
    for folder, judge in JUDGES.items():
        if (data / folder).is_dir():
            for row in judge.measure(data / folder):
                print(shown(row), flush=True)
    return 0


def shown(row: Row) -> str:
    """Return the row in Markdown."""
    return f"| {row.judgement} | {row.set} | {row.measure} | {row.simple:.1f} | {row.ours:.1f} |"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
