"""Draw the coast of a land: the line around all places where a field lies above zero."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from generator.atlas.islands import Places

Loop = NDArray[np.float64]
"""Points of a closed line, each x and y."""


def coasts(field: NDArray[np.float64]) -> list[Loop]:
    """Return the lines around what is above zero in `field`, in its columns and rows.

    Land lies to one side all along a line: lakes run the other way round than islands.
    Linear in the cells of the field.
    """
    dry = np.pad(field, 1, constant_values=-1.0)
    onward = dict(_segments(dry > 0))
    loops = []
    while onward:
        loop = []
        first = edge = min(onward)
        while edge in onward:
            loop.append(edge)
            edge = onward.pop(edge)
        assert edge == first, "a coast has no end"
        loops.append(_crossings(loop, dry) - 1)
    return loops


def heaped(at: Places, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return how many of the points `at`, in columns and rows, are nearest to each cell."""
    rows, columns = shape
    column, row = np.clip(np.rint(at).astype(np.intp), 0, (columns - 1, rows - 1)).T
    heaps = np.bincount(row * columns + column, minlength=rows * columns)
    return heaps.reshape(shape).astype(np.float64)


def blurred(heaps: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """Return `heaps` each spread to a bell `reach` cells wide (its deviation)."""
    # Water around, since the transform takes the map for a globe.
    beyond = int(4 * reach) + 1
    rows, columns = heaps.shape[0] + beyond, heaps.shape[1] + beyond
    down, across = np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(columns)[None]
    bell = np.exp(-2 * (np.pi * reach) ** 2 * (across**2 + down**2))
    spread = np.fft.irfft2(np.fft.rfft2(heaps, (rows, columns)) * bell, (rows, columns))
    return np.asarray(spread[: heaps.shape[0], : heaps.shape[1]])


def area(loop: Loop) -> float:
    """Return the area within `loop`; below zero for a lake."""
    x, y = loop[:, 0], loop[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def smooth(loop: Loop) -> str:
    """Return `loop` as a path of SVG in whole units, its points rounded off to a curve."""
    middle = (loop + np.roll(loop, -1, axis=0)) / 2
    corner, after = np.rint(loop).astype(int), np.rint(middle).astype(int)
    here = after[-1]
    parts = [f"M{here[0]} {here[1]}q"]
    numbers = []
    for turn, end in zip(corner.tolist(), after.tolist(), strict=True):
        numbers += [turn[0] - here[0], turn[1] - here[1], end[0] - here[0], end[1] - here[1]]
        here = end
    return "".join([*parts, joined(numbers), "z"])


def joined(numbers: list[int]) -> str:
    """Return whole numbers as SVG's paths have them: no blank before a minus."""
    return "".join(f"{n}" if n < 0 or not place else f" {n}" for place, n in enumerate(numbers))


def _segments(
    land: NDArray[np.bool_],
) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """Yield each step of a coast across one cell: the edge where it comes in, and goes out.

    An edge is (0, row, column) from a corner to the right, or (1, row, column) downwards.
    """
    corners = np.stack([land[:-1, :-1], land[:-1, 1:], land[1:, 1:], land[1:, :-1]])
    mixed = corners.any(axis=0) & ~corners.all(axis=0)
    for row, column in zip(*(found.tolist() for found in np.nonzero(mixed)), strict=True):
        around = corners[:, row, column].tolist()
        edges = ((0, row, column), (1, row, column + 1), (0, row + 1, column), (1, row, column))
        for side in range(4):
            if around[side] and not around[(side + 1) % 4]:
                # Round the corners that are water, up to where land begins again.
                back = next(s for s in range(side + 1, side + 4) if around[(s + 1) % 4])
                yield edges[side], edges[back % 4]


def _crossings(edges: list[tuple[int, int, int]], field: NDArray[np.float64]) -> Loop:
    """Return where on each edge the field passes zero."""
    down, row, column = np.array(edges).T
    here, there = field[row, column], field[row + down, column + 1 - down]
    part = here / (here - there)
    return np.stack([column + part * (1 - down), row + part * down], axis=1)
