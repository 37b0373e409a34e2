"""Draw the map of a collection: every paper a dot near its relatives, every topic a land.

Topics take their places first (`islands`), then papers theirs (`drift`); names are written
(`lettering`), dots step aside for them and for one another (`spots`), and coasts are drawn around
all (`coasts`). Nothing is left to chance, and the order of the papers does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from generator.atlas import coasts, drift, islands, lettering, spots
from generator.atlas.crew import Crew, gathered, ties
from generator.atlas.islands import Places
from generator.models import UNSORTED, Catalog

WIDTH = 1200
"""Of the map while it is drawn, in its own units."""
_HIGHEST = 0.7
"""Of the map, in widths; a higher one is pressed down, by a fifth at most."""
_ROOM = 1.25
"""Radius of a topic, in that of its papers put side by side."""
_WIDEST = 50.0
"""Side of a paper's square at the most: few papers make a small map."""
_UNLETTERED = 0.7
"""Part of a name's room over which the topic's papers spread."""
_LANDS = 0.5
"""Part of the map that is land."""
_MARGIN = 120
"""Around all papers while the map is drawn, for names and coasts."""
_BLUR, _LEAST_BLUR = 0.6, 14
"""How far a paper's land reaches, in such sides, and in units of the map."""
_CELL, _LEAST_CELL = 0.25, 6
"""Side of a cell of the ground, likewise."""
_LEVEL = 0.13
"""Height of the coast, where papers that fill their squares make a plain of height 1."""
_ISLET, _LAKE = 5.0, 10.0
"""Least land beside a topic's largest, and least water within, in papers' squares."""
_DOT, _LEAST_DOT, _LARGEST_DOT = 0.18, 1.5, 6
"""Radius of a dot, in such sides, and in units of the map."""
_ROCKS = 1.0
"""Between the points that papers make way for, in sides."""
_PAVED = 0.8
"""Between the points that make the ground under a name."""
_EDGE = 8
"""Of water around all lands."""
_YIELDING = 30
"""Rounds in which papers make way for the names."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A paper on the map."""

    slug: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Land:
    """A topic on the map."""

    slug: str
    coast: str
    """Path of SVG; empty where its papers lie scattered on other lands."""
    name: lettering.Name | None
    dots: tuple[Dot, ...]
    """Papers of which it is the primary topic, by slug."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map, in its own units."""

    left: int
    top: int
    width: int
    height: int
    radius: float
    """Of a dot."""
    lands: tuple[Land, ...]
    """Largest first, so that a smaller one is drawn upon it."""
    scattered: tuple[Dot, ...]
    """Papers without a topic, by slug."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """From the papers' own measure to the map's."""

    low: Places
    scale: Places
    """Units of the map for the side of a paper's square, across and down."""
    height: int

    def on(self, found: Places) -> Places:
        """Return places on the map."""
        return (found - self.low) * self.scale

    def off(self, points: Places) -> Places:
        """Return places of the map in the papers' measure."""
        return points / self.scale + self.low


def draw(catalog: Catalog) -> Atlas | None:
    """Return the map of all papers; None where there are none.

    Linear in the papers, quadratic in the topics.
    """
    if not catalog.papers:
        return None
    crew = gathered(catalog)
    lettered = _lettered(catalog, crew)
    centres = islands.places(crew.sizes, ties(crew), _radii(crew.sizes + lettered))
    radii = _radii(crew.sizes + _UNLETTERED * lettered)
    found = drift.settled(crew.kin, crew.topic, centres, radii)
    frame = _frame(found)
    names = _names(catalog, crew, frame, frame.on(found))
    step = _ROCKS * float(frame.scale[0])
    rocks = frame.off(np.concatenate([np.empty((0, 2)), *(_heap(n, step) for n in names.values())]))
    found = drift.yielded(found, crew.kin, crew.topic, centres, radii, rocks, _YIELDING)
    return _drawn(crew, frame, names, frame.on(found))


def _lettered(catalog: Catalog, crew: Crew) -> NDArray[np.float64]:
    """Return the room that each topic's name takes, in papers' squares."""
    boxes = [
        lettering.box_of(catalog.topic[slug].name) if slug in catalog.topic else (0, 0)
        for slug in crew.slugs
    ]
    areas = np.array([width * height for width, height in boxes], dtype=float)
    free = _HIGHEST * (WIDTH - _MARGIN) ** 2 * _LANDS - areas.sum()
    return np.asarray(areas * crew.sizes.sum() / max(free, areas.sum(), 1))


def _radii(squares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(_ROOM * np.sqrt(squares / np.pi), dtype=np.float64)


def _frame(found: Places) -> _Frame:
    wide, high = np.maximum(np.ptp(found, axis=0), 1)
    across = min(_WIDEST, (WIDTH - 2 * _MARGIN) / wide)
    down = across * min(1.0, max(0.8, _HIGHEST * wide / high))
    scale = np.array([across, down])
    return _Frame(found.min(axis=0) - _MARGIN / scale, scale, round(high * down) + 2 * _MARGIN)


def _names(catalog: Catalog, crew: Crew, frame: _Frame, at: Places) -> dict[int, lettering.Name]:
    cell = max(_LEAST_CELL, _CELL * frame.scale[0])
    hills = _hills(crew, frame, at, crew.topic, cell)
    owner = np.where(hills.max(axis=0) > _LEVEL / 10, hills.argmax(axis=0), -1)
    papers = coasts.heaped(at / cell, owner.shape)
    names = {
        row: catalog.topic[slug].name
        for row, slug in enumerate(crew.slugs)
        if slug != UNSORTED and slug in catalog.topic
    }
    return lettering.placed(names, lettering.Ground(owner, papers.astype(np.intp), cell))


def _hills(
    crew: Crew, frame: _Frame, at: Places, topic: NDArray[np.intp], cell: float
) -> NDArray[np.float64]:
    """Return for each topic how dense its papers lie in each cell of the map."""
    shape = (int(frame.height / cell) + 2, int(WIDTH / cell) + 2)
    blur = max(_LEAST_BLUR, _BLUR * float(frame.scale[0]))
    plain = cell**2 / float(np.prod(frame.scale))
    return np.stack(
        [
            coasts.blurred(coasts.heaped(at[topic == row] / cell, shape), blur / cell) / plain
            for row in range(len(crew.slugs))
        ]
    )


def _filling(name: lettering.Name, step: float) -> Places:
    """Return points that fill the box of a name, `step` apart."""
    x = np.arange(name.left + step / 2, name.right, step)
    y = np.arange(name.top + step / 2, name.bottom, step)
    return np.stack([part.ravel() for part in np.meshgrid(x, y)], axis=1)


def _heap(name: lettering.Name, step: float) -> Places:
    """Return points that fill the box of a name, heaped so that it slopes down to all sides."""
    layers = [
        replace(name, width=round(name.width - inset), height=round(name.height - inset))
        for inset in np.arange(0, name.height, 2 * step)
    ]
    return np.concatenate([_filling(layer, step) for layer in layers])


def _drawn(crew: Crew, frame: _Frame, names: Mapping[int, lettering.Name], at: Places) -> Atlas:
    radius = round(min(_LARGEST_DOT, max(_LEAST_DOT, _DOT * float(frame.scale[0]))), 1)
    air = round(radius)
    boxes = [(n.left - air, n.top - air, n.right + air, n.bottom + air) for n in names.values()]
    stands = spots.spots(at, round(2 * radius + 1.5), (WIDTH, frame.height), boxes)
    loops = _coasts(crew, frame, names, at)
    dots = [Dot(p.slug, x, y) for p, (x, y) in zip(crew.papers, stands.tolist(), strict=True)]
    primary = [paper.topics[0].topic if paper.topics else UNSORTED for paper in crew.papers]
    lands = tuple(
        Land(
            slug,
            "".join(map(coasts.smooth, loops[row])),
            names.get(row),
            tuple(dot for dot, topic in zip(dots, primary, strict=True) if topic == slug),
        )
        for row, slug in sorted(
            enumerate(crew.slugs), key=lambda land: (-crew.sizes[land[0]], land)
        )
        if slug != UNSORTED
    )
    scattered = tuple(dot for dot, topic in zip(dots, primary, strict=True) if topic == UNSORTED)
    corners = [(n.left, n.top) for n in names.values()] + [
        (n.right, n.bottom) for n in names.values()
    ]
    every = np.concatenate([stands, *chain(*loops), np.array(corners).reshape(-1, 2)])
    left, top = (np.floor(every.min(axis=0)) - _EDGE).astype(int).tolist()
    right, bottom = (np.ceil(every.max(axis=0)) + _EDGE).astype(int).tolist()
    return Atlas(left, top, right - left, bottom - top, radius, lands, scattered)


def _coasts(
    crew: Crew, frame: _Frame, names: Mapping[int, lettering.Name], at: Places
) -> list[list[coasts.Loop]]:
    """Return the lines around each topic's land, which holds its name too."""
    cell = max(_LEAST_CELL, _CELL * float(frame.scale[0]))
    points, topics = [at], [crew.topic]
    for row, name in names.items():
        points.append(_filling(name, min(_PAVED * float(frame.scale[0]), name.height / 2)))
        topics.append(np.full(len(points[-1]), row))
    hills = _hills(crew, frame, np.concatenate(points), np.concatenate(topics), cell)
    square = float(np.prod(frame.scale)) / cell**2
    found = []
    for row, hill in enumerate(hills):
        others = np.delete(hills, row, axis=0).max(axis=0, initial=0)
        loops = coasts.coasts(hill - np.maximum(_LEVEL, others))
        sizes = [coasts.area(loop) / square for loop in loops]
        kept = [size == max(sizes) or size > _ISLET or size < -_LAKE for size in sizes]
        found.append([loop * cell for loop, keep in zip(loops, kept, strict=True) if keep])
    return found
