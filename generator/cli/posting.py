"""Prepare a digest's email, write it, send it: what `offprint email` does, and what it says."""

from __future__ import annotations

import difflib
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import click

from generator import mail, pipeline, templating, writer
from generator.cli.outcomes import stop, understood
from generator.console import Console, plural
from generator.models import Catalog, Digest
from generator.problems import Problem, Severity, error, warning
from generator.settings import CONFIG, Settings

FOLDER = "mail"
"""Folder of a collection for its emails and the ledger; Git ignores it."""
LEDGER = "sent.jsonl"
LATEST = "latest"
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Mailing:
    """One digest on its way."""

    root: Path
    settings: Settings
    catalog: Catalog
    digest: Digest
    letter: Callable[[str | None], mail.Letter]
    """The letter with an address for leaving."""
    sender: mail.Sender | None
    """None where mail_from is not set."""

    def message(self, to: mail.Mailbox | None, moment: datetime) -> bytes:
        """Return the message to one subscriber, or the draft for nobody yet."""
        letter = self.letter(self.sender.shown(to) if self.sender else None)
        return mail.message(letter, self.sender, self.digest.slug, to, moment)


def prepared(root: Path, wanted: str) -> tuple[Mailing, list[Problem]]:
    """Return the digest ready for sending, and what its readers should not miss."""
    collection, site = understood(root, Console(), None)
    digest = _chosen(site.catalog, wanted)
    problems = _told(
        [
            *(p for p in site.problems if p.path == digest.path and p.severity != Severity.NOTE),
            *_unpublished(collection, site.lock),
        ]
    )
    sender = _sender(collection.settings)
    try:
        draft = mail.draft(site.catalog, digest, collection.settings)
        draft = mail.fitted(draft, collection.templates)
        mail.letter(draft, collection.templates)
    except templating.TemplateFault as fault:
        hint = "mend the template, or delete it to use Offprint's own"
        _stop(error(fault.path, fault.line, fault.message, hint))

    # Subscribers whose way to leave is the same get the same letter.
    @lru_cache(maxsize=1)
    def letter(unsubscribe: str | None) -> mail.Letter:
        return mail.letter(draft, collection.templates, unsubscribe)

    whole = "" if draft.whole == len(draft.items) else f", {draft.whole:,} of them whole"
    click.echo(f"{draft.subject}: {plural(len(draft.items), 'paper')}{whole}")
    return Mailing(root, collection.settings, site.catalog, digest, letter, sender), problems


def write(mailing: Mailing, target: Path | None) -> None:
    """Write the three files, the same ones at every run, and say where they are."""
    letter = mailing.letter(mailing.sender.shown(None) if mailing.sender else None)
    day = mailing.digest.date or mailing.settings.epoch
    # A message has a day by its format; the draft takes the digest's, for it has no other.
    draft = mailing.message(None, datetime.fromisoformat(day).replace(tzinfo=UTC))
    for suffix, content in (
        ("eml", draft),
        ("html", letter.html.encode()),
        ("txt", letter.text.encode()),
    ):
        path = (target or mailing.root / FOLDER) / f"{mailing.digest.slug}.{suffix}"
        writer.put(path, content)
        click.echo(f"wrote {path}")


def _chosen(catalog: Catalog, wanted: str) -> Digest:
    """Return the digest of that slug or file, or the newest one; else say which there are."""
    by_slug = {digest.slug: digest for digest in catalog.digests}
    if wanted in by_slug:
        return by_slug[wanted]
    dated = [digest for digest in catalog.digests if digest.date]
    if wanted == LATEST and dated:
        return dated[0]
    if wanted == LATEST:
        raise click.UsageError("no digest has a date: name one by its slug or file")
    of_file = [digest for digest in catalog.digests if digest.path == Path(wanted).as_posix()]
    if len(of_file) == 1:
        return of_file[0]
    if of_file:
        slugs = ", ".join(digest.slug for digest in of_file)
        raise click.UsageError(f"{wanted} holds {len(of_file)} digests; name one: {slugs}")
    near = difflib.get_close_matches(wanted, by_slug, 1) or list(by_slug)[:1]
    raise click.UsageError(f"no digest '{wanted}'; there is, for instance, '{near[0]}'")


def _unpublished(collection: pipeline.Collection, lock: str) -> list[Problem]:
    known = set(collection.lock.splitlines())
    slugs = {line.split(" ", 1)[0] for line in known}
    new = sum(line.split(" ", 1)[0] not in slugs for line in lock.splitlines())
    if not new:
        return []
    hint = "run 'offprint build' and publish first: the email links to their pages"
    return [warning("papers.lock", None, f"{plural(new, 'paper')} not built yet", hint)]


def _sender(settings: Settings) -> mail.Sender | None:
    if not settings.mail_from:
        return None
    box = mail.mailbox(settings.mail_from)
    if box is None:
        hint = "write it as: Reading group <papers@lab.example>"
        _stop(error(CONFIG, None, f"mail_from '{settings.mail_from}' is no email address", hint))
    sender = mail.sender(box, settings.feed_id, settings.mail_unsubscribe)
    if sender is None:
        hint = "write mailto:… or https://…, parted by blanks; {email} stands for the subscriber"
        said = settings.mail_unsubscribe
        _stop(error(CONFIG, None, f"mail_unsubscribe '{said}' is no address for leaving", hint))
    return sender


def recipients(
    address: str | None, listed: Path | None
) -> tuple[tuple[mail.Mailbox, ...], list[Problem]]:
    """Return the one address or those of the list, and what is wrong with the others, told."""
    if listed:
        found, problems = mail.read(str(listed), listed.read_bytes())
        return found, _told(problems)
    one = mail.mailbox(address or "")
    if one is None:
        raise click.UsageError(f"'{address}' is no email address")
    return (one,), []


def _ready(mailing: Mailing) -> tuple[mail.Sender, mail.Server]:
    """Return who sends and by which server, or leave and say what is missing."""
    server, faults = mail.server(os.environ)
    if mailing.sender is None:
        hint = "set it under the offprint plugin, as in: Reading group <papers@lab.example>"
        faults.append(error(CONFIG, None, "mail_from is not set", hint))
    if urlsplit(mailing.settings.site_url).hostname in _LOCAL:
        hint = "set site_url to the site's address: subscribers could follow no link"
        faults.append(error(CONFIG, None, "the site is a local one", hint))
    if server is None or mailing.sender is None or faults:
        _stop(*faults)
    return mailing.sender, server


def rehearse(
    mailing: Mailing, to: tuple[mail.Mailbox, ...], rate: int, again: bool
) -> list[Problem]:
    """Say who would get the digest, and return what is wrong."""
    _, server = _ready(mailing)
    states, problems = mail.known(_ledger(mailing), mail.edition(mailing.catalog, mailing.digest))
    open_, told = _open(to, states, again)
    for one in open_:
        click.echo(f"  would get it  {one.address}")
    left, minutes = plural(len(open_), "message"), -(-len(open_) // rate)
    click.echo(f"{left} to {server.host}:{server.port} in about {plural(minutes, 'minute')}")
    return _told([*problems, *told])


def send(mailing: Mailing, to: tuple[mail.Mailbox, ...], rate: int, again: bool) -> list[Problem]:
    """Send to all who have not got it, say how that went, and return what went wrong."""
    sender, server = _ready(mailing)
    wanted = mail.edition(mailing.catalog, mailing.digest)
    clock = mail.Clock(lambda: datetime.now(UTC), time.monotonic, time.sleep)
    try:
        with mail.opened(_ledger(mailing), wanted) as (ledger, faults):
            if faults:
                _stop(*faults)
            open_, told = _open(to, ledger.states, again)
            post = mail.Post(server, sender, ledger, mailing.message, clock, rate)
            return _told(told) + _account(post, open_, len(to) - len(open_))
    except mail.Busy:
        hint = "wait for it to end; nobody gets a digest twice"
        _stop(error(f"{FOLDER}/{LEDGER}", None, "another run is sending", hint))


def _open(
    to: tuple[mail.Mailbox, ...], states: dict[str, mail.State], again: bool
) -> tuple[tuple[mail.Mailbox, ...], list[Problem]]:
    """Return who has not got the digest, and a warning for each of whom that is not known."""
    if again:
        return to, []
    done = {mail.State.SENT, mail.State.SENDING}
    doubtful = [one for one in to if states.get(one.key) is mail.State.SENDING]
    what = "in doubt, not sent again: an earlier run broke off before the server answered"
    return tuple(one for one in to if states.get(one.key) not in done), [
        warning(one.address, None, what, _RESCUE.format(one.address)) for one in doubtful
    ]


_RESCUE = "ask there, and if it did not arrive: --send --to {} --again"


def _account(post: mail.Post, to: tuple[mail.Mailbox, ...], done: int) -> list[Problem]:
    """Send, print each outcome and their numbers, and return what went wrong."""
    last: dict[str, mail.Report] = {}
    problems: list[Problem] = []
    try:
        for report in post.deliver(to):
            last[report.mailbox.key] = report
            said = "" if report.outcome is mail.Outcome.SENT else f"  {report.answer}"
            click.echo(f"  {report.outcome:<9} {report.mailbox.address}{said}")
    except mail.Stopped as reason:
        problems.append(error(post.server.host, None, reason.message, reason.hint))
    except KeyboardInterrupt:
        hint = "run the same command again to go on"
        problems.append(error(post.server.host, None, "interrupted", hint))
    counts = Counter(str(report.outcome) for report in last.values())
    counts["not tried"] = len(to) - len(last)
    counts["done before"] = done
    order = (*map(str, mail.Outcome), "not tried", "done before")
    click.echo(", ".join(f"{counts[name]:,} {name}" for name in order if counts[name]) or "0 sent")
    problems += filter(None, map(_trouble, last.values()))
    return _told(problems)


def _trouble(report: mail.Report) -> Problem | None:
    """Return what the curator should do about an outcome."""
    address, answer = report.mailbox.address, report.answer
    if report.outcome is mail.Outcome.DOUBTFUL:
        return error(address, None, f"in doubt: {answer}", _RESCUE.format(address))
    if report.outcome is mail.Outcome.REFUSED:
        hint = "correct the address, or take it off the list"
        return error(address, None, f"refused: {answer}", hint)
    if report.outcome is mail.Outcome.DEFERRED:
        hint = "run the same command again later"
        return error(address, None, f"put off by the mail server: {answer}", hint)
    return None


def _ledger(mailing: Mailing) -> Path:
    return mailing.root / FOLDER / LEDGER


def _told(problems: list[Problem]) -> list[Problem]:
    Console().problems(problems)
    return problems


def _stop(*problems: Problem) -> NoReturn:
    """Tell what forbids to go on, and leave."""
    Console().problems(problems)
    stop("nothing was sent", problems)
