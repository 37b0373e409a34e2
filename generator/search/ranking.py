"""Turn a query and a shelf into a score for each paper that answers.

Papers with all words come before the others, the very title or arXiv id before all. Among
equals the words decide: rare ones count more, those of the title more, and those that stand
side by side as in the query more. `templates/theme/assets/search-ranking.js` does the same
in the browser; order and scores agree, which a test compares.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from generator.search.queries import Query, Word
from generator.search.shelf import Shelf
from generator.search.weights import Gains, Weights, counted, phrase
from generator.words import Slots, completed, fold, key, stem, trimmed

CONTINUED = 0.25
"""What a continuation of an unfinished word counts next to the word itself."""
ALIKE = 0.5
"""What another form counts next to the query's own: an acronym, two words as one, a guess."""
NEAR = 0.2
"""What two neighbouring words count as a pair, next to a word of its own."""
LIKE_TITLE = 0.5
"""What the part of the title that the query says adds to a word's rarity."""
SHORT = 4
"""Words of a query up to which that counts in full."""
LONGEST_FORM = 7
"""Words of an acronym's long form at the most, stop words included."""
HALF = 10.0
"""Sum of gains that makes half of a point."""


class Ranking:
    """One query on one shelf."""

    def __init__(self, shelf: Shelf, query: Query) -> None:
        self._shelf, self._query = shelf, query
        self._weights = Weights(shelf)
        self._stems = query.stems()
        self._terms = tuple(dict.fromkeys(term for term in self._stems if term))
        self._parts: dict[str, Gains] = {}
        self._sums: Gains = {}
        self._having = [self._word(word) for word in query.wanted]
        self._other_forms()
        self._neighbours()
        self._titles()

    def scores(self) -> tuple[dict[int, float], int]:
        """Return the score of each paper that answers, and how many have all words."""
        if not self._query.wanted:
            meant = [] if self._query.excluded else self._meant(self._shelf.head["bare"])
            return dict.fromkeys(meant, 3.0), len(meant)
        kept = self._kept()
        complete = kept.intersection(*self._having)
        tiers = dict.fromkeys(complete, 1)
        tiers |= dict.fromkeys(complete & self._beginning(), 2)
        tiers |= dict.fromkeys(self._meant(self._perhaps_meant(complete)), 3)
        scores = {
            paper: _rounded(tiers.get(paper, 0) + found / (found + HALF))
            for paper, found in self._sums.items()
            if paper in kept
        }
        return scores, len(complete)

    def missing(self) -> tuple[str, ...]:
        """Return the words of the query that no paper has."""
        words = zip(self._query.wanted, self._having, strict=True)
        return tuple(word.spelt for word, papers in words if not papers)

    def _word(self, word: Word) -> set[int]:
        """Add what `word` is worth; return the papers that have it."""
        last = len(word.parts) - 1
        each = [
            self._part(part, word.unfinished and place == last)
            for place, part in enumerate(word.parts)
        ]
        for gains in each:
            self._add(gains, word.times * (ALIKE if word.guessed else 1))
        found = set(each[0]).intersection(*each[1:])
        if word.whole:
            gains = self._part(word.whole, word.unfinished)
            self._add(gains)
            found.update(gains)
        return found

    def _part(self, part: str, unfinished: bool) -> Gains:
        """Return what `part` is worth: itself, what it may become, what it is short for."""
        own = own_terms(self._shelf, part, unfinished)
        gains = self._weights.gains(map(self._shelf.posting, own))
        if unfinished:
            more = [term for term in self._shelf.continuations(part) if term not in own]
            found = self._weights.gains(map(self._shelf.posting, more))
            _improve(gains, found, CONTINUED if own else 1)
        for form in self._shelf.head["acronyms"].get(stem(part), ()):
            found = self._weights.gains([counted(phrase(self._shelf, form))])
            _improve(gains, found, ALIKE)
        self._parts[stem(part)] = gains
        return gains

    def _add(self, gains: Gains, factor: float = 1) -> None:
        for paper, gain in gains.items():
            self._sums[paper] = self._sums.get(paper, 0.0) + factor * gain

    def _other_forms(self) -> None:
        """Let papers gain that write neighbouring words as one, or as an acronym."""
        known = set(self._terms)
        for span, term in other_forms(self._shelf, self._query):
            if term in known:
                continue
            known.add(term)
            gains = self._weights.gains([self._shelf.posting(term)])
            for paper, gain in gains.items():
                own = 0.0
                for part in dict.fromkeys(filter(None, span)):
                    own += self._parts[part].get(paper, 0.0)
                if ALIKE * gain > own:
                    self._add({paper: ALIKE * gain - own})
            for word, having in zip(self._query.wanted, self._having, strict=True):
                if {stem(part) for part in word.parts} <= set(span):
                    having.update(gains)

    def _neighbours(self) -> None:
        """Let papers gain that have neighbouring words of the query side by side."""
        for pair in self._query.pairs():
            found = counted(phrase(self._shelf, pair))
            self._add(self._weights.gains([found]), NEAR)

    def _titles(self) -> None:
        """Let papers gain whose titles have little more than words of the query."""
        told: Gains = {}
        counts: dict[int, int] = {}
        for term in self._terms:
            posting = self._shelf.posting(term)
            rarity = self._weights.rarity(len(_papers(posting)))
            for paper in posting.get("t", ()):
                told[paper] = told.get(paper, 0.0) + rarity
                counts[paper] = counts.get(paper, 0) + 1
        share = LIKE_TITLE * min(1, SHORT / max(1, len(self._terms)))
        for paper, rarity in told.items():
            part = counts[paper] / self._weights.titles[paper]
            self._add({paper: share * rarity * part})

    def _kept(self) -> set[int]:
        """Return the papers that the quotes and the minus leave."""
        kept = set(self._sums)
        for word in self._query.excluded:
            kept -= _having(self._shelf, word)
        for terms in self._query.forbidden:
            kept -= _papers(phrase(self._shelf, terms))
        for terms in self._query.phrases:
            kept &= _papers(phrase(self._shelf, terms))
        return kept

    def _beginning(self) -> set[int]:
        """Return the papers whose titles begin with the query, if that has several words."""
        if len(self._terms) < 2:
            return set()
        start = self._stems.index(self._terms[0])
        found = phrase(self._shelf, trimmed(self._stems)).get("t", {})
        return {paper for paper, starts in found.items() if starts[0] == start}

    def _perhaps_meant(self, complete: Iterable[int]) -> list[int]:
        """Return papers whose very title or id the query may be, few enough to look at."""
        if self._query.is_id:
            return sorted(complete)
        count = sum(term is not None for term in self._stems)
        titles = [self._shelf.posting(term).get("t", {}) for term in self._terms]
        return sorted(
            paper
            for paper in complete
            if count <= self._weights.titles[paper] <= 2 * count
            and all(paper in title for title in titles)
        )

    def _meant(self, papers: Iterable[int]) -> list[int]:
        """Return those of `papers` whose very title or arXiv id the query is."""
        text = self._query.text
        title = key(text)
        shown = {number: self._shelf.paper(number) for number in papers}
        return [
            number
            for number, paper in shown.items()
            if (title and title == key(paper["title"]))
            or (self._query.is_id and text == fold(paper.get("arxiv", "")))
        ]


def own_terms(shelf: Shelf, part: str, unfinished: bool) -> list[str]:
    """Return the terms of the index that `part` is, or may be on its way to."""
    terms = dict.fromkeys((stem(part), *(completed(part) if unfinished else ())))
    return [term for term in terms if shelf.posting(term)]


def _improve(gains: Gains, others: Gains, factor: float) -> None:
    """Put in what `others` have more."""
    for paper, gain in others.items():
        gains[paper] = max(gains.get(paper, 0.0), factor * gain)


def _papers(posting: Mapping[str, Mapping[int, object]]) -> set[int]:
    return {paper for papers in posting.values() for paper in papers}


def _having(shelf: Shelf, word: Word) -> set[int]:
    """Return the papers that have all parts of a finished word, or the parts as one."""
    each = [_papers(shelf.posting(stem(part))) for part in word.parts]
    found = each[0].intersection(*each[1:])
    return found | _papers(shelf.posting(stem(word.whole))) if word.whole else found


def other_forms(shelf: Shelf, query: Query) -> Iterator[tuple[Slots, str]]:
    """Yield neighbouring terms of `query` with the acronym, or the one word, that they make."""
    short: dict[Slots, list[str]] = {}
    for acronym, forms in shelf.head["acronyms"].items():
        for form in forms:
            short.setdefault(tuple(form), []).append(acronym)
    terms = query.stems()
    for start in range(len(terms)):
        for end in range(start + 2, min(start + LONGEST_FORM, len(terms)) + 1):
            span = terms[start:end]
            yield from ((span, acronym) for acronym in short.get(span, ()))
    yield from query.joined()


def _rounded(score: float) -> float:
    """Return `score` to six digits: beyond them languages differ, and ties must stay ties."""
    return math.floor(score * 1e6 + 0.5) / 1e6
