"""Turn the stems of words back into words as they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.words import terms

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2013][^\W_]+)*")
# Shorter ones and numbers tell a reader nothing.
_SHORTEST = 3


def spelt(stems: Iterable[str], text: str, most: int) -> tuple[str, ...]:
    """Return for the first `most` stems that `text` spells out their words, each once.

    Of several forms that with fewest capitals: a title's `Streaming` is the text's `streaming`.
    """
    by_opening: dict[str, dict[str, None]] = {}
    for word in _WORD.findall(text):
        by_opening.setdefault(word[:2].casefold(), {})[word] = None
    found: dict[str, None] = {}
    for stem in stems:
        forms = [word for word in by_opening.get(stem[:2], ()) if stem in terms(word)]
        if forms and len(stem) >= _SHORTEST and not stem.isdigit():
            found[min(forms, key=lambda word: (sum(map(str.isupper, word)), len(word)))] = None
        if len(found) == most:
            break
    return tuple(found)
