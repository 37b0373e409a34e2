"""Say which words make a paper like others, as its own text writes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from generator.related.commonplaces import COMMONPLACES, NOUNS
from generator.related.vectors import Floats, Vectors
from generator.text import readable
from generator.words import TERM_LENGTH, fold, is_cjk, key, runs, spelt, terms

MOST = 4
"""Words or phrases of one reason, at most."""

# Begins the term of an author, as no word of a text does.
_AUTHOR = "@"
# Terms that are looked at, strongest first, and the part of the strongest's worth that is enough.
_READ, _ENOUGH = 10, 0.1
# Letters of a word such as `pre` or `non`.
_SYLLABLE = 3
_RUN = re.compile(r"[^\W_]+(?:[-\u2010\u2013][^\W_]+)*")
_LETTER = re.compile(r"[^\W\d_]")

_Forms = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """The words of a collection by their terms."""

    single: _Forms
    """For each term the folded runs that have it, each with the part that is the term."""
    last: _Forms
    """The same for terms that are the last of a run, with the whole of it."""
    first: _Forms
    """The same for terms that are the first one."""

    def written(self, texts: Sequence[str], wanted: Set[str]) -> dict[str, str]:
        """Return how `texts` write the terms `wanted`: without capitals, or as they first do.

        Two words side by side count where nothing but a blank is between. Commonplaces, numbers
        and single letters are left out.
        """
        own = frozenset[str]().union(*map(runs, texts))
        text = "\n".join(map(readable, texts))
        lower = text.lower()
        found = {}
        for term in filter(_is_telling, wanted):
            spellings = (_spelling(text, lower, form) for form in self._forms(term, own))
            known = [spelling for spelling in spellings if spelling]
            if known:
                found[term] = min(known)[2]
        return found

    def _forms(self, term: str, own: frozenset[str]) -> list[str]:
        """Return the folded forms of `term` that the runs `own` can have."""
        first, blank, second = term.partition(" ")
        if not blank:
            known = self.single.get(term, {})
            return [known[run] for run in own.intersection(known)]
        before = own.intersection(self.last.get(first, ()))
        after = own.intersection(self.first.get(second, ()))
        return [f"{one} {other}" for one in before for other in after]


def author(name: str) -> str:
    """Return the term of an author."""
    return _AUTHOR + key(name).replace(" ", "_")


def forms(texts: Iterable[str]) -> Forms:
    """Return the words of all `texts`."""
    single: dict[str, dict[str, str]] = defaultdict(dict)
    first: dict[str, dict[str, str]] = defaultdict(dict)
    last: dict[str, dict[str, str]] = defaultdict(dict)
    for run in frozenset[str]().union(*map(runs, texts)):
        known = list(_terms(run).items())
        for term, part in known:
            if part and len(part) <= TERM_LENGTH:
                single[term][run] = part
        if known:
            first[known[0][0]][run] = last[known[-1][0]][run] = run
    return Forms(single, last, first)


def shared(
    vectors: Vectors,
    known: Forms,
    paper: int,
    others: Iterable[int],
    texts: Sequence[str],
    authors: Sequence[str] = (),
) -> list[tuple[str, ...]]:
    """Return for each of `others` what `paper` shares with it, strongest first.

    `texts` and `authors` are the paper's own. A phrase stands for its words: who reads it need
    not read them again.
    """
    columns, own = vectors.row(paper)
    weights = np.zeros(vectors.width, np.float32)
    weights[columns] = own
    worths = list(_worths(vectors, weights, others))
    written = known.written(texts, {term for worth in worths for term in worth})
    written |= {author(name): name for name in authors}
    parts = {term: _parts(term, spelling) for term, spelling in written.items()}
    return [_named(worth, parts, written) for worth in worths]


def _spelling(text: str, lower: str, form: str) -> tuple[int, int, str] | None:
    """Return how `text` writes a folded form, after what decides between several; None if not."""
    place = _place(text, form)
    if place >= 0:
        return 0, place, form
    place = _place(lower, form) if len(lower) == len(text) else -1
    if place >= 0:
        return 1, place, text[place : place + len(form)]
    if " " in form:
        return None
    # Accents, ligatures, other hyphens: folding has changed more than capitals.
    return next(((2, 0, run) for run in _RUN.findall(text) if fold(run) == form), None)


def _place(text: str, form: str) -> int:
    """Return where `form` stands in `text` first, no letter or digit beside it; -1 for nowhere."""
    place = text.find(form)
    while place >= 0:
        end = place + len(form)
        beside = text[place - 1 : place] + text[end : end + 1]
        if is_cjk(form) or not any(map(str.isalnum, beside)):
            return place
        place = text.find(form, place + 1)
    return -1


def _worths(vectors: Vectors, weights: Floats, others: Iterable[int]) -> Iterator[dict[str, float]]:
    """Yield what the strongest terms that papers share with each of `others` add to likeness."""
    rows = [vectors.row(other) for other in others]
    sizes = [len(columns) for columns, _ in rows]
    columns = np.concatenate([np.zeros(0, np.int64), *(columns for columns, _ in rows)])
    theirs = np.concatenate([np.zeros(0, np.float32), *(values for _, values in rows)])
    worth = weights[columns] * theirs
    shared = np.flatnonzero(worth > 0)
    row = np.repeat(np.arange(len(rows)), sizes)[shared]
    order = shared[np.lexsort((-worth[shared], row))]
    starts = np.searchsorted(row, np.arange(len(rows) + 1)).tolist()
    terms_of, strengths = columns[order].tolist(), worth[order].tolist()
    for first, last in pairwise(starts):
        part = slice(first, min(last, first + _READ))
        named = map(vectors.term, terms_of[part])
        yield dict(zip(named, strengths[part], strict=True))


def _named(
    worth: Mapping[str, float], parts: Mapping[str, Sequence[str]], written: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the spellings of the terms that say most, none twice; `parts` are their words."""
    whole: dict[str, float] = {}
    for term, strength in worth.items():
        if words := parts.get(term):
            own = strength if len(words) > 1 else 0.0
            whole[term] = sum([worth.get(word, 0.0) for word in words], own)
    least = _ENOUGH * max(whole.values(), default=0.0)
    named: list[str] = []
    met: set[str] = set()
    for term in sorted(whole, key=lambda term: (-whole[term], term)):
        if whole[term] < least or len(named) == MOST:
            break
        if met.isdisjoint(parts[term]):
            named.append(written[term])
            met.update(parts[term])
    return tuple(named)


@lru_cache(maxsize=1 << 16)
def _parts(term: str, spelling: str) -> tuple[str, ...]:
    """Return the single words of a term: of two side by side, and of words that hyphens join."""
    if term.startswith(_AUTHOR):
        return (term,)
    parts: list[str] = []
    for run in fold(spelling).split(" "):
        known = list(_terms(run))
        parts += known[1:] if len(spelt(run)) > 1 and len(known) > 1 else known
    return tuple(dict.fromkeys(parts))


@lru_cache(maxsize=1 << 16)
def _terms(run: str) -> dict[str, str]:
    """Return the terms of a folded run, that of the whole first, each with what stands for it."""
    parts = spelt(run)
    if not parts:
        return {term: term for term in terms(run)}
    whole = dict.fromkeys(terms(run)[: len(parts) > 1], run)
    return whole | {term: _part(part, run) for part in parts for term in terms(part)}


def _part(part: str, run: str) -> str:
    """Return how to write a part of `run`, or "": `end` of `end-to-end` says nothing alone."""
    return "" if part != run and len(part) <= _SYLLABLE else part


@lru_cache(maxsize=1 << 16)
def _is_telling(term: str) -> bool:
    words = term.split(" ")
    names = [word for word in words if word not in COMMONPLACES and _LETTER.search(word)]
    return len(term) > 1 and bool(names) and set(words) <= {*names, *NOUNS}
