"""Lay all words of papers one after another, as numbers, so that terms can be counted fast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from lunr.stop_word_filter import WORDS as STOP_WORDS
from numpy.typing import NDArray

from generator.models import Paper
from generator.text import readable
from generator.words import fold, stem

WORD = re.compile(r"[^\W_]+(?:[-‐–][^\W_]+)*")
_PIECE = re.compile(rf"{WORD.pattern}|[^\s\w]|_")
_HYPHEN = re.compile("[-‐–]")
# Words that tie a title together: no term reaches across them.
_TIES = frozenset(
    re.findall(
        r"\w+",
        "across against all along already also always among around before behind between beyond "
        "during  enabled enhance enhanced enhances enhancing evaluate evaluating even ever "
        "explore exploring  guided improve improved improves improving inside onto over per "
        "rethinking revisiting still  through toward towards under unlike upon using versus via "
        "vs when where whether which while  with within without ",
    )
)


@dataclass(frozen=True, slots=True)
class Text:
    """All words of all papers, one after another."""

    raw: list[str]
    word: NDArray[np.int64]
    """Number of each word's stem; 0 where no term goes on: marks, stop words, ends of texts."""
    paper: NDArray[np.int64]
    title: NDArray[np.bool_]
    stems: list[str]
    """By their number."""


def read(papers: Sequence[Paper]) -> Text:
    """Return the words of the papers' titles, abstracts, notes and keywords."""
    numbers = _Numbers()
    raw: list[str] = []
    lengths, owners, titles = [], [], []
    for row, paper in enumerate(papers):
        for place, text in enumerate(_texts(paper)):
            found = _PIECE.findall(text)
            raw += found
            raw.append("")
            lengths.append(len(found) + 1)
            owners.append(row)
            titles.append(place == 0)
    numbers[""] = 0
    return Text(
        raw,
        np.array([numbers[piece] for piece in raw], dtype=np.int64),
        np.repeat(np.array(owners, dtype=np.int64), lengths),
        np.repeat(np.array(titles, dtype=bool), lengths),
        list(numbers.stems),
    )


def _texts(paper: Paper) -> Iterator[str]:
    facts = paper.facts
    yield from map(readable, (facts.title, facts.abstract or "", facts.note or ""))
    yield from facts.keywords


class _Numbers(dict[str, int]):
    """The number of each word's stem, given when it is first met."""

    def __init__(self) -> None:
        self.stems = {"": 0}

    def __missing__(self, word: str) -> int:
        folded = fold(word)
        parts = _HYPHEN.split(folded)
        whole = "".join(parts)
        idle = all(part in STOP_WORDS or part in _TIES for part in parts)
        if idle or not whole[:1].isalpha() or len(whole) < (2 if word.isupper() else 3):
            self[word] = 0
        else:
            self[word] = self.stems.setdefault(stem(whole), len(self.stems))
        return self[word]
