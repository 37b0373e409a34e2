"""papers.lock, the collection's only memory: which slug belongs to which paper, for ever.

A line a paper, `slug key key …`, sorted; keys are `arxiv:…`, `doi:…` and `title:…`.
A slug given up is `old -> new`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.problems import Problem, error

NAME = "papers.lock"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"(?:arxiv|doi|title):\S+")
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class Lock:
    """What the collection remembers of its papers."""

    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Every key ever seen, by slug."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """New slug by the old one."""

    def slug_of(self, redirected: str) -> str:
        """Return the slug that stands for `redirected` today."""
        seen = set()
        while redirected in self.redirects and redirected not in seen:
            seen.add(redirected)
            redirected = self.redirects[redirected]
        return redirected


def parse(content: str) -> tuple[Lock, list[Problem]]:
    """Return what `content` remembers and an error for each line that says nothing."""
    keys: dict[str, frozenset[str]] = {}
    redirects: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        first, *rest = line.split()
        if len(rest) == 2 and rest[0] == "->" and all(map(_SLUG.fullmatch, (first, rest[1]))):
            redirects[first] = rest[1]
        elif _SLUG.fullmatch(first) and rest and all(map(_KEY.fullmatch, rest)):
            keys[first] = keys.get(first, frozenset()) | frozenset(rest)
        else:
            problems.append(_fault(number, line))
    return Lock(keys, redirects), problems


def _fault(number: int, line: str) -> Problem:
    if line.startswith(_CONFLICT):
        hint = "keep the lines of both sides and delete the marks"
        return error(NAME, number, "a merge conflict", hint)
    hint = "restore the file from version control; never edit a line, only delete whole ones"
    return error(NAME, number, "neither 'slug key …' nor 'old -> new'", hint)


def render(lock: Lock) -> str:
    """Return the text of papers.lock: one line a slug, sorted."""
    lines: Iterable[str] = [
        *(f"{slug} {' '.join(sorted(keys))}" for slug, keys in lock.keys.items()),
        *(f"{old} -> {new}" for old, new in lock.redirects.items()),
    ]
    return "".join(f"{line}\n" for line in sorted(lines))
