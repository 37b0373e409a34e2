"""Read CSL-JSON, which reference managers and the registries of DOIs export."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from generator import identity, text
from generator.models import Entry, Facts, Reading
from generator.problems import Problem, error
from generator.readers import Defaults, Reader
from generator.readers.records import Record, is_json, records
from generator.readers.references import (
    ARXIV,
    PLAIN,
    dated,
    digest,
    keywords,
    linked,
    published,
    unmarkable,
    unmarked,
)

FORMAT = "csl-json"
# The types of CSL 1.0.2, and Crossref's own that stand in their place.
_PLAIN = re.compile(
    "article|bill|book|broadcast|chapter|classic|collection|dataset|document|entry|event|figure"
    "|graphic|hearing|interview|legislation|manuscript|map|pamphlet|patent|performance|periodical"
    "|post|regulation|report|review|software|song|speech|standard|thesis|treaty|webpage"
)
_UNMISTAKABLE = re.compile(
    "article-(?:journal|magazine|newspaper)|paper-conference|post-weblog|review-book"
    "|entry-(?:dictionary|encyclopedia)|legal_case|motion_picture|musical_score"
    "|personal_communication|journal-article|proceedings-article|book-chapter|posted-content"
)
_TELLING = frozenset({"issued", "container-title", "citation-key", "DOI", "publisher-place"})
_KINDS = {
    **{"article-journal": "article", "article-magazine": "article", "journal-article": "article"},
    **{"paper-conference": "inproceedings", "proceedings-article": "inproceedings"},
    **{"chapter": "incollection", "book-chapter": "incollection", "thesis": "phdthesis"},
    **{"report": "techreport", "manuscript": "unpublished", "webpage": "online"},
    **{"post": "online", "post-weblog": "online"},
    # A preprint, and what has no other type.
    **{"article": "", "document": ""},
}
_PUBLISHED_BY = frozenset({"book", "thesis", "report"})
"""Types of which `publisher` tells the venue."""
# Lines that managers write into the notes for want of a better place.
_EXTRA = re.compile(
    r"(?:citation key|(?:ads )?bibcode|pmc?id|_?eprint\w*|tex\.[\w.]+|version|publisher|issued"
    r"|original-date|event-title|type|number of pages)\s*:.*",
    re.IGNORECASE,
)
_NEAR = 200_000


def sniff(path: str, content: str) -> float:
    """Return how surely this is CSL-JSON: by the types and the names of its first items."""
    if not is_json(content):
        return 0.0
    near = islice(records(content[:_NEAR], _is_item).records, 3)
    return max((_likeness(one.value) for one in near), default=0.0)


def _likeness(item: object) -> float:
    if not (isinstance(item, dict) and _is_item(item)):
        return 0.0
    authors = item.get("author")
    person = authors[0] if isinstance(authors, list) and authors else {}
    named = isinstance(person, dict) and not person.keys().isdisjoint({"family", "literal"})
    sure = named or _UNMISTAKABLE.fullmatch(str(item["type"])) or _TELLING & item.keys()
    return 0.92 if sure or item.get("source") == PLAIN else 0.4


def _is_item(item: Mapping[str, object]) -> bool:
    kind = item.get("type")
    known = isinstance(kind, str) and (_PLAIN.fullmatch(kind) or _UNMISTAKABLE.fullmatch(kind))
    return bool(known and ("title" in item or "id" in item) and "authors" not in item)


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a file: each item with a title is a paper."""
    entries: list[Entry] = []
    rejected: list[Problem] = []
    for record in records(content, _is_item).records:
        facts = _facts(record.value) if isinstance(record.value, dict) else None
        if facts and facts.title:
            entries.append(Entry(facts, len(entries) + 1, record.line))
        else:
            rejected.append(_refused(path, record))
    made, problems = digest(path, entries)
    return Reading(path, FORMAT, (made,), len(rejected), (*rejected, *problems))


def _refused(path: str, record: Record) -> Problem:
    if record.fault:
        hint = "save the file again: it is cut or damaged there"
        return error(path, record.line, f"broken JSON: {record.fault}", hint)
    if not isinstance(record.value, dict):
        hint = "each item is an object between braces, with 'type' and 'title'"
        return error(path, record.line, "an item that is no object", hint)
    return error(path, record.line, "an item without a title", 'add \'"title": "…"\' to it')


def _facts(item: Mapping[str, object]) -> Facts:
    if item.get("source") == PLAIN:
        item = json.loads(unmarkable(json.dumps(item)))
    notes = [text.line(one) for one in text.lines(_text(item, "note"))]
    arxiv = [
        found
        for one in (*notes, _line(item, "number"), _line(item, "archive_location"))
        if (found := ARXIV.match(one))
    ]
    own = "\n".join(one for one in notes if not (_EXTRA.fullmatch(one) or ARXIV.fullmatch(one)))
    kind = _line(item, "type").lower()
    venues = ("container-title", "event-title", *(("publisher",) if kind in _PUBLISHED_BY else ()))
    facts = Facts(
        title=_line(item, "title"),
        authors=_authors(item.get("author")),
        abstract=text.paragraphs(_text(item, "abstract")) or None,
        note=text.paragraphs(_text(item, "annote") or own) or None,
        kind=_KINDS.get(kind, kind) or None,
        venue=next(filter(None, (_line(item, name) for name in venues)), None),
        published=_published(item),
        categories=tuple(dict.fromkeys(found[1] for found in arxiv if found[1])),
        keywords=keywords(_texts(item.get("keyword")) or _texts(item.get("categories"))),
    )
    ids = [found[0] for found in arxiv]
    if _line(item, "archive").lower() == "arxiv":
        ids.append(_line(item, "archive_location"))
    return linked(facts, _line(item, "DOI"), ids, identity.addresses(_text(item, "URL")))


def _texts(value: object) -> list[str]:
    """Return the texts that a value is or holds, without markup."""
    values = value if isinstance(value, list) else [value]
    return [unmarked(one) for one in values if isinstance(one, str)]


def _text(item: Mapping[str, object], name: str) -> str:
    # Registries put a list where CSL has a text.
    return next(iter(_texts(item.get(name))), "")


def _line(item: Mapping[str, object], name: str) -> str:
    return text.line(_text(item, name))


def _authors(people: object) -> tuple[str, ...]:
    listed = people if isinstance(people, list) else []
    names = (
        _name(one) if isinstance(one, dict) else text.line(_text({"": one}, "")) for one in listed
    )
    return tuple(name for name in names if name)


def _name(person: Mapping[str, object]) -> str:
    keys = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    parts = [found for key in keys if (found := _line(person, key).strip(","))]
    return " ".join(parts) or _line(person, "literal") or _line(person, "name")


def _published(item: Mapping[str, object]) -> str | None:
    """Return the first date that the item has, the day of issue before all."""
    names = ("issued", "published", "published-print", "published-online", "posted")
    return next((found for name in names for found in _dates(item.get(name))), None)


def _dates(date: object) -> Iterator[str]:
    if not isinstance(date, dict):
        date = {"raw": date}
    listed = date.get("date-parts")
    first = listed[0] if isinstance(listed, list) and listed else None
    if isinstance(first, list):
        parts = [one.strip() if isinstance(one, str) else "" for one in first[:3]]
        if found := published(*parts) if parts else None:
            yield found
    for key in ("raw", "literal"):
        if isinstance(written := date.get(key), str) and (found := dated(written)):
            yield found


READER = Reader(FORMAT, "a CSL-JSON file", sniff, read)
