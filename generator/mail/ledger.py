"""Remember who got which digest, so that nobody gets it twice, whatever ends a run midway.

A file of JSON lines that only grows. `sending` is on the disk before the server is told that a
message is complete, `sent` or `failed` after it has answered. Where the first has no second,
nobody can know whether the message arrived: it counts as delivered, and is told.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

from generator.models import Catalog, Digest
from generator.problems import Problem, error


class State(StrEnum):
    """What the ledger knows of a digest and an address."""

    SENDING = "sending"
    """The message was handed over, and no answer is recorded."""
    SENT = "sent"
    FAILED = "failed"
    """The server refused it, so that nothing was delivered."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest as the ledger knows it, also after its title was corrected."""

    slug: str
    file: str | None
    """Its file, None where that holds several digests of its day."""
    day: str | None

    def is_in(self, row: Mapping[str, object]) -> bool:
        """Return whether `row` is about this digest."""
        same_file = self.file is not None and row["file"] == self.file and row["day"] == self.day
        return row["digest"] == self.slug or same_file


def edition(catalog: Catalog, digest: Digest) -> Edition:
    """Return what the ledger writes of `digest`."""
    alike = [one for one in catalog.digests if (one.path, one.date) == (digest.path, digest.date)]
    return Edition(digest.slug, digest.path if len(alike) == 1 else None, digest.date)


class Busy(Exception):
    """Another run has the ledger open."""


@dataclass(slots=True)
class Ledger:
    """The ledger, open for one edition."""

    file: IO[bytes]
    edition: Edition
    states: dict[str, State] = field(default_factory=dict)
    """The last word on each address, by its key."""

    def record(self, key: str, state: State, moment: str, answer: str = "") -> None:
        """Write one line, and return when it is on the disk."""
        row = {
            "at": moment,
            "digest": self.edition.slug,
            "file": self.edition.file,
            "day": self.edition.day,
            "address": key,
            "state": state,
            **({"answer": answer} if answer else {}),
        }
        self.file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        self.states[key] = state


def known(path: Path, wanted: Edition) -> tuple[dict[str, State], list[Problem]]:
    """Return what the ledger at `path` says of an edition; nothing where there is no ledger."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}, []
    return _states(path.name, data, wanted)


@contextmanager
def opened(path: Path, wanted: Edition) -> Iterator[tuple[Ledger, list[Problem]]]:
    """Open the ledger, new where there is none, for this run alone; else raise Busy.

    With problems among what is returned it must not be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        _lock(file)
        _sync_folder(path.parent)
        file.seek(0)
        data = file.read()
        # What a crash cut off was on no disk when the run went on, so nothing rests on it.
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            file.truncate(len(whole))
        states, problems = _states(path.name, whole, wanted)
        yield Ledger(file, wanted, states), problems


def _states(name: str, data: bytes, wanted: Edition) -> tuple[dict[str, State], list[Problem]]:
    states: dict[str, State] = {}
    problems = []
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            row = json.loads(line)
            if wanted.is_in(row):
                states[row["address"]] = State(row["state"])
        except (ValueError, KeyError, TypeError, RecursionError):
            hint = "mend the line, or delete it if that subscriber may get the digest once more"
            problems.append(error(name, number, "is no line of the ledger", hint))
    return states, problems


def _lock(file: IO[bytes]) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            # Far behind the end: Windows lets nobody read what is locked.
            file.seek(2**40)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as reason:
        raise Busy from reason


def _sync_folder(folder: Path) -> None:
    """Have the file's name on the disk too; Windows does so by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
