"""`offprint build` and `offprint serve`: make the site, and show it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from generator import budget, origin, pipeline, writer
from generator.cli.group import EXAMPLE, folder, main, report_option
from generator.cli.outcomes import (
    leave,
    stop,
    tell,
    understood,
    unremembered,
    usable,
)
from generator.console import Console, plural, tally
from generator.models import Site
from generator.problems import Problem, Severity, worst


@main.command(epilog=EXAMPLE + "offprint build --strict")
@click.option("--strict", is_flag=True, help="Stop on warnings too; then the old site stays.")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the site goes.  [default: site_dir of mkdocs.yml]",
)
@report_option
@folder
def build(strict: bool, site_dir: Path | None, report: Path | None, root: Path) -> None:
    """Build the site: digests to Markdown to a checked site, swapped in whole."""
    # MkDocs takes a third of a second to import, which no other command needs.
    from generator import publish

    console = Console()
    memory = writer.recollect(root)
    collection, site = understood(root, console, report, memory)
    collection = replace(collection, commit=origin.of(root))
    settings = collection.settings
    report_back = partial(tell, console, report, site.readings)
    target = (site_dir or root / settings.site_dir).absolute()
    problems = [*site.problems, *unremembered(collection, site)]
    if strict and worst(problems) in {Severity.ERROR, Severity.WARNING}:
        report_back(problems)
        stop("nothing was built, because of --strict", problems)
    if refused := publish.refusal(target):
        report_back([refused])
        stop("nothing was built", [refused])
    try:
        with console.stage("Writing pages") as stage:
            site = pipeline.render(collection, site, stage.tell, memory)
            stage.tell("files", 0, len(site.files))
            written = writer.write(root / settings.docs_dir, site.files)
            stage.result = f"{plural(len(site.files), 'file')}, {written.changed:,} changed"
    except pipeline.Unusable as reason:
        report_back(reason.problems)
        stop("nothing was built", reason.problems)
    problems += written.problems
    if worst(written.problems) is Severity.ERROR or (strict and written.problems):
        report_back(problems)
        stop("nothing was built", problems)
    writer.remember(root, site.lock)
    writer.retain(root, memory)
    with console.stage("Building the site") as stage:
        faults = publish.build(root.absolute(), settings, site, target, stage.tell)
        stage.result = "checked: no dead link" if not faults else tally(faults)
    if faults:
        report_back([*problems, *faults])
        stop(f"{target} stays as it was", [*problems, *faults])
    weight = budget.weigh(target)
    problems += budget.notes(weight, target.name)
    report_back(problems)
    _summary(site, target, problems, console)
    if weight.heavy:
        click.echo(f"It weighs {budget.told(weight.size)} in {plural(weight.files, 'file')}")
    leave(problems, strict)


@main.command(epilog=EXAMPLE + "offprint serve --port 8001")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@folder
def serve(port: int, root: Path) -> None:
    """Show the collection on this machine and follow every change of it."""
    from generator import publish

    usable(root)
    publish.serve(root.absolute(), port)


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
