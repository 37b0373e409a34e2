"""Read the list of subscribers: one address a line, comments after `#`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.mail.mailboxes import Mailbox, mailbox
from generator.problems import Problem, error, warning
from generator.text import lines

_COMMENT = re.compile(r"(?:^|\s)#.*")
"""A `#` within an address is a letter like others."""
_HINT = "write one address a line, as in: Ada Example <ada@lab.example>"


def read(path: str, data: bytes) -> tuple[tuple[Mailbox, ...], list[Problem]]:
    """Return each address once, in the list's order, and what is wrong with the other lines."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        at = data[: reason.start].count(b"\n") + 1
        return (), [error(path, at, "is not UTF-8 text", "save the list as UTF-8")]
    return _sorted_out(path, enumerate(lines(text), 1))


def _sorted_out(
    path: str, rows: Iterable[tuple[int, str]]
) -> tuple[tuple[Mailbox, ...], list[Problem]]:
    seen: dict[str, int] = {}
    found: list[Mailbox] = []
    problems: list[Problem] = []
    for number, row in rows:
        written = _COMMENT.sub("", row).strip()
        if not written:
            continue
        one = mailbox(written)
        if one is None:
            problems.append(error(path, number, f"'{written}' is no email address", _HINT))
        elif one.key in seen:
            message = f"{one.address} stands on line {seen[one.key]} already"
            problems.append(warning(path, number, message, "delete one of the two"))
        else:
            seen[one.key] = number
            found.append(one)
    return tuple(found), problems
