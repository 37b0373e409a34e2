"""Find the papers of a page with numbered links: headings that are links, `### [Title][32]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.readers.numbered import LINKED, NumberedLinks

HEADING = re.compile(r"(#{1,6}) +(.*)")
_PAPER = re.compile(r"https?://(?:www\.)?(?:huggingface|hf)\.co/papers/(?!date|month|week|trend)\S")
_PAPERS = ("https://huggingface.co/papers/", "https://hf.co/papers/")
# The longest title in four thousand daily papers has 228 characters.
_LONGEST_TITLE = 400
_MOST_LINES = 8
_USUAL_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that is a link, or begins as one."""

    start: int
    """Index of its first line."""
    end: int
    """Index behind its last line."""
    level: int
    title: str | None
    """None where the link never closes."""
    address: str
    """Empty where the page does not tell it."""

    @property
    def is_paper(self) -> bool:
        """Whether it leads to a paper's page."""
        return _PAPER.match(self.address) is not None


def headings(lines: Sequence[str], links: NumberedLinks) -> list[Heading]:
    """Return the linked headings in order; a title may go on in the lines below."""
    found = []
    for index, line in enumerate(lines):
        heading = HEADING.fullmatch(line)
        if heading and heading[2].startswith("["):
            found.append(_heading(lines, links, index, heading))
    return found


def _heading(
    lines: Sequence[str], links: NumberedLinks, start: int, first: re.Match[str]
) -> Heading:
    whole, end = first[2], start + 1
    linked = LINKED.fullmatch(whole)
    while linked is None and end < len(lines) and lines[end]:
        more = HEADING.fullmatch(lines[end])
        whole = f"{whole} {more[2] if more else lines[end]}"
        end += 1
        if len(whole) > _LONGEST_TITLE or end - start > _MOST_LINES:
            break
        linked = LINKED.fullmatch(whole)
    if linked is None:
        return Heading(start, start + 1, len(first[1]), None, "")
    address = links.address(int(linked[2]), start) or ""
    # Where the page was cut within its list of links, the last address tells nothing.
    address = "" if any(one.startswith(address) for one in _PAPERS) else address
    return Heading(start, end, len(first[1]), linked[1].strip(), address)


def papers_of(found: Sequence[Heading]) -> list[Heading]:
    """Return the headings that are papers: of one level, and not those of the page's frame."""
    level = next((heading.level for heading in found if heading.is_paper), _USUAL_LEVEL)
    same = [heading for heading in found if heading.level == level]
    sure = [n for n, heading in enumerate(same) if heading.is_paper]
    # Between two papers stands a paper, whatever became of its link.
    between = range(sure[0], sure[-1]) if sure else range(0)
    return [h for n, h in enumerate(same) if h.is_paper or not h.address or n in between]
