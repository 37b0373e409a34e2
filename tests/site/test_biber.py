"""Biber, which LaTeX uses for bibliographies, takes every .bib file of a site as it is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator import pipeline
from generator.exports import bundles
from generator.models import Catalog, Facts, Paper
from tests.citable import everything

ROOT = Path(__file__).parents[2]
# What no source told can stand nowhere; the type wants it all the same.
_UNTOLD = re.compile(r"Entry '(?P<key>[^']+)' .*: Missing mandatory field.*'(?P<fields>.+)'")


def said(content: str, folder: Path) -> tuple[list[str], int]:
    """Return what biber complains of, its own check of fields included, and how many it wrote."""
    (folder / "x.bib").write_text(content, encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--nolog", "x.bib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    told = [one for one in done.stdout.splitlines() if one.startswith(("WARN", "ERROR"))]
    written = (folder / "x_bibertool.bib").read_text(encoding="utf-8")
    return told + done.stderr.splitlines(), len(re.findall(r"^@", written, re.MULTILINE))


def unexpected(told: list[str], untold: set[tuple[str, str]]) -> list[str]:
    """Return the complaints but for those of fields that are not known of a paper, by its key."""
    rest = []
    for one in told:
        found = _UNTOLD.search(one)
        if found is None or (found["key"], found["fields"]) not in untold:
            rest.append(one)
    return rest


def untold(papers: list[Paper] | tuple[Paper, ...]) -> set[tuple[str, str]]:
    """Return key and fields of what is not known: days, and the editors of books."""
    keys = bundles.Shelf(Catalog(tuple(papers), ())).citations
    found = {(keys[one.slug].key, "date, year") for one in papers if not one.facts.published}
    found |= {(keys[one.slug].key, "author") for one in papers if not one.facts.authors}
    return found | {(one.key, "editor") for one in keys.values() if one.kind == "incollection"}


@pytest.mark.parametrize("suffix", ["bib", "abstracts.bib"])
def test_the_bundled_collection_is_taken(suffix: str, tmp_path: Path) -> None:
    """All papers, without an error and without a warning but for dates that nobody told."""
    collection = pipeline.collect(ROOT)
    catalog = pipeline.understand(collection, pipeline.read(collection)).catalog
    content = bundles.Shelf(catalog).file(suffix, catalog.papers)
    told, written = said(content, tmp_path)
    assert written == len(catalog.papers)
    assert unexpected(told, untold(catalog.papers)) == []


@pytest.mark.parametrize("suffix", ["bib", "abstracts.bib"])
def test_hostile_and_odd_papers_are_taken(suffix: str, tmp_path: Path) -> None:
    """Whatever stands in their fields, whatever they lack, and of whatever kind they are."""
    papers = everything()
    content = bundles.Shelf(Catalog(tuple(papers), ())).file(suffix, papers)
    told, written = said(content, tmp_path)
    assert written == len(papers)
    assert unexpected(told, untold(papers)) == []


def test_biber_sees_planted_faults(tmp_path: Path) -> None:
    """A field out of place, a name with too many commas and a day that is none are found."""
    entries = "@article{a, title = {T}, year = {2020-01}, howpublished = {X}}\n"
    told, _ = said(f"{entries}@misc{{b, title = {{T}}, author = {{A, B, C, D}}}}", tmp_path)
    found = " ".join(unexpected(told, untold([Paper("a", Facts("T"), ())])))
    for fault in ("howpublished", "2020-01", "journaltitle", "too many commas"):
        assert fault in found
