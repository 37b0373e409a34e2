"""Read arXiv's metadata as JSON: a line or an object a paper, as arXiv's data sets have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from generator import identity, text
from generator.models import Entry, Facts, Reading
from generator.problems import Problem, error
from generator.readers import Defaults, Reader
from generator.readers.arxiv import (
    categories,
    finished,
    numbered,
    one_line,
    paragraphs,
    people,
    reading,
    untitled,
)
from generator.readers.facts import with_addresses
from generator.readers.records import Record, is_json, records
from generator.readers.xml import stamp_day

FORMAT = "arxiv-json"
_NEAR = 200_000
"""Characters that tell the form."""
_VERSION = re.compile(r"v[1-9]\d{0,2}")
_AND = re.compile(r",? and ")


def sniff(path: str, content: str) -> float:
    """Return 0.9 for JSON of records with an arXiv id, a title and categories, else 0.

    One of the first three is enough: the others may be broken.
    """
    if not is_json(content):
        return 0.0
    near = islice(records(content[:_NEAR], _is_paper).records, 3)
    return 0.9 if any(isinstance(one.value, dict) and _is_paper(one.value) for one in near) else 0.0


def _is_paper(record: Mapping[str, object]) -> bool:
    known = identity.arxiv_id(_text(record, "id")) is not None
    return known and "title" in record and ("categories" in record or "authors_parsed" in record)


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a file. Linear in its length, record by record."""
    entries: list[Entry] = []
    rejected: list[Problem] = []
    for record in records(content, _is_paper).records:
        facts = _facts(path, record)
        if isinstance(facts, Problem):
            rejected.append(facts)
        else:
            entries.append(Entry(facts, len(entries) + 1, record.line))
    return reading(path, FORMAT, tuple(entries), rejected, None)


def _facts(path: str, record: Record) -> Facts | Problem:
    paper = record.value
    if record.fault:
        hint = "save the file again: it is cut or damaged there"
        return error(path, record.line, f"broken JSON: {record.fault}", hint)
    if not isinstance(paper, dict):
        hint = "each record is an object with 'id' and 'title'"
        return error(path, record.line, "a record that is no paper", hint)
    title = one_line(_text(paper, "title"))
    if not title:
        return untitled(path, record.line)
    facts = Facts(
        title=title,
        authors=_authors(paper),
        abstract=paragraphs(_text(paper, "abstract", "summary")),
        doi=identity.doi(_text(paper, "doi")),
        version=_version(paper),
        venue=one_line(_text(paper, "journal-ref", "journal_ref")) or None,
        published=_published(paper),
        categories=_categories(paper),
    )
    facts = numbered(facts, _text(paper, "id"))
    addresses = (_text(paper, key).strip() for key in ("abs", "pdf", "url"))
    facts = with_addresses(facts, filter(identity.is_address, addresses))
    return finished(facts, _text(paper, "comment", "comments"))


def _text(paper: Mapping[str, object], *keys: str) -> str:
    """Return the first text that stands at one of `keys`; empty where none does."""
    found = (paper.get(key) for key in keys)
    return next((value for value in found if isinstance(value, str) and value), "")


def _authors(paper: Mapping[str, object]) -> tuple[str, ...]:
    """Return full names: of the list taken apart where there is one, for it has no doubts."""
    parsed = paper.get("authors_parsed")
    listed = paper.get("authors")
    if isinstance(parsed, list) and parsed:
        found = [_turned(parts) for parts in parsed if isinstance(parts, list)]
    elif isinstance(listed, list):
        found = [_name(one) for one in listed]
    else:
        return people(_AND.sub(", ", text.line(listed))) if isinstance(listed, str) else ()
    names = (one_line(name).strip(" ,;") for name in found)
    return tuple(name for name in names if name)


def _turned(parts: list[object]) -> str:
    """Return the full name of [surname, forenames, suffix, affiliation, …]."""
    known = [part if isinstance(part, str) else "" for part in (*parts[:3], "", "", "")]
    return " ".join((known[1], known[0], known[2]))


def _name(author: object) -> str:
    name = author.get("name") if isinstance(author, dict) else author
    return name if isinstance(name, str) else ""


def _categories(paper: Mapping[str, object]) -> tuple[str, ...]:
    found = paper.get("categories")
    names = found if isinstance(found, list) else re.split(r"[\s,]+", _text(paper, "categories"))
    return categories(name for name in names if isinstance(name, str))


def _versions(paper: Mapping[str, object]) -> list[Mapping[str, object]]:
    found = paper.get("versions")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _version(paper: Mapping[str, object]) -> str | None:
    """Return the newest of the versions, e.g. `v2`."""
    newest = _text(_versions(paper)[-1], "version") if _versions(paper) else ""
    return newest if _VERSION.fullmatch(newest) else None


def _published(paper: Mapping[str, object]) -> str | None:
    """Return the day of the first version; `update_date` is the day of a later change."""
    versions = _versions(paper)
    created = _text(versions[0], "created") if versions else ""
    return stamp_day(created) or stamp_day(_text(paper, "published"))


READER = Reader(FORMAT, "arXiv's metadata as JSON lines", sniff, read)
