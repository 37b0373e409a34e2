"""Weekly text files: every record of the samples, titles wrapped or not, and what was cut."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_readers import sound

from generator import readers
from generator.models import Entry, Reading, Source
from generator.problems import Severity
from generator.readers import Defaults
from generator.readers.hf_weekly import sniff

KNOWN = readers.installed()
RECORD = (
    "Title: Kettles\nPDF: https://arxiv.org/pdf/2601.98761\nSummary: They whistle in tune.\n---\n"
)
PIECES = (
    *("Title: ", "Title:", "PDF: ", "Summary: ", "Date: ", "---\n", "--", "\n", "\r", "  ", "x"),
    *(
        "https://[",
        "https://a.example/",
        "2601.98761v3",
        "\u2028",
        "\x0b",
        "\ufeff",
        "45\\% ",
        RECORD,
    ),
)


def read(text: str, name: str = "2026-02-06.txt") -> Reading:
    return readers.read(Source(f"digests/{name}", text.encode()), Defaults(), KNOWN, "hf-weekly")


@cache
def weeks(samples: Path) -> dict[str, Reading]:
    """Return what is read of each sample file."""
    files = sorted((samples / "corpora" / "hf-weekly-text").glob("*.txt"))
    sources = (Source(f"digests/{file.name}", file.read_bytes()) for file in files)
    return {source.path: readers.read(source, Defaults(), KNOWN) for source in sources}


def entries(samples: Path) -> list[Entry]:
    digests = (digest for week in weeks(samples).values() for digest in week.digests)
    return [entry for digest in digests for entry in digest.entries]


def test_every_record_of_the_samples_is_read(samples: Path) -> None:
    """81 files, 4,024 records, none refused, each file recognised and dated by its name."""
    found = weeks(samples)
    assert {week.format for week in found.values()} == {"hf-weekly"}
    assert (len(found), len(entries(samples))) == (81, 4024)
    assert sum(week.rejected for week in found.values()) == 0
    assert all(week.digests[0].date in path for path, week in found.items())


def test_wrapped_titles_of_the_samples_are_whole(samples: Path) -> None:
    """A quarter of the titles goes on in a second line or a third, and none loses a word."""
    lines = {
        p: (samples / "corpora/hf-weekly-text" / Path(p).name).read_text("utf-8").splitlines()
        for p in weeks(samples)
    }
    wrapped = 0
    for path, week in weeks(samples).items():
        for entry in week.digests[0].entries:
            first, *rest = lines[path][entry.line - 1 :]
            more = rest[: next(n for n, line in enumerate(rest) if line.startswith("PDF:"))]
            wrapped += bool(more)
            written = " ".join(" ".join([first.removeprefix("Title:"), *more]).split())
            assert entry.facts.title == written.replace("\\&", "&")
    assert wrapped == 1018


def test_every_paper_of_the_samples_has_its_id(samples: Path) -> None:
    """Of arXiv, with its month, its PDF and an abstract."""
    for entry in entries(samples):
        facts = entry.facts
        assert facts.arxiv
        assert facts.published == f"20{facts.arxiv[:2]}-{facts.arxiv[2:4]}"
        assert facts.links.pdf == f"https://arxiv.org/pdf/{facts.arxiv}"
        assert len(facts.abstract or "") > 100


def test_few_records_of_the_samples_are_doubtful(samples: Path) -> None:
    """Two abstracts end with a comma behind their link; nothing else is in doubt."""
    problems = [problem for week in weeks(samples).values() for problem in week.problems]
    assert [(problem.severity, problem.line) for problem in problems] == [
        (Severity.WARNING, 74),
        (Severity.WARNING, 35),
    ]


def test_colons_and_quotes_in_a_title_stay(samples: Path) -> None:
    """Also where a word with a colon begins the second line."""
    titles = {entry.facts.title for entry in entries(samples)}
    assert "HARE: HumAn pRiors, a key to small language model Efficiency" in titles
    assert (
        "$\\nabla^2$DFT: A Universal Quantum Chemistry Dataset of Drug-Like Molecules and "
        "a Benchmark for Neural Network Potentials" in titles
    )
    (digest,) = read(RECORD.replace("Kettles", 'The "Whistle":\n  PDF: A Format')).digests
    assert digest.entries[0].facts.title == 'The "Whistle": PDF: A Format'


@pytest.mark.parametrize(
    ("pdf", "arxiv", "version", "address"),
    [
        ("https://arxiv.org/pdf/2601.98761v2", "2601.98761", "v2", "https://arxiv.org/pdf/2601.98761"),
        ("2601.98761", "2601.98761", None, "https://arxiv.org/pdf/2601.98761"),
        ("https://a.example/paper?id=7", None, None, "https://a.example/paper?id=7"),
        ("https://arxiv.org/pdf/2601.9", None, None, "https://arxiv.org/pdf/2601.9"),
        ("", None, None, None),
    ],
)  # fmt: skip
def test_the_pdf_tells_the_id(
    pdf: str, arxiv: str | None, version: str | None, address: str | None
) -> None:
    """Where it is one of arXiv; any other address is the PDF's and nothing else."""
    (digest,) = read(RECORD.replace("https://arxiv.org/pdf/2601.98761", pdf)).digests
    facts = digest.entries[0].facts
    assert (facts.arxiv, facts.version, facts.links.pdf) == (arxiv, version, address)
    assert facts.links.other == ()


def test_a_record_that_was_cut_is_no_paper() -> None:
    """Without a summary and an end it is an error; with a summary it is read, with a warning."""
    whole = RECORD * 3
    for end in range(1, len(whole)):
        reading = read(whole[:end])
        assert sound(reading)
        papers = [entry for digest in reading.digests for entry in digest.entries]
        assert {entry.facts.title for entry in papers} <= {"Kettles"}
        assert {entry.facts.arxiv for entry in papers} <= {"2601.98761"}
        halves = {e.line for e in papers if e.facts.abstract != "They whistle in tune."}
        assert halves <= {problem.line for problem in reading.problems}


def test_other_texts_with_such_keys_are_not_taken() -> None:
    """Front matter and the head of a page of a blog have a title and a summary, too."""
    assert sniff("x.txt", RECORD) == 0.9
    assert sniff("x.md", f"---\n{RECORD}The body.\n") < 0.5
    assert sniff("x.md", "Title: Kettles\nDate: 2026-02-06\nSummary: They whistle.\n\nText.\n") == 0
    assert sniff("x.txt", "A paper. Title: x PDF: y Summary: z") == 0


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_weekly_file_stops_its_reader(text: str) -> None:
    """Pieces of the form in any order."""
    assert sound(read(text))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_ends_of_lines_make_no_difference(end: str) -> None:
    """Of Unix, Windows and old Macs."""
    reading = readers.read(
        Source("digests/x.txt", (RECORD * 2).replace("\n", end).encode()), Defaults(), KNOWN
    )
    assert (reading.format, reading.read) == ("hf-weekly", 2)
    assert [entry.line for entry in reading.digests[0].entries] == [1, 5]


def test_a_summary_may_have_lines_with_a_word_and_a_colon() -> None:
    """Only above the summary such a line is a key that nobody knows."""
    text = RECORD.replace("tune.", "tune.\nResults: loud.\n\nPlans: none.")
    (digest,) = read(text).digests
    assert digest.entries[0].facts.abstract == (
        "They whistle in tune. Results: loud.\n\nPlans: none."
    )
    problems = read(RECORD.replace("PDF", "Date: 2026\nPDF")).problems
    assert problems[0].message == "unknown key 'Date' left out"
