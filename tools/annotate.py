"""Print a report's problems as annotations, which GitHub shows at file and line.

Usage: annotate.py REPORT. Needs nothing but the standard library.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
"""GitHub's word for each severity, worst first."""
# GitHub drops what a step says beyond ten of a level.
MOST = 10


def commands(problems: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a workflow command for each problem, worst first, at most ten of a severity."""
    ranks = list(LEVELS)
    counted = Counter(problem["severity"] for problem in problems)
    told: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda one: ranks.index(one["severity"])):
        severity = problem["severity"]
        told[severity] += 1
        if told[severity] < MOST or counted[severity] == MOST:
            yield annotation(problem)
        elif told[severity] == MOST:
            left = counted[severity] - MOST + 1
            yield command(LEVELS[severity], {}, f"… and {left} more: see the log of the build")


def annotation(problem: Mapping[str, Any]) -> str:
    """Return the workflow command that shows one problem where it is."""
    where = {"file": problem["file"], "line": problem["line"]}
    title = {"title": f"Offprint: {problem['severity']}"}
    parts = [problem["message"], f"hint: {problem['hint']}" if problem["hint"] else ""]
    text = "\n".join(printable(part) for part in parts if part)
    return command(LEVELS[problem["severity"]], {**where, **title}, text)


def command(name: str, properties: Mapping[str, object], text: str) -> str:
    """Return one line that a GitHub runner reads as the command `name`; None is left out."""
    given = (f"{key}={_value(str(one))}" for key, one in properties.items() if one is not None)
    return f"::{name} {','.join(given)}".rstrip() + f"::{_data(text)}"


def printable(text: str) -> str:
    """Return `text` with `?` for each character that would act rather than show."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")


def main(arguments: Sequence[str]) -> int:
    """Print the annotations of one report; return the exit code."""
    if len(arguments) != 1:
        print("usage: annotate.py REPORT", file=sys.stderr)
        return 2
    try:
        problems = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))["problems"]
    except FileNotFoundError:
        print("There is no report: the build ended before it could write one.", file=sys.stderr)
        return 0
    for line in commands(problems):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
