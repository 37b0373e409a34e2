"""What the quality benchmark measures: one row a set and measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measure on one set, in percent."""

    judgement: str
    """`topics`, `one-line summary`, `related papers` or `search`."""
    set: str
    """The set and its size, e.g. `SciTLDR-A dev, 619 papers`."""
    measure: str
    """e.g. `ROUGE-1`."""
    simple: float
    """What the obvious method reaches; the module says which."""
    ours: float
