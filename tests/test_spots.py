"""Spots: each dot near where it wanted to be, none too near to another or in a closed box."""

from __future__ import annotations

import itertools

import numpy as np

from generator.atlas.spots import spots


def test_a_free_spot_is_taken_as_it_is() -> None:
    """Dots far from one another stay, rounded to whole numbers."""
    assert spots(np.array([[10.2, 20.8], [50.0, 60.0]]), 5, (100, 100)).tolist() == [
        [10, 21],
        [50, 60],
    ]


def test_dots_at_one_place_step_aside() -> None:
    """Fifty dots that want the same spot stand apart, and no farther than they must."""
    found = spots(np.full((50, 2), 100.0), 8, (200, 200))
    apart = [np.hypot(*(one - other)) for one, other in itertools.combinations(found, 2)]
    assert min(apart) >= 8
    assert np.hypot(*(found - 100).T).max() < 45


def test_closed_boxes_stay_empty() -> None:
    """A dot that wants into a box stands beside it, at its nearest side."""
    found = spots(np.array([[50.0, 48.0]]), 4, (100, 100), [(20, 45, 80, 60)])
    assert found.tolist() == [[50, 44]]


def test_a_full_map_keeps_all_dots() -> None:
    """Where nothing is free within reach a dot stands where it wanted to."""
    found = spots(np.full((40, 2), 10.0), 6, (20, 20))
    assert len(found) == 40
    assert ((found >= 0) & (found < 20)).all()
