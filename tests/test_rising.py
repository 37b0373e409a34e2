"""Rising words: terms of the field that new papers use more, written as texts write them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from factories import paper

from generator.models import Paper
from generator.trends.rising import rising

FILLER = "We propose a novel and comprehensive approach that yields crucial gains"


def papers(prefix: str, count: int, title: str = "A study", text: str = "") -> list[Paper]:
    """Return `count` papers of one title and text; each has words of its own too."""
    own = [f"{prefix}word{n} {prefix}thing{n}" for n in range(count)]
    return [
        paper(f"{prefix}-{n}", f"{title} of {own[n]}", abstract=f"{text} for {own[n]}.")
        for n in range(count)
    ]


def texts(new: Sequence[Paper], old: Sequence[Paper], most: int = 12) -> list[str]:
    """Return the rising words in their order."""
    return [word.text for word in rising(new, old, most)]


def test_a_term_that_only_new_papers_use_rises() -> None:
    """It is told with its numbers, and the papers that have it in the title come first."""
    new = [
        *papers("a", 3, text="They use sparse kettles"),
        *papers("b", 3, title="On sparse kettles"),
        *papers("c", 10),
    ]
    old = [*papers("d", 40), *papers("e", 1, text="They use sparse kettles")]
    found = rising(new, old, 5)
    assert [(word.text, word.new, word.old) for word in found] == [("sparse kettles", 6, 1)]
    assert found[0].papers[:3] == ("b-0", "b-1", "b-2")


def test_stock_words_of_abstracts_do_not_rise() -> None:
    """What new abstracts say all the time but titles never is no term of the field."""
    new = [*papers("a", 20, text=FILLER), *papers("b", 5, title="On kettles")]
    assert texts(new, papers("c", 60)) == ["kettles"]


@pytest.mark.parametrize("title", ["Towards deep learning", "A new method", "Using large data"])
def test_common_words_of_titles_do_not_rise(title: str) -> None:
    """Words that titles share with all sciences make no term, alone or together."""
    assert texts(papers("a", 20, title=title), papers("b", 60)) == []


def test_what_falls_or_stays_does_not_rise() -> None:
    """A term as frequent before, or more, is not told; nor one of two papers."""
    steady = [*papers("a", 10, title="On kettles"), *papers("b", 2, title="On ladles")]
    before = [*papers("c", 30, title="On kettles"), *papers("d", 30, title="On spoons")]
    assert texts(steady, before) == []


def test_longer_texts_do_not_make_words_rise() -> None:
    """Where new abstracts are four times as long, a word of all sizes of text does not rise."""
    long = " ".join(f"pad{n} with kettles" if n % 7 == 0 else f"pad{n}" for n in range(40))
    new = papers("a", 12, title="On kettles", text=long)
    old = [*papers("b", 20, title="On kettles"), *papers("c", 28)]
    assert texts(new, old) == []


def test_the_longer_term_stands_for_its_parts() -> None:
    """`kettles` is not told beside `singing copper kettles` where it seldom stands alone."""
    new = [*papers("a", 8, title="On singing copper kettles"), *papers("b", 20)]
    assert texts(new, papers("c", 60)) == ["singing copper kettles"]


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("On Singing Kettles", "We like singing kettles", "singing kettles"),
        ("On Singing Kettles", "It is new", "singing kettles"),
        ("On KTL-2, in short", "We train KTL-2 here", "KTL-2"),
        ("On GRPOs at work", "It is new", "GRPOs"),
        ("On Mamba at sea", "We like Mamba a lot", "Mamba"),
        ("On zero-shot soup", "We cook zero-shot soup daily", "zero-shot soup"),
        ("On Réglage fin", "We like réglage fin", "réglage fin"),
    ],
)
def test_terms_are_shown_as_texts_write_them(title: str, text: str, shown: str) -> None:
    """Running text decides on capitals; where only titles have it, acronyms keep theirs."""
    new = [*papers("a", 8, title=title, text=text), *papers("b", 20)]
    assert shown in texts(new, papers("c", 60))


def test_neither_marks_nor_stop_words_are_part_of_a_term() -> None:
    """A comma, a colon or `of the` ends a term."""
    new = [*papers("a", 8, title="Kettles, ladles: spoons of the pot"), *papers("b", 20)]
    found = texts(new, papers("c", 60))
    assert sorted(found) == ["kettles", "ladles", "pot", "spoons"]


def test_the_order_of_papers_does_not_matter() -> None:
    """Turned round, new and old give the same words, and the most asked for is kept."""
    new = [*papers("a", 6, title="On kettles"), *papers("b", 5, title="On ladles and spoons")]
    old = papers("c", 50)
    assert texts(new, old) == texts(new[::-1], old[::-1]) == ["kettles", "ladles", "spoons"]
    assert texts(new, old, 2) == ["kettles", "ladles"]


@pytest.mark.parametrize(
    "title",
    ["言語モデルの研究", "תרגום מכונה", "$x^2$ \\frac{1}{2}", "<b>{{ x }}</b>", "x" * 5000, "!"],
)
def test_any_text_gives_a_list(title: str) -> None:
    """Other scripts, maths, hostile text and words without end raise nothing."""
    texts(papers("a", 8, title=title), papers("b", 30, title=title))
    assert texts([], []) == []
    assert texts([paper("only", title)], []) == []
