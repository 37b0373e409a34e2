"""Lay a collection along its time: steps of like length for charts, and new against old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.dates import month
from generator.dates import readable as readable_date
from generator.models import Catalog, Paper

_STEPS = 12
"""Of a chart at the most."""
_UNITS = (("year", 6), ("quarter", 6), ("month", 3), ("year", 3))
"""Steps to try, the longest first, and how many of them a chart needs."""
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_TOLD = 0.8
"""Part of the dates that must be exact enough for a step."""
_STRAYS = 20
"""One paper in so many may be older than what a chart is made for."""
_NEW = 6
"""The newest papers are at least one in so many."""
_ENOUGH = 12
"""Papers at least on either side of a comparison."""
_LATE = 24
"""Day of a month after which it counts as over."""
_DAYS = 6
"""Days of digests from which on they are compared, and not the papers' own years."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The steps of a chart, one after another."""

    unit: str
    """`year`, `quarter` or `month`."""
    first: int
    """Number of the first step: a year, or quarters or months since the year 0."""
    last: int
    own: bool
    """Whether papers stand at their own dates, else at the day of the first digest."""
    open: bool
    """Whether the last step goes on after the newest day known."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the name of each step."""
        return tuple(_label(self.unit, step) for step in range(self.first, self.last + 1))

    def counts(self, papers: Iterable[Paper]) -> tuple[int, int, int]:
        """Return how many papers stand on the axis, before it, and nowhere."""
        steps = self._steps(papers)
        before = sum(
            count for step, count in steps.items() if step is not None and step < self.first
        )
        return sum(steps.values()) - before - steps[None], before, steps[None]

    def each(self, papers: Iterable[Paper]) -> tuple[int, ...]:
        """Return how many papers stand at each step."""
        steps = self._steps(papers)
        return tuple(steps[step] for step in range(self.first, self.last + 1))

    def _steps(self, papers: Iterable[Paper]) -> Counter[int | None]:
        found: Counter[int | None] = Counter()
        for paper in papers:
            step = _step(_date(paper, self.own), self.unit)
            found[None if step is None or step > self.last else step] += 1
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """The newest papers and those before them."""

    new: tuple[Paper, ...]
    old: tuple[Paper, ...]
    when: str
    """What makes the new ones new, e.g. `published in 2024 and 2025`."""


def axis(catalog: Catalog) -> Axis | None:
    """Return the steps on which most papers stand; None where they span fewer than three."""
    own = 2 * sum(bool(paper.facts.published) for paper in catalog.papers) >= len(catalog.papers)
    latest = max((paper.last_day or "" for paper in catalog.papers), default="")
    dates = sorted(
        date
        for paper in catalog.papers
        # A year after the newest digest is a slip of the source.
        if (date := _date(paper, own)) and (not latest or date[:4] <= latest[:4])
    )
    for unit, fewest in _UNITS:
        steps = sorted(step for date in dates if (step := _step(date, unit)) is not None)
        if not steps or len(steps) < _TOLD * len(dates):
            continue
        usual = steps[len(steps) // _STRAYS]
        if steps[-1] - usual + 1 >= fewest:
            first = max(steps[0] if unit == "year" else usual, steps[-1] - _STEPS + 1)
            known = max(dates[-1], latest)
            return Axis(unit, first, steps[-1], own, _goes_on(known, unit, steps[-1]))
    return None


def compared(catalog: Catalog) -> Comparison | None:
    """Return the newest papers and the older ones; None where time or papers are too few.

    The days of digests part them where there are enough, else the papers' own years.
    """
    days = {paper.first_day for paper in catalog.papers} - {None}
    if len(days) >= _DAYS and (found := _parted(catalog.papers, lambda paper: paper.first_day)):
        new, old, start, _ = found
        return Comparison(new, old, f"in digests since {readable_date(start)}")
    if found := _parted(catalog.papers, lambda paper: paper.year):
        new, old, first, last = found
        return Comparison(new, old, f"published in {_range(first, last)}")
    return None


def _parted(
    papers: Sequence[Paper], when: Callable[[Paper], str | None]
) -> tuple[tuple[Paper, ...], tuple[Paper, ...], str, str] | None:
    """Return the newest papers, the older ones, and the first and last date of the newest."""
    dates = Counter(date for paper in papers if (date := when(paper)))
    found = 0
    newest: list[str] = []
    for date in sorted(dates, reverse=True):
        newest.append(date)
        found += dates[date]
        if found >= max(_ENOUGH, dates.total() / _NEW):
            break
    if found < _ENOUGH or dates.total() - found < found:
        return None
    new = tuple(paper for paper in papers if when(paper) in newest)
    old = tuple(paper for paper in papers if when(paper) in dates and when(paper) not in newest)
    return new, old, newest[-1], newest[0]


def _range(first: str, last: str) -> str:
    if first == last:
        return first
    return f"{first} {'and' if int(last) == int(first) + 1 else 'to'} {last}"


def _date(paper: Paper, own: bool) -> str | None:
    return paper.facts.published if own else paper.first_day


def _step(date: str | None, unit: str) -> int | None:
    """Return the number of the step that holds `date`; None where it is not exact enough."""
    year, _, rest = (date or "").partition("-")
    if not year.isdecimal():
        return None
    if unit == "year":
        return int(year)
    number = rest[:2]
    months = int(year) * 12 + int(number) - 1 if number.isdecimal() else None
    return None if months is None else months // _MONTHS[unit]


def _goes_on(newest: str, unit: str, last: int) -> bool:
    """Tell whether a step has months to come after the date `newest`."""
    month_of = _step(newest, "month")
    if month_of is None or month_of // _MONTHS[unit] != last:
        return False
    done = month_of % _MONTHS[unit] + 1 == _MONTHS[unit]
    # The last week of a month may bring no digest any more.
    return not done or int(newest[8:10] or 31) < _LATE


def _label(unit: str, step: int) -> str:
    if unit == "year":
        return str(step)
    if unit == "quarter":
        return f"{step // 4} Q{step % 4 + 1}"
    return f"{month(f'0000-{step % 12 + 1:02}')[:3]} {step // 12}"
