"""Give each dot a spot of its own: whole numbers, none nearer to another than it should be."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from generator.atlas.islands import Places

_REACH = 150
"""Farthest that a dot moves."""
_FIRST = 64
"""Spots looked at first; most dots find one among them."""


def spots(
    wanted: Places,
    apart: int,
    size: tuple[int, int],
    taken: Iterable[tuple[int, int, int, int]] = (),
) -> NDArray[np.intp]:
    """Return the free spot nearest to each wanted one, first come first served.

    `size` is the width and height of the map; `taken` holds boxes (left, top, right, bottom) that
    stay empty. A dot that finds nothing within reach stands where it wanted to.
    """
    width, height = size
    edge = apart // 2
    busy = np.ones((height + 2 * _REACH, width + 2 * _REACH), dtype=bool)
    inside = (
        slice(_REACH + edge, _REACH + height - edge),
        slice(_REACH + edge, _REACH + width - edge),
    )
    busy[inside] = False
    for left, top, right, bottom in taken:
        busy[max(0, top + _REACH) : bottom + _REACH, max(0, left + _REACH) : right + _REACH] = True
    steps = _steps()
    around = np.arange(-apart, apart + 1)
    disc = np.add.outer(around**2, around**2) < apart**2
    high = np.array([height - 1 - edge, width - 1 - edge])
    found = np.clip(np.rint(wanted[:, ::-1]).astype(np.intp), edge, high) + _REACH
    for row, (down, across) in enumerate(found.tolist()):
        down, across = _free(busy, steps, down, across)
        found[row] = down, across
        busy[down - apart : down + apart + 1, across - apart : across + apart + 1] |= disc
    return found[:, ::-1] - _REACH


def _steps() -> NDArray[np.intp]:
    """Return all steps down and across within reach, the shortest first."""
    line = np.arange(-_REACH, _REACH + 1)
    down, across = (grid.ravel() for grid in np.meshgrid(line, line, indexing="ij"))
    far = down**2 + across**2
    order = np.lexsort((across, down, far))
    order = order[far[order] <= _REACH**2]
    return np.stack([down[order], across[order]], axis=1)


def _free(
    busy: NDArray[np.bool_], steps: NDArray[np.intp], down: int, across: int
) -> tuple[int, int]:
    start, count = 0, _FIRST
    while start < len(steps):
        at = steps[start : start + count] + np.array([down, across])
        held = busy[at[:, 0], at[:, 1]]
        first = int(held.argmin())
        if not held[first]:
            return int(at[first, 0]), int(at[first, 1])
        start, count = start + count, count * 4
    return down, across
