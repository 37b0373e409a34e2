"""Find the word that a misspelt one most likely means.

`templates/theme/assets/search-typos.js` does the same in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.search.queries import Query, Word
from generator.search.shelf import Shelf
from generator.words import completed, stem


def mend(shelf: Shelf, query: Query) -> tuple[Query, tuple[tuple[str, str], ...]]:
    """Return the query with a near word for each that no paper has, and what was changed.

    Words of phrases stay as they are, and so do those that some paper joins to a neighbour.
    """
    swaps: dict[str, str] = {}
    for word in query.wanted:
        for part in _unknown(shelf, query, word):
            if near := nearest(part, shelf.spelling):
                swaps[part] = near
    if not swaps:
        return query, ()
    wanted = tuple(_swapped(word, swaps) for word in query.wanted)
    sequence = tuple(swaps.get(part, part) if part else None for part in query.sequence)
    return replace(query, wanted=wanted, sequence=sequence), tuple(swaps.items())


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """Return the known word with the fewest letters to change, None if more than a few.

    One letter in words of four to seven, two in longer ones that begin with the same letter;
    swapped neighbours count as one. Ties: what more papers have, then in order.
    """
    length = len(word)
    least = 0 if length < 4 else 1 if length < 8 else 2
    best: tuple[int, int, str] | None = None
    for candidate, papers in known.items() if least else ():
        if abs(len(candidate) - length) > least or not _begin_alike(word, candidate):
            continue
        apart = distance(word, candidate, least)
        if apart <= least and (apart < 2 or word[0] == candidate[0]):
            found = (apart, -papers, candidate)
            best = min(best, found) if best else found
            least = best[0]
    return best[2] if best else None


def distance(a: str, b: str, most: int) -> int:
    """Count the letters to add, drop, change or swap between two words; stop beyond `most`."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        line = [i]
        for j, other in enumerate(b, 1):
            apart = min(row[j - 1] + (letter != other), row[j] + 1, line[j - 1] + 1)
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                apart = min(apart, before[j - 2] + 1)
            line.append(apart)
        if min(line) > most and min(row) > most:
            return most + 1
        before, row = row, line
    return row[-1]


def _begin_alike(a: str, b: str) -> bool:
    return a[0] == b[0] or a[1] == b[1] or a[0] == b[1] or a[1] == b[0]


def _unknown(shelf: Shelf, query: Query, word: Word) -> list[str]:
    """Return the parts of `word` for which there is no paper, none where it is known as one."""
    if word.whole and _is_known(shelf, word.whole, word.unfinished):
        return []
    kept = {term for terms in query.phrases for term in terms}
    last = len(word.parts) - 1
    return [
        part
        for place, part in enumerate(word.parts)
        if stem(part) not in kept
        and not _is_known(shelf, part, word.unfinished and place == last)
        and not _is_joined(shelf, query, part)
    ]


def _is_known(shelf: Shelf, part: str, unfinished: bool) -> bool:
    ends = completed(part) if unfinished else ()
    known = any(shelf.posting(term) for term in (stem(part), *ends))
    return known or (unfinished and bool(shelf.continuations(part)))


def _is_joined(shelf: Shelf, query: Query, part: str) -> bool:
    own = stem(part)
    return any(own in pair and bool(shelf.posting(term)) for pair, term in query.joined())


def _swapped(word: Word, swaps: Mapping[str, str]) -> Word:
    parts = tuple(swaps.get(part, part) for part in word.parts)
    if parts == word.parts:
        return word
    return replace(word, whole=None, parts=parts, unfinished=False, guessed=True)
