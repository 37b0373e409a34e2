"""`offprint email`: the newsletter of one digest, as files and by SMTP."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.group import EXAMPLE, folder, main
from generator.cli.outcomes import leave


@main.command("email", epilog=EXAMPLE + "offprint email latest --send --list subscribers.txt")
@click.argument("wanted", metavar="DIGEST")
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the files go.  [default: mail/ of the collection]",
)
@click.option("--send", is_flag=True, help="Send it by SMTP, with --to or --list.")
@click.option("--to", "address", metavar="ADDRESS", help="Send it to this one address.")
@click.option(
    "--list",
    "listed",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Send it to each address of this file, one a line.",
)
@click.option("--dry-run", is_flag=True, help="Say who would get it; send and write nothing.")
@click.option(
    "--rate", type=click.IntRange(1), help="Messages a minute at the most.  [default: mail_rate]"
)
@click.option("--again", is_flag=True, help="With --to: send it though the address has it.")
@folder
def write_email(
    wanted: str,
    target: Path | None,
    send: bool,
    address: str | None,
    listed: Path | None,
    dry_run: bool,
    rate: int | None,
    again: bool,
    root: Path,
) -> None:
    """Write the email of DIGEST: a slug, a file, or 'latest'. With --send, send it too.

    The environment names the mail server: OFFPRINT_SMTP_HOST, _PORT, _USER, _PASSWORD, _SECURITY.
    Nobody gets a digest twice. After an interruption the same command goes on.
    """
    _refuse_misuse(send, address, listed, dry_run or rate is not None, again)
    # Templates of emails, MIME and SMTP: no other command needs them.
    from generator.cli import posting

    mailing, problems = posting.prepared(root, wanted)
    if not dry_run:
        posting.write(mailing, target)
    if send:
        to, faults = posting.recipients(address, listed)
        run = posting.rehearse if dry_run else posting.send
        problems += faults + run(mailing, to, rate or mailing.settings.mail_rate, again)
    leave(problems)


def _refuse_misuse(
    send: bool, address: str | None, listed: Path | None, for_sending: bool, again: bool
) -> None:
    if not send and (address or listed or for_sending or again):
        raise click.UsageError("--to, --list, --dry-run, --rate and --again go with --send")
    if send and (address is None) == (listed is None):
        raise click.UsageError("say to whom: either --to ADDRESS or --list FILE")
    if again and address is None:
        raise click.UsageError("--again goes with --to: only one address gets a digest twice")
