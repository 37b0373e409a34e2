"""Time: steps that suit a collection, and new papers against old ones."""

from __future__ import annotations

import pytest
from factories import catalog, digest, paper

from generator.models import Catalog, Digest, Paper
from generator.trends import periods


def dated(dates: list[str | None], days: list[Digest] | None = None) -> Catalog:
    """Return papers published at `dates`, all in one digest unless `days` gives each its own."""
    week = digest("week", "2026-03-14")
    own = days or [week] * len(dates)
    papers = [
        paper(f"p{n}", digests=[day], published=date)
        for n, (date, day) in enumerate(zip(dates, own, strict=True))
    ]
    return catalog(papers, dict.fromkeys(own))


def weeks(count: int) -> list[Digest]:
    """Return digests a week apart from 7 January 2025 on."""
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (7, 14, 21, 28)]
    return [digest(day, day) for day in days[:count]]


@pytest.mark.parametrize(
    ("dates", "unit", "labels"),
    [
        ([f"20{n}" for n in range(12, 26)], "year", ("2014", "2025", 12)),
        ([f"20{n}-05" for n in range(19, 26)], "year", ("2019", "2025", 7)),
        (
            [f"202{n // 12}-{n % 12 + 1:02}" for n in range(43, 64)],
            "quarter",
            ("2023 Q3", "2025 Q2", 8),
        ),
        ([f"2025-{n:02}-03" for n in range(3, 9)], "month", ("Mar 2025", "Aug 2025", 6)),
        (["2023", "2024", "2025", "2025"], "year", ("2023", "2025", 3)),
    ],
    ids=["decades", "years", "two years", "half a year", "years without months"],
)
def test_steps_suit_the_span_of_the_dates(
    dates: list[str], unit: str, labels: tuple[str, str, int]
) -> None:
    """Years where there are six, else quarters, else months; twelve at the most, none empty."""
    found = periods.axis(dated(list(dates)))
    assert found is not None
    assert (found.unit, (found.labels[0], found.labels[-1], len(found.labels))) == (unit, labels)


@pytest.mark.parametrize(
    "dates", [["2025-03"], ["2024", "2025"], [None, None], ["2025-02-01", "2025-03-02"]]
)
def test_too_short_a_time_has_no_steps(dates: list[str | None]) -> None:
    """One or two steps make no chart; nor do papers and digests without dates."""
    assert periods.axis(dated(dates, [digest("undated", None)] * len(dates))) is None


def test_each_paper_is_counted_once() -> None:
    """On the axis, before it, or nowhere: the three add up; a slip into the future is nowhere."""
    papers = dated([*(f"20{n}" for n in range(10, 26)), None, "2099", "soon"])
    found = periods.axis(papers)
    assert found is not None
    assert found.labels[-1] == "2025"
    assert found.counts(papers.papers) == (12, 4, 3)
    assert sum(found.each(papers.papers)) == 12


def test_without_own_dates_the_digests_tell() -> None:
    """Papers of unknown dates stand at the day of their first digest."""
    days = weeks(20)
    papers = dated([None] * 20, days)
    found = periods.axis(papers)
    assert found is not None
    assert (found.own, found.unit) == (False, "month")
    assert found.each(papers.papers) == (4, 4, 4, 4, 4)


@pytest.mark.parametrize(
    ("last", "goes_on"), [("2026-03-14", True), ("2026-12-30", False), ("2026-12-05", True)]
)
def test_the_last_step_goes_on_until_its_end(last: str, goes_on: bool) -> None:
    """A year is over when the newest digest is of the end of December."""
    day = digest("last", last)
    found = periods.axis(dated([f"20{n}" for n in range(19, 27)], [day] * 8))
    assert found is not None
    assert found.open is goes_on


def test_the_newest_digests_are_compared_with_the_older_ones() -> None:
    """A sixth of the papers is new, parted at a day; undated papers are neither."""
    days = [*(day for day in weeks(24) for _ in range(4)), digest("undated", None)]
    found = periods.compared(dated([None] * len(days), days))
    assert found is not None
    assert (len(found.new), len(found.old)) == (16, 80)
    assert found.when == "in digests since 7 June 2025"
    assert min(one.first_day or "" for one in found.new) > max(
        one.first_day or "" for one in found.old
    )


@pytest.mark.parametrize(
    ("years", "when"),
    [
        ([2012] * 40 + [2024] * 6 + [2025] * 8, "published in 2024 and 2025"),
        ([2012] * 40 + [2025] * 15, "published in 2025"),
        ([2012] * 60 + [2023] * 5 + [2024] * 5 + [2025] * 5, "published in 2023 to 2025"),
    ],
)
def test_with_few_days_the_papers_own_years_part_them(years: list[int], when: str) -> None:
    """Two digests tell nothing of time; the years of their papers do."""
    found = periods.compared(dated([str(year) for year in years]))
    assert found is not None
    assert found.when == when


@pytest.mark.parametrize(
    "papers",
    [dated(["2025"] * 50), dated(["2024"] * 4 + ["2025"] * 4), dated([None] * 40), catalog()],
    ids=["one year", "eight papers", "no dates", "no papers"],
)
def test_too_little_is_not_compared(papers: Catalog) -> None:
    """Where one side would have less than twelve papers, or more be new than old, nothing is."""
    assert periods.compared(papers) is None


def test_new_and_old_have_no_paper_in_common() -> None:
    """Whatever the dates, each paper is on one side at the most."""
    papers = dated([str(2000 + n % 20) for n in range(100)])
    found = periods.compared(papers)
    assert found is not None
    both: set[Paper] = set(found.new) & set(found.old)
    assert not both
