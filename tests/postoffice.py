"""A real mail server on 127.0.0.1 for tests: it keeps what it takes, and does as it is told."""

from __future__ import annotations

import asyncio
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
Script = Callable[[str, str], str | None]
"""Given a step (mail, rcpt, data) and an address, returns the answer; None is yes.

An answer of `hang up` closes the connection before it, `hold` waits for `release`, then says yes.
"""


@dataclass
class PostOffice:
    """A mail server that runs in a thread of its own."""

    script: Script = lambda step, address: None
    got: list[tuple[str, bytes]] = field(default_factory=list)
    """Recipient and content of each message taken, in order."""
    steps: list[tuple[str, str]] = field(default_factory=list)
    sessions: int = 0
    held: threading.Event = field(default_factory=threading.Event)
    """Set while a client waits."""
    release: threading.Event = field(default_factory=threading.Event)
    logins: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        return [address for address, _ in self.got]

    def messages(self) -> list[EmailMessage]:
        parser = BytesParser(policy=default)
        return [parser.parsebytes(content) for _, content in self.got]

    # What aiosmtpd asks its handler.

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer(server, "mail", address, self.script("mail", address))
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer(server, "rcpt", address, self.script("rcpt", address))
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        answer = self.script("data", address)
        if answer in {None, "hold"}:
            # Taken before it answers: a client that is gone by then does not change that.
            self.got.append((address, envelope.original_content or b""))
        return await self._answer(server, "data", address, answer) or "250 taken"

    async def _answer(self, server: Any, step: str, address: str, answer: str | None) -> str | None:
        self.steps.append((step, address))
        if answer == "hang up":
            server.transport.abort()
            return "250 nobody hears this"
        if answer == "hold":
            self.held.set()
            await asyncio.get_running_loop().run_in_executor(None, self.release.wait)
            return None
        return answer

    def authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"open sesame", handled=False)


@contextmanager
def running(
    office: PostOffice,
    *,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    login: bool = False,
    utf8: bool = True,
) -> Iterator[PostOffice]:
    """Run the server on a free port until the block ends."""
    loop = asyncio.new_event_loop()

    def session() -> SMTP:
        office.sessions += 1
        with warnings.catch_warnings():
            # It warns of logins in the clear, which is what some tests are about.
            warnings.simplefilter("ignore")
            return SMTP(
                office,
                loop=loop,
                hostname="mail.test",
                enable_SMTPUTF8=utf8,
                tls_context=None if implicit else tls,
                authenticator=office.authenticate if login else None,
                auth_required=login,
                auth_require_tls=not login,
            )

    async def start() -> asyncio.Server:
        return await loop.create_server(session, HOST, 0, ssl=tls if implicit else None)

    server = loop.run_until_complete(start())
    office.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield office
    finally:
        office.release.set()
        asyncio.run_coroutine_threadsafe(_stopped(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stopped(server: asyncio.Server) -> None:
    """Close the server and end what still runs."""
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    # Each transport closes in a turn of the loop.
    for _ in range(3):
        await asyncio.sleep(0)
    await asyncio.get_running_loop().shutdown_default_executor()
