"""Cut a growing list into pages of which the older ones never change."""

from __future__ import annotations

from dataclasses import dataclass

from generator.models import Paper


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list, newest paper first."""

    number: int
    """Counted from the oldest page, which is 1."""
    papers: tuple[Paper, ...]
    newest: bool
    """Whether this is the list's own page, which still grows."""


def leaves(papers: tuple[Paper, ...], size: int) -> tuple[Leaf, ...]:
    """Return the pages of `papers`, which come newest first; the newest page comes first.

    Older pages hold `size` papers each, the newest the other `size` to twice `size` less one.
    """
    older = max(0, len(papers) // size - 1)
    # Counted from the end: a new paper at the front moves none of the older pages.
    cut = len(papers) - older * size
    full = tuple(
        Leaf(older - place, papers[start : start + size], False)
        for place, start in enumerate(range(cut, len(papers), size))
    )
    return (Leaf(older + 1, papers[:cut], True), *full)
