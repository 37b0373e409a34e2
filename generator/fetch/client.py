"""Ask a source as a good guest does: one request at a time, with pauses, and never in vain."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from generator import __version__
from generator.fetch import guard, wire
from generator.fetch.failure import Failure
from generator.text import line, shorten

_TRIES = 4
_BACKOFF = 4.0
"""Seconds before the second try; twice that before each further one."""
_LONGEST_WAIT = 120.0
"""Seconds that a source may ask us to wait; for more, we come back another day."""
_HOPS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_LONGEST_MARK = 500
"""Characters of an ETag or a date: a longer one is not worth keeping."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a source calls its last answer, so that it need not send the same again."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said."""

    address: str
    """Where it was found at last, behind all redirects."""
    body: bytes
    kind: str
    """Content type in lower case, without parameters; empty where the source names none."""
    marks: Marks = Marks()
    unchanged: bool = False
    """Whether the source has nothing but what it gave before; then the body is empty."""


@dataclass(slots=True)
class Client:
    """Asks one source. All that is not in the request comes in here, so that tests can set it."""

    agent: str
    pause: float = 1.0
    """Seconds between the end of a request and the next one."""
    budget: float = 900.0
    """Seconds for all requests and pauses together."""
    limits: wire.Limits = field(default_factory=wire.Limits)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    """Returns 0 to 1; so that many who failed at once do not return at once."""
    resolve: guard.Resolve = guard.resolve
    allow: guard.Allow = guard.is_public
    exchange: Callable[[guard.Place, Mapping[str, str], wire.Limits], wire.Reply] = wire.exchange
    _began: float | None = None
    _ended: float | None = None

    def ask(
        self,
        address: str,
        marks: Marks | None = None,
        refusal: Callable[[bytes], str | None] = lambda body: None,
    ) -> Answer:
        """Return the answer of `address`; raise Failure where there is none that can be used.

        Passing faults are tried again. `refusal` returns why a body is one of them, in spite of
        a status of 200. With `marks` the source may say that nothing changed.
        """
        for attempt in range(1, _TRIES + 1):
            try:
                return self._followed(address, marks or Marks(), refusal)
            except Failure as failure:
                if not failure.passing:
                    raise
                if attempt == _TRIES or failure.wait > _LONGEST_WAIT:
                    raise _final(failure, attempt) from failure
                self._rest(max(failure.wait, self._backoff(attempt)))
        raise AssertionError("unreachable")

    def _backoff(self, attempt: int) -> float:
        return _BACKOFF * float(2 ** (attempt - 1)) * (0.5 + self.chance())

    def _followed(
        self, address: str, marks: Marks, refusal: Callable[[bytes], str | None]
    ) -> Answer:
        """Return the answer behind all redirects, each looked at as closely as the first."""
        at = guard.place(address, self.resolve, self.allow)
        for _ in range(_HOPS + 1):
            reply = self._exchanged(at, marks)
            if reply.status not in _MOVED:
                return _judged(at, reply, marks, refusal)
            onward = guard.place(_onward(at, reply), self.resolve, self.allow)
            if at.scheme == "https" and onward.scheme == "http":
                what = f"redirected from https to http ({onward.host}): refused"
                raise Failure(what, "ask whoever runs the source to mend it")
            at = onward
        raise Failure(f"redirected more than {_HOPS} times", "check the address in a browser")

    def _exchanged(self, at: guard.Place, marks: Marks) -> wire.Reply:
        if self._ended is not None:
            self._rest(self.pause - (self.clock() - self._ended))
        self._within_budget(0)
        headers = {"User-Agent": self.agent, "Accept": "*/*", **_conditions(marks)}
        try:
            return self.exchange(at, headers, self.limits)
        finally:
            self._ended = self.clock()

    def _rest(self, seconds: float) -> None:
        if seconds > 0:
            self._within_budget(seconds)
            self.sleep(seconds)

    def _within_budget(self, seconds: float) -> None:
        now = self.clock()
        self._began = now if self._began is None else self._began
        if now - self._began + seconds > self.budget:
            what = f"gave up: all together it takes longer than {self.budget / 60:g} minutes"
            raise Failure(what, "try again later, or ask for less")


def agent(site_url: str | None) -> str:
    """Return who we say that we are, with the site where its curator can be found."""
    return f"offprint/{__version__} (+{site_url or 'offprint-digest'})"


def _conditions(marks: Marks) -> dict[str, str]:
    pairs = {"If-None-Match": marks.etag, "If-Modified-Since": marks.modified}
    return {name: value for name, value in pairs.items() if value}


def _onward(at: guard.Place, reply: wire.Reply) -> str:
    target = reply.headers.get("location", "").strip()
    if not target:
        raise Failure("redirected to nowhere", "check the address in a browser")
    try:
        return urljoin(at.address, target)
    except ValueError as reason:
        raise Failure("redirected to what is no address", "check it in a browser") from reason


def _judged(
    at: guard.Place, reply: wire.Reply, marks: Marks, refusal: Callable[[bytes], str | None]
) -> Answer:
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if reply.status == 304 and marks != Marks():
        return Answer(at.address, b"", kind, marks, unchanged=True)
    if reply.status != 200:
        raise _refused(at, reply)
    if why := refusal(reply.body):
        raise Failure(why, "try again in a few minutes", passing=True, wait=_wait(reply))
    if not reply.body.strip():
        raise Failure("an empty answer", "try again later", passing=True)
    told = Marks(_mark(reply, "etag"), _mark(reply, "last-modified"))
    return Answer(at.address, reply.body, kind, told)


def _mark(reply: wire.Reply, name: str) -> str | None:
    """Return a header that is to be sent back one day: plain signs in one line, or None."""
    value = reply.headers.get(name, "").strip()
    fits = value.isascii() and value.isprintable() and len(value) <= _LONGEST_MARK
    return value or None if fits and value == line(value) else None


def _refused(at: guard.Place, reply: wire.Reply) -> Failure:
    what = f"{at.host} answered {reply.status}"
    if reply.status == 429:
        return _passing(f"{what}: too many requests", reply)
    if reply.status in _PASSING:
        return _passing(f"{what}: it does not work at the moment", reply)
    if reply.status in {404, 410}:
        return Failure(f"{what}: there is nothing at {shorten(at.address, 200)}", "check it")
    if reply.status in {401, 403}:
        hint = "open it in a browser: some sources let only people in"
        return Failure(f"{what}: it lets nobody in", hint)
    return Failure(f"{what}, which is no answer to use", "check the address in a browser")


def _passing(what: str, reply: wire.Reply) -> Failure:
    return Failure(what, "try again later", passing=True, wait=_wait(reply))


def _wait(reply: wire.Reply) -> float:
    """Return the seconds of Retry-After, 0 where it says none that can be understood.

    A moment is counted from the server's own clock.
    """
    said = reply.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said[:9])
    until, now = _moment(said), _moment(reply.headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else 0.0


def _moment(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return found if found.tzinfo else None


def _final(failure: Failure, tries: int) -> Failure:
    """Return the failure that stands after all tries."""
    if failure.wait > _LONGEST_WAIT:
        minutes = -int(-failure.wait // 60)
        hint = f"it wants to be left alone for {minutes} minutes: try again after that"
        return Failure(failure.message, hint)
    return Failure(f"{failure.message} ({tries} tries)", failure.hint)
