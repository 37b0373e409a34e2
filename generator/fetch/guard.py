"""Decide which addresses may be asked: public hosts only, by the number that a name stands for.

The connection is made to the very number that was checked here, so that a name cannot stand
for a public number now and for a private one a moment later.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from generator.fetch.failure import Failure

_PORTS = {"http": 80, "https": 443}
# Networks that reach IPv4 through IPv6 put the old number behind this (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Number = ipaddress.IPv4Address | ipaddress.IPv6Address

Resolve = Callable[[str, int], list[str]]
"""(host, port) → the numbers that the name stands for; raises OSError where it stands for none."""
Allow = Callable[[str], bool]
"""Number → whether it may be asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes."""

    address: str
    """As it was asked for, without a fragment."""
    scheme: str
    """`http` or `https`."""
    host: str
    """The name, for the server and its certificate."""
    port: int
    target: str
    """Path and query."""
    numbers: tuple[str, ...]
    """IP addresses of the host, all of them checked."""


def resolve(host: str, port: int) -> list[str]:
    """Return the numbers that the system knows for a name, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def is_public(number: str) -> bool:
    """Return whether an IP address, and each that is wrapped in it, is one of the public net."""
    try:
        found = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _wrapped(found))


def _wrapped(number: _Number) -> Iterator[_Number]:
    inner: list[_Number | None] = []
    if isinstance(number, ipaddress.IPv6Address):
        inner += [number.ipv4_mapped, number.sixtofour, *(number.teredo or ())]
        if number in _NAT64:
            inner.append(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
    known = [one for one in inner if one is not None]
    # A mapped number is the old one in new dress; all others are numbers of their own too.
    yield from known if number.version == 6 and number.ipv4_mapped else (number, *known)


def place(address: str, look_up: Resolve, allow: Allow) -> Place:
    """Return where `address` leads; raise Failure where it may not be asked, or leads nowhere."""
    try:
        url = parse_url(address)
    except LocationParseError as reason:
        raise Failure(f"'{address}' is no web address", "start it with https://") from reason
    scheme, host = (url.scheme or "").lower(), (url.host or "").strip("[]")
    if scheme not in _PORTS or not host:
        raise Failure(f"'{address}' is no web address", "start it with https://")
    if url.auth:
        hint = "remove what stands before the @: it would be published with the collection"
        raise Failure("the address holds a user name or a password", hint)
    port = url.port or _PORTS[scheme]
    clean = url._replace(fragment=None).url
    return Place(clean, scheme, host, port, url.request_uri, _numbers(host, port, look_up, allow))


def _numbers(host: str, port: int, look_up: Resolve, allow: Allow) -> tuple[str, ...]:
    try:
        found = look_up(host, port)
    except (OSError, UnicodeError) as reason:
        hint = "check the address and your connection"
        raise Failure(f"no host is called '{host}'", hint, passing=True) from reason
    if refused := [number for number in found if not allow(number)]:
        what = f"'{host}' leads into a private network ({refused[0]}): refused"
        raise Failure(what, "for a server of your own: offprint fetch url --allow-private")
    return tuple(found)
