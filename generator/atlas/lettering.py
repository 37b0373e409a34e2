"""Write the names on the map: each on its own land, over as few papers as can be."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIZE = 19
"""Of the letters, in units of the map."""
LINE = 22
"""From one line to the next."""
_LETTER = 0.52
"""Width of a usual letter, in sizes; a little more than the site's serif has."""
_BROAD = 18
"""Letters that stand in one line."""
_AIR = 10
"""Around a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A topic's name and where it stands, in units of the map."""

    lines: tuple[str, ...]
    x: int
    """Middle of the lines."""
    y: int
    """Middle of the lines."""
    width: int
    """With the air around it."""
    height: int

    @property
    def baselines(self) -> tuple[tuple[str, int], ...]:
        """Return each line, and where its letters stand."""
        first = self.y - (len(self.lines) - 1) * LINE / 2 + SIZE / 3
        return tuple((line, round(first + row * LINE)) for row, line in enumerate(self.lines))

    @property
    def left(self) -> int:
        """Return the left edge of the box."""
        return self.x - self.width // 2

    @property
    def right(self) -> int:
        """Return the right edge."""
        return self.left + self.width

    @property
    def top(self) -> int:
        """Return the upper edge."""
        return self.y - self.height // 2

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Ground:
    """What the map holds where, in cells of equal size."""

    owner: NDArray[np.intp]
    """Row of the topic whose land it is, -1 for water."""
    papers: NDArray[np.intp]
    """Number in the cell."""
    cell: float
    """Side of a cell, in units of the map."""


def placed(names: Mapping[int, str], ground: Ground) -> dict[int, Name]:
    """Return each name's place by the row of its topic; one without room is left out.

    Small lands are served first: they have less choice.
    """
    free = np.ones(ground.owner.shape, dtype=bool)
    sizes = {row: int((ground.owner == row).sum()) for row in names}
    found: dict[int, Name] = {}
    for row in sorted(names, key=lambda row: (sizes[row], row)):
        name = _placed(names[row], row, ground, free)
        if name:
            found[row] = name
            _fill(free, name, ground.cell)
    return found


def lines(name: str) -> tuple[str, ...]:
    """Return `name` in one line, or in two of like length where it is long."""
    if _length(name) <= _BROAD or " " not in name:
        return (name,)
    words = name.split(" ")
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(cuts, key=lambda cut: (max(map(_length, cut)), -_length(cut[0])))


def box_of(name: str) -> tuple[int, int]:
    """Return the width and height that `name` takes, with the air around it."""
    shown = lines(name)
    width = round(max(map(_length, shown)) * SIZE * _LETTER) + 2 * _AIR
    return width, len(shown) * LINE + _AIR


def _length(text: str) -> int:
    """Return how wide `text` is, in letters of usual width."""
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def _placed(text: str, row: int, ground: Ground, free: NDArray[np.bool_]) -> Name | None:
    shown = lines(text)
    width, height = box_of(text)
    box = (round(height / ground.cell + 0.5), round(width / ground.cell + 0.5))
    if box[0] > free.shape[0] or box[1] > free.shape[1] or not (ground.owner == row).any():
        return None
    cost = _cost(row, ground, box)
    cost[_within(~free, box) > 0] = np.inf
    best = np.unravel_index(int(np.argmin(np.round(cost, 6))), cost.shape)
    if not np.isfinite(cost[best]):
        return None
    middle = [(at + side / 2) * ground.cell for at, side in zip(best, box, strict=True)]
    return Name(shown, round(middle[1]), round(middle[0]), width, height)


def _cost(row: int, ground: Ground, box: tuple[int, int]) -> NDArray[np.float64]:
    """Return how ill each place for the box's upper left corner would be, by cells."""
    own = ground.owner == row
    rows, columns = np.nonzero(own)
    foreign = _within(~own & (ground.owner >= 0), box)
    water = _within(ground.owner < 0, box)
    down, across = np.indices(foreign.shape)
    off = np.hypot(down + box[0] / 2 - rows.mean(), across + box[1] / 2 - columns.mean())
    cost = foreign + water + _within(ground.papers, box) / 2 + 3.0 * off
    return np.asarray(cost, dtype=np.float64)


def _within(grid: NDArray[np.intp] | NDArray[np.bool_], box: tuple[int, int]) -> NDArray[np.intp]:
    """Return for each place of a box the sum of what `grid` holds in it."""
    sums = np.pad(np.cumsum(np.cumsum(grid.astype(np.intp), axis=0), axis=1), ((1, 0), (1, 0)))
    high, wide = box
    return np.asarray(
        sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    )


def _fill(free: NDArray[np.bool_], name: Name, cell: float) -> None:
    top, left = (name.y - name.height / 2) / cell, (name.x - name.width / 2) / cell
    bottom, right = (name.y + name.height / 2) / cell, (name.x + name.width / 2) / cell
    free[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = False
