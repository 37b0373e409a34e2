"""Fetch Hugging Face's daily papers: a digest for each day, as its list says."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from generator import dates
from generator.fetch.client import Client
from generator.fetch.failure import Failure
from generator.fetch.finds import Find, Haul, unknown
from generator.fetch.reading import text_of, whole
from generator.models import Digest, Entry
from generator.problems import Problem, note, warning
from generator.readers import hf_json

KEY = "hf"
API = "https://huggingface.co/api/daily_papers"
NAME = "Hugging Face daily papers"
_LIMIT = 100
"""Papers of a page: the most that the API gives."""
_PAGES = 20
_FIRST_DAYS = 7
_MOST_DAYS = 31
"""The longest gap that is filled without being asked."""
_SATURDAY = 5
# What was submitted at a weekend may be listed on Monday, and midnight is not everywhere at once.
_EARLIEST, _LATEST = datetime.timedelta(days=-4), datetime.timedelta(days=1)
_DAY = datetime.timedelta(days=1)


def since_last(digests: Iterable[Digest], today: str) -> tuple[list[str], list[Problem]]:
    """Return the days that are over and not fetched yet, and what the curator should know of them.

    Today is left out: its list still grows. After a long gap only the last days are taken.
    """
    end = datetime.date.fromisoformat(today) - _DAY
    last = max((d.date for d in digests if d.date and _is_ours(d)), default=None)
    newest = days(end - _DAY * (_FIRST_DAYS - 1), end)
    if last is None:
        what = f"no digest of theirs yet: the last {_FIRST_DAYS} days are fetched"
        hint = "for more: offprint fetch hf --month YYYY-MM"
        return newest, [note(KEY, None, what, hint)]
    missed = days(datetime.date.fromisoformat(last) + _DAY, end)
    if len(missed) <= _MOST_DAYS:
        return missed, []
    what = f"their last digest is of {last}: only the last {_FIRST_DAYS} days are fetched"
    hint = f"for the days between: offprint fetch hf --month {missed[0][:7]}, and so on"
    return newest, [warning(KEY, None, what, hint)]


def fetch_since_last(client: Client, digests: Sequence[Digest], today: str) -> Haul:
    """Return the finds of the days that are over since the last digest."""
    wanted, notes = since_last(digests, today)
    haul = fetch(client, wanted, digests)
    return replace(haul, problems=(*notes, *haul.problems))


def days(start: datetime.date, end: datetime.date) -> list[str]:
    """Return the days from `start` to `end`, both included; none where `end` is earlier."""
    return [(start + _DAY * n).isoformat() for n in range((end - start).days + 1)]


def fetch(client: Client, wanted: Sequence[str], digests: Sequence[Digest]) -> Haul:
    """Return a find for each of the days `wanted` on which there is a paper that is new.

    Raise Failure where an answer is not whole, or a working day has no paper for no reason.
    """
    ours = [digest for digest in digests if _is_ours(digest)]
    answers = {day: tuple(_day(client, day)) for day in wanted}
    filled = [day for day, entries in answers.items() if entries]
    problems = [_empty(day, max(filled, default="")) for day in wanted if day not in filled]
    finds = [_find(day, unknown(answers[day], ours)) for day in filled]
    fresh = tuple(find for find in finds if find.entries)
    total = sum(map(len, answers.values()))
    return Haul(
        finds=fresh,
        known=total - sum(len(find.entries) for find in fresh),
        newest=max(filled, default=None),
        problems=tuple(problems),
    )


def _is_ours(digest: Digest) -> bool:
    return (digest.source or "").startswith(NAME)


def _find(day: str, entries: tuple[Entry, ...]) -> Find:
    title = f"Daily papers, {dates.readable(day)}"
    return Find(NAME, _address(day), title, day, "hf-daily-papers", entries)


def _address(day: str, page: int = 0) -> str:
    paging = {"limit": _LIMIT, "p": page} if page else {"limit": _LIMIT}
    return f"{API}?{urlencode({'date': day, **paging})}"


def _day(client: Client, day: str) -> Iterator[Entry]:
    """Yield the papers of a day, page after page: a page can hold fewer than it may."""
    seen: set[str] = set()
    for page in range(_PAGES):
        content = text_of(NAME, client.ask(_address(day, page)).body)
        if "".join(content.split()) == "[]":
            return
        reading = whole(hf_json.READER, NAME, content)
        _check_day(day, reading.digests)
        entries = [entry for digest in reading.digests for entry in digest.entries]
        fresh = [entry for entry in entries if (entry.facts.arxiv or entry.facts.title) not in seen]
        if not fresh and len(entries) < _LIMIT:
            return  # pages are not counted there: the first was all
        if not fresh:
            raise Failure(f"the answer for {day} repeats itself after a page", "try again later")
        seen.update(entry.facts.arxiv or entry.facts.title for entry in fresh)
        yield from fresh
    raise Failure(f"the answer for {day} has no end", "try again later")


def _check_day(day: str, digests: Iterable[Digest]) -> None:
    """Raise Failure where all papers with a day were featured at quite another time."""
    asked = datetime.date.fromisoformat(day)
    told = [datetime.date.fromisoformat(digest.date) for digest in digests if digest.date]
    if told and not any(asked + _EARLIEST <= one <= asked + _LATEST for one in told):
        what = f"asked for {day}, they sent the papers of {max(told)}"
        raise Failure(what, "try again later")


def _empty(day: str, newest: str) -> Problem:
    """Return the note of a day without papers; raise Failure where it should have some."""
    weekend = datetime.date.fromisoformat(day).weekday() >= _SATURDAY
    if weekend or day < newest:
        why = "a weekend" if weekend else "later days have papers"
        return note(KEY, None, f"no papers on {day} ({why})", "nothing to do")
    hint = "their list may be late or broken: try again in some hours"
    raise Failure(f"no papers on {day}, a working day", hint)
