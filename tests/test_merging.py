"""Which source's word counts, and which contradictions the curator hears of."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalog.merging import Told, conflicts, merged
from generator.models import Facts, Links

WHOLE = "This is an abstract with more than eight words, and it ends as it should."
CUT = "This is an abstract with more than eight words that is much longer than others and the"


def told(file: str, title: str = "Small Nets", **facts: Any) -> Told:
    return Told(Facts(title, **facts), file, 7)


def test_a_whole_abstract_counts_before_a_longer_cut_one() -> None:
    """Saved pages break off in the middle."""
    assert merged([Facts("T", abstract=CUT), Facts("T", abstract=WHOLE)]).abstract == WHOLE
    assert merged([Facts("T", abstract="…"), Facts("T", abstract=CUT)]).abstract == CUT


def test_the_longer_list_of_the_same_authors_counts() -> None:
    """Unless it names other people; equal ones stay as they were first written."""
    short, whole = ("A. One",), ("Ada One", "Bo Two")
    assert merged([Facts("T", authors=short), Facts("T", authors=whole)]).authors == whole
    others = ("Cy Three", "Di Four")
    assert merged([Facts("T", authors=short), Facts("T", authors=others)]).authors == short


def test_keywords_and_categories_are_united() -> None:
    """Each once, in the order in which they came."""
    one = merged([Facts("T", keywords=("b", "a")), Facts("T", keywords=("a", "c"))])
    assert one.keywords == ("b", "a", "c")


def test_the_newest_version_counts() -> None:
    """Whichever mention tells it; v10 is newer than v9."""
    told = [Facts("T", version=name) for name in ("v9", "v10", "v2", None)]
    assert merged(told).version == merged(told[::-1]).version == "v10"


def test_the_venue_s_doi_counts_before_the_preprint_s() -> None:
    """With the link that belongs to it."""
    first = Facts("T", doi="10.48550/arxiv.2401.00001", links=Links(doi="https://doi.org/a"))
    later = Facts("T", doi="10.1145/1", links=Links(doi="https://doi.org/b"))
    found = merged([first, later])
    assert (found.doi, found.links.doi) == ("10.1145/1", "https://doi.org/b")
    assert merged([later, first]).doi == "10.1145/1"


@pytest.mark.parametrize(
    ("first", "later", "message"),
    [
        ({"doi": "10.1/x"}, {"doi": "10.2/y"}, "the DOI differs from a.md:7: 10.1/x, 10.2/y"),
        (
            {"arxiv": "2401.00001"},
            {"arxiv": "2402.00002"},
            "the arXiv id differs from a.md:7: 2401.00001, 2402.00002",
        ),
        (
            {"published": "2010"},
            {"published": "2020-01"},
            "the year differs from a.md:7: 2010, 2020",
        ),
        (
            {"authors": ("Ada One",)},
            {"authors": ("Bo Two", "Cy Three", "Di Four")},
            "the authors differ from a.md:7: Ada One, Bo Two and Cy Three and others",
        ),
        (
            {"title": "Small Nets"},
            {"title": "Other Words"},
            "the title differs from a.md:7: Small Nets, Other Words",
        ),
    ],
)  # fmt: skip
def test_a_conflict_names_both_places(
    first: dict[str, Any], later: dict[str, Any], message: str
) -> None:
    """At the later mention, with both values."""
    (found,) = conflicts([told("a.md", **first), told("b.json", **later)])
    assert (found.path, found.line, str(found.severity)) == ("b.json", 7, "warning")
    assert found.message == message
    assert found.hint


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ({"doi": "10.48550/arxiv.2401.00001"}, {"doi": "10.1145/1"}),
        ({"published": "2019-12"}, {"published": "2021"}),
        ({"authors": ("Ada One",)}, {"authors": ("A. One", "Bo Two")}),
        ({"title": "Small Nets"}, {"title": "Smaller: Nets Again"}),
        ({"doi": "10.1/x"}, {}),
    ],
)
def test_what_is_no_conflict(first: dict[str, Any], later: dict[str, Any]) -> None:
    """A preprint and its venue, a shorter list, a changed title, a gap."""
    assert not list(conflicts([told("a.md", **first), told("b.md", **later)]))


def test_a_conflict_is_told_once() -> None:
    """However many mentions repeat the other value."""
    group = [told("a.md", doi="10.1/x"), *(told(f"{n}.md", doi="10.2/y") for n in range(3))]
    assert len(list(conflicts(group))) == 1
