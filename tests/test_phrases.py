"""Phrases are the terms of a field, in the spelling of the papers."""

from __future__ import annotations

import pytest

from generator.models import Facts
from generator.topics.phrases import Phrase, phrases, singular


def found(*texts: tuple[str, str], fewest: int = 2) -> dict[str, Phrase]:
    """Return the phrases of papers given as title and abstract, by their text."""
    facts = [Facts(title, abstract=abstract) for title, abstract in texts]
    return {phrase.text: phrase for phrase in phrases(facts, fewest)}


def test_the_longest_phrase_stands_for_its_parts() -> None:
    """A part that stands nowhere else is not a phrase of its own."""
    texts = found(
        ("Honey bees in cities", "We count the honey bees of a town."),
        ("A census of honey bees", "Of all honey bees many were seen."),
    )
    assert "honey bees" in texts
    assert not {"honey", "bees"} & set(texts)


def test_forms_of_a_word_are_one_phrase_in_the_usual_spelling() -> None:
    """Plural, hyphen and capitals make no difference; the most frequent form is shown."""
    texts = found(
        ("Text To Speech For Tide Pools", "The tide pool is loud, and a tide-pool is deep."),
        ("On Tide Pools", "We like a tide pool."),
    )
    assert texts["tide pool"].papers == (0, 1)
    assert not {"tide pools", "Tide Pools", "tide-pool"} & set(texts)


def test_acronyms_and_names_keep_their_capitals() -> None:
    """Capitals within a sentence stay, those of a heading go."""
    texts = found(
        ("Gull Counting With GPS", "A gull carries GPS over the Baltic coast, far from a gull."),
        ("GPS And Gull Colonies On A Coast", "The gull of the Baltic coast and its GPS."),
    )
    assert {"GPS", "gull", "Baltic coast"} <= set(texts)


@pytest.mark.parametrize(
    "junk",
    [
        "https://example.org/tides",
        "tides.example.com",
        "\\varepsilon",
        "2024",
        "et al",
    ],
)
def test_what_is_no_word_is_no_phrase(junk: str) -> None:
    """Addresses, LaTeX commands and numbers are left out."""
    texts = found((f"Tides {junk}", f"The {junk} here."), (f"Tides of {junk}", f"A {junk}."))
    assert set(texts) == {"tides"}


def test_verbs_are_no_phrases() -> None:
    """What follows `we` and `to`, and stands before an article, is a verb."""
    texts = found(
        ("Herding geese", "We herd the geese. To herd the geese we whistle."),
        ("Geese herd the farmer", "They herd the farmer. We herd a goose."),
    )
    assert "geese" in texts
    assert not {"herd", "whistle"} & set(texts)


def test_half_a_term_is_no_phrase() -> None:
    """A word that further words nearly always follow is an adjective or part of a term."""
    texts = found(
        ("An arctic fox", "The arctic fox and the arctic lynx."),
        ("The arctic hare", "On an arctic owl."),
        ("An arctic fox and its den", "An arctic fox. An arctic winter."),
    )
    assert "arctic fox" in texts
    assert "arctic" not in texts


def test_stock_words_name_nothing() -> None:
    """Words of every abstract are no names, at either end; general words are none alone."""
    texts = found(
        ("A novel method for moss models", "The proposed method is a moss model. Its data."),
        ("Novel methods, moss models and data", "A survey: the method, the moss model, data."),
    )
    nameable = {text for text, phrase in texts.items() if phrase.nameable}
    assert nameable == {"moss model"}


def test_authors_keywords_count_as_titles() -> None:
    """They are terms of the field and nothing else."""
    facts = [
        Facts("One", abstract="On kelp forests.", keywords=("kelp forests",)),
        Facts("Two", keywords=("Kelp forests", "divers")),
    ]
    assert [(p.text, p.titles) for p in phrases(facts, 2)] == [("kelp forests", 2)]


def test_a_word_without_a_title_is_no_phrase() -> None:
    """What stands in no title is seldom a term; acronyms are."""
    texts = found(
        ("Beavers", "The lumber of beavers, and DNA."), ("Beavers", "Some lumber, some DNA.")
    )
    assert set(texts) == {"beavers", "DNA"}


@pytest.mark.parametrize(
    ("one", "other", "term"),
    [
        ("语音识别的研究", "关于语音识别", "语音识别"),
        ("音声認識の研究", "新しい音声認識", "音声認識"),
        ("言語モデルの圧縮", "小さな言語モデル", "言語モデル"),
        ("Распознавание речи", "О том, что распознавание речи может", "распознавание речи"),
        ("भाषा और पक्षी", "एक भाषा", "भाषा"),
    ],
)
def test_other_scripts(one: str, other: str, term: str) -> None:
    """Terms are found in scripts of all kinds, those that part no words included."""
    assert term in found((one, one), (other, other))


@pytest.mark.parametrize("text", ["", "x", "a" * 10_000, "字" * 3_000, "- . ,", "\\", "$x$" * 50])
def test_no_text_fails(text: str) -> None:
    """Whatever a title or an abstract holds, phrases come out, perhaps none."""
    assert all(p.text and len(p.papers) == 2 for p in found((text, text), (text, text)).values())


def test_singular() -> None:
    """English plurals lose their ending, other words do not."""
    plural = ["bees", "studies", "classes", "analysis", "gas", "corpus", "boss"]
    assert [*map(singular, plural)] == [
        "bee",
        "study",
        "class",
        "analysis",
        "gas",
        "corpus",
        "boss",
    ]


def test_the_order_of_words_and_papers_decides_nothing() -> None:
    """The same papers the other way round give the same phrases."""
    texts = [("Honey bees", "A honey bee."), ("Geese", "Some geese, honey bees."), ("Geese", "")]
    there, back = found(*texts), found(*texts[::-1])
    assert [*there] == [*back]
    assert [p.titles for p in there.values()] == [p.titles for p in back.values()]
