"""`offprint export`: the papers, or some of them, in a form that other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

import click

from generator import writer
from generator.cli.group import EXAMPLE, folder, main
from generator.cli.outcomes import leave, understood
from generator.console import Console, plural
from generator.exports import bundles
from generator.identity import slug
from generator.models import Catalog, Paper
from generator.problems import Severity

_SUFFIXES = {"bibtex": "bib", "ris": "ris", "csl": "csl.json", "jsonl": "jsonl", "csv": "csv"}
_WHOLE = "jsonl"
"""The form that always holds all, abstracts and related papers too."""
_NEAREST = 3


@main.command(epilog=EXAMPLE + "offprint export --format bibtex --topic speech -o speech.bib")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_SUFFIXES)),
    required=True,
    help="BibTeX, RIS, CSL-JSON, JSON lines or a table.",
)
@click.option("--abstracts", is_flag=True, help="With abstracts; JSON lines have them anyway.")
@click.option("--topic", metavar="SLUG", help="Only papers of this topic.")
@click.option("--digest", metavar="SLUG", help="Only papers of this digest, in its order.")
@click.option("--author", metavar="SLUG", help="Only papers of this author.")
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write them there, over what is there.  [default: print them]",
)
@folder
def export(
    form: str,
    abstracts: bool,
    topic: str | None,
    digest: str | None,
    author: str | None,
    target: Path | None,
    root: Path,
) -> None:
    """Export papers: the same bytes as the files under /data/ of the site.

    With several of --topic, --digest and --author, the papers that all of them have.
    """
    console = Console()
    _, site = understood(root, console, None)
    papers = _chosen(site.catalog, topic, digest, author)
    prefix = "abstracts." if abstracts and form != _WHOLE else ""
    catalog = _with_relatives(site.catalog) if form == _WHOLE else site.catalog
    shown = [catalog.by_slug[paper.slug] for paper in papers]
    content = bundles.Shelf(catalog).file(prefix + _SUFFIXES[form], shown).encode()
    # An entry that could not be read is missing here too.
    faults = [problem for problem in site.problems if problem.severity is Severity.ERROR]
    console.problems(faults)
    if target:
        writer.put(target, content)
        click.echo(f"{plural(len(papers), 'paper')} written to {target}", err=True)
    else:
        # Bytes: line ends and letters are the same on every system.
        click.echo(content, nl=False)
    leave(faults)


def _with_relatives(catalog: Catalog) -> Catalog:
    # Comparing all papers costs more than all else, and only this form shows it.
    from generator import related

    return related.link(catalog)


def _chosen(
    catalog: Catalog, topic: str | None, digest: str | None, author: str | None
) -> list[Paper]:
    """Return the papers that all that is named has, in the digest's order if one is named."""
    lists = []
    if digest is not None:
        titles = {one.slug: one.title for one in catalog.digests}
        lists.append(catalog.in_digest[_known("digest", digest, titles)])
    if topic is not None:
        names = {one.slug: one.name for one in catalog.topics}
        lists.append(catalog.in_topic[_known("topic", topic, names)])
    if author is not None:
        lists.append(_works(catalog, author))
    if not lists:
        return list(catalog.papers)
    common = set.intersection(*({paper.slug for paper in papers} for papers in lists))
    return [paper for paper in lists[0] if paper.slug in common]


def _works(catalog: Catalog, wanted: str) -> tuple[Paper, ...]:
    from generator.authors import gather

    known = {author.slug: author for author in gather(catalog.papers).known}
    names = {one: author.name for one, author in known.items()}
    return known[_known("author", wanted, names, "; authors of one paper only have no list")].papers


def _known(kind: str, wanted: str, names: Mapping[str, str], remark: str = "") -> str:
    """Return `wanted` if there is such a slug, else say what it may be meant for."""
    if wanted in names:
        return wanted
    near = _nearest(wanted, names)
    hint = f"did you mean {' or '.join(near)}?" if near else "the slug is in its page's address"
    raise click.UsageError(f"there is no {kind} '{wanted}'{remark}\n  hint: {hint}")


def _nearest(wanted: str, names: Mapping[str, str]) -> Iterable[str]:
    """Return the nearest slugs in quotes; also those whose names the curator may have typed."""
    asked = slug(wanted) or wanted.casefold()
    slugs = get_close_matches(asked, list(names), n=_NEAREST)
    holding = [one for one, name in names.items() if asked and asked in (one, slug(name))]
    parts = [one for one in names if asked and asked in one]
    found = list(dict.fromkeys([*holding, *slugs, *parts]))[:_NEAREST]
    return [f"'{one}'" for one in found]
