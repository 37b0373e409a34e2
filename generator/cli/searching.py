"""`offprint search`: the site's own search, in the terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from generator.cli.group import EXAMPLE, folder, main
from generator.console import Console


@main.command(epilog=EXAMPLE + "offprint search 'streaming speech recognition' --limit 5")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="A list of slug, title, url and score.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True)
@folder
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
