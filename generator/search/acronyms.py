"""Turn texts into the acronyms that they spell out: `text-to-speech (TTS)`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.words import Slots, compounds, fold, stemmed, terms, trimmed

FORMS = 2
"""Long forms kept of one acronym."""
LONGEST = 8
"""Letters of an acronym at the most."""

_PARENTHESIS = re.compile(r"\(([^()]{2,80})\)")
_PART = re.compile(r"[,;:]| or ")
_CAPITALS = re.compile(r"[A-Z](?:[A-Za-z0-9&-]*[A-Za-z0-9])?")
_LAST_WORD = re.compile(r"([A-Za-z0-9&-]+) ?$")
_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"[.;:()\[\]!?]")


def learn(texts: Iterable[str], known: Mapping[str, int]) -> dict[str, list[Slots]]:
    """Return each acronym's term with its long forms, those of most texts first.

    `known` counts the papers of each term. A pair is kept where its acronym or each word of
    its long form stands in a second paper: else it could lead nowhere.
    """
    told: dict[str, Counter[Slots]] = defaultdict(Counter)
    for text in texts:
        for short, form in set(pairs(text)):
            told[short][form] += 1
    kept = {
        short: [form for form in forms if _leads_on(short, form, known)]
        for short, forms in sorted(told.items())
    }
    return {
        short: sorted(forms, key=lambda form: (-told[short][form], str(form)))[:FORMS]
        for short, forms in kept.items()
        if forms
    }


def pairs(text: str) -> Iterator[tuple[str, Slots]]:
    """Yield the acronyms that `text` spells out, as terms: `("tt", ("text", None, "speech"))`."""
    for found in _PARENTHESIS.finditer(text):
        before = text[max(0, found.start() - 150) : found.start()].rstrip()
        inner = _PART.split(found[1])[0].strip()
        if _is_short(inner):
            short, form = inner, _meant(before, inner)
        else:
            last = _LAST_WORD.search(before)
            short = last[1] if last else ""
            form = _meant(inner, short) if _is_short(short) else None
            form = form if form == inner else None
        if form and (made := _terms(short, form)):
            yield made


def _leads_on(short: str, form: Slots, known: Mapping[str, int]) -> bool:
    return known.get(short, 0) > 1 or all(known.get(term, 0) > 1 for term in form if term)


def _is_short(word: str) -> bool:
    capitals = sum(map(str.isupper, word))
    return capitals > 1 and len(_letters(word)) <= LONGEST and bool(_CAPITALS.fullmatch(word))


def _letters(short: str) -> str:
    """Return the letters and digits that the long form must have, without a plural's `s`."""
    return "".join(_WORD.findall(_singular(short)))


def _singular(short: str) -> str:
    return short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short


def _meant(before: str, short: str) -> str | None:
    """Return the end of `before` that has the letters of `short` in order, None without one.

    The first letter begins a word; the others are sought from the end backwards.
    """
    letters = _letters(short).lower()
    text = before.lower()
    at = len(text)
    for place in range(len(letters) - 1, -1, -1):
        at = text.rfind(letters[place], 0, at)
        while place == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(letters[place], 0, at)
        if at < 0:
            return None
    form = before[at:]
    count = len(_WORD.findall(form))
    fits = 2 <= count <= min(len(letters) + 4, 2 * len(letters))
    return form if fits and not _END.search(form) else None


def _terms(short: str, form: str) -> tuple[str, Slots] | None:
    own = terms(_singular(short))
    slots = trimmed(stemmed(part for found in compounds(fold(form)) for part in found.slots))
    several = sum(part is not None for part in slots) > 1
    return (own[0], slots) if own and several and own[0] not in slots else None
