"""`offprint news`: what a built site has that was not there before."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator import news
from generator.cli.group import EXAMPLE, folder, main
from generator.cli.outcomes import usable


@main.command("news", epilog=EXAMPLE + "offprint news --since v1.0")
@click.option(
    "--since",
    "commits",
    multiple=True,
    metavar="COMMIT",
    help="Compare with it; of several the first that is at hand.  [default: HEAD^]",
)
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The built site.  [default: site_dir of mkdocs.yml]",
)
@click.option(
    "--problems",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Tell the problems of this report too.",
)
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Append it there.  [default: print it]",
)
@folder
def tell_news(
    commits: tuple[str, ...],
    site_dir: Path | None,
    problems: Path | None,
    target: Path | None,
    root: Path,
) -> None:
    """Say in Markdown what is new in the built site: papers, their topics, problems."""
    report = json.loads(problems.read_text("utf-8")) if problems and problems.is_file() else {}
    earlier = news.Before()
    if site_dir is None or news.built(site_dir):
        collection = usable(root)
        site_dir = site_dir or root / collection.settings.site_dir
        earlier = news.before(root, collection, commits or ("HEAD^",))
    found = news.told(site_dir, report.get("problems"), earlier)
    text = "\n\n".join(part for part in found if part)
    if target is None:
        click.echo(text)
        return
    with target.open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")
