"""Judge whether two records are one paper, precision first, and give the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalog.likeness import Evidence, compare, score
from generator.catalog.profiles import Profile

SURE = 0.95
"""Score from which a title with a few words more is the same paper's, if authors and year agree."""
_FAR = 3
"""Years that a preprint may wait for its venue."""
_LONG = 24
"""Letters of a title that nobody else writes by chance but for a letter."""
_LONG_WORD = 7
"""Letters of a word that is hardly another one, mistyped."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of two records."""

    score: float
    """How likely they are one paper, from 0 to 1."""
    same: bool
    """Whether a site may merge them."""
    reasons: tuple[str, ...]
    """What they have in common or not: title, authors, years."""
    against: tuple[str, ...] = ()
    """What forbids a merge."""


def judge(one: Profile, other: Profile) -> Verdict:
    """Return whether the two are one paper; what they are compared by is never an id."""
    found = compare(one, other)
    record = one == other and bool(one.authors and one.year)
    against = () if record else tuple(_against(found))
    likely = score(found)
    same = not against and _is_enough(found, likely, min(len(one.squeezed), len(other.squeezed)))
    return Verdict(likely, same, tuple(_reasons(found, one, other)), against)


def _is_enough(found: Evidence, likely: float, letters: int) -> bool:
    """Return whether the evidence, uncontradicted, carries a merge."""
    if found.equal:
        return True
    if found.people is None:
        words = all(len(word) >= _LONG_WORD for pair in found.typos for word in pair)
        return found.trifling and words and letters >= _LONG
    if found.trifling or found.subtitle:
        return True
    return likely >= SURE and found.longer and found.people == 1 and not found.years


def _against(found: Evidence) -> Iterator[str]:
    """Yield what two records of one paper would not say."""
    if found.numbers or (found.number and not found.subtitle and not found.equal):
        yield "numbers in the titles differ"
    if found.kinds:
        yield "one alone is a demo, a panel, an erratum or the like"
    if found.people is not None and found.people < (0.6 if found.years else 0.5):
        yield "authors differ"
    if found.years is not None and found.years > _FAR:
        yield f"{found.years} years apart"
    if found.generic:
        yield "a title that names no subject"
    if found.forms and found.years:
        yield "a journal and a meeting of different years"


def _reasons(found: Evidence, one: Profile, other: Profile) -> Iterator[str]:
    yield _title_reason(found)
    if found.people is None:
        yield "authors not known of both"
    elif found.people == 1:
        yield "authors equal" if len(one.authors) == len(other.authors) else "authors of both"
    else:
        yield f"{found.people:.0%} of the authors in common"
    if found.years is not None:
        yield f"both {one.year}" if not found.years else f"{one.year}/{other.year}"


def _title_reason(found: Evidence) -> str:
    if found.equal:
        return "titles equal"
    if found.subtitle:
        return "titles equal but for a subtitle"
    if found.trifling:
        return "titles equal but for spelling or small words"
    return f"titles alike by {found.ratio:.0%}"
