"""What the forms of reference managers share: dates, names, markup in text, ids, the digest."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Facts
from generator.problems import Problem, note
from generator.readers.doubts import doubts
from generator.readers.facts import completed, day, day_of_name, iso, with_addresses

ARXIV = re.compile(r"arXiv:\s*\S+(?:\s*\[([\w.-]+)\])?", re.IGNORECASE)
"""An id as managers note it, `arXiv:2101.00001 [cs.LG]`, with its category."""
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?!\d)(?:[-/](\d{1,2})(?!\d))?)?(?!\d)")
_HEADING = re.compile(r"<jats:title\s*>\s*abstract\s*[.:]?\s*</jats:title\s*>", re.IGNORECASE)
# Attributes are told exactly, so that `a<b and c>d` is no markup.
_MARKUP = re.compile(
    r"""</?(?P<name>(?:jats|mml):[a-z0-9-]{1,40}|p|br|div|span|i|b|em|strong|u|sub|sup|sc|scp)
    (?:\s{1,9}[\w:-]{1,40}\s?=\s?(?:"[^"<>]*"|'[^'<>]*'))*\s{0,9}/?>""",
    re.VERBOSE | re.IGNORECASE,
)
_BREAKS = frozenset({"p", "br", "div", "jats:p", "jats:sec", "jats:title", "jats:list-item"})
_WORDS = re.compile(r"[A-Za-z]+|\d+")
PLAIN = "Offprint"
"""Source of records without markup: Offprint's own exports."""
_ARXIV_DOI = "10.48550/arxiv."


def unmarked(words: str) -> str:
    """Return `words` without the tags of JATS, MathML and simple HTML, entities decoded once."""
    if "<" in words:
        words = _MARKUP.sub(_parted, _HEADING.sub("", words))
    return html.unescape(words) if "&" in words else words


def unmarkable(words: str) -> str:
    """Return `words`, in which nothing is markup, so that `unmarked` leaves them as they are."""
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _parted(tag: re.Match[str]) -> str:
    return "\n\n" if tag["name"].lower() in _BREAKS else ""


def dated(date: str) -> str | None:
    """Return a date such as `2022-8-1`, `2022/08/01/`, `2022-08/2022-09` or `2022` as ours.

    Of a span the first day counts. None where it begins with no year.
    """
    found = _DATE.match(date.strip())
    return published(found[1], found[2] or "", found[3] or "") if found else None


def published(year: str, month: str = "", number: str = "") -> str | None:
    """Return YYYY-MM-DD, YYYY-MM or YYYY, as far as the calendar has such a day.

    `month` is a number or an English name. None without a year of four digits.
    """
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and year > "0000"):
        return None
    months = _month(month)
    if not months:
        return year
    whole = iso(int(year), months, int(number)) if _is_small(number) else None
    return whole or f"{year}-{months:02}"


def written(year: str, month: str, number: str = "") -> str | None:
    """Return a date whose month may be written as `Aug`, `8`, `17 August` or `aug~17`."""
    words = _WORDS.findall(month)
    # A name is the month, and a number beside it the day.
    named = next((word for word in words if word.isalpha()), words[0] if words else "")
    beside = next((word for word in words if word != named), number)
    return published(year.strip(), named, beside if beside.isdecimal() else "")


def _month(month: str) -> int | None:
    if _is_small(month):
        return int(month) if 1 <= int(month) <= 12 else None
    found = day(f"{month} 1", 2024)
    return int(found[5:7]) if found else None


def _is_small(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= 2


def person(name: str) -> str:
    """Return `Last, First` or `Last, First, Jr.` as a full name in one line.

    Two commas are EndNote's sign for one that is a group's own.
    """
    if ",," in name:
        return text.line(name.replace(",,", ",", 1))
    parts = [part for raw in text.line(name).split(",") if (part := raw.strip())]
    if len(parts) in {2, 3}:
        parts[:2] = parts[1::-1]
        return " ".join(parts)
    return ", ".join(parts)


def keywords(lists: Iterable[str]) -> tuple[str, ...]:
    """Return the words of lists parted by `;`, or by `,` where there is none, each once."""
    parts = (part for words in lists for part in re.split(";" if ";" in words else ",", words))
    return tuple(dict.fromkeys(word for part in parts if (word := text.line(part))))


def linked(facts: Facts, doi: str, arxiv: Iterable[str], addresses: Iterable[str]) -> Facts:
    """Return `facts` with the ids that the fields tell, their links, and the addresses in place.

    `arxiv` are texts that may be or hold an arXiv id; the first that does counts.
    """
    found = identity.doi(doi)
    own = f"arxiv:{found.removeprefix(_ARXIV_DOI)}" if found and _ARXIV_DOI in found else ""
    ids = (identity.arxiv_id(words) for words in (*arxiv, own) if words)
    number, version = next((one for one in ids if one), (None, None))
    facts = replace(facts, doi=found, arxiv=number, version=version)
    return completed(with_addresses(facts, dict.fromkeys(addresses)))


def digest(path: str, entries: Iterable[Entry]) -> tuple[Digest, list[Problem]]:
    """Return the digest of a file that tells neither title nor day, and what is doubtful of it."""
    stem, suffix = PurePosixPath(path).stem, PurePosixPath(path).suffix
    date = day_of_name(path)
    found = Digest(path, identity.slug(stem) or "digest", stem, date, tuple(entries))
    told = [entry for entry in found.entries if entry.facts.abstract]
    problems = doubts(path, told, "mend the abstract, or leave it: the paper is shown as it is")
    if not date and found.entries:
        hint = f"put its day into the file's name, e.g. 2025-03-14-reading{suffix}"
        problems.insert(0, note(path, None, "undated: the file's name tells no day", hint))
    return found, problems
