"""Hugging Face's daily papers: a digest a day, whole days only, and no lie believed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from fetching import (
    Answer,
    Reply,
    Server,
    always,
    as_json,
    client,
    hf_answers,
    hf_paper,
    served,
)

from generator.fetch import Failure, Haul, hf
from generator.models import Digest, Entry, Facts

# 2026-02-05 is a Thursday.
THURSDAY, FRIDAY, SATURDAY, SUNDAY = "2026-02-05", "2026-02-06", "2026-02-07", "2026-02-08"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Return a function that fetches days from a server that answers so."""

    def asked(answer: Answer, days: list[str], digests: tuple[Digest, ...] = ()) -> Haul:
        with served(answer) as server:
            monkeypatch.setattr(hf, "API", f"{server.base}/api/daily_papers")
            seen.append(server)
            return hf.fetch(client(), days, digests)

    seen: list[Server] = []
    asked.seen = seen  # type: ignore[attr-defined]
    return asked


def digest(day: str, *numbers: int, source: str = hf.NAME) -> Digest:
    """Return a digest of the collection with papers of these numbers."""
    facts = [Facts(f"Paper {n}", arxiv=f"2602.{n:05}") for n in numbers]
    entries = tuple(Entry(one, n, n) for n, one in enumerate(facts, 1))
    return Digest("digests/x.md", "x", "X", day, entries, source=source)


def numbers(haul: Haul) -> dict[str, list[int]]:
    """Return the numbers of the papers in each find, by its day."""
    return {
        find.date: [int((one.facts.arxiv or "0.0")[5:]) for one in find.entries]
        for find in haul.finds
    }


def test_each_day_becomes_a_find(ask) -> None:
    """Oldest first, with the day that was asked for, whatever order the answers have."""
    haul = ask(hf_answers({THURSDAY: [1, 2], FRIDAY: [3]}), [THURSDAY, FRIDAY])
    assert numbers(haul) == {THURSDAY: [1, 2], FRIDAY: [3]}
    assert [find.title for find in haul.finds] == [
        "Daily papers, 5 February 2026",
        "Daily papers, 6 February 2026",
    ]
    assert (haul.newest, haul.known) == (FRIDAY, 0)


def test_every_fact_of_the_answer_is_kept(ask) -> None:
    """Title, people, abstract, id, votes, keywords, code, project, and the paper's own day."""
    (find,) = ask(hf_answers({THURSDAY: [7]}), [THURSDAY]).finds
    facts = find.entries[0].facts
    assert facts.title == "Sorting Pebbles by Ear, Part 7"
    assert facts.authors == ("Ada Example", "Bo Sample")
    assert facts.abstract is not None
    assert facts.abstract.startswith("We listen to pebbles as they fall. Part 7")
    assert (facts.arxiv, facts.votes, facts.published) == ("2602.00007", 7, "2026-02-01")
    assert facts.keywords == ("pebble acoustics", "beaches")
    assert facts.links.code == ("https://github.com/example/pebbles-7",)
    assert facts.links.project == ("https://pebbles.example/7",)
    assert facts.links.hf == "https://huggingface.co/papers/2602.00007"
    assert find.query.endswith(f"/api/daily_papers?date={THURSDAY}&limit=100")


def test_a_paper_without_optional_facts_is_a_paper(ask) -> None:
    """Most keys are missing now and then."""
    bare = {"paper": {"id": "2602.00001", "title": "Only a Title"}}
    (find,) = ask(always(as_json([bare]), as_json([])), [THURSDAY]).finds
    assert find.entries[0].facts.title == "Only a Title"


def test_pages_are_read_to_the_end(ask) -> None:
    """More papers than a page holds, and pages that hold fewer than they may."""
    haul = ask(hf_answers({THURSDAY: list(range(1, 251))}), [THURSDAY])
    assert len(haul.finds[0].entries) == 250
    short = [as_json([hf_paper(n, THURSDAY)]) for n in (1, 2)]
    assert numbers(ask(always(*short, as_json([])), [THURSDAY])) == {THURSDAY: [1, 2]}


def test_a_source_that_counts_no_pages_is_understood(ask) -> None:
    """The same few papers again are the end; a full page again is no end but a fault."""
    assert numbers(ask(always(as_json([hf_paper(1, THURSDAY)])), [THURSDAY])) == {THURSDAY: [1]}
    full = as_json([hf_paper(n, THURSDAY) for n in range(1, 101)])
    with pytest.raises(Failure, match="repeats itself"):
        ask(always(full), [THURSDAY])


def test_pages_without_end_end(ask) -> None:
    """A server that never runs out of papers is not believed."""

    def endless(path: str, number: int) -> Reply:
        return as_json([hf_paper(number + 1, THURSDAY)])

    with pytest.raises(Failure, match="has no end"):
        ask(endless, [THURSDAY])


def test_known_papers_are_left_out(ask) -> None:
    """What an earlier digest of theirs has is not new, also one that was added by hand."""
    by_hand = replace(digest(THURSDAY, 1), source=f"{hf.NAME}, a saved page")
    haul = ask(hf_answers({THURSDAY: [1, 2]}), [THURSDAY], (by_hand,))
    assert numbers(haul) == {THURSDAY: [2]}
    assert haul.known == 1
    assert ask(hf_answers({THURSDAY: [1]}), [THURSDAY], (by_hand,)).finds == ()


def test_digests_of_others_do_not_count(ask) -> None:
    """A paper from arXiv that is featured here is news."""
    other = digest(THURSDAY, 1, source="arXiv")
    assert numbers(ask(hf_answers({THURSDAY: [1]}), [THURSDAY], (other,))) == {THURSDAY: [1]}


def test_an_empty_weekend_is_a_note(ask) -> None:
    """Nothing is featured on most weekends."""
    haul = ask(hf_answers({FRIDAY: [1]}), [FRIDAY, SATURDAY, SUNDAY])
    assert numbers(haul) == {FRIDAY: [1]}
    assert [str(p) for p in haul.problems] == [
        f"hf: note: no papers on {day} (a weekend)\n  hint: nothing to do"
        for day in (SATURDAY, SUNDAY)
    ]


def test_an_empty_working_day_fails_unless_a_later_day_has_papers(ask) -> None:
    """A holiday is over when work goes on; until then it cannot be told from a fault."""
    with pytest.raises(Failure, match=f"no papers on {FRIDAY}, a working day"):
        ask(hf_answers({THURSDAY: [1]}), [THURSDAY, FRIDAY])
    haul = ask(hf_answers({FRIDAY: [1]}), [THURSDAY, FRIDAY])
    assert [p.message for p in haul.problems] == [
        f"no papers on {THURSDAY} (later days have papers)"
    ]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b'{"error": "The service is tired"}'), "The service is tired"),
        (Reply(b'[{"error": "No papers for you"}]'), "No papers for you"),
        (Reply(b"<!DOCTYPE html><html><body>Sorry</body></html>"), "a web page"),
        (Reply(b"Rate exceeded."), "unknown form"),
        (Reply(b"null"), "unknown form"),
        (Reply(b'{"papers": 7}'), "unknown form"),
        (Reply(as_json([hf_paper(1, THURSDAY)]).body[:200]), "only in part"),
        (Reply(as_json([hf_paper(1, THURSDAY), hf_paper(2, THURSDAY)]).body[:-30]), "broken JSON"),
        (Reply(b'[{"paper": {"id": "2602.00001", "title": ""}}]'), "without a title"),
        (Reply(b"\xff\xfe\x00\xd8"), "no text"),
        (Reply(b"[" * 100_000), "nothing"),
        (Reply(b"\x00\x01\x02[]"), "no text"),
    ],
)
def test_what_is_no_whole_answer_fails(ask, reply: Reply, said: str) -> None:
    """Errors in good clothes, pages, half answers: all are told, and nothing is found."""
    with pytest.raises(Failure) as failure:
        ask(always(reply), [THURSDAY])
    assert said in failure.value.message or said == "nothing"


def test_the_papers_of_another_day_are_not_believed(ask) -> None:
    """A server that ignores the day sends today's; some days of difference are theirs to make."""
    with pytest.raises(Failure, match="asked for 2026-02-05, they sent the papers of 2026-03-10"):
        ask(always(as_json([hf_paper(1, "2026-03-10")])), [THURSDAY])
    near = always(as_json([hf_paper(1, SUNDAY)]), as_json([]))
    assert numbers(ask(near, ["2026-02-09"])) == {"2026-02-09": [1]}


def test_the_content_type_is_not_asked(ask) -> None:
    """Some say text/html and send JSON."""
    said = Reply(as_json([hf_paper(1, THURSDAY)]).body, headers={"Content-Type": "text/html"})
    assert numbers(ask(always(said, as_json([])), [THURSDAY])) == {THURSDAY: [1]}


def test_since_last_asks_for_the_days_that_are_over() -> None:
    """From the day after the last digest to yesterday; on the same day twice for none."""
    known = (digest("2026-02-01", 1), digest(THURSDAY, 2), digest("2026-02-07", 3, source="arXiv"))
    assert hf.since_last(known, SUNDAY) == ([FRIDAY, SATURDAY], [])
    assert hf.since_last(known, FRIDAY) == ([], [])
    assert hf.since_last(known, THURSDAY) == ([], [])


def test_a_first_fetch_takes_a_week() -> None:
    """And says that it does."""
    wanted, notes = hf.since_last((), SUNDAY)
    assert (wanted[0], wanted[-1], len(wanted)) == ("2026-02-01", SATURDAY, 7)
    assert "the last 7 days" in notes[0].message


def test_a_long_gap_is_not_filled_unasked() -> None:
    """A year of requests is the curator's to decide."""
    assert len(hf.since_last((digest("2026-01-07", 1),), SUNDAY)[0]) == 31
    wanted, (warned,) = hf.since_last((digest("2026-01-06", 1),), SUNDAY)
    assert (wanted[0], wanted[-1], len(wanted)) == ("2026-02-01", SATURDAY, 7)
    assert str(warned).startswith("hf: warning: their last digest is of 2026-01-06: only the last")
    assert "offprint fetch hf --month 2026-01" in warned.hint


def test_requests_name_day_page_and_size(ask) -> None:
    """One day a request, a hundred papers a page."""
    ask(hf_answers({THURSDAY: [1]}), [THURSDAY])
    asked: list[Mapping[str, list[str]]] = [
        parse_qs(urlsplit(path).query) for path in ask.seen[0].asked
    ]
    assert asked == [
        {"date": [THURSDAY], "limit": ["100"]},
        {"date": [THURSDAY], "limit": ["100"], "p": ["1"]},
    ]


def test_days_run_from_the_first_to_the_last() -> None:
    """Both included; none where the end is earlier."""
    first = datetime.date(2026, 2, 28)
    assert hf.days(first, datetime.date(2026, 3, 1)) == ["2026-02-28", "2026-03-01"]
    assert hf.days(first, datetime.date(2026, 2, 27)) == []
