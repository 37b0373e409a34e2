"""Split a Markdown file into its front matter, read as plain text, and its body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from generator import text
from generator.problems import Problem, error

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file in its two parts."""

    meta: dict[str, Any]
    """Keys in lower case; leaves are text, so that `2401.12340` and `no` stay what they are."""
    lines: dict[str, int]
    """Line of each key, counted from 1."""
    body: tuple[str, ...]
    start: int
    """Line of the file at which the body begins."""


class _TextOnly(YAMLHandler):
    """Front matter whose leaves stay text."""

    def load(self, fm: str, **kwargs: object) -> Any:
        # The line end behind the opening fence would shift the lines of errors.
        return yaml.load(fm.removeprefix("\n"), Loader=yaml.BaseLoader)


def split(path: str, content: str) -> Page | Problem:
    """Return the two parts of `content`, or the error that spoils its front matter."""
    lines = text.lines(content)
    if lines[0].rstrip() != _FENCE:
        return Page({}, {}, tuple(lines), 1)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        hint = "close it with a line that holds only ---"
        return error(path, 1, "the front matter is never closed", hint)
    block = "\n".join(lines[1:end])
    try:
        keys = _key_lines(block)
        meta, _ = frontmatter.parse(f"{_FENCE}\n{block}\n{_FENCE}\n", handler=_TextOnly())
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        mark = getattr(reason, "problem_mark", None)
        what = getattr(reason, "problem", None) or "not readable as YAML"
        hint = "put text with a colon or a bracket in quotes"
        return error(path, mark.line + 2 if mark else 1, f"broken front matter: {what}", hint)
    if isinstance(keys, str):
        hint = "write it as 'key: value' lines"
        return error(path, 2, f"the front matter is {keys}, no settings", hint)
    if twice := next((key for key in keys if len(keys[key]) > 1), None):
        return error(path, keys[twice][1], f"'{twice}' stands twice", "keep one of the two")
    flat = {key: found[0] for key, found in keys.items()}
    return Page(
        {str(k).lower(): v for k, v in meta.items()}, flat, tuple(lines[end + 1 :]), end + 2
    )


def _key_lines(block: str) -> dict[str, list[int]] | str:
    """Return the lines of each key of the block, or what it is instead of settings."""
    node = yaml.compose(block, Loader=yaml.BaseLoader)
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        return "a list" if isinstance(node, yaml.SequenceNode) else "plain text"
    found: dict[str, list[int]] = {}
    for key, _ in node.value:
        # The block starts on the file's second line.
        found.setdefault(str(key.value).lower(), []).append(key.start_mark.line + 2)
    return found
