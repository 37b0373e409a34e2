"""Tables are read by the names of their columns, or by what the curator says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import readers
from generator.models import Facts, Links, Reading, Source
from generator.problems import Severity
from generator.readers import Defaults, cells, fields

KNOWN = readers.installed()


def read(content: str, name: str = "x.csv", columns: Mapping[str, str] | None = None) -> Reading:
    source = Source(f"digests/{name}", content.encode())
    return readers.read(source, Defaults(columns=columns or {}), KNOWN, "table")


def facts(content: str, name: str = "x.csv", columns: Mapping[str, str] | None = None) -> Facts:
    (digest,) = read(content, name, columns).digests
    return digest.entries[0].facts


def of_row(**row: object) -> Facts:
    """Return the paper of one line of JSON."""
    return facts(json.dumps({"title": "A", **row}), "x.jsonl")


def told(reading: Reading, severity: Severity) -> list[str]:
    return [problem.message for problem in reading.problems if problem.severity is severity]


def test_names_of_columns_are_met_without_case_and_signs() -> None:
    """`Paper_Title` and `paperTitle` are one."""
    for name in ("Title", "TITLE", "paper_title", "Paper-Title", "paperTitle", "Document Title"):
        assert facts(f"{name},x\nKettles,1\n").title == "Kettles"


def test_each_field_can_be_mapped_or_is_found() -> None:
    """A name of a column stands for one field only."""
    known = [name for names in fields.FIELDS.values() for name in names]
    assert len(known) == len(set(known))
    assert all(fields.plain(name) == name for name in known)
    assert set(fields.MAPPABLE) == set(fields.FIELDS) - {"id", "summary", "description"}


@pytest.mark.parametrize(
    ("row", "abstract", "note"),
    [
        ({"abstract": "a", "summary": "s", "description": "d"}, "a", "d"),
        ({"abstract": "a", "description": "d", "note": "n"}, "a", "n"),
        ({"abstract": "", "summary": "s"}, "s", None),
        ({"summary": "s", "description": "d"}, "s", "d"),
        ({"description": "d"}, "d", None),
        ({"description": "d", "note": "n"}, "d", "n"),
        ({"abstract": "", "description": "d"}, None, "d"),
        ({"tldr": "t", "ai_summary": "m"}, None, None),
        (
            {"abstract": "45\\% of R\\&D\nin $O(n\\%)$\n\nMore"},
            "45% of R&D in $O(n\\%)$\n\nMore",
            None,
        ),
    ],
)
def test_abstract_and_note_are_told_apart(
    row: dict[str, object], abstract: str | None, note: str | None
) -> None:
    """A description beside an abstract is the curator's; a machine's summary is neither."""
    found = of_row(**row)
    assert (found.abstract, found.note) == (abstract, note)


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Ada One, Bo Two and Cy Three", ("Ada One", "Bo Two", "Cy Three")),
        ("One, Ada; Two, Bo", ("One, Ada", "Two, Bo")),
        ("['Ada One', \"Bo O'Two\"]", ("Ada One", "Bo O'Two")),
        ('["Ada \\"One\\"", "Bo Two"]', ('Ada "One"', "Bo Two")),
        ("[Ada One, Bo Two]", ("Ada One", "Bo Two")),
        ("['never closed", ("['never closed",)),
        (["Ada One,", " Bo\nTwo;", ""], ("Ada One", "Bo Two")),
        (["One, Ada"], ("One, Ada",)),
        (
            [{"name": "Ada One"}, {"family": "Two", "given": "Bo"}, {"hidden": True}],
            ("Ada One", "Bo Two"),
        ),
        ({"name": "Ada One"}, ("Ada One",)),
        ([], ()),
        (True, ()),
    ],
)
def test_people_are_read_from_texts_and_lists(written: object, people: tuple[str, ...]) -> None:
    """Also from lists that another program wrote as text; no comma stays at a name's end."""
    assert of_row(authors=written).authors == people


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("a, b; c", ("a, b", "c")),
        ("a, b, a", ("a", "b")),
        ("['a b', 'c']", ("a b", "c")),
        ("cs.CL stat.ML q-bio", ("cs.CL", "stat.ML", "q-bio")),
        ("deep learning", ("deep learning",)),
        ([{"term": "a"}, "b", None, {}], ("a", "b")),
        ("nan", ()),
    ],
)
def test_labels_are_parted(written: object, found: tuple[str, ...]) -> None:
    """By semicolons, else by commas; arXiv's categories also by blanks."""
    assert of_row(categories=written).categories == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2025-03-14", "2025-03-14"),
        ("2025-03-14T10:00:00.000Z", "2025-03-14"),
        ("2025/3/4", "2025-03-04"),
        ("2025-03", "2025-03"),
        ("2025", "2025"),
        ("2025.0", "2025"),
        ("Mar 14, 2025", "2025-03-14"),
        ("14 March 2025", "2025-03-14"),
        ("Fri, 14 Mar 2025 00:00:00 +0000", "2025-03-14"),
        ("2025-02-30", None),
        ("2025-13", None),
        ("14/03/2025", None),
        ("1741910400", None),
        ("Mar 14", None),
        (["2025"], "2025"),
    ],
)
def test_a_day_is_read_in_many_ways_and_never_guessed(written: object, found: str | None) -> None:
    """What could be two days is none."""
    assert cells.moment(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("7.0", 7),
        ("-", None),
        ("2.5k", None),
        ("9" * 5000, None),
        ("٣", None),
    ],
)
def test_votes_are_whole_numbers(written: str, found: int | None) -> None:
    """Thousands may be parted; what is no number is left out."""
    assert of_row(votes=written).votes == found


def test_the_surest_date_counts() -> None:
    """One that is not understood gives way to a less exact one, and is told."""
    reading = read("title,year,date\nA,2025,soon\n")
    assert reading.digests[0].entries[0].facts.published == "2025"
    assert told(reading, Severity.WARNING) == ["date: 'soon' is no day; left out"]


def test_links_find_their_places() -> None:
    """By the column's name, or by where they lead; ids are known without an address."""
    found = of_row(
        id="2401.00001v3",
        doi="https://doi.org/10.1000/X",
        url="https://kettles.example/a. See also https://github.com/kettles/b",
        pdf_url="https://arxiv.org/pdf/2401.00001v3",
        code=["https://kettles.example/code"],
        project_page="https://kettles.example/",
        huggingface="https://huggingface.co/papers/2401.00001",
    )
    assert (found.arxiv, found.version, found.doi) == ("2401.00001", "v3", "10.1000/x")
    assert found.published == "2024-01"
    assert found.links == Links(
        arxiv="https://arxiv.org/abs/2401.00001",
        pdf="https://arxiv.org/pdf/2401.00001",
        doi="https://doi.org/10.1000/x",
        hf="https://huggingface.co/papers/2401.00001",
        code=("https://github.com/kettles/b", "https://kettles.example/code"),
        project=("https://kettles.example/",),
        other=("https://kettles.example/a",),
    )


def test_an_id_of_another_kind_is_no_problem() -> None:
    """Every program numbers its rows; only arXiv's ids and DOIs are known."""
    reading = read("id,title\n17,A\n10.1000/x,B\n")
    assert [e.facts.doi for e in reading.digests[0].entries] == [None, "10.1000/x"]
    assert told(reading, Severity.WARNING) == []


def test_a_paper_may_be_called_none() -> None:
    """Elsewhere the word is what programs write for nothing."""
    found = facts("title,venue\nNone,None\n")
    assert (found.title, found.venue) == ("None", None)


def test_the_curator_says_what_a_column_holds() -> None:
    """His word stands alone; only links are gathered from all columns."""
    text = "Paper Name,Title,Who,Topic,Mine,url\nKettles,x,Ada One,steam; water,https://a.example/,https://b.example/\n"
    columns = {"title": "Paper  Name", "authors": "Who", "topics": "Topic", "links": "Mine"}
    reading = read(text, columns=columns)
    entry = reading.digests[0].entries[0]
    assert (entry.facts.title, entry.facts.authors) == ("Kettles", ("Ada One",))
    assert entry.topics == ("steam", "water")
    assert entry.facts.links.other == ("https://a.example/", "https://b.example/")
    assert told(reading, Severity.NOTE)[1:] == ["columns left out: Title"]


def test_topics_of_another_are_not_taken() -> None:
    """Only a column that the curator names pins papers to topics."""
    reading = read("title,topics\nA,steam\n")
    assert reading.digests[0].entries[0].topics == ()


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl"])
def test_a_mapped_column_that_is_not_there_is_an_error(name: str) -> None:
    """Nothing is read; the nearest column is named."""
    text = {
        "x.csv": "Title,Abstrct\nA,b\n",
        "x.jsonl": '{"Title": "A"}\n{"Title": "B", "Abstrct": "b"}',
    }
    reading = read(text[name], name, {"abstract": "Abstract"})
    (problem,) = reading.problems
    assert (reading.read, reading.rejected) == (0, 0)
    assert problem.message == "no column 'Abstract', which should hold: abstract"
    assert problem.hint == "did you mean 'Abstrct'?"


def test_a_table_without_titles_is_one_error() -> None:
    """However many rows it has."""
    reading = read("Name,url\n" + "A,https://a.example/\n" * 50)
    (problem,) = reading.problems
    assert problem.message == "no column is known to hold titles; there are: Name, url"


def test_unknown_columns_are_named_once() -> None:
    """And not more of them than fit a line."""
    head = ",".join(f"c{n}" for n in range(20))
    reading = read(f"title,{head}\nA\nB\n")
    (_, left_out) = told(reading, Severity.NOTE)
    assert left_out.endswith("c10, c11 and 8 more")


def test_values_that_cannot_be_right_are_told_once_a_column() -> None:
    """With the line of the first, how many there are, and no word of empty ones."""
    reading = read("title,year,doi\nA,soon,nan\nB,,-\nC,later,x\n")
    found = [(p.line, p.message) for p in reading.problems if p.severity is Severity.WARNING]
    assert found == [
        (2, "year: 2 values are no day, such as 'soon'; left out"),
        (4, "doi: 'x' is no DOI; left out"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "title", "date"),
    [
        (
            "x.json",
            '{"title": "Week 1", "date": "2025-03-14", "l": [{"title": "A"}]}',
            "Week 1",
            "2025-03-14",
        ),
        (
            "2025-01-01.json",
            '{"date": "2025-03-14", "l": [{"title": "A"}]}',
            "2025-01-01",
            "2025-03-14",
        ),
        (
            "2025-01-01.json",
            '{"date": "2025-03", "l": [{"title": "A"}]}',
            "2025-01-01",
            "2025-01-01",
        ),
        ("2025-01-01-x.csv", "title\nA\n", "2025-01-01-x", "2025-01-01"),
        ("x.csv", "title\nA\n", "x", None),
    ],
)
def test_the_digest_is_named_and_dated(
    name: str, content: str, title: str, date: str | None
) -> None:
    """By the object that holds the rows, else by the file's name."""
    (digest,) = read(content, name).digests
    assert (digest.title, digest.date) == (title, date)


@pytest.mark.parametrize(
    ("name", "content", "sure"),
    [
        ("x.csv", "Title\nA\n", 0.3),
        ("x.txt", "Title\nA\n", 0),
        ("x.txt", "Title,Abstract\nA,b\n", 0.3),
        ("x.txt", "Title, that is\nall prose has\n", 0),
        ("x.csv", "Name\nA\n", 0.1),
        ("x.json", '[{"title": "A"}]', 0.3),
        ("x.json", '[{"name": "A"}]', 0.1),
        ("x.txt", "[1, 2]", 0),
        ("x.txt", "[A list](https://a.example/) of links", 0),
        ("x.md", "| Title | Authors |\n|---|---|\n", 0),
    ],
)
def test_a_table_is_known_by_its_columns(name: str, content: str, sure: float) -> None:
    """The suffix helps where there is one column only, or none that is known."""
    assert KNOWN["table"].sniff(name, content) == sure


def test_another_form_is_not_taken(samples: Path) -> None:
    """What other readers know, they keep; the table of the collection is this one's."""
    found = {}
    for folder in ("arxiv-jsonl", "hf-json", "hf-rss", "bibtex", "markdown", "seeds", "csv"):
        place = samples / folder if folder == "seeds" else samples / "corpora" / folder
        for path in sorted(place.glob("*.*")):
            reader = readers.recognise(path.name, path.read_text("utf-8"), KNOWN)
            found[path.name] = reader.name if reader else None
    assert [name for name, form in found.items() if form == "table"] == [
        "ml-papers-of-the-week.csv"
    ]


def test_a_table_of_four_hundred_papers_is_read_whole(samples: Path) -> None:
    """420 rows, 414 abstracts, 415 notes, each on its line; nothing is doubtful."""
    path = samples / "corpora/csv/ml-papers-of-the-week.csv"
    reading = read(path.read_text("utf-8"), path.name)
    (digest,) = reading.digests
    assert (reading.read, reading.rejected) == (420, 0)
    found = [entry.facts for entry in digest.entries]
    assert sum(bool(one.abstract) for one in found) == 414
    assert sum(bool(one.note) for one in found) == 415
    assert sum(bool(one.arxiv) for one in found) == 387
    assert found[0].title == "Llemma"
    assert found[0].arxiv == "2310.10631"
    assert found[0].links.other == (
        "https://x.com/zhangir_azerbay/status/1714098025956864031?s=20",
    )
    assert [problem.message.split(":")[0] for problem in reading.problems] == ["undated"]
    lines = path.read_text("utf-8").split("\n")
    assert all(e.facts.title in lines[e.line - 1].replace('""', '"') for e in digest.entries)


def test_each_field_is_named_in_the_manual() -> None:
    """A curator finds there what a column may be given to."""
    page = Path(__file__).parents[2] / "docs/manual/first-digest.md"
    section = page.read_text("utf-8").partition("\n## Tables\n")[2].partition("\n## ")[0]
    assert [name for name in fields.MAPPABLE if f"`{name}`" not in section] == []
