"""Take a digest into the collection: read it, name it by its day, copy it byte for byte."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator import formats, readers, settings, sources, writer
from generator.formats import Choice
from generator.models import Reading, Source
from generator.problems import Problem, warning
from generator.text import line

_DAY_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}(?=\D|$)")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file."""

    reading: Reading
    where: str | None
    """The copy, relative to the collection; None where nothing could be read."""
    known: bool = False
    """Whether the same bytes were there already."""


def is_day(text: str) -> bool:
    """Return whether `text` is a day as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def add(
    root: Path, path: Path, day: str | None, year: int | None, choice: Choice | None = None
) -> Added:
    """Read the file at `path` and copy it to digests/, unless it holds no paper.

    `day` names the digest's day and `year` the year of its day, where it has none of its own.
    A `choice` is remembered in formats.yml, so that every build reads the copy the same way.
    """
    source = sources.read(path, str(path))
    if isinstance(source, Problem):
        return Added(Reading(str(path), None, problems=(source,)), None)
    choice = choice or Choice()
    reading = read(root, source, choice, year)
    if not reading.read:
        return Added(reading, None)
    own = reading.digests[0].date
    reading = _with_doubt(reading, day, own)
    where, known = keep(root, named(path, own or day), source.data, choice)
    return Added(reading if known else _dated(reading, day), where, known)


def read(root: Path, source: Source, choice: Choice, year: int | None = None) -> Reading:
    """Return what `source` holds by the settings of the collection at `root`."""
    found, _ = settings.load(root)
    defaults = readers.Defaults(year or (found.year if found else None), choice.columns)
    return readers.read(source, defaults, readers.installed(), choice.format)


def keep(root: Path, name: str, data: bytes, choice: Choice | None = None) -> tuple[str, bool]:
    """Write `data` to digests/ as `name`, with `-2`, `-3`, … where that is taken.

    Return the file, relative to the collection, and whether the same bytes were there already:
    then nothing is written. A `choice` is remembered in formats.yml.
    """
    target = _same(root, data)
    known = target is not None
    if target is None:
        target = _free(root / sources.DIGESTS, name)
        writer.put(target, data)
    _remember(root, target, choice or Choice())
    return target.relative_to(root).as_posix(), known


def _remember(root: Path, copy: Path, choice: Choice) -> None:
    """Write into formats.yml how to read the copy, where somebody said it."""
    if choice == Choice():
        return
    path = root / formats.NAME
    source = Source(formats.NAME, path.read_bytes()) if path.exists() else None
    choices, _ = formats.parse(source, formats.known())
    choices = formats.with_choice(choices, copy.relative_to(root).as_posix(), choice)
    writer.put(path, formats.render(choices).encode())


def _with_doubt(reading: Reading, day: str | None, own: str | None) -> Reading:
    if day and own and day != own:
        message = f"the digest itself says {own}, so {day} does not count"
        doubt = warning(reading.path, None, message, "leave --date away, or mend the digest")
        return replace(reading, problems=(*reading.problems, doubt))
    return reading


def _dated(reading: Reading, day: str | None) -> Reading:
    """Return `reading` without the note that it is undated, where the copy's name tells a day."""
    if not day:
        return reading
    kept = tuple(p for p in reading.problems if not p.message.startswith("undated"))
    return replace(reading, problems=kept)


def named(path: Path, day: str | None) -> str:
    """Return the name in digests/ of the file at `path`: its day first, unless it has none."""
    # A name with signs that no text holds, a dot in front or a README would not be read.
    path = Path(line(path.name))
    stem = path.stem.lstrip(".")
    stem = "digest" if stem.lower() in {"", "readme"} else stem
    if day is None or stem.startswith(day):
        return f"{stem}{path.suffix}"
    return f"{day}-{_DAY_FIRST.sub('', stem).lstrip('-_ ') or 'digest'}{path.suffix}"


def _same(root: Path, data: bytes) -> Path | None:
    """Return the file of digests/ with the very same bytes, if there is one."""
    folder = root / sources.DIGESTS
    for path in sorted(_of_size(folder, len(data))):
        if path.read_bytes() == data:
            return path
    return None


def _of_size(folder: Path, size: int) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size == size:
            yield path


def _free(folder: Path, name: str) -> Path:
    """Return a free path in `folder`: `name`, or with `-2`, `-3`, … before its suffix."""
    path = folder / name
    number = 2
    while path.exists() or path.is_symlink():
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path
