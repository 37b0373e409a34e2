"""Draw papers a year as the bars of a small chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.models import Paper

_BARS = 12
_PITCH = 7
"""From the left edge of one bar to that of the next; the bar itself is 5 wide."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year's bar, in units of the chart's view box."""

    x: int
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A chart: its bars and the same in words."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    first: int
    last: int
    counts: tuple[int, ...]
    """Papers of each year from `first` to `last`."""


@dataclass(frozen=True, slots=True)
class Years:
    """The twelve years that every chart of the site shows; empty where none is known."""

    last: int | None

    @classmethod
    def spanning(cls, papers: Iterable[Paper], latest_day: str | None) -> Years:
        """Return the twelve years up to the newest paper's, none after the latest digest."""
        limit = int(latest_day[:4]) if latest_day else 9999
        return cls(max((year for year in _years(papers) if year <= limit), default=None))

    @property
    def first(self) -> int | None:
        """The earliest year shown."""
        return None if self.last is None else self.last - _BARS + 1

    def spark(self, papers: Iterable[Paper], height: int) -> Spark | None:
        """Return the chart of `papers`, `height` units high; None where it would be empty."""
        if self.last is None or self.first is None:
            return None
        by_year = Counter(_years(papers))
        counts = tuple(by_year[year] for year in range(self.first, self.last + 1))
        if not any(counts):
            return None
        bars = tuple(_bar(place, count, max(counts), height) for place, count in enumerate(counts))
        return Spark(_BARS * _PITCH - 2, height, bars, self.first, self.last, counts)


def _years(papers: Iterable[Paper]) -> Iterable[int]:
    return (int(paper.year) for paper in papers if paper.year and paper.year.isdecimal())


def _bar(place: int, count: int, most: int, height: int) -> Bar:
    # A year without papers keeps a line of one unit, so that the years can be counted.
    tall = round(1 + (height - 2) * count / most, 1)
    return Bar(place * _PITCH, f"{height - tall:g}", f"{tall:g}")
