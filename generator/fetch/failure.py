"""Why a source gave nothing that can be used."""

from __future__ import annotations


class Failure(Exception):
    """A source could not be asked, or its answer cannot be trusted: nothing is written."""

    def __init__(self, message: str, hint: str, *, passing: bool = False, wait: float = 0) -> None:
        """Keep what went wrong and what to do; `passing` faults are worth another try.

        The source wants no other request for `wait` seconds.
        """
        self.message = message
        self.hint = hint
        self.passing = passing
        self.wait = wait
        super().__init__(message)
