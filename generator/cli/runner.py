"""Speak with GitHub's runner: problems as annotations, and no word of a digest as an order."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import click

from generator.console import TOLD
from generator.problems import Problem, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
"""GitHub's word for each severity, worst first."""
# GitHub drops what a step says beyond ten of a level.
_MOST = 10


@contextmanager
def spoken_to(context: click.Context) -> Iterator[None]:
    """Keep the runner from obeying what the block prints; then annotate the problems it told.

    The runner takes lines such as `::add-mask::` for orders, wherever they come from. Between
    the two lines printed here, of which nobody can guess the second, it obeys none.
    """
    token = os.urandom(16).hex()
    click.echo(f"::stop-commands::{token}")
    sys.stdout.flush()
    # One stream, else a line of the other could arrive after the last line.
    os.dup2(1, 2)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # The output may have ended within a line.
        click.echo(f"\n::{token}::")
        for line in annotated(context.meta.get(TOLD, [])):
            click.echo(line)


def annotated(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield a line for each problem that shows it at its place, worst first, ten of a severity."""
    ranks = list(_LEVELS)
    counted = Counter(problem.severity for problem in problems)
    told: Counter[Severity] = Counter()
    for problem in sorted(problems, key=lambda one: ranks.index(one.severity)):
        severity = problem.severity
        told[severity] += 1
        if told[severity] < _MOST or counted[severity] == _MOST:
            yield _annotation(problem)
        elif told[severity] == _MOST:
            left = counted[severity] - _MOST + 1
            yield _order(_LEVELS[severity], {}, f"… and {left} more: see the log of the build")


def _annotation(problem: Problem) -> str:
    where = {"file": problem.path, "line": problem.line, "title": f"Offprint: {problem.severity}"}
    parts = [problem.message, f"hint: {problem.hint}" if problem.hint else ""]
    text = "\n".join(_printable(part) for part in parts if part)
    return _order(_LEVELS[problem.severity], where, text)


def _order(name: str, properties: Mapping[str, object], text: str) -> str:
    """Return one line that the runner reads as the order `name`; what is None is left out."""
    given = (f"{key}={_value(str(one))}" for key, one in properties.items() if one is not None)
    return f"::{name} {','.join(given)}".rstrip() + f"::{_data(text)}"


def _printable(text: str) -> str:
    """Return `text` with `?` for each character that would act rather than show."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(_printable(text)).replace(":", "%3A").replace(",", "%2C")
