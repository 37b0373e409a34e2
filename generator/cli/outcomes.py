"""What commands have in common: read the collection, tell its problems, leave with a code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from generator import lock, pipeline, writer
from generator.console import Console, plural, tally
from generator.exports import report as told
from generator.memory import Memory
from generator.models import Reading, Site
from generator.problems import Problem, Severity, note, worst


def usable(root: Path, report: Path | None = None) -> pipeline.Collection:
    """Return the collection at `root`, or exit with what makes it unusable."""
    try:
        return pipeline.collect(root)
    except pipeline.Unusable as reason:
        tell(Console(), report, (), reason.problems)
        sys.exit(1)


def understood(
    root: Path, console: Console, report: Path | None, memory: Memory | None = None
) -> tuple[pipeline.Collection, Site]:
    """Read and understand the collection, or exit and say that nothing was touched.

    The report is written in both cases.
    """
    collection = usable(root, report)
    readings: tuple[Reading, ...] = ()
    try:
        with console.stage("Reading digests") as stage:
            readings = pipeline.read(collection, stage.tell)
            entries = sum(reading.entries for reading in readings)
            stage.result = f"{plural(len(readings), 'file')}, {plural(entries, 'entry')}"
        write_report(report, readings, ())
        with console.stage("Sorting papers") as stage:
            site = pipeline.understand(collection, readings, stage.tell, memory)
            papers = plural(len(site.catalog.papers), "paper")
            stage.result = f"{papers} in {plural(len(site.catalog.topics), 'topic')}"
    except pipeline.Unusable as reason:
        tell(console, report, readings, reason.problems)
        stop("nothing was built", reason.problems)
    return collection, site


def unremembered(collection: pipeline.Collection, site: Site) -> list[Problem]:
    """Return a note where papers.lock lacks papers of the collection."""
    missing = len(site.lock.splitlines()) - len(collection.lock.splitlines())
    if missing <= 0:
        return []
    message = f"{plural(missing, 'line')} new: these papers get their addresses now"
    return [note(lock.NAME, None, message, "commit the file, so that they keep them for ever")]


def remember(root: Path) -> None:
    """Write the slugs of newly added papers into papers.lock."""
    try:
        collection = pipeline.collect(root)
        site = pipeline.understand(collection, pipeline.read(collection))
    except pipeline.Unusable as reason:
        Console().problems(reason.problems)
        sys.exit(1)
    writer.remember(root, site.lock)


def tell(
    console: Console,
    report: Path | None,
    readings: Iterable[Reading],
    problems: Iterable[Problem],
) -> None:
    """Print the problems, and write the report with the same ones."""
    console.problems(problems)
    write_report(report, readings, problems)


def write_report(
    path: Path | None, readings: Iterable[Reading], problems: Iterable[Problem]
) -> None:
    """Write the account of every file to `path`, as JSON; nowhere without a path."""
    if path:
        text = json.dumps(told(readings, problems), ensure_ascii=False, indent=2)
        writer.put(path, f"{text}\n".encode())


def stop_on_errors(problems: Iterable[Problem]) -> None:
    """Print the problems, and leave with 1 if there is an error among them."""
    problems = list(problems)
    Console().problems(problems)
    if worst(problems) is Severity.ERROR:
        sys.exit(1)


def stop(why: str, problems: Iterable[Problem]) -> NoReturn:
    """Say what was not done and why, and leave with 1."""
    click.echo(f"{tally(problems)}; {why}", err=True)
    sys.exit(1)


def leave(problems: Iterable[Problem], strict: bool = False) -> NoReturn:
    """Leave with 1 on an error, or with `strict` on a warning, else with 0."""
    found = worst(problems)
    sys.exit(int(found is Severity.ERROR or (strict and found is Severity.WARNING)))
