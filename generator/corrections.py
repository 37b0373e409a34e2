"""Turn corrections.yml, the curator's word on any paper, into values with their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

import yaml

from generator.identity import is_address
from generator.models import Links, Source
from generator.problems import Problem, error, warning
from generator.text import line, paragraphs
from generator.yamltext import compose, is_null, line_of, unknown_key

CORRECTIONS = "corrections.yml"
_KEYS = ("same", "different", "papers")
_CHANGES = ("topics", "title", "links", "note", "related", "hide")
_KINDS = tuple(one.name for one in fields(Links))
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_EXAMPLE = "the file holds 'same:', 'different:' and 'papers:', each with papers as the manual says"
_ROWS = "write a list of lists of papers: '- [2503.09516, The other title]'"
_NAMED = "a paper is named by its slug, arXiv id, DOI, title, or file:line"


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper as the curator names it."""

    text: str
    """Slug, arXiv id, DOI, title, or `file:line` of a mention."""
    line: int
    """Line of corrections.yml."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the curator says of one paper; None says nothing."""

    paper: Reference
    topics: tuple[str, ...] | None = None
    """Slugs or names, best first."""
    title: str | None = None
    links: tuple[tuple[str | None, str], ...] = ()
    """(field of Links or None, address)."""
    note: str | None = None
    related: tuple[Reference, ...] | None = None
    """Its related papers, the nearest first."""
    hide: bool = False
    """Whether the paper is left out of the site."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The curator's word, in the order of the file."""

    same: tuple[tuple[Reference, ...], ...] = ()
    """Rows of papers that are one."""
    different: tuple[tuple[Reference, ...], ...] = ()
    """Rows of papers that are not one."""
    papers: tuple[Change, ...] = ()


def read(source: Source | None) -> tuple[Corrections, tuple[Problem, ...]]:
    """Return the corrections and what is wrong with the file; None is a missing file.

    Any error means that the file as a whole must not be used.
    """
    if source is None:
        return Corrections(), ()
    root, problems = compose(source, _EXAMPLE)
    if root is None or is_null(root):
        return Corrections(), tuple(problems)
    path = source.path
    if not isinstance(root, yaml.MappingNode):
        message = f"{path} holds no 'same:', 'different:' or 'papers:'"
        return Corrections(), (error(path, line_of(root), message, _EXAMPLE),)
    pairs, found = _pairs(root, _KEYS, path)
    problems += found
    rows = {}
    for name in ("same", "different"):
        rows[name], found = _rows(name, pairs.get(name), path)
        problems += found
    papers, found = _changes(pairs.get("papers"), path)
    return Corrections(rows["same"], rows["different"], papers), (*problems, *found)


def _pairs(
    node: yaml.MappingNode, known: Iterable[str], path: str
) -> tuple[dict[str, yaml.Node], list[Problem]]:
    """Return the values by their keys, without empty ones."""
    found: dict[str, yaml.Node] = {}
    problems = []
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name not in known:
            problems.append(unknown_key(key, known, path))
        elif name in found:
            message = f"'{name}' is given twice"
            problems.append(error(path, line_of(key), message, "keep one of the two"))
        else:
            found[name] = value
    return {name: value for name, value in found.items() if not is_null(value)}, problems


def _rows(
    name: str, node: yaml.Node | None, path: str
) -> tuple[tuple[tuple[Reference, ...], ...], list[Problem]]:
    if node is None:
        return (), []
    if not isinstance(node, yaml.SequenceNode):
        return (), [error(path, line_of(node), f"'{name}:' is not a list", _ROWS)]
    rows, problems = [], []
    for item in node.value:
        texts = item.value if isinstance(item, yaml.SequenceNode) else []
        if not texts or not all(isinstance(text, yaml.ScalarNode) for text in texts):
            message = f"a row of '{name}:' is not a list of papers"
            problems.append(error(path, line_of(item), message, _ROWS))
            continue
        row = [Reference(line(t.value), line_of(t)) for t in texts if not is_null(t)]
        if len(row) < 2:
            message = f"a row of '{name}:' names one paper only"
            problems.append(warning(path, line_of(item), message, f"add another one; {_NAMED}"))
        rows.append(tuple(row))
    return tuple(rows), problems


def _changes(node: yaml.Node | None, path: str) -> tuple[tuple[Change, ...], list[Problem]]:
    hint = "write 'the-slug:' and below it, further in, 'topics: …' or 'note: …'"
    if node is None:
        return (), []
    if not isinstance(node, yaml.MappingNode):
        return (), [error(path, line_of(node), "'papers:' is no set of papers", hint)]
    changes: dict[str, Change] = {}
    problems = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.MappingNode):
            problems.append(error(path, line_of(key), "a paper without a set of changes", hint))
            continue
        paper = Reference(line(key.value), line_of(key))
        if paper.text in changes:
            message = f"'{paper.text}' is given twice"
            problems.append(error(path, paper.line, message, "put all of it in one place"))
            continue
        changes[paper.text], found = _change(paper, value, path)
        problems += found
    return tuple(changes.values()), problems


def _change(paper: Reference, node: yaml.MappingNode, path: str) -> tuple[Change, list[Problem]]:
    pairs, problems = _pairs(node, _CHANGES, path)
    change = Change(paper)
    for name, value in pairs.items():
        change, found = _TAKERS[name](change, value, path)
        problems += found
    return change, problems


_Taken = tuple[Change, list[Problem]]


def _with_text(
    name: str, shape: Callable[[str], str]
) -> Callable[[Change, yaml.Node, str], _Taken]:
    def take(change: Change, node: yaml.Node, path: str) -> _Taken:
        if not isinstance(node, yaml.ScalarNode):
            hint = f"write '{name}: …'"
            return change, [error(path, line_of(node), f"'{name}' is not a text", hint)]
        return replace(change, **{name: shape(node.value) or None}), []  # type: ignore[arg-type]

    return take


def _with_topics(change: Change, node: yaml.Node, path: str) -> _Taken:
    if isinstance(node, yaml.ScalarNode):
        parts = node.value.split(",")
    elif isinstance(node, yaml.SequenceNode) and _all_texts(node):
        parts = [item.value for item in node.value]
    else:
        hint = "write 'topics: [the-first, the-second]'"
        return change, [error(path, line_of(node), "'topics' is not a list", hint)]
    names = tuple(dict.fromkeys(name for name in map(line, parts) if name))
    return replace(change, topics=names), []


def _with_related(change: Change, node: yaml.Node, path: str) -> _Taken:
    if not isinstance(node, yaml.SequenceNode) or not _all_texts(node):
        hint = "write 'related: [2503.09516, The other title]', or 'related: []' for none"
        return change, [error(path, line_of(node), "'related' is not a list of papers", hint)]
    named = (Reference(line(item.value), line_of(item)) for item in node.value)
    return replace(change, related=tuple(paper for paper in named if paper.text)), []


def _with_hide(change: Change, node: yaml.Node, path: str) -> _Taken:
    said = _TRUTHS.get(node.value.casefold()) if isinstance(node, yaml.ScalarNode) else None
    if said is None:
        message = "'hide' is neither true nor false"
        return change, [error(path, line_of(node), message, "write 'hide: true'")]
    return replace(change, hide=said), []


def _with_links(change: Change, node: yaml.Node, path: str) -> _Taken:
    problems: list[Problem] = []
    links: list[tuple[str | None, str]] = []
    parts: list[tuple[str | None, yaml.Node]] = [(None, node)]
    if isinstance(node, yaml.MappingNode):
        pairs, problems = _pairs(node, _KINDS, path)
        parts = list(pairs.items())
    for kind, value in parts:
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for item in items:
            address = line(item.value) if isinstance(item, yaml.ScalarNode) else ""
            if is_address(address):
                links.append((kind, address))
            else:
                message = f"'{address or '…'}' is no web address"
                hint = "it is left out; write it with https://"
                problems.append(warning(path, line_of(item), message, hint))
    return replace(change, links=tuple(links)), problems


def _all_texts(node: yaml.SequenceNode) -> bool:
    return all(isinstance(item, yaml.ScalarNode) for item in node.value)


_TAKERS: dict[str, Callable[[Change, yaml.Node, str], _Taken]] = {
    "topics": _with_topics,
    "title": _with_text("title", line),
    "links": _with_links,
    "note": _with_text("note", paragraphs),
    "related": _with_related,
    "hide": _with_hide,
}
