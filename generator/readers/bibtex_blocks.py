"""Take a BibTeX file apart: entries with their values, and what is broken, each with its line."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bibtexparser import model
from bibtexparser.splitter import Splitter

from generator import text

# Of each broken block the splitter writes to the log; here it is a problem with its line.
logging.getLogger("bibtexparser.splitter").setLevel(logging.CRITICAL + 1)

_START = re.compile(r"^[ \t]*@\w*[ \t]*[{(]", re.MULTILINE)
_STRAY = re.compile(r"^[ \t]*@[ \t]*(?!string|comment|preamble)[a-z]\w*", re.MULTILINE | re.I)
_NO_ENTRY = re.compile(r"@(?:string|comment|preamble)\b", re.IGNORECASE)
_KEY = re.compile(r"@\w*[ \t]*[{(]\s*([^\s,={}()\"]+)")
# What is left of an entry that a brace too many has ended.
_REST = re.compile(r"[\s,})]*[\w-]+\s*=\s*[\w{\"]")
_PIECE = re.compile(r"\s*(?:(?P<open>[{\"])|(?P<word>[^\s#{}\"(),=]+))")
_JOIN = re.compile(r"\s*(#)?")
_SIGN = re.compile(r"(?<!\\)[{}\"]")
# An abbreviation may hold others: without a limit few lines could fill the memory.
_LONGEST_STRING = 500
_LONGEST_JOINED = 2000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Block:
    """One entry."""

    kind: str
    """Lower case, e.g. `article`."""
    key: str
    """Empty where the entry has none."""
    line: int
    """Of the `@`, counted from 1."""
    fields: dict[str, str] = field(default_factory=dict)
    """Values by name in lower case, abbreviations resolved, LaTeX as it is."""
    twice: tuple[str, ...] = ()
    """Names of fields that stand twice; the first of them is kept."""
    unknown: tuple[str, ...] = ()
    """Words that should be abbreviations, but no @string tells them; they stand as they are."""


@dataclass(frozen=True, slots=True)
class Broken:
    """What cannot be read."""

    line: int
    what: str
    entry: bool = True
    """False for an abbreviation."""


def blocks(content: str) -> Iterator[Block | Broken]:
    """Yield the entries of `content` in order, and what of it is broken. Linear in its length."""
    content = text.clean(content)
    strings = {month: month for month in _MONTHS}
    starts = [0, *(found.start() for found in _START.finditer(content)), len(content)]
    line = 1
    # Part by part: whatever goes wrong in one does not reach the next.
    for start, end in itertools.pairwise(starts):
        yield from _part(content[start:end], line, strings)
        line += content.count("\n", start, end)


def _part(part: str, line: int, strings: dict[str, str]) -> Iterator[Block | Broken]:
    at, broken = 0, False
    found: list[Block | Broken] = []
    for block in Splitter(part).split().blocks:
        raw = block.raw or ""
        place = max(part.find(raw, at), at)
        line += part.count("\n", at, place)
        at = place
        if isinstance(block, model.ImplicitComment):
            found = _with_rest(found, raw) if not broken else found
            found += [] if broken else _strays(raw, line)
        elif _is_remark(part, place):
            continue
        elif isinstance(block, model.String):
            found += _defined(block, line, strings)
        elif entry := _entry_of(block):
            found.append(_read(entry, line, strings))
        elif isinstance(block, model.ParsingFailedBlock) and not broken:
            # What follows inside the part may be its rest: no further error.
            broken = True
            found += _failed(block, raw, line)
    yield from found


def _is_remark(part: str, place: int) -> bool:
    """Return whether the line of `place` begins with the sign of a remark."""
    return part[part.rfind("\n", 0, place) + 1 : place].lstrip().startswith("%")


def _entry_of(block: model.Block) -> model.Entry | None:
    if isinstance(block, model.ParsingFailedBlock):
        block = block.ignore_error_block or block
    return block if isinstance(block, model.Entry) else None


def _failed(block: model.ParsingFailedBlock, raw: str, line: int) -> list[Block | Broken]:
    if found := _NO_ENTRY.match(raw):
        return (
            [] if found[0].lower() == "@comment" else [Broken(line, f"{found[0]} is broken", False)]
        )
    reason = str(getattr(block.error, "abort_reason", block.error))
    if "end of file" in reason:
        reason = "it is not closed, or a brace or a quotation mark is missing"
    return [Broken(line, f"broken entry{_named(raw)}: {reason}")]


def _named(raw: str) -> str:
    key = _KEY.match(raw)
    return f" '{text.shorten(key[1], 60)}'" if key else ""


def _with_rest(found: list[Block | Broken], rest: str) -> list[Block | Broken]:
    """Return the blocks, the last one broken if `rest` is the end of it."""
    if not found or not isinstance(found[-1], Block) or not _REST.match(rest):
        return found
    last = found[-1]
    what = f"broken entry '{text.shorten(last.key, 60)}': a brace too many ends it early"
    return [*found[:-1], Broken(last.line, what)]


def _strays(words: str, line: int) -> list[Block | Broken]:
    found: list[Block | Broken] = []
    at = 0
    for stray in _STRAY.finditer(words):
        line += words.count("\n", at, stray.start())
        at = stray.start()
        found.append(Broken(line, f"'{stray[0].strip()}' without a brace behind it"))
    return found


def _defined(block: model.String, line: int, strings: dict[str, str]) -> list[Block | Broken]:
    """Add an abbreviation to `strings`."""
    value = _value(str(block.value), strings, [])
    if value is None or len(value) > _LONGEST_STRING:
        return [Broken(line, f"the abbreviation '{block.key}' is broken or too long", False)]
    strings[block.key.lower()] = value
    return []


def _read(entry: model.Entry, line: int, strings: dict[str, str]) -> Block | Broken:
    fields: dict[str, str] = {}
    twice: dict[str, None] = {}
    unknown: list[str] = []
    for one in entry.fields:
        name = one.key.lower()
        value = _value(str(one.value), strings, unknown)
        if value is None:
            shown = f"{text.shorten(entry.key, 60)}': the value of '{text.shorten(name, 60)}'"
            what = f"broken entry '{shown} lacks a comma, a brace or quotation marks"
            return Broken(line, what)
        if name in fields:
            twice[name] = None
        fields.setdefault(name, value)
    kind = entry.entry_type.lower()
    return Block(kind, entry.key, line, fields, tuple(twice), tuple(dict.fromkeys(unknown)))


def _value(raw: str, strings: dict[str, str], unknown: list[str]) -> str | None:
    """Return what `{…}`, `"…"`, numbers and abbreviations say, joined by `#`; None if broken."""
    parts: list[str] = []
    at, plain = 0, True
    while piece := _PIECE.match(raw, at):
        if piece["open"]:
            end = _end(raw, piece.start("open"))
            if end is None:
                return None
            parts.append(raw[piece.end() : end - 1])
        else:
            end = piece.end()
            word = piece["word"]
            plain = plain and word.isdecimal()
            if word.lower() not in strings and not word.isdecimal():
                unknown.append(word)
            parts.append(strings.get(word.lower(), word))
        join = _JOIN.match(raw, end)
        at = join.end() if join else end
        if not (join and join[1]):
            break
    else:
        return None
    whole = "".join(parts)
    return whole if at == len(raw) and (plain or len(whole) <= _LONGEST_JOINED) else None


def _end(raw: str, start: int) -> int | None:
    """Return the index behind the partner of the brace or quotation mark at `start`."""
    depth = 0
    quoted = raw[start] == '"'
    for sign in _SIGN.finditer(raw, start + quoted):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth -= 1
        if depth < 0:
            return None
        if depth == 0 and sign[0] == ('"' if quoted else "}"):
            return sign.end()
    return None
