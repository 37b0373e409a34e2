"""Read RSS 2.0 copies of Hugging Face's daily papers: the abstract stands in escaped HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator import identity, text
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem, error, note
from generator.readers import Defaults, Reader, cells
from generator.readers.doubts import doubts
from generator.readers.facts import (
    completed,
    day_of_name,
    month_of_arxiv,
    unescaped,
    with_addresses,
    with_mentioned,
)
from generator.readers.xml import DC, Node, parse, stamp_day

FORMAT = "hf-rss"
TITLE = "Daily papers"
_HEAD = 4000
_SOURCE = re.compile(r"(?:huggingface|hf)\.co/papers|hugging ?face", re.IGNORECASE)
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Only tags that are meant as such: an abstract may hold `a < b` and even `<b`.
_BLOCK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|blockquote|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s([^<>]*)>([^<]*)</a>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:a|b|strong|i|em|span|img|code|sub|sup|u|small)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_LABEL = re.compile(r"(authors?|(?:up)?votes|likes|summary|abstract)\s*:\s*", re.IGNORECASE)
_NAMES = {"author": "authors", "votes": "upvotes", "likes": "upvotes", "summary": "abstract"}
_DOUBT_HINT = "save the feed again, or leave it: the paper is shown as it is"


@dataclass(frozen=True, slots=True)
class _Prose:
    """What the escaped HTML of an item says."""

    labelled: Mapping[str, list[str]] = field(default_factory=dict)
    """Paragraphs below `authors`, `upvotes` and `abstract`."""
    plain: tuple[str, ...] = ()
    """Paragraphs above any label."""
    addresses: tuple[str, ...] = ()
    """Of its links."""


def sniff(path: str, content: str) -> float:
    """Return 0.8 for RSS whose head names Hugging Face, else 0."""
    head = content[:_HEAD]
    above = head.partition("<item")[0]
    return 0.8 if "<rss" in head and _SOURCE.search(above) else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a feed: an item a paper."""
    root = parse(path, content)
    if isinstance(root, Problem):
        return Reading(path, FORMAT, problems=(root,))
    channel = root.child("channel")
    if channel is None or not any(channel.children("item")):
        hint = "save it again on another day: feeds can be empty at weekends"
        fault = error(path, root.line, "a feed without items", hint)
        return Reading(path, FORMAT, problems=(fault,))
    entries: list[Entry] = []
    rejected: list[Problem] = []
    for item in channel.children("item"):
        if facts := _facts(item):
            entries.append(Entry(facts, len(entries) + 1, item.line))
        else:
            hint = "add its title, or remove the item"
            rejected.append(error(path, item.line, "an item without a title", hint))
    date, problems = _date(path, channel)
    title = text.line(channel.text_of("title") or "") or TITLE
    digest = Digest(
        path=path,
        slug=identity.slug(f"{date or ''} {title}") or "digest",
        title=title,
        date=date,
        entries=tuple(entries),
        source="Hugging Face daily papers",
    )
    problems += [*rejected, *doubts(path, entries, _DOUBT_HINT)]
    return Reading(path, FORMAT, (digest,), len(rejected), tuple(problems))


def _date(path: str, channel: Node) -> tuple[str | None, list[Problem]]:
    """Return the feed's day, else the file name's, else the one on which the feed was made."""
    if day := stamp_day(channel.text_of("pubDate") or "") or day_of_name(path):
        return day, []
    if day := stamp_day(channel.text_of("lastBuildDate") or ""):
        hint = "if it shows another day, put that into the file's name"
        return day, [note(path, None, f"dated {day}, the day on which the feed was made", hint)]
    hint = "put its day into the file's name, e.g. 2025-03-14-daily.xml, or use --date"
    return None, [note(path, None, "undated: neither the feed nor its name tells a day", hint)]


def _facts(item: Node) -> Facts | None:
    """Return the paper of an item, None without a title."""
    title = text.line(item.text_of("title") or "")
    if not title:
        return None
    prose = _prose(item.text_of(_CONTENT) or item.text_of("description") or "")
    abstract = "\n\n".join(prose.labelled.get("abstract", prose.plain)) or None
    creators = [node.text() for name in (f"{DC}creator", "author") for node in item.children(name)]
    said = " ".join(prose.labelled.get("authors", ()))
    facts = Facts(
        title=title,
        authors=cells.people(said) if said else tuple(p for c in creators for p in cells.people(c)),
        abstract=unescaped(abstract) if abstract else None,
        keywords=tuple(
            word for node in item.children("category") if (word := text.line(node.text()))
        ),
        votes=cells.number("".join(prose.labelled.get("upvotes", ()))),
    )
    places = [item.text_of(name) or "" for name in ("link", "guid")]
    facts = with_addresses(facts, [a for place in places for a in identity.addresses(place)])
    facts = with_mentioned(facts, [*prose.addresses, *identity.addresses(abstract or "")])
    return completed(replace(facts, published=_published(facts, item)))


def _published(facts: Facts, item: Node) -> str | None:
    """Return the item's day where it can be the paper's own.

    Some copies date items by the day on which they were featured: the id tells the month.
    """
    day = stamp_day(item.text_of("pubDate") or "")
    if day is None or facts.arxiv is None:
        return day
    month = month_of_arxiv(facts.arxiv)
    # What is submitted on a month's last day gets its id in the next.
    return day if day[:7] in {month, _month_before(month)} else None


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"


def _prose(markup: str) -> _Prose:
    """Return the paragraphs of an item's HTML in their order, tags taken off, entities decoded."""
    markup = _COMMENT.sub("", markup)
    addresses = tuple(html.unescape(found) for found in _HREF.findall(markup))
    labelled: dict[str, list[str]] = {}
    plain: list[str] = []
    target = plain
    for paragraph in _paragraphs(markup):
        label = _LABEL.match(paragraph)
        if label:
            name = label[1].lower()
            target = labelled.setdefault(_NAMES.get(name, name), [])
            paragraph = paragraph[label.end() :]
        if paragraph:
            target.append(paragraph)
    return _Prose(labelled, tuple(plain), tuple(filter(identity.is_address, addresses)))


def _paragraphs(markup: str) -> Iterator[str]:
    for block in _BLOCK.split(markup):
        # A paragraph of nothing but links, such as "PDF | Code", is no part of an abstract.
        if _ANCHOR.search(block) and not re.search(r"\w", _INLINE.sub("", _ANCHOR.sub("", block))):
            continue
        yield text.line(html.unescape(_INLINE.sub("", block)))


READER = Reader(FORMAT, "an RSS feed of Hugging Face's daily papers", sniff, read)
