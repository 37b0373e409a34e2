"""`offprint fetch`: the commands, from request to file, with a server that plays the net."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fetching import (
    Answer,
    Reply,
    Server,
    always,
    arxiv_answers,
    client,
    hf_answers,
    rss_feed,
    rss_item,
    served,
)

from generator import formats, health, pipeline
from generator.cli import fetching, main
from generator.fetch import arxiv, hf, rss
from generator.models import Digest

SETTINGS = "site_name: Papers\nsite_url: https://lab.example/papers/\nplugins:\n  - offprint:\n"
SETTINGS += "      feed_id: tag:lab.example,2026:papers\n"
TODAY = "2026-02-06"
CSV = b"Title,Authors,URL\nMoss on Bells,Gil Stub,https://arxiv.org/abs/2602.00031\n"
MORE = CSV + b"Lichen on Drums,Hal Fake,https://arxiv.org/abs/2602.00032\n"
Net = Callable[[Answer], Server]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a new collection."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "digests").mkdir()
    return tmp_path


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    """Return a function that lets all sources be a server that answers so."""
    monkeypatch.setattr(fetching, "_today", lambda: TODAY)
    monkeypatch.setattr(fetching, "_client", lambda task, url: client(pause=task.pause))
    with ExitStack() as servers:

        def play(answer: Answer) -> Server:
            server = servers.enter_context(served(answer))
            monkeypatch.setattr(hf, "API", f"{server.base}/api/daily_papers")
            monkeypatch.setattr(arxiv, "API", f"{server.base}/api/query")
            monkeypatch.setattr(rss, "FEED", f"{server.base}/rss")
            return server

        yield play


def fetch(root: Path, *words: str) -> Result:
    """Run `offprint fetch` in the collection."""
    found = CliRunner().invoke(main, ["fetch", *words, "-C", str(root)])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def files(root: Path) -> dict[str, bytes]:
    """Return every file of the collection."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def digests(root: Path) -> list[Digest]:
    """Return what a build reads of the collection, without any problem."""
    readings = pipeline.read(pipeline.collect(root))
    assert [problem for reading in readings for problem in reading.problems] == []
    return [digest for reading in readings for digest in reading.digests]


def test_hf_writes_a_digest_a_day(root: Path, net: Net) -> None:
    """With source, day and query; the paths are printed, papers.lock remembers the papers."""
    net(hf_answers({f"2026-02-0{n}": [n] for n in range(2, 6)}))
    found = fetch(root, "hf", "--week", "2026-W06")
    assert (found.exit_code, found.stdout.splitlines()) == (
        0,
        [f"digests/2026-02-0{n}-hf-daily-papers.md" for n in range(2, 6)],
    )
    assert "wrote 4 digests with 4 papers" in found.stderr
    one = next(digest for digest in digests(root) if digest.date == "2026-02-05")
    assert one.source == "Hugging Face daily papers"
    assert one.query is not None
    assert one.query.endswith("/api/daily_papers?date=2026-02-05&limit=100")
    assert (root / "papers.lock").read_text(encoding="utf-8").count("arxiv:2602.0000") == 4


def test_the_same_answer_again_changes_nothing(root: Path, net: Net) -> None:
    """Not a byte, and it says so."""
    net(hf_answers({"2026-02-05": [1, 2]}))
    assert fetch(root, "hf", "--date", "2026-02-05").exit_code == 0
    before = files(root)
    found = fetch(root, "hf", "--date", "2026-02-05")
    assert (found.exit_code, found.stdout) == (0, "")
    assert "nothing new; 2 papers already there" in found.stderr
    assert files(root) == before


def test_an_answer_that_overlaps_brings_only_what_is_new(root: Path, net: Net) -> None:
    """In a digest of its own beside the other."""
    net(hf_answers({"2026-02-05": [1, 2]}))
    fetch(root, "hf", "--date", "2026-02-05")
    net(hf_answers({"2026-02-05": [1, 2, 3]}))
    found = fetch(root, "hf", "--date", "2026-02-05")
    assert found.stdout == "digests/2026-02-05-hf-daily-papers-2.md\n"
    assert "wrote 1 digest with 1 paper; 2 papers already there" in found.stderr
    assert sorted(len(digest.entries) for digest in digests(root)) == [1, 2]


@pytest.mark.parametrize("words", [("hf",), ("hf", "--since-last")])
def test_hf_since_last_begins_behind_the_last_digest(
    root: Path, net: Net, words: tuple[str, ...]
) -> None:
    """And ends with yesterday, without a word too."""
    net(hf_answers({"2026-02-03": [1]}))
    fetch(root, "hf", "--date", "2026-02-03")
    server = net(hf_answers({"2026-02-04": [2], "2026-02-05": [3], "2026-02-06": [4]}))
    found = fetch(root, *words)
    assert found.stdout.split() == [
        "digests/2026-02-04-hf-daily-papers.md",
        "digests/2026-02-05-hf-daily-papers.md",
    ]
    assert set(server.questions("date")) == {"2026-02-04", "2026-02-05"}
    found = fetch(root, *words)
    assert (found.exit_code, found.stdout) == (0, "")


def test_hf_takes_a_month(root: Path, net: Net) -> None:
    """The days of it that are over."""
    server = net(hf_answers({f"2026-02-0{n}": [n] for n in range(1, 7)}))
    assert fetch(root, "hf", "--month", "2026-02").exit_code == 0
    assert sorted(set(server.questions("date"))) == [f"2026-02-0{n}" for n in range(1, 6)]


def test_arxiv_writes_what_is_new_since_the_last_digest(root: Path, net: Net) -> None:
    """Once a day: what was there before is not there again."""
    net(arxiv_answers([(1, "2026-02-04")]))
    found = fetch(root, "arxiv", "--category", "cs.CL", "--since-last")
    assert (found.exit_code, found.stdout) == (0, "digests/2026-02-06-arxiv-cs-cl.md\n")
    before = files(root)
    assert "nothing new; 1 paper already" in fetch(root, "arxiv", "--category", "cs.CL").stderr
    assert files(root) == before
    net(arxiv_answers([(2, "2026-02-05"), (1, "2026-02-04")]))
    found = fetch(root, "arxiv", "--category", "cs.CL", "--since-last")
    assert found.stdout == "digests/2026-02-06-arxiv-cs-cl-2.md\n"
    assert [one.query for one in digests(root)] == ["cat:cs.CL", "cat:cs.CL"]


def test_arxiv_takes_query_since_and_limit(root: Path, net: Net) -> None:
    """All at once."""
    server = net(arxiv_answers([(3, "2026-02-05"), (2, "2026-02-04"), (1, "2026-01-04")]))
    words = ("--query", "ti:snail", "--category", "cs.CL", "--since", "2026-02-01", "--limit", "1")
    assert fetch(root, "arxiv", *words).exit_code == 0
    asked = "((ti:snail) AND cat:cs.CL) AND submittedDate:[202602010000 TO 202602062359]"
    assert (server.questions("search_query"), server.questions("max_results")) == ([asked], ["1"])
    (one,) = digests(root)
    assert [entry.facts.arxiv for entry in one.entries] == ["2602.00003"]
    assert one.query == "(ti:snail) AND cat:cs.CL"


def test_a_limit_alone_takes_the_newest(root: Path, net: Net) -> None:
    """Of whichever days."""
    server = net(arxiv_answers([(1, "2024-01-04")]))
    assert fetch(root, "arxiv", "--category", "cs.CL", "--limit", "5").exit_code == 0
    assert server.questions("search_query") == ["cat:cs.CL"]


def test_arxiv_reads_the_daily_feed(root: Path, net: Net) -> None:
    """And remembers what the source calls it."""
    reply = Reply(rss_feed(rss_item(1)), headers={"ETag": '"7"'})
    server = net(always(reply, Reply(status=304)))
    words = ("arxiv", "--category", "cs.CL", "--category", "cs.LG", "--rss")
    assert fetch(root, *words).stdout == "digests/2026-02-05-arxiv-cs-cl-cs-lg.md\n"
    before = files(root)
    found = fetch(root, *words)
    assert (found.exit_code, found.stdout) == (0, "")
    assert "has not changed since" in found.stderr
    assert files(root) == before
    assert server.asked == ["/rss/cs.CL+cs.LG"] * 2
    (one,) = health.parse((root / health.NAME).read_text(encoding="utf-8"))[0]
    assert (one.source, one.etag) == ("arxiv-rss cat:cs.CL OR cat:cs.LG", '"7"')


def test_url_keeps_a_file_as_it_is_and_its_address(root: Path, net: Net) -> None:
    """Byte for byte; formats.yml says where it came from, and every build knows."""
    server = net(always(Reply(CSV, headers={"Content-Type": "text/csv"})))
    address = f"{server.base}/lists/reading"
    found = fetch(root, "url", address)
    path = "digests/2026-02-06-127-0-0-1-lists-reading.csv"
    assert (found.exit_code, found.stdout) == (0, f"{path}\n")
    assert (root / path).read_bytes() == CSV
    assert f"source: '{address}'" in (root / formats.NAME).read_text(encoding="utf-8")
    (one,) = digests(root)
    assert (one.query, one.source, one.date) == (address, address, TODAY)
    before = files(root)
    assert "nothing new; 1 paper already there" in fetch(root, "url", address).stderr
    assert files(root) == before


def test_url_later_writes_only_what_is_new(root: Path, net: Net) -> None:
    """A list that grew, and a feed that moved on: old papers are not told twice."""
    server = net(always(Reply(CSV), Reply(MORE)))
    address = f"{server.base}/list.csv"
    fetch(root, "url", address)
    found = fetch(root, "url", address)
    assert re.fullmatch(r"digests/2026-02-06-127-0-0-1-\S+\.md\n", found.stdout)
    assert "wrote 1 digest with 1 paper; 1 paper already there" in found.stderr
    new = next(one for one in digests(root) if one.path.endswith(".md"))
    assert [entry.facts.title for entry in new.entries] == ["Lichen on Drums"]
    assert (new.query, new.source) == (address, address)


def test_url_reads_feeds_and_keeps_their_day(root: Path, net: Net) -> None:
    """The feed's own day is the digest's; tomorrow's feed of the same address is another one."""
    later = rss_feed(rss_item(2) + rss_item(1), "Fri, 06 Feb 2026 00:00:00 -0500")
    server = net(always(Reply(rss_feed(rss_item(1))), Reply(later)))
    first = fetch(root, "url", f"{server.base}/feed.rss").stdout
    assert first == "digests/2026-02-05-127-0-0-1-feed.rss\n"
    assert fetch(root, "url", f"{server.base}/feed.rss").stdout.startswith("digests/2026-02-06-")
    assert [len(digest.entries) for digest in digests(root)] == [1, 1]


def test_url_takes_the_curators_word_on_the_form(root: Path, net: Net) -> None:
    """As `add` does, and remembers it."""
    server = net(always(Reply(b"what;where\nMoss on Bells;https://arxiv.org/abs/2602.00031\n")))
    words = ("url", f"{server.base}/a.csv", "--map", "title=what,links=where")
    assert fetch(root, *words).exit_code == 0
    assert digests(root)[0].entries[0].facts.title == "Moss on Bells"


def test_url_sends_marks_only_where_its_digest_is_still_there(root: Path, net: Net) -> None:
    """Who deletes a digest and fetches again gets it again."""
    server = net(always(Reply(CSV, headers={"ETag": '"7"'})))
    fetch(root, "url", f"{server.base}/list.csv")
    fetch(root, "url", f"{server.base}/list.csv")
    for path in (root / "digests").iterdir():
        path.unlink()
    assert fetch(root, "url", f"{server.base}/list.csv").stdout.endswith("-list.csv\n")
    assert [head.get("if-none-match") for head in server.heads] == [None, '"7"', None]


def test_url_that_was_added_by_hand_is_already_there(root: Path, net: Net) -> None:
    """The same bytes are not stored twice."""
    server = net(always(Reply(CSV)))
    (root / "digests" / "mine.csv").write_bytes(CSV)
    found = fetch(root, "url", f"{server.base}/list.csv")
    assert (found.exit_code, found.stdout) == (0, "")
    assert "already there: digests/mine.csv" in found.stderr
    assert list(files(root / "digests")) == ["mine.csv"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=404), "answered 404"),
        (Reply(status=500), "answered 500"),
        (Reply(b"<html><p>papers"), "a web page"),
        (Reply(b"%PDF-1.7 \xff\xfe"), "not UTF-8"),
        (Reply(b"\x89PNG\x00\x00"), "UTF-8"),
        (Reply(b"just some words"), "no reader knows this form"),
        (Reply(b"Rate exceeded."), "too many in a short time"),
        (Reply(CSV + b",Nobody,https://arxiv.org/abs/2602.00033\n"), "cannot be used as it is"),
        (Reply(rss_feed(rss_item(1))[:-30]), "broken XML"),
        (Reply(rss_feed("")), "no papers"),
        (Reply(b'{"error": "tired"}'), "tired"),
    ],
)
def test_a_failure_writes_no_digest_and_is_remembered(
    root: Path, net: Net, reply: Reply, said: str
) -> None:
    """Exit code 1, the reason with a hint, and the source's health in fetched.yml."""
    server = net(always(Reply(MORE), reply))
    fetch(root, "url", f"{server.base}/list.txt", "--format", "table")
    before = files(root)
    found = fetch(root, "url", f"{server.base}/list.txt")
    assert (found.exit_code, found.stdout) == (1, "")
    assert said in found.stderr
    assert "hint:" in found.stderr
    assert "no digest was written" in found.stderr
    after = files(root)
    (one,) = health.parse(after.pop("fetched.yml").decode())[0]
    assert said in (one.failed or "")
    assert (one.tried, one.succeeded, one.newest) == (TODAY, TODAY, TODAY)
    before.pop("fetched.yml")
    assert after == before


def test_a_day_that_fails_keeps_the_others_out_too(root: Path, net: Net) -> None:
    """All or nothing: the next fetch begins where this one did."""
    net(hf_answers({"2026-02-04": [1]}))
    found = fetch(root, "hf", "--week", "2026-W06")
    assert found.exit_code == 1
    assert list(files(root)) == ["fetched.yml", "mkdocs.yml"]


def test_health_is_kept_for_each_source(root: Path, net: Net) -> None:
    """A success takes the fault away; the newest day never goes back."""
    net(hf_answers({"2026-02-05": [1], "2026-02-03": [2]}))
    fetch(root, "hf", "--date", "2026-02-05")
    net(always(Reply(status=503)))
    fetch(root, "hf", "--date", "2026-02-03")
    fetch(root, "arxiv", "--category", "cs.CL")
    known, problems = health.parse((root / health.NAME).read_text(encoding="utf-8"))
    assert problems == []
    assert [(one.source, one.newest, bool(one.failed)) for one in known] == [
        ("arxiv cat:cs.CL", None, True),
        ("hf", "2026-02-05", True),
    ]
    net(hf_answers({"2026-02-03": [2]}))
    fetch(root, "hf", "--date", "2026-02-03")
    _, ours = health.parse((root / health.NAME).read_text(encoding="utf-8"))[0]
    assert (ours.newest, ours.failed, ours.succeeded) == ("2026-02-05", None, TODAY)


def test_a_dry_run_tells_and_writes_nothing(root: Path, net: Net) -> None:
    """Not even what is remembered; a failure neither."""
    server = net(hf_answers({"2026-02-05": [1]}))
    before = files(root)
    found = fetch(root, "hf", "--date", "2026-02-05", "--dry-run")
    assert (found.exit_code, found.stdout) == (0, "digests/2026-02-05-hf-daily-papers.md\n")
    assert "would write 1 digest with 1 paper" in found.stderr
    assert fetch(root, "hf", "--date", "2026-02-04", "--dry-run").exit_code == 1
    assert files(root) == before
    assert server.asked


def test_the_report_tells_of_files_and_source(root: Path, net: Net, tmp_path: Path) -> None:
    """In the form of the other commands: entries = read + rejected; of a failure the error."""
    net(hf_answers({"2026-02-05": [1, 2]}))
    path = tmp_path / "out" / "report.json"
    fetch(root, "hf", "--date", "2026-02-05", "--report", str(path))
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["source"] == "hf"
    assert report["written"] == ["digests/2026-02-05-hf-daily-papers.md"]
    assert [(one["file"], one["format"], one["read"]) for one in report["files"]] == [
        ("digests/2026-02-05-hf-daily-papers.md", "curated", 2)
    ]
    fetch(root, "hf", "--date", "2026-02-04", "--report", str(path))
    report = json.loads(path.read_text(encoding="utf-8"))
    assert (report["written"], report["files"]) == ([], [])
    assert [(one["file"], one["severity"]) for one in report["problems"]] == [("hf", "error")]


@pytest.mark.parametrize(
    "words",
    [
        ("hf", "--date", "2026-02-05", "--week", "2026-W06"),
        ("hf", "--since-last", "--month", "2026-02"),
        ("hf", "--date", "2026-02-07"),
        ("hf", "--date", "yesterday"),
        ("hf", "--week", "2026-W60"),
        ("hf", "--week", "6"),
        ("hf", "--week", "2026-W07"),
        ("hf", "--month", "2026-13"),
        ("hf", "--month", "2026-2"),
        ("hf", "--month", "2027-01"),
        ("arxiv",),
        ("arxiv", "--query", " "),
        ("arxiv", "--category", "everything, please"),
        ("arxiv", "--category", "cs.CL", "--since", "2026-02-07"),
        ("arxiv", "--category", "cs.CL", "--since", "2026-02-01", "--since-last"),
        ("arxiv", "--category", "cs.CL", "--limit", "0"),
        ("arxiv", "--query", "ti:x", "--rss"),
        ("arxiv", "--category", "cs.CL", "--rss", "--limit", "3"),
        ("url",),
        ("url", "papers.xml"),
        ("url", "file:///etc/passwd"),
        ("url", "https://me:secret@papers.example/"),
        ("url", "https://papers.example/a b"),
        ("url", "https://papers.example/", "--format", "nonsense"),
    ],
)
def test_wrong_use_is_told_before_anything_is_asked(
    root: Path, net: Net, words: tuple[str, ...]
) -> None:
    """Exit code 2, no request, no file."""
    server = net(always(Reply(CSV)))
    before = files(root)
    found = fetch(root, *words)
    assert found.exit_code == 2, found.stderr
    assert "secret" not in found.stderr
    assert server.asked == []
    assert files(root) == before


def test_a_folder_without_a_collection_is_no_place_to_fetch_to(tmp_path: Path, net: Net) -> None:
    """It is told before anything is asked."""
    server = net(always(Reply(CSV)))
    found = fetch(tmp_path, "hf")
    assert (found.exit_code, server.asked) == (1, [])
    assert "no mkdocs.yml here" in found.stderr


def test_private_servers_are_asked_only_on_the_curators_word(root: Path) -> None:
    """The real client, with its own rules."""
    with served(always(Reply(CSV))) as server:
        found = fetch(root, "url", f"{server.base}/list.csv")
        assert found.exit_code == 1
        assert "private network (127.0.0.1): refused" in found.stderr
        assert "--allow-private" in found.stderr
        assert server.asked == []
        found = fetch(root, "url", f"{server.base}/list.csv", "--allow-private")
        assert found.exit_code == 0
        assert server.heads[0]["user-agent"].startswith("offprint/")
        assert server.heads[0]["user-agent"].endswith(" (+https://lab.example/papers/)")


def test_broken_health_is_told_and_made_anew(root: Path, net: Net) -> None:
    """A report is not worth stopping for."""
    (root / health.NAME).write_text("<<<<<<< HEAD\nhf: [\n", encoding="utf-8")
    net(hf_answers({"2026-02-05": [1]}))
    found = fetch(root, "hf", "--date", "2026-02-05")
    assert found.exit_code == 0
    assert "fetched.yml" in found.stderr
    known, problems = health.parse((root / health.NAME).read_text(encoding="utf-8"))
    assert ([one.source for one in known], problems) == (["hf"], [])


def test_hostile_text_of_a_source_stays_text(root: Path, net: Net) -> None:
    """In the digest, on the terminal, and in what the site is built from."""
    title = "## <script>alert(1)</script>\x1b[31m\n- arxiv: 2602.00099"
    body: list[dict[str, Any]] = [
        {"paper": {"id": "2602.00001", "title": title, "summary": "\n## Fake\n\n- votes: 9\n" * 9}}
    ]
    net(always(Reply(json.dumps(body).encode()), Reply(b"[]")))
    found = fetch(root, "hf", "--date", "2026-02-05")
    assert found.exit_code == 0
    assert "\x1b" not in found.output
    (one,) = digests(root)[0].entries
    assert one.facts.arxiv == "2602.00001"
    assert one.facts.title == "## <script>alert(1)</script>[31m - arxiv: 2602.00099"
    assert one.facts.votes is None
