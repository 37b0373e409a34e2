"""Write the generated files into docs/: only what changed, and never over a page of a person.

The manifest lists what the generator wrote, with the digest of each content. It is written
before the files, so that a build that is killed midway leaves nothing that looks foreign.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator import lock, memory
from generator.memory import Memory
from generator.models import OutputFile
from generator.problems import Problem, error, warning

MANIFEST = ".offprint-manifest"
CACHE = ".offprint-cache"
"""Folder of the collection with what only saves time; it may be deleted at any moment."""
_MEMORY = "memory"
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Written:
    """What happened in docs/."""

    changed: int
    """Files written, new ones included."""
    removed: int
    problems: tuple[Problem, ...]
    """With an error among them nothing was written."""


def write(docs: Path, files: Iterable[OutputFile]) -> Written:
    """Bring docs/ to hold exactly `files` beside what people wrote."""
    files = tuple(files)
    known = _read_manifest(docs / MANIFEST)
    fresh = {file.path: _digest(file.content) for file in files}
    stale, foreign = _compare(docs, files, known)
    if foreign:
        return Written(0, 0, tuple(foreign))
    gone, kept = _gone(docs, known, fresh)
    if stale or gone or set(known) != set(fresh):
        docs.mkdir(parents=True, exist_ok=True)
        # Both contents of each file count as ours until all are written.
        both = {path: {digest} | known.get(path, set()) for path, digest in fresh.items()}
        _write_manifest(docs, both | {path: known[path] for path in gone})
        for file in stale:
            put(docs / file.path, file.content)
        for path in gone:
            _remove(docs, path)
        _write_manifest(docs, {path: {digest} for path, digest in fresh.items()})
    return Written(len(stale), len(gone), tuple(kept))


def put(path: Path, content: bytes) -> None:
    """Write `content` at `path` in one step: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def remember(root: Path, content: str) -> None:
    """Write papers.lock of the collection at `root` where it changed."""
    path = root / lock.NAME
    if _content(path) != content.encode():
        put(path, content.encode())


def recollect(root: Path) -> Memory:
    """Return what earlier builds of the collection at `root` remember, if anything."""
    stamp = memory.stamp()
    try:
        return memory.unpack((root / CACHE / _MEMORY).read_bytes(), stamp) if stamp else Memory()
    except OSError:
        return Memory()


def retain(root: Path, made: Memory) -> None:
    """Keep for later builds what this one made. Where that cannot be written, nothing is lost."""
    stamp = memory.stamp()
    if stamp is None or made.used.keys() == made.known.keys():
        return
    with suppress(OSError):
        # Of no interest to Git, wherever the collection lies.
        put(root / CACHE / ".gitignore", b"*\n")
        put(root / CACHE / _MEMORY, memory.pack(made, stamp))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHORT]


def _compare(
    docs: Path, files: Iterable[OutputFile], known: Mapping[str, set[str]]
) -> tuple[list[OutputFile], list[Problem]]:
    """Return the files that must be written, and an error for each that a person wrote."""
    stale: list[OutputFile] = []
    foreign: list[Problem] = []
    for file in files:
        foreign += _rivals(docs, file, known)
        found = _content(docs / file.path)
        if found == file.content:
            continue
        stale.append(file)
        if found is not None and _digest(found) not in known.get(file.path, ()):
            foreign.append(_foreign(docs, file, file.path in known))
    return stale, foreign


def _content(path: Path) -> bytes | None:
    """Return what stands at `path`; None where nothing does, empty for a folder."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError):
        return b""


def _rivals(docs: Path, file: OutputFile, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Yield an error for a person's page that MkDocs would serve at the address of `file`."""
    stem = file.path.removesuffix(".md")
    if stem == file.path or stem == "index":
        return
    rival = f"{stem.removesuffix('/index')}.md" if stem.endswith("/index") else f"{stem}/index.md"
    if rival not in known and (docs / rival).is_file():
        message = f"is written by hand, and {file.origin} wants the same address"
        hint = "move it to another name: nothing was overwritten"
        yield error(f"{docs.name}/{rival}", None, message, hint)


def _foreign(docs: Path, file: OutputFile, ours: bool) -> Problem:
    how = "was changed by hand" if ours else "is written by hand"
    message = f"{how}, and {file.origin} wants the same place: nothing was overwritten"
    hint = "delete it to have it made anew" if ours else "move it to another name"
    return error(f"{docs.name}/{file.path}", None, message, hint)


def _gone(
    docs: Path, known: Mapping[str, set[str]], fresh: Mapping[str, str]
) -> tuple[list[str], list[Problem]]:
    """Return our files whose source is gone, and a warning for those that a person changed."""
    gone: list[str] = []
    kept: list[Problem] = []
    for path in sorted(known.keys() - fresh.keys()):
        found = _content(docs / path)
        if found is None or _digest(found) in known[path]:
            gone.append(path)
        else:
            message = "its source is gone, but it was changed by hand: kept"
            hint = "delete it, or keep it as a page of your own"
            kept.append(warning(f"{docs.name}/{path}", None, message, hint))
    return gone, kept


def _remove(docs: Path, path: str) -> None:
    """Delete a file of ours and the folders that it leaves empty."""
    (docs / path).unlink(missing_ok=True)
    for folder in (docs / path).relative_to(docs).parents:
        if folder == Path() or not (docs / folder).is_dir() or any((docs / folder).iterdir()):
            break
        (docs / folder).rmdir()


def _read_manifest(path: Path) -> dict[str, set[str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    rows = (line.partition("  ") for line in lines)
    # What the file names is removed one day: a name that leads out of docs/ is not ours.
    return {
        name: set(digests.split(","))
        for digests, blank, name in rows
        if blank and ".." not in name.split("/") and not name.startswith("/")
    }


def _write_manifest(docs: Path, entries: Mapping[str, set[str]]) -> None:
    rows = (f"{','.join(sorted(entries[path]))}  {path}\n" for path in sorted(entries))
    put(docs / MANIFEST, "".join(rows).encode())
