"""Headings tell the last of their days."""

from __future__ import annotations

import pytest

from generator.readers import weeks


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Papers of the Week (June 23 - June 29) - 2025", "2025-06-29"),
        ("Papers (December 30 - January 5) - 2025", "2025-01-05"),
        ("Papers (May 22-28)", "2023-05-28"),
        ("Papers (Jan 30-Feb 5)", "2023-02-05"),
        ("Dec 30 - Jan 5", "2024-01-05"),
        ("Dec 30, 2024 – Jan 5", "2025-01-05"),
        ("30 Dec 2024 – 5 January 2025", "2025-01-05"),
        ("3-9 March 2025", "2025-03-09"),
        ("March 3rd, 2026", "2026-03-03"),
        ("Issue 12 (2024-05-06)", "2024-05-06"),
        ("2025/3/4 - 2025/3/10", "2025-03-10"),
        ("Week 12, 2025", "2025-03-23"),
        ("2025-W01", "2025-01-05"),
    ],
)
def test_a_week_has_the_day_on_which_it_ends(heading: str, day: str) -> None:
    """With the year of the heading, else the one above: 2023, and one more over New Year."""
    span = weeks.span(heading)
    assert span is not None
    assert span.date(2023) == day


@pytest.mark.parametrize(
    "heading", ["March 2025", "2023", "Attention 2 detail", "Feb 30", "Top 10 of May", "Vision", ""]
)
def test_other_headings_tell_no_day(heading: str) -> None:
    """A month alone is no day, and neither is one that no calendar has."""
    assert weeks.span(heading) is None


def test_without_any_year_there_is_no_day() -> None:
    """It is never guessed."""
    span = weeks.span("May 22-28")
    assert span is not None
    assert span.date(None) is None


def test_a_heading_may_be_only_a_year_or_only_days() -> None:
    """Then it gives no title."""
    assert [weeks.year_of(text) for text in ("2023", "**2023**", "In 2023")] == [2023, 2023, None]
    assert weeks.is_only_days("March 3rd - 9, 2025")
    assert not weeks.is_only_days("Papers of March 3")
