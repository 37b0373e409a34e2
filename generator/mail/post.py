"""Send messages by SMTP, one to each subscriber, and write each step into the ledger.

At most once: where the connection breaks after a message was complete and before the server
answered, the message counts as delivered. Source of the dialogue: RFC 5321.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from generator.mail.envelope import Sender
from generator.mail.ledger import Ledger, State
from generator.mail.mailboxes import Mailbox
from generator.mail.smtp import Lost, Server, Stopped, Unreachable, answer, connect

_PAUSES = (30.0, 120.0)
"""Seconds before those that were put off are tried again."""
_RECONNECTS = (2.0, 20.0)
"""Seconds before a lost connection is made anew; a third loss in a row ends the run."""
_LAST_ANSWER = 600.0
"""Seconds for the answer to a whole message, as RFC 5321 asks: giving up early leaves doubt."""
_BUSY = 421
"""The server is about to close the connection."""


class Outcome(StrEnum):
    """What became of one message."""

    SENT = "sent"
    REFUSED = "refused"
    """For good, as far as the server knows."""
    DEFERRED = "deferred"
    """For now: another try may help."""
    DOUBTFUL = "in doubt"
    """Complete when the connection broke: it may have arrived."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the message to one subscriber."""

    mailbox: Mailbox
    outcome: Outcome
    answer: str
    """The server's own words, or what happened instead."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the time comes from."""

    moment: Callable[[], datetime]
    seconds: Callable[[], float]
    """Counts up steadily, from anywhere."""
    sleep: Callable[[float], None]


@dataclass(slots=True)
class Post:
    """A run that sends one digest."""

    server: Server
    sender: Sender
    ledger: Ledger
    compose: Callable[[Mailbox, datetime], bytes]
    """The message to a subscriber, its lines ended by CR LF."""
    clock: Clock
    rate: int
    """Messages a minute at the most."""
    _connection: smtplib.SMTP | None = None
    _reached: bool = False
    _last: float | None = None
    """When the last message was begun."""

    def deliver(self, mailboxes: Iterable[Mailbox]) -> Iterator[Report]:
        """Send to each, and yield what became of it; who was put off comes up to three times.

        Raise Stopped where the server takes nothing more. Whoever has no report gets the
        message at the next run.
        """
        waiting = tuple(mailboxes)
        try:
            for pause in (0.0, *_PAUSES):
                if pause and waiting:
                    self._hang_up()
                    self.clock.sleep(pause)
                reports = []
                for mailbox in waiting:
                    reports.append(self._delivered(mailbox))
                    yield reports[-1]
                waiting = tuple(r.mailbox for r in reports if r.outcome is Outcome.DEFERRED)
        finally:
            self._hang_up()

    def _delivered(self, mailbox: Mailbox) -> Report:
        """Send to one, over a new connection where the old one breaks."""
        for pause in _RECONNECTS:
            try:
                return self._handed_over(mailbox)
            except Lost:
                self._drop()
                self.clock.sleep(pause)
        try:
            return self._handed_over(mailbox)
        except Lost as reason:
            hint = "run the same command again later: it goes on from here"
            raise Stopped(f"the mail server breaks off: {reason}", hint) from reason

    def _handed_over(self, mailbox: Mailbox) -> Report:
        connection = self._connected()
        if not connection.has_extn("smtputf8"):
            what = "the mail server takes no address with letters beyond ASCII before the @"
            if self.sender.mailbox.international:
                raise Stopped(what, "set mail_from to another address")
            if mailbox.international:
                return Report(mailbox, Outcome.REFUSED, what)
        self._keep_to_the_rate()
        content = self.compose(mailbox, self.clock.moment())
        try:
            refused = self._addressed(connection, mailbox)
        except (smtplib.SMTPException, OSError) as reason:
            raise Lost(str(reason)) from reason
        return refused or self._sent(connection, mailbox, content)

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = connect(self.server, self.sender.mailbox.domain)
            except Unreachable as reason:
                if self._reached:
                    raise Lost(reason.message) from reason
                raise
            self._reached = True
        return self._connection

    def _keep_to_the_rate(self) -> None:
        if self._last is not None:
            wait = self._last + 60 / self.rate - self.clock.seconds()
            if wait > 0:
                self.clock.sleep(wait)
        self._last = self.clock.seconds()

    def _addressed(self, connection: smtplib.SMTP, mailbox: Mailbox) -> Report | None:
        """Name sender and recipient to the server; return a report where it refuses either."""
        utf8 = mailbox.international or self.sender.mailbox.international
        options = ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else []
        code, said = connection.mail(self.sender.mailbox.address, options)
        if code >= 500:
            hint = "check mail_from: the server must allow this user to send as that address"
            raise Stopped(f"the sender is refused: {self._said(code, said)}", hint)
        if code == 250:
            code, said = connection.rcpt(mailbox.address)
        if code in {250, 251}:
            code, said = connection.docmd("DATA")
        if code == 354:
            return None
        report = self._refusal(mailbox, code, said)
        try:
            connection.rset()
        except (smtplib.SMTPException, OSError):
            # Its last word on this mailbox is known, though it hangs up after it.
            self._drop()
        return report

    def _sent(self, connection: smtplib.SMTP, mailbox: Mailbox, content: bytes) -> Report:
        """Send the message; the ledger knows it before the server can take it for complete."""
        try:
            connection.send(content.replace(b"\r\n.", b"\r\n.."))
            self._record(mailbox, State.SENDING)
        except BaseException as reason:
            # Without the full stop at its end the server throws the message away.
            self._drop()
            if isinstance(reason, smtplib.SMTPException):
                raise Lost(str(reason)) from reason
            raise
        try:
            code, said = self._ended(connection)
        except BaseException as reason:
            self._drop()
            if isinstance(reason, smtplib.SMTPException | OSError):
                return Report(mailbox, Outcome.DOUBTFUL, f"no answer to the message: {reason}")
            raise
        if 200 <= code < 300:
            self._record(mailbox, State.SENT, self._said(code, said))
            return Report(mailbox, Outcome.SENT, self._said(code, said))
        if not 400 <= code < 600:
            self._drop()
            return Report(mailbox, Outcome.DOUBTFUL, self._said(code, said))
        self._record(mailbox, State.FAILED, self._said(code, said))
        return self._refusal(mailbox, code, said)

    def _ended(self, connection: smtplib.SMTP) -> tuple[int, bytes]:
        """Say that the message is complete, and return the server's answer."""
        if connection.sock:
            connection.sock.settimeout(_LAST_ANSWER)
        connection.send(b".\r\n")
        return connection.getreply()

    def _refusal(self, mailbox: Mailbox, code: int, said: bytes) -> Report:
        if code == _BUSY or not 400 <= code < 600:
            raise Lost(self._said(code, said))
        outcome = Outcome.REFUSED if code >= 500 else Outcome.DEFERRED
        return Report(mailbox, outcome, self._said(code, said))

    def _record(self, mailbox: Mailbox, state: State, answer: str = "") -> None:
        moment = self.clock.moment().isoformat(timespec="seconds")
        try:
            self.ledger.record(mailbox.key, state, moment, answer)
        except OSError as reason:
            what = f"the ledger cannot be written: {reason.strerror or reason}"
            hint = "make room on the disk, then run the same command again"
            raise Stopped(what, hint) from reason

    def _said(self, code: int, said: bytes) -> str:
        return answer(code, said, self.server.password)

    def _drop(self) -> None:
        """Close the connection without a word."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _hang_up(self) -> None:
        """Take leave, and close the connection."""
        if self._connection:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
        self._drop()
