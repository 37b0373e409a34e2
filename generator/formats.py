"""Remember in formats.yml what digests do not tell themselves: their form, and their origin."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from generator import readers
from generator.identity import is_address
from generator.models import Source
from generator.problems import Problem, error, note
from generator.readers.fields import MAPPABLE
from generator.text import clean, line, shorten
from generator.yamltext import compose, did_you_mean, line_of

NAME = "formats.yml"
_KEYS = ("format", "map", "source")
_EXAMPLE = "write 'digests/FILE: {format: table, map: {title: Title}}'"
_HEAD = (
    "# What digests do not tell themselves. 'offprint add' and 'offprint fetch url' write here.\n"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How the curator wants one file to be read."""

    format: str | None = None
    """Name of a reader; None leaves the guessing to Offprint."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field of a paper → column of the table that holds it."""
    source: str | None = None
    """Address that the file was fetched from."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a choice may name."""

    formats: tuple[str, ...]
    """Names of the installed readers."""
    fields: tuple[str, ...]
    """Fields of a paper that a column can hold."""


def known() -> Known:
    """Return the readers that are installed, and the fields that a table can have."""
    return Known(tuple(readers.installed()), MAPPABLE)


def parse(source: Source | None, allowed: Known) -> tuple[dict[str, Choice], list[Problem]]:
    """Return the choice for each file, by its path, and the errors; None is a missing file.

    Any error means that the file as a whole must not be used.
    """
    root, problems = compose(source, _EXAMPLE) if source else (None, [])
    if source is None or root is None:
        return {}, problems
    choices: dict[str, Choice] = {}
    for key, name, value in _members(source.path, root, problems):
        if name in choices:
            problems.append(_error(source.path, key, f"'{name}' stands twice", "keep one of them"))
        else:
            choices[name] = _choice(source.path, value, allowed, problems)
    return choices, problems


def choice_of(choices: Mapping[str, Choice], path: str) -> Choice:
    """Return how the file at `path` is to be read."""
    return choices.get(clean(path), Choice())


def with_choice(choices: Mapping[str, Choice], path: str, choice: Choice) -> dict[str, Choice]:
    """Return `choices` with the one for the file at `path`."""
    # Disks write one and the same letter in two ways; the file knows one.
    return {**choices, clean(path): choice}


def missing(choices: Mapping[str, Choice], files: Iterable[str]) -> list[Problem]:
    """Return a note for each choice whose file is not there."""
    there: Container[str] = set(map(clean, files))
    hint = "remove it from formats.yml, unless the file comes back"
    return [
        note(NAME, None, f"there is no '{name}'", hint)
        for name in sorted(choices)
        if name not in there
    ]


def render(choices: Mapping[str, Choice]) -> str:
    """Return the content of formats.yml, sorted by file."""
    return _HEAD + "".join(_entry(name, choices[name]) for name in sorted(choices))


def _entry(name: str, choice: Choice) -> str:
    value: dict[str, object] = {"format": choice.format} if choice.format else {}
    if choice.columns:
        value["map"] = dict(sorted(choice.columns.items()))
    if choice.source:
        value["source"] = choice.source
    return yaml.safe_dump(
        {name: value}, default_flow_style=None, allow_unicode=True, sort_keys=False, width=10**6
    )


def _choice(path: str, node: yaml.Node, allowed: Known, problems: list[Problem]) -> Choice:
    form: str | None = None
    columns: dict[str, str] = {}
    origin: str | None = None
    for key, name, value in _members(path, node, problems):
        if name == "map":
            columns = _columns(path, value, allowed, problems)
        elif name == "source":
            origin = _source(path, value, problems)
        elif name != "format":
            problems.append(_unknown(path, key, "key", name, _KEYS))
        elif not isinstance(value, yaml.ScalarNode) or value.value not in allowed.formats:
            shown = value.value if isinstance(value, yaml.ScalarNode) else "…"
            problems.append(_unknown(path, value, "format", shown, allowed.formats))
        else:
            form = value.value
    return Choice(form, columns, origin)


def _source(path: str, node: yaml.Node, problems: list[Problem]) -> str | None:
    if isinstance(node, yaml.ScalarNode) and is_address(node.value):
        return line(node.value)
    problems.append(_error(path, node, "'source' is no web address", "write 'source: https://…'"))
    return None


def _columns(path: str, node: yaml.Node, allowed: Known, problems: list[Problem]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for key, name, value in _members(path, node, problems):
        if name not in allowed.fields:
            problems.append(_unknown(path, key, "field", name, allowed.fields))
        elif not isinstance(value, yaml.ScalarNode) or not line(value.value):
            hint = f"write '{name}: COLUMN'"
            problems.append(_error(path, value, f"'{name}' names no column", hint))
        else:
            columns[name] = value.value
    return columns


def _members(
    path: str, node: yaml.Node, problems: list[Problem]
) -> Iterator[tuple[yaml.Node, str, yaml.Node]]:
    """Yield each key, its text and its value; what is no mapping is an error."""
    if not isinstance(node, yaml.MappingNode):
        problems.append(_error(path, node, "'key: value' is missing here", _EXAMPLE))
        return
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield key, key.value, value
        else:
            problems.append(_error(path, key, "a key must be plain text", _EXAMPLE))


def _unknown(path: str, node: yaml.Node, what: str, name: str, names: Iterable[str]) -> Problem:
    hint = f"{did_you_mean(name, names)}known: {', '.join(sorted(names))}"
    return _error(path, node, f"unknown {what} '{shorten(line(name), 60)}'", hint)


def _error(path: str, node: yaml.Node, message: str, hint: str) -> Problem:
    return error(path, line_of(node), message, hint)
