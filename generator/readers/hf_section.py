"""Understand what stands below a paper's heading on a page with numbered links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.readers.facts import is_day
from generator.readers.numbered import LINKED, REFERENCE, NumberedLinks

_BULLET = re.compile(r"[*+•-] +")
_PEOPLE = re.compile(r"\d{1,6} authors?")
_VOTES = re.compile(r"(?:Upvotes? )?(\d{1,7}|-)")
_CLOSED = re.compile(r"\]\s?\[\d{1,6}\]$")
_NUMBER = re.compile(r"\[\d{1,6}\]")
# Words of links beside the abstract that lead to the paper as well, or to its code.
_LABEL = re.compile(r"(?:!|(?:arxiv|code|github|pdf|project|read|upvotes?|view)\b)", re.IGNORECASE)
_SOURCE = re.compile(r"(?:arxiv|code|github|pdf|project)\b", re.IGNORECASE)
# Fewer words in a paragraph that is no link are a label, a name or a part of the page.
_FEWEST_WORDS = 20
_FRAGMENT = 8
_LONGEST_LABEL = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """One part of a line like `* 3 authors · May 30`."""

    kind: str
    """`people`, `day` or `votes`."""
    value: str
    number: int | None
    """Of its link, where it is one."""


@dataclass(slots=True)
class Block:
    """Lines that belong together: a paragraph, or the words of one link."""

    lines: list[str]
    """Empty ones part the paragraphs of a long link."""
    line: int
    """Of the first one, counted from 1."""
    number: int | None = None
    torn: bool = False
    """Whether a link opens and never closes."""

    @property
    def text(self) -> str:
        """The words, without the signs of the link."""
        whole = "\n".join(self.lines).strip()
        if self.torn:
            return whole[1:]
        found = LINKED.fullmatch(whole)
        return found[1] if found else whole

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())


@dataclass(slots=True)
class Section:
    """What a page tells of one paper below its title."""

    abstract: Block | None
    facts: list[Fact]
    """In their order."""
    links: list[str]
    """Addresses of the paper's sources: arXiv, code, project."""
    left: list[Block]
    """Paragraphs that are more than a part of the page, and no abstract of this paper."""

    @property
    def day(self) -> str | None:
        """The first day, as the page writes it."""
        return next((fact.value for fact in self.facts if fact.kind == "day"), None)


def section(lines: Sequence[str], links: NumberedLinks, start: int, stop: int, own: str) -> Section:
    """Return what the lines from `start` to before `stop` tell of the paper at the address `own`.

    `own` is empty where the page does not tell it.
    """
    facts: list[Fact] = []
    blocks: list[Block] = []
    for part in _parts(lines, links, start, stop):
        if isinstance(part, Block):
            blocks.append(part)
        else:
            facts += [fact for fact in part if not _is_elsewhere(fact, links, start)]
    abstract = next((block for block in blocks if _is_abstract(block, links, start, own)), None)
    others = [block for block in blocks if block is not abstract]
    found = [
        address
        for block in others
        if block.words < _FRAGMENT
        for label, number in REFERENCE.findall(" ".join(block.lines))
        if _SOURCE.match(label) and (address := links.address(int(number), start))
    ]
    return Section(abstract, facts, found, [b for b in others if b.words >= _FEWEST_WORDS])


def facts_of(line: str) -> list[Fact] | None:
    """Return the facts of a line, none for a mere `·`; None where the line is anything else."""
    found = []
    for part in _BULLET.sub("", line, count=1).split("·"):
        linked = LINKED.fullmatch(part.strip())
        word = linked[1].strip() if linked else part.strip()
        word = word.removeprefix("Published on ")
        number = int(linked[2]) if linked else None
        if votes := _VOTES.fullmatch(word):
            found.append(Fact("votes", votes[1], number))
        elif is_day(word):
            found.append(Fact("day", word, number))
        elif _PEOPLE.fullmatch(word):
            found.append(Fact("people", word, number))
        elif word:
            return None
    return found if line else None


def _parts(
    lines: Sequence[str], links: NumberedLinks, start: int, stop: int
) -> Iterator[Block | list[Fact]]:
    """Yield the blocks of text and the lines of facts in their order."""
    block: Block | None = None
    for index in range(start, stop):
        line = lines[index]
        facts = facts_of(line)
        if block and (facts is not None or index in links.lines or not (line or block.torn)):
            yield block
            block = None
        if facts is not None:
            yield facts
        elif index not in links.lines and (line or block):
            block = block or Block([], index + 1, torn=line.startswith("["))
            block.lines.append(line)
            if _closes(block.lines):
                yield _closed(block)
                block = None
    if block:
        yield block


def _closes(lines: Sequence[str]) -> bool:
    """Return whether the last line ends a link; its number may have wrapped into that line."""
    if _NUMBER.fullmatch(lines[-1]) and len(lines) > 1:
        return lines[-2].endswith("]")
    return _CLOSED.search(lines[-1][-12:]) is not None


def _closed(block: Block) -> Block:
    number = int(block.lines[-1].rpartition("[")[2].rstrip("]"))
    return Block(block.lines, block.line, number if block.torn else None)


def _is_elsewhere(fact: Fact, links: NumberedLinks, start: int) -> bool:
    """Return whether a number leads to comments or to another page of the list, not to a vote."""
    address = links.address(fact.number, start) if fact.number is not None else None
    if not address or fact.kind != "votes" or "/login" in address:
        return False
    return "#" in address or "?" in address or "/papers/" not in address


def _is_abstract(block: Block, links: NumberedLinks, start: int, own: str) -> bool:
    words = block.words
    if not words or (words <= _LONGEST_LABEL and _is_label(block.text)):
        return False
    if block.number is not None:
        address = links.address(block.number, start)
        if address and own:
            return address == own or words >= _FEWEST_WORDS
        return words >= _FRAGMENT
    return words >= (_FRAGMENT if block.torn else _FEWEST_WORDS)


def _is_label(words: str) -> bool:
    return _LABEL.match(words) is not None and "://" not in words


def votes(facts: Iterable[Fact], last: bool = False) -> int | None:
    """Return the first number of votes among `facts`, or the last; None for `-` and for none."""
    found = [fact.value for fact in facts if fact.kind == "votes"]
    value = found[-1 if last else 0] if found else "-"
    return None if value == "-" else int(value)
