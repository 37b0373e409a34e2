"""Made-up collections of several fields, whose papers use the terms of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from generator.models import Paper
from tests import factories

FIELDS = {
    "bees": "honey bees, bumblebees, pollen, nectar, hives, wax comb, bee dances, foraging",
    "ice": "mountain glaciers, ice cores, moraines, sea ice, snow cover, meltwater, firn",
    "violins": "old violins, violin varnish, spruce tops, gut strings, luthiers, bows, tone",
    "tides": "tide gauges, storm surges, spring tides, estuaries, sea level, harbours, moon",
    "bread": "sourdough bread, wild yeast, rye flour, crumb, ovens, gluten, lactic bacteria",
}
"""Five fields that have nothing in common, each with its terms; the first is its main one."""


def papers(each: int, fields: Sequence[str] = tuple(FIELDS)) -> tuple[Paper, ...]:
    """Return `each` papers of every field; all abstracts have the same stock words."""
    return tuple(paper for field in fields for paper in islice(_of(field), each))


def _of(field: str) -> Iterator[Paper]:
    main, *others = FIELDS[field].split(", ")
    pairs = zip(cycle(others), cycle(others[2:] + others[:2]), strict=False)
    for number, (one, other) in enumerate(pairs, 1):
        yield factories.paper(
            f"{field}-{number:03}",
            f"{main.capitalize()} and {one}: study {number}",
            abstract=(
                f"In this paper we propose a novel method for {main}. Our experiments show that"
                f" {one} and {other} matter to the {main} of {number} regions. The results of the"
                " proposed method are significant, and code is available on GitHub."
            ),
        )
