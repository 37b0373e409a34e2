"""Read answers with the collection's own readers, and refuse what is not whole."""

from __future__ import annotations

import re

from generator import readers
from generator.fetch.failure import Failure
from generator.models import Reading, Source
from generator.problems import Problem, Severity
from generator.readers import Reader

_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HEAD = 4096
_FORMAT = "try again later; if it stays so, its form has changed: please report it"


def text_of(name: str, body: bytes) -> str:
    """Return the text of an answer; raise Failure where it is none, or a page for people."""
    if is_page(body):
        what = f"{name} sent a web page in place of data"
        raise Failure(what, "it may be down for maintenance: try again later")
    found = readers.decode(Source(name, body))
    if isinstance(found, Problem):
        raise Failure(f"{name} sent what is no text: {found.message}", "try again later")
    return found


def is_page(body: bytes) -> bool:
    """Return whether a body is HTML, whatever its content type says."""
    return _PAGE.match(body[:_HEAD]) is not None


def whole(reader: Reader, name: str, content: str) -> Reading:
    """Return what `reader` makes of an answer; raise Failure where any entry cannot be used.

    A digest of half an answer would stay half for ever.
    """
    if not reader.sniff(name, content):
        raise Failure(f"{name} answered in an unknown form, or only in part", _FORMAT)
    reading = reader.read(name, content, readers.Defaults())
    faults = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    if faults:
        where = f" (line {faults[0].line} of the answer)" if faults[0].line else ""
        more = f", and {len(faults) - 1} more faults" if len(faults) > 1 else ""
        raise Failure(f"{faults[0].message}{where}{more}", faults[0].hint)
    return reading
