"""The files that readers take along hold the papers of their list, each form all of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import bibtexparser
import pytest
import rispy

from generator import readers
from generator.authors import gather
from generator.exports import bundles
from generator.models import (
    Assignment,
    Catalog,
    Digest,
    Entry,
    Facts,
    Mention,
    Paper,
    Source,
    Topic,
)
from generator.readers.facts import unescaped
from tests.citable import everything, real

FACTS = [
    Facts("First; with, signs", authors=("Ada Bee", "Cy Dee"), abstract="One.", doi="10.1/a"),
    Facts("Second “quoted” $x^2$", ("Ada Bee",), arxiv="2503.00002", note="Mine.\n\nTwice."),
    Facts("Third\tof all"),
]


def collection() -> Catalog:
    """Return three papers: two of a digest, two of a topic."""
    week = Digest("digests/w.md", "week", "Week", "2025-03-01", (Entry(FACTS[0], 1, 3),))
    papers = tuple(
        Paper(
            f"p{number}",
            facts,
            (Mention("week", "2025-03-01", number + 1, "digests/w.md", 3),) if number < 2 else (),
            topics=(Assignment("sound", 1.0, ("x",), "rule"),) if number else (),
        )
        for number, facts in enumerate(FACTS)
    )
    return Catalog(papers, (week,), (Topic("sound", "Sound"),))


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """Return each file by its path."""
    catalog = collection()
    authors = gather(catalog.papers).known
    made = bundles.files(catalog, bundles.selections(catalog, authors))
    return {file.path: file.content.decode() for file in made}


def count(path: str, content: str) -> int:
    """Return how many papers a program for the form finds."""
    if path.endswith(".bib"):
        return len(bibtexparser.parse_string(content).entries)
    if path.endswith(".ris"):
        return len(rispy.loads(content))
    if path.endswith(".json"):
        found = json.loads(content)
        return len(found)
    if path.endswith(".csv"):
        return len(list(csv.DictReader(io.StringIO(content, newline=""))))
    return len([json.loads(line) for line in content.splitlines()])


@pytest.mark.parametrize("suffix", bundles.SUFFIXES)
def test_each_list_holds_its_papers_in_every_form(files: dict[str, str], suffix: str) -> None:
    """All papers, those of topic, digest and author; `papers.jsonl` is the exports' own."""
    expected = {"data/papers": 3, "data/topics/sound": 2, "data/digests/week": 2}
    expected["data/authors/ada-bee"] = 2
    if suffix == "jsonl":
        assert f"data/papers.{suffix}" not in files
        del expected["data/papers"]
    for path, number in expected.items():
        name = f"{path}.{suffix}"
        assert count(name, files[name]) == number, name


@pytest.mark.parametrize("suffix", ["bib", "ris", "json"])
def test_each_paper_has_its_citation(files: dict[str, str], suffix: str) -> None:
    """One record in one file, the same bytes as in the list of all."""
    for slug in ("p0", "p1", "p2"):
        assert count(f"x.{suffix}", files[f"papers/{slug}/cite.{suffix}"]) == 1
    whole = "csl.json" if suffix == "json" else suffix
    assert files[f"papers/p1/cite.{suffix}"].strip("[]\n") in files[f"data/papers.{whole}"]


def test_abstracts_stand_only_in_the_file_named_after_them(files: dict[str, str]) -> None:
    """A bibliography for a paper one writes has no use for them."""
    assert "abstract" not in files["data/papers.bib"]
    assert "abstract = {One.}" in files["data/papers.abstracts.bib"]


@pytest.mark.parametrize(("number", "suffixes"), [(1000, 6), (1001, 3)])
def test_very_many_authors_have_citations_only(number: int, suffixes: int) -> None:
    """The lists of all authors together grow as six times the collection."""
    (one,) = gather(collection().papers).known
    lists = list(bundles.selections(Catalog((), ()), [one] * number))
    assert len(lists[-1].forms) == suffixes
    assert {"bib", "ris", "csl.json"} <= set(lists[-1].forms)


def test_a_table_keeps_its_cells(files: dict[str, str]) -> None:
    """Commas, quotes, tabs and line ends come back from a program that reads tables."""
    rows = list(csv.DictReader(io.StringIO(files["data/papers.csv"], newline="")))
    assert [row["title"] for row in rows] == [facts.title for facts in FACTS]
    assert rows[0]["authors"] == "Ada Bee; Cy Dee"
    assert rows[1]["note"] == "Mine.\n\nTwice."
    assert rows[1]["topics"] == "sound"
    assert rows[2]["doi"] == ""


def test_an_empty_list_is_a_whole_file() -> None:
    """A topic without papers has files that every program reads as empty."""
    catalog = Catalog((), (), (Topic("none", "None"),))
    for file in bundles.files(catalog, bundles.selections(catalog)):
        assert count(file.path, file.content.decode()) == 0, file.path


def returned(form: str, papers: Sequence[Paper]) -> list[Facts]:
    """Return what Offprint's own reader makes of such a file."""
    content = bundles.Shelf(Catalog(tuple(papers), ())).file(form, papers).encode()
    source = Source(f"x.{form.rpartition('.')[2]}", content)
    found = readers.read(source, readers.Defaults(), readers.installed())
    assert found.rejected == 0
    return [entry.facts for digest in found.digests for entry in digest.entries]


def test_json_lines_come_back_as_they_were() -> None:
    """Every field of every hostile and odd paper, but for signs at the end of a name."""
    papers = everything()
    for one, back in zip(papers, returned("jsonl", papers), strict=True):
        mine = one.facts
        assert (mine.title, mine.abstract, mine.venue) == (back.title, back.abstract, back.venue)
        assert (mine.kind, mine.published) == (back.kind, back.published)
        assert mine.keywords == back.keywords
        assert [name.strip(" ,;") for name in mine.authors] == list(back.authors)


def test_a_table_comes_back() -> None:
    """With abstracts it tells as much, where no name holds the sign that parts names."""
    papers = everything()
    for one, back in zip(papers, returned("abstracts.csv", papers), strict=True):
        mine = one.facts
        assert (mine.title, mine.abstract, mine.venue) == (back.title, back.abstract, back.venue)
        assert mine.published == back.published
        if ";" not in "".join(mine.authors):
            assert [name.strip(" ,") for name in mine.authors] == list(back.authors)


def test_real_papers_come_back(samples: Path) -> None:
    """All papers of digests that nobody of this project wrote survive both forms."""
    for form in ("jsonl", "abstracts.csv"):
        papers = real(samples)
        back = returned(form, papers)
        for one, other in zip(papers, back, strict=True):
            mine = one.facts
            assert (mine.title, mine.arxiv) == (other.title, other.arxiv)
            # The reader of tables takes LaTeX's sign off a percentage, within formulas too.
            assert unescaped(mine.abstract or "") == (other.abstract or "")
            assert (mine.venue, mine.published) == (other.venue, other.published)
            assert mine.doi in {other.doi, None}
