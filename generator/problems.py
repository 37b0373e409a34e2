"""What went wrong in the input, as data: where, what, and how to cure it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is, worst first."""

    ERROR = "error"
    """An entry or a file could not be used."""
    WARNING = "warning"
    """Used, but doubtful."""
    NOTE = "note"
    """A choice was made for the curator."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the curator should know."""

    path: str
    """File relative to the collection, with forward slashes."""
    line: int | None
    """Counted from 1; None where the whole file is meant."""
    severity: Severity
    message: str
    """What is wrong, in one line."""
    hint: str
    """What to do about it, in one line."""

    def __str__(self) -> str:
        """Return `file:line: severity: what` and the hint on a second line."""
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{where}: {self.severity}: {self.message}{hint}"


def error(path: str, line: int | None, message: str, hint: str) -> Problem:
    """Return a problem that keeps an entry or a file out."""
    return _problem(path, line, Severity.ERROR, message, hint)


def warning(path: str, line: int | None, message: str, hint: str) -> Problem:
    """Return a problem of something that is used all the same."""
    return _problem(path, line, Severity.WARNING, message, hint)


def note(path: str, line: int | None, message: str, hint: str) -> Problem:
    """Return a problem that tells of a choice made for the curator."""
    return _problem(path, line, Severity.NOTE, message, hint)


def _problem(path: str, line: int | None, severity: Severity, message: str, hint: str) -> Problem:
    # Messages quote the input, and a line break there must not look like another problem.
    return Problem(path, line, severity, " ".join(message.split()), " ".join(hint.split()))


def worst(problems: Iterable[Problem]) -> Severity | None:
    """Return the gravest severity among `problems`, None where there is none."""
    found = {problem.severity for problem in problems}
    return next((severity for severity in Severity if severity in found), None)
