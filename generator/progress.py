"""How far the work has come: what long stages tell to whoever watches them."""

from __future__ import annotations

from typing import Protocol


class Tell(Protocol):
    """Hears that `part` of a stage has begun, or has come to `done` of `total`."""

    def __call__(self, part: str, done: int = 0, total: int = 0) -> None:
        """Take note of it; `total` is 0 where it is not known."""


def silent(part: str, done: int = 0, total: int = 0) -> None:
    """Tell nobody."""
