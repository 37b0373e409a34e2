"""Answer a query from the files of a site's search.

`templates/theme/assets/search-core.js` does the same in the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.search.queries import parse
from generator.search.ranking import Ranking
from generator.search.shelf import Shelf
from generator.search.typos import mend

FEW = 10
"""Papers with all words below which papers with some of them follow."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that answers a query."""

    slug: str
    title: str
    url: str
    """Relative to the site's root."""
    score: float
    """3 for the very title or id, 2 for a title that begins with the query, 1 for all words
    of the query, plus less than 1 for how well it fits."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    hits: tuple[Hit, ...]
    """Best first; ties by slug."""
    complete: int
    """Papers that have all words, also those beyond the limit."""
    guesses: tuple[tuple[str, str], ...] = ()
    """Words that no paper has, each with the one that was sought instead."""
    missing: tuple[str, ...] = ()
    """Words that no paper has, and that are like no other."""


def find(read: Callable[[str], bytes], query: str, limit: int) -> Answer:
    """Return the papers that answer `query`, best first, at most `limit`.

    `read` returns the content of a file of the site's `search/` by its name. Papers with all
    words; where these are fewer than `FEW`, so many of the others follow; where there are
    none, all others do.
    """
    shelf = Shelf(read)
    asked, guesses = mend(shelf, parse(query))
    ranking = Ranking(shelf, asked)
    scores, complete = ranking.scores()
    ranked = sorted(scores, key=lambda paper: (-scores[paper], paper))
    kept = ranked[: max(complete, FEW)] if complete else ranked
    hits = (_hit(shelf, paper, scores[paper]) for paper in kept[:limit])
    return Answer(tuple(hits), complete, guesses, ranking.missing())


def _hit(shelf: Shelf, number: int, score: float) -> Hit:
    paper = shelf.paper(number)
    return Hit(paper["slug"], paper["title"], f"papers/{paper['slug']}/", score)
