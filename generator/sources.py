"""Walk the folder of digests: files in, bytes and problems out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.models import Source
from generator.problems import Problem, error, note

DIGESTS = "digests"
# A digest of a hundred thousand papers has some 150 MB; what is larger is a mistake.
SIZE_LIMIT = 256 * 1024 * 1024

# Control characters, and bytes of the disk that are no UTF-8.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def walk(root: Path) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Return every file below `root`/digests in the order of its path, and what could not be read.

    Files and folders that start with a dot are the system's, and README the curator's: neither
    is a digest.
    """
    folder = root / DIGESTS
    if not folder.is_dir():
        hint = "put digests there, for instance with: offprint add FILE"
        return (), (error(DIGESTS, None, "there is no such folder", hint),)
    sources: list[Source] = []
    faults: list[OSError] = []
    files = sorted(_files(folder, faults), key=lambda path: path.relative_to(root).as_posix())
    problems = [_unread(_shown(Path(fault.filename), root), fault) for fault in faults]
    for path in files:
        name = path.relative_to(root).as_posix()
        if name != _shown(path, root):
            hint = "rename it: letters, digits, '-', '_' and '.' are always safe"
            problems.append(error(_shown(path, root), None, "its name cannot be written", hint))
            continue
        if path.stem.lower() == "readme":
            hint = "rename it if it is one"
            problems.append(note(name, None, "left out: a README is no digest", hint))
            continue
        found = read(path, name)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            sources.append(found)
    return tuple(sources), tuple(problems)


def read(path: Path, name: str) -> Source | Problem:
    """Return the file at `path` under the name `name`, or the error that forbids it."""
    try:
        if path.is_dir():
            return error(name, None, "is a folder", "name the files in it")
        if path.stat().st_size > SIZE_LIMIT:
            limit = f"{SIZE_LIMIT // 2**20} MB"
            return error(name, None, f"is larger than {limit}", "split it, or check what it holds")
        return Source(name, path.read_bytes())
    except FileNotFoundError:
        what = "is a link to nothing" if path.is_symlink() else "does not exist"
        return error(name, None, what, "check the name")
    except OSError as reason:
        return _unread(name, reason)


def _unread(name: str, reason: OSError) -> Problem:
    return error(name, None, f"cannot be read: {reason.strerror}", "check the file's rights")


def _shown(path: Path, root: Path) -> str:
    """Return the name for messages, with � for each sign that no text file can hold."""
    return _UNWRITABLE.sub("�", path.relative_to(root).as_posix())


def _files(folder: Path, faults: list[OSError]) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in files if not name.startswith("."))
