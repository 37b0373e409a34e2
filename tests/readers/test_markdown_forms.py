"""Lists, tables and folders of Markdown: each is known by its content and read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import catalog, readers
from generator.lock import Lock, parse
from generator.models import Entry, Reading, Source
from generator.readers import Defaults, curated, markdown_list, markdown_paper, markdown_table

KNOWN = readers.installed()
ITEM = "- [A Kettle](https://example.org/a) - it boils\n"
ROW = "| Title | Links |\n|---|---|\n| A Kettle | [Paper](https://example.org/a) |\n"
PAPER = "---\ntitle: A Kettle\nabstract: It boils.\n---\n"


def read(path: str, text: str, year: int | None = None) -> Reading:
    return readers.read(Source(path, text.encode()), Defaults(year), KNOWN)


def empty_lock() -> Lock:
    return parse("")[0]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (ITEM, "markdown-list"),
        ("---\ntitle: x\n---\n" + ITEM, "markdown-list"),
        ("# Kettles\n## Small\n" + ITEM * 2 + "## Large\n" + ITEM, "markdown-list"),
        ("## 2025-03-14\n### [A Kettle](https://example.org/a)\nIt boils.\n", "markdown-list"),
        (ROW, "markdown-table"),
        ("---\ntitle: x\n---\n## Week\n" + ROW, "markdown-table"),
        (PAPER, "markdown-paper"),
        (PAPER + "## Abstract\nIt boils.\n", "markdown-paper"),
        (PAPER + "- [Code](https://example.org/b)\n" * 2 + ITEM, "markdown-paper"),
        (PAPER + ITEM * 2, "markdown-list"),
        ("---\ntitle: x\nauthor: A B\n---\n" + ITEM * 2, "markdown-list"),
        ("---\ntitle: x\nauthor: A B\n---\n" + ROW, "markdown-table"),
        ("## [A Kettle](https://example.org/a)\nIt boils.\n", "curated"),
        ("## A Kettle\n- code: https://example.org\n\n" + ITEM, "curated"),
        ("---\ntitle: x\nauthors: y\n---\n## A Kettle\n", "curated"),
        ("## A Kettle\nIt boils.\n- it whistles\n", "curated"),
    ],
)
def test_forms_are_told_apart(text: str, form: str) -> None:
    """Offprint's own form keeps what has headings that are papers, and lists of facts."""
    assert read("digests/x.md", text).format == form


def test_other_text_is_none_of_them() -> None:
    """Neither pages, nor tables of numbers, nor front matter that describes no paper."""
    texts = ["words", "| a | b |\n|--|--|\n| 1 | 2 |\n", "---\ntitle: x\n---\nwords", "[1, 2]", ""]
    for module in (markdown_list, markdown_table, markdown_paper):
        assert [module.sniff("x.md", text) for text in texts] == [0.0] * len(texts)
        assert module.sniff("x.txt", (curated.__doc__ or "")) == 0.0


def test_a_stroke_in_a_cell_is_no_end_of_it() -> None:
    """Where it is escaped, also in code."""
    found = read("digests/x.md", ROW.replace("A Kettle", r"A of `c\|d`, $x\|y$"))
    assert [entry.facts.title for entry in entries(found)] == ["A of c|d, $x|y$"]


def test_every_dated_heading_is_a_digest() -> None:
    """The name of the file gives them the year that they do not tell, else the settings do."""
    text = f"# Kettles\n## March 7\n{ITEM}## March 14, 2024\n{ITEM}## About\n{ITEM}"
    for path, year in (("digests/2025-03-14-x.md", 2000), ("digests/x.md", 2025)):
        found = read(path, text, year)
        assert [digest.date for digest in found.digests] == [None, "2025-03-07", "2024-03-14"]
    assert read("digests/x.md", text).digests[1].date is None


def test_a_heading_of_a_year_counts_for_those_below() -> None:
    """It is nearer than the settings."""
    found = read("digests/x.md", f"# 2023\n## Dec 28 - Jan 3\n{ITEM}# 2022\n## May 1\n{ITEM}", 2000)
    assert [digest.date for digest in found.digests] == ["2024-01-03", "2022-05-01"]


def test_a_single_digest_is_dated_like_any_other() -> None:
    """By its heading with the year, by its name, then by its heading without one."""
    text = f"# Kettles of March 14\n{ITEM}"
    assert read("digests/2025-01-01-x.md", text).digests[0].date == "2025-01-01"
    assert read("digests/x.md", text, 2024).digests[0].date == "2024-03-14"
    (problem,) = read("digests/x.md", text).problems
    assert problem.message == "undated: 'Kettles of March 14' has no year"


def test_a_folder_of_papers_is_one_digest() -> None:
    """It has the folder's name and day, the files in their order, and each paper its file."""
    paths = ["digests/2025-03-14-kettles/b.md", "digests/2025-03-14-kettles/a.md"]
    found = [read(path, PAPER.replace("A Kettle", path[-4])) for path in paths]
    papers, _ = catalog.build([one.digests[0] for one in found], empty_lock())
    (digest,) = papers.digests
    assert (digest.path, digest.slug) == ("digests/2025-03-14-kettles", "2025-03-14-kettles")
    assert (digest.title, digest.date) == ("kettles", "2025-03-14")
    assert [entry.file for entry in digest.entries] == sorted(paths)
    assert [entry.facts.title for entry in digest.entries] == ["a", "b"]
    assert not [p for one in found for p in one.problems if p.severity == "note"]


def test_a_paper_of_no_folder_is_a_digest_of_its_own() -> None:
    """Dated by its file's name; the paper's own day is not the day it was featured."""
    text = PAPER.replace("abstract", "date: 2007-03-11\nabstract")
    (digest,) = read("digests/2025-03-14-a.md", text).digests
    assert (digest.path, digest.date) == ("digests/2025-03-14-a.md", "2025-03-14")
    assert digest.entries[0].facts.published == "2007-03-11"
    assert digest.entries[0].file is None
    assert read("digests/a.md", text).digests[0].date is None


def test_the_weekly_lists_are_read_whole(samples: Path) -> None:
    """130 weeks of 10 papers, each week dated, 2 titles without an end."""
    path = samples / "corpora/markdown/ml-papers-of-the-week.md"
    found = read("digests/weeks.md", path.read_text(encoding="utf-8"))
    assert (found.format, found.read, found.rejected) == ("markdown-table", 1300, 0)
    assert {len(digest.entries) for digest in found.digests} == {10}
    assert [problem.line for problem in found.problems] == [215, 216]
    days = [digest.date for digest in found.digests]
    assert (len(days), days[0], days[-1]) == (130, "2025-06-29", "2023-01-08")
    assert days == sorted(days, key=str, reverse=True)
    assert "2025-01-05" in days
    assert sum(bool(e.facts.arxiv) for e in entries(found)) > 1100


def test_the_weekly_lists_keep_titles_and_links(samples: Path) -> None:
    """Line for line: no address of a row is lost, and no title has a sign of Markdown."""
    path = samples / "corpora/markdown/ml-papers-of-the-week.md"
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for entry in entries(read("digests/weeks.md", text)):
        links = entry.facts.links
        kept = {links.pdf, links.arxiv, *links.code, *links.project, *links.other}
        row = lines[entry.line - 1]
        addresses = (part.split(")")[0] for part in row.split("](")[1:])
        lost = {one for one in addresses if "arxiv.org" not in one} - kept
        assert not lost
        assert not set(entry.facts.title) & set("*[]|<>")
        assert entry.facts.title in row.replace("\\", "").replace("**", "")
    titles = {entry.line: entry.facts.title for entry in entries(read("digests/weeks.md", text))}
    assert titles[439] == "LIMO: Less Is More for Reasoning"
    assert titles[2140].startswith("Iterated Decomposition: Improving Science Q&A by")


def test_a_folder_of_proceedings_is_read_whole(samples: Path) -> None:
    """Five papers with authors, abstract and day, and nothing to complain of."""
    files = sorted((samples / "corpora/markdown-folder").glob("*.md"))
    found = [read(f"digests/jmlr/{one.name}", one.read_text(encoding="utf-8")) for one in files]
    assert [(one.format, one.read, one.problems) for one in found] == [
        ("markdown-paper", 1, ())
    ] * 5
    facts = [entry.facts for one in found for entry in entries(one)]
    assert facts[0].authors[3] == "John Shawe-Taylor"
    assert {one.published for one in facts} == {"2007-03-11"}
    assert {one.kind for one in facts} == {"inproceedings"}
    assert all(one.links.pdf and one.abstract and "<" not in one.abstract for one in facts)
    papers, _ = catalog.build([digest for one in found for digest in one.digests], empty_lock())
    assert [(d.path, d.slug, len(d.entries)) for d in papers.digests] == [
        ("digests/jmlr", "jmlr", 5)
    ]


def entries(found: Reading) -> list[Entry]:
    return [entry for digest in found.digests for entry in digest.entries]
