"""Read weekly text files: records of `Title:`, `PDF:` and `Summary:`, each closed by `---`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem, error, note, warning
from generator.readers import Defaults, Reader
from generator.readers.doubts import doubts
from generator.readers.facts import (
    completed,
    day_of_name,
    unescaped,
    with_addresses,
    with_mentioned,
)

FORMAT = "hf-weekly"
TITLE = "Weekly papers"
_KEYS = ("Title", "PDF", "Summary")
_STRAY = ""
"""Stands for the key of lines above the first one of a record."""
_KEY = re.compile(r"(Title|PDF|Summary):(.*)", re.DOTALL)
# Wrapped lines are indented, so a word with a colon at the margin is a key that nobody knows.
_UNKNOWN_KEY = re.compile(r"([A-Z]\w{0,30}):(?=\s|$)(.*)", re.DOTALL)
# Shorter than the form has it where a file was cut.
_RULE = re.compile(r"-+\s*")
_HEAD = 20_000
_DOUBT_HINT = "look it up at its source, or leave it: the paper is shown as it is"


@dataclass(slots=True)
class _Record:
    """One paper's lines, sorted by key but not yet understood."""

    line: int
    """Of its first line, counted from 1."""
    parts: dict[str, list[str]] = field(default_factory=dict)
    closed: bool = False
    """Whether a `---` ends it."""
    key: str = _STRAY
    """To which the next line belongs."""

    def add(self, key: str, value: str) -> None:
        """Put a line below `key`, where the lines that follow belong too."""
        self.key = key
        self.parts.setdefault(key, []).append(value)

    @property
    def is_stray(self) -> bool:
        """Whether it has no key at all."""
        return self.parts.keys() <= {_STRAY}


def sniff(path: str, content: str) -> float:
    """Return 0.9 for records of the three keys in their order; front matter may look like one."""
    head = (found for raw in text.lines(content[:_HEAD]) if (found := _key(raw)))
    order = " ".join(head)
    whole = order.count("Title PDF Summary")
    if whole > 1 or (whole and not content.startswith("---")):
        return 0.9
    if order.count("Title Summary ---") > 1:
        return 0.6
    return 0.3 if whole else 0.0


def _key(raw: str) -> str | None:
    if found := _KEY.match(raw):
        return found[1]
    return "---" if raw.startswith("---") else None


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a weekly file; its name tells the day."""
    records = _records(content)
    preface = _preface(records)
    date = day_of_name(path)
    problems: list[Problem] = []
    if not date:
        hint = "put its day into the file's name, e.g. 2025-03-14.txt"
        problems.append(note(path, None, "undated: the file's name tells no day", hint))
    entries: list[Entry] = []
    refused = 0
    for record in records:
        facts, found = _facts(path, record)
        problems += found
        refused += facts is None
        if facts:
            entries.append(Entry(facts, len(entries) + 1, record.line))
    problems += doubts(path, entries, _DOUBT_HINT)
    digest = Digest(
        path=path,
        slug=identity.slug(PurePosixPath(path).stem) or "digest",
        title=TITLE,
        date=date,
        entries=tuple(entries),
        intro=preface,
    )
    return Reading(path, FORMAT, (digest,), refused, tuple(problems))


def _records(content: str) -> list[_Record]:
    """Return the records in order; a key that a record has already begins the next."""
    records: list[_Record] = []
    for number, raw in enumerate(text.lines(content), 1):
        last = records[-1] if records and not records[-1].closed else None
        found = _KEY.match(raw)
        if _RULE.fullmatch(raw):
            if last:
                last.closed = True
        elif found:
            if last is None or found[1] in last.parts or (found[1] == "Title" and last.is_stray):
                last = _Record(number)
                records.append(last)
            last.add(found[1], found[2])
        elif last:
            _continue(last, raw)
        elif raw.strip():
            records.append(_Record(number, {_STRAY: [raw]}))
    return records


def _continue(record: _Record, raw: str) -> None:
    """Put a line without a known key where it belongs."""
    found = _UNKNOWN_KEY.match(raw)
    # A summary may have several lines, and one of them may begin with a word and a colon.
    if found and record.key not in (_STRAY, "Summary"):
        record.add(*found.groups())
    else:
        record.add(record.key, raw)


def _preface(records: list[_Record]) -> str | None:
    """Take the lines above the first record out of `records` and return them as one line."""
    if len(records) > 1 and records[0].is_stray and not records[0].closed:
        return text.line(" ".join(records.pop(0).parts[_STRAY])) or None
    return None


def _facts(path: str, record: _Record) -> tuple[Facts | None, list[Problem]]:
    """Return the paper and what is doubtful; None with exactly one error where it is refused."""
    title = text.line(" ".join(record.parts.get("Title", ())))
    if not title:
        hint = "begin the record with a line 'Title: …', or remove its lines"
        return None, [error(path, record.line, "a record without a title", hint)]
    if not record.closed and "Summary" not in record.parts:
        hint = "save the file again, or end the record with a line of '---'"
        return None, [error(path, record.line, "the record breaks off before its summary", hint)]
    problems = _left_out(path, record)
    if not record.closed:
        hint = "look whether the summary is whole, and end the record with a line of '---'"
        problems.append(warning(path, record.line, "a record without '---' at its end", hint))
    abstract = unescaped(text.paragraphs("\n".join(record.parts.get("Summary", ()))))
    facts = Facts(title=unescaped(title), abstract=abstract or None)
    facts, found = _with_pdf(path, facts, record)
    facts = with_mentioned(facts, identity.addresses(abstract))
    return completed(facts), problems + found


def _with_pdf(path: str, facts: Facts, record: _Record) -> tuple[Facts, list[Problem]]:
    """Return `facts` with the PDF's address, which tells the id where arXiv has it."""
    value = text.line(" ".join(record.parts.get("PDF", ())))
    if not value:
        return facts, []
    if known := identity.arxiv_id(value):
        return replace(facts, arxiv=known[0], version=known[1]), []
    if addresses := identity.addresses(value):
        facts = with_addresses(facts, addresses[:1])
        return replace(facts, links=replace(facts.links, other=(), pdf=addresses[0])), []
    hint = "write the whole address, e.g. https://arxiv.org/pdf/2406.12345"
    message = f"the PDF '{text.shorten(value, 60)}' is left out: no web address"
    return facts, [warning(path, record.line, message, hint)]


def _left_out(path: str, record: _Record) -> list[Problem]:
    """Return a warning for each key that is none of the form's."""
    hint = f"known are: {', '.join(_KEYS)}"
    unknown = (key for key in record.parts if key not in (*_KEYS, _STRAY))
    return [warning(path, record.line, f"unknown key '{key}' left out", hint) for key in unknown]


READER = Reader(FORMAT, "a weekly text file of Title, PDF and Summary", sniff, read)
