"""The curator's word on topics reaches the papers that it means, or is told with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.models import Catalog, Example, Facts, Paper, Topic
from generator.topics import chosen

TREES = Paper(
    "growing-small-trees",
    Facts("Growing Small Trees", arxiv="2401.00001", doi="10.1000/trees"),
    (),
)
BIRDS = Paper("counting-birds", Facts("Counting Birds at Night"), ())


def examples(*texts: str) -> Catalog:
    named = tuple(Example(text, 7) for text in texts)
    return Catalog(
        (TREES, BIRDS), (), (Topic("it", "It", examples=named),), {"old-trees": TREES.slug}
    )


@pytest.mark.parametrize(
    "text",
    [
        "Growing Small Trees",
        "growing small: trees!",
        "2401.00001",
        "arXiv:2401.00001v3",
        "https://arxiv.org/abs/2401.00001",
        "10.1000/TREES",
        "https://doi.org/10.1000/trees",
        "growing-small-trees",
        "old-trees",
    ],
)
def test_an_example_is_found(text: str) -> None:
    """By title, arXiv id, DOI, slug, or a slug that was given up."""
    assert chosen.examples(examples(text)) == ({TREES.slug: ("it",)}, [])


def test_an_example_that_no_paper_is() -> None:
    """A warning has its line and names the nearest title."""
    found, problems = chosen.examples(examples("Counting Birds by Night"))
    assert found == {}
    assert [str(problem) for problem in problems] == [
        "topics.yml:7: warning: no paper is the example 'Counting Birds by Night' of 'It'\n"
        "  hint: did you mean 'Counting Birds at Night'?"
    ]


def test_an_example_like_no_title() -> None:
    """The hint tells how to name one."""
    _, problems = chosen.examples(examples("10.1000/unknown"))
    assert "arXiv id, DOI or slug" in problems[0].hint


def test_nothing_is_no_name() -> None:
    """A paper without a letter in its title is not meant by an example without one."""
    stars = Paper("stars", Facts("***"), ())
    found = chosen.examples(replace(examples("???"), papers=(stars,)))[0]
    assert found == {}


def test_of_two_topics_with_one_name_the_first_is_meant() -> None:
    """A name stands for the topic that comes first in the file."""
    topics = (Topic("one", "Same"), Topic("two", "Same"))
    paper = Paper("p", Facts("P"), (), pinned=("same",))
    assert chosen.pinned(Catalog((paper,), (), topics))[0] == {"p": ("one",)}
