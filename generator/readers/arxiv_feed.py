"""Read arXiv's daily feeds, RSS 2.0 and Atom: what a day announced in some categories."""

from __future__ import annotations

import re

from generator import identity, text
from generator.models import Facts, Reading
from generator.problems import Problem, error
from generator.readers import Defaults, Reader
from generator.readers.arxiv import (
    categories,
    finished,
    gathered,
    numbered,
    one_line,
    paragraphs,
    people,
    reading,
    untitled,
)
from generator.readers.xml import ARXIV, ATOM, DC, Node, parse, stamp_day

FORMAT = "arxiv-feed"
_ROOT = re.compile(r"<(?:rss|feed)[\s>]")
_OURS = re.compile(r"rss\.arxiv\.org/|updates on (?:the )?arxiv\.org", re.IGNORECASE)
# What arXiv puts before each abstract, for programs that show nothing else.
_PREFACE = re.compile(
    r"\s*(?:arXiv:(?P<id>\S+)\s+)?(?:Announce Type:\s*\S+\s*)?(?:Abstract:\s*)?", re.IGNORECASE
)
_FAILED = "Feed error for query"
_WEEKDAYS = "save the feed on another day: arXiv announces nothing at weekends and on holidays"


def sniff(path: str, content: str) -> float:
    """Return 0.9 for RSS or Atom whose head names arXiv's feeds, else 0."""
    start = _ROOT.search(content, 0, 4000)
    if not start or not content.lstrip("\ufeff \t\r\n").startswith("<"):
        return 0.0
    return 0.9 if _OURS.search(content, start.start(), start.start() + 3000) else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a feed, dated by the feed's own day."""
    root = parse(path, content)
    if isinstance(root, Problem):
        return Reading(path, FORMAT, problems=(root,))
    channel = root.child("channel") or root
    nodes = [*channel.children("item"), *channel.children(f"{ATOM}entry")]
    title = one_line(_first(channel, "title", f"{ATOM}title"))
    if not nodes:
        return Reading(path, FORMAT, problems=(_empty(path, channel, title),))
    entries, rejected = gathered(path, nodes, _facts)
    return reading(path, FORMAT, entries, rejected, _day(channel), title or None)


def _first(node: Node, *names: str) -> str:
    """Return the text of the first child with one of `names` that has any."""
    return next((found for name in names if (found := node.text_of(name))), "")


def _day(channel: Node) -> str | None:
    stamps = (channel.text_of(name) for name in ("pubDate", "lastBuildDate", f"{ATOM}updated"))
    return next((day for stamp in stamps if stamp and (day := stamp_day(stamp))), None)


def _empty(path: str, channel: Node, title: str) -> Problem:
    """Return the error of a feed without papers: arXiv failed, or had nothing to announce."""
    if title.startswith(_FAILED):
        said = one_line(_first(channel, "description", f"{ATOM}subtitle")) or "it does not say why"
        what = f"arXiv answered with an error: {text.shorten(said, 200)}"
        return error(path, channel.line, what, "mend the feed's address, and save it again")
    day = _day(channel)
    when = f" on {day}" if day else ""
    return error(path, channel.line, f"no papers: arXiv announced none{when}", _WEEKDAYS)


def _facts(path: str, node: Node) -> Facts | Problem:
    title = one_line(_first(node, "title", f"{ATOM}title"))
    if not title:
        return untitled(path, node.line)
    summary = _first(node, "description", f"{ATOM}summary")
    preface = _PREFACE.match(summary)
    start, written = (preface.end(), preface["id"] or "") if preface else (0, "")
    venue = one_line(_first(node, f"{ARXIV}journal_reference", f"{ARXIV}journal_ref"))
    facts = Facts(
        title=title,
        authors=_authors(node),
        abstract=paragraphs(summary[start:]),
        doi=identity.doi(_first(node, f"{ARXIV}DOI", f"{ARXIV}doi")),
        venue=venue or None,
        categories=_categories(node),
    )
    # Only the first of these names the version.
    for place in (_first(node, "guid", f"{ATOM}id"), written, _address(node)):
        facts = numbered(facts, place)
    # The feed's dates are those of the announcement, also of a paper's replacement.
    return finished(facts)


def _authors(node: Node) -> tuple[str, ...]:
    creators = (creator.text() for creator in node.children(f"{DC}creator"))
    return tuple(name for raw in creators for name in people(raw))


def _categories(node: Node) -> tuple[str, ...]:
    plain = (one.text().strip() for one in node.children("category"))
    terms = (one.attributes.get("term", "") for one in node.children(f"{ATOM}category"))
    return categories((*plain, *terms))


def _address(node: Node) -> str:
    link = node.child(f"{ATOM}link")
    return node.text_of("link") or (link.attributes.get("href", "") if link else "")


READER = Reader(FORMAT, "a daily feed of arXiv (RSS or Atom)", sniff, read)
