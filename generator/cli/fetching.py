"""`offprint fetch`: bring a new digest from Hugging Face, from arXiv, or from any address."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

import click

from generator import pipeline, settings, writer
from generator.cli.group import EXAMPLE, Columns, Day, Form, folder, main, report_option
from generator.cli.outcomes import remember, usable
from generator.console import Console, plural
from generator.exports import report as told
from generator.formats import Choice
from generator.identity import is_address
from generator.models import Digest
from generator.problems import Problem, error
from generator.readers.fields import FORMAT as TABLE

if TYPE_CHECKING:
    from generator.fetch import Client, Haul
    from generator.fetch.client import Marks
    from generator.fetch.store import Stored

_LABEL = "Asking the source"
_Work = Callable[["Client", Sequence[Digest], "Marks"], "Haul"]
"""What a source is asked for: with a client, the collection's digests, and the last marks."""


class Span(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """A week or a month, as its first day and its last."""

    def __init__(self, name: str, example: str) -> None:
        self.name = name
        self.example = example

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[datetime.date, datetime.date]:
        """Return the two days, or say what is wrong with the value."""
        try:
            return _week(value) if "W" in self.name else _month(value)
        except ValueError:
            self.fail(f"'{value}' is none; write it as in {self.example}", param, ctx)


class Address(click.ParamType):  # type: ignore[type-arg] # older releases know no argument
    """A web address that may be published."""

    name = "ADDRESS"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address without its fragment, or say what is wrong with it."""
        value = urldefrag(value.strip()).url if is_address(value.strip()) else ""
        if not value or not value.isprintable() or " " in value:
            self.fail("no web address; it starts with https://", param, ctx)
        if "@" in urlsplit(value).netloc:
            self.fail("it holds a user name, which would be published with it", param, ctx)
        return value


_dry = click.option("--dry-run", "dry", is_flag=True, help="Ask and tell, but write nothing.")
_last = click.option("--since-last", is_flag=True, help="What is new since.  [default]")


@main.group(epilog=EXAMPLE + "offprint fetch hf")
def fetch() -> None:
    """Write a new digest from a live source, with nothing that is there already."""


@fetch.command(epilog=EXAMPLE + "offprint fetch hf --week 2026-W06")
@click.option("--date", "day", type=Day(), help="The list of one day.")
@click.option("--week", type=Span("YYYY-Www", "2026-W06"), help="The days of a week.")
@click.option("--month", type=Span("YYYY-MM", "2026-02"), help="The days of a month.")
@_last
@_dry
@report_option
@folder
def hf(
    day: str | None,
    week: tuple[datetime.date, datetime.date] | None,
    month: tuple[datetime.date, datetime.date] | None,
    since_last: bool,
    dry: bool,
    report: Path | None,
    root: Path,
) -> None:
    """Fetch Hugging Face's daily papers: a digest for each day.

    Without an option: each day that is over since the last one in digests/.
    """
    from generator.fetch import hf

    _only_one({"--date": day, "--week": week, "--month": month, "--since-last": since_last})
    today = _today()
    if day and day > today:
        raise click.UsageError(f"{day} is yet to come")
    if (span := week or month) and span[0].isoformat() >= today:
        raise click.UsageError(f"no day of it is over yet: it begins on {span[0]}")
    yesterday = datetime.date.fromisoformat(today) - datetime.timedelta(days=1)

    def work(client: Client, digests: Sequence[Digest], marks: Marks) -> Haul:
        if day:
            return hf.fetch(client, [day], digests)
        if span:
            return hf.fetch(client, hf.days(span[0], min(span[1], yesterday)), digests)
        return hf.fetch_since_last(client, digests, today)

    _run(_Task(hf.KEY, root, today, dry, report), work)


@fetch.command(epilog=EXAMPLE + "offprint fetch arxiv --category cs.CL --since 2026-02-01")
@click.option("--category", "categories", multiple=True, help="As in cs.CL; can be repeated.")
@click.option("--query", "words", help="As in 'ti:speech AND abs:streaming'.")
@click.option("--since", type=Day(), help="First day of submission (UTC).")
@_last
@click.option("--limit", type=click.IntRange(1, 2000), help="Only so many, the newest.")
@click.option("--rss", is_flag=True, help="Ask the daily feed: what was announced today.")
@_dry
@report_option
@folder
def arxiv(
    categories: tuple[str, ...],
    words: str | None,
    since: str | None,
    since_last: bool,
    limit: int | None,
    rss: bool,
    dry: bool,
    report: Path | None,
    root: Path,
) -> None:
    """Fetch what is new at arXiv, by category or by query.

    Without --since and --limit: what is new since the last digest of the same query.
    """
    from generator.fetch import arxiv as api
    from generator.fetch import rss as feed

    asked = api.query(words, categories)
    if not asked:
        raise click.UsageError("name a --category or a --query")
    if wrong := next((one for one in categories if not api.is_category(one)), None):
        raise click.UsageError(f"'{wrong}' is no category; write it as in cs.CL")
    _only_one({"--since": since, "--since-last": since_last})
    if rss and (words or since or limit):
        raise click.UsageError("--rss is what a day announced: it takes only --category")
    today = _today()
    if since and since > today:
        raise click.UsageError(f"{since} is yet to come")

    def work(client: Client, digests: Sequence[Digest], marks: Marks) -> Haul:
        if rss:
            return feed.fetch(client, categories, digests, today, marks)
        newest = limit and not since_last
        start = since or (None if newest else api.since_last(asked, digests, today))
        return api.fetch(client, api.Wish(asked, start, today, limit), digests, today)

    key = feed.key(categories) if rss else f"arxiv {asked}"
    _run(_Task(key, root, today, dry, report, pause=api.PAUSE), work)


@fetch.command(epilog=EXAMPLE + "offprint fetch url https://example.org/papers.xml")
@click.argument("address", type=Address())
@click.option("--format", "form", type=Form(), help="Read it as this form, without guessing.")
@click.option("--map", "columns", type=Columns(), help="Columns of a table, as in title=Name.")
@click.option("--allow-private", "private", is_flag=True, help="For a server of your own network.")
@_dry
@report_option
@folder
def url(
    address: str,
    form: str | None,
    columns: dict[str, str] | None,
    private: bool,
    dry: bool,
    report: Path | None,
    root: Path,
) -> None:
    """Fetch a feed or a file of any form that 'offprint add' reads.

    The first time it is kept as it is; later only what is new in it is written.
    """
    from generator.fetch import web

    today = _today()
    choice = Choice(form or (TABLE if columns else None), columns or {}, address)

    def work(client: Client, digests: Sequence[Digest], marks: Marks) -> Haul:
        return web.fetch(client, web.Wish(address, choice), root, digests, today, marks)

    _run(_Task(address, root, today, dry, report, choice, private), work)


@dataclass(frozen=True, slots=True)
class _Task:
    """What all sources have in common."""

    key: str
    """Of the source in fetched.yml."""
    root: Path
    day: str
    """Of the fetch, UTC."""
    dry: bool
    report: Path | None
    choice: Choice = field(default_factory=Choice)
    private: bool = False
    """Whether servers of a private network may be asked."""
    pause: float = 1.0
    """Seconds between two requests."""


def _run(task: _Task, work: _Work) -> None:
    """Ask the source, write what is new, tell it, and leave with a code."""
    # The room that dials takes 0.1 s to import, which no other command needs.
    from generator.fetch import Failure, store

    console = Console()
    collection = usable(task.root, task.report)
    known, doubts = store.healths(task.root)
    client = _client(task, collection.settings.site_url)
    try:
        with console.stage(_LABEL) as stage:
            stage.result = task.key
            digests = [d for reading in pipeline.read(collection) for d in reading.digests]
            haul = work(client, digests, store.marks_of(known, task.key))
    except Failure as failure:
        if not task.dry:
            store.failed(task.root, task.key, task.day, failure.message)
        _fail(console, task, [*doubts, error(task.key, None, failure.message, failure.hint)])
    stored = store.store(task.root, haul, task.choice, dry=task.dry)
    if not task.dry:
        store.succeeded(task.root, task.key, task.day, haul)
    problems = [*doubts, *haul.problems, *(p for one in stored for p in one.reading.problems)]
    console.problems(problems)
    _write_report(task, stored, problems, haul.known)
    for one in stored:
        if not one.known:
            click.echo(one.path)
    click.echo(_summary(task, stored, haul.known), err=True)
    if any(not one.known for one in stored) and not task.dry:
        remember(task.root)


def _fail(console: Console, task: _Task, problems: list[Problem]) -> None:
    console.problems(problems)
    _write_report(task, (), problems, 0)
    click.echo("no digest was written", err=True)
    sys.exit(1)


def _write_report(
    task: _Task, stored: Iterable[Stored], problems: Iterable[Problem], known: int
) -> None:
    """Write the account of the fetch: that of each new file, and what the source is called."""
    if not task.report:
        return
    stored = list(stored)
    account = {
        "source": task.key,
        "written": [one.path for one in stored if not one.known and not task.dry],
        "known": known,
        **told([one.reading for one in stored], problems),
    }
    writer.put(task.report, f"{json.dumps(account, ensure_ascii=False, indent=2)}\n".encode())


def _summary(task: _Task, stored: Sequence[Stored], known: int) -> str:
    there = f"; {plural(known, 'paper')} already there" if known else ""
    if not stored:
        return f"nothing new{there}"
    if all(one.known for one in stored):
        return f"already there: {stored[0].path}"
    papers = plural(sum(one.reading.read for one in stored), "paper")
    verb = "would write" if task.dry else "wrote"
    return f"{verb} {plural(len(stored), 'digest')} with {papers}{there}"


def _client(task: _Task, site_url: str) -> Client:
    """Return who asks; tests put one in its place that need not wait."""
    from generator.fetch import Client, agent, is_public

    ours = None if site_url == settings.LOCAL_URL else site_url
    allow = (lambda number: True) if task.private else is_public
    return Client(agent(ours), pause=task.pause, allow=allow)


def _only_one(options: dict[str, object]) -> None:
    given = [name for name, value in options.items() if value]
    if len(given) > 1:
        raise click.UsageError(f"choose one of {' and '.join(given)}")


def _today() -> str:
    """Return the day of the present time, UTC: the one clock of all fetching."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def _week(value: str) -> tuple[datetime.date, datetime.date]:
    year, _, week = value.upper().partition("-W")
    if len(year) != 4 or len(week) != 2:
        raise ValueError(value)
    first = datetime.date.fromisocalendar(int(year), int(week), 1)
    return first, first + datetime.timedelta(days=6)


def _month(value: str) -> tuple[datetime.date, datetime.date]:
    if len(value) != len("YYYY-MM"):
        raise ValueError(value)
    first = datetime.date.fromisoformat(f"{value}-01")
    after = (first + datetime.timedelta(days=31)).replace(day=1)
    return first, after - datetime.timedelta(days=1)
