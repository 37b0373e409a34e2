"""Understand a curated paper: its heading, its `key: value` list, its note and abstract."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Protocol

from generator import identity, text
from generator.models import Facts
from generator.problems import Problem, error, warning
from generator.readers.facts import completed, names, with_addresses

_LINKED = re.compile(r"\[(?P<title>.*)\]\(\s*<?(?P<address>[^\s<>]*?)>?\s*\)")
_PUBLISHED = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
# Python refuses to read numbers of many thousand digits.
_MOST_DIGITS = 10
_ALIASES = {
    "author": "authors",
    "topic": "topics",
    "keyword": "keywords",
    "category": "categories",
    "date": "published",
    "link": "links",
    "url": "links",
    "github": "code",
    "website": "project",
}
_Value = tuple[Facts, str | None]
"""Facts with the value in its place, and what is wrong with the value, if anything."""


class Section(Protocol):
    """What the curated reader hands over of one paper."""

    heading: str
    line: int
    note: list[str]
    abstract: list[str]
    items: list[tuple[str, str, int]]


def facts_of(path: str, section: Section) -> tuple[Facts | None, tuple[str, ...], list[Problem]]:
    """Return the paper, the topics that the curator names, and what is doubtful.

    Without a title the paper is None, and exactly one of the problems is an error.
    """
    title, address = heading_parts(section.heading)
    if not title:
        hint = "write the paper's title behind the signs, as in '## Title'"
        return None, (), [error(path, section.line, "a paper without a title", hint)]
    facts = Facts(
        title=title,
        note=text.paragraphs("\n".join(section.note)) or None,
        abstract=text.paragraphs("\n".join(section.abstract)) or None,
    )
    topics: tuple[str, ...] = ()
    problems: list[Problem] = []
    for key, value, line in section.items:
        name = _ALIASES.get(key, key)
        if not value.strip():
            continue  # a line of a form that was not filled in
        if name == "topics":
            topics += _list(value)
        elif name not in _SETTERS:
            hint = closest(key, (*_SETTERS, "topics"))
            problems.append(warning(path, line, f"unknown key '{key}' left out", hint))
        else:
            facts, fault = _SETTERS[name](facts, text.line(value))
            if fault:
                problems.append(warning(path, line, f"{name}: {fault}", "mend or remove it"))
    if address:
        facts, problems = _linked(facts, address, path, section.line, problems)
    return completed(facts), topics, problems


def _linked(
    facts: Facts, address: str, path: str, line: int, problems: list[Problem]
) -> tuple[Facts, list[Problem]]:
    if identity.is_address(address):
        return with_addresses(facts, [address]), problems
    hint = "links start with https:// or http://"
    return facts, [*problems, warning(path, line, f"the link '{address}' is left out", hint)]


def heading_parts(heading: str) -> tuple[str, str | None]:
    """Return title and address of `[Title](address)`, or the title alone."""
    heading = text.line(heading)
    found = _LINKED.fullmatch(heading)
    return (found["title"].strip(), found["address"] or None) if found else (heading, None)


def is_key(word: str) -> bool:
    """Return whether a list item that starts with `word:` is meant as a fact."""
    word = word.lower()
    known = (*_SETTERS, *_ALIASES, "topics")
    return word in known or bool(difflib.get_close_matches(word, known, 1, 0.8))


def closest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest of the known words, or all of them."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    return f"did you mean '{near[0]}'?" if near else f"known are: {', '.join(names)}"


def _list(value: str) -> tuple[str, ...]:
    parts = re.split(r";" if ";" in value else r",", value)
    return tuple(part for raw in parts if (part := text.line(raw)))


def _arxiv(facts: Facts, value: str) -> _Value:
    found = identity.arxiv_id(value)
    if not found:
        return facts, f"'{value}' is no arXiv id"
    return replace(facts, arxiv=found[0], version=facts.version or found[1]), None


def _doi(facts: Facts, value: str) -> _Value:
    found = identity.doi(value)
    return (replace(facts, doi=found), None) if found else (facts, f"'{value}' is no DOI")


def _published(facts: Facts, value: str) -> _Value:
    if _PUBLISHED.fullmatch(value):
        return replace(facts, published=value), None
    return facts, f"'{value}' is no day, month or year (YYYY-MM-DD)"


def _votes(facts: Facts, value: str) -> _Value:
    if value.isdecimal() and len(value) < _MOST_DIGITS:
        return replace(facts, votes=int(value)), None
    return facts, f"'{value}' is no number"


def _put(facts: Facts, name: str, value: object) -> Facts:
    changes: dict[str, Any] = {name: value}
    return replace(facts, **changes)


def _text_setter(name: str) -> Callable[[Facts, str], _Value]:
    return lambda facts, value: (_put(facts, name, value), None)


def _list_setter(
    name: str, parts: Callable[[str], tuple[str, ...]]
) -> Callable[[Facts, str], _Value]:
    return lambda facts, value: (_put(facts, name, (*getattr(facts, name), *parts(value))), None)


def _addresses_setter(name: str | None) -> Callable[[Facts, str], _Value]:
    """Return a setter for one kind of link; None sorts the addresses by where they lead."""

    def put(facts: Facts, value: str) -> _Value:
        found = identity.addresses(value)
        if not found:
            return facts, f"'{value}' is no web address"
        if name is None:
            return with_addresses(facts, found), None
        several = name in {"code", "project", "other"}
        known = getattr(facts.links, name)
        changes: dict[str, Any] = {name: (*known, *found) if several else known or found[0]}
        return replace(facts, links=replace(facts.links, **changes)), None

    return put


_SETTERS: dict[str, Callable[[Facts, str], _Value]] = {
    "authors": _list_setter("authors", names),
    "arxiv": _arxiv,
    "doi": _doi,
    "version": _text_setter("version"),
    "kind": _text_setter("kind"),
    "venue": _text_setter("venue"),
    "published": _published,
    "categories": _list_setter("categories", _list),
    "keywords": _list_setter("keywords", _list),
    "votes": _votes,
    "note": _text_setter("note"),
    "abstract": _text_setter("abstract"),
    "pdf": _addresses_setter("pdf"),
    "hf": _addresses_setter("hf"),
    "code": _addresses_setter("code"),
    "project": _addresses_setter("project"),
    "links": _addresses_setter(None),
}
"""The facts of a paper's list, each with what puts its value in place."""
