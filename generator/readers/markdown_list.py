"""Read Markdown lists of papers: bullets, numbered items and linked headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator import identity, text
from generator.models import Entry, Facts, Reading
from generator.problems import Problem, error, note, warning
from generator.readers import Defaults, Reader, inline, keyed
from generator.readers.credits import told
from generator.readers.facts import completed, names
from generator.readers.headline import Headline, headline
from generator.readers.linked import is_label, with_links, with_words
from generator.readers.outline import (
    Found,
    Line,
    Outline,
    Section,
    is_rule,
    left_out,
    linked,
    outline,
    read_sections,
)

FORMAT = "markdown-list"
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)")
_KEYED = re.compile(r"[*_]*(authors?|abstract|venue|keywords|tl;?dr)[*_]*\s*:[*_]*\s*(\S.*)", re.I)
_KEY = re.compile(r"[-*+][ \t]+\**([A-Za-z][A-Za-z ]*?)\**[ \t]*:\**(?:[ \t]|$)")
# What leads to a place of the same list is no paper.
_WITHIN = re.compile(r"(?:#|\.?\.?/?[^:]*(?:#|\.md|/)$|mailto:|$)|[^:]*#", re.IGNORECASE)
_BESIDE = frozenset(
    {"acknowledgements", "acknowledgments", "citation", "citing", "contact", "contents"}
    | {"contribute", "contributing", "contributors", "license", "licence", "star history"}
    | {"table of contents", "toc"}
)


@dataclass(slots=True)
class Item:
    """An item of a list, or a linked heading, with all that belongs to it."""

    line: int
    """Counted from 1."""
    indent: int
    """Columns before the bullet; below 0 for a heading."""
    first: list[str]
    """Lines of its first paragraph, without the bullet."""
    more: list[list[str]] = field(default_factory=list)
    """Lines of each further paragraph and of each item below it; those begin with `• `."""
    open: bool = True
    """Whether a line without an empty one above still belongs to the last paragraph."""


def sniff(path: str, content: str) -> float:
    """Return 0.7 for text with linked items, unless its headings read like a curated digest."""
    if "](" not in content and "http" not in content:
        return 0.0
    parts = outline(path, content)
    if isinstance(parts, Problem):
        return 0.0
    lines = [line for section in parts.sections for line in section.lines]
    items = sum(_is_linked_item(line) for line in lines)
    headings = [line for line in lines if line.depth > 1]
    nested = _nested(headings, parts)
    if headings and not nested and any(_is_fact(line) for line in lines):
        return 0.2 if items else 0.0
    if nested or (items and not any(linked(line.text) for line in headings)):
        return 0.7 if nested or 2 * items >= len(headings) else 0.3
    return 0.3 if items else 0.0


def _is_linked_item(line: Line) -> bool:
    found = _ITEM.match(line.text) if not line.depth else None
    if not found or "http" not in found[2]:
        return False
    links = inline.parse(found[2]).links
    if not any(identity.is_address(link.address) for link in links):
        return False
    before = inline.plain(found[2][: links[0].start])
    bold = found[2].startswith(("**", "__"))
    named = not is_label(links[0].label)
    return (named and not re.search(r"\w", before)) or (not named and (bold or bool(before)))


def _nested(headings: Sequence[Line], parts: Outline) -> bool:
    """Return whether linked headings stand below others, which then are no papers."""
    depths = [line.depth for line in headings if linked(line.text)]
    plain = [line.depth for line in headings if not linked(line.text)]
    dated = any(section.heading for section in parts.sections)
    return bool(depths) and (dated or (bool(plain) and min(plain) < min(depths)))


def _is_fact(line: Line) -> bool:
    found = _KEY.match(line.text) if not line.depth else None
    return bool(found and keyed.is_key(found[1]))


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return a digest for each dated heading above items, or one for the whole file."""
    return read_sections(path, FORMAT, content, defaults, _found)


def _found(path: str, section: Section, references: Mapping[str, str]) -> Found:
    entries: list[Entry] = []
    problems: list[Problem] = []
    items, passed = _items(section.lines, references)
    for item in items:
        said = headline(_joined(item.first), references)
        if not said.title:
            hint = "write the paper's title between the brackets: [Title](https://…)"
            problems.append(error(path, item.line, "an item without a title", hint))
            continue
        facts, doubts = _facts(path, item, said, references)
        problems += doubts
        entries.append(Entry(facts, len(entries) + 1, item.line))
    if not entries:
        return entries, problems
    rules = [line for line in section.lines if is_rule(line)]
    problems += left_out(path, rules, "tables")
    if passed:
        many = f"{len(passed)} items are" if len(passed) > 1 else "an item is"
        hint = "where it is a paper, link its title or write it in **bold**"
        message = f"{many} taken for no paper: no link, no bold title"
        problems.append(note(path, passed[0].number, message, hint))
    return entries, problems


def _items(lines: Iterable[Line], references: Mapping[str, str]) -> tuple[list[Item], list[Line]]:
    """Return the items that are papers, with all their lines, and the lines of those that are none.

    Items that only lead to another place of the list are neither.
    """
    found: list[Item] = []
    passed: list[Line] = []
    here: Item | None = None
    beside = 0
    for line in lines:
        bullet = _ITEM.match(line.text) if not line.depth else None
        if line.depth:
            here = None
            if beside and line.depth <= beside:
                beside = 0
            if text.line(inline.plain(line.text)).casefold().strip(" :") in _BESIDE:
                beside = line.depth
            elif line.depth > 1 and not beside and linked(line.text):
                here = Item(line.number, -1, [line.text], open=False)
                found.append(here)
        elif bullet and (here is None or _columns(bullet[1]) <= here.indent):
            here = Item(line.number, _columns(bullet[1]), [bullet[2]])
            if beside or not _is_paper(bullet[2], references):
                here = None
                if not beside and not inline.parse(bullet[2], references).links:
                    passed.append(line)
            else:
                found.append(here)
        elif here:
            here = here if _belongs(here, line.text, bullet) else None
    return found, passed


def _columns(blanks: str) -> int:
    return len(blanks.expandtabs(4))


def _belongs(item: Item, line: str, bullet: re.Match[str] | None) -> bool:
    """Add a line to `item` and return whether it belongs there."""
    if bullet:
        item.more.append([f"• {bullet[2]}"])
        item.open = True
    elif not line.strip():
        item.open = False
    elif item.open:
        (item.more[-1] if item.more else item.first).append(line)
    elif item.indent < 0 or _columns(line[: len(line) - len(line.lstrip())]) > item.indent:
        item.more.append([line])
        item.open = True
    else:
        return False
    return True


def _is_paper(words: str, references: Mapping[str, str]) -> bool:
    """Return whether an item is meant as a paper: it is linked to the web, or begins in bold.

    What leads to another place of the list, as a table of contents does, is none.
    """
    links = inline.parse(words, references).links
    if links and all(_WITHIN.match(link.address) and link.address for link in links):
        return False
    if links:
        return True
    return words.startswith(("**", "__")) and not re.match(r"(\*\*|__)[^*_]*:\1|.*:\s*$", words)


def _facts(
    path: str, item: Item, said: Headline, references: Mapping[str, str]
) -> tuple[Facts, list[Problem]]:
    facts, words = told(said)
    paragraphs = [words]
    mentioned = list(said.mentioned)
    for lines in item.more:
        facts, more, addresses = _with_paragraph(facts, _joined(lines), references)
        paragraphs.append(more)
        mentioned += addresses
    facts = with_words(facts, mentioned)
    note = text.paragraphs("\n\n".join(paragraphs))
    facts = completed(replace(facts, note=note or None))
    return facts, _doubts(path, item, said)


def _with_paragraph(
    facts: Facts, markdown: str, references: Mapping[str, str]
) -> tuple[Facts, str, list[str]]:
    """Return `facts` with what a further paragraph says, its words, and addresses in them."""
    bulleted = markdown.startswith("• ")
    if bulleted and (key := _KEYED.fullmatch(markdown[2:])):
        return *_with_key(facts, key[1].lower(), inline.plain(key[2])), []
    found = inline.parse(markdown, references)
    labels = [link for link in found.links if is_label(link.label)]
    rest = [link.address for link in found.links if not is_label(link.label)]
    # A line of nothing but `[Paper](…) [Code](…)`, or `Code: https://…`.
    said = markdown
    for link in reversed(found.links):
        said = said[: link.start] + said[link.end :]
    name = text.line(inline.plain(said)).strip("• |/,;:·()[]")
    if len(labels) == len(found.links) > 0 and is_label(name):
        named = [replace(link, label=link.label or name) for link in labels]
        return with_links(facts, named), "", []
    return facts, found.text, [*(link.address for link in labels), *rest]


def _with_key(facts: Facts, key: str, value: str) -> tuple[Facts, str]:
    value = text.line(value)
    if key.startswith("author") and not facts.authors and "et al" not in value:
        return replace(facts, authors=names(value.rstrip("."))), ""
    if key == "abstract" and not facts.abstract:
        return replace(facts, abstract=value), ""
    if key == "venue" and not facts.venue:
        return replace(facts, venue=value), ""
    if key == "keywords":
        parts = tuple(part for one in value.split(",") if (part := one.strip()))
        return replace(facts, keywords=(*facts.keywords, *parts)), ""
    return facts, f"• {key.capitalize()}: {value}"


def _doubts(path: str, item: Item, said: Headline) -> list[Problem]:
    shown = text.shorten(said.title, 60)
    problems = []
    if said.guessed and len(said.title) > 0:
        hint = "part title and words by a dash, or write the title in **bold**"
        problems.append(warning(path, item.line, f"the title's end is a guess: '{shown}'", hint))
    bad = [x.address for x in said.links if not identity.is_address(x.address)]
    if bad:
        hint = "links start with https:// or http://"
        what = f"the link '{text.shorten(bad[0], 80)}' is left out: '{shown}'"
        problems.append(warning(path, item.line, what, hint))
    return problems


def _joined(lines: Iterable[str]) -> str:
    return " ".join(line.strip() for line in lines)


READER = Reader(FORMAT, "a Markdown list with an item for each paper", sniff, read)
