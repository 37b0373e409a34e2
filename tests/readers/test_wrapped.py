"""Titles that an export wrapped become whole again, and whole titles stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.models import Entry
from generator.readers import Defaults, hf_page, hf_weekly
from generator.readers.wrapped import Line, unwrapped

HEAD = "Get trending papers in your email inbox!\nSubscribe"


def titles(*lines: str | None) -> list[str]:
    """Return what becomes of a page's lines; `x` stands for an abstract, None for no line."""
    numbered = [Line(number, line) for number, line in enumerate(lines, 1) if line]
    return [line.text for line, long in unwrapped(numbered, lambda line: line == "x") if not long]


def weeks(samples: Path) -> list[tuple[Entry, ...]]:
    files = sorted((samples / "corpora" / "hf-weekly-text").glob("*.txt"))
    read = (hf_weekly.read(file.name, file.read_text("utf-8"), Defaults()) for file in files)
    return [reading.digests[0].entries for reading in read]


def test_neighbours_are_one_title_where_empty_lines_part_the_rest() -> None:
    """However they end; over three lines too."""
    assert titles("A", "B", None, "x", None, "C", None, "x") == ["A B", "C"]
    assert titles("A", "B", "C", None, "x", None, "D", None, "E") == ["A B C", "D", "E"]


def test_neighbours_stay_apart_where_nothing_parts_lines() -> None:
    """A title without abstract is no reason to join it with the next."""
    assert titles("A", "B", "x", "C", "x") == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Kettles:", "A Survey", True),
        ("Kettles, Teapots,", "Cups", True),
        ("The Art of", "Kettles", True),
        ("Kettles &", "Teapots", True),
        ("Kettles Listen", "to Teapots", True),
        ("Kettles Listen", "iKettle: A Tool", False),
        ("Kettles Listen", "gpt-oss Rewired", False),
        ("Kettles Listen", "wav2vec at Home", False),
        ("Kettles Listen", "gpt: A Tool", False),
        ("What Kettles Are For", "Teapots", False),
        ("Is It?", "It Is", False),
    ],
)
def test_only_what_cannot_be_whole_is_joined(first: str, second: str, joined: bool) -> None:
    """A colon, a comma, a small word at the end; a word in lower case at the start."""
    expected = [f"{first} {second}"] if joined else [first, second]
    assert titles(first, second, "x", "C", "x") == [*expected, "C"]


def test_a_word_divided_at_its_hyphen_is_glued() -> None:
    """But not a hyphen that stands for a part to come."""
    assert titles("Long-", "Context Tea", "x") == ["Long-Context Tea"]
    assert titles("Long-", "and Short-Term Tea", "x") == ["Long- and Short-Term Tea"]
    assert titles("Tea -", "Hot", "x") == ["Tea - Hot"]


def test_a_margin_that_shows_twice_joins_what_reaches_it() -> None:
    """Where the next word had no room, and an abstract follows."""
    shown = ("Kettles of the North and of", "Asia", "x", "Teapots of the East and the", "West", "x")
    wide = ("Spoons Were Never Found", "Before", "x")
    assert titles(*shown, *wide) == [
        "Kettles of the North and of Asia",
        "Teapots of the East and the West",
        "Spoons Were Never Found Before",
    ]
    assert titles(*shown, *wide[:2])[2:] == ["Spoons Were Never Found", "Before"]
    assert titles(*shown[:3], *wide)[1:] == ["Spoons Were Never Found", "Before"]
    assert titles(*shown, "Short", "Title", "x")[2:] == ["Short", "Title"]
    long = "A Title That Reaches Far Behind the Margin"
    assert titles(*shown, long, "Before", "x")[2:] == [long, "Before"]
    four = [
        "Kettles of North and of",
        "Teapots Found in the Sand",
        "Cups in Unwashed Old Sinks",
        "Tea",
    ]
    assert titles(*shown, *four, "x")[2:] == [" ".join(four[:2]), *four[2:]]
    assert titles(*shown, "A", *wide)[2:] == ["A", "Spoons Were Never Found", "Before"]


def test_nothing_longer_than_a_title_is_made() -> None:
    """Many lines are left as they are."""
    lines = ["Kettles and"] * 40
    assert titles(*lines, "x") == lines


@given(st.lists(st.sampled_from(["", "A of", "b c", "D", "x", "E-", "F" * 70]), max_size=40))
def test_no_word_is_lost_or_added(lines: list[str]) -> None:
    """Whatever is joined, its letters and their order stay."""
    found = "".join(titles(*lines)).replace(" ", "")
    assert found == "".join(line for line in lines if line != "x").replace(" ", "")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_whole_titles_of_the_samples_stay_apart(gap: str, samples: Path) -> None:
    """4,024 titles on pages of both renderings, every tenth without its abstract."""
    for entries in weeks(samples):
        written = [entry.facts.title for entry in entries]
        body = [
            part
            for number, entry in enumerate(entries)
            for part in (entry.facts.title, entry.facts.abstract if number % 10 else None)
            if part
        ]
        page = f"{HEAD}{gap}\n{gap}" + f"\n{gap}".join(body)
        (digest,) = hf_page.read("x.txt", page, Defaults()).digests
        assert [entry.facts.title for entry in digest.entries] == written


def test_wrapped_titles_of_the_samples_become_whole(samples: Path) -> None:
    """All of the spaced rendering; of the compact one 99 in a hundred, and none too long."""
    right = 0
    for file in sorted((samples / "corpora" / "hf-weekly-text").glob("*.txt")):
        content = file.read_text("utf-8")
        entries = hf_weekly.read(file.name, content, Defaults()).digests[0].entries
        lines = [
            line.removeprefix("Title: ").removeprefix("Summary: ").strip()
            for line in content.splitlines()
            if not line.startswith(("PDF:", "---"))
        ]
        whole = {entry.facts.title for entry in entries}
        (digest,) = hf_page.read("x.txt", "\n".join([HEAD, *lines]), Defaults()).digests
        found = {entry.facts.title for entry in digest.entries}
        assert all(
            any(known.startswith(t) or known.endswith(t) or t in known for known in whole)
            for t in found
        )
        right += len(whole & found)
    assert right >= 3980
