"""Turn the sentences of an abstract into a score for how well each one sums it up.

`summary_weights` says how much each feature counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations
from math import log, sqrt
from operator import mul

from generator.summaries.summary_weights import WEIGHTS
from generator.text import readable
from generator.words import terms

PAPER = r"(?:paper|work|article|study|report|survey)"
_OFFERS = "propose|introduce|present|develop|devise|design|describe|suggest"
# How a sentence in lower case begins once stock phrases are off. Groups name features.
_OPENING = re.compile(
    r"(?P<we>we )"
    r"(?:(?P<adds>(?:[a-z]+ )?(?:also|further|additionally|then|furthermore|finally|next)\b)"
    rf"|(?:[a-z]+ly )?(?:(?P<offers>{_OFFERS}|formulate|create|build|construct|establish)"
    r"|(?P<tests>evaluate|test|compare|conduct|perform|report|experiment|validate|release|discuss"
    r"|illustrate|benchmark)))?"
    rf"|(?P<paper>(?:this|our) (?:[a-z]+ )?{PAPER}\b)|(?P<our>our\b)"
)
_WE = re.compile(r"\bwe\b")
_OFFER = re.compile(rf"\bwe (?:[a-z]+ )?(?:{_OFFERS}|offer)|^(?:this|our) (?:[a-z]+ )?{PAPER}\b")
_NEW = re.compile(
    r"\b(?:an?|two|three|several) (?:[^ ]+ )?"
    r"(?:novel|new|simple|general|efficient|unified|end-to-end|effective)\b"
)
_PURPOSE = re.compile(
    r"\b(?:that|which|to) (?:can|enables?|allows?|improves?|learns?|uses?|combines?|leverages?)\b"
)
_NO_OPENING = [False] * _OPENING.groups
_USUAL = 150
"""Characters of a usual sentence."""
_LONG = 200
"""Characters from which on a sentence is a long one."""

FEATURES = (
    *_OPENING.groupindex,
    *("mentions_we", "new", "purpose", "length", "excess"),
    *("first", "place", "first_we", "before_we", "after_we", "first_offer"),
    *("title_shared", "title_part", "coverage", "likeness", "most_alike"),
)


def scores(title: AbstractSet[str], sentences: Sequence[str]) -> list[float]:
    """Return for each sentence how much better it is than the others, in hundredths of ROUGE."""
    weights = [WEIGHTS[name] for name in FEATURES]
    return [round(sum(map(mul, weights, row)), 6) for row in features(title, sentences)]


def features(title: AbstractSet[str], sentences: Sequence[str]) -> list[list[float]]:
    """Return for each sentence of an abstract, trimmed, the values of `FEATURES` in their order.

    `title` has the terms of the title. Quadratic in the number of sentences.
    """
    words = [frozenset(terms(readable(sentence))) for sentence in sentences]
    low = [sentence.lower() for sentence in sentences]
    with_we = [bool(_WE.search(sentence)) for sentence in low]
    parts = (
        map(_form, low, with_we),
        _order(low, with_we),
        _to_title(title, words),
        _to_others(words),
    )
    return [[*one, *two, *three, *four] for one, two, three, four in zip(*parts, strict=True)]


def _form(sentence: str, with_we: bool) -> list[float]:
    """Return how the sentence begins, what it mentions, and its length."""
    found = _OPENING.match(sentence)
    size = len(sentence)
    return [
        *([part is not None for part in found.groups()] if found else _NO_OPENING),
        with_we,
        _NEW.search(sentence) is not None,
        _PURPOSE.search(sentence) is not None,
        log(max(size, 10) / _USUAL),
        max(0, size - _LONG) / 100,
    ]


def _order(sentences: Sequence[str], with_we: Sequence[bool]) -> Iterator[list[float]]:
    """Yield where each sentence stands, also next to the first that speaks of the authors."""
    last = max(len(sentences) - 1, 1)
    first_we = with_we.index(True) if True in with_we else -2
    first_offer = next((n for n, text in enumerate(sentences) if _OFFER.search(text)), -1)
    for n in range(len(sentences)):
        near = [n == first_we, n < first_we, n == first_we + 1, n == first_offer]
        yield [n == 0, n / last, *near]


def _to_title(title: AbstractSet[str], words: Iterable[AbstractSet[str]]) -> Iterator[list[float]]:
    """Yield how much each sentence has of the title, and how much of it is title."""
    for found in words:
        both, size = len(found & title), len(found) or 1
        yield [2 * both / (size + len(title)), both / size]


def _to_others(words: Sequence[AbstractSet[str]]) -> Iterator[list[float]]:
    """Yield how much each sentence has of what the others say, and whether it is nearest to them.

    Nearness is the mean cosine.
    """
    count = Counter(chain.from_iterable(words))
    repeated = sum(count.values()) - len(count) or 1
    cosines = _cosines(words)
    most = max(cosines, default=0.0)
    for found, cosine in zip(words, cosines, strict=True):
        met = sum(map(count.__getitem__, found)) - len(found)
        yield [met / repeated, cosine, cosine == most]


def _cosines(words: Sequence[AbstractSet[str]]) -> list[float]:
    """Return for each sentence the mean cosine of its words with those of the others."""
    roots = [sqrt(len(found) or 1) for found in words]
    sums = [0.0] * len(words)
    for (one, first), (two, second) in combinations(enumerate(words), 2):
        cosine = len(first & second) / (roots[one] * roots[two])
        sums[one] += cosine
        sums[two] += cosine
    # Rounded, so that equal ones are equal whatever the order of the sum.
    return [round(total / max(len(words) - 1, 1), 9) for total in sums]
