"""fetched.yml: what became of each source that digests are fetched from, read and written.

A mapping, a source a key, sorted. The file is made by `offprint fetch` and committed, so that
the site can say how its sources are, and the next fetch can ask only for what is new.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from generator.models import Source
from generator.problems import Problem, warning
from generator.text import line
from generator.yamltext import compose, is_null, line_of, unknown_key

NAME = "fetched.yml"
_HEAD = "# How the sources of digests are. 'offprint fetch' writes here.\n"
_CURE = "delete the file: 'offprint fetch' makes it anew"
_DAYS = ("tried", "succeeded", "newest")
_TEXTS = ("failed", "etag", "modified")


@dataclass(frozen=True, slots=True)
class Health:
    """How one source was when it was asked last."""

    source: str
    """What was asked, e.g. `hf`, `arxiv cat:cs.CL`, or an address."""
    tried: str
    """Day of the last attempt, YYYY-MM-DD, UTC."""
    succeeded: str | None = None
    """Day of the last attempt that was answered as it should be; None where none ever was."""
    newest: str | None = None
    """Day of the newest papers that ever came from there."""
    failed: str | None = None
    """Why the last attempt failed, in one line; None where it did not."""
    etag: str | None = None
    """What the source called its last answer, in its own words."""
    modified: str | None = None
    """When the source changed last, in its own words (an HTTP date)."""


def parse(content: str) -> tuple[tuple[Health, ...], list[Problem]]:
    """Return the sources that `content` tells of, sorted, and a warning for what is no such thing.

    Empty content tells of none.
    """
    root, faults = compose(Source(NAME, content.encode("utf-8", "replace")), _CURE)
    # Only a report: what is wrong with it keeps no paper out.
    problems = [warning(p.path, p.line, p.message, _CURE) for p in faults]
    if root is None or is_null(root):
        return (), problems
    if not isinstance(root, yaml.MappingNode):
        return (), [warning(NAME, line_of(root), "is no list of sources", _CURE)]
    found: dict[str, Health] = {}
    for key, value in root.value:
        health = _health(key, value, problems)
        if health and health.source in found:
            problems.append(warning(NAME, line_of(key), f"'{health.source}' stands twice", _CURE))
        elif health:
            found[health.source] = health
    return tuple(found[source] for source in sorted(found)), problems


def render(healths: Iterable[Health]) -> str:
    """Return the text of fetched.yml, sorted by source."""
    rows = {
        health.source: {name: getattr(health, name) for name in (*_DAYS, *_TEXTS)}
        for health in sorted(healths, key=lambda health: health.source)
    }
    # Never folded: a line a fact, so that a change of one is a change of one line.
    body = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=10**6)
    return f"{_HEAD}{body}" if rows else _HEAD


def _health(key: yaml.Node, value: yaml.Node, problems: list[Problem]) -> Health | None:
    """Return the source at `key`, None where it cannot be understood; faults are appended."""
    source = line(key.value) if isinstance(key, yaml.ScalarNode) else ""
    if not source or not isinstance(value, yaml.MappingNode):
        problems.append(warning(NAME, line_of(key), "is no source with its facts", _CURE))
        return None
    said = _facts(value, problems)
    if "tried" not in said:
        what = f"'{source}' lacks the day on which it was tried"
        problems.append(warning(NAME, line_of(key), what, _CURE))
        return None
    return Health(source, **said)


def _facts(node: yaml.MappingNode, problems: list[Problem]) -> Mapping[str, str]:
    """Return what is known of a source, by the names of `Health`; unknown facts are left out."""
    said: dict[str, str] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name not in (*_DAYS, *_TEXTS):
            problems.append(unknown_key(key, (*_DAYS, *_TEXTS), NAME))
        elif is_null(value):
            continue
        elif not isinstance(value, yaml.ScalarNode) or not _fits(name, value.value):
            kind = "day, YYYY-MM-DD" if name in _DAYS else "plain text"
            problems.append(warning(NAME, line_of(value), f"'{name}' is no {kind}", _CURE))
        else:
            said[name] = line(value.value)
    return said


def _fits(name: str, value: str) -> bool:
    if name not in _DAYS:
        return True
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
