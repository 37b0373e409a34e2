"""Measure reading, merging and checking of many digests, in CPU seconds and memory.

Usage: python benchmarks/reading.py [--data DIR]

Made-up JSON lines of 10,000 to 100,000 papers show whether time grows with their number.
With --data the digests of a folder are read and merged too, e.g. weekly files of daily papers.
Each measurement is a process of its own; memory is its largest resident set.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SIZES = (10_000, 25_000, 50_000, 100_000)
CONFIG = """\
site_name: Benchmark
plugins: [offprint: {feed_id: "tag:benchmark.example,2026:x"}]
"""
WORDS = (
    *("sparse", "dense", "recurrent", "spiking", "linear", "hidden", "latent", "neural", "graph"),
    *("token", "audio", "image", "protein", "brain", "signal", "model", "network", "memory"),
    *("field", "operator", "decoder", "encoder", "kernel", "tensor", "policy"),
)


def main(data: Path | None) -> None:
    """Print a row for each amount of papers."""
    print(f"{'digests':<34} {'CPU s':>7} {'MB':>6}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root = collection(Path(folder))
            made_up(root / "digests" / "papers.jsonl", size)
            row(f"{size:,} papers as JSON lines", root)
    if data:
        with tempfile.TemporaryDirectory() as folder:
            root = collection(Path(folder))
            shutil.copytree(data, root / "digests" / data.name)
            row(str(data.name), root)


def collection(root: Path) -> Path:
    """Make an empty collection at `root`."""
    (root / "digests").mkdir()
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return root


def made_up(path: Path, size: int) -> None:
    """Write `size` papers with abstracts of 180 words, all different, without chance."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            # A stride without a common divisor spreads the words; the number makes it unique.
            pick = [WORDS[(number * 7 + step * step) % len(WORDS)] for step in range(180)]
            title = f"{' '.join(pick[:6])} study {number}"
            row = {"title": title, "abstract": " ".join(pick), "authors": [f"Author{number} Bee"]}
            file.write(json.dumps(row) + "\n")


def row(name: str, root: Path) -> None:
    """Print what `offprint check` of the collection at `root` costs."""
    command = [sys.executable, "-m", "generator", "check", "-C", str(root)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=quiet, stderr=quiet)
    _, _, usage = os.wait4(process.pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    print(f"{name:<34} {seconds:7.2f} {usage.ru_maxrss / 1024:6.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path)
    main(parser.parse_args().data)
