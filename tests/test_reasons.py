"""The words that make two papers alike, as the text writes them."""

from __future__ import annotations

import pytest

from generator.related.reasons import author, forms, shared
from generator.related.vectors import weigh
from generator.words import stem, tokens


def words(one: str, other: str, *more: str, authors: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what is said of two papers, in a collection with `more`."""
    known = [(1.0, (author(name),)) for name in authors]
    texts = [[(1.0, tokens(text)), *known] for text in (one, other)]
    texts += [[(1.0, tokens(text))] for text in more]
    return shared(weigh(texts), forms([one]), 0, [1], [one], authors)[0]


def test_words_stand_as_the_own_text_writes_them() -> None:
    """No stems; other forms in the other text are the same words."""
    assert words("Foghorns are sounding", "a sound foghorn") == ("Foghorns", "sounding")


def test_what_says_most_comes_first() -> None:
    """The rarer of two words."""
    more = ("reef one", "reef two", "reef three")
    assert words("reef and lantern", "lantern, reef", *more) == ("lantern", "reef")


def test_a_phrase_stands_for_its_words() -> None:
    """Only where nothing but a blank is between; `fog` and `bell` are not said again."""
    assert words("the fog bell rings", "a fog bell") == ("fog bell",)
    assert set(words("fog, bell", "fog, bell")) == {"fog", "bell"}


def test_a_compound_stands_for_its_parts() -> None:
    """However the other one writes it; `end` alone would say nothing."""
    assert words("end-to-end lamps", "lamp, end-to-end") == ("end-to-end", "lamps")
    assert words("text-to-speech", "text-to-speech") == ("text-to-speech",)


def test_commonplaces_and_numbers_are_no_reason() -> None:
    """But `language model` is one, and `proposed lantern` is not."""
    assert words("we propose 100 results in 2016", "proposed 100 result 2016") == ()
    assert words("a language model", "language models") == ("language model",)
    assert words("proposed lantern", "proposed lantern") == ("lantern",)


def test_authors_in_common_are_named() -> None:
    """By their names, not in pieces."""
    assert words("fog", "salt", authors=("Ada Örn",)) == ("Ada Örn",)
    found = weigh([[(1.0, (author("Fog"),)), (1.0, ("salt",))], [(1.0, ("fog", "salt"))]])
    assert shared(found, forms(["salt"]), 0, [1], ["salt"], ["Fog"]) == [("salt",)]


def test_at_most_four() -> None:
    """Enough to see why."""
    text = "anchor, buoy, crane, dock, eel, ferry, gull"
    assert len(words(text, text)) == 4


@pytest.mark.parametrize(
    ("text", "term", "spelling"),
    [
        ("Learning is learned", "learn", "learned"),
        ("LSTM", "lstm", "LSTM"),
        ("Starts of ART", "art", "ART"),
        ("Fog Bells, fog bells", "fog bell", "fog bells"),
        ("state‐space", "statespac", "state‐space"),
        ("機械学習", "学習", "学習"),
        ("Große Émile", "emil", "Émile"),
        ("fog\nbell", "fog bell", None),
        ("x y", "x", None),
    ],
)
def test_spellings(text: str, term: str, spelling: str | None) -> None:
    """One without capitals is taken before others; single letters are no words."""
    assert forms([text]).written([text], {term}).get(term) == spelling


def test_a_word_without_end_is_one_word() -> None:
    """Ten thousand characters without a blank are no reason that a reader could read."""
    text = "a" * 10_000
    assert forms([text]).written([text], {stem("a" * 40)}) == {}
