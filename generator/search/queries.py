"""Take a query apart: words, phrases in quotes, words with a minus, an arXiv id.

`templates/theme/assets/search-query.js` does the same in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.words import Slots, compounds, fold, numeral, stem, stemmed, trimmed

QUERY_LENGTH = 1000
"""Characters of a query that count."""
QUERY_WORDS = 128
"""Words of a query that count, stop words included."""
JOINED = 6
"""Words of a query up to which neighbours are also sought as one word."""
BINDING = 8
"""Words beside the quotes up to which these bind; in a longer text they only quote."""

_SPACE = re.compile(r"[ \t-\r]+")
_QUOTE = re.compile("[“”„‟«»]")
_PIECE = re.compile(r'(-?)"([^"]*)"|[^ "]+')
# An arXiv id alone, however it was copied: `arXiv:…`, an address, with a version, as a PDF.
_IDENTIFIER = re.compile(
    r" ?(?:[^ ]*[/:] ?)?([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})"
    r"(?:v[0-9]+)?(?:\.pdf)? ?"
)


@dataclass(frozen=True, slots=True)
class Word:
    """What one word of a query looks for: all parts, or the parts written as one."""

    whole: str | None
    parts: tuple[str, ...]
    """Folded, not stemmed."""
    unfinished: bool = False
    """Whether the reader may still be typing it."""
    times: int = 1
    """How often the query says it."""
    guessed: bool = False
    """Whether it stands for a word that no paper has."""

    @property
    def spelt(self) -> str:
        """The word as a message shows it."""
        return ("-" if self.whole else " ").join(self.parts)


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart."""

    text: str
    """Folded, with single blanks; of an arXiv id in any dress the bare id."""
    wanted: tuple[Word, ...]
    """Each once, those of phrases included."""
    excluded: tuple[Word, ...] = ()
    phrases: tuple[Slots, ...] = ()
    """Terms that must follow each other; at a None any word may stand."""
    forbidden: tuple[Slots, ...] = ()
    """Phrases with a minus."""
    is_id: bool = False
    """Whether it is an arXiv id and nothing else."""
    sequence: Slots = ()
    """The parts of all wanted words as they were typed, None for a stop word."""

    def stems(self) -> Slots:
        """Return the terms of `sequence`."""
        return stemmed(self.sequence)

    def pairs(self) -> list[Slots]:
        """Return each two neighbouring terms once, with the stop words between them."""
        terms = self.stems()
        held = [place for place, term in enumerate(terms) if term]
        return list(dict.fromkeys(terms[a : b + 1] for a, b in pairwise(held)))

    def joined(self) -> list[tuple[Slots, str]]:
        """Return each two neighbouring terms with the term that they are as one word."""
        if sum(part is not None for part in self.sequence) > JOINED:
            return []
        return [
            (stemmed((first, second)), stem(first + second))
            for first, second in pairwise(self.sequence)
            if first and second
        ]


def parse(query: str) -> Query:
    """Return what `query` looks for; no text is too odd for it."""
    text = _QUOTE.sub('"', _SPACE.sub(" ", fold(query[:QUERY_LENGTH])))
    found = _IDENTIFIER.fullmatch(text)
    text = found[1] if found else text
    typed: list[_Typed] = []
    excluded: list[Word] = []
    phrases: list[Slots] = []
    forbidden: list[Slots] = []
    beside = 0
    for piece in _PIECE.finditer(text):
        quoted = piece[2] is not None
        inner = piece[2] if quoted else piece[0]
        read = list(_read(inner, not quoted and piece.end() == len(text)))
        phrase = trimmed(stemmed(slot for one in read for slot in one.slots)) if quoted else ()
        if piece[0].startswith("-"):
            forbidden.extend([phrase] if phrase else [])
            excluded.extend(one.word for one in read if one.word and not quoted)
        else:
            phrases.extend([phrase] if phrase else [])
            typed.extend(read)
            beside += 0 if quoted else sum(one.word is not None for one in read)
    typed = typed[:QUERY_WORDS]
    return Query(
        text,
        tuple(_merged(one.word for one in typed if one.word)),
        tuple(replace(word, unfinished=False) for word in excluded[:QUERY_WORDS]),
        tuple(phrases[:QUERY_WORDS] if beside <= BINDING else ()),
        tuple(forbidden[:QUERY_WORDS]),
        found is not None,
        tuple(slot for one in typed for slot in one.slots),
    )


@dataclass(frozen=True, slots=True)
class _Typed:
    word: Word | None
    """None for a stop word."""
    slots: Slots


def _read(piece: str, last: bool) -> Iterator[_Typed]:
    """Yield the words of a piece; of the last piece the last is unfinished."""
    if found := _IDENTIFIER.fullmatch(piece):
        own = (numeral(found[1]),)
        yield _Typed(Word(None, own, last), own)
        return
    for one in compounds(piece):
        word = Word(one.whole, one.parts, last and one.end == len(piece)) if one.parts else None
        yield _Typed(word, one.slots)


def _merged(words: Iterable[Word]) -> Iterable[Word]:
    """Return each word once, where it stands first, with how often it stands."""
    merged: dict[tuple[str | None, tuple[str, ...]], Word] = {}
    for word in words:
        known = merged.get((word.whole, word.parts))
        merged[word.whole, word.parts] = replace(word, times=known.times + 1 if known else 1)
    return merged.values()
