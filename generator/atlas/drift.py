"""Let papers drift to their places on the map: near their relatives, about their topic's centre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.atlas.islands import Places
from generator.models import Paper

_GOLDEN = 2.399963
"""Turn from one paper to the next where nothing else tells them apart: a sunflower's."""
_KIN = 0.2
"""Pull of a paper's relatives, of the way to their middle."""
_FAR = 3.0
"""Way beyond which their pull grows no more: a crowd must not collapse."""
_SHORE = 0.5
"""Pull back to the topic, of the way beyond its circle."""
_ANCHOR = 0.5
"""Of a topic's drift that is taken back: else all crowd towards the middle of the map."""
_BREATH = 0.1
"""Of a topic's shrinking that is taken back: else relatives collapse."""
_PUSH = 2.0
"""Of the density's slope, in papers a unit of area."""
_BLUR = 1.2
"""Reach of a paper's push, where one paper has an area of 1."""
_CELL = 0.5
_ROUNDS = 120
_SHAPING = 40


@dataclass(frozen=True, slots=True)
class Kinship:
    """Which papers are related: both ways, each with a weight."""

    one: NDArray[np.intp]
    other: NDArray[np.intp]
    weight: NDArray[np.float64]
    count: int
    """Number of papers."""

    def middle(self, of: Places, own: Places) -> Places:
        """Return the weighted middle of each paper's relatives in `of`; without any its own."""
        total = np.bincount(self.one, self.weight, self.count)
        summed = _summed(self.one, of[self.other] * self.weight[:, None], self.count)
        alone = total <= 0
        return np.where(alone[:, None], own, summed / np.where(alone, 1, total)[:, None])

    def within(self, chosen: NDArray[np.bool_]) -> Kinship:
        """Return the pairs of which `chosen` is true."""
        return Kinship(self.one[chosen], self.other[chosen], self.weight[chosen], self.count)


def kinship(papers: Sequence[Paper]) -> Kinship:
    """Return which of `papers` are related; the nearest relative of each counts most."""
    row = {paper.slug: number for number, paper in enumerate(papers)}
    weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    for one, paper in enumerate(papers):
        for place, kin in enumerate(paper.related, 1):
            other = row.get(kin.slug, one)
            if other != one:
                weights[one, other] += kin.score / place
                weights[other, one] += kin.score / place
    pairs = np.array(sorted(weights), dtype=np.intp).reshape(-1, 2)
    weight = np.array([weights[one, other] for one, other in pairs.tolist()])
    return Kinship(pairs[:, 0], pairs[:, 1], weight, len(papers))


def settled(kin: Kinship, topic: NDArray[np.intp], centres: Places, radii: Places) -> Places:
    """Return a place for each paper, in units of which one paper covers an area of 1.

    `topic` is each paper's row in `centres` and `radii`.
    """
    start = centres[topic] + _shaped(kin, topic, centres) * radii[topic][:, None] * 0.85
    return yielded(start, kin, topic, centres, radii, np.empty((0, 2)), _ROUNDS)


def yielded(
    found: Places,
    kin: Kinship,
    topic: NDArray[np.intp],
    centres: Places,
    radii: Places,
    rocks: Places,
    rounds: int,
) -> Places:
    """Return `found` after some rounds in which papers also make way for `rocks`, which stay."""
    home, radius = centres[topic], radii[topic]
    for turn in range(rounds):
        kind = kin.middle(found, found) - found
        kind *= np.minimum(1, _FAR / np.maximum(_length(kind), 1e-9))[:, None]
        out = found - home
        far = np.maximum(_length(out), 1e-9)
        back = _SHORE * np.maximum(far - 0.9 * radius, 0) / far
        way = _KIN * kind + _PUSH * _push(found, rocks) - back[:, None] * out
        # Long steps first, short ones at last, so that the picture comes to rest.
        longest = 0.6 * (1 - turn / rounds) + 0.05
        found = found + way * np.minimum(1, longest / np.maximum(_length(way), 1e-9))[:, None]
        found = _held(found, topic, centres, radii)
    return found


def _held(found: Places, topic: NDArray[np.intp], centres: Places, radii: Places) -> Places:
    """Return `found` with every topic brought back towards its centre and its width."""
    sizes = np.maximum(np.bincount(topic, minlength=len(centres)), 1)
    middle = _summed(topic, found, len(centres)) / sizes[:, None]
    out = found - middle[topic]
    wide = np.sqrt(np.bincount(topic, (out**2).sum(axis=1), len(centres)) / sizes)
    # In a disc that is filled evenly the mean square of the way out is half the radius' square.
    grown = np.where(wide > 0.1, 0.65 * radii / np.maximum(wide, 0.1), 1) ** _BREATH
    middle += (centres - middle) * _ANCHOR
    return np.asarray(middle[topic] + out * grown[topic][:, None])


def _length(ways: Places) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(ways, axis=1))


def _shaped(kin: Kinship, topic: NDArray[np.intp], centres: Places) -> Places:
    """Return each paper's place in the unit circle of its topic, relatives together.

    Repeated averaging brings out how the topic's papers hang together; then each circle is
    turned so that papers with relatives elsewhere look their way.
    """
    members = [np.flatnonzero(topic == one) for one in range(len(centres))]
    found = np.zeros((len(topic), 2))
    for own in members:
        found[own] = _sunflower(len(own))
    same = topic[kin.one] == topic[kin.other]
    inner, outer = kin.within(same), kin.within(~same)
    for _ in range(_SHAPING):
        found = (found + inner.middle(found, found)) / 2
        for own in members:
            found[own] = _spread(found[own])
    away = _summed(
        outer.one,
        (centres[topic[outer.other]] - centres[topic[outer.one]]) * outer.weight[:, None],
        len(topic),
    )
    for own in members:
        found[own] = _faced(_rounded(found[own]), away[own])
    return found


def _sunflower(count: int) -> Places:
    steps = np.arange(count)
    far = np.sqrt((steps + 0.5) / max(count, 1))
    return np.stack([far * np.cos(steps * _GOLDEN), far * np.sin(steps * _GOLDEN)], axis=1)


def _spread(found: Places) -> Places:
    """Return `found` about its middle, equally wide in both directions."""
    if len(found) < 4:
        return found
    found = found - found.mean(axis=0)
    across = found[:, 0] / max(float(np.linalg.norm(found[:, 0])), 1e-9)
    down = found[:, 1] - across * (across @ found[:, 1])
    down = down / max(float(np.linalg.norm(down)), 1e-9)
    return np.asarray(np.stack([across, down], axis=1) * np.sqrt(len(found)) / 2)


def _rounded(found: Places) -> Places:
    """Return `found` so spread over the unit circle that every part of it holds as many."""
    if len(found) < 2:
        return np.zeros_like(found)
    found = found - found.mean(axis=0)
    far = np.linalg.norm(found, axis=1)
    rank = np.empty(len(found))
    rank[np.argsort(np.round(far, 9), kind="stable")] = np.arange(len(found))
    return np.asarray(
        found / np.maximum(far, 1e-9)[:, None] * np.sqrt((rank + 0.5) / len(found))[:, None]
    )


def _faced(found: Places, away: Places) -> Places:
    """Return `found` turned, or mirrored, as best fits the directions `away`."""
    left, _, right = np.linalg.svd(found.T @ away)
    return np.asarray(found @ (left @ right))


def _push(found: Places, rocks: Places) -> Places:
    """Return for each paper the slope of the density of papers and rocks, downhill: crowds part.

    The density is blurred on a grid by Fourier transform: linear in the papers.
    """
    every = np.concatenate([found, rocks])
    low = every.min(axis=0) - 4 * _BLUR
    columns, rows = (np.ptp(every, axis=0) / _CELL).astype(int) + int(8 * _BLUR / _CELL) + 2
    at = (every - low) / _CELL
    corner = np.floor(at).astype(np.intp)
    part = at - corner
    cells = [
        ((corner[:, 1] + down) * columns + corner[:, 0] + right, weight)
        for right, across in ((0, 1 - part[:, 0]), (1, part[:, 0]))
        for down, weight in ((0, across * (1 - part[:, 1])), (1, across * part[:, 1]))
    ]
    density = sum(np.bincount(cell, weight, rows * columns) for cell, weight in cells)
    waves_down = np.fft.fftfreq(rows)[:, None] / _CELL
    waves_across = np.fft.rfftfreq(columns)[None] / _CELL
    blurred = np.fft.rfft2(np.reshape(density, (rows, columns))) * np.exp(
        -2 * (np.pi * _BLUR) ** 2 * (waves_across**2 + waves_down**2)
    )
    slopes = [
        np.fft.irfft2(blurred * -2j * np.pi * waves, (rows, columns)).ravel() / _CELL**2
        for waves in (waves_across, waves_down)
    ]
    count = len(found)
    return np.stack(
        [sum(slope[at[:count]] * part[:count] for at, part in cells) for slope in slopes], axis=1
    )


def _summed(where: NDArray[np.intp], vectors: Places, count: int) -> Places:
    """Return for each of `count` the sum of the vectors that belong to it."""
    return np.stack([np.bincount(where, vectors[:, side], count) for side in (0, 1)], axis=1)
