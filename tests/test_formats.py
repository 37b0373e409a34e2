"""formats.yml remembers how to read what cannot be guessed, and explains its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import toy

from generator import formats, pipeline
from generator.formats import Choice, Known
from generator.models import Source
from generator.problems import Problem, Severity
from generator.text import clean

ALLOWED = Known(("curated", "table"), ("abstract", "title"))
CSV = "digests/2026-01-05-list.csv"


def parse(content: str) -> tuple[dict[str, Choice], list[Problem]]:
    return formats.parse(Source(formats.NAME, content.encode()), ALLOWED)


def test_a_choice_is_read() -> None:
    """A form, columns, or both; words that YAML takes for values stay text."""
    choices, problems = parse(
        "# by hand\ndigests/a.csv: {format: table, map: {title: no, abstract: '2024'}}\n"
        "digests/b.txt:\n  format: curated\n"
    )
    assert problems == []
    assert choices == {
        "digests/a.csv": Choice("table", {"title": "no", "abstract": "2024"}),
        "digests/b.txt": Choice("curated"),
    }


@pytest.mark.parametrize("content", ["", "\n# nothing\n", "{}"])
def test_an_empty_file_chooses_nothing(content: str) -> None:
    """And is no mistake; nor is a missing one."""
    assert parse(content) == ({}, [])
    assert formats.parse(None, ALLOWED) == ({}, [])


@pytest.mark.parametrize(
    ("content", "line", "message", "hint"),
    [
        ("- a\n", 1, "'key: value' is missing here", "write 'digests/FILE"),
        ("\na: table\n", 2, "'key: value' is missing here", "write 'digests/FILE"),
        ("a: {format: tabel}\n", 1, "unknown format 'tabel'", "did you mean 'table'?"),
        ("a: {format: [table]}\n", 1, "unknown format '…'", "known: curated, table"),
        ("a: {source: here}\n", 1, "'source' is no web address", "write 'source: https://…'"),
        ("a: {source: []}\n", 1, "'source' is no web address", "write 'source: https://…'"),
        ("a:\n  formt: table\n", 2, "unknown key 'formt'", "did you mean 'format'?"),
        ("a:\n  map: {titel: x}\n", 2, "unknown field 'titel'", "did you mean 'title'?"),
        ("a:\n  map:\n    title:\n", 3, "'title' names no column", "write 'title: COLUMN'"),
        ("a:\n  map: {title: [x]}\n", 2, "'title' names no column", "write 'title: COLUMN'"),
        ("a: {format: table}\nb: {}\na: {}\n", 3, "'a' stands twice", "keep one of them"),
        ("? [a]\n: {}\n", 1, "a key must be plain text", "write 'digests/FILE"),
        ("a: b: c\n", 1, "formats.yml cannot be read: mapping values", "mend the YAML there"),
        ("a: {\n", 2, "formats.yml cannot be read: ", "mend the YAML there"),
        ("[" * 5000, None, "formats.yml cannot be read: ", "write 'digests/FILE"),
        ("a: \x00", 1, "'key: value' is missing here", "write 'digests/FILE"),
    ],
)
def test_a_mistake_names_its_line_and_cure(
    content: str, line: int | None, message: str, hint: str
) -> None:
    """Each is an error, so that no digest is read in a way that nobody chose."""
    (problem,) = parse(content)[1]
    assert (problem.path, problem.line, problem.severity) == (formats.NAME, line, Severity.ERROR)
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)


def test_bytes_that_are_no_text_name_their_line() -> None:
    """As everywhere."""
    _, (problem,) = formats.parse(Source(formats.NAME, b"a: {}\n\xff"), ALLOWED)
    assert (problem.line, problem.message) == (2, "formats.yml cannot be read: not UTF-8")


@given(st.text(max_size=60))
def test_no_text_stops_the_reading(content: str) -> None:
    """Any file is choices or problems."""
    _, problems = parse(content)
    assert all(problem.hint for problem in problems)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).map(clean)


@given(st.dictionaries(NAMES, st.dictionaries(st.sampled_from(["title", "abstract"]), NAMES)))
def test_what_is_written_is_read(columns: dict[str, dict[str, str]]) -> None:
    """Whatever files and columns are called; sorted, so that two machines write the same."""
    choices = {name: Choice("table", found) for name, found in columns.items()}
    written = formats.render(choices)
    assert parse(written) == (choices, [])
    assert formats.render(dict(reversed(choices.items()))) == written


def collection(root: Path, content: str, table: str = "Name\nA Kettle\n") -> pipeline.Collection:
    (root / CSV).write_text(table, encoding="utf-8")
    (root / formats.NAME).write_text(content, encoding="utf-8")
    return pipeline.collect(root)


def test_a_build_reads_as_the_file_says(tmp_path: Path) -> None:
    """Form and columns count for the file that is named, and for no other."""
    root = toy(tmp_path)
    found = collection(root, f"{CSV}: {{format: table, map: {{title: Name}}}}\n")
    read = {reading.path: reading for reading in pipeline.read(found)}
    assert read[CSV].digests[0].entries[0].facts.title == "A Kettle"
    assert {one.format for path, one in read.items() if path != CSV} == {"curated"}
    form = collection(root, f"{CSV}: {{format: curated}}\n", "## A Kettle\n")
    (kettle,) = [one for one in pipeline.read(form) if one.path == CSV]
    assert (kettle.format, kettle.read) == ("curated", 1)


def test_a_file_is_met_however_its_letters_are_written() -> None:
    """Some disks part a letter from its accent."""
    choices, _ = parse("digests/Käfer.csv: {format: table}\n")
    assert formats.choice_of(choices, "digests/Ka\u0308fer.csv") == Choice("table")
    assert formats.missing(choices, ["digests/Ka\u0308fer.csv"]) == []
    assert formats.with_choice(choices, "digests/Ka\u0308fer.csv", Choice()) == {
        "digests/Käfer.csv": Choice()
    }


def test_a_choice_without_its_file_is_a_note(tmp_path: Path) -> None:
    """The file may come back; until then the line does nothing."""
    found = collection(toy(tmp_path), "digests/gone.csv: {format: table}\n")
    (problem,) = [one for one in found.problems if one.path == formats.NAME]
    assert problem.severity is Severity.NOTE
    assert problem.message == "there is no 'digests/gone.csv'"


def test_a_mistake_keeps_the_old_site(tmp_path: Path) -> None:
    """Nothing is read, as with topics.yml."""
    with pytest.raises(pipeline.Unusable) as reason:
        collection(toy(tmp_path), "a: {format: nosuch}\n")
    assert [problem.path for problem in reason.value.problems] == [formats.NAME]
