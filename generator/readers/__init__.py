"""Turn files into digests: find the reader that knows a file's form, and let it read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points

from generator.models import Reading, Source
from generator.problems import Problem, error

GROUP = "offprint.readers"
_KNOWN_BY = "see 'offprint add --help' for the forms that Offprint reads"
_LONE_SIGNS = frozenset("\x00")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the collection says where a digest itself does not."""

    year: int | None = None
    """Year of a date without one."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Name of a paper's field → column of a table that holds it, in the curator's word."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One form of digest. Register it as an entry point of the group `offprint.readers`."""

    name: str
    """What `--format` takes, e.g. `curated`."""
    about: str
    """The form in a few words, for help and messages."""
    sniff: Callable[[str, str], float]
    """(path, text) → how surely the text has this form, 0 to 1."""
    read: Callable[[str, str, Defaults], Reading]
    """(path, text, defaults) → digests, rejected entries and problems."""


class ReaderClash(Exception):
    """Two installed readers want the same name."""


def installed() -> dict[str, Reader]:
    """Return all readers by name, sorted; built-in ones come through the same door as others."""
    found: dict[str, Reader] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        reader: Reader = entry.load()
        if reader.name in found:
            raise ReaderClash(f"two readers are named '{reader.name}': uninstall one of them")
        found[reader.name] = reader
    return found


def read(
    source: Source,
    defaults: Defaults,
    readers: Mapping[str, Reader],
    form: str | None = None,
) -> Reading:
    """Return what `source` holds; `form` names a reader and skips the guessing."""
    text = decode(source)
    if isinstance(text, Problem):
        return Reading(source.path, None, problems=(text,))
    reader = readers[form] if form else recognise(source.path, text, readers)
    if reader is None:
        problem = error(source.path, None, "no reader knows this form", _KNOWN_BY)
        return Reading(source.path, None, problems=(problem,))
    reading = reader.read(source.path, text, defaults)
    # A digest whose every entry was refused makes no page either.
    reading = replace(reading, digests=tuple(d for d in reading.digests if d.entries))
    if reading.entries or any(problem.severity == "error" for problem in reading.problems):
        return reading
    problem = error(source.path, None, f"no papers found (read as: {reader.about})", _KNOWN_BY)
    return replace(reading, problems=(*reading.problems, problem))


def recognise(path: str, text: str, readers: Mapping[str, Reader]) -> Reader | None:
    """Return the reader that is surest of the text's form, None where none knows it."""
    sure = {name: reader.sniff(path, text) for name, reader in readers.items()}
    best = max(sure, key=lambda name: sure[name], default=None)
    return readers[best] if best and sure[best] > 0 else None


def decode(source: Source) -> str | Problem:
    """Return the text of `source`, or the error that it is none."""
    data = source.data
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as reason:
        where = data.count(b"\n", 0, reason.start) + 1
        what = f"not {encoding.removesuffix('-sig').upper()} text"
        return error(source.path, where, what, "save the file as UTF-8 text")
    if not text.strip("\ufeff \t\r\n"):
        return error(source.path, None, "the file is empty", "delete it, or save the digest again")
    if _LONE_SIGNS & set(text[:4096]):
        return error(source.path, 1, "a binary file, no text", "save the digest as text")
    return text
