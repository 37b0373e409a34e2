"""`offprint init` and `offprint add`: make a collection, and put digests into it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import adding, pipeline, scaffold, writer
from generator.cli.group import EXAMPLE, Columns, Day, Form, WithForms, folder, main, report_option
from generator.cli.outcomes import (
    leave,
    stop_on_errors,
    usable,
    write_report,
)
from generator.console import Console, plural
from generator.formats import Choice
from generator.models import Reading
from generator.readers.fields import FORMAT as TABLE


@main.command(epilog=EXAMPLE + "offprint init reading-group --name 'Reading group'")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="Name of the site.  [default: the folder's name]")
@click.option("--url", default="", help="Address that the site will have, if known already.")
def init(directory: Path, name: str | None, url: str) -> None:
    """Make a new collection in DIRECTORY. Never overwrites a file."""
    wished = name or scaffold.name_of(directory)
    if name is None and sys.stdin.isatty():
        wished = click.prompt("Name of the site", default=wished)
        url = url or click.prompt("Its address, if known", default="", show_default=False)
    made, problems = scaffold.write(directory, wished, url)
    stop_on_errors(problems)
    for path in made:
        click.echo(f"wrote {path}")
    click.echo(f"Next: put your digests into {directory / 'digests'} with 'offprint add', then")
    click.echo(f"  offprint build -C {directory}")


@main.command(
    cls=WithForms, epilog=EXAMPLE + "offprint add ~/Downloads/daily-papers.txt --year 2025"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--date", "day", type=Day(), help="Day of a digest that tells none.")
@click.option("--year", type=click.IntRange(1900, 2200), help="Year of a date without one.")
@click.option("--format", "form", type=Form(), help="Read them as this form, without guessing.")
@click.option("--map", "columns", type=Columns(), help="Columns of a table, as in title=Name.")
@report_option
@folder
def add(
    files: tuple[Path, ...],
    day: str | None,
    year: int | None,
    form: str | None,
    columns: dict[str, str] | None,
    report: Path | None,
    root: Path,
) -> None:
    """Read digests, say what was read, and copy each file into digests/.

    The copy is byte for byte and never over another file.
    """
    readings: list[Reading] = []
    console = Console()
    usable(root)
    # Only tables have columns.
    choice = Choice(form or (TABLE if columns else None), columns or {})
    for path in files:
        added = adding.add(root, path, day, year, choice)
        readings.append(added.reading)
        console.problems(added.reading.problems)
        click.echo(f"{path}: {_account(added.reading)}")
        if added.where:
            click.echo(f"  {'already there' if added.known else 'copied'}: {added.where}")
    problems = [problem for reading in readings for problem in reading.problems]
    write_report(report, readings, problems)
    if any(reading.read for reading in readings):
        _remember(root)
    leave(problems)


def _remember(root: Path) -> None:
    """Write the slugs of newly added papers into papers.lock."""
    try:
        collection = pipeline.collect(root)
        site = pipeline.understand(collection, pipeline.read(collection))
    except pipeline.Unusable as reason:
        Console().problems(reason.problems)
        sys.exit(1)
    writer.remember(root, site.lock)


def _account(reading: Reading) -> str:
    if reading.format is None:
        return "not read"
    rejected = f", {reading.rejected:,} rejected" if reading.rejected else ""
    read = f"{reading.read:,} of {plural(reading.entries, 'entry')} read"
    return f"{reading.format}, {read}{rejected}"
