"""papers.lock is sorted text that says what it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lock import Lock, parse, render
from generator.problems import Severity

LOCK = Lock(
    {
        "small-nets": frozenset({"arxiv:2401.12340", "title:small-nets"}),
        "old-nets": frozenset({"title:old-nets", "title:言語", "doi:10.1/x(1)"}),
    },
    {"gone": "small-nets"},
)


def test_the_lock_is_a_sorted_line_a_paper() -> None:
    """Two curators' additions merge as lines; a slug given up is an arrow."""
    assert render(LOCK) == (
        "gone -> small-nets\n"
        "old-nets doi:10.1/x(1) title:old-nets title:言語\n"
        "small-nets arxiv:2401.12340 title:small-nets\n"
    )


def test_what_was_written_is_read_back() -> None:
    """Nothing is lost on the way, whatever the line ends."""
    assert parse(render(LOCK)) == (LOCK, [])
    assert parse(render(LOCK).replace("\n", "\r\n")) == (LOCK, [])


def test_empty_lines_and_comments_say_nothing() -> None:
    """Neither is a problem."""
    assert parse("\n# a comment\n  \n") == (Lock(), [])


def test_one_slug_on_two_lines_has_the_keys_of_both() -> None:
    """As after a merge that kept both sides."""
    found, problems = parse("a title:a\na arxiv:2401.12340\n")
    assert found.keys == {"a": frozenset({"title:a", "arxiv:2401.12340"})}
    assert problems == []


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| base", "=======", ">>>>>>> theirs"])
def test_the_marks_of_a_merge_conflict_are_named(mark: str) -> None:
    """The hint says how to end it; the lines around are still understood."""
    found, (problem,) = parse(f"a title:a\n{mark}\nb title:b\n")
    assert problem.severity is Severity.ERROR
    assert (problem.line, problem.message) == (2, "a merge conflict")
    assert "both sides" in problem.hint
    assert set(found.keys) == {"a", "b"}


@pytest.mark.parametrize(
    "line",
    [
        "only-a-slug",
        "A-Slug title:a",
        "a b c",
        "a -> ",
        "a -> b c",
        "a -> ../../b",
        "../a -> b",
        "a -> /b/",
        "a url:x",
        "a title:",
        "-a title:a",
        "\x00",
    ],
)
def test_a_line_that_says_nothing_is_an_error(line: str) -> None:
    """A damaged memory is not repaired by guessing."""
    found, (problem,) = parse(f"{line}\n")
    assert found == Lock()
    assert problem.severity is Severity.ERROR
    assert problem.line == 1
    assert problem.hint


def test_redirects_are_followed_to_their_end() -> None:
    """Over several steps, and a circle ends somewhere."""
    chain = Lock({}, {"a": "b", "b": "c"})
    assert chain.slug_of("a") == "c"
    assert chain.slug_of("other") == "other"
    assert Lock({}, {"a": "b", "b": "a"}).slug_of("a") in {"a", "b"}


@given(st.text(max_size=200))
def test_no_text_stops_the_reading(content: str) -> None:
    """Each line is memory, nothing, or an error; what was understood can be written again."""
    found, problems = parse(content)
    assert all(problem.line and problem.hint for problem in problems)
    assert parse(render(found)) == (found, [])
