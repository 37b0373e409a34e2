"""Turn texts into postings in lunr's serialised form, and into the places of their words.

Source of the form: `lunr.Index.load` and `lunr.Builder` of lunr 2.3.9. A field of a posting
maps papers to what is known of the term there: nothing, or `n`, how often it occurs if more
than once. lunr's own builder would take half a minute for ten thousand papers.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from lunr import __TARGET_JS_VERSION__ as LUNR

from generator.words import runs, stems

FIELDS = ("t", "b", "a")
"""Title; body, which is abstract, note, keywords and topics; authors."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the index."""

    term: str
    posting: str
    """JSON of its fields, without braces: `"t":{…},"b":{…},"a":{…}`."""
    places: str
    """JSON of the places in all fields and papers, in the posting's order.

    Within one text of one paper each place is told by its distance from the one before.
    """


class Tally:
    """Counts the words of papers; a paper is known by its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms, self._slots, self._places = array("i"), array("i"), array("i")
        self.papers = 0
        self.lengths: dict[str, list[int]] = {field: [] for field in FIELDS}
        """Terms of each field, by the paper's number."""

    def add(self, texts: dict[str, Iterable[str]]) -> None:
        """Count the texts of one more paper's fields."""
        for number, field in enumerate(FIELDS):
            before = len(self._terms)
            self._count(self.papers * len(FIELDS) + number, texts.get(field, ()))
            self.lengths[field].append(len(self._terms) - before)
        self.papers += 1

    def _count(self, slot: int, texts: Iterable[str]) -> None:
        numbers, terms, places = self._numbers, self._terms, self._places
        before, place = len(terms), 0
        for text in texts:
            for run in runs(text):
                for whole, slots in stems(run):
                    if whole:
                        terms.append(numbers.setdefault(whole, len(numbers)))
                        places.append(place)
                    for part in slots:
                        if part:
                            terms.append(numbers.setdefault(part, len(numbers)))
                            places.append(place)
                        place += 1
            place += 1  # No phrase reaches from one text into the next.
        self._slots.extend([slot] * (len(terms) - before))

    def counts(self) -> dict[str, int]:
        """Return in how many papers each term occurs."""
        terms, slots = (np.frombuffer(one, np.int32) for one in (self._terms, self._slots))
        papers = max(self.papers, 1)
        pairs = np.unique(terms.astype(np.int64) * papers + slots // len(FIELDS)) // papers
        counts = np.bincount(pairs, minlength=len(self._numbers))
        return dict(zip(self._numbers, counts.tolist(), strict=True))

    def entries(self) -> Iterator[Entry]:
        """Yield the terms in their order, which is that of code points."""
        names = sorted(self._numbers)
        if not names:
            return
        table = _Table(*self._sorted(names))
        for rank, name in enumerate(names):
            yield table.entry(rank, name)

    def _sorted(self, names: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return field by term, paper and place of each occurrence, in the index's order."""
        ranks = np.empty(len(names), np.int32)
        ranks[[self._numbers[name] for name in names]] = np.arange(len(names))
        terms, slots, places = (
            np.frombuffer(one, np.int32) for one in (self._terms, self._slots, self._places)
        )
        papers, fields = np.divmod(slots, len(FIELDS))
        groups = ranks[terms] * len(FIELDS) + fields
        order = np.lexsort((places, papers, groups))
        return groups[order], papers[order], places[order]


class _Table:
    """All occurrences in order: those of a term's field lie together."""

    def __init__(self, groups: np.ndarray, papers: np.ndarray, places: np.ndarray) -> None:
        starts = np.ones(len(groups), bool)
        starts[1:] = (groups[1:] != groups[:-1]) | (papers[1:] != papers[:-1])
        places = places.copy()
        places[1:] -= np.where(starts[1:], 0, places[:-1])
        spelt = list(map(str, range(int(places.max()) + 1)))
        self._places = [spelt[place] for place in places.tolist()]
        heads = np.flatnonzero(starts)
        times = np.diff(np.append(heads, len(groups)))
        bare = [f'"{paper}":{{}}' for paper in range(int(papers.max()) + 1)]
        self._papers = [
            bare[paper] if count == 1 else f'"{paper}":{{"n":[{count}]}}'
            for paper, count in zip(papers[heads].tolist(), times.tolist(), strict=True)
        ]
        wanted = np.arange(int(groups.max()) // len(FIELDS) * len(FIELDS) + len(FIELDS) + 1)
        self._postings = np.searchsorted(groups[heads], wanted).tolist()
        self._occurrences = np.searchsorted(groups, wanted).tolist()

    def entry(self, rank: int, name: str) -> Entry:
        first = rank * len(FIELDS)
        bounds = self._postings[first : first + len(FIELDS) + 1]
        fields = (
            f'"{field}":{{{",".join(self._papers[start:end])}}}'
            for field, start, end in zip(FIELDS, bounds, bounds[1:], strict=False)
        )
        start, end = self._occurrences[first], self._occurrences[first + len(FIELDS)]
        return Entry(name, ",".join(fields), f"[{','.join(self._places[start:end])}]")


def serialised(entries: Iterable[Entry], vectors: Iterable[str], **more: object) -> bytes:
    """Return an index as lunr loads it, with further keys, which lunr passes over.

    Its vectors are empty, for they would hold lunr's ranking, and that is not ours.
    """
    postings = ",".join(
        f'[{json.dumps(one.term, ensure_ascii=False)},{{"_index":{number},{one.posting}}}]'
        for number, one in enumerate(entries)
    )
    head = {
        "version": LUNR,
        "fields": FIELDS,
        "fieldVectors": [[vector, []] for vector in vectors],
        "pipeline": [],
        **more,
    }
    shown = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return f'{shown[:-1]},"invertedIndex":[{postings}]}}'.encode()
