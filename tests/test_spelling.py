"""Stems come back as the words of the text."""

from __future__ import annotations

from generator.topics.spelling import spelt


def test_words_as_they_stand() -> None:
    """Each stem is one word of the text, compounds whole, in the order of the stems."""
    text = "Vocoders compared. We train a low-resource system on BERT."
    assert spelt(["train", "vocod", "bert", "lowresourc"], text, 9) == (
        "train",
        "Vocoders",
        "BERT",
        "low-resource",
    )


def test_the_form_with_fewest_capitals() -> None:
    """A title's capital is not the word's own."""
    assert spelt(["vocod"], "A Vocoder\nThe vocoders sing.", 1) == ("vocoders",)


def test_no_more_than_wanted() -> None:
    """Stems that the text lacks, short ones and numbers are left out and do not count."""
    assert spelt(["bird", "42", "ab", "tree", "sea"], "42 ab trees by the sea", 1) == ("trees",)
