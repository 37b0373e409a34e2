"""Pairs worth comparing are found without comparing everything with everything."""

from __future__ import annotations

import pytest
from effort import effort

from generator.catalog.candidates import pairs
from generator.catalog.profiles import profile
from generator.models import Facts

FILL = [f"Subject{n} under study {n * 7} of matter{n % 13}" for n in range(300)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Small Nets", "small nets"),
        ("Small Nets: A Study of Matter", "Small Nets"),
        ("Learning Small Recurrent Networks", "Learning Smal Recurrent Networks"),
        ("Learning Small Recurrent Networks", "Laerning Small Recurrent Networks"),
        ("Learning Small Recurrent Networks", "Learning Small Recurrent Networcks"),
        ("Deep Birds that Sing Songs at Night", "When Birds Sing Deep Songs at Night"),
    ],
)
def test_near_titles_are_candidates(one: str, other: str) -> None:
    """Wherever the difference stands, and among many others."""
    found = pairs([profile(Facts(title)) for title in (one, *FILL, other)])
    assert (0, len(FILL) + 1) in found


def test_other_titles_are_none() -> None:
    """Words in common are not enough."""
    titles = ("A Study of Birds at Night", "A Study of Trees by Day", "", "???")
    assert pairs([profile(Facts(title)) for title in titles]) == []


def test_a_title_that_many_have_costs_little() -> None:
    """Two thousand editorials make some thousands of pairs, not two million."""
    many = [profile(Facts("Editorial", (f"A{n} B{n}",))) for n in range(2000)]
    assert len(pairs(many)) < 40_000


def test_the_work_grows_with_the_number() -> None:
    """Eight times as many papers are less than thirty times the work."""

    def cost(number: int) -> int:
        many = [
            profile(Facts(f"Matter{n % 997} of subject{n} in field{n % 31}")) for n in range(number)
        ]
        return effort(lambda: pairs(many))

    assert cost(8000) < 30 * cost(1000)
