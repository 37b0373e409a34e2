"""Say in JSON Schema what the data of a site holds: a line of papers.jsonl, and build.json.

Every field is always there. Fields may be added: programs pass over those that they do not know.
Source of the form: JSON Schema, draft 2020-12.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_ADDRESS = r"^https?://"


def paper(address: str) -> Schema:
    """Return the form of a line of papers.jsonl; `address` is where the schema stands."""
    return _document(address, "A paper of an Offprint site", _PAPER)


def build(address: str) -> Schema:
    """Return the form of build.json; `address` is where the schema stands."""
    return _document(address, "How an Offprint site was built", _BUILD)


def written(schema: Schema) -> str:
    """Return a schema as it is published."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _document(address: str, title: str, fields: Mapping[str, Schema]) -> Schema:
    return {"$schema": _DRAFT, "$id": address, "title": title, **_object("", fields)}


def _object(about: str, fields: Mapping[str, Schema]) -> Schema:
    said: Schema = {"description": about} if about else {}
    return said | {"type": "object", "properties": dict(fields), "required": list(fields)}


def _text(about: str, **limits: Any) -> Schema:
    return {"description": about, "type": "string", **limits}


def _number(about: str, **limits: Any) -> Schema:
    return {"description": about, "type": "integer", **limits}


def _list(about: str, items: Schema, **limits: Any) -> Schema:
    return {"description": about, "type": "array", "items": items, **limits}


def _perhaps(schema: Schema) -> Schema:
    """Return the same, or null where it is not known."""
    return schema | {"type": [schema["type"], "null"]}


_TEXT: Schema = {"type": "string", "minLength": 1}
_LINK: Schema = {"type": "string", "pattern": _ADDRESS}
_SCORE: Schema = {"description": "Higher is surer.", "type": "number", "minimum": 0, "maximum": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}

_MENTION = {
    "digest": _text("Slug of the digest.", pattern=_SLUG),
    "date": _perhaps(_text("Its day; null for an undated one.", pattern=_DAY)),
    "position": _number("Place in the digest, from 1.", minimum=1),
    "file": _text("Its file, relative to the collection."),
    "line": _number("Line at which the entry begins, from 1.", minimum=1),
}
_TOPIC = {
    "slug": _text("Slug of the topic.", pattern=_SLUG),
    "score": _SCORE,
    "why": _list("The words that decided, strongest first.", _TEXT),
    "by": {"description": "Who said it.", "enum": ["rule", "curator"]},
}
_RELATED = {
    "slug": _text("Slug of the other paper.", pattern=_SLUG),
    "score": _SCORE,
    "why": _list("The words or authors that both have.", _TEXT),
}
_LINKS = {
    "arxiv": _perhaps(_text("Page at arXiv.", pattern=_ADDRESS)),
    "pdf": _perhaps(_text("The paper as PDF.", pattern=_ADDRESS)),
    "doi": _perhaps(_text("Page that the DOI leads to.", pattern=_ADDRESS)),
    "hf": _perhaps(_text("Page at Hugging Face.", pattern=_ADDRESS)),
    "code": _list("Code of the paper.", _LINK),
    "project": _list("Pages of the project.", _LINK),
    "other": _list("Other places.", _LINK),
}
_PAPER = {
    "id": _text(
        "`arxiv:…` or `doi:…` where known, else `offprint:<slug>`.",
        pattern=r"^(arxiv:\S|doi:10\.|offprint:[a-z0-9])",
    ),
    "slug": _text("Part of its address; permanent.", pattern=_SLUG),
    "url": _text("Its page, relative to the site.", pattern=r"^papers/[a-z0-9-]+/$"),
    "title": _text("As the source has it, LaTeX included.", minLength=1),
    "authors": _list("Full names in the source's order.", _TEXT),
    "abstract": _perhaps(_text("The source's, paragraphs parted by an empty line.", minLength=1)),
    "note": _perhaps(_text("The curator's own words.", minLength=1)),
    "tldr": _perhaps(_text("The sentence of the abstract that sums it up.", minLength=1)),
    "kind": _perhaps(_text("e.g. `article`, `inproceedings`.", minLength=1)),
    "venue": _perhaps(_text("Journal, conference or publisher.", minLength=1)),
    "version": _perhaps(_text("Of the arXiv paper, e.g. `v2`.", pattern=r"^v\d+$")),
    "categories": _list("arXiv's categories, the primary one first.", _TEXT),
    "keywords": _list("As the source gives them.", _TEXT),
    "votes": _perhaps(_number("Votes of readers at the source.")),
    "published": _perhaps(
        _text("The paper's own day, month or year.", pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    ),
    "featured": _list(
        "Its mentions in digests, earliest first, undated last.",
        _object("", _MENTION),
        minItems=1,
    ),
    "topics": _list("Best first; the first is the primary one.", _object("", _TOPIC), minItems=1),
    "related": _list("Kindred papers, nearest first.", _object("", _RELATED)),
    "links": _object("Where it can be found.", _LINKS),
}
_PROBLEM = {
    "line": _perhaps(_number("Line of the file, from 1.", minimum=1)),
    "severity": {
        "description": "An error leaves something out, a warning doubts, a note tells.",
        "enum": ["error", "warning", "note"],
    },
    "message": _text("What is wrong."),
    "hint": _text("What to do; may be empty."),
}
_FILE = {
    "file": _text("Relative to the collection."),
    "format": _perhaps(_text("Name of the reader; null where none knew the form.")),
    "entries": _COUNT | {"description": "Read and rejected together."},
    "read": _COUNT | {"description": "Entries that were understood."},
    "rejected": _COUNT | {"description": "Entries that could not be used, each with an error."},
    "problems": _list("In the order of the file.", _object("", _PROBLEM)),
}
_COMMIT = {
    "commit": _text("Its hash."),
    "day": _perhaps(_text("When it was made, in UTC.", pattern=_DAY)),
    "changed": {"description": "Whether files differed from it.", "type": "boolean"},
}
_SOURCE = {
    "source": _text("Its name or address, without what may be secret in it."),
    "tried": _perhaps(_text("Day on which it was asked last.", pattern=_DAY)),
    "succeeded": _perhaps(_text("Day on which it last answered as it should.", pattern=_DAY)),
    "newest": _perhaps(_text("Day of the newest papers from there.", pattern=_DAY)),
    "failed": _perhaps(_text("Why it failed; null where it did not.")),
}
_BUILD = {
    "offprint": _text("Version of the program."),
    "data_version": _number(
        "Version of the data's form; it counts up when a field goes or changes its meaning.",
        minimum=1,
    ),
    "papers": _COUNT | {"description": "Papers of the site."},
    "entries": _COUNT | {"description": "Mentions of papers in all digests."},
    "digests": _COUNT | {"description": "Digests of the site."},
    "topics": {
        "description": "Number of papers of each topic, by its slug.",
        "type": "object",
        "propertyNames": {"pattern": _SLUG},
        "additionalProperties": _COUNT,
    },
    "oldest_digest": _perhaps(_text("Day of the first dated digest.", pattern=_DAY)),
    "newest_digest": _perhaps(_text("Day of the last dated digest.", pattern=_DAY)),
    "stale_after": _number(
        "Days after the newest digest when the collection counts as stale.", minimum=1
    ),
    "built_from": _perhaps(
        _object("The commit of the collection; null where none is known.", _COMMIT)
    ),
    "versions": {
        "description": "Version of each program that made the pages, by its name.",
        "type": "object",
        "additionalProperties": _text("A version."),
    },
    "sources": _list("How the sources of fetched digests are, by name.", _object("", _SOURCE)),
    "problems": _object(
        "How many there were.", dict.fromkeys(("error", "warning", "note"), _COUNT)
    ),
    "files": _list("One for each file of digests/, by path.", _object("", _FILE)),
    "other_problems": _list(
        "Those of no file of digests.",
        _object("", {"file": _text("Relative to the collection."), **_PROBLEM}),
    ),
}
