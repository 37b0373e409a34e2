"""`offprint export` prints what the site publishes, and says what it cannot find."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import bibtexparser
import pytest
from toy import FOG, OFFPRINT, offprint, replace, toy

from generator import pipeline
from generator.cli import exporting
from generator.exports import bundles

FORMS = {"bibtex": "bib", "ris": "ris", "csl": "csl.json", "jsonl": "jsonl", "csv": "csv"}
DIGEST = "2025-03-14-spring-digest"
LISTS = {
    "data/papers": [],
    "data/topics/vision": ["--topic", "vision"],
    f"data/digests/{DIGEST}": ["--digest", DIGEST],
    "data/authors/ada-example": ["--author", "ada-example"],
}
AGAIN = """
## [Object Detection in Thin Fog](https://arxiv.org/abs/2503.00099)

- authors: Ada Example
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a toy collection in which one author has two papers."""
    found = toy(tmp_path_factory.mktemp("exports"))
    with (found / FOG).open("a", encoding="utf-8") as file:
        file.write(AGAIN)
    return found


@pytest.fixture(scope="module")
def published(root: Path) -> dict[str, bytes]:
    """Return the files that the site gets, by their path."""
    return {file.path: file.content for file in pipeline.assemble(pipeline.collect(root)).files}


def exported(root: Path, *options: str) -> bytes:
    """Return what the command prints, line ends as they are."""
    result = offprint("export", *options, root=root)
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize("form", FORMS)
def test_it_prints_the_bytes_of_the_site(
    root: Path, published: dict[str, bytes], where: str, form: str
) -> None:
    """Each list in each form, the whole collection's JSON lines too."""
    said = exported(root, "--format", form, *LISTS[where])
    assert said == published[f"{where}.{FORMS[form]}"]
    assert said


@pytest.mark.parametrize("where", LISTS)
def test_abstracts_are_those_of_the_site(
    root: Path, published: dict[str, bytes], where: str
) -> None:
    """`--abstracts` makes of papers.bib papers.abstracts.bib."""
    said = exported(root, "--format", "bibtex", "--abstracts", *LISTS[where])
    assert said == published[f"{where}.abstracts.bib"]


def test_every_form_can_hold_abstracts(tmp_path: Path) -> None:
    """RIS, CSL-JSON and tables too, though the site has no such files."""
    found = toy(tmp_path)
    replace(found / FOG, "- authors: Ada", "- abstract: It is quite foggy.\n- authors: Ada")
    for form in FORMS:
        assert b"quite foggy" in exported(found, "--format", form, "--abstracts"), form
        assert (b"quite foggy" in exported(found, "--format", form)) == (form == "jsonl")


def test_several_lists_leave_what_they_share(root: Path) -> None:
    """Papers in all of them, in the digest's order."""
    options = ["--digest", DIGEST, "--topic", "vision", "--author", "ada-example"]
    rows = [json.loads(row) for row in exported(root, "--format", "jsonl", *options).splitlines()]
    assert [row["title"] for row in rows] == [
        "Object Detection in Heavy Fog",
        "Object Detection in Thin Fog",
    ]
    whole = [
        json.loads(row)
        for row in exported(root, "--format", "jsonl", *options[:2]).split(b"\n")
        if row
    ]
    assert len(whole) == 5


def test_a_file_takes_the_place_of_the_older_one(root: Path, tmp_path: Path) -> None:
    """`-o` writes what would be printed, in one step, and says how much it was."""
    target = tmp_path / "refs.bib"
    target.write_text("old")
    result = offprint("export", "--format", "bibtex", "-o", target, root=root)
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes() == exported(root, "--format", "bibtex")
    assert f"7 papers written to {target}" in result.stderr


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        (("--topic", "visoin"), "did you mean 'vision'?"),
        (("--topic", "Vision"), "did you mean 'vision'?"),
        (("--digest", "2025-03-14"), f"did you mean '{DIGEST}'?"),
        (("--digest", "Spring digest"), f"did you mean '{DIGEST}'?"),
        (("--author", "Ada Example"), "did you mean 'ada-example'?"),
        (("--author", "Nemo"), "the slug is in its page's address"),
        (("--topic", ""), "the slug is in its page's address"),
    ],
)
def test_an_unknown_slug_is_wrong_use(root: Path, option: tuple[str, str], hint: str) -> None:
    """It prints nothing and names the nearest."""
    result = offprint("export", "--format", "bibtex", *option, root=root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"there is no {option[0][2:]} '{option[1]}'" in result.stderr
    assert f"hint: {hint}" in result.stderr


def test_a_missing_form_is_wrong_use(root: Path) -> None:
    """The message names all forms."""
    result = offprint("export", root=root)
    assert result.exit_code == 2
    assert all(form in result.stderr for form in exporting._SUFFIXES)


def test_papers_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """What is left is printed; the exit code tells that something is missing."""
    found = toy(tmp_path)
    (found / "digests/broken.bib").write_text("@misc{a, author = {Ada Bee}}\n@misc{b, title={B}}")
    result = offprint("export", "--format", "bibtex", root=found)
    assert result.exit_code == 1
    assert "digests/broken.bib:1: error" in result.stderr
    assert len(bibtexparser.parse_string(result.stdout).entries) == 7


def test_letters_need_no_locale(root: Path) -> None:
    """Printed on a machine that knows only ASCII, the bytes are the same."""
    done = subprocess.run(
        [OFFPRINT, "export", "--format", "bibtex", "-C", root],
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "Müller, Zoë" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("form", [*FORMS, "abstracts"])
def test_adding_an_export_adds_no_paper(root: Path, tmp_path: Path, form: str) -> None:
    """A collection that gets its own papers back knows each of them."""
    found = Path(shutil.copytree(root, tmp_path / "again"))
    before = pipeline.assemble(pipeline.collect(found)).catalog
    suffix = FORMS.get(form, "bib").removeprefix("csl.")
    options = ["--format", form] if form in FORMS else ["--format", "bibtex", "--abstracts"]
    (tmp_path / f"2025-04-01-mine.{suffix}").write_bytes(exported(found, *options))
    added = offprint("add", tmp_path / f"2025-04-01-mine.{suffix}", root=found)
    assert added.exit_code == 0, added.output
    after = pipeline.assemble(pipeline.collect(found)).catalog
    assert {one.slug for one in after.papers} == {one.slug for one in before.papers}
    assert len(after.in_digest["2025-04-01-mine"]) == len(before.papers)
    for one in before.papers:
        assert after.by_slug[one.slug].facts == one.facts


def test_every_suffix_of_the_site_can_be_exported() -> None:
    """No form of the site is missing from the command."""
    assert set(bundles.SUFFIXES) == {*FORMS.values(), "abstracts.bib"}
    assert exporting._SUFFIXES == FORMS
