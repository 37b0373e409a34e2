"""Read the files of `search.py` for one query: postings, places, spelling, papers.

`templates/theme/assets/search-shelf.js` does the same in the browser.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from generator.words import is_cjk

EXPANSIONS = 64
"""Words that an unfinished word stands for at the most."""

Posting = Mapping[str, Mapping[int, int]]
"""How often a term stands in each field of each paper, papers in order."""
Places = Mapping[str, Mapping[int, Sequence[int]]]
"""Where it stands there, in order."""


class Shelf:
    """The files of a site's search, each read when it is first needed."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Take the function that returns the content of a file of `search/` by its name."""
        self._read = read
        self.head: dict[str, Any] = self._json("index.json")
        self.papers: int = self.head["papers"]
        self.posting = cache(self._posting_of)
        self._postings = cache(self._postings_of)
        self._places = cache(self._places_of)
        self._shown = cache(self._shown_of)

    def _json(self, name: str) -> Any:
        return json.loads(self._read(name))

    def places(self, term: str) -> Places:
        """Return the places of `term`, with no field where it stands nowhere."""
        part = self._part(term)
        _, found = self._postings(part)
        if term not in found:
            return {}
        rest = iter(self._places(part)[found[term]["_index"]])
        return {
            field: {paper: _summed(rest, times) for paper, times in papers.items()}
            for field, papers in self.posting(term).items()
        }

    def continuations(self, start: str) -> list[str]:
        """Return the terms that begin with `start`, those of most papers first, ties in order."""
        if len(start) < 2 and not is_cjk(start):
            return []
        found = {
            term: len({paper for papers in self.posting(term).values() for paper in papers})
            for part in range(self._part(start), self._part(start + "\U0010ffff") + 1)
            for term in self._beginning(start, part)
        }
        return sorted(found, key=lambda term: (-found[term], term))[:EXPANSIONS]

    def paper(self, number: int) -> Mapping[str, Any]:
        """Return what a result shows of a paper."""
        chunk = self.head["chunk"]
        found: Mapping[str, Any] = self._shown(number // chunk)[number % chunk]
        return found

    @cached_property
    def spelling(self) -> Mapping[str, int]:
        """Words as the texts write them, folded, and how many papers have each."""
        found = self._json("words.json")
        return dict(zip(found["words"], found["papers"], strict=True))

    def _part(self, term: str) -> int:
        return max(0, bisect_right(self.head["parts"], term) - 1)

    def _beginning(self, start: str, part: int) -> Sequence[str]:
        names, _ = self._postings(part)
        first = last = bisect_left(names, start)
        while last < len(names) and names[last].startswith(start):
            last += 1
        return names[first:last]

    def _posting_of(self, term: str) -> Posting:
        """Return where `term` stands, with no field where it stands nowhere."""
        _, found = self._postings(self._part(term))
        return _counted(found[term]) if term in found else {}

    def _postings_of(self, part: int) -> tuple[list[str], dict[str, Any]]:
        parted = bool(self.head["parts"])
        index = self._json(f"index-{part}.json") if parted else self.head
        found = dict(index["invertedIndex"])
        return list(found), found

    def _places_of(self, part: int) -> Any:
        return self._json(f"positions-{part}.json" if self.head["parts"] else "positions.json")

    def _shown_of(self, chunk: int) -> Any:
        if self.head["parts"]:
            return self._json(f"papers-{chunk}.json")
        return self._json("papers.json")["papers"]


def _counted(posting: Mapping[str, Any]) -> Posting:
    return {
        field: {int(paper): known.get("n", (1,))[0] for paper, known in posting[field].items()}
        for field in posting
        if field != "_index"
    }


def _summed(rest: Any, times: int) -> list[int]:
    """Return the next `times` places, each told by its distance from the one before."""
    found: list[int] = []
    for _ in range(times):
        found.append(next(rest) + (found[-1] if found else 0))
    return found
