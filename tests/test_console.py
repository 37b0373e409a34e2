"""A stage says how far it has come: live on a terminal, in whole lines elsewhere."""

from __future__ import annotations

import sys
import time

import pytest

from generator.console import Console


class Clock:
    """A clock that goes only when told."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock that the console looks at."""
    clock = Clock()
    monkeypatch.setattr(time, "perf_counter", clock)
    return clock


def test_a_short_stage_is_one_line(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody needs to know the parts of a second."""
    with Console().stage("Writing pages") as stage:
        for part in ("pages", "search"):
            stage.tell(part)
            clock.now += 0.4
        stage.result = "3 files"
    assert capsys.readouterr().err == "Writing pages        3 files  (0.8 s)\n"


def test_a_long_stage_tells_its_parts(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Each part has its time, in their order; those that took next to none are left out."""
    with Console().stage("Writing pages") as stage:
        for part, took in (("related papers", 2.0), ("blink", 0.01), ("pages", 3.5)):
            stage.tell(part)
            clock.now += took
        stage.result = "3 files"
    assert capsys.readouterr().err.splitlines() == [
        "Writing pages        3 files  (5.5 s)",
        "                     related papers 2.0 s, pages 3.5 s",
    ]


def test_a_log_hears_every_ten_seconds(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each ten seconds of a long part, with what is done of how many."""
    with Console().stage("Building the site") as stage:
        for done in range(0, 2_501, 50):
            clock.now = done / 100
            stage.tell("dressing pages", done, 5_000)
    lines = capsys.readouterr().err.splitlines()
    assert lines[:-1] == [
        "Building the site    … dressing pages 1,000 of 5,000",
        "Building the site    … dressing pages 2,000 of 5,000",
    ]
    assert not set("\r\x1b") & set("".join(lines))


def test_a_terminal_sees_the_count_move(
    clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line that changes, ten times a second at the most, and is gone at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Console().stage("Building the site") as stage:
        for done in range(1, 101):
            clock.now = done / 100
            stage.tell("dressing pages", done, 5_000)
        stage.result = "checked"
    *shown, last = capsys.readouterr().err.split("\r\x1b[K")
    assert 9 <= len(shown) <= 12
    assert "dressing pages 1 of 5,000" in shown[1]
    assert last == "Building the site    checked  (1.0 s)\n"
    assert "\n" not in "".join(shown)


def test_a_stage_that_fails_leaves_no_half_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was shown live is taken back before the problem is told."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    def fail() -> None:
        with Console().stage("Sorting papers") as stage:
            stage.tell("topics")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert capsys.readouterr().err.endswith("\r\x1b[K")
