"""Remember what was made, by what it was made from, so that nothing is made twice.

A memory holds texts under the digest of all that they depend on: a text is found again only
where nothing of that has changed, and then it is the very same. What a build did not ask for is
forgotten, so the memory never outgrows the collection.
"""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

_DISTRIBUTION = "offprint-digest"
_KEY = 16
"""Bytes of a key."""
_LENGTH = 4
"""Bytes of the length of a packed text."""
_SUM = 32
"""Bytes of the checksum."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Texts of earlier builds, and those of this one."""

    known: Mapping[bytes, bytes] = field(default_factory=dict)
    """What earlier builds made, packed."""
    used: dict[bytes, bytes] = field(default_factory=dict)
    """What this build asked for, packed."""

    def recall(self, source: str, make: Callable[[], str]) -> str:
        """Return the text made from `source`; `make` is called where it is not known.

        `source` names the kind of the text, and holds all that decides what `make` returns but
        for the program itself.
        """
        key = hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
        if packed := self.known.get(key):
            self.used[key] = packed
            return zlib.decompress(packed).decode()
        text = make()
        self.used[key] = zlib.compress(text.encode(), 1)
        return text


def pack(memory: Memory, stamp: bytes) -> bytes:
    """Return what this build asked for, to be unpacked by a program with the same `stamp`."""
    rows = (
        part
        for key, packed in sorted(memory.used.items())
        for part in (key, len(packed).to_bytes(_LENGTH, "big"), packed)
    )
    content = stamp + b"".join(rows)
    return hashlib.sha256(content).digest() + content


def unpack(content: bytes, stamp: bytes) -> Memory:
    """Return the memory; an empty one where `content` is damaged or another program's."""
    body = content[_SUM:]
    if hashlib.sha256(body).digest() != content[:_SUM] or not body.startswith(stamp):
        return Memory()
    return Memory(dict(_rows(body, len(stamp))))


def _rows(body: bytes, place: int) -> Iterator[tuple[bytes, bytes]]:
    while place < len(body):
        key, place = body[place : place + _KEY], place + _KEY
        size, place = int.from_bytes(body[place : place + _LENGTH], "big"), place + _LENGTH
        yield key, body[place : place + size]
        place += size


@cache
def stamp() -> bytes | None:
    """Return what tells this program from any other that might make other texts.

    That is its own code, the versions of all that it rests on, and Python's. None where that is
    not known: then nothing is remembered.
    """
    found = hashlib.sha256(platform.python_version().encode())
    try:
        for name in sorted(_names(metadata.requires(_DISTRIBUTION) or [])):
            found.update(f"{name} {metadata.version(name)}\n".encode())
    except metadata.PackageNotFoundError:
        return None
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.digest()


def _names(requirements: list[str]) -> Iterator[str]:
    """Yield the distributions that are needed, without those of extras."""
    for one in requirements:
        wanted, _, condition = one.partition(";")
        if "extra" not in condition:
            letters = (char if char.isalnum() or char in "-_." else " " for char in wanted)
            yield "".join(letters).split()[0]
