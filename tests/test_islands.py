"""Places of topics: room for each, those who share much side by side, one picture for one input."""

from __future__ import annotations

import numpy as np
import pytest

from generator.atlas.islands import places


def ring(count: int) -> np.ndarray:
    """Return the ties of topics of which each is tied to the one before and after it."""
    steps = np.arange(count)
    apart = np.abs(steps[:, None] - steps[None])
    return np.where(np.minimum(apart, count - apart) == 1, 10.0, 0.1) * (1 - np.eye(count))


def ways(found: np.ndarray) -> np.ndarray:
    """Return how far each two topics are apart."""
    return np.asarray(np.linalg.norm(found[:, None] - found[None], axis=2))


@pytest.mark.parametrize("count", [2, 3, 8, 20])
def test_every_topic_has_room(count: int) -> None:
    """Circles of very different sizes do not cross."""
    radii = 1.0 + np.arange(count) % 5
    found = ways(places(radii**2, ring(count), radii)) + 99 * np.eye(count)
    assert (found / np.add.outer(radii, radii)).min() > 0.98


def test_topics_that_share_much_are_neighbours() -> None:
    """Of nine topics in a ring, each has those that it is tied to nearer than the others."""
    found = ways(places(np.full(9, 10.0), ring(9), np.ones(9)))
    tied = ring(9) > 1
    others = ~tied & ~np.eye(9, dtype=bool)
    assert found[tied].mean() < 0.75 * found[others].mean()
    assert found[tied].max() < found[others].max()


def test_the_order_decides_on_left_and_right_alone() -> None:
    """Topics in another order take the same places, or those of the mirror."""
    ties = ring(7) + np.add.outer(np.arange(7), np.arange(7)) / 10
    np.fill_diagonal(ties, 0)
    sizes = np.array([9.0, 4, 3, 8, 2, 6, 5])
    order = np.array([3, 0, 6, 2, 5, 1, 4])
    first = places(sizes, ties, np.sqrt(sizes))
    again = places(sizes[order], ties[np.ix_(order, order)], np.sqrt(sizes[order]))
    assert np.allclose(np.abs(first[order]), np.abs(again), atol=1e-6)


@pytest.mark.parametrize("sizes", [(4.0, 1.0), (1.0, 4.0), (1.0, 2.0, 5.0), (5.0, 2.0, 1.0)])
def test_the_first_topic_lies_left_of_the_last(sizes: tuple[float, ...]) -> None:
    """An axis has no direction of its own: the order of the topics gives it one."""
    given = np.array(sizes)
    steps = np.arange(len(given))
    ties = (np.abs(steps[:, None] - steps[None]) == 1) * 1.0
    found = places(given, ties, np.sqrt(given))
    assert found[0, 0] < found[-1, 0]


def test_the_whole_is_wider_than_high() -> None:
    """Sixteen equal topics that are all strangers make a picture for a screen."""
    found = places(np.full(16, 5.0), np.ones((16, 16)) - np.eye(16), np.ones(16))
    wide, high = np.ptp(found, axis=0)
    assert wide > high


@pytest.mark.parametrize("ties", [np.zeros((3, 3)), np.ones((3, 3))])
def test_ties_may_tell_nothing(ties: np.ndarray) -> None:
    """Without ties, or with equal ones, there are places all the same."""
    found = places(np.array([3.0, 2, 1]), ties, np.array([2.0, 1.5, 1]))
    assert np.isfinite(found).all()
    assert (ways(found) + 9 * np.eye(3)).min() > 2


def test_one_topic_stands_in_the_middle() -> None:
    """One topic is at 0, 0; none are nowhere."""
    assert places(np.ones(1), np.zeros((1, 1)), np.ones(1)).tolist() == [[0, 0]]
    assert places(np.ones(0), np.zeros((0, 0)), np.ones(0)).shape == (0, 2)
