"""Fetch from arXiv's API: what a query finds, newest first, page after page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from generator import dates, identity
from generator.fetch.client import Client
from generator.fetch.failure import Failure
from generator.fetch.finds import Find, Haul, unknown
from generator.fetch.reading import text_of, whole
from generator.models import Digest, Entry
from generator.problems import Problem, note
from generator.readers import arxiv_atom
from generator.readers.arxiv import NAME
from generator.readers.xml import ATOM, parse
from generator.text import line

API = "https://export.arxiv.org/api/query"
PAUSE = 3.0
"""Seconds between two requests, as arXiv's terms of use want it."""
_PAGE = 200
"""Papers of a page. arXiv allows 2,000, but large pages often fail."""
_MOST = 2000
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
# A paper can be held back by the moderators for days, and keeps the day of its submission.
_LOOK_BACK = datetime.timedelta(days=7)
_CATEGORY = re.compile(r"[a-z][a-z-]{1,20}(?:\.[A-Za-z-]{2,20})?")
_REFUSAL = b"rate exceeded"
_NONE = re.compile(rb"totalResults[^>]*>\s*0\s*<")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of arXiv."""

    query: str
    """In arXiv's own words, e.g. `cat:cs.CL`."""
    since: str | None = None
    """First day of submission, YYYY-MM-DD, UTC; None for all."""
    until: str = "9999-12-31"
    """Last day, where there is a first one."""
    limit: int | None = None
    """Newest papers at the most; None for all since then."""

    @property
    def key(self) -> str:
        """What the source is called in fetched.yml."""
        return f"arxiv {self.query}"


def is_category(name: str) -> bool:
    """Return whether a category of arXiv can be called so, e.g. `cs.CL` or `hep-th`."""
    return _CATEGORY.fullmatch(name) is not None


def query(words: str | None, categories: Iterable[str]) -> str:
    """Return the query for `words` in any of the categories: at least one of them is there."""
    names = " OR ".join(f"cat:{name}" for name in dict.fromkeys(categories))
    words = line(words or "")
    if not (words and names):
        return words or names
    return f"({words}) AND ({names})" if " OR " in names else f"({words}) AND {names}"


def since_last(asked: str, digests: Iterable[Digest], today: str) -> str:
    """Return the day to begin with: a week before the last digest of this query, or before today.

    What is known already is left out later.
    """
    days = [digest.date for digest in of_query(asked, digests) if digest.date]
    last = datetime.date.fromisoformat(max(days, default=today))
    return (min(last, datetime.date.fromisoformat(today)) - _LOOK_BACK).isoformat()


def fetch(client: Client, wish: Wish, digests: Sequence[Digest], today: str) -> Haul:
    """Return one find, dated `today`, of the papers that are new; or none.

    Raise Failure where an answer is not whole, or a query finds nothing at all, ever.
    """
    entries, total = _answer(client, wish)
    problems: list[Problem] = []
    if not entries:
        problems.append(_quiet(client, wish))
    inside = [entry for entry in entries if _since(entry, wish)]
    if entries and not inside:
        what = f"asked for papers since {wish.since}, arXiv sent only older ones"
        raise Failure(what, "try again later")
    if len(entries) < total:
        what = f"{total:,} papers are there, the newest {len(entries):,} were taken"
        problems.append(note(wish.key, None, what, "raise --limit for more"))
    fresh = unknown(inside, of_query(wish.query, digests))
    days = [e.facts.published for e in inside if e.facts.published]
    return Haul(
        finds=(found(wish.query, fresh, today),) if fresh else (),
        known=len(inside) - len(fresh),
        newest=max(days, default=None),
        problems=tuple(problems),
    )


def of_query(asked: str, digests: Iterable[Digest]) -> list[Digest]:
    """Return the digests that were fetched from arXiv with the query `asked`."""
    return [one for one in digests if one.source == NAME and one.query == asked]


def found(asked: str, entries: tuple[Entry, ...], day: str) -> Find:
    """Return the find of a query, named by what was asked."""
    plain = asked.replace("cat:", "")
    stem = f"arxiv-{identity.slug(plain.replace(' OR ', ' '), 50) or 'papers'}"
    return Find(NAME, asked, f"arXiv {plain}, {dates.readable(day)}", day, stem, entries)


def _since(entry: Entry, wish: Wish) -> bool:
    published = entry.facts.published
    # Only whole days can be compared; arXiv's API tells no others.
    return not wish.since or not published or published >= wish.since[: len(published)]


def _answer(client: Client, wish: Wish) -> tuple[list[Entry], int]:
    """Return the papers of all pages, each once, and how many arXiv has in all."""
    entries, total = _page(client, wish, 0)
    if wish.limit is None and total > _MOST:
        hint = "narrow the query, name a later --since, or take the newest with --limit"
        raise Failure(f"{total:,} papers are more than {_MOST:,}", hint)
    wanted = min(total, wish.limit or _MOST)
    start = len(entries)
    while start < wanted:
        more, _ = _page(client, wish, start)
        start += len(more)
        entries += more
    return list(unknown(entries, ()))[:wanted], total


def _page(client: Client, wish: Wish, start: int) -> tuple[list[Entry], int]:
    """Return the papers of the page that begins at `start`, and how many there are in all."""
    size = min(_PAGE, (wish.limit or _MOST) - start)
    answer = client.ask(_address(wish, start, size), refusal=_broken_off)
    content = text_of(NAME, answer.body)
    total = _total(content)
    if total == 0:
        return [], 0
    reading = whole(arxiv_atom.READER, NAME, content)
    entries = [entry for digest in reading.digests for entry in digest.entries]
    if total is None:
        raise Failure("arXiv does not say how many papers it found", "try again later")
    if len(entries) > size:
        raise Failure(f"asked for {size} papers, arXiv sent {len(entries)}", "try again later")
    if start + len(entries) < min(total, start + size):
        what = f"the answer ends early: {start + len(entries):,} of {total:,} papers"
        raise Failure(what, "try again later")
    return entries, total


def _address(wish: Wish, start: int, size: int) -> str:
    asked = wish.query
    if wish.since:
        start_day, end_day = (day.replace("-", "") for day in (wish.since, wish.until))
        asked = f"({asked}) AND submittedDate:[{start_day}0000 TO {end_day}2359]"
    values = {
        "search_query": asked,
        "start": start,
        "max_results": size,
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }
    return f"{API}?{urlencode(values)}"


def refusal(body: bytes) -> str | None:
    """Return why arXiv will not answer now, None where it does."""
    refused = _REFUSAL in body[:200].lower() and len(body) < 500
    return "arXiv refused the request: too many in a short time" if refused else None


def _broken_off(body: bytes) -> str | None:
    """Return why arXiv will not answer now, None where it does.

    It is known to send a page without papers now and then where there should be some.
    """
    if why := refusal(body):
        return why
    empty = b"<entry" not in body and b"</feed>" in body[-200:]
    if empty and not _NONE.search(body):
        return "the answer ends early: arXiv sent a page without papers"
    return None


def _total(content: str) -> int | None:
    """Return how many papers the feed says that there are, None where that cannot be."""
    root = parse(NAME, content)
    if isinstance(root, Problem):
        return None
    said = root.text_of(_TOTAL) or ""
    entries = any(root.children(f"{ATOM}entry"))
    total = int(said[:9]) if said.isdecimal() else None
    return None if entries and not total else total


def _quiet(client: Client, wish: Wish) -> Problem:
    """Return the note that nothing new is there; raise Failure where that cannot be.

    A query that finds nothing at all is a mistake, and an answer that hides papers is a fault.
    """
    if not wish.since:
        raise _nothing(wish)
    entries, total = _page(client, Wish(wish.query, limit=1), 0)
    if not total or not entries:
        raise _nothing(wish)
    newest = entries[0].facts.published or ""
    if newest >= wish.since:
        what = f"arXiv found no paper since {wish.since}, but has one of {newest}"
        raise Failure(what, "try again later")
    what = f"no paper since {wish.since}: the newest is of {newest or 'an unknown day'}"
    return note(wish.key, None, what, "nothing to do")


def _nothing(wish: Wish) -> Failure:
    hint = "check the query: categories are written as in 'cs.CL'"
    return Failure(f"arXiv knows no paper for '{wish.query}'", hint)
