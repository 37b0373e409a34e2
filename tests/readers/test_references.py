"""The forms of reference managers: each entry is a paper, or is refused with its line."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.models import Facts, Reading, Source
from generator.problems import Severity
from generator.readers import Defaults, bibtex, csl_json, ris
from generator.readers.references import dated, person, published, unmarked, written

EXAMPLES = Path(__file__).parents[2] / "examples"
KNOWN = readers.installed()
FORMS = {
    "bibtex": EXAMPLES / "bibliography.bib",
    "ris": EXAMPLES / "references.ris",
    "csl-json": EXAMPLES / "references.json",
}


def read(content: str, form: str | None = None, path: str = "digests/x.txt") -> Reading:
    return readers.read(Source(path, content.encode("utf-8", "replace")), Defaults(), KNOWN, form)


def facts(reading: Reading) -> list[Facts]:
    return [entry.facts for digest in reading.digests for entry in digest.entries]


def accounted(reading: Reading) -> bool:
    """Return whether each refused entry has its one error, and no paper lacks a title."""
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert len(errors) == reading.rejected or not reading.rejected
    assert all(paper.title for paper in facts(reading))
    return True


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_known_whatever_its_name(form: str) -> None:
    """By its content, behind a mark of byte order, with either line end."""
    content = FORMS[form].read_text("utf-8")
    for path in ("digests/x.txt", "digests/x", "digests/x.md", "digests/x.json"):
        for text in (content, content.replace("\n", "\r\n"), "\ufeff" + content):
            reading = read(text, path=path)
            assert (reading.format, facts(reading)) == (form, facts(read(content)))


@pytest.mark.parametrize("form", FORMS)
def test_a_file_of_another_form_is_not_taken(form: str) -> None:
    """No example of another reader is known as of this form."""
    for path in sorted(EXAMPLES.iterdir()):
        sure = KNOWN[form].sniff(f"digests/{path.name}", path.read_text("utf-8"))
        assert (sure > 0) == (path == FORMS[form])


@pytest.mark.parametrize("form", FORMS)
def test_a_cut_or_damaged_file_is_papers_and_errors(form: str) -> None:
    """Cut at two hundred places, and with a sign changed at two hundred others."""
    content = FORMS[form].read_text("utf-8")
    chance = random.Random(7)
    for place in chance.sample(range(len(content)), 200):
        assert accounted(read(content[:place] or "x", form))
        sign = chance.choice('{}",=@\\#\n -[]:\x01é')
        assert accounted(read(content[:place] + sign + content[place + 1 :], form))


BIBTEX = (
    *("@a{", "@string{", "@comment{", "k,", "title", " = ", "{", "}", '"', ",", "#", "\n", "\\"),
    *("%", "author", "crossref", "month", " and ", "x", "@", "(", ")"),
)
RIS = (
    *("TY  - JOUR\n", "ER  - \n", "TI  - x\n", "AU  - a, b, c, d\n", "\n", "x", "KW  - \n"),
    *("DA  - 99/9\n", "DO  - 10.\n", " - ", "N1  - <p>\n"),
)
KEYS = st.sampled_from(["type", "title", "author", "family", "issued", "date-parts", "note"])
VALUES = st.none() | st.booleans() | st.integers() | st.sampled_from(["", "article", "20", "<p>"])
ITEMS = st.recursive(VALUES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner))


@given(st.lists(st.sampled_from(BIBTEX)).map("".join))
def test_no_pieces_stop_the_bibtex_reader(content: str) -> None:
    """Pieces of the form in any order, also for what would be silently lost."""
    assert accounted(read(content or "x", "bibtex"))


@given(st.lists(st.sampled_from(RIS)).map("".join))
def test_no_pieces_stop_the_ris_reader(content: str) -> None:
    """Pieces of the form in any order."""
    assert accounted(read(content or "x", "ris"))


@given(ITEMS)
def test_no_json_stops_the_csl_reader(value: object) -> None:
    """Values of any kind in any place."""
    assert accounted(read(json.dumps(value), "csl-json"))


@pytest.mark.parametrize("piece", ["{", "}", '"', "@a{", "\n@a{k,t={", "@a{k,", "\n@string{a=a#a}"])
def test_endless_braces_take_one_pass(piece: str) -> None:
    """Fifty thousand signs, bare and inside an entry: quadratic time would be minutes."""
    many = piece * (50_000 // len(piece))
    assert accounted(read("x" + many, "bibtex"))
    assert accounted(read("@article{k, title = {x" + many, "bibtex"))


def test_abbreviations_do_not_multiply_without_end() -> None:
    """Each twice the one before: the long ones are refused, and the file is read."""
    doubled = "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(60))
    reading = read(f'@string{{a0 = "ha"}}\n{doubled}@misc{{k, title = {{x}}, journal = a60}}')
    (paper,) = facts(reading)
    assert len(paper.venue or "") < 1000
    assert reading.rejected == 0


def test_an_overlong_abbreviation_takes_no_paper_along() -> None:
    """It is left out with a warning, and what uses it is read."""
    reading = read("@string{a = {" + "x" * 3000 + "}}\n@misc{k, title = {x}, journal = a}")
    assert (reading.read, reading.rejected) == (1, 0)
    assert "too long" in reading.problems[0].message


def test_a_table_with_types_is_no_csl() -> None:
    """CSL has `author`, a list of people; a column of that name is not enough for certainty."""
    assert csl_json.sniff("x.json", '[{"type": "article", "title": "A", "authors": "B"}]') == 0
    assert csl_json.sniff("x.json", '[{"type": "Conference", "title": "A", "author": "B"}]') == 0
    assert csl_json.sniff("x.json", '[{"type": "article", "title": "A", "author": "B"}]') < 0.5


def test_a_broken_entry_leaves_its_neighbours_whole() -> None:
    """Also a neighbour in the same line."""
    reading = read("@misc{a, title={A}} @misc{b, title={B} c}\n@misc{d, title={D}}", "bibtex")
    assert [paper.title for paper in facts(reading)] == ["A", "D"]
    assert [problem.line for problem in reading.problems if problem.severity == "error"] == [1]


def test_a_line_that_ends_in_a_backslash_counts() -> None:
    """The lines below it keep their numbers."""
    (digest,) = read("@misc{a, title={A \\\nx}}\n@misc{b, title={B}}", "bibtex").digests
    assert [entry.line for entry in digest.entries] == [1, 3]


@pytest.mark.parametrize(
    ("written_as", "said"),
    [
        ("2022-8-1", "2022-08-01"),
        ("2022/08/17/", "2022-08-17"),
        ("2022-08/2022-09", "2022-08"),
        ("2022/2023", "2022"),
        ("2022-02-30", "2022-02"),
        ("2022-13-01", "2022"),
        ("2022-123", "2022"),
        ("2022///", "2022"),
        ("17.8.2022", None),
        ("20221", None),
        ("", None),
    ],
)
def test_dates_are_kept_as_far_as_the_calendar_goes(written_as: str, said: str | None) -> None:
    """Of a span the first day; nothing is made up."""
    assert dated(written_as) == said


def test_months_are_numbers_or_names() -> None:
    """A number beside a name is the day."""
    assert [published("2020", month) for month in ("8", "Aug", "august", "Summer", "13")] == [
        *["2020-08"] * 3,
        *["2020"] * 2,
    ]
    assert [written("2020", month) for month in ("aug~17", "17 August", "July--August", "")] == [
        *["2020-08-17"] * 2,
        "2020-07",
        "2020",
    ]
    assert written("in press", "jan") is None


def test_names_are_turned_round() -> None:
    """Two or three parts; more cannot be told apart."""
    assert person("van der Berg, Jan") == "Jan van der Berg"
    assert person("King, Martin Luther, Jr.") == "Martin Luther King Jr."
    assert person(" Example, ") == "Example"
    assert person("A, B, C, D") == "A, B, C, D"


def test_markup_goes_and_comparisons_stay() -> None:
    """Tags of JATS, MathML and HTML; entities are decoded once."""
    assert unmarked("<jats:title>Abstract</jats:title><jats:p>A <i>b</i></jats:p>").strip() == "A b"
    assert unmarked('<span class="nocase">x</span> &amp;lt; &lt;b&gt;') == "x &lt; <b>"
    assert unmarked("a<b and c>d, i<j, <unknown>") == "a<b and c>d, i<j, <unknown>"


def test_the_conference_is_read_whole(samples: Path) -> None:
    """Sixty papers with authors and abstracts, dated and placed by their proceedings' entry."""
    path = samples / "corpora/bibtex/uai2022-a-to-f.bib"
    reading = readers.read(Source("digests/uai.bib", path.read_bytes()), Defaults(), KNOWN)
    papers = facts(reading)
    assert (reading.format, reading.read, reading.rejected) == ("bibtex", 60, 0)
    assert {problem.severity for problem in reading.problems} == {Severity.NOTE}
    assert {paper.published for paper in papers} == {"2022-08-17"}
    assert {paper.venue for paper in papers} == {
        "Proceedings of the Thirty-Eighth Conference on Uncertainty in Artificial Intelligence"
    }
    assert all(paper.abstract and paper.authors and paper.links.other for paper in papers)
    names = {name for paper in papers for name in paper.authors}
    assert {
        "Bernhard Schölkopf",
        "Milan Češka",
        "David Kohan Marzagão",
        "Guy Van den Broeck",
    } <= names
    assert not any(sign in name for name in names for sign in "\\{},~")
    titles = " ".join(paper.title for paper in papers)
    assert "NeuroBE: Escalating neural network approximations of Bucket Elimination" in titles
    lines = path.read_text("utf-8").lower().split("\n")
    assert all(lines[e.line - 1].startswith("@inproceedings{") for e in reading.digests[0].entries)


def test_readers_say_what_they_read() -> None:
    """Their names are those of the reports."""
    assert [one.READER.name for one in (bibtex, csl_json, ris)] == ["bibtex", "csl-json", "ris"]
