"""Take an author's name apart: family name, given names, initials; or find that it names nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.text import word_set
from generator.words import fold

# Words of `et al.`, of `and 12 others`, and of those who sign together.
_NOBODY = word_set(
    "et others anonymous unknown author authors contributors editors members various several"
    " collaboration collaborations consortium consortia team teams group groups project community"
    " committee society organization organisation initiative alliance network foundation company"
    " corporation inc ltd llc gmbh lab labs laboratory laboratories institute university college"
    " department faculty center centre research for of and"
)
_PARTICLES = word_set(
    "van von der den de la le las los del della di da do dos das du ten ter te zu zur af av"
    " bin ibn ben al el"
)
_SUFFIXES = word_set("jr sr ii iii iv")
# Such a name is whole without blanks: 王伟, 山田太郎, 김민수, whose letters are folded apart.
_UNPARTED = re.compile(
    "[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+"
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = " \t*†‡§¶#,;"
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"0\d{3}")
"""What a bibliography sets after a name that several people bear: `Wei Wang 0001`."""
_CAPITALS = 3
"""Capitals that are read as initials where the rest of the name is written small: `JP Serre`."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, taken apart. Parts are folded: no case, accents and punctuation."""

    shown: str
    """As written, given names first."""
    family: str
    """With particles and suffix: `vandermaaten`, `smithjr`."""
    sorting: str
    """The word under which an index lists the name: `maaten`."""
    given: tuple[str, ...]
    """One part for each word, a single letter for an initial; empty for an unparted name."""
    initials: str
    """First letters of the given names, those after a hyphen too: `jp` for Jean-Pierre."""

    @property
    def full(self) -> bool:
        """Whether more than initials is known of the given names."""
        return not self.given or any(len(part) > 1 for part in self.given)

    @property
    def key(self) -> tuple[str, str]:
        """What spellings of one name share, `Seung-won Hwang` and `Seung Won Hwang` too."""
        return self.family, "".join(self.given)


@lru_cache(maxsize=65536)
def parsed(written: str) -> Name | None:
    """Return the name behind `Given Family` or `Family, Given`; None where it is no person's.

    A word alone is taken for no name, nor is one that ends with an initial: in `Wang X` and
    `Madhavan R` nothing says which part is the family's.
    """
    shown = _turned(written)
    words = _words(shown)
    if not words or any(folded in _NOBODY for _, folded in words) or "AI" in shown.split():
        return None
    if all(_UNPARTED.fullmatch(folded) for _, folded in words):
        whole = "".join(folded for _, folded in words)
        return Name(shown, whole, whole, (), "") if len(whole) > 1 else None
    return _parted(shown, words)


def _turned(written: str) -> str:
    """Return `Family, Given` as `Given Family`, without the marks of footnotes."""
    shown = written.strip(_MARKS).removeprefix("and ")
    family, comma, given = shown.partition(",")
    if not comma or "," in given or _folded(given) in _SUFFIXES:
        return shown.replace(",", "")
    return f"{given.strip(_MARKS)} {family.strip(_MARKS)}"


def _words(shown: str) -> list[tuple[str, str]]:
    """Return each word as written and folded; `J.-P.` is two, and their dots stay."""
    parts = _ASIDE.sub(" ", shown).replace(".", ". ").split()
    return [(part, folded) for part in parts if (folded := _folded(part))]


def _folded(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def _parted(shown: str, words: list[tuple[str, str]]) -> Name | None:
    suffix = ""
    while len(words) > 1 and (words[-1][1] in _SUFFIXES or _NUMBER.fullmatch(words[-1][1])):
        suffix = words.pop()[1] + suffix
    if len(words) < 2 or len(words[-1][1]) == 1 or _counted(words):
        return None
    family = sorting = words.pop()[1]
    # The first word is a given name, whatever it looks like: Van Nguyen, Di Wu.
    while len(words) > 1 and words[-1][1] in _PARTICLES:
        family = words.pop()[1] + family
    # Where all is in capitals, they tell no initials.
    capitals = 0 if shown.isupper() else _CAPITALS
    parts = [_given(written, capitals) for written, _ in words]
    return Name(
        shown=shown,
        family=family + suffix,
        sorting=sorting,
        given=tuple(one for given, _ in parts for one in given),
        initials="".join(initials for _, initials in parts),
    )


def _counted(words: list[tuple[str, str]]) -> bool:
    return any(char.isdigit() for _, folded in words for char in folded)


def _given(written: str, capitals: int) -> tuple[tuple[str, ...], str]:
    """Return the parts of a given name and its initials."""
    pieces = _WORD.findall(fold(written))
    if written.endswith("."):
        return (pieces[0][0],), pieces[0][0]
    if written.isupper() and len(written) <= capitals:
        letters = "".join(pieces)
        return tuple(letters), letters
    return ("".join(pieces),), "".join(piece[0] for piece in pieces)
