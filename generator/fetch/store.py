"""Put what was fetched into the collection, and remember how its source is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator import adding, health, sources, writer
from generator.fetch import markdown
from generator.fetch.client import Marks
from generator.fetch.finds import Find, Haul, Kept
from generator.formats import Choice
from generator.health import Health
from generator.models import Reading
from generator.problems import Problem
from generator.readers import Defaults, curated
from generator.readers.doubts import doubts
from generator.text import line, shorten

_LONGEST = 200
"""Characters of a fault in fetched.yml."""
_DOUBT_HINT = "mend it in the file, or leave it: the paper is shown as it is"


@dataclass(frozen=True, slots=True)
class Stored:
    """A digest that a fetch brought."""

    path: str
    """Relative to the collection."""
    reading: Reading
    """What a build will read of it, with what is doubtful."""
    known: bool = False
    """Whether the same file was there already, so that nothing was written."""


def store(root: Path, haul: Haul, choice: Choice, *, dry: bool = False) -> tuple[Stored, ...]:
    """Write the digests of `haul` and return them; with `dry` only say which they would be.

    A `choice` is how a file that is kept as it is must be read, and where it came from.
    """
    stored = [_written(root, find, dry) for find in haul.finds]
    if haul.kept:
        stored.append(_kept(root, haul.kept, choice, dry))
    return tuple(stored)


def _written(root: Path, find: Find, dry: bool) -> Stored:
    content = markdown.render(find)
    name = f"{find.date}-{find.stem}.md"
    path, known = f"{sources.DIGESTS}/{name}", False
    if not dry:
        path, known = adding.keep(root, name, content.encode())
    reading = curated.read(path, content, Defaults())
    entries = (entry for digest in reading.digests for entry in digest.entries)
    told = [*markdown.changed(path, content, find), *doubts(path, entries, _DOUBT_HINT)]
    return Stored(path, replace(reading, problems=(*reading.problems, *told)), known)


def _kept(root: Path, kept: Kept, choice: Choice, dry: bool) -> Stored:
    path, known = f"{sources.DIGESTS}/{kept.name}", False
    if not dry:
        path, known = adding.keep(root, kept.name, kept.data, choice)
    told = tuple(replace(problem, path=path) for problem in kept.reading.problems)
    return Stored(path, replace(kept.reading, path=path, problems=told), known)


def healths(root: Path) -> tuple[tuple[Health, ...], list[Problem]]:
    """Return what fetched.yml of the collection says, and what is wrong with it."""
    path = root / health.NAME
    content = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
    return health.parse(content)


def marks_of(known: Iterable[Health], source: str) -> Marks:
    """Return what the source called its last answer."""
    found = next((one for one in known if one.source == source), None)
    return Marks(found.etag, found.modified) if found else Marks()


def succeeded(root: Path, source: str, today: str, haul: Haul) -> None:
    """Remember in fetched.yml that the source answered as it should."""
    before = _before(root, source, today)
    newest = max(filter(None, (before.newest, haul.newest)), default=None)
    now = Health(source, today, today, newest, None, haul.marks.etag, haul.marks.modified)
    _remember(root, now)


def failed(root: Path, source: str, today: str, why: str) -> None:
    """Remember in fetched.yml that the source failed, and why; what was before it stays."""
    before = _before(root, source, today)
    _remember(root, replace(before, tried=today, failed=shorten(line(why), _LONGEST)))


def _before(root: Path, source: str, today: str) -> Health:
    known, _ = healths(root)
    return next((one for one in known if one.source == source), Health(source, today))


def _remember(root: Path, now: Health) -> None:
    known, _ = healths(root)
    content = health.render([*(one for one in known if one.source != now.source), now]).encode()
    path = root / health.NAME
    if not path.exists() or path.read_bytes() != content:
        writer.put(path, content)
