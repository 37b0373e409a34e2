"""Coasts: closed lines around land, lakes the other way round, curves in whole numbers."""

from __future__ import annotations

import re

import numpy as np
import pytest

from generator.atlas.coasts import area, blurred, coasts, heaped, smooth


def field(rows: str) -> np.ndarray:
    """Return a field from a drawing: `#` is land, anything else water."""
    return np.array([[1.0 if sign == "#" else -1.0 for sign in row] for row in rows.split()])


@pytest.mark.parametrize(
    ("rows", "areas"),
    [
        ("... ... ...", []),
        ("... .#. ...", [0.5]),
        ("... ##. ...", [1.5]),
        ("#.. ... ..#", [0.5, 0.5]),
        ("..... .###. .#.#. .###. .....", [-0.5, 8.5]),
        ("##. ##. ...", [3.5]),
    ],
    ids=["water", "a point", "a bar", "two islands", "a lake", "at the edge"],
)
def test_each_land_has_one_closed_coast(rows: str, areas: list[float]) -> None:
    """Islands have positive areas, lakes negative ones, also at the edge of the field."""
    assert sorted(round(area(loop), 2) for loop in coasts(field(rows))) == areas


def test_lands_that_meet_at_a_corner_are_joined() -> None:
    """A saddle is land: the coast goes round the water on both its sides."""
    assert len(coasts(field(".... .#.. ..#. ...."))) == 1


def test_a_coast_lies_where_the_field_passes_zero() -> None:
    """Between a cell of 1 and one of -3 it is a quarter of the way."""
    loop = coasts(np.array([[-3.0, -3, -3], [-3, 1, -3], [-3, -3, -3]]))[0]
    assert sorted(map(tuple, loop.round(2).tolist())) == [
        (0.75, 1),
        (1, 0.75),
        (1, 1.25),
        (1.25, 1),
    ]


def test_a_coast_becomes_a_curve_of_whole_numbers() -> None:
    """The path is one closed curve without fractions, back where it began."""
    path = smooth(coasts(field("..... .###. .###. .###. ....."))[0] * 10)
    assert re.fullmatch(r"M-?\d+ -?\d+q[-\d ]+z", path)
    numbers = list(map(int, re.findall(r"-?\d+", path)))
    ends = np.array(numbers[2:]).reshape(-1, 4)[:, 2:]
    assert ends.sum(axis=0).tolist() == [0, 0]


def test_points_are_heaped_and_blurred_without_loss() -> None:
    """Points outside count at the edge; a blurred heap is symmetric and does not go round."""
    heaps = heaped(np.array([[5.0, 5.0], [5.2, 4.9], [99, -3]]), (11, 11))
    assert heaps[5, 5] == 2
    assert heaps[0, 10] == 1
    heaps[0, 10] = 0
    hill = blurred(heaps, 1.0)
    assert hill.sum() == pytest.approx(2, abs=0.01)
    assert np.allclose(hill, hill.T)
    corner = blurred(heaped(np.array([[0.0, 0.0]]), (30, 30)), 2.0)
    assert abs(corner[-1, -1]) < 1e-6
