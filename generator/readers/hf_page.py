"""Read pages saved from Hugging Face's daily papers as text, spaced or compact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem, error
from generator.readers import Defaults, Reader
from generator.readers.doubts import doubts
from generator.readers.facts import completed, is_day, unescaped, with_mentioned
from generator.readers.saved_page import (
    CURATOR,
    DOUBT_HINT,
    INVITATION,
    SOURCE,
    TITLE,
    dated,
    is_numbered,
)
from generator.readers.wrapped import LONGEST_TITLE, Line, unwrapped

FORMAT = "hf-page"
_BUTTON = "Subscribe"
_OPENING = 2_000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]}]*$")
_ADDRESS = re.compile(r"https?://\S+")
_INNER_SENTENCE_END = re.compile(r"[a-z0-9)\]][.!?] +[A-Z]")


@dataclass(slots=True)
class _Page:
    """The head of a saved page, and the lines that are neither head nor boilerplate."""

    curator: str | None = None
    day: str | None = None
    """As the page writes it, e.g. `Mar 14`."""
    body: tuple[Line, ...] = ()


def sniff(path: str, content: str) -> float:
    """Return 0.9 for a text that opens with the invitation to subscribe, without link numbers."""
    return 0.9 if INVITATION in content[:_OPENING] and not is_numbered(content) else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a saved page: titles and abstracts by turns."""
    page = _page(content)
    date, problems = dated(path, page.day, defaults)
    entries, rejected = _entries(path, page.body)
    problems += rejected
    problems += doubts(path, entries, DOUBT_HINT)
    stem = PurePosixPath(path).stem
    digest = Digest(
        path=path,
        slug=identity.slug(stem) or "digest",
        title=TITLE,
        date=date,
        entries=entries,
        curator=page.curator,
        source=SOURCE,
    )
    return Reading(path, FORMAT, (digest,), len(rejected), tuple(problems))


def _page(content: str) -> _Page:
    lines = [Line(n, text.line(raw)) for n, raw in enumerate(text.lines(content), 1)]
    lines = [line for line in lines if line.text]
    start = _end_of_invitation(lines)
    page = _Page()
    if start < len(lines) and lines[start].text.startswith(_BUTTON):
        # The compact rendering glues the button's name to the first title.
        rest = lines[start].text.removeprefix(_BUTTON).strip()
        lines[start] = Line(lines[start].number, rest)
        start += not rest
    if start < len(lines) and (curator := CURATOR.fullmatch(lines[start].text)):
        page.curator = curator[1]
        start += 1
    if start < len(lines) and is_day(lines[start].text):
        page.day = lines[start].text
        start += 1
    page.body = tuple(lines[start:])
    return page


def _end_of_invitation(lines: Sequence[Line]) -> int:
    """Return the index behind the last line of the invitation."""
    invited = [n for n, line in enumerate(lines[:20]) if line.text.startswith(INVITATION)]
    return invited[-1] + 1 if invited else 0


def _entries(path: str, body: Sequence[Line]) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Return the papers in order and an error for each abstract that has no title."""
    found: list[tuple[Line, list[str]]] = []
    rejected: list[Problem] = []
    for line, is_abstract in unwrapped(body, _is_abstract):
        if not is_abstract:
            found.append((line, []))
        elif found:
            found[-1][1].append(line.text)
        else:
            hint = "give it its title in a line of its own above"
            rejected.append(error(path, line.number, "an abstract without a title", hint))
    entries = tuple(
        Entry(_facts(title.text, abstract), position, title.number)
        for position, (title, abstract) in enumerate(found, 1)
    )
    return entries, rejected


def _is_abstract(line: str) -> bool:
    """Return whether a line reads like an abstract rather than a title.

    Titles are short and hold one sentence at the most; an abstract is long, or a line of
    some length that ends as a sentence or holds an address, or holds several sentences.
    """
    if len(line) > LONGEST_TITLE:
        return True
    ended = _SENTENCE_END.search(line) and line[-1] != "?"
    sentence = bool(ended or _ADDRESS.search(line))
    return (len(line) > 120 and sentence) or bool(_INNER_SENTENCE_END.search(line) and sentence)


def _facts(title: str, abstract: Sequence[str]) -> Facts:
    # The export keeps LaTeX's escaped signs of plain text, such as 45\%.
    whole = unescaped("\n\n".join(abstract)) or None
    facts = Facts(title=unescaped(title), abstract=whole)
    return completed(with_mentioned(facts, identity.addresses(whole or "")))


READER = Reader(FORMAT, "a page saved from huggingface.co/papers as text", sniff, read)
