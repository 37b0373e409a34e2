"""Resolve the numbered links of a text dump: `[words][32]` above, `32. https://…` below."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

REFERENCE = re.compile(r"\[([^\[\]]*)\]\s?\[(\d{1,6})\]")
"""Words of a link, and its number."""
LINKED = re.compile(r"\[(.*)\]\s?\[(\d{1,6})\]", re.DOTALL)
"""The same of a whole block, whose words may have brackets themselves."""
_DEFINITION = re.compile(r"(?:\[(\d{1,6})\]:?|(\d{1,6})\.)\s+<?((?:https?:/)?/[^\s<>]*)>?.*")


@dataclass(frozen=True, slots=True)
class NumberedLinks:
    """The addresses of a dump. A number may stand for another one further down."""

    known: dict[int, tuple[list[int], list[str]]]
    """By number: the indices of the lines that define it, rising, and the addresses there."""
    lines: frozenset[int]
    """Indices of all lines that define a number."""

    def address(self, number: int, index: int) -> str | None:
        """Return what `number` means on the line `index`: the next definition below, else above."""
        where, addresses = self.known.get(number, ([], []))
        return addresses[min(bisect_right(where, index), len(where) - 1)] if where else None


def numbered_links(lines: Sequence[str], base: str) -> NumberedLinks:
    """Return the links that `lines` define, each without blanks around; paths join `base`."""
    known: dict[int, tuple[list[int], list[str]]] = {}
    defining = []
    for index, line in enumerate(lines):
        if found := _DEFINITION.fullmatch(line):
            where, addresses = known.setdefault(int(found[1] or found[2]), ([], []))
            where.append(index)
            addresses.append(_joined(base, found[3]))
            defining.append(index)
    return NumberedLinks(known, frozenset(defining))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address
