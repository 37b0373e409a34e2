"""Judge abstracts: what is missing, a fragment, or cut is used, and the curator is told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator import text
from generator.models import Entry
from generator.problems import Problem, warning

# Words after which no abstract ends: what stops there was cut.
_OPEN_END = re.compile(
    r"(?:[,(\-–—]|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|our|such|that|the|these|to|we|with))$",
    re.IGNORECASE,
)
_LONGEST_END = 20
_ADDRESS = re.compile(r"https?://\S+")
_FEWEST_WORDS = 8
# Languages that do not part words by blanks say enough in so many signs.
_FEWEST_SIGNS = 80


def doubt(abstract: str | None) -> str | None:
    """Return what is wrong with an abstract in a few words, None where it looks whole."""
    if not abstract:
        return "no abstract"
    rest = _ADDRESS.sub("", abstract)
    if len(rest.split()) < _FEWEST_WORDS and len(rest) < _FEWEST_SIGNS:
        return "the abstract is only a fragment"
    return "the abstract breaks off" if _OPEN_END.search(abstract[-_LONGEST_END:]) else None


def doubts(path: str, entries: Iterable[Entry], hint: str) -> list[Problem]:
    """Return a warning for each paper whose abstract is missing, a fragment, or cut."""
    problems = []
    for entry in entries:
        if found := doubt(entry.facts.abstract):
            shown = text.shorten(entry.facts.title, 60)
            problems.append(warning(path, entry.line, f"{found}: '{shown}'", hint))
    return problems
