"""Fetch a feed or a file from any address, as long as its form is one that Offprint reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import adding, identity
from generator.fetch.client import Answer, Client, Marks
from generator.fetch.failure import Failure
from generator.fetch.finds import Find, Haul, Kept, unknown
from generator.fetch.reading import is_page
from generator.formats import Choice
from generator.models import Digest, Reading, Source
from generator.problems import Problem, Severity, note

_SUFFIXES = {
    "application/atom+xml": ".xml",
    "application/json": ".json",
    "application/rss+xml": ".xml",
    "application/vnd.citationstyles.csl+json": ".json",
    "application/x-bibtex": ".bib",
    "application/x-ndjson": ".jsonl",
    "application/x-research-info-systems": ".ris",
    "application/xml": ".xml",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "text/tab-separated-values": ".tsv",
    "text/x-bibtex": ".bib",
    "text/xml": ".xml",
}
"""For addresses whose name has none: readers look at it."""
_KNOWN = {*_SUFFIXES.values(), ".atom", ".markdown", ".ndjson", ".rss", ".txt"}
_FORMS = "'offprint add --help' lists the forms that Offprint reads"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of the web."""

    address: str
    choice: Choice
    """How to read it, where the curator says so."""


def fetch(
    client: Client, wish: Wish, root: Path, digests: Sequence[Digest], today: str, marks: Marks
) -> Haul:
    """Return the file as it is when it comes for the first time; later only what is new in it.

    Raise Failure where nothing comes, no reader knows it, or an entry cannot be used.
    """
    ours = [digest for digest in digests if digest.query == wish.address]
    # Whoever deleted the digest wants it again.
    answer = client.ask(wish.address, marks if ours else None)
    if answer.unchanged:
        what = "it has not changed since it was fetched last"
        return Haul(problems=(note(wish.address, None, what, "nothing to do"),), marks=marks)
    name = _name(wish.address, answer)
    reading = _reading(root, Source(name, answer.body), wish)
    dated = [digest.date for digest in reading.digests if digest.date]
    newest = max(dated, default=today)
    if not ours:
        # A file without a day of its own gets that on which it was fetched.
        day = reading.digests[0].date or today
        reading = replace(reading, problems=tuple(_told(reading)))
        kept = Kept(adding.named(Path(name), day), answer.body, reading)
        return Haul(kept=kept, newest=newest, marks=answer.marks)
    finds = tuple(_finds(wish.address, reading.digests, ours, today))
    return Haul(
        finds=finds,
        known=reading.read - sum(len(find.entries) for find in finds),
        newest=newest,
        marks=answer.marks,
    )


def _name(address: str, answer: Answer) -> str:
    """Return a file's name made of host and path, with a suffix that tells its form."""
    parts = urlsplit(address)
    path = PurePosixPath(unquote(parts.path))
    suffix = path.suffix.lower()
    words = path.with_suffix("") if suffix in _KNOWN else path
    host = (parts.hostname or "").removeprefix("www.")
    stem = identity.slug(f"{host} {' '.join(words.parts[-2:])}", 60) or "fetched"
    if suffix not in _KNOWN:
        suffix = _SUFFIXES.get(answer.kind) or _suffix(answer.body)
    return f"{stem}{suffix}"


def _suffix(body: bytes) -> str:
    """Return the suffix that a body looks like, where neither name nor kind tells one."""
    first = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return {b"<": ".xml", b"{": ".json", b"[": ".json"}.get(first, ".txt")


def _reading(root: Path, source: Source, wish: Wish) -> Reading:
    if is_page(source.data):
        hint = "a list of papers as a page for people has no form that can be read: find its feed"
        raise Failure("there is a web page, no feed and no file", hint)
    reading = adding.read(root, source, wish.choice)
    faults = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    if reading.format is None:
        raise Failure(faults[0].message, _FORMS)
    if faults or not reading.read:
        where = f"line {faults[0].line}: " if faults and faults[0].line else ""
        more = f" ({len(faults)} such faults)" if len(faults) > 1 else ""
        what = f"{where}{faults[0].message}{more}" if faults else "no paper in it"
        hint = faults[0].hint if faults else _FORMS
        raise Failure(f"it cannot be used as it is: {what}", hint)
    return reading


def _told(reading: Reading) -> Iterator[Problem]:
    """Yield what is worth knowing of the file, but not that it has no day: its name gets one."""
    return (p for p in reading.problems if not p.message.startswith("undated"))


def _finds(
    address: str, digests: Iterable[Digest], ours: Iterable[Digest], today: str
) -> Iterator[Find]:
    """Yield what is new, by the digests of the file, oldest first."""
    known = list(ours)
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    for digest in sorted(digests, key=lambda one: one.date or today):
        if fresh := unknown(digest.entries, known):
            day = digest.date or today
            stem = identity.slug(f"{host} {digest.title}", 60) or "fetched"
            yield Find(digest.source or address, address, digest.title, day, stem, fresh)
        known.append(digest)
