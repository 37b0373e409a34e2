"""The ledger: what is written stays, what a crash cut off counts as it must."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import mail
from generator.mail.ledger import State, edition
from tests.factories import catalog, digest, paper

SPRING = mail.Edition("spring", "digests/spring.md", "2026-03-01")
ADA = "ada@lab.example"
WHEN = "2026-03-01T12:00:00+00:00"


def write(path: Path, *states: State, about: mail.Edition = SPRING) -> None:
    with mail.opened(path, about) as (ledger, problems):
        assert problems == []
        for state in states:
            ledger.record(ADA, state, WHEN, "250 ok")


@pytest.mark.parametrize("last", list(State))
def test_the_last_word_counts(last: State, tmp_path: Path) -> None:
    """What was written last of an address is what the next run knows of it."""
    path = tmp_path / "mail" / "sent.jsonl"
    write(path, State.SENDING, State.FAILED, State.SENDING, last)
    assert mail.known(path, SPRING) == ({ADA: last}, [])
    with mail.opened(path, SPRING) as (ledger, _):
        assert ledger.states == {ADA: last}


def test_the_file_only_grows(tmp_path: Path) -> None:
    """A later run appends to what was there."""
    path = tmp_path / "sent.jsonl"
    write(path, State.SENDING, State.SENT)
    before = path.read_bytes()
    write(path, State.SENDING)
    assert path.read_bytes().startswith(before)
    assert before.count(b"\n") == 2


def test_each_line_is_on_the_disk_before_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`record` returns after fsync, with the whole line in the file."""
    path, sizes = tmp_path / "sent.jsonl", []
    real = os.fsync

    def seen(number: int) -> None:
        sizes.append(path.stat().st_size)
        real(number)

    with mail.opened(path, SPRING) as (ledger, _):
        monkeypatch.setattr(os, "fsync", seen)
        ledger.record(ADA, State.SENDING, WHEN)
        assert sizes == [len(path.read_bytes())]


def test_a_line_that_a_crash_cut_off_is_forgotten(tmp_path: Path) -> None:
    """Cut at any byte, the file tells what was whole, and goes on with whole lines."""
    path = tmp_path / "sent.jsonl"
    write(path, State.SENDING, State.SENT)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        expected = {} if cut < first else {ADA: State.SENDING}
        assert mail.known(path, SPRING) == (expected, [])
        with mail.opened(path, SPRING) as (ledger, problems):
            assert (ledger.states, problems) == (expected, [])
            ledger.record("bob@lab.example", State.SENDING, WHEN)
        assert mail.known(path, SPRING)[1] == []


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"digest": "spring"}', b"\xff", b"[" * 99_999])
def test_a_broken_line_forbids_to_send(line: bytes, tmp_path: Path) -> None:
    """It could hide somebody who got the digest: it is told with its line."""
    path = tmp_path / "sent.jsonl"
    write(path, State.SENT)
    path.write_bytes(line + b"\n" + path.read_bytes())
    states, (problem,) = mail.known(path, SPRING)
    assert states == {ADA: State.SENT}
    assert (problem.path, problem.line) == ("sent.jsonl", 1)


def test_two_runs_do_not_send_at_once(tmp_path: Path) -> None:
    """The second one is refused while the first has the ledger, and let in after it."""
    path = tmp_path / "sent.jsonl"
    with mail.opened(path, SPRING), pytest.raises(mail.Busy):
        write(path)
    write(path)


def test_a_corrected_title_is_the_same_digest(tmp_path: Path) -> None:
    """The slug comes from the title; the file and its day tell that it is the same one."""
    path = tmp_path / "sent.jsonl"
    write(path, State.SENT)
    renamed = mail.Edition("spring-papers", "digests/spring.md", "2026-03-01")
    moved = mail.Edition("spring", "digests/2026/spring.md", "2026-03-01")
    other = mail.Edition("summer", "digests/summer.md", "2026-06-01")
    assert mail.known(path, renamed)[0] == mail.known(path, moved)[0] == {ADA: State.SENT}
    assert mail.known(path, other)[0] == {}


def test_digests_of_one_file_and_day_are_told_apart() -> None:
    """Where a file holds two digests of a day, only the slug says which is meant."""
    one, two = digest("a"), digest("b")
    alone = catalog([paper(digests=[one])], [one])
    assert edition(alone, alone.digests[0]).file == "digests/a.md"
    from dataclasses import replace

    two = replace(two, path=one.path)
    both = catalog([paper(digests=[one, two])], [one, two])
    assert {edition(both, found).file for found in both.digests} == {None}


def test_without_a_ledger_nobody_has_anything(tmp_path: Path) -> None:
    """Looking makes no file."""
    assert mail.known(tmp_path / "sent.jsonl", SPRING) == ({}, [])
    assert list(tmp_path.iterdir()) == []
