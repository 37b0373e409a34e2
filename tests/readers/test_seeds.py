"""The four saved pages of the seed collection are read whole, line for line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import readers
from generator.models import Reading, Source
from generator.problems import Severity
from generator.readers import Defaults
from generator.text import line, readable

ENTRIES = {"000": 58, "001": 64, "002": 44, "003": 119}
BOILERPLATE = re.compile(
    r"new|subscribe.*|get trending.*|by ?ak\b.*|[a-z]{3,9} \d{1,2}", re.IGNORECASE
)


def page(samples: Path, number: str, year: int | None = None) -> tuple[Reading, str]:
    (file,) = (samples / "seeds").glob(f"{number}_*.txt")
    source = Source(f"digests/{file.name}", file.read_bytes())
    reading = readers.read(source, Defaults(year), readers.installed())
    return reading, file.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ENTRIES)
def test_every_paper_is_found(samples: Path, number: str) -> None:
    """58, 64, 44 and 119 entries, none refused, none doubtful."""
    reading, _ = page(samples, number)
    assert (reading.format, reading.read, reading.rejected) == ("hf-page", ENTRIES[number], 0)
    assert {problem.severity for problem in reading.problems} == {Severity.NOTE}


@pytest.mark.parametrize("number", ENTRIES)
def test_titles_and_abstracts_are_lines_of_the_page(samples: Path, number: str) -> None:
    """Word for word, on the line that the entry names, the abstract below its title."""
    reading, content = page(samples, number)
    lines = [line(raw.replace("\\%", "%")) for raw in content.splitlines()]
    for entry in reading.digests[0].entries:
        title, rest = lines[entry.line - 1], [one for one in lines[entry.line :] if one]
        assert title.removeprefix("Subscribe") == entry.facts.title
        assert entry.facts.abstract == rest[0]


@pytest.mark.parametrize("number", ENTRIES)
def test_no_line_is_lost(samples: Path, number: str) -> None:
    """What is neither title nor abstract is the page's head, and nothing else."""
    reading, content = page(samples, number)
    entries = reading.digests[0].entries
    below = [raw for raw in content.splitlines()[entries[0].line - 1 :] if raw.strip()]
    assert len(below) == 2 * len(entries)


@pytest.mark.parametrize("number", ENTRIES)
def test_no_boilerplate_is_a_title(samples: Path, number: str) -> None:
    """Neither the button, the invitation, the curator nor the day; no abstract either."""
    reading, _ = page(samples, number)
    titles = [entry.facts.title for entry in reading.digests[0].entries]
    assert [title for title in titles if BOILERPLATE.fullmatch(title)] == []
    assert max(map(len, titles)) < 200
    assert not [title for title in titles if title.endswith(".")]


@pytest.mark.parametrize("number", ENTRIES)
def test_links_are_whole_and_clean(samples: Path, number: str) -> None:
    """No full stop, no brace; and no id is made of an address in an abstract."""
    reading, _ = page(samples, number)
    for entry in reading.digests[0].entries:
        links = entry.facts.links
        for address in (*links.code, *links.project, *links.other):
            assert re.fullmatch(r"https?://[^\s{}]*[\w/)=-]", address)
        assert (entry.facts.arxiv, entry.facts.doi, entry.facts.authors) == (None, None, ())


def test_the_signs_that_the_export_spoiled_are_mended(samples: Path) -> None:
    r"""`45\%` reads 45%, and links end where the address ends."""
    (first, _), (second, _), (last, _) = (page(samples, n) for n in ("000", "001", "003"))
    abstracts = [e.facts.abstract or "" for e in first.digests[0].entries]
    assert any("a significant 45% improvement" in abstract for abstract in abstracts)
    assert not any("\\%" in abstract for abstract in abstracts)
    links = [address for e in second.digests[0].entries for address in e.facts.links.code]
    assert "https://github.com/ridgerchu/SpikeGPT" in links
    links = [address for e in last.digests[0].entries for address in e.facts.links.other]
    assert any(address.endswith("/README.md") for address in links)


def test_maths_in_a_title_stays_and_reads(samples: Path) -> None:
    """`$gen$CNN` is kept as the source has it and shown as genCNN."""
    reading, _ = page(samples, "003")
    (title,) = (e.facts.title for e in reading.digests[0].entries if "$" in e.facts.title)
    assert title.startswith("$gen$CNN: A Convolutional Architecture")
    assert readable(title).startswith("genCNN: A")


def test_the_curator_is_named(samples: Path) -> None:
    """`byAK and the research community`, where the page says so."""
    curators = {number: page(samples, number)[0].digests[0].curator for number in ENTRIES}
    ak = "AK and the research community"
    assert curators == {"000": ak, "001": ak, "002": ak, "003": None}


def test_the_pages_are_dated_by_the_year_that_is_given(samples: Path) -> None:
    """With a year three have their day; without one each says why it is undated."""
    dated = {number: page(samples, number, 2025)[0].digests[0].date for number in ENTRIES}
    assert dated == {"000": "2025-03-14", "001": "2025-03-13", "002": "2025-03-14", "003": None}
    for number in ENTRIES:
        reading, _ = page(samples, number)
        assert reading.digests[0].date is None
        (problem,) = reading.problems
        assert problem.message.startswith("undated: ")
        assert ("--year" in problem.hint) == (number != "003")
