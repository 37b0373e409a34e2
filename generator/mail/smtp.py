"""Read from the environment which mail server sends, and reach it.

Nothing of it stands in a file of the collection, and the password is in no message.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.problems import Problem, error
from generator.text import line

PREFIX = "OFFPRINT_SMTP_"
SECURITIES = {"starttls": 587, "tls": 465, "none": 25}
"""How the connection is secured, each with its usual port."""
VARIABLES = ("HOST", "PORT", "USER", "PASSWORD", "SECURITY")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_TIMEOUT = 60.0
"""Seconds that a server may take for an answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server that takes messages for anybody."""

    host: str
    port: int
    security: str
    """One of SECURITIES."""
    user: str = ""
    """Empty where the server asks for no name."""
    password: str = field(default="", repr=False)


class Stopped(Exception):
    """No message can be sent: what is wrong, and the cure."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


class Unreachable(Stopped):
    """Nothing answers at the server's address."""


class Lost(Exception):
    """The connection broke, or the server is busy: it may answer later."""


def server(environ: Mapping[str, str]) -> tuple[Server | None, list[Problem]]:
    """Return the server that the environment names, or None with what is missing or wrong."""
    host, port, user, password, security = (environ.get(PREFIX + n, "") for n in VARIABLES)
    security = security.lower() or ("tls" if port == str(SECURITIES["tls"]) else "starttls")
    problems = []
    if not host:
        problems.append(
            _wrong("HOST", "is not set", "name the mail server, as in mail.lab.example")
        )
    if security not in SECURITIES:
        problems.append(_wrong("SECURITY", f"cannot be '{security}'", "starttls, tls or none"))
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        problems.append(_wrong("PORT", f"cannot be '{port}'", "a number up to 65535"))
    if bool(user) != bool(password):
        missing = "PASSWORD" if user else "USER"
        problems.append(_wrong(missing, "is not set", "set both, or none"))
    if not (user + password).isascii():
        hint = "Python's mail library sends no others: have the server give you an ASCII one"
        problems.append(_wrong("PASSWORD", "or the user has letters beyond ASCII", hint))
    if user and security == "none" and host not in _LOCAL:
        hint = "use starttls or tls: the password would be read by everybody on the way"
        problems.append(_wrong("SECURITY", "is none, with a password", hint))
    if problems:
        return None, problems
    return Server(host, int(port or SECURITIES[security]), security, user, password), []


def _wrong(variable: str, message: str, hint: str) -> Problem:
    return error(PREFIX + variable, None, message, hint)


def connect(server: Server, name: str) -> smtplib.SMTP:
    """Return a connection that is secured and let in; `name` is what this machine says it is.

    Raise Stopped where trying again is of no use, else Lost.
    """
    try:
        connection = _dialled(server, name)
    except ssl.SSLError as reason:
        raise _insecure(server, reason) from reason
    except smtplib.SMTPResponseException as reason:
        raise _refused(server, "does not let us in", reason) from reason
    except smtplib.SMTPException as reason:
        raise Lost(str(reason)) from reason
    except OSError as reason:
        hint = f"check {PREFIX}HOST and {PREFIX}PORT"
        what = f"cannot reach {server.host}:{server.port}: {reason.strerror or reason}"
        raise Unreachable(what, hint) from reason
    try:
        _introduced(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


def _dialled(server: Server, name: str) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, name, timeout=_TIMEOUT, context=context)
    return smtplib.SMTP(server.host, server.port, name, timeout=_TIMEOUT)


def _introduced(connection: smtplib.SMTP, server: Server) -> None:
    """Secure the connection where that is asked for, and log in where there is a user."""
    try:
        connection.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
    except ssl.SSLError as reason:
        raise _insecure(server, reason) from reason
    except smtplib.SMTPNotSupportedError as reason:
        what = "no STARTTLS" if "STARTTLS" in str(reason) else "no login"
        hint = f"check {PREFIX}SECURITY and {PREFIX}PORT; nothing was sent"
        raise Stopped(f"{server.host}:{server.port} offers {what}", hint) from reason
    except smtplib.SMTPAuthenticationError as reason:
        hint = f"check {PREFIX}USER and {PREFIX}PASSWORD; nothing was sent"
        raise _refused(server, "does not accept user and password", reason, hint) from None
    except smtplib.SMTPResponseException as reason:
        raise _refused(server, "does not let us in", reason) from reason
    except (OSError, smtplib.SMTPException) as reason:
        raise Lost(str(reason)) from reason


def _insecure(server: Server, reason: ssl.SSLError) -> Stopped:
    said = getattr(reason, "verify_message", "") or reason.reason or str(reason)
    what = f"no secure connection to {server.host}:{server.port}: {said}"
    return Stopped(what, f"check {PREFIX}HOST, {PREFIX}PORT and {PREFIX}SECURITY")


def _refused(
    server: Server,
    what: str,
    reason: smtplib.SMTPResponseException,
    hint: str = "ask whoever runs the mail server",
) -> Stopped | Lost:
    """Return Lost for a refusal that the server calls temporary."""
    said = answer(reason.smtp_code, reason.smtp_error, server.password)
    if 400 <= reason.smtp_code < 500:
        return Lost(said)
    return Stopped(f"{server.host}:{server.port} {what}: {said}", hint)


def answer(code: int, said: bytes | str, secret: str = "") -> str:
    """Return a server's answer in one line, without the password, should it repeat that."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    shown = line(f"{code} {text}")
    return shown.replace(secret, "…") if secret else shown
