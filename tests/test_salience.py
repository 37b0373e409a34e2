"""What a sentence has tells how well it sums its abstract up."""

from __future__ import annotations

from generator.summaries.salience import FEATURES, features, scores
from generator.summaries.summary_weights import WEIGHTS
from generator.words import tokens

TITLE = frozenset(tokens("Kettles that listen"))
ABSTRACT = (
    "Kettles are in every kitchen.",
    "We present a new kettle that can listen to its cook.",
    "We also test it on forty cooks.",
    "Spoons stay silent.",
)


def rows() -> list[dict[str, float]]:
    """Return the features of each sentence by their names."""
    return [dict(zip(FEATURES, row, strict=True)) for row in features(TITLE, ABSTRACT)]


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    """Weights that were learned for other features would be silent nonsense."""
    assert set(WEIGHTS) == set(FEATURES)
    assert len(FEATURES) == len(WEIGHTS)


def test_how_a_sentence_begins() -> None:
    """The authors' offers, what they add and what they test are told apart."""
    named = ("we", "offers", "adds", "mentions_we", "new", "purpose")
    assert [[bool(row[name]) for name in named] for row in rows()] == [
        [False, False, False, False, False, False],
        [True, True, False, True, True, True],
        [True, False, True, True, False, False],
        [False, False, False, False, False, False],
    ]


def test_where_a_sentence_stands() -> None:
    """From the first to the last, and next to the first that speaks of the authors."""
    named = ("first", "before_we", "first_we", "first_offer", "after_we")
    assert [[name for name in named if row[name]] for row in rows()] == [
        ["first", "before_we"],
        ["first_we", "first_offer"],
        ["after_we"],
        [],
    ]
    assert [row["place"] for row in rows()] == [0, 1 / 3, 2 / 3, 1]


def test_words_shared_with_the_title_and_with_the_others() -> None:
    """The sentence with the title's words leads; one with words of its own has nothing."""
    shared = [row["title_shared"] for row in rows()]
    assert max(shared) == shared[1]
    assert shared[3] == 0
    likeness = [row["likeness"] for row in rows()]
    assert likeness[3] == 0
    assert [row["most_alike"] for row in rows()] == [value == max(likeness) for value in likeness]


def test_one_sentence_and_none() -> None:
    """There need not be others, nor a title."""
    assert features(TITLE, ()) == scores(TITLE, ()) == []
    assert len(scores(frozenset(), ["Kettles boil."])) == 1
    assert len(scores(frozenset(), ["", "…"])) == 2


def test_the_best_sentence_has_the_best_score() -> None:
    """The weights like what says what the paper brings."""
    found = scores(TITLE, ABSTRACT)
    assert max(found) == found[1]
    assert min(found) == found[3]
