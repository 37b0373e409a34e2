"""fetched.yml: how the sources are, written and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator import health
from generator.health import Health

WELL = Health("hf", "2026-02-05", "2026-02-05", "2026-02-04", None, 'W/"7"', "Thu, 05 Feb 2026")
ILL = Health("arxiv cat:cs.CL", "2026-02-05", failed="arXiv answered 503: no (4 tries)")


def test_what_is_written_is_read_back() -> None:
    """Sorted by source, each fact with its name."""
    content = health.render([WELL, ILL])
    assert health.parse(content) == ((ILL, WELL), [])
    assert content.splitlines()[1:5] == [
        "arxiv cat:cs.CL:",
        "  tried: '2026-02-05'",
        "  succeeded: null",
        "  newest: null",
    ]


@pytest.mark.parametrize("said", ["no", "null", "2026-02-05", ": #", "'", '"', "é\u2028x", "- a"])
def test_any_text_is_read_back(said: str) -> None:
    """YAML makes nothing else of it."""
    written = [replace(WELL, failed=said, source=f"https://x.example/?{said}")]
    (read,), problems = health.parse(health.render(written))
    assert problems == []
    assert read.failed == " ".join(said.split())


def test_a_fact_is_a_line() -> None:
    """However long: a change of one fact is a change of one line."""
    assert health.render([replace(WELL, failed="no answer " * 40)]).count("\n") == 8


def test_nothing_fetched_is_nothing_wrong() -> None:
    """Without a file, with an empty one, with one of no sources."""
    for content in ("", "\n", "# nothing\n", "null\n", health.render(())):
        assert health.parse(content) == ((), [])


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("- hf\n", 1, "no list of sources"),
        ("hf\n", 1, "no list of sources"),
        ("hf: yes\n", 1, "no source with its facts"),
        ("[a]: {}\n", 1, "no source with its facts"),
        ("hf:\n  succeeded: 2026-02-05\n", 1, "lacks the day on which it was tried"),
        ("hf:\n  tried: yesterday\n", 2, "'tried' is no day"),
        ("hf:\n  tried: 2026-02-05\n  etag: [1]\n", 3, "'etag' is no plain text"),
        ("hf:\n  tried: 2026-02-05\n  tired: x\n", 3, "unknown key 'tired'"),
        ("hf: {tried: 2026-02-05}\nhf: {tried: 2026-02-06}\n", 2, "'hf' stands twice"),
        ("<<<<<<< HEAD\nhf:\n  tried: 2026-02-05\n", 2, "cannot be read"),
        ("hf: [\n", 2, "cannot be read"),
    ],
)
def test_what_is_wrong_is_a_warning_with_its_line(content: str, line: int, said: str) -> None:
    """The file is a report: it keeps no paper out."""
    _, problems = health.parse(content)
    assert said in problems[0].message
    assert (problems[0].path, problems[0].line) == ("fetched.yml", line)
    assert {str(problem.severity) for problem in problems} == {"warning"}


def test_what_can_be_used_is_used() -> None:
    """Beside a source that is wrong."""
    known, problems = health.parse("hf: {tried: 2026-02-05}\narxiv: 7\n")
    assert known == (Health("hf", "2026-02-05"),)
    assert len(problems) == 1
