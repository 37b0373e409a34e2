"""The command `offprint` without its subcommands, and the options that these share."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Any

import click

from generator import __version__, adding, readers
from generator.cli import runner
from generator.readers.fields import MAPPABLE

EXAMPLE = "\b\nExample:\n  "


class Day(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the value, or say what is wrong with it."""
        if not adding.is_day(value):
            self.fail(f"'{value}' is no day; write it as YYYY-MM-DD", param, ctx)
        return value


class Form(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """The name of an installed reader."""

    name = "F"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the value, or say what is wrong with it."""
        # Asked only here: other commands need not load all readers.
        known = ", ".join(readers.installed())
        if value not in known.split(", "):
            self.fail(f"'{value}' is no form; there are: {known}", param, ctx)
        return value


class Columns(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """Columns of a table by the fields that they hold."""

    name = "FIELD=COLUMN,…"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, str]:
        """Return the value, or say what is wrong with it."""
        found: dict[str, str] = {}
        for pair in value.split(","):
            one, _, column = (part.strip() for part in pair.partition("="))
            if one not in MAPPABLE:
                self.fail(f"'{one}' is no field; there are: {', '.join(MAPPABLE)}", param, ctx)
            if not column:
                self.fail(f"which column holds '{one}'? write {one}=COLUMN", param, ctx)
            if one in found:
                self.fail(f"'{one}' is given twice", param, ctx)
            found[one] = column
        return found


class _Commands(click.Group):
    """The commands; what the disk or the installation refuses ends with a plain word."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except readers.ReaderClash as reason:
            click.echo(f"error: {reason}\n  hint: 'pip list' names what is installed", err=True)
            sys.exit(1)
        except OSError as reason:
            if reason.errno == errno.EPIPE:
                # Whoever reads along has left, as `head` does: click ends in silence.
                raise
            what = f"{reason.filename or 'the disk'}: error: {reason.strerror or reason}"
            click.echo(f"{what}\n  hint: check its rights and the free space", err=True)
            sys.exit(1)


class WithForms(click.Command):
    """A command whose help names the forms of digests that are read."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the forms above the example."""
        with formatter.section("Forms"):
            formatter.write_dl([(one.name, one.about) for one in readers.installed().values()])
        super().format_epilog(ctx, formatter)


folder = click.option(
    "-C",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="The collection.  [default: here]",
)
report_option = click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the account of every file there, as JSON.",
)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nA new collection in three commands:\n"
    "  offprint init my-papers\n"
    "  offprint add -C my-papers ~/Downloads/daily-papers.txt --year 2025\n"
    "  offprint build -C my-papers",
)
@click.version_option(__version__, prog_name="offprint")
@click.option(
    "--github",
    is_flag=True,
    help="For GitHub's workflows: show problems at file and line; print no order to the runner.",
)
@click.pass_context
def main(context: click.Context, github: bool) -> None:
    """Turn a folder of paper digests into a searchable website with a feed for every topic."""
    if github:
        context.with_resource(runner.spoken_to(context))
