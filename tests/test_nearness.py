"""Papers are near by their own words, and by those of their neighbours."""

from __future__ import annotations

import numpy as np
import pytest

from generator.related import nearness as module
from generator.related.nearness import Nearness, measure
from generator.related.vectors import Floats, weigh

CHAIN = ("fog bell", "fog bell tower lamp", "tower lamp", "salt flour", "salt flour yeast oven")


def near(*texts: str, topics: Floats | None = None) -> Nearness:
    found = weigh([[(1.0, text.split())] for text in texts])
    return measure(found, np.zeros((len(texts), 0)) if topics is None else topics)


def table(found: Nearness) -> Floats:
    return np.array([found.to(n) for n in range(len(found))])


def test_what_is_like_a_neighbour_is_near() -> None:
    """Though it shares no word; what no neighbour is like is not near at all."""
    found = table(near(*CHAIN))
    assert found[0, 1] > found[0, 2] > 0
    assert found[0, 3] == found[0, 4] == 0


def test_near_in_both_directions_and_never_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 0 to 1."""
    found = table(near(*CHAIN))
    assert np.allclose(found, found.T)
    assert np.all(np.diag(found) == 0)
    assert 0 <= found.min() <= found.max() <= 1
    # Each keeps but a few, and not the same as the other one.
    monkeypatch.setattr(module, "_KEPT", 3)
    found = table(near(*(f"w{n % 4} x{n % 5} y{n % 7} z{n % 3}" for n in range(30))))
    assert np.allclose(found, found.T)


def test_a_common_topic_brings_papers_nearer() -> None:
    """But only those that share a word too."""
    topics = np.array([[1.0], [1.0], [0.0], [1.0], [0.0]])
    plain, told = table(near(*CHAIN)), table(near(*CHAIN, topics=topics))
    assert told[0, 1] > plain[0, 1]
    assert told[0, 3] == 0


def test_a_stranger_stays_where_it_is() -> None:
    """One weak likeness does not pull a paper among those that it is a little like."""
    group = [f"fog bell horn reef{n % 3} tide{n % 2}" for n in range(99)]
    found = table(near(*group, "fog oven butter flour yeast sugar salt pan crust soup"))
    assert found[-1].max() < 0.3 < found[0].max()


def test_nearest_are_the_highest_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """In blocks of any size, the first of equals first, none that is not near."""
    texts = [f"w{n % 4} x{n % 5} y{n % 7} z{n % 3}" for n in range(30)]
    whole = near(*texts)
    expected = [np.lexsort((np.arange(30), -np.round(line, 9)))[:6] for line in table(whole)]
    for block in (1, 7, 50):
        monkeypatch.setattr(module, "_BLOCK", block)
        found = list(near(*texts).nearest(6))
        for (others, values), places, line in zip(found, expected, table(whole), strict=True):
            assert np.allclose(values, line[places])
            assert others.tolist() == [n for n in others if line[n] > 0]
    assert [len(others) for others, _ in near(*CHAIN).nearest(4)] == [2, 2, 2, 1, 1]


@pytest.mark.parametrize("texts", [(), ("",), ("fog",), ("fog bell", "fog bell"), ("", "", "fog")])
def test_nearly_nothing(texts: tuple[str, ...]) -> None:
    """No paper, one, two that are one: answers, and no warning of numpy's."""
    found = near(*texts)
    assert len(list(found.nearest(3))) == len(texts)
    assert len(table(found)) == len(texts)
