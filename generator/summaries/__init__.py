"""Choose the sentence of each abstract that says best what the paper is about."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from generator.memory import Memory
from generator.models import Catalog, Facts
from generator.sentences import is_cut, split
from generator.summaries.openings import trim
from generator.summaries.salience import PAPER, scores
from generator.text import readable
from generator.words import terms, tokens

SKIMMED = (60, 340)
"""Characters of a sentence that says something and is read at a glance; others come second."""
LONGEST = 600
"""Characters of a sentence at the most."""
_FEWEST = 4
"""Terms that a sentence has at least."""
_SENTENCES = 50
"""Sentences of an abstract that are weighed."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# `This allows …` needs the sentence before it.
_BACK = re.compile(
    rf"(?:this|these|that|those|such|it|they|its|their)\b(?! (?:[a-z]+ )?{PAPER}\b)", re.IGNORECASE
)
_WHOLE = re.compile(r"[.!。！।॥۔｡:;][\"'”’»)\]」』）\]]*\Z")
# What every paper says of itself is nothing that its title lacks.
_STOCK = frozenset(
    terms(
        "address approach article based demonstrate describe develop explore framework introduce"
        " investigate method model new novel our paper present problem propose provide show study"
        " this use using we work"
    )
)


def pick(catalog: Catalog, memory: Memory | None = None) -> Catalog:
    """Return the catalogue with a summary in one line for every paper whose abstract has one.

    Abstracts that `memory` knows are not read again.
    """
    memory = memory or Memory()
    papers = tuple(replace(paper, tldr=_recalled(paper.facts, memory)) for paper in catalog.papers)
    return replace(catalog, papers=papers)


def _recalled(facts: Facts, memory: Memory) -> str | None:
    abstract = facts.abstract or ""
    # A summary is never empty, so that nothing can stand for none.
    source = f"summary {(facts.title, abstract)!r}"
    return memory.recall(source, lambda: summary(facts.title, abstract) or "") or None


@lru_cache(maxsize=1 << 14)
def summary(title: str, abstract: str) -> str | None:
    """Return the sentence of `abstract` that sums it up best, without stock phrases before it.

    None where no sentence says more than the title, or all are too short, too long or cut off.
    Remembered, so that only new papers cost time when a site is built again.
    """
    sentences = [trim(sentence) for sentence in split(abstract)[:_SENTENCES]]
    known = frozenset(tokens(title))
    worth = scores(known, sentences)
    # A stable order: the earlier of two equals comes first.
    order = sorted(range(len(sentences)), key=lambda place: -worth[place])
    easy = sorted(order, key=lambda place: _is_hard(sentences[place]))
    return next((sentences[place] for place in easy if _is_fit(sentences[place], known)), None)


def _is_fit(sentence: str, title: AbstractSet[str]) -> bool:
    """Return whether the sentence is whole, of a bearable length, and says more than the title."""
    if len(sentence) > LONGEST or is_cut(sentence):
        return False
    found = frozenset(terms(readable(_ADDRESS.sub(" ", sentence))))
    return len(found) >= _FEWEST and bool(found - title - _STOCK)


def _is_hard(sentence: str) -> bool:
    """Return whether the sentence comes second: it says little, is long, broken or not alone."""
    return (
        not SKIMMED[0] <= len(sentence) <= SKIMMED[1]
        or not _WHOLE.search(sentence)
        or bool(_BACK.match(sentence))
        or bool(_ADDRESS.search(sentence))
        or sentence.count("$") % 2 == 1
    )
