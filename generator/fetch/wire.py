"""Send one request over one connection, and take one answer: bounded in size and in time."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.response import BaseHTTPResponse

from generator.fetch.failure import Failure
from generator.fetch.guard import Place

_CHUNK = 64 * 1024
_ASK_AGAIN = "try again later"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost."""

    silence: float = 30.0
    """Seconds without a byte."""
    whole: float = 120.0
    """Seconds from the first byte to the last."""
    size: int = 32 * 1024 * 1024
    """Bytes, once unpacked. arXiv's largest page has a third of that."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes
    """Unpacked. Empty but for a status of 200."""


def exchange(
    place: Place,
    headers: Mapping[str, str],
    limits: Limits,
    trust: ssl.SSLContext | None = None,
) -> Reply:
    """Return the answer to a GET; raise Failure where there is none, or not the whole.

    `trust` says which certificates count; without it those of the system.
    """
    failed = Failure(f"'{place.host}' has no number", _ASK_AGAIN)
    for number in place.numbers:
        connection = _connection(place, number, limits, trust)
        try:
            with _watched(connection, limits), contextlib.closing(connection):
                return _answer(connection, place, headers, limits)
        except (ConnectTimeoutError, NewConnectionError):
            what = f"{place.host} cannot be reached"
            failed = Failure(what, "check your connection, or try again later", passing=True)
    raise failed


def _connection(
    place: Place, number: str, limits: Limits, trust: ssl.SSLContext | None
) -> HTTPConnection:
    """Return a connection to a checked number, which the certificate knows by its name."""
    if place.scheme == "http":
        return HTTPConnection(number, place.port, timeout=limits.silence)
    return HTTPSConnection(
        number,
        place.port,
        timeout=limits.silence,
        ssl_context=trust or ssl.create_default_context(),
        server_hostname=place.host,
    )


@contextlib.contextmanager
def _watched(connection: HTTPConnection, limits: Limits) -> Iterator[None]:
    """End the connection once its time is over, however slowly bytes may still come."""
    late = threading.Event()
    held: list[socket.socket] = []

    def hang_up() -> None:
        late.set()
        for one in held:
            with contextlib.suppress(OSError):
                # The plain socket's own: that of TLS would talk to the other side first.
                socket.socket.shutdown(one, socket.SHUT_RDWR)

    watch = threading.Timer(limits.whole, hang_up)
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        # The connection forgets its socket where the answer is to end with it.
        held += [connection.sock] if connection.sock else []
        yield
    except (HTTPError, HTTPException, OSError, ValueError) as reason:
        if late.is_set():
            raise _too_slow(limits.whole) from reason
        if isinstance(reason, (ConnectTimeoutError, NewConnectionError)):
            raise
        raise _failure(reason, limits) from reason
    finally:
        watch.cancel()
    if late.is_set():
        # What was cut can look whole where the server named no length.
        raise _too_slow(limits.whole)


def _too_slow(seconds: float) -> Failure:
    what = f"the answer took longer than {seconds:g} seconds"
    return Failure(what, _ASK_AGAIN, passing=True)


def _failure(reason: Exception, limits: Limits) -> Failure:
    """Return what a fault of the connection means, in plain words."""
    cause: BaseException | None = reason
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            what = f"its certificate is not trusted: {cause.verify_message}"
            return Failure(what, "check the address; the connection may be tampered with")
        cause = cause.__cause__ or cause.__context__
    if isinstance(reason, TimeoutError) or "timed out" in str(reason).lower():
        return Failure(f"no answer within {limits.silence:g} seconds", _ASK_AGAIN, passing=True)
    what = f"the connection broke before the answer was whole ({type(reason).__name__})"
    return Failure(what, _ASK_AGAIN, passing=True)


def _answer(
    connection: HTTPConnection, place: Place, headers: Mapping[str, str], limits: Limits
) -> Reply:
    default = {"http": 80, "https": 443}[place.scheme]
    host = f"[{place.host}]" if ":" in place.host else place.host
    named = host if place.port == default else f"{host}:{place.port}"
    connection.request(
        "GET",
        place.target,
        headers={"Host": named, "Accept-Encoding": "gzip", **headers},
        preload_content=False,
    )
    response = connection.getresponse()
    told = {name.lower(): value for name, value in response.headers.items()}
    body = _body(response, told, limits) if response.status == 200 else b""
    return Reply(response.status, told, body)


def _body(response: BaseHTTPResponse, headers: Mapping[str, str], limits: Limits) -> bytes:
    """Return the body unpacked, never holding more of it than the limit."""
    told = headers.get("content-length", "")
    if told.isdecimal() and len(told) < 20 and int(told) > limits.size:
        raise _too_large(limits)
    parts: list[bytes] = []
    size = 0
    # What arrived, not a whole chunk: a server that drips must not hold the loop.
    while part := response.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > limits.size:
            raise _too_large(limits)
    return b"".join(parts)


def _too_large(limits: Limits) -> Failure:
    what = f"the answer is larger than {limits.size / 2**20:g} MB"
    return Failure(what, "check the address: no digest is that large")
