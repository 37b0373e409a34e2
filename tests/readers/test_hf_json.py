"""Daily papers as JSON: what Hugging Face's interface answers, and what scrapers make of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator import readers
from generator.models import Reading, Source
from generator.problems import Severity
from generator.readers import Defaults

KNOWN = readers.installed()
DAY = "2026-01-05T00:30:00.000Z"


def read(content: str, name: str = "x.json", form: str | None = "hf-json") -> Reading:
    return readers.read(Source(f"digests/{name}", content.encode()), Defaults(), KNOWN, form)


def answer(*papers: dict[str, Any]) -> str:
    """Return what the interface answers, where each paper has a title."""
    return json.dumps(
        [{"paper": {"title": f"Paper {n}", **one}} for n, one in enumerate(papers, 1)]
    )


def sample(samples: Path, name: str) -> Reading:
    path = samples / "corpora/hf-json" / name
    return read(path.read_text("utf-8"), name, None)


def test_the_innermost_word_on_a_paper_counts() -> None:
    """The answer repeats some of it outside, where it may mean another thing."""
    row = {"paper": {"id": "2601.00001", "title": "Inner", "publishedAt": "2026-01-02T09:00:00Z"}}
    outer = {"title": "Outer", "publishedAt": "2026-01-04T09:00:00Z", "summary": "It is told."}
    facts = read(json.dumps([{**row, **outer}])).digests[0].entries[0].facts
    assert (facts.title, facts.published, facts.abstract) == ("Inner", "2026-01-02", "It is told.")


def test_a_machine_s_summary_is_no_abstract() -> None:
    """Nor is it a note; and friends of the code are no votes for the paper."""
    text = answer({"ai_summary": "A machine says so.", "githubStars": 5, "stars": 6})
    facts = read(text).digests[0].entries[0].facts
    assert (facts.abstract, facts.note, facts.votes) == (None, None, None)


def test_the_clock_of_a_scraper_is_not_the_paper_s_day() -> None:
    """Where both are the same moment; the id tells the month."""
    row = {
        "title": "A",
        "id": "2512.00001",
        "publishedAt": DAY,
        "url": "https://huggingface.co/papers/2512.00001",
    }
    kept = read(json.dumps([row])).digests[0].entries[0].facts.published
    left = read(json.dumps([{**row, "fetchedAt": DAY}])).digests[0].entries[0].facts.published
    assert (kept, left) == ("2026-01-05", "2025-12")


def test_each_day_is_a_digest() -> None:
    """Newest first; papers keep their order and count from 1 on each day."""
    days = ("2026-01-05", "2026-01-04", "2026-01-05", None)
    text = answer(*({"submittedOnDailyAt": f"{day}T01:00:00Z"} if day else {} for day in days))
    digests = read(text).digests
    assert [digest.date for digest in digests] == ["2026-01-05", "2026-01-04", None]
    assert [[e.facts.title for e in d.entries] for d in digests] == [
        ["Paper 1", "Paper 3"],
        ["Paper 2"],
        ["Paper 4"],
    ]
    assert [digest.slug for digest in digests] == [
        "2026-01-05-daily-papers",
        "2026-01-04-daily-papers",
        "daily-papers",
    ]
    assert [entry.position for entry in digests[0].entries] == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "date", "note"),
    [
        ("2026-02-02.json", answer({"submittedOnDailyAt": DAY}, {}), "2026-01-05", None),
        (
            "2026-02-02.json",
            '{"date": "2026-01-05", "papers": [{"title": "A"}]}',
            "2026-01-05",
            None,
        ),
        ("2026-02-02.json", answer({"scraped_at": DAY}), "2026-02-02", None),
        (
            "x.json",
            answer({"scraped_at": DAY}),
            "2026-01-05",
            "dated 2026-01-05, the day on which the page was read",
        ),
        ("x.json", answer({}), None, "undated: neither the file nor its name tells a day"),
    ],
)
def test_a_digest_is_dated_by_the_surest_word(
    name: str, content: str, date: str | None, note: str | None
) -> None:
    """The day of the papers, of the file, of its name, and last of the scrape, which is told."""
    reading = read(content, name)
    assert reading.digests[0].date == date
    notes = [p.message for p in reading.problems if p.severity is Severity.NOTE]
    assert notes == ([note] if note else [])


@pytest.mark.parametrize(
    ("content", "sure"),
    [
        (answer({}), 0.9),
        ('[{"title": "A", "url": "https://huggingface.co/papers/2601.00001"}]', 0.8),
        ('{"papers": [{"title": "A", "upvotes": 3}]}', 0.8),
        ('{"title": "A", "submittedOnDailyAt": "2026-01-05"}\n{"title": "B"}', 0.8),
        ("[]", 0.2),
        ('{"error": "no such day"}', 0.2),
        ('[{"title": "A", "url": "https://arxiv.org/abs/2601.00001"}]', 0),
        ('[{"Paper": "A", "Link": "https://huggingface.co/papers/2601.00001"}]', 0),
        ("a [list]", 0),
    ],
)
def test_the_form_is_known_by_its_members(content: str, sure: float) -> None:
    """Whatever the file is called."""
    assert KNOWN["hf-json"].sniff("x", content) == sure


def test_a_clean_scrape_is_read_whole(samples: Path) -> None:
    """Ten papers with votes and authors, without the comma that parts the names."""
    reading = sample(samples, "hf_json_PaperBlog_2026-05-07.json")
    (digest,) = reading.digests
    assert (reading.format, reading.read, reading.rejected) == ("hf-json", 10, 0)
    assert (digest.date, reading.problems) == ("2026-05-07", ())
    facts = [entry.facts for entry in digest.entries]
    assert [one.votes for one in facts] == [98, 86, 69, 63, 23, 18, 16, 13, 7, 5]
    assert facts[3].arxiv == "2604.28196"
    assert facts[3].published == "2026-04"
    assert facts[0].authors[0] == "Bin Wu"
    assert not [name for one in facts for name in one.authors if name.endswith(",")]
    assert all(len(one.abstract or "") > 1000 for one in facts)


def test_a_dirty_scrape_is_read_and_its_doubts_are_told(samples: Path) -> None:
    """26 papers; four abstracts are fragments and two are missing; the page's foot is no code."""
    reading = sample(samples, "dirty_2026-08-22.json")
    (digest,) = reading.digests
    assert (reading.format, reading.read, reading.rejected) == ("hf-json", 26, 0)
    assert digest.date == "2026-08-22"
    doubts = [problem.message.split(":")[0] for problem in reading.problems]
    assert sorted(doubts) == ["no abstract"] * 2 + ["the abstract is only a fragment"] * 4
    facts = [entry.facts for entry in digest.entries]
    assert facts[0].arxiv == "2608.19880"
    assert facts[0].links.code == ("https://github.com/google-research/envharness",)
    assert facts[0].links.other == ("https://envharness.com/",)
    assert not [one for one in facts if "https://github.com/huggingface" in one.links.code]
    assert {one.votes for one in facts} == {None}
    assert sum(bool(one.authors) for one in facts) == 4
