"""Read RIS, the tagged form that reference managers and databases export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rispy.config import TAG_KEY_MAPPING
from rispy.parser import RisParser

from generator import identity, text
from generator.models import Entry, Facts, Links, Reading
from generator.problems import Problem, error
from generator.readers import Defaults, Reader
from generator.readers.references import (
    ARXIV,
    PLAIN,
    dated,
    digest,
    keywords,
    linked,
    person,
    unmarkable,
    unmarked,
    written,
)

FORMAT = "ris"
_TAGGED = re.compile(r"[ \t]*([A-Z][A-Z0-9])(  |[ \t]{0,4})-(?:[ \t]+(.*)|$)")
_START = re.compile(r"^[ \t]*TY[ \t]{0,4}-[ \t]*[A-Z]{3,8}[ \t]*$", re.MULTILINE)
_END = re.compile(r"^[ \t]*ER[ \t]{0,4}-", re.MULTILINE)
# What databases write into the notes.
_ACCOUNT = re.compile(r"(?:export date|cited by|imported|times cited)\b", re.IGNORECASE)
_NEAR = 100_000
_KINDS = {
    **{"JOUR": "article", "EJOUR": "article", "MGZN": "article", "INPR": "article"},
    **{"CONF": "inproceedings", "CPAPER": "inproceedings", "CHAP": "incollection"},
    **{"BOOK": "book", "EBOOK": "book", "THES": "phdthesis", "RPRT": "techreport"},
    **{"UNPB": "unpublished", "ELEC": "online", "DATA": "dataset", "COMP": "software"},
    "GEN": "",
}
_PUBLISHED_BY = frozenset({"BOOK", "THES", "RPRT"})
"""Types of which `PB` tells the venue."""


@dataclass(slots=True)
class _Record:
    """The lines from `TY` to `ER`, continuation lines joined to the line that they continue."""

    line: int
    lines: list[str] = field(default_factory=list)
    fault: str | None = None


def sniff(path: str, content: str) -> float:
    """Return how surely this is RIS: its first line is `TY  - …`, or one below a preface."""
    start = content[:_NEAR].replace("\r", "\n").lstrip("\ufeff \t\n")
    found = _START.search(start)
    named = path.lower().endswith(".ris")
    if found is None:
        return 0.3 if named and _END.search(start) else 0.0
    if found.start() == 0 or named:
        return 0.95
    return 0.6 if _END.search(start) else 0.1


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a file: each record with a title is a paper."""
    entries: list[Entry] = []
    rejected: list[Problem] = []
    for record in _records(content):
        facts = _facts(_fields(record)) if record.fault is None else None
        if facts and facts.title:
            entries.append(Entry(facts, len(entries) + 1, record.line))
        else:
            rejected.append(_refused(path, record))
    made, problems = digest(path, entries)
    return Reading(path, FORMAT, (made,), len(rejected), (*rejected, *problems))


def _refused(path: str, record: _Record) -> Problem:
    hint = "a record begins with 'TY  - ', ends with 'ER  - ', and has a title in 'TI  - '"
    return error(path, record.line, record.fault or "a record without a title", hint)


def _records(content: str) -> Iterator[_Record]:
    """Yield the records in order, with those that lack their beginning or end."""
    record: _Record | None = None
    for number, line in enumerate(text.lines(content), 1):
        tag, value = _tag(text.clean(line))
        if tag == "TY" and record:
            record.fault = record.fault or "a record without its end 'ER  - '"
            yield record
            record = None
        if tag and record is None:
            record = _Record(number, fault=None if tag == "TY" else _headless(tag))
        if record is None:
            continue
        if tag:
            record.lines.append(f"{tag}  - {value}")
        else:
            record.lines[-1] += f"\n{value}"
        if tag == "ER":
            yield record
            record = None
    if record:
        record.fault = record.fault or "a record without its end 'ER  - '"
        yield record


def _headless(tag: str) -> str:
    return f"a record without its beginning 'TY  - ': it begins with '{tag}'"


def _tag(line: str) -> tuple[str, str]:
    """Return tag and value; a line without a tag is all value."""
    found = _TAGGED.match(line)
    # With one blank only, `AI - based methods` may be a wrapped line of an abstract.
    if found and (found[2] == "  " or found[1] in TAG_KEY_MAPPING):
        return found[1], (found[3] or "").strip()
    return "", line.strip()


def _fields(record: _Record) -> Mapping[str, list[str]]:
    """Return the record's values by tag, in order."""
    parser = RisParser(
        mapping={tag: tag for tag in TAG_KEY_MAPPING},
        list_tags=list(TAG_KEY_MAPPING),
        # An address may hold the sign that would part it.
        delimiter_tags_mapping={},
        skip_unknown_tags=True,
    )
    (fields,) = parser.parse_lines(iter(record.lines))
    found = {tag: [value] if isinstance(value, str) else value for tag, value in fields.items()}
    if found.get("DP") == [PLAIN]:
        return {tag: [*map(unmarkable, values)] for tag, values in found.items()}
    return found


def _facts(fields: Mapping[str, list[str]]) -> Facts:
    tags = ("AN", "M1", "C1", "N1", "JO", "T2", "PB")
    arxiv = [found for one in _lines(fields, *tags) if (found := ARXIV.match(one))]
    pdfs = _addresses(fields, "L1")
    kind = _first(fields, "TY").upper()
    publisher = ("PB",) if kind in _PUBLISHED_BY else ()
    facts = Facts(
        title=_first(fields, "TI", "T1", "CT"),
        authors=tuple(name for one in _lines(fields, "AU", "A1") if (name := person(one))),
        abstract=_paragraphs(_values(fields, "AB", "N2")[:1]),
        note=_paragraphs(one for one in _values(fields, "N1") if _is_note(text.line(one))),
        kind=_KINDS.get(kind, kind.lower()) or None,
        venue=_first(fields, "T2", "JF", "JO", "C3", "JA", "J2", *publisher) or None,
        published=_published(fields),
        categories=tuple(dict.fromkeys(found[1] for found in arxiv if found[1])),
        keywords=_keywords(_values(fields, "KW")),
        links=Links(pdf=pdfs[0] if pdfs else None),
    )
    ids = [*(found[0] for found in arxiv), *pdfs]
    return linked(facts, _first(fields, "DO"), ids, _addresses(fields, "UR", "L2", "LK"))


def _values(fields: Mapping[str, list[str]], *tags: str) -> list[str]:
    return [unmarked(one) for tag in tags for one in fields.get(tag, ()) if one.strip()]


def _lines(fields: Mapping[str, list[str]], *tags: str) -> list[str]:
    return [found for one in _values(fields, *tags) if (found := text.line(one))]


def _first(fields: Mapping[str, list[str]], *tags: str) -> str:
    return next(iter(_lines(fields, *tags)), "")


def _addresses(fields: Mapping[str, list[str]], *tags: str) -> list[str]:
    return [found for one in _values(fields, *tags) for found in identity.addresses(one)]


def _paragraphs(values: Iterable[str]) -> str | None:
    return text.paragraphs("\n\n".join(values)) or None


def _is_note(words: str) -> bool:
    """Return whether somebody wrote the words, and no database or manager did."""
    return not (_ACCOUNT.match(words) or ARXIV.fullmatch(words))


def _keywords(values: list[str]) -> tuple[str, ...]:
    # One tag a keyword is the rule, and some hold a comma; a lone tag may hold them all.
    if len(values) == 1:
        return keywords(text.lines(values[0]))
    return keywords(f"{one};" for value in values for one in text.lines(value))


def _published(fields: Mapping[str, list[str]]) -> str | None:
    """Return the day of `DA`, else of `PY` or `Y1`; a day without a year takes theirs."""
    dates = [dated(_first(fields, tag)) for tag in ("DA", "PY", "Y1")]
    # The fullest of them, the first one of equals.
    best = max(filter(None, dates), key=len, default=None)
    if best and len(best) == 4:
        return written(best, _first(fields, "DA"))
    return best


READER = Reader(FORMAT, "an RIS file", sniff, read)
