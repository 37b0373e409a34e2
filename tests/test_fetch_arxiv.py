"""arXiv: queries and the daily feed, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fetching import (
    Answer,
    Reply,
    Server,
    Time,
    always,
    arxiv_answers,
    arxiv_entry,
    arxiv_feed,
    client,
    rss_feed,
    rss_item,
    served,
)

from generator.fetch import Failure, Haul, arxiv, rss
from generator.fetch.arxiv import Wish
from generator.fetch.client import Marks
from generator.models import Digest, Entry, Facts

TODAY = "2026-02-05"
Ask = Callable[..., Haul]
SEEN: list[Server] = []


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return a function that asks a server for a wish and answers so."""

    def asked(answer: Answer, wish: Wish, *digests: Digest, time: Time | None = None) -> Haul:
        with served(answer) as server:
            SEEN[:] = [server]
            monkeypatch.setattr(arxiv, "API", f"{server.base}/api/query")
            return arxiv.fetch(client(time, pause=arxiv.PAUSE), wish, digests, TODAY)

    return asked


@pytest.fixture
def ask_rss(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return a function that reads the daily feed of a server that answers so."""

    def asked(body: bytes | Reply, *digests: Digest, today: str = TODAY, marks: Any = None) -> Haul:
        reply = body if isinstance(body, Reply) else Reply(body)
        with served(always(reply)) as server:
            SEEN[:] = [server]
            monkeypatch.setattr(rss, "FEED", f"{server.base}/rss")
            return rss.fetch(client(), ["cs.CL"], digests, today, marks or Marks())

    return asked


def digest(day: str, *numbers: int, query: str = "cat:cs.CL") -> Digest:
    """Return a digest that was fetched with `query`, with papers of these numbers."""
    facts = [Facts(f"Paper {n}", arxiv=f"2602.{n:05}") for n in numbers]
    entries = tuple(Entry(one, n, n) for n, one in enumerate(facts, 1))
    return Digest("digests/x.md", "x", "X", day, entries, source="arXiv", query=query)


def numbers(haul: Haul) -> list[int]:
    """Return the numbers of the papers of the only find; none where there is none."""
    entries = haul.finds[0].entries if haul.finds else ()
    assert len(haul.finds) < 2
    return [int((one.facts.arxiv or "0.0")[5:]) for one in entries]


def test_new_papers_become_one_find_of_today(ask: Ask) -> None:
    """Newest first, as arXiv sends them."""
    haul = ask(arxiv_answers([(2, "2026-02-04"), (1, "2026-02-03")]), Wish("cat:cs.CL"))
    (find,) = haul.finds
    assert numbers(haul) == [2, 1]
    assert (find.date, find.query, find.source) == (TODAY, "cat:cs.CL", "arXiv")
    assert (find.title, find.stem) == ("arXiv cs.CL, 5 February 2026", "arxiv-cs-cl")
    assert (haul.newest, haul.known, haul.problems) == ("2026-02-04", 0, ())


def test_every_fact_of_the_answer_is_kept(ask: Ask) -> None:
    """Title, people, abstract, id and version, day, categories, and code from the comment."""
    (find,) = ask(arxiv_answers([(2, "2026-02-04")]), Wish("cat:cs.CL")).finds
    facts = find.entries[0].facts
    assert facts.title == "How Snails Choose a Wall, Part 2"
    assert facts.authors == ("Cy Trial", "Di Pattern")
    assert (facts.arxiv, facts.version, facts.published) == ("2602.00002", "v1", "2026-02-04")
    assert facts.categories == ("cs.CL", "cs.LG")
    assert facts.links.code == ("https://github.com/example/snails",)
    assert facts.abstract is not None
    assert facts.abstract.startswith("Snails were offered 2 walls of different age. They took")


def test_the_days_are_part_of_the_query_both_included(ask: Ask) -> None:
    """In arXiv's own form, and whatever the query is, it stays one."""
    wish = Wish("ti:a OR ti:b", since="2026-02-01", until=TODAY)
    ask(arxiv_answers([(2, "2026-02-04")]), wish)
    assert SEEN[0].questions("search_query") == [
        "(ti:a OR ti:b) AND submittedDate:[202602010000 TO 202602052359]"
    ]
    assert SEEN[0].questions("sortBy") == ["submittedDate"]
    assert SEEN[0].questions("sortOrder") == ["descending"]


def test_pages_are_asked_three_seconds_apart(ask: Ask) -> None:
    """All of them, one after another."""
    time = Time()
    papers = [(n, "2026-02-04") for n in range(1, 451)]
    haul = ask(arxiv_answers(papers), Wish("cat:cs.CL"), time=time)
    assert numbers(haul) == list(range(1, 451))
    assert SEEN[0].questions("start") == ["0", "200", "400"]
    assert time.slept == [3.0, 3.0]


def test_a_limit_takes_the_newest_and_says_that_there_are_more(ask: Ask) -> None:
    """Also over several pages."""
    papers = [(n, "2026-02-04") for n in range(1, 301)]
    haul = ask(arxiv_answers(papers), Wish("cat:cs.CL", limit=250))
    assert numbers(haul) == list(range(1, 251))
    assert SEEN[0].questions("max_results") == ["200", "50"]
    assert [p.message for p in haul.problems] == ["300 papers are there, the newest 250 were taken"]


def test_too_many_papers_are_not_taken_unasked(ask: Ask) -> None:
    """More than 2,000 are no digest."""
    answer = always(Reply(arxiv_feed(arxiv_entry(1, "2026-02-04"), 1)))
    assert numbers(ask(answer, Wish("cat:cs.CL"))) == [1]
    entries = "".join(arxiv_entry(n, "2026-02-04") for n in range(1, 201))
    with pytest.raises(Failure, match="2,001 papers are more than 2,000"):
        ask(always(Reply(arxiv_feed(entries, 2001))), Wish("cat:cs.CL"))


def test_papers_that_move_to_the_next_page_meanwhile_count_once(ask: Ask) -> None:
    """What is submitted while we ask pushes the others on."""
    first = "".join(arxiv_entry(n, "2026-02-04") for n in range(1, 201))
    second = "".join(arxiv_entry(n, "2026-02-04") for n in range(200, 203))
    replies = [Reply(arxiv_feed(first, 202)), Reply(arxiv_feed(second, 203, 200))]
    assert numbers(ask(always(*replies), Wish("cat:cs.CL"))) == list(range(1, 203))


def test_known_papers_of_the_same_query_are_left_out(ask: Ask) -> None:
    """Those of other queries are not: each has a list of its own."""
    answer = arxiv_answers([(3, "2026-02-04"), (2, "2026-02-04"), (1, "2026-02-03")])
    known = (digest("2026-02-03", 1), digest("2026-02-04", 2, query="cat:cs.LG"))
    haul = ask(answer, Wish("cat:cs.CL"), *known)
    assert (numbers(haul), haul.known) == ([3, 2], 1)
    haul = ask(answer, Wish("cat:cs.CL"), digest("2026-02-04", 1, 2, 3))
    assert (haul.finds, haul.known, haul.newest) == ((), 3, "2026-02-04")


def test_since_last_looks_a_week_back() -> None:
    """Moderators hold papers back; without a digest the last week is taken."""
    known = (digest("2026-02-01", 1), digest("2026-02-03", 2), digest("2026-02-04", 3, query="x"))
    assert arxiv.since_last("cat:cs.CL", known, TODAY) == "2026-01-27"
    assert arxiv.since_last("cat:cs.CL", (), TODAY) == "2026-01-29"
    assert arxiv.since_last("cat:cs.CL", (digest("2027-01-01", 1),), TODAY) == "2026-01-29"


@pytest.mark.parametrize(
    ("words", "categories", "query"),
    [
        (None, ("cs.CL",), "cat:cs.CL"),
        (None, ("cs.CL", "cs.LG", "cs.CL"), "cat:cs.CL OR cat:cs.LG"),
        ("ti:a", (), "ti:a"),
        ("ti:a OR\n ti:b", ("cs.CL",), "(ti:a OR ti:b) AND cat:cs.CL"),
        ("ti:a", ("cs.CL", "hep-th"), "(ti:a) AND (cat:cs.CL OR cat:hep-th)"),
        ("  ", (), ""),
    ],
)
def test_words_and_categories_make_a_query(words: Any, categories: Any, query: str) -> None:
    """Each category once; words and categories must both hold."""
    assert arxiv.query(words, categories) == query


def test_categories_are_known_by_their_form() -> None:
    """What is none would make the query mean something else."""
    for name in ("cs.CL", "hep-th", "cond-mat.mes-hall", "q-fin.CP", "math"):
        assert arxiv.is_category(name)
    for name in ("", "cs.CL OR all:x", "CS", "cs.", "../x", "cs.CL+cs.LG"):
        assert not arxiv.is_category(name)


ERROR_ENTRY = """<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title>
<summary>incorrect id format for x</summary></entry>"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"Rate exceeded.", r"arXiv refused the request.*\(4 tries\)"),
        (arxiv_feed(ERROR_ENTRY, 1), "arXiv answered with an error: incorrect id format for x"),
        (arxiv_feed("", 7), r"the answer ends early.*\(4 tries\)"),
        (arxiv_feed("", None), r"the answer ends early.*\(4 tries\)"),
        (arxiv_feed(arxiv_entry(1, TODAY), None), "does not say how many"),
        (arxiv_feed(arxiv_entry(1, TODAY), 0), "does not say how many"),
        (arxiv_feed(arxiv_entry(1, TODAY), 9), "the answer ends early: 1 of 9 papers"),
        (arxiv_feed(arxiv_entry(1, TODAY), 1)[:-60], "broken XML"),
        (b"<html><body>maintenance</body></html>", "a web page"),
        (b"<feed/>", "unknown form"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><feed>arxiv.org/api/&a;</feed>', "without papers"),
        (
            arxiv_feed(arxiv_entry(1, TODAY), 1).replace(
                b"<feed", b"<!DOCTYPE x [<!ENTITY a 'b'>]><feed", 1
            ),
            "declares entities",
        ),
        (b'{"papers": []}', "unknown form"),
        (arxiv_feed("<entry><title/><id>http://arxiv.org/abs/2602.1</id></entry>", 1), "title"),
        (arxiv_feed("".join(arxiv_entry(n, TODAY) for n in range(1, 8)), 7), "arXiv sent 7"),
    ],
)
def test_what_is_no_whole_answer_fails(ask: Ask, body: bytes, said: str) -> None:
    """Refusals, errors with a good status, cut and empty pages."""
    with pytest.raises(Failure, match=said):
        ask(always(Reply(body)), Wish("cat:cs.CL", limit=6 if b"Part 7" in body else None))


def test_a_paged_answer_that_ends_early_fails(ask: Ask) -> None:
    """A page without papers in the middle is tried again, and told if it stays so."""
    first = Reply(arxiv_feed("".join(arxiv_entry(n, TODAY) for n in range(1, 201)), 300))
    rest = Reply(arxiv_feed("".join(arxiv_entry(n, TODAY) for n in range(201, 301)), 300, 200))
    empty = Reply(arxiv_feed("", 300, 200))
    assert len(numbers(ask(always(first, empty, rest), Wish("cat:cs.CL")))) == 300
    with pytest.raises(Failure, match="without papers"):
        ask(always(first, empty), Wish("cat:cs.CL"))


def test_a_quiet_week_is_told_from_a_wrong_query(ask: Ask) -> None:
    """A query that found something once may find nothing now; one that never did is wrong."""
    wish = Wish("cat:math.HO", since="2026-02-01", until=TODAY)
    haul = ask(arxiv_answers([(1, "2026-01-15")]), wish)
    assert haul.finds == ()
    assert [p.message for p in haul.problems] == [
        "no paper since 2026-02-01: the newest is of 2026-01-15"
    ]
    with pytest.raises(Failure, match=r"arXiv knows no paper for 'cat:math\.HO'"):
        ask(arxiv_answers([]), wish)


def test_an_answer_that_hides_papers_is_not_believed(ask: Ask) -> None:
    """Nothing since Sunday, but a paper of Wednesday: that cannot be."""
    replies = [Reply(arxiv_feed("", 0)), Reply(arxiv_feed(arxiv_entry(1, "2026-02-04"), 1))]
    with pytest.raises(Failure, match="but has one of 2026-02-04"):
        ask(always(*replies), Wish("cat:cs.CL", since="2026-02-01"))


def test_papers_of_other_days_are_not_believed(ask: Ask) -> None:
    """A server that ignores the days sends old ones."""
    body = arxiv_feed(arxiv_entry(1, "2025-01-01"), 1)
    with pytest.raises(Failure, match="sent only older ones"):
        ask(always(Reply(body)), Wish("cat:cs.CL", since="2026-02-01"))


def test_the_daily_feed_becomes_a_find_of_its_day(ask_rss: Ask) -> None:
    """New papers and those of other categories; new versions of old ones are no news."""
    kinds = ["new", "cross", "replace", "replace-cross", "new"]
    haul = ask_rss(rss_feed("".join(rss_item(n, kind) for n, kind in enumerate(kinds, 1))))
    (find,) = haul.finds
    assert numbers(haul) == [1, 2, 5]
    assert (find.date, find.query, find.stem) == ("2026-02-05", "cat:cs.CL", "arxiv-cs-cl")
    facts = find.entries[0].facts
    assert facts.authors == ("Eve Mockup", "Flo Dummy")
    assert (facts.abstract or "").startswith("We fly kites")


def test_the_daily_feed_brings_only_what_the_query_did_not(ask_rss: Ask) -> None:
    """API and feed of a category are one list."""
    haul = ask_rss(rss_feed(rss_item(1) + rss_item(2)), digest("2026-02-04", 1))
    assert (numbers(haul), haul.known) == ([2], 1)


def test_an_empty_weekend_feed_is_a_note(ask_rss: Ask) -> None:
    """Where the feed itself lists its day among those to be skipped."""
    haul = ask_rss(rss_feed("", "Sat, 07 Feb 2026 00:00:00 -0500"), today="2026-02-08")
    assert haul.finds == ()
    assert [p.message for p in haul.problems] == [
        "nothing is announced on a Saturday, says the feed of 2026-02-07"
    ]


FAILED = rss_feed("").replace(b"cs.CL updates on arXiv.org", b"Feed error for query: cs.XX", 1)


@pytest.mark.parametrize(
    ("body", "today", "said"),
    [
        (rss_feed(""), TODAY, "no papers: arXiv announced none on 2026-02-05"),
        (rss_feed("", "Sat, 07 Feb 2026 00:00:00 -0500"), "2026-02-20", "stale"),
        (rss_feed(rss_item(1)), "2026-02-11", "stale: it is of 2026-02-05"),
        (rss_feed(rss_item(1), "soon"), TODAY, "does not say of which day"),
        (FAILED, TODAY, "arXiv answered with an error"),
        (rss_feed(rss_item(1))[:-40], TODAY, "broken"),
        (b"Rate exceeded.", TODAY, r"arXiv refused the request.*\(4 tries\)"),
        (b"<!doctype html><p>Sorry", TODAY, "a web page"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", TODAY, "no RSS feed"),
    ],
)
def test_a_broken_empty_or_stale_feed_fails(
    ask_rss: Ask, body: bytes, today: str, said: str
) -> None:
    """A feed that stands still looks like a quiet day; it is not one."""
    with pytest.raises(Failure, match=said):
        ask_rss(body, today=today)


def test_an_unchanged_feed_is_not_sent_again(ask_rss: Ask) -> None:
    """Only where its digest is still there: who deleted it wants it again."""
    marks = Marks('"7"')
    haul = ask_rss(Reply(status=304), digest("2026-02-05", 1), marks=marks)
    assert (haul.finds, haul.marks) == ((), marks)
    assert SEEN[0].heads[0]["if-none-match"] == '"7"'
    ask_rss(rss_feed(rss_item(1)), marks=marks)
    assert "if-none-match" not in SEEN[0].heads[0]
