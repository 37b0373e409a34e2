"""The first words of an entry: title, words, and links by what they are called."""

from __future__ import annotations

import pytest

from generator.models import Facts
from generator.readers.credits import credited, enclosed
from generator.readers.headline import headline
from generator.readers.inline import Link
from generator.readers.linked import is_label, with_links, with_words


@pytest.mark.parametrize(
    ("markdown", "title", "words"),
    [
        ("[A Kettle](https://x.org) — it boils", "A Kettle", "it boils"),
        ("1) **A Kettle: One** - it boils", "A Kettle: One", "it boils"),
        ("**A Kettle**- it boils", "A Kettle", "it boils"),
        ("**[A Kettle](https://x.org)** (2024): it *boils*", "A Kettle", "(2024): it boils"),
        ("3) A Kettle: More  It boils - fast", "A Kettle: More", "It boils - fast"),
        ("A Kettle - it boils", "A Kettle", "it boils"),
        ("“A Kettle”, by nobody. [pdf](https://x.org)", "A Kettle", "by nobody."),
        ("**A Kettle.** Ada. [[pdf](https://x.org)] [[code](https://y.org)]", "A Kettle", "Ada."),
        (
            "[Paper](https://x.org) [K](https://y.org) a [blog](https://z.org) too",
            "K",
            "a blog too",
        ),
        ("[2601.00001](https://arxiv.org/abs/2601.00001) A Kettle", "A Kettle", ""),
        ("*8Kettle** - it boils", "8Kettle", "it boils"),
        ("[](https://x.org)", "", ""),
    ],
)
def test_title_and_words_are_told_apart(markdown: str, title: str, words: str) -> None:
    """By the link, the bold, the quotes, a dash or two blanks, and nothing is guessed."""
    found = headline(markdown)
    assert (found.title, found.words) == (title, words)
    assert not found.guessed or not title


def test_a_title_without_an_end_is_a_guess() -> None:
    """It ends before a word with which summaries begin, and the curator is told."""
    found = headline("5) A Kettle For All Introduces a kettle. It boils.")
    assert (found.title, found.words) == ("A Kettle For All", "Introduces a kettle. It boils.")
    assert found.guessed


def test_a_links_words_say_what_lies_there() -> None:
    """Such words are no title."""
    assert all(map(is_label, ["Paper", "Code & Data", "[pdf]", "Paper 2", "Tweet)", ""]))
    assert not any(map(is_label, ["A Kettle", "A", "Vision", "GPT-4"]))


def test_the_papers_own_address_tells_its_id() -> None:
    """What is called a tweet or a blog tells none, and no address is lost."""
    blog = Link("Blog", "https://arxiv.org/abs/2601.00009", 0, 0)
    assert with_links(Facts("x"), [blog]).arxiv is None
    links = [
        blog,
        Link("Project", "https://arxiv.org/abs/2601.00008", 0, 0),
        Link("Paper", "https://arxiv.org/abs/2601.00001v2", 0, 0),
        Link("Code", "https://huggingface.co/x", 0, 0),
        Link("Project", "https://x.org", 0, 0),
        Link("Paper 2", "https://doi.org/10.1234/a", 0, 0),
    ]
    facts = with_words(with_links(Facts("x"), links), ["https://arxiv.org/pdf/2601.00001"])
    assert (facts.arxiv, facts.version, facts.doi) == ("2601.00001", "v2", "10.1234/a")
    assert facts.links.code == ("https://huggingface.co/x",)
    assert facts.links.project == ("https://x.org",)
    others = ("https://arxiv.org/abs/2601.00009", "https://arxiv.org/abs/2601.00008")
    assert facts.links.other == others


@pytest.mark.parametrize(
    ("inside", "authors", "venue", "published"),
    [
        ("Ada Example, Jan van Beispiel, 2024", ("Ada Example", "Jan van Beispiel"), None, "2024"),
        ("Ada Example and B. C. Solo", ("Ada Example", "B. C. Solo"), None, None),
        ("NeurIPS 2023", (), "NeurIPS 2023", "2023"),
        ("Nature Medicine, 2024", (), "Nature Medicine, 2024", "2024"),
        ("2023/05", (), None, "2023-05"),
    ],
)
def test_brackets_name_people_venue_and_year(
    inside: str, authors: tuple[str, ...], venue: str | None, published: str | None
) -> None:
    """Only where they can be nothing else."""
    facts = credited(Facts("x"), inside)
    assert facts is not None
    assert (facts.authors, facts.venue, facts.published) == (authors, venue, published)


@pytest.mark.parametrize("inside", ["Example et al., 2024", "see below", "forty spoons", "BLT"])
def test_other_brackets_stay_words(inside: str) -> None:
    """An incomplete list of people is not taken for all of them."""
    words = f"({inside}) more"
    assert enclosed(Facts("x"), words) == (Facts("x"), words)
