"""Papers become vectors of their terms, and these tell how alike the papers are."""

from __future__ import annotations

import numpy as np
import pytest

from generator.related import vectors as module
from generator.related.vectors import Document, Vectors, ranges, weigh


def made(*texts: str) -> Vectors:
    return weigh([[(1.0, text.split())] for text in texts])


def test_cosines_of_the_words_that_papers_share() -> None:
    """One row for each paper asked for; alike in both directions; none without a shared word."""
    found = made("fog bell horn", "fog bell tower", "salt and sugar")
    alike = found.alike(0, 3)
    assert alike.shape == (3, 3)
    assert alike[0, 1] == alike[1, 0] > 0.2
    assert alike[0, 2] == 0
    assert np.array_equal(found.alike(1, 2)[0], alike[1])


def test_rare_words_say_more_than_frequent_ones() -> None:
    """Also more than a commonplace that is just as rare here."""
    found = made("fog bell", "fog horn", "fog tower", "bell sail").alike(0, 1)[0]
    assert found[3] > found[1]
    equal = made("bell sail", "bell kelp", "propos reef", "propos tide")
    assert equal.alike(0, 1)[0, 1] > equal.alike(2, 3)[0, 3] > 0


def test_two_words_side_by_side_are_a_term() -> None:
    """Where they stand so twice, within one run of words."""
    found = made("fog bell reef", "fog bell kelp", "fog kelp bell")
    names = [found.term(column) for column in range(found.width)]
    assert names[len(found.words) :] == ["fog bell"]
    alike = found.alike(0, 1)[0]
    assert alike[1] > alike[2] > 0


def test_what_one_paper_alone_has_makes_it_less_like_others() -> None:
    """So the few words that a stranger shares do not make it kin."""
    few = made("fog bell", "fog horn").alike(0, 1)[0, 1]
    many = made("fog bell", "fog horn oven butter salt flour yeast").alike(0, 1)[0, 1]
    assert many < 0.7 * few


def test_mentions_and_their_worth_count_by_their_logarithm() -> None:
    """Ten mentions are more than one, but not ten times as much."""
    documents: list[Document] = [
        [(1.0, ["fog"] * 10 + ["bell"])],
        [(5.0, ["fog"]), (5.0, ["fog"]), (1.0, ["bell"])],
    ]
    found = weigh(documents)
    columns, weights = found.row(0)
    fog, bell = (weights[columns == found.words.index(word)][0] for word in ("fog", "bell"))
    assert 2 < fog / bell < 5
    assert found.row(1)[1][1] / found.row(1)[1][0] == pytest.approx(fog / bell)


def test_only_the_strongest_terms_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long text does not take longer to compare than a short one."""
    monkeypatch.setattr(module, "STRONGEST", 3)
    found = made("a b c d e f", "a b c d e f", "a a b b")
    assert all(len(found.row(n)[0]) <= 3 for n in range(3))


def test_what_very_many_papers_have_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """But only where there are many; what is compared at once is little in any case."""
    texts = [f"fog bell{n % 10} horn{n % 9}" for n in range(90)]
    assert made(*texts).alike(0, 1)[0, 1] > 0
    monkeypatch.setattr(module, "_PRODUCTS", 30)
    parts = made(*texts).alike(3, 20)
    monkeypatch.undo()
    assert np.array_equal(parts, made(*texts).alike(3, 20))
    monkeypatch.setattr(module, "_FEW", 80)
    found = made(*texts).alike(0, 1)[0]
    assert found[1] == 0 < found[10]


def test_the_order_of_papers_changes_nothing() -> None:
    """Not even the last bit of a cosine."""
    texts = [f"word{n % 7} word{n % 5} word{n % 3} word{n}" for n in range(40)]
    forth, back = made(*texts), made(*reversed(texts))
    assert np.array_equal(forth.alike(0, 40), back.alike(0, 40)[::-1, ::-1])


@pytest.mark.parametrize("texts", [(), ("",), ("fog",), ("fog", "fog"), ("", "fog fog")])
def test_nearly_nothing(texts: tuple[str, ...]) -> None:
    """No paper, no word, one paper: vectors without entries, and no warning of numpy's."""
    found = made(*texts)
    assert len(found) == len(texts)
    assert found.alike(0, len(texts)).shape == (len(texts), len(texts))


def test_ranges() -> None:
    """One after the other; empty ones leave no trace."""
    assert ranges(np.array([5, 9, 0]), np.array([2, 0, 1])).tolist() == [5, 6, 0]
