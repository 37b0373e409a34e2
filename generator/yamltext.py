"""Read YAML as text with its lines: no number, date or word becomes anything else."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import yaml

from generator.models import Source
from generator.problems import Problem, error, warning
from generator.text import clean, line


def compose(source: Source, example: str) -> tuple[yaml.Node | None, list[Problem]]:
    """Return the file's tree, None for an empty file, and an error where it is no YAML.

    `example` is the hint where the fault suggests no better one.
    """
    try:
        return yaml.compose(clean(source.data.decode("utf-8-sig")), yaml.SafeLoader), []
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as reason:
        return None, [_unreadable(source.path, reason, example)]


def _unreadable(path: str, reason: Exception, example: str) -> Problem:
    if isinstance(reason, yaml.MarkedYAMLError):
        mark = reason.problem_mark or reason.context_mark
        what = line(reason.problem or reason.context or "broken YAML")
        hint = "mend the YAML there; text with ': ' or ' #' in it needs quotes"
        return error(path, mark.line + 1 if mark else None, f"{path} cannot be read: {what}", hint)
    if isinstance(reason, UnicodeDecodeError):
        at = reason.object[: reason.start].count(b"\n") + 1
        return error(path, at, f"{path} cannot be read: not UTF-8", "save the file as UTF-8")
    return error(path, None, f"{path} cannot be read: broken YAML", example)


def unknown_key(key: yaml.Node, known: Iterable[str], path: str) -> Problem:
    """Return the warning of a key that is left out."""
    name = line(key.value) if isinstance(key, yaml.ScalarNode) else "…"
    hint = f"{did_you_mean(name, known)}it is left out; known: {', '.join(known)}"
    return warning(path, line_of(key), f"unknown key '{name}'", hint)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a question after the nearest of `known`, or nothing."""
    near = get_close_matches(name.casefold(), list(known), n=1)
    return f"did you mean '{near[0]}'? " if near else ""


def is_null(node: yaml.Node) -> bool:
    """Return whether nothing stands there."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def line_of(node: yaml.Node) -> int:
    """Return the line at which `node` begins, counted from 1."""
    return int(node.start_mark.line) + 1
