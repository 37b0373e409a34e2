"""Measure search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.rows import Row

SOURCE = ""


def measure(folder: Path) -> Iterator[Row]:
    """Yield a row for each set in `folder` and measure."""
    yield from ()
