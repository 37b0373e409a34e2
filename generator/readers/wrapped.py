"""Join the lines of titles that an export wrapped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

# The longest title in four thousand daily papers has 228 characters.
LONGEST_TITLE = 250
# No title ends with one of these, so that what does goes on in the next line.
_OPEN_END = re.compile(
    r"(?:[:,;&/+\-–—]|\b(?:a|an|and|as|at|between|beyond|by|for|from|in|into|is|of|on|or|over|than"
    r"|that|the|their|through|to|toward|towards|under|using|via|when|while|with|within|without))$"
)
# A whole word in lower case; names like `iVideo`, `wav2vec` or `gpt-oss:` do begin titles.
_LOWER_START = re.compile(r"[a-z]{1,20}(?:\s|$)")
_DIVIDED = re.compile(r"\w-$")
_ELLIPSIS = re.compile(r"(?:and|or|to|versus)\b")
_FEWEST_SURE = 2
_MOST_LINES = 3
# Lines break at words, so that the widest one seen may be a little narrower than the margin.
_SLACK = 5
_LONGEST_END = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty."""

    number: int
    """Counted from 1; of the first one where several were joined."""
    text: str


def unwrapped(
    lines: Sequence[Line], is_abstract: Callable[[str], bool]
) -> Iterator[tuple[Line, bool]]:
    """Yield titles and abstracts in their order, each with whether it is an abstract.

    On a page that parts its blocks by empty lines, titles without one between are one title.
    Elsewhere two lines are joined only where the first cannot be whole, or reaches the margin
    that such lines have shown, and an abstract follows.
    """
    runs = [(long, list(run)) for long, run in groupby(lines, lambda line: is_abstract(line.text))]
    titles = [line for long, run in runs if not long for line in run]
    spaced = _is_spaced(lines)
    margin = None if spaced else _margin(titles)
    for long, run in runs:
        if long:
            yield from ((line, True) for line in run)
        elif margin and run[-1] is not lines[-1] and _is_one(run, margin):
            yield from ((line, False) for line in _joined(run))
        else:
            together = _are_neighbours if spaced else _goes_on
            for parts in _parts(run, together):
                yield from ((line, False) for line in _joined(parts))


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Return whether empty lines part most of `lines`."""
    parted = sum(not _are_neighbours(*pair) for pair in pairwise(lines))
    return 2 * parted > len(lines) - 1


def _margin(titles: Sequence[Line]) -> int | None:
    """Return the width at which a page wraps its titles, None where too few surely are."""
    sure = [len(first.text) for first, second in pairwise(titles) if _goes_on(first, second)]
    return max(sure) if len(sure) >= _FEWEST_SURE else None


def _parts(
    titles: Sequence[Line], together: Callable[[Line, Line], bool]
) -> Iterator[Sequence[Line]]:
    """Yield the runs of `titles` in which each line goes together with the next."""
    start = 0
    for end in range(1, len(titles) + 1):
        if end == len(titles) or not together(titles[end - 1], titles[end]):
            yield titles[start:end]
            start = end


def _are_neighbours(first: Line, second: Line) -> bool:
    return second.number - first.number == 1


def _goes_on(first: Line, second: Line) -> bool:
    """Return whether two neighbours can only be parts of one title."""
    open_end = _OPEN_END.search(first.text[-_LONGEST_END:])
    return _are_neighbours(first, second) and bool(open_end or _LOWER_START.match(second.text))


def _is_one(run: Sequence[Line], margin: int) -> bool:
    """Return whether the lines above an abstract all go on, or reach the margin."""
    return len(run) <= _MOST_LINES and all(
        _goes_on(first, second) or _reaches(first, second, margin)
        for first, second in pairwise(run)
    )


def _reaches(first: Line, second: Line, margin: int) -> bool:
    """Return whether the first word of the second line had no room in the first one."""
    length = len(first.text)
    needed = length + 1 + len(second.text.split()[0])
    return _are_neighbours(first, second) and length <= margin + _SLACK and margin < needed


def _joined(titles: Sequence[Line]) -> Sequence[Line]:
    """Return the lines as one, or as they are where that would be too long for a title."""
    if sum(len(line.text) + 1 for line in titles) > LONGEST_TITLE:
        return titles
    whole = titles[0].text
    for line in titles[1:]:
        # A word may be divided at its own hyphen, as in Long-Context; not in Long- and Short-Term.
        glued = _DIVIDED.search(whole) and not _ELLIPSIS.match(line.text)
        whole += line.text if glued else f" {line.text}"
    return [Line(titles[0].number, whole)]
