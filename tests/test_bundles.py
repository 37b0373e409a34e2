"""The files that readers take along hold the papers of their list, each form all of them."""

from __future__ import annotations

import csv
import io
import json

import bibtexparser
import pytest
import rispy

from generator.exports import bundles
from generator.models import Assignment, Catalog, Digest, Entry, Facts, Mention, Paper, Topic

FACTS = [
    Facts("First; with, signs", authors=("Ada Bee", "Cy Dee"), abstract="One.", doi="10.1/a"),
    Facts("Second “quoted” title", arxiv="2503.00002", note="Mine.\n\nTwice."),
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
    made = bundles.files(catalog, bundles.selections(catalog))
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
    """All papers, those of the topic, those of the digest; `papers.jsonl` is the exports' own."""
    expected = {"data/papers": 3, "data/topics/sound": 2, "data/digests/week": 2}
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
