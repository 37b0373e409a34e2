"""`offprint check` and `offprint topics suggest`: what deserves a curator's look."""

from __future__ import annotations

from pathlib import Path

import click

from generator import scaffold, sources, writer
from generator.cli.group import EXAMPLE, folder, main, report_option
from generator.cli.outcomes import (
    leave,
    stop,
    tell,
    understood,
    unremembered,
)
from generator.console import Console, plural, tally
from generator.models import Site
from generator.problems import Problem
from generator.topics import topicfile


@main.command(epilog=EXAMPLE + "offprint check --strict")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--merges", is_flag=True, help="List doubtful merges and near misses.")
@click.option("--topics", is_flag=True, help="List unsure and unsorted papers, and idle keywords.")
@report_option
@folder
def check(strict: bool, merges: bool, topics: bool, report: Path | None, root: Path) -> None:
    """Say what is wrong with the collection, with file and line; builds nothing."""
    console = Console()
    collection, site = understood(root, console, report)
    problems = [*site.problems, *unremembered(collection, site)]
    tell(console, report, site.readings, problems)
    if merges:
        _show_merges(site)
    if topics:
        _show_topics(site)
    click.echo(tally(problems))
    leave(problems, strict)


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
@folder
def suggest(target: Path | None, root: Path) -> None:
    """Suggest topics in the collection's own words, as a topics.yml to edit."""
    from generator.topics import suggestions

    if target and (target.exists() or target.is_symlink()) and not _is_nobodys(target):
        raise click.UsageError(f"{target} exists already: name another file, or move it away")
    _, site = understood(root, Console(), None)
    own = any(topic.line for topic in site.catalog.topics)
    found = suggestions.suggest(site.catalog) if own else site.catalog
    if own and not (target and _is_same(target, root / topicfile.TOPICS)):
        click.echo("topics.yml stays as it is; these are found without it", err=True)
    text = suggestions.render(found)
    if not text:
        stop("no two papers share a phrase that could name a topic", ())
    if target:
        writer.put(target, text.encode())
        click.echo(f"{plural(text.count('  - name: '), 'topic')} written to {target}", err=True)
    else:
        click.echo(text, nl=False)


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _is_nobodys(path: Path) -> bool:
    """Tell whether a topics.yml is still as `init` wrote it, or names no topic."""
    found = sources.read(path, path.name)
    if isinstance(found, Problem):
        return False
    return scaffold.wrote(topicfile.TOPICS, found.data) or topicfile.read(found)[0] is None
