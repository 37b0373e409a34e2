"""Read pages saved from Hugging Face's daily papers with numbered links, listed below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem, error, note, warning
from generator.readers import Defaults, Reader
from generator.readers.doubts import doubts
from generator.readers.facts import (
    completed,
    day,
    month_of_arxiv,
    names_year,
    unescaped,
    with_addresses,
    with_mentioned,
)
from generator.readers.hf_headings import HEADING, Heading, headings, papers_of
from generator.readers.hf_section import Section, facts_of, section, votes
from generator.readers.numbered import REFERENCE, NumberedLinks, numbered_links
from generator.readers.saved_page import (
    CURATOR,
    DOUBT_HINT,
    SOURCE,
    TITLE,
    dated,
    invites,
    is_numbered,
)

FORMAT = "hf-linked"
_BASE = "https://huggingface.co/papers"
_NUMBERED_HEADING = re.compile(r"^[ \t]*#{1,6} +\[.*\] ?\[\d{1,6}\][ \t]*$", re.MULTILINE)
_PEOPLE = re.compile(r"^[ \t]*(?:[*+•-] +)?\[?\d{1,6} authors?\b", re.MULTILINE)
_PAPER_LINK = re.compile(
    r"^[ \t]*(?:\[\d{1,6}\]:?|\d{1,6}\.)[ \t]+<?(?:https?://(?:www\.)?(?:huggingface|hf)\.co)?"
    r"/papers/\d",
    re.MULTILINE,
)
_SNIFFED = 300_000
_LEAP_YEAR = 2024
_FOREIGN_WORDS = 100


def sniff(path: str, content: str) -> float:
    """Return 0.95 for numbered headings with all signs of the page, less where some are wanting."""
    page = "\n".join(text.lines(content[:_SNIFFED]))
    invited = invites(page) and is_numbered(page)
    if not _NUMBERED_HEADING.search(page):
        return 0.5 if invited else 0.0
    people = _PEOPLE.search(page) is not None
    listed = _PAPER_LINK.search(page) is not None
    if people or invited:
        return 0.95 if listed else 0.92
    if listed:
        # Markdown has such headings too, and nothing else of a page.
        markdown = path.lower().endswith((".md", ".markdown")) or content.startswith("---")
        return 0.4 if markdown else 0.55
    return 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a saved page: a linked heading a paper."""
    lines = [text.line(raw) for raw in text.lines(content)]
    links = numbered_links(lines, _BASE)
    papers = papers_of(headings(lines, links))
    head = lines[: papers[0].start] if papers else lines
    written = _day_of_page(head)
    sections = _sections(lines, links, papers)
    if written is None:
        written = _shared([part.day for part in sections])
    date, problems = dated(path, written, defaults)
    if papers and not links.lines:
        hint = "save the page whole, with the numbered links below it"
        problems.append(note(path, None, "no list of links: the papers' ids are unknown", hint))
    counts = _votes(lines, papers, sections)
    entries, found = _entries(path, papers, sections, counts, written, bool(links.lines))
    problems += found
    problems += doubts(path, entries, DOUBT_HINT)
    left = _left_out(path, lines, links, papers, sections)
    problems += left
    refused = len(papers) - len(entries) + sum(one.severity == "error" for one in left)
    digest = Digest(
        path=path,
        slug=identity.slug(PurePosixPath(path).stem) or "digest",
        title=TITLE,
        date=date,
        entries=entries,
        curator=_curator(head),
        source=SOURCE,
    )
    return Reading(path, FORMAT, (digest,), refused, tuple(problems))


def _sections(
    lines: Sequence[str], links: NumberedLinks, papers: Sequence[Heading]
) -> list[Section]:
    """Return what stands below each paper's heading, up to the next heading of any kind."""
    marks = [index for index, line in enumerate(lines) if HEADING.fullmatch(line)]
    found = []
    for paper in papers:
        after = bisect_left(marks, paper.end)
        stop = marks[after] if after < len(marks) else len(lines)
        found.append(section(lines, links, paper.end, stop, paper.address))
    return found


def _votes(
    lines: Sequence[str], papers: Sequence[Heading], sections: Sequence[Section]
) -> list[int | None]:
    """Return the votes of each paper, which stand below its title, or for all papers above it."""
    if not papers:
        return []
    near = [line for line in lines[: papers[0].start] if line][-4:]
    above = [fact for line in near for fact in facts_of(line) or ()]
    if not any(fact.kind == "votes" for fact in above):
        return [votes(part.facts) for part in sections]
    return [votes(facts, last=True) for facts in (above, *(part.facts for part in sections[:-1]))]


def _entries(
    path: str,
    papers: Sequence[Heading],
    sections: Sequence[Section],
    counts: Sequence[int | None],
    written: str | None,
    listed: bool,
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Return the papers in order, and what is wrong or doubtful with them."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    # Where all papers tell the digest's day, they tell when they were featured, not their own.
    own_days = {_in_year(part.day) for part in sections if part.day} - {_in_year(written)}
    for paper, part, count in zip(papers, sections, counts, strict=True):
        number = paper.start + 1
        if not paper.title:
            hint = "write its title as in '### [Title][32]'"
            problems.append(error(path, number, "a paper without a title or its link", hint))
            continue
        facts = _facts(paper, part, count, part.day if own_days else None)
        problems += _warnings(path, number, part, facts, listed)
        entries.append(Entry(facts, len(entries) + 1, number))
    return tuple(entries), problems


def _facts(paper: Heading, part: Section, count: int | None, written: str | None) -> Facts:
    abstract = unescaped(text.paragraphs(part.abstract.text)) if part.abstract else ""
    facts = Facts(title=unescaped(paper.title or ""), abstract=abstract or None, votes=count)
    if identity.arxiv_id(paper.address):
        facts = with_addresses(facts, [paper.address.partition("#")[0]])
    facts = with_addresses(facts, (link for link in part.links if identity.is_address(link)))
    facts = with_mentioned(facts, identity.addresses(abstract))
    return completed(replace(facts, published=_published(written, facts.arxiv)))


def _published(written: str | None, arxiv: str | None) -> str | None:
    """Return the paper's own day, in the month that its id tells or the one before.

    An id is given a few days after the paper came, and an old paper may be featured at any time.
    """
    if written is None or arxiv is None:
        return day(written) if written else None
    month = month_of_arxiv(arxiv)
    year = int(month[:4])
    days = [found for y in (year, year - 1) if (found := day(written, y))]
    before = f"{year - 1}-12" if month.endswith("01") else f"{year}-{int(month[5:]) - 1:02}"
    return next((found for found in days if found[:7] in (month, before)), None)


def _warnings(path: str, number: int, part: Section, facts: Facts, listed: bool) -> list[Problem]:
    shown = text.shorten(facts.title, 60)
    problems = []
    if listed and not facts.arxiv:
        hint = "look at its number in the list of links below the page"
        problems.append(warning(path, number, f"its link tells no id: '{shown}'", hint))
    if part.abstract and part.abstract.torn:
        hint = "look whether it is whole, and close it as in '…][33]'"
        problems.append(warning(path, number, f"the abstract never closes: '{shown}'", hint))
    return problems


def _left_out(
    path: str,
    lines: Sequence[str],
    links: NumberedLinks,
    papers: Sequence[Heading],
    sections: Sequence[Section],
) -> list[Problem]:
    """Return a problem for each place with text that is neither the page's frame nor a paper's.

    Much text is an error: it may be papers in another form.
    """
    if not papers:
        return []
    head = section(lines, links, 0, papers[0].start, "")
    above = [head.abstract, *head.left] if head.abstract else head.left
    problems = []
    for left in (above, *(part.left for part in sections)):
        if left:
            kind = error if sum(block.words for block in left) >= _FOREIGN_WORDS else warning
            message = f"text that belongs to no paper: '{text.shorten(left[0].text, 60)}'"
            hint = "put it into a file of its own, or remove it"
            problems.append(kind(path, left[0].line, message, hint))
    return problems


def _day_of_page(head: Iterable[str]) -> str | None:
    """Return the last day above the papers; those that are links lead to other days."""
    facts = (fact for line in head for fact in facts_of(line) or ())
    days = [fact.value for fact in facts if fact.kind == "day" and fact.number is None]
    return days[-1] if days else None


def _shared(days: Iterable[str | None]) -> str | None:
    """Return the day that all papers tell which tell one, None where they differ."""
    told = [one for one in days if one]
    if len({_in_year(one) for one in told}) != 1:
        return None
    return next((one for one in told if names_year(one)), told[0])


def _in_year(written: str | None) -> str:
    """Return a day as MM-DD, so that one with its year equals one without."""
    return (day(written or "", _LEAP_YEAR) or "")[5:]


def _curator(head: Iterable[str]) -> str | None:
    plain = (REFERENCE.sub(r"\1", line) for line in head)
    found = (CURATOR.fullmatch(line) for line in plain)
    return next((one[1] for one in found if one), None)


READER = Reader(FORMAT, "a page saved from huggingface.co/papers with numbered links", sniff, read)
