"""Turn text into the words that search compares: folded, split, stemmed.

`templates/theme/assets/search-words.js` does the same in the browser, to the letter:
whoever changes one changes both, and a test in a browser compares them.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS as STOP_WORDS

from generator.text import readable

TERM_LENGTH = 40
"""Characters of a word that count."""

Slots = tuple[str | None, ...]
"""Terms as they follow each other, None for a stop word."""

# Letters that Unicode does not take apart although readers type them without their dress.
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"} | {
    "ı": "i",
    "ς": "σ",
}
_DROPPED = "'’\u00ad\u200b\u200c\u200d\u2060"
# Nothing from U+E000 to U+FFFF: browsers sort those after what Python sorts them before,
# and lunr.js refuses an index out of order.
_WORD = r"[^\W_\ue000-\uffff]+"
_WORDS = re.compile(_WORD)
_COMPOUND = re.compile(rf"{_WORD}(?:[-\u2010\u2013]{_WORD}|(?<=[0-9])\.(?=[0-9]){_WORD})*")
_JOINT = re.compile(r"[-\u2010\u2013.]")
_CJK = "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
_IS_CJK = re.compile(_CJK)
# A run may change from one kind of script to the other within: `GPTモデル`.
_SEGMENT = re.compile(rf"{_CJK}|(?:(?!{_CJK}){_WORD[:-1]})+")
_ENGLISH = re.compile("[a-z0-9]+")
# Longest endings that the stemmer takes off; an unfinished word may be on its way to one.
_ENDINGS = (
    *("ability", "ables", "ally", "ances", "ationally", "ations", "atively"),
    *("ators", "ely", "ements", "ences", "fulness", "ibility", "ically"),
    *("ings", "ionally", "ioned", "ions", "isms", "ities", "iveness"),
    *("ivities", "izations", "izers", "ments", "nesses", "ously", "ousness"),
)


@dataclass(frozen=True, slots=True)
class Compound:
    """A word of a text, or several that hyphens join."""

    whole: str | None
    """The parts written as one word; None for a single word and for CJK text."""
    slots: tuple[str | None, ...]
    """Folded words, or pairs of CJK characters; None for a stop word."""
    end: int
    """Where it ends in the folded text."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The slots without stop words."""
        return tuple(part for part in self.slots if part)


class _Stemmer(PorterStemmer):  # type: ignore[misc]
    """Porter's stemmer as lunr.js has it: lunr's Python one treats `y` in another way."""

    b: str
    k: int

    def step1c(self) -> None:
        """Turn a last `y` into `i` after a consonant that is not the first letter."""
        if self.ends("y") and self.k > 1 and self.b[self.k - 1] not in "aeiou":
            self.b = self.b[: self.k] + "i" + self.b[self.k + 1 :]

    def doublec(self, j: int) -> bool:
        """Return whether two equal consonants other than `y` end at `j`."""
        return self.b[j] != "y" and bool(super().doublec(j))


_stemmer = _Stemmer()
# Words that are nothing but an ending; the two stemmers part company here too.
_BARE = {"eed": "e", "ies": "ie", "sses": "sse"}


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letters = (c for c in unicodedata.normalize("NFKD", chr(code)) if not _is_dropped(c))
        self[code] = "".join(_LETTERS.get(c, c) for c in "".join(letters).lower())
        return self[code]


_folding = _Folding()


def _is_dropped(char: str) -> bool:
    return char in _DROPPED or unicodedata.category(char)[0] == "M"


def fold(text: str) -> str:
    """Return `text` without case, marks and apostrophes: `Große Émile’s` → `grosse emiles`."""
    return text.translate(_folding)


def compounds(folded: str) -> Iterator[Compound]:
    """Yield the words of a folded text in order, hyphenated ones together."""
    for found in _COMPOUND.finditer(folded):
        run = found.group()
        if _IS_CJK.search(run):
            for segment in _SEGMENT.finditer(run):
                yield Compound(None, _pairs(segment.group()), found.start() + segment.end())
        else:
            parts = _JOINT.split(run)
            whole = "".join(parts)[:TERM_LENGTH] if len(parts) > 1 else None
            yield Compound(whole, _counting(parts), found.end())


def _counting(parts: list[str]) -> tuple[str | None, ...]:
    return tuple(None if part in STOP_WORDS else part[:TERM_LENGTH] for part in parts)


def _pairs(segment: str) -> tuple[str | None, ...]:
    """Return each two neighbours of a CJK segment; another segment, or one character, as it is."""
    if len(segment) == 1 or not _IS_CJK.match(segment):
        return _counting([segment])
    return tuple(map("".join, pairwise(segment)))


def terms(text: str) -> list[str]:
    """Return the words of `text` as the index holds them, each compound also as a whole."""
    return [term for run in _COMPOUND.findall(fold(text)) for term in _flat(run)]


@lru_cache(maxsize=1 << 16)
def tokens(text: str) -> tuple[str, ...]:
    """Return the terms of a title or an abstract, in order; remembered, since all judgements ask.

    Equal terms are one object, so that a hundred thousand texts need little memory.
    """
    return tuple(term for run in runs(text) for term in _flat(run))


@lru_cache(maxsize=1 << 16)
def runs(text: str) -> tuple[str, ...]:
    """Return the folded words of a title or an abstract, stop words and hyphens included."""
    return tuple(map(sys.intern, _COMPOUND.findall(fold(readable(text)))))


@cache
def stems(run: str) -> tuple[tuple[str | None, Slots], ...]:
    """Return the terms of each compound in a folded run: that of the whole, those of the slots."""
    return tuple(
        (stem(found.whole) if found.whole else None, stemmed(found.slots))
        for found in compounds(run)
    )


@cache
def _flat(run: str) -> tuple[str, ...]:
    return tuple(term for whole, slots in stems(run) for term in (whole, *slots) if term)


@cache
def spelt(run: str) -> tuple[str, ...]:
    """Return the words of a folded run as written, none of scripts that need no blanks."""
    return () if _IS_CJK.search(run) else tuple(_JOINT.split(run))


def numeral(arxiv: str) -> str:
    """Return the word by which an arXiv id is found: its digits, without those of an archive."""
    return arxiv.rpartition("/")[2].replace(".", "")


def key(text: str) -> str:
    """Return what two spellings of one title share: folded words without marks between them."""
    return " ".join(_WORDS.findall(fold(text)))


@cache
def stem(word: str) -> str:
    """Return the stem of a folded word; words of other scripts stay as they are."""
    if not _ENGLISH.fullmatch(word):
        return word
    return _BARE.get(word) or str(_stemmer.stem(word))


def stemmed(slots: Iterable[str | None]) -> Slots:
    """Return the stems of folded words, None where there is a stop word."""
    return tuple(stem(word) if word else None for word in slots)


def trimmed(slots: Slots) -> Slots:
    """Return `slots` without stop words at either end."""
    held = [place for place, term in enumerate(slots) if term]
    return slots[held[0] : held[-1] + 1] if held else ()


def completed(word: str) -> list[str]:
    """Return stems of what an unfinished word may become: `optimizat` → `optim`."""
    if not _ENGLISH.fullmatch(word):
        return []
    return [
        stem(word + ending[length:])
        for ending in _ENDINGS
        for length in range(1, len(ending))
        if len(word) > length + 2 and word.endswith(ending[:length])
    ]


def is_cjk(word: str) -> bool:
    """Return whether a word begins with a CJK character."""
    return bool(_IS_CJK.match(word))
