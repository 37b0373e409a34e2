"""Measure what a build and a check of the bundled collection cost, in CPU seconds and memory.

Usage: python benchmarks/speed.py [RUNS]

Each command runs as a whole process, once to warm up and then RUNS times (5). CPU seconds are
user and system time of the process and its children; memory is the largest resident set.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PARTS = ("digests", "topics.yml", "mkdocs.yml", "papers.lock", "docs/manual")
COMMANDS = {
    "build, second run": ["build"],
    "check": ["check"],
    "search": ["search", "streaming speech recognition"],
}
MARKS = {"build, second run": (6.0, 250.0), "check": (2.0, 250.0)}
"""CPU seconds and MB that a command should stay below."""


def main(runs: int) -> None:
    """Print a row for each command: median and range of CPU seconds, peak of memory."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in PARTS:
            copy(REPOSITORY / part, root / part)
        measure(["build"], root)
        print(f"{'command':<20} {'CPU s':>7} {'from':>6} {'to':>6} {'MB':>5}   mark")
        for name, arguments in COMMANDS.items():
            found = [measure(arguments, root) for _ in range(runs + 1)][1:]
            seconds = sorted(cpu for cpu, _ in found)
            peak = max(memory for _, memory in found)
            mark = "under {:g} s, {:g} MB".format(*MARKS[name]) if name in MARKS else ""
            middle = statistics.median(seconds)
            row = f"{name:<20} {middle:7.2f} {seconds[0]:6.2f} {seconds[-1]:6.2f} {peak:5.0f}"
            print(f"{row}   {mark}".rstrip())


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder of the repository to where the benchmark builds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copy(source, target)


def measure(arguments: list[str], root: Path) -> tuple[float, float]:
    """Return CPU seconds and peak memory in MB of one run of `offprint`."""
    command = [sys.executable, "-m", "generator", *arguments, "-C", str(root)]
    process = subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
