"""Say whether two names of a venue can mean the same one: `vldb j.` and `The VLDB Journal`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from generator.text import word_set

_COMMON = word_set(
    "a the of on in for and to at th st nd rd int l intl international annual acm ieee usenix aaai"
    " conf conference proc proceedings symposium workshop meeting vol volume no pp hellip"
    " j journal trans transactions letters record rec magazine"
)
"""Words of many venues: they tell none apart."""
_JOURNAL = word_set("j journal trans transactions letters tods tois tkde")
_MAGAZINE = word_set("record rec magazine bulletin newsletter communications cacm")
_MEETING = word_set("conf conference proc proceedings symposium workshop meeting")
_LEAST = 3
"""Letters of an acronym that are no chance."""


class Fit(Enum):
    """What two names of a venue say of each other."""

    UNKNOWN = "unknown"
    SAME = "same"
    OTHER = "other"


@lru_cache(maxsize=8192)
def fit(one: tuple[str, ...], other: tuple[str, ...]) -> Fit:
    """Return what two venues, as folded words, say of each other."""
    ours, theirs = _telling(one), _telling(other)
    if not ours or not theirs:
        return Fit.UNKNOWN
    if set(ours) & set(theirs) or _spells(ours, other) or _spells(theirs, one):
        return Fit.SAME
    abbreviated = any(
        len(a) >= _LEAST and len(b) >= _LEAST and (a.startswith(b) or b.startswith(a))
        for a in ours
        for b in theirs
    )
    return Fit.SAME if abbreviated else Fit.OTHER


@lru_cache(maxsize=8192)
def kind(venue: tuple[str, ...]) -> str | None:
    """Return `journal`, `magazine` or `meeting`, None where the name does not tell."""
    for name, marks in (("journal", _JOURNAL), ("magazine", _MAGAZINE), ("meeting", _MEETING)):
        if not marks.isdisjoint(venue):
            return name
    return "meeting" if venue else None


def _telling(venue: Sequence[str]) -> list[str]:
    return [word for word in venue if word not in _COMMON and not word[0].isdigit()]


def _spells(acronyms: Sequence[str], venue: Sequence[str]) -> bool:
    """Return whether a word ends in the initials of the venue: `sigmod`, management of data."""
    for dropped in (frozenset({"the"}), frozenset({"the", "of", "on"}), _COMMON):
        initials = "".join(word[0] for word in venue if word not in dropped)
        tails = {initials[n:] for n in range(max(1, len(initials) - _LEAST + 1))} | {initials}
        good = {tail for tail in tails if len(tail) >= _LEAST}
        if any(word.endswith(tail) for word in acronyms for tail in good):
            return True
    return False
