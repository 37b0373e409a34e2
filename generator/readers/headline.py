"""Tell a paper's title from the words behind it, in a line of a list or a cell of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator import text
from generator.readers import inline
from generator.readers.inline import Link
from generator.readers.linked import is_label

# A title that goes over the end of a sentence, or is longer than this, is more than a title.
_LONGEST_TITLE = 250
_NUMBER = re.compile(r"\s*(?:\(?\d{1,4}[.):\]](?=\D)|#\d{1,4}\b[.):]?)\s*")
_BOLD = re.compile(r"[^\w\[<*_]{0,4}(\*\*|__)(?=\S)(.+?)\1", re.DOTALL)
_QUOTED = re.compile(r"[^\w\[<]{0,2}?[\"“](.{3,250}?)[.,]?[\"”][.,:]?(?!\w)")
_BETWEEN = re.compile(r" +[-–—|] +|(?<=\S)[ \t]{2,}(?=\S)| +[-–—](?=[a-z])|<br */?>")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]][.?!]) +(?=[A-Z\"“])")
_OPENING = re.compile(
    r"(?<=\w[?!.:,)\s]) *\b(?=(?:This|These|In this|Our|We)\b|(?:Introduc|Present|Propos|Investigat"
    r"|Explor|Describ|Examin|Demonstrat|Develop|Discuss|Provid|Show|Stud|Survey)(?:e?s|ies)\b)"
)
_LEADING = re.compile(
    r"\s*(?:[*_]{1,3}(?=[\s:,.;(\-–—]|$))?\s*(?:[-–—:|,;.→]+(?=[\s*_\"“(]|[a-z]|$))?\s*"
)
_BRACKETED = re.compile(r"\[([^\[\]\\]{1,40})\](?![(\[:])\s*")
_ENDS = " \t\n|,;/·•&-–—[({"
_CLOSERS = re.compile(r"^[\s\])}.,;:|/·•&]+")
_HTTP = re.compile(r"https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """What an entry's first paragraph says."""

    title: str
    """Plain text in one line; empty where there is none."""
    words: str
    """What stands behind the title, without links that are only named after their kind."""
    links: tuple[Link, ...] = field(default=())
    """Of the paper: that of the title first, then those named after their kind."""
    mentioned: tuple[str, ...] = ()
    """Addresses that stand in the words."""
    credit: str = ""
    """What stands in brackets before the title: `2023/05` of `[2023/05] **Title**`."""
    guessed: bool = False
    """Whether nothing in the text parts the title from the words."""


def headline(markdown: str, references: Mapping[str, str] | None = None) -> Headline:
    """Return title, words and links of `markdown`. Linear in its length.

    The title is the first link's text, else what is bold or quoted at the start, else what
    stands before a dash, two blanks or the first link.
    """
    # Cells are padded with blanks; two of them still part a title from its words.
    markdown = _without_number(re.sub(r"[ \t]{3,}", "  ", markdown))
    if bracketed := _BRACKETED.match(markdown):
        found = _unbracketed(markdown[bracketed.end() :], references)
        return replace(found, credit=text.line(bracketed[1]))
    return _unbracketed(markdown, references)


def _unbracketed(markdown: str, references: Mapping[str, str] | None) -> Headline:
    links = inline.parse(markdown, references).links
    if (first := _title_link(markdown, links)) is not None:
        return _linked(markdown, first, links)
    for pattern in (_BOLD, _QUOTED):
        found = pattern.match(markdown)
        title = inline.plain(found[found.lastindex or 0]) if found else ""
        if found and _says(title) and not is_label(title):
            return _headline(markdown, links, title, found.end())
    return _parted(markdown, links)


def _without_number(markdown: str) -> str:
    found = _NUMBER.match(markdown)
    return markdown[found.end() :] if found else markdown.lstrip()


def _title_link(markdown: str, links: tuple[Link, ...]) -> Link | None:
    """Return the link that is the title: no word stands before it."""
    for link in links[:4]:
        before = inline.plain(markdown[: link.start])
        if _HTTP.match(link.label) or re.search(r"\w", _without_links(before)):
            return None
        if not is_label(link.label):
            return link
    return None


def _without_links(before: str) -> str:
    return "" if is_label(before) else before


def _linked(markdown: str, first: Link, links: tuple[Link, ...]) -> Headline:
    # The bold may begin before the link and end somewhere behind it.
    bold = "**" in markdown[: first.start]
    tail = markdown[first.end :]
    cut = tail.replace("**", "", 1) if bold else tail
    shift = len(tail) - len(cut)
    moved = f"{markdown[: first.end]}{' ' * shift}{cut}" if shift and tail[:2] != "**" else markdown
    own = Link("", first.address, first.start, first.end)
    found = _headline(moved, (own, *(x for x in links if x is not first)), "", first.end)
    # What the link names is the title whole: no sign of it was left over.
    return replace(found, title=text.line(first.label))


def _parted(markdown: str, links: tuple[Link, ...]) -> Headline:
    """Return the headline of a text without link, bold or quotes at its start."""
    begin = _behind_labels(markdown, links)
    end = next((x.start for x in links if x.start >= begin), len(markdown))
    head = markdown[begin:end]
    for pattern in (_BETWEEN, _SENTENCE_END):
        found = pattern.search(head)
        if found and _is_title(head[: found.start()]):
            title = inline.plain(head[: found.start()])
            return _headline(markdown, links, title, begin + found.start())
    if _is_title(head) and (links or len(head) < len(markdown)):
        return _headline(markdown, links, inline.plain(head.rstrip(_ENDS)), end)
    if opening := _OPENING.search(head):
        title = inline.plain(head[: opening.start()])
        return _headline(markdown, links, title, begin + opening.start(), guessed=True)
    return _headline(markdown, links, inline.plain(head), end, guessed=not _is_title(head))


def _behind_labels(markdown: str, links: tuple[Link, ...]) -> int:
    """Return the offset behind the links at the start that only name their kind."""
    begin = 0
    for link in links:
        if _HTTP.match(link.label) or not is_label(link.label):
            break
        if _says(markdown[begin : link.start]):
            break
        begin = link.end
    return begin


def _is_title(head: str) -> bool:
    short = len(head) <= _LONGEST_TITLE and re.search(r"\w", head)
    return bool(short and not _SENTENCE_END.search(head) and not _OPENING.search(head))


def _headline(
    markdown: str, links: tuple[Link, ...], title: str, end: int, *, guessed: bool = False
) -> Headline:
    """Return the headline whose words begin at `end`; links named by their kind are cut off."""
    own = [link for link in links if link.end <= end or (link.start < end < link.end)]
    rest = [link for link in links if link.start >= end]
    start, stop = end, len(markdown)
    while rest and is_label(rest[0].label) and not _says(markdown[start : rest[0].start]):
        own.append(rest[0])
        start = rest.pop(0).end
    cut: list[Link] = []
    while rest and is_label(rest[-1].label) and not _says(markdown[rest[-1].end : stop]):
        cut.insert(0, rest[-1])
        stop = rest.pop().start
    words = markdown[start:stop]
    words = _CLOSERS.sub("", words) if start > end else words
    words = words.rstrip(_ENDS) if stop < len(markdown) else words
    return Headline(
        title=_stripped(title),
        words=inline.plain(_LEADING.sub("", words, count=1)).strip(),
        links=(*own, *cut),
        mentioned=tuple(link.address for link in rest),
        guessed=guessed,
    )


def _says(between: str) -> bool:
    return re.search(r"\w", between) is not None


def _stripped(title: str) -> str:
    """Return a title in one line, without signs that were left over at its ends."""
    title = re.sub(r"^[*_\s]+(?=\w)", "", text.line(title)).rstrip("* ")
    title = re.sub(r"(?<=[\w)\]\"”])[:,;]$|(?<=[a-z0-9)\]])\.$|\s+[-–—|]$", "", title)
    # Signs that were left over name nothing; those of other scripts may.
    return title if re.search(r"\w|[^\x00-\x7f]", title) else ""
