"""Find the words that rise: terms of the field that new papers use more than old ones.

A word is a term of the field where titles use it: nobody puts "we propose" or "key insight" into
a title. Terms of one to three words are counted by the papers that use them, and weighed by the
log-likelihood of their shares (Dunning 1993).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generator.models import Paper
from generator.trends.corpus import WORD, Text, read
from generator.words import stem

_LONGEST = 3
"""Words of a term."""
_FEWEST = 3
"""New papers that use a term, at least; of many, one in two hundred."""
_GROWN = 1.5
"""How much greater than expected its number must be."""
_TITLES, _IN_TITLES = (2, 1, 1), 0.08
"""Titles that hold a term of one, two, three words, and their part of its papers, at least."""
_LIKELIHOOD = 3.84
"""By chance one term in twenty differs so much."""
_WHOLE = 0.6
"""Part of a term's new papers in which it is part of one longer term: then that is meant."""
# Words that titles share with all sciences; they may stand within a term, not alone.
_COMMON = frozenset(
    stem(word)
    for word in re.findall(
        r"\w+",
        "advance advanced analysis analyse analyze application approach assess author based "
        "baseline better build case challenge comparison comprehensive data dataset deep deeper "
        "design develop direct effective efficiency efficient empirical evaluation evidence "
        "experiment family fast framework full function general generic good guide high hybrid "
        "insight introduction investigate key large learn learned learning level light limit "
        "limitation low measure method model modelling modern multiple need network neural new "
        "novel open optimal overview part perform performance perspective practical practice "
        "principle problem real recent report research result review revisit robust role "
        "scalable scale science simple single small solution special state strategy strong "
        "structure study support survey synergy system systematic target task technique "
        "technology test theory time tool train training type understand understanding unified "
        "unify university unsupervised use work year ",
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """A term that rises."""

    text: str
    """As texts write it."""
    new: int
    """New papers that use it."""
    old: int
    papers: tuple[str, ...]
    """Slugs of the new papers that use it, those with it in the title first."""


def rising(new: Sequence[Paper], old: Sequence[Paper], most: int) -> tuple[Word, ...]:
    """Return up to `most` terms that rise, the clearest first; ties by the term."""
    text = read([*new, *old])
    papers = [paper.slug for paper in (*new, *old)]
    bound = _Bound(len(new), max(_FEWEST, len(new) // 200), *_sizes(text, len(new)))
    text = _frequent(text, bound)
    found = [term for length in range(1, _LONGEST + 1) for term in _terms(text, bound, length)]
    chosen: list[_Term] = []
    for term in sorted(_whole(found), key=lambda term: (-round(term.weight, 6), term.text)):
        # "unified multimodal" tells nothing beside "unified multimodal models".
        if len(chosen) < most and not any(_within(term, c) or _within(c, term) for c in chosen):
            chosen.append(term)
    return tuple(
        Word(term.text, term.new, term.old, tuple(papers[row] for row in term.papers))
        for term in chosen
    )


@dataclass(frozen=True, slots=True)
class _Bound:
    """What new is, and enough."""

    new: int
    """The first so many papers are new."""
    fewest: int
    """New papers that a term needs."""
    size_new: int
    size_old: int


@dataclass(frozen=True, slots=True)
class _Term:
    words: tuple[int, ...]
    text: str
    weight: float
    new: int
    old: int
    papers: list[int]


def _frequent(text: Text, bound: _Bound) -> Text:
    """Return `text` where words that too few new papers use end a term, as marks do."""
    new = text.paper < bound.new
    number = _papers(text.word[new], text.paper[new], len(text.stems))
    return replace(text, word=np.where(number[text.word] >= bound.fewest, text.word, 0))


def _terms(text: Text, bound: _Bound, length: int) -> Iterator[_Term]:
    """Yield the terms of `length` words that rise."""
    count = len(text.stems)
    starts = len(text.word) - length + 1
    kept = np.ones(max(starts, 0), dtype=bool)
    code = np.zeros(max(starts, 0), dtype=np.int64)
    for step in range(length):
        part = text.word[step : step + starts]
        kept &= part > 0
        code = code * count + part
    at = np.flatnonzero(kept)
    codes, term = np.unique(code[at], return_inverse=True)
    paper = text.paper[at]
    is_new = paper < bound.new
    in_new = _papers(term[is_new], paper[is_new], len(codes))
    in_all = _papers(term, paper, len(codes))
    titled = text.title[at]
    in_title = _papers(term[titled], paper[titled], len(codes))
    weight = _weights(in_new, in_all - in_new, bound)
    good = (in_new >= bound.fewest) & (weight >= _LIKELIHOOD)
    good &= (in_title >= _TITLES[length - 1]) & (in_title >= _IN_TITLES * in_all)
    order = np.argsort(term, kind="stable")
    ends = np.cumsum(np.bincount(term, minlength=len(codes)))
    for row in np.flatnonzero(good).tolist():
        places = at[order[ends[row - 1] if row else 0 : ends[row]]]
        words = tuple(text.word[places[0] : places[0] + length].tolist())
        if all(text.stems[word] in _COMMON for word in words):
            continue
        own = dict.fromkeys(text.paper[places[text.title[places]]].tolist())
        own |= dict.fromkeys(text.paper[places].tolist())
        yield _Term(
            words,
            _written(text, places.tolist(), length),
            float(weight[row]),
            int(in_new[row]),
            int(in_all[row] - in_new[row]),
            [paper for paper in own if paper < bound.new],
        )


def _papers(term: NDArray[np.int64], paper: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return in how many papers each of `count` terms stands."""
    high = int(paper.max(initial=0)) + 1
    return np.bincount(np.unique(term * high + paper) // high, minlength=count)


def _sizes(text: Text, new: int) -> tuple[int, int]:
    """Return how many different words new and old papers hold: long texts hold more terms."""
    count = len(text.stems)
    held = np.unique(text.paper * count + text.word) // count
    return int((held < new).sum()), int((held >= new).sum())


def _weights(new: NDArray[np.int64], old: NDArray[np.int64], bound: _Bound) -> NDArray[np.float64]:
    """Return the log-likelihood ratio of each term; 0 where it does not rise enough."""
    expected = (new + old) * (bound.size_new / max(bound.size_new + bound.size_old, 1))
    other = new + old - expected
    ratio = new * np.log(np.maximum(new, 1) / np.maximum(expected, 1e-9))
    ratio += old * np.log(np.maximum(old, 1) / np.maximum(other, 1e-9))
    return np.asarray(np.where(new > _GROWN * expected, 2 * ratio, 0.0))


def _whole(found: Sequence[_Term]) -> list[_Term]:
    """Return `found` without the terms that are mostly parts of one longer term."""
    parts: dict[tuple[int, ...], int] = {}
    for term in found:
        for start in range(len(term.words)):
            for end in range(start + 1, len(term.words) + 1):
                part = term.words[start:end]
                if part != term.words:
                    parts[part] = max(parts.get(part, 0), term.new)
    return [term for term in found if parts.get(term.words, 0) < _WHOLE * term.new]


def _within(term: _Term, other: _Term) -> bool:
    span = len(term.words)
    return any(other.words[at : at + span] == term.words for at in range(len(other.words)))


def _written(text: Text, places: Sequence[int], length: int) -> str:
    """Return the spelling that running text has most often; without any, that of titles.

    A capital at the beginning of a sentence or in a title says nothing.
    """
    forms: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for place in places:
        plain = not text.title[place] and place > 0 and bool(WORD.fullmatch(text.raw[place - 1]))
        forms[plain][" ".join(text.raw[place : place + length])] += 1
    known = forms[True] or Counter(map(_lowered, forms[False].elements()))
    return min(known, key=lambda form: (-known[form], form))


def _lowered(form: str) -> str:
    """Return `form` with the capitals of a title's words made small, but not those of GPT."""
    return " ".join(word.lower() if word[1:].islower() else word for word in form.split(" "))
