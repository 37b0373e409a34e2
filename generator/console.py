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


@dataclass(slots=True)
class Stage:
    """One step of the work; set `result` before it ends."""

    result: str = ""


@dataclass(slots=True)
class Console:
    """Where the commands print; on a terminal the running stage is shown while it lasts."""

    started: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, label: str) -> Iterator[Stage]:
        """Show `label` while the block runs, and its result afterwards."""
        live = sys.stderr.isatty()
        if live:
            click.echo(f"{label:<{_LABEL}} …", nl=False, err=True)
        stage = Stage()
        began = time.perf_counter()
        try:
            yield stage
        finally:
            if live:
                click.echo("\r\x1b[K", nl=False, err=True)
        took = time.perf_counter() - began
        click.echo(f"{label:<{_LABEL}} {stage.result}  ({took:.1f} s)", err=True)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print each problem with file, line and hint; of many notes only the first."""
        shown = list(problems)
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
