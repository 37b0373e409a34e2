"""Say how likely two records are the same paper, from title, authors, year and venue."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel

from generator.catalog import venues
from generator.catalog.profiles import Name, Profile
from generator.text import word_set

_SMALL = word_set("a an the of for on in to and or with by from at as is are its via s part")
_PRINTED = word_set(
    "proc proceedings conf conference int intl symposium workshop acm ieee sigmod vldb pp vol"
    " press journal trans j ed edition version inproceedings large very data bases"
    " jan feb mar apr may jun jul aug sep oct nov dec"
)
"""What sources print beside a title, and says little of the paper."""
_KINDS = word_set(
    "demo demonstration tutorial panel keynote abstract poster erratum errata corrigendum"
    " correction addendum retraction reply response comment comments commentary supplement"
    " appendix editorial foreword"
)
"""What makes of a title that of another text about the same thing."""
_GENERIC = word_set(
    "about address all announcement announcements appendix article back board book call chair"
    " chairs column comment comments committee conclusion conclusions contents contributors"
    " corrections editor editorial editors errata erratum final foreword front general guest"
    " index influential information introduction introductory invited issue keynote letter list"
    " matter memoriam message miscellaneous news note notes obituary opening organization our"
    " overview papers preface president proceedings program publication publications remarks"
    " reminiscences report research review reviewers reviews section session special speech"
    " standards summary surveys table talk talks this treasurer welcome workshop"
)
_NEGATIONS = ("un", "non", "in", "im", "dis", "de", "anti", "a", "semi", "multi", "re", "co")
_NUMERALS = {
    word: str(number)
    for names in (
        "i ii iii iv v vi vii viii ix x",
        "one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(names.split(), 1)
}
_DOUBLED = re.compile(r"(.)\1")
_CROWD = 40
"""Authors up to which a misspelt name is looked for: beyond it takes long and says little."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two records have in common, and what parts them."""

    ratio: float
    """Share of equal letters of the titles, in order."""
    shared: float
    """Weight of common words in the weight of all."""
    covered: float
    """Weight of common words in the weight of the shorter title."""
    part: float
    """Share of equal letters of the shorter title and its best place in the longer one."""
    equal: bool
    """Whether the titles are the same but for blanks, signs and accents."""
    subtitle: bool
    """Whether one title is the other's part before a colon or a bracket."""
    generic: bool
    """Whether a title names no subject: Editorial, Book review column."""
    ours: tuple[str, ...]
    """Words of the first title that the second lacks, misspelt ones aside."""
    theirs: tuple[str, ...]
    typos: tuple[tuple[str, str], ...]
    """Pairs of words of which one may be the other, mistyped."""
    length: float
    """Logarithm of the weight of the shorter title."""
    people: float | None
    """Share of the shorter list of authors that the longer has; None where one is empty."""
    first: bool
    """Whether the first authors can be one person."""
    years: int | None
    """Years between the two."""
    venue: venues.Fit
    forms: bool
    """Whether one venue is a journal and the other a meeting, or the like."""

    @property
    def numbers(self) -> bool:
        """Whether each title has a number that the other lacks: part I and part II."""
        ours, theirs = _numbers(self.ours), _numbers(self.theirs)
        return bool(ours and theirs and ours != theirs)

    @property
    def number(self) -> bool:
        """Whether a title has a number that the other lacks."""
        return bool(_numbers(self.ours) | _numbers(self.theirs))

    @property
    def kinds(self) -> bool:
        """Whether one title alone says that it is an erratum, a panel, ….."""
        return _KINDS.isdisjoint(self.ours) != _KINDS.isdisjoint(self.theirs)

    @property
    def trifling(self) -> bool:
        """Whether the titles differ in small words, single letters and blanks only."""
        if not all(_is_slip(one, other) for one, other in self.typos):
            return False
        words = all(word in _SMALL for word in (*self.ours, *self.theirs))
        return words or "".join(self.ours) == "".join(self.theirs)

    @property
    def longer(self) -> bool:
        """Whether one title has real words that the other lacks, but not both."""
        real = [any(word not in _SMALL for word in words) for words in (self.ours, self.theirs)]
        return real[0] != real[1]


def compare(one: Profile, other: Profile) -> Evidence:
    """Return what speaks for and against `one` and `other` being the same paper."""
    common, ours, theirs, typos = _aligned(one, other)
    weights = [max(common + sum(map(_weight, words)), 0.1) for words in (ours, theirs)]
    kinds = {venues.kind(one.venue), venues.kind(other.venue)}
    return Evidence(
        ratio=Indel.normalized_similarity(one.squeezed, other.squeezed),
        shared=common / max(sum(weights) - common, 0.1),
        covered=common / min(weights),
        part=fuzz.partial_ratio(one.squeezed, other.squeezed) / 100,
        equal=bool(one.squeezed) and one.squeezed == other.squeezed,
        subtitle=one.title == other.head or other.title == one.head,
        generic=is_generic(one.title) or is_generic(other.title),
        ours=tuple(ours),
        theirs=tuple(theirs),
        typos=tuple(typos),
        length=math.log1p(min(weights)),
        people=people(one, other),
        first=bool(one.authors and other.authors)
        and is_same_person(one.authors[0], other.authors[0]),
        years=abs(one.year - other.year) if one.year and other.year else None,
        venue=venues.fit(*sorted((one.venue, other.venue))),
        forms=None not in kinds and len(kinds) > 1,
    )


# Learned by logistic regression from the training pairs of DBLP-ACM and half of the validation
# pairs of DBLP-Scholar (DeepMatcher, Apache-2.0): python benchmarks/duplicates.py --train
WEIGHTS: dict[str, float] = {
    "base": -21.681,
    "ratio": 5.638,
    "shared": 1.059,
    "covered": 3.696,
    "part": 7.804,
    "equal": 0.017,
    "equal and long": 0.837,
    "length": 1.731,
    "generic": -4.403,
    "numbers": -8.129,
    "number": 0.573,
    "people": 2.692,
    "nobody": 2.858,
    "first": 1.316,
    "a year": 1.479,
    "a year, shared": -6.719,
    "some years": 0.104,
    "some years, shared": -4.388,
    "many years": -2.356,
    "venue": 0.942,
    "other venue": 0.006,
    "forms": -1.455,
}


def features(evidence: Evidence) -> dict[str, float]:
    """Return the numbers that WEIGHTS weigh."""
    years = evidence.years
    some = float(years in {2, 3})
    return {
        "base": 1.0,
        "ratio": evidence.ratio,
        "shared": evidence.shared,
        "covered": evidence.covered,
        "part": evidence.part,
        "equal": float(evidence.equal),
        "equal and long": evidence.equal * evidence.length,
        "length": evidence.length,
        "generic": float(evidence.generic),
        "numbers": float(evidence.numbers),
        "number": float(evidence.number),
        "people": evidence.people or 0.0,
        "nobody": float(evidence.people is None),
        "first": float(evidence.first),
        "a year": float(years == 1),
        "a year, shared": (years == 1) * evidence.shared,
        "some years": some,
        "some years, shared": some * evidence.shared,
        "many years": float(years is not None and years > 3),
        "venue": float(evidence.venue is venues.Fit.SAME),
        "other venue": float(evidence.venue is venues.Fit.OTHER),
        "forms": float(evidence.forms),
    }


def score(evidence: Evidence) -> float:
    """Return how likely the two are one paper, from 0 to 1."""
    total = sum(WEIGHTS.get(name, 0.0) * value for name, value in features(evidence).items())
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


def is_generic(title: Iterable[str]) -> bool:
    """Return whether the words of a title name no subject: Editorial, Book review column."""
    names = [word for word in title if word not in _SMALL and not word.isdigit()]
    return bool(names) and all(word in _GENERIC for word in names)


def _weight(word: str) -> float:
    if word in _SMALL or word in _PRINTED:
        return 0.2
    return 0.25 + min(len(word), 8) / 8


def _aligned(
    one: Profile, other: Profile
) -> tuple[float, list[str], list[str], list[tuple[str, str]]]:
    """Return the weight of the words that both have, what only one has, and misspelt pairs.

    Names of the other's authors that slipped into a title are left out.
    """
    both = Counter(one.title) & Counter(other.title)
    common = sum(_weight(word) * number for word, number in both.items())
    ours, theirs = _without(one.title, both), _without(other.title, both)
    typos = []
    for word in list(ours):
        twin = next((their for their in theirs if is_misspelt(word, their)), None)
        if twin is not None:
            ours.remove(word)
            theirs.remove(twin)
            typos.append((word, twin))
            common += 0.9 * min(_weight(word), _weight(twin))
    return common, _foreign(ours, other), _foreign(theirs, one), typos


def _without(words: Iterable[str], taken: Counter[str]) -> list[str]:
    left = taken.copy()
    found = []
    for word in words:
        if left[word]:
            left[word] -= 1
        else:
            found.append(word)
    return found


def _foreign(words: Iterable[str], other: Profile) -> list[str]:
    names = {name.last for name in other.authors}
    return [word for word in words if word not in names]


def is_misspelt(one: str, other: str) -> bool:
    """Return whether two different words are near enough to be one of them mistyped.

    Numbers never are, nor is a word and its opposite: supervised, unsupervised.
    """
    short, long = sorted((one, other), key=len)
    if len(long) < 4 or not (one.isalpha() and other.isalpha()):
        return False
    if any(long == prefix + short for prefix in _NEGATIONS):
        return False
    limit = 1 if len(long) < 8 else 2
    return OSA.distance(one, other, score_cutoff=limit) <= limit


def _is_slip(one: str, other: str) -> bool:
    """Return whether one letter parts two words, doubled letters aside: reccurent, recurrent."""
    single = [_DOUBLED.sub(r"\1", word) for word in (one, other)]
    return one[0] == other[0] and OSA.distance(*single) <= 1


def _numbers(words: Iterable[str]) -> frozenset[str]:
    found = (_NUMERALS.get(w, w if any(map(str.isdigit, w)) else "") for w in words)
    return frozenset(number for number in found if number)


def people(one: Profile, other: Profile) -> float | None:
    """Return the share of the shorter list of authors that the longer has, None without one."""
    few, many = sorted((one, other), key=lambda profile: len(profile.authors))
    if not few.authors:
        return None
    left = Counter(many.authors)
    met = 0
    strangers = []
    for name in few.authors:
        if left[name]:
            left[name] -= 1
            met += 1
        else:
            strangers.append(name)
    if len(many.authors) <= _CROWD:
        met += sum(_is_among(name, left, many) for name in strangers)
    return met / len(few.authors)


def _is_among(name: Name, left: Counter[Name], many: Profile) -> bool:
    """Return whether `name` is one of those left, and take that one; or a piece of their text."""
    for other in left:
        if left[other] and is_same_person(name, other):
            left[other] -= 1
            return True
    if len(name.last) < 4 or any(name.last == other.last for other in many.authors):
        return False
    return name.last in many.crowd or name.last in many.title


def is_same_person(one: Name, other: Name) -> bool:
    """Return whether two names can be one person's."""
    if one.last[0] in other.initials and other.last[0] in one.initials:
        # Zhang Wei is Wei Zhang.
        return True
    if one.initials and other.initials and not set(one.initials) & set(other.initials):
        return False
    if one.last == other.last:
        return True
    if min(len(one.last), len(other.last)) < 4:
        return False
    tail = one.last.endswith(other.last) or other.last.endswith(one.last)
    return tail or is_misspelt(one.last, other.last)
