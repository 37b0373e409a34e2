"""Talk to the person at the terminal: stages while it works, problems, a last word."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from generator.problems import Problem, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LABEL = 20
_MOST_NOTES = 20
_NARROW = 50
"""Letters that a live line has beside its label."""
_GLANCE, _PATIENCE = 0.1, 10.0
"""Seconds after which a terminal, or a log, is told how far the work has come."""
_LONG, _WORTH = 2.0, 0.1
"""Seconds of a stage whose parts are told, and of a part that is."""
TOLD = "offprint.told"
"""Where a command's context keeps the problems that it has told."""


@dataclass(slots=True)
class Stage:
    """One step of the work; set `result` before it ends."""

    label: str
    live: bool
    """Whether somebody watches a terminal."""
    began: float
    """By the counter that measures time, in seconds."""
    result: str = ""
    parts: dict[str, float] = field(default_factory=dict)
    """Seconds that each part took, in the order of the parts."""
    part: str = ""
    """What is being done."""
    since: float = 0.0
    """When that began."""
    shown: float = 0.0
    """When the work was last said to go on."""

    def tell(self, part: str, done: int = 0, total: int = 0) -> None:
        """Show that `part` has begun, or has come to `done` of `total`."""
        now = time.perf_counter()
        begins = part != self.part
        if begins:
            self.close(now)
            self.part, self.since = part, now
        wait = _GLANCE if self.live else _PATIENCE
        if now - max(self.shown, self.began) >= wait or (begins and self.live):
            self.shown = now
            self._show(f"{part} {_reached(done, total)}".rstrip())

    def close(self, now: float) -> None:
        """Add up what the part took that ends now."""
        if self.part:
            self.parts[self.part] = self.parts.get(self.part, 0.0) + now - self.since

    def _show(self, text: str) -> None:
        if self.live:
            # Within one line of a narrow terminal: a wrapped one could not be taken back.
            click.echo(f"\r\x1b[K{self.label:<{_LABEL}} … {text[:_NARROW]}", nl=False, err=True)
        else:
            click.echo(f"{self.label:<{_LABEL}} … {text}", err=True)


def _reached(done: int, total: int) -> str:
    if total:
        return f"{done:,} of {total:,}"
    return f"{done:,}" if done else ""


@dataclass(slots=True)
class Console:
    """Where the commands print; on a terminal the running stage is shown while it lasts."""

    started: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, label: str) -> Iterator[Stage]:
        """Show `label` while the block runs, and its result afterwards."""
        stage = Stage(label, sys.stderr.isatty(), time.perf_counter())
        if stage.live:
            click.echo(f"{label:<{_LABEL}} …", nl=False, err=True)
        try:
            yield stage
        finally:
            if stage.live:
                click.echo("\r\x1b[K", nl=False, err=True)
        now = time.perf_counter()
        stage.close(now)
        took = now - stage.began
        click.echo(f"{label:<{_LABEL}} {stage.result}  ({took:.1f} s)", err=True)
        parts = {name: seconds for name, seconds in stage.parts.items() if seconds >= _WORTH}
        if took >= _LONG and len(parts) > 1:
            said = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in parts.items())
            click.echo(f"{'':<{_LABEL}} {said}", err=True)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print each problem with file, line and hint; of many notes only the first."""
        shown = list(problems)
        if context := click.get_current_context(silent=True):
            context.meta.setdefault(TOLD, []).extend(shown)
        notes = [problem for problem in shown if problem.severity is Severity.NOTE]
        for problem in shown:
            if problem.severity is not Severity.NOTE or problem in notes[:_MOST_NOTES]:
                click.echo(_coloured(problem), err=True)
        if len(notes) > _MOST_NOTES:
            click.echo(f"… and {len(notes) - _MOST_NOTES} more notes", err=True)

    def seconds(self) -> str:
        """Return how long the command has run."""
        return f"{time.perf_counter() - self.started:.1f} s"


def _coloured(problem: Problem) -> str:
    # Outside text may hold characters that steer a terminal: shown, never obeyed.
    line = "".join(c if c.isprintable() or c == "\n" else "?" for c in str(problem))
    severity = click.style(str(problem.severity), fg=_COLOURS[problem.severity])
    return line.replace(f" {problem.severity}: ", f" {severity}: ", 1)


def tally(problems: Iterable[Problem]) -> str:
    """Return `2 errors, 1 warning`, or `no problems`."""
    counted = Counter(problem.severity for problem in problems)
    return ", ".join(plural(counted[s], str(s)) for s in Severity if counted[s]) or "no problems"


def plural(number: int, noun: str) -> str:
    """Return `1 paper`, `2 papers`, `3 entries`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("try") else f"{number:,} {noun}s"
