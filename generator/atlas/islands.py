"""Find each topic its place on the map: near the topics that it shares most with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
"""One row a thing: x to the right, y downwards."""

_SEA = 4.0
"""Water between strangers, in radii of a middling topic."""
_BEACH = 1.03
"""Least distance of two topics, in sums of their radii."""
_PULL = 0.05
"""Of the way to the topics that one is tied to, at the first round of packing."""
_GRAVITY = (0.998, 0.99)
"""What stays of the way from the middle at each round, across and down."""
_SMALL = 0.4
"""Part of their size that circles have at first."""
_SETTLED = 0.8
"""Part of the rounds after which topics only make room."""
_PACKING = 360
_ROUNDS = 120


def places(sizes: NDArray[np.float64], ties: NDArray[np.float64], radii: Places) -> Places:
    """Return the centres of the topics, the longer way of all of them lying across.

    `sizes` counts the papers of each topic; `ties` is symmetric and tells how much each two have
    in common; `radii` are in the unit of the result.
    """
    if len(sizes) < 2:
        return np.zeros((len(sizes), 2))
    close = _closeness(ties)
    wanted = _distances(close, radii)
    found = _flattened(wanted)
    found = _relaxed(found, wanted)
    found = _turned(found, sizes)
    return _apart(found, radii, close)


def _closeness(ties: Places) -> Places:
    """Return how much each two topics have in common, for their reach."""
    reach = ties.sum(axis=1)
    close = ties / np.sqrt(np.outer(reach, reach) + 1e-12)
    np.fill_diagonal(close, 0)
    return np.asarray(close)


def _distances(close: Places, radii: Places) -> Places:
    """Return how far apart topics ought to be: by the rank of their closeness, not its sum."""
    pairs = np.triu_indices(len(close), 1)
    ranks = np.zeros_like(close)
    ranks[pairs] = _ranks(close[pairs])
    ranks += ranks.T
    far = np.add.outer(radii, radii) + _SEA * radii.mean() * (1 - ranks)
    np.fill_diagonal(far, 0)
    return np.asarray(far)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank of each value from 0 to 1; equal ones share theirs."""
    _, where, counts = np.unique(np.round(values, 9), return_inverse=True, return_counts=True)
    above = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(above[where] / len(values))


def _flattened(wanted: Places) -> Places:
    """Return the plane in which the distances show best (classical scaling, Torgerson 1952)."""
    count = len(wanted)
    centred = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-0.5 * centred @ wanted**2 @ centred)
    best = vectors[:, ::-1][:, :2]
    # An eigenvector has no sign of its own: its largest part is made positive.
    best = best * np.sign(best[np.abs(best).argmax(axis=0), [0, 1]])
    return np.asarray(best * np.sqrt(np.maximum(values[::-1][:2], 1e-9)))


def _relaxed(found: Places, wanted: Places) -> Places:
    """Return `found` after majorising the stress of its distances (de Leeuw 1977)."""
    # Those who belong together count most.
    weights = 1 / (wanted**2 + np.eye(len(wanted)))
    np.fill_diagonal(weights, 0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(_ROUNDS):
        pull = weights * wanted / (_between(found) + np.eye(len(found)))
        found = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ found)
    return found


def _between(found: Places) -> Places:
    return np.asarray(np.linalg.norm(found[:, None] - found[None], axis=2))


def _turned(found: Places, sizes: NDArray[np.float64]) -> Places:
    """Return `found` about its centre of gravity, long axis across, the first rows up left.

    An axis has no direction of its own. All rows together give it one, so that a few new papers
    seldom turn the map over.
    """
    found = found - (found * sizes[:, None]).sum(axis=0) / sizes.sum()
    _, axes = np.linalg.eigh((found * sizes[:, None]).T @ found)
    found = found @ axes[:, ::-1]
    order = np.arange(len(found)) - (len(found) - 1) / 2
    return np.asarray(found * np.where(order @ found < 0, -1, 1))


def _apart(found: Places, radii: Places, close: Places) -> Places:
    """Return `found` drawn together, in the end with room for each topic's circle.

    While the circles are small, topics pass one another on their way to those they are tied to.
    """
    room = np.add.outer(radii, radii) * _BEACH
    pull = close**2
    pull /= np.maximum(pull.sum(axis=1, keepdims=True), 1e-12)
    bound = (pull.sum(axis=1) > 0.5)[:, None]
    for turn in range(_PACKING):
        done = turn / _PACKING
        if done < _SETTLED:
            drawn = _PULL * (1 - done / _SETTLED) * (pull @ found - found)
            found = (found + np.where(bound, drawn, 0)) * _GRAVITY
        way = found[:, None] - found[None]
        far = np.linalg.norm(way, axis=2) + np.eye(len(found))
        missing = np.maximum(room * min(1, _SMALL + done) - far, 0)
        np.fill_diagonal(missing, 0)
        found = found + (way / far[:, :, None] * missing[:, :, None]).sum(axis=1) / 2
    return np.asarray(found)
