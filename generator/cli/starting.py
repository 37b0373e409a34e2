"""`offprint init` and `offprint add`: make a collection, and put digests into it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import adding, scaffold
from generator.cli.group import EXAMPLE, Columns, Day, Form, WithForms, folder, main, report_option
from generator.cli.outcomes import (
    leave,
    remember,
    stop_on_errors,
    usable,
    write_report,
)
from generator.console import Console, plural
from generator.formats import Choice
from generator.models import Reading
from generator.readers.fields import FORMAT as TABLE


class Repository(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """A repository on GitHub, as owner/name or as its address."""

    name = "OWNER/NAME"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it as owner/name, or say what is wrong with it."""
        found = scaffold.repository(value) if value else ""
        if found is None:
            self.fail(f"'{value}' is no repository; write it as owner/name", param, ctx)
        return found


@main.command(epilog=EXAMPLE + "offprint init papers --repository example/papers")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="Name of the site.  [default: the folder's name]")
@click.option("--repository", type=Repository(), help="Where it will be on GitHub, if it will.")
@click.option("--url", help="Address of the site.  [default: the repository's GitHub Pages]")
@click.option(
    "--install",
    metavar="SPEC",
    help="What the workflows install: a wheel, git+https://…@COMMIT, offprint-digest==VERSION."
    "  [default: this very program]",
)
def init(
    directory: Path, name: str | None, repository: str | None, url: str | None, install: str | None
) -> None:
    """Make a new collection in DIRECTORY, ready to be published. Never overwrites a file."""
    wished = name or scaffold.name_of(directory)
    if name is None and sys.stdin.isatty():
        wished = click.prompt("Name of the site", default=wished)
        if repository is None:
            ask = "Its repository on GitHub, as owner/name, if any"
            repository = click.prompt(ask, default="", show_default=False, type=Repository())
        if url is None:
            default = scaffold.address(repository or "")
            url = click.prompt("Its address, if known", default=default, show_default=bool(default))
    made, problems = scaffold.write(directory, wished, url or "", repository or "", install)
    stop_on_errors(problems)
    for path in made:
        click.echo(f"wrote {path}")
    click.echo(f"Next: put your digests into {directory / 'digests'} with 'offprint add', then")
    click.echo(f"  offprint build -C {directory}")
    click.echo(f"To publish it: the five lines in {directory / 'README.md'}")


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
        remember(root)
    leave(problems)


def _account(reading: Reading) -> str:
    if reading.format is None:
        return "not read"
    rejected = f", {reading.rejected:,} rejected" if reading.rejected else ""
    read = f"{reading.read:,} of {plural(reading.entries, 'entry')} read"
    return f"{reading.format}, {read}{rejected}"
