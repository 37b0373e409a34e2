"""Fetch arXiv's daily feed: what was announced today, without mere new versions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from generator.fetch import arxiv
from generator.fetch.client import Client, Marks
from generator.fetch.failure import Failure
from generator.fetch.finds import Haul, unknown
from generator.fetch.reading import text_of, whole
from generator.models import Digest, Entry
from generator.problems import Problem, note
from generator.readers import arxiv_feed
from generator.readers.arxiv import NAME
from generator.readers.xml import ARXIV, Node, parse, stamp_day

FEED = "https://rss.arxiv.org/rss"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STALE = 5
"""Days: the longest that arXiv's feed stands still, over a holiday and a weekend."""


def key(categories: Sequence[str]) -> str:
    """Return what the source is called in fetched.yml."""
    return f"arxiv-rss {arxiv.query(None, categories)}"


def fetch(
    client: Client, categories: Sequence[str], digests: Sequence[Digest], today: str, marks: Marks
) -> Haul:
    """Return one find, dated by the feed's own day, of the papers that are new; or none.

    Raise Failure where the feed is broken, stale, or empty without saying that it should be.
    """
    asked = arxiv.query(None, categories)
    ours = arxiv.of_query(asked, digests)
    name = key(categories)
    address = f"{FEED}/{'+'.join(dict.fromkeys(categories))}"
    # Whoever deleted the digest wants it again.
    answer = client.ask(address, marks if ours else None, arxiv.refusal)
    if answer.unchanged:
        what = "the feed has not changed since it was fetched last"
        return Haul(problems=(note(name, None, what, "nothing to do"),), marks=marks)
    content = text_of(NAME, answer.body)
    channel = _channel(content)
    day = _day(channel, today)
    if not any(channel.children("item")):
        return Haul(problems=(_empty(name, channel, day, content),), marks=answer.marks)
    reading = whole(arxiv_feed.READER, NAME, content)
    entries = [entry for digest in reading.digests for entry in digest.entries]
    announced = _announced(channel, entries)
    fresh = unknown(announced, ours)
    return Haul(
        finds=(arxiv.found(asked, fresh, day),) if fresh else (),
        known=len(announced) - len(fresh),
        newest=day,
        marks=answer.marks,
    )


def _channel(content: str) -> Node:
    root = parse(NAME, content)
    if isinstance(root, Problem):
        raise Failure(f"arXiv's feed is broken: {root.message}", "try again later")
    channel = root.child("channel")
    if channel is None:
        raise Failure("arXiv sent no RSS feed", "try again later")
    return channel


def _day(channel: Node, today: str) -> str:
    """Return the feed's own day; raise Failure where it has none, or is too old to be today's."""
    stamps = (channel.text_of(name) for name in ("pubDate", "lastBuildDate"))
    day = next((found for stamp in stamps if stamp and (found := stamp_day(stamp))), None)
    if day is None:
        raise Failure("arXiv's feed does not say of which day it is", "try again later")
    age = datetime.date.fromisoformat(today) - datetime.date.fromisoformat(day)
    if age.days > _STALE:
        what = f"arXiv's feed is stale: it is of {day}"
        raise Failure(what, "try again later, or use the API: leave --rss away")
    return day


def _empty(name: str, channel: Node, day: str, content: str) -> Problem:
    """Return the note of a feed that is empty as it says; raise Failure where it does not say so.

    arXiv announces nothing on the days that the feed itself lists to be skipped.
    """
    skipped = channel.child("skipDays")
    names = {node.text().strip().lower() for node in skipped.children("day")} if skipped else set()
    weekday = _WEEKDAYS[datetime.date.fromisoformat(day).weekday()]
    if weekday.lower() in names:
        what = f"nothing is announced on a {weekday}, says the feed of {day}"
        return note(name, None, what, "nothing to do")
    # The reader tells arXiv's own errors.
    whole(arxiv_feed.READER, NAME, content)
    raise Failure(f"arXiv's feed of {day} is empty", "try again later")


def _announced(channel: Node, entries: Sequence[Entry]) -> list[Entry]:
    """Return the papers that are new to arXiv or to a category, without new versions of others."""
    kinds = [node.text_of(f"{ARXIV}announce_type") or "" for node in channel.children("item")]
    pairs = zip(kinds, entries, strict=True)
    return [entry for kind, entry in pairs if not kind.strip().lower().startswith("replace")]
