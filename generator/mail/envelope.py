"""Put a letter into a message: headers that carry any text, and both parts.

Headers are encoded here and not by the email package, which decodes what looks encoded in a
text of anybody's, and with it line breaks (CVE-2024-6923). Sources: RFC 5322, 2047, 2369, 6532
and 8058.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.charset import Charset
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from generator.mail.letters import Letter
from generator.mail.mailboxes import Mailbox

PLACE = "{email}"
"""Stands for the subscriber's address in the address for leaving."""
_LONGEST_WORD = 60
"""Letters of a word in a header; longer ones are encoded, for lines end at 78."""
_WIDTH = 78
"""Columns of a header's line."""
_FOLD = "\r\n "
"""Begins a further line of a header."""
_UTF8 = Charset("utf-8")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and what all messages of a digest have in common."""

    mailbox: Mailbox
    collection: str
    """Name of the collection for machines, e.g. its feed_id."""
    unsubscribe: tuple[str, ...]
    """Addresses for leaving, `mailto:` or `https:`, with or without PLACE."""

    def leaving(self, to: Mailbox | None) -> tuple[str, ...]:
        """Return the addresses for leaving of one subscriber, or those that hold for everybody."""
        if to is None:
            return tuple(address for address in self.unsubscribe if PLACE not in address)
        filled = quote(to.address, safe="")
        return tuple(address.replace(PLACE, filled) for address in self.unsubscribe)

    def shown(self, to: Mailbox | None) -> str | None:
        """Return the address for leaving that a reader clicks on, a page before a message."""
        found = self.leaving(to)
        return next((one for one in found if one.startswith("https:")), next(iter(found), None))


def sender(mailbox: Mailbox, collection: str, unsubscribe: str) -> Sender | None:
    """Return the sender, None where `unsubscribe` is no list of addresses.

    Without any the sender's own mailbox serves, by a message with the subject `unsubscribe`.
    """
    found = tuple(unsubscribe.replace(",", " ").split())
    if not all(map(_is_for_leaving, found)):
        return None
    own = f"mailto:{quote(mailbox.address, safe='@')}?subject=unsubscribe"
    return Sender(mailbox, collection, found or (own,))


def _is_for_leaving(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    known = parts.hostname if parts.scheme == "https" else "@" in parts.path
    known = known and parts.scheme in {"https", "mailto"}
    return bool(known) and address.isascii() and not set(address) & set('<>"\\')


def message_id(sender: Sender, digest: str, to: Mailbox | None) -> str:
    """Return the id of a digest's message to `to`: the same at every run, and no one's address."""
    said = "\n".join((sender.collection, digest, to.key if to else ""))
    return f"<{hashlib.sha256(said.encode()).hexdigest()[:32]}@{sender.mailbox.domain}>"


def message(
    letter: Letter, sender: Sender | None, digest: str, to: Mailbox | None, date: datetime
) -> bytes:
    """Return the message, its lines ended by CR LF.

    Without `to` it is a draft, and without `sender` one that the mail program signs itself.
    """
    utf8 = any(box and box.international for box in (to, sender.mailbox if sender else None))
    made = EmailMessage(policy=policy.SMTPUTF8 if utf8 else policy.SMTP)
    for name, value in _headers(letter, sender, digest, to, date):
        made[name] = _Ready(name, value)
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # Left to itself it would be another at every run.
    seed = hashlib.sha256(f"{digest}\n{letter.text}".encode()).hexdigest()[:24]
    made.set_boundary(f"=_offprint_{seed}")
    return made.as_bytes()


def _headers(
    letter: Letter, sender: Sender | None, digest: str, to: Mailbox | None, date: datetime
) -> list[tuple[str, str]]:
    found = [
        ("Subject", text_value(letter.subject, "Subject")),
        ("Date", format_datetime(date)),
    ]
    if sender:
        found += [
            ("From", mailbox_value(sender.mailbox, "From")),
            ("Message-ID", message_id(sender, digest, to)),
        ]
    if to is None:
        # Mail programs open such a file for writing.
        found.append(("X-Unsent", "1"))
    else:
        found.append(("To", mailbox_value(to, "To")))
    leaving = sender.leaving(to) if sender and to else ()
    if leaving:
        # One a line: a long address must not be broken.
        found.append(("List-Unsubscribe", f",{_FOLD}".join(f"<{one}>" for one in leaving)))
    if any(one.startswith("https:") for one in leaving):
        found.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return found


def text_value(text: str, header: str) -> str:
    """Return the value of a header with any text, ready to be written; what has to is encoded."""
    simple = text.isascii() and "=?" not in text and "\\" not in text
    short = all(len(word) <= _LONGEST_WORD for word in text.split(" "))
    charset = Charset("us-ascii") if simple and short else _UTF8
    return Header(text, charset, 76, header).encode(splitchars=" ", linesep="\r\n")


def mailbox_value(mailbox: Mailbox, header: str) -> str:
    """Return the value of a header with one mailbox, ready to be written."""
    if not mailbox.name:
        return mailbox.address
    # Encoded always but for plain words: quotes and commas have a meaning here.
    plain = mailbox.name.replace(" ", "").replace("-", "")
    simple = plain.isascii() and plain.isalnum() and len(mailbox.name) <= _LONGEST_WORD
    encoded = Header(mailbox.name, _UTF8, 76, header).encode(linesep="\r\n")
    name = mailbox.name if simple else encoded
    fits = len(f"{header}: {name} <{mailbox.address}>") <= _WIDTH
    return f"{name}{' ' if fits else _FOLD}<{mailbox.address}>"


class _Ready(str):
    """The value of a header that is written as it is."""

    name: str
    max_count = 1

    def __new__(cls, name: str, value: str) -> _Ready:
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: object) -> str:
        """Return the header's lines."""
        return f"{self.name}: {self}\r\n"
