"""The command `offprint`: the only place that prints and that decides on exit codes."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from generator import __version__, adding, lock, pipeline, readers, scaffold, writer
from generator.console import Console, plural, tally
from generator.exports import report as told
from generator.formats import Choice
from generator.models import Reading, Site
from generator.problems import Problem, Severity, note, worst
from generator.readers.fields import FORMAT as TABLE
from generator.readers.fields import MAPPABLE

EXAMPLE = "\b\nExample:\n  "


class _Day(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not adding.is_day(value):
            self.fail(f"'{value}' is no day; write it as YYYY-MM-DD", param, ctx)
        return value


class _Form(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """The name of an installed reader."""

    name = "F"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        # Asked only here: other commands need not load all readers.
        known = ", ".join(readers.installed())
        if value not in known.split(", "):
            self.fail(f"'{value}' is no form; there are: {known}", param, ctx)
        return value


class _Map(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """Columns of a table by the fields that they hold."""

    name = "FIELD=COLUMN,…"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, str]:
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
    """The commands; what the disk refuses ends each of them with a plain word."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except OSError as reason:
            if reason.errno == errno.EPIPE:
                # Whoever reads along has left, as `head` does: click ends in silence.
                raise
            what = f"{reason.filename or 'the disk'}: error: {reason.strerror or reason}"
            click.echo(f"{what}\n  hint: check its rights and the free space", err=True)
            sys.exit(1)


class _WithForms(click.Command):
    """A command whose help names the forms of digests that are read."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the forms above the example."""
        with formatter.section("Forms"):
            formatter.write_dl([(one.name, one.about) for one in readers.installed().values()])
        super().format_epilog(ctx, formatter)


_folder = click.option(
    "-C",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="The collection.  [default: here]",
)
_report = click.option(
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
def main() -> None:
    """Turn a folder of paper digests into a searchable website with a feed for every topic."""


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
    _finish_if_errors(problems)
    for path in made:
        click.echo(f"wrote {path}")
    click.echo(f"Next: put your digests into {directory / 'digests'} with 'offprint add', then")
    click.echo(f"  offprint build -C {directory}")


@main.command(
    cls=_WithForms, epilog=EXAMPLE + "offprint add ~/Downloads/daily-papers.txt --year 2025"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--date", "day", type=_Day(), help="Day of a digest that tells none.")
@click.option("--year", type=click.IntRange(1900, 2200), help="Year of a date without one.")
@click.option("--format", "form", type=_Form(), help="Read them as this form, without guessing.")
@click.option("--map", "columns", type=_Map(), help="Columns of a table, as in title=Name.")
@_report
@_folder
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
    _usable(root)
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
    _write_report(report, readings, problems)
    if any(reading.read for reading in readings):
        _remember(root)
    _exit(problems)


@main.command(epilog=EXAMPLE + "offprint build --strict")
@click.option("--strict", is_flag=True, help="Stop on warnings too; then the old site stays.")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the site goes.  [default: site_dir of mkdocs.yml]",
)
@_report
@_folder
def build(strict: bool, site_dir: Path | None, report: Path | None, root: Path) -> None:
    """Build the site: digests to Markdown to a checked site, swapped in whole."""
    # MkDocs takes a third of a second to import, which no other command needs.
    from generator import publish

    console = Console()
    collection, site = _site(root, console, report)
    settings = collection.settings
    tell = partial(_tell, console, report, site.readings)
    target = (site_dir or root / settings.site_dir).absolute()
    problems = [*site.problems, *_unremembered(collection, site)]
    if strict and worst(problems) in {Severity.ERROR, Severity.WARNING}:
        tell(problems)
        _stop("nothing was built, because of --strict", problems)
    if refused := publish.refusal(target):
        tell([refused])
        _stop("nothing was built", [refused])
    try:
        with console.stage("Writing pages") as stage:
            site = pipeline.render(collection, site)
            written = writer.write(root / settings.docs_dir, site.files)
            stage.result = f"{plural(len(site.files), 'file')}, {written.changed:,} changed"
    except pipeline.Unusable as reason:
        tell(reason.problems)
        _stop("nothing was built", reason.problems)
    problems += written.problems
    if worst(written.problems) is Severity.ERROR or (strict and written.problems):
        tell(problems)
        _stop("nothing was built", problems)
    writer.remember(root, site.lock)
    with console.stage("Building the site") as stage:
        faults = publish.build(root.absolute(), settings, site, target)
        stage.result = "checked: no dead link" if not faults else tally(faults)
    tell([*problems, *faults])
    if faults:
        _stop(f"{target} stays as it was", [*problems, *faults])
    _summary(site, target, problems, console)
    _exit(problems, strict)


@main.command(epilog=EXAMPLE + "offprint serve --port 8001")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@_folder
def serve(port: int, root: Path) -> None:
    """Show the collection on this machine and follow every change of it."""
    from generator import publish

    _usable(root)
    publish.serve(root.absolute(), port)


@main.command(epilog=EXAMPLE + "offprint check --strict")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--merges", is_flag=True, help="List doubtful merges and near misses.")
@click.option("--topics", is_flag=True, help="List unsure and unsorted papers, and idle keywords.")
@_report
@_folder
def check(strict: bool, merges: bool, topics: bool, report: Path | None, root: Path) -> None:
    """Say what is wrong with the collection, with file and line; builds nothing."""
    console = Console()
    collection, site = _site(root, console, report)
    problems = [*site.problems, *_unremembered(collection, site)]
    _tell(console, report, site.readings, problems)
    if merges:
        _show_merges(site)
    if topics:
        _show_topics(site)
    click.echo(tally(problems))
    _exit(problems, strict)


def _show_merges(site: Site) -> None:
    """Print what was merged, or nearly, without an id or an equal title to decide it."""
    for merged, head in (
        (True, "Merged without a shared id or an equal title, most doubtful first:"),
        (False, "Not merged though alike, most likely first:"),
    ):
        found = [one for one in site.likenesses if one.merged is merged]
        click.echo(head if found else f"{head.partition(',')[0]}: none")
        for one in found:
            click.echo(f"  {one.score:4.0%}  {one.places[0]}  {one.titles[0]}")
            click.echo(f"        {one.places[1]}  {one.titles[1]}")
            why = f"; apart: {', '.join(one.against)}" if one.against else ""
            click.echo(f"        {', '.join(one.reasons)}{why}")
    if site.likenesses:
        click.echo("Your word wins: 'same:' and 'different:' in corrections.yml")


def _show_topics(site: Site) -> None:
    """Print what a curator of topics.yml should look at."""
    # Other commands need not compare all papers once more.
    from generator.topics import topic_review

    for section in topic_review.review(site.catalog):
        for line in section.lines():
            click.echo(line)


@main.group("topics", epilog=EXAMPLE + "offprint topics suggest")
def topic_commands() -> None:
    """Find topics in the collection's own words."""


@topic_commands.command(epilog=EXAMPLE + "offprint topics suggest -o topics.yml")
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write them there.  [default: print them]",
)
@_folder
def suggest(target: Path | None, root: Path) -> None:
    """Suggest topics in the collection's own words, as a topics.yml to edit."""
    from generator.topics import suggestions

    if target and (target.exists() or target.is_symlink()):
        raise click.UsageError(f"{target} exists already: name another file, or move it away")
    collection, site = _site(root, Console(), None)
    own = collection.topics is not None
    found = suggestions.suggest(site.catalog) if own else site.catalog
    if own:
        click.echo("topics.yml stays as it is; these are found without it", err=True)
    text = suggestions.render(found)
    if not text:
        _stop("no two papers share a phrase that could name a topic", ())
    if target:
        writer.put(target, text.encode())
        click.echo(f"{plural(text.count('  - name: '), 'topic')} written to {target}", err=True)
    else:
        click.echo(text, nl=False)


@main.command(epilog=EXAMPLE + "offprint search 'streaming speech recognition' --limit 5")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="A list of slug, title, url and score.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True)
@_folder
def search(query: str, as_json: bool, limit: int, root: Path) -> None:
    """Search the built site: the same index and the same ranking as in the browser."""
    from generator import settings
    from generator.search import finding

    found, problems = settings.load(root)
    if found is None:
        Console().problems(problems)
        sys.exit(1)
    folder = root / found.site_dir / "search"
    try:
        answer = finding.find(lambda name: (folder / name).read_bytes(), query, limit)
    except (OSError, KeyError, ValueError):
        click.echo(f"{folder}: no search index\n  hint: run 'offprint build' first", err=True)
        sys.exit(1)
    hits = answer.hits
    for typed, shown in answer.guesses:
        click.echo(f"no paper has “{typed}”: showing results for “{shown}”", err=True)
    if as_json:
        rows = [{"slug": h.slug, "title": h.title, "url": h.url, "score": h.score} for h in hits]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for number, hit in enumerate(hits, 1):
        click.echo(f"{number:>3}. {hit.title}\n     {hit.url}")
    if not hits:
        click.echo(f"no paper for “{query}”")


def _usable(root: Path, report: Path | None = None) -> pipeline.Collection:
    """Return the collection at `root`, or exit with what makes it unusable."""
    try:
        return pipeline.collect(root)
    except pipeline.Unusable as reason:
        _tell(Console(), report, (), reason.problems)
        sys.exit(1)


def _site(root: Path, console: Console, report: Path | None) -> tuple[pipeline.Collection, Site]:
    """Read and understand the collection, or exit and say that nothing was touched.

    The report is written in both cases.
    """
    collection = _usable(root, report)
    readings: tuple[Reading, ...] = ()
    try:
        with console.stage("Reading digests") as stage:
            readings = pipeline.read(collection)
            entries = sum(reading.entries for reading in readings)
            stage.result = f"{plural(len(readings), 'file')}, {plural(entries, 'entry')}"
        _write_report(report, readings, ())
        with console.stage("Sorting papers") as stage:
            site = pipeline.understand(collection, readings)
            papers = plural(len(site.catalog.papers), "paper")
            stage.result = f"{papers} in {plural(len(site.catalog.topics), 'topic')}"
    except pipeline.Unusable as reason:
        _tell(console, report, readings, reason.problems)
        _stop("nothing was built", reason.problems)
    return collection, site


def _unremembered(collection: pipeline.Collection, site: Site) -> list[Problem]:
    """Return a note where papers.lock lacks papers of the collection."""
    missing = len(site.lock.splitlines()) - len(collection.lock.splitlines())
    if missing <= 0:
        return []
    message = f"{plural(missing, 'line')} new: these papers get their addresses now"
    return [note(lock.NAME, None, message, "commit the file, so that they keep them for ever")]


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


def _tell(
    console: Console,
    report: Path | None,
    readings: Iterable[Reading],
    problems: Iterable[Problem],
) -> None:
    """Print the problems, and write the report with the same ones."""
    console.problems(problems)
    _write_report(report, readings, problems)


def _write_report(
    path: Path | None, readings: Iterable[Reading], problems: Iterable[Problem]
) -> None:
    if path:
        text = json.dumps(told(readings, problems), ensure_ascii=False, indent=2)
        writer.put(path, f"{text}\n".encode())


def _summary(site: Site, target: Path, problems: list[Problem], console: Console) -> None:
    catalog = site.catalog
    pages = sum(file.path.endswith(".md") for file in site.files)
    counts = (
        plural(len(catalog.papers), "paper"),
        plural(len(catalog.digests), "digest"),
        plural(len(catalog.topics), "topic"),
        plural(pages, "page"),
    )
    click.echo(f"{', '.join(counts)} in {console.seconds()}; {tally(problems)}")
    click.echo(f"Site: {target}")


def _finish_if_errors(problems: Iterable[Problem]) -> None:
    problems = list(problems)
    Console().problems(problems)
    if worst(problems) is Severity.ERROR:
        sys.exit(1)


def _stop(why: str, problems: Iterable[Problem]) -> None:
    click.echo(f"{tally(problems)}; {why}", err=True)
    sys.exit(1)


def _exit(problems: Iterable[Problem], strict: bool = False) -> None:
    found = worst(problems)
    sys.exit(int(found is Severity.ERROR or (strict and found is Severity.WARNING)))
