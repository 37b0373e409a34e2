"""Stock phrases go from the beginning of a sentence, and what it says stays."""

from __future__ import annotations

import pytest

from generator.summaries.openings import trim


@pytest.mark.parametrize(
    "phrase",
    [
        *("In this paper, ", "In this work ", "In this short paper, ", "In our study, "),
        *("Here, ", "Here ", "However, ", "To this end, ", "Specifically, ", "Finally, "),
        *("To address this issue, ", "To tackle these robustness challenges, ", "Thus "),
        *("Motivated by these findings, ", "Based on this, ", "For this purpose, "),
        *("Therefore, in this paper, ", "Abstract: ", "Results — ", "(1) ", "ii) ", "1. "),
        "To solve the above problems, ",
    ],
)
def test_stock_phrases_go(phrase: str) -> None:
    """What links a sentence to others or names the paper goes, and a capital letter comes."""
    assert trim(f"{phrase}we boil water, however hot.") == "We boil water, however hot."


@pytest.mark.parametrize(
    "sentence",
    [
        "In this paper kettles are boiled.",
        "To solve the boiling problem, we use fire.",
        "Here lies the kettle.",
        "Thus spoke the kettle.",
        "Despite this, kettles boil.",
        "This paper presents kettles.",
        "Recently, kettles boiled.",
        "First kettles boil.",
        "Results show that kettles boil.",
        "Finally",
        "In this paper, ",
        "V. Smith boils water.",
        "",
    ],
)
def test_what_means_something_stays(sentence: str) -> None:
    """A phrase with content of its own, or one that is part of the sentence, is kept."""
    assert trim(sentence) == sentence


@pytest.mark.parametrize(
    "rest",
    ["k-means boils.", "mRNA boils.", "t-SNE boils.", "$x$ boils.", "gRNAde.", "iPod.", "水"],
)
def test_names_keep_their_first_letter(rest: str) -> None:
    """Only a plain word gets a capital."""
    assert trim(f"However, {rest}") == rest
    assert trim(rest) == rest
