"""Damaged files of every form: a clear account, never an exception, never half a paper."""

from __future__ import annotations

import pytest
from forms import ALONE, FORMS

from generator import readers
from generator.models import Reading, Source

TITLES = [
    "Kettles That Whistle in Two Voices",
    "Counting Spoons: A Survey of Drawers",
    "On the Warmth of Saucers",
    "Teapots Pour Better at Noon",
    "A Lid for Every Pan and a Pan for Every Lid",
]
PLACES = 200
KNOWN = readers.installed()


def written(form: str) -> bytes:
    """Return a whole file of `form` with all titles that it can hold."""
    _, write = FORMS[form]
    return write(TITLES[:1] if form in ALONE else TITLES).encode()


def read(form: str, data: bytes) -> Reading:
    """Return what is read of `data` and check the account."""
    found = readers.read(Source(f"digests/{FORMS[form][0]}", data), readers.Defaults(2026), KNOWN)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    assert found.entries == found.read + found.rejected
    assert len(errors) >= found.rejected
    assert found.read or errors, "nothing was read, and nobody is told"
    for problem in found.problems:
        assert problem.message
        assert problem.hint
        assert "\n" not in problem.message + problem.hint
    return found


def titles(found: Reading) -> list[str]:
    """Return the titles in the order of the file."""
    return [entry.facts.title for digest in found.digests for entry in digest.entries]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_whole_file_is_read_whole(form: str):
    """Each form holds its titles, and each entry a line of the file."""
    data = written(form)
    found = read(form, data)
    assert titles(found) == (TITLES[:1] if form in ALONE else TITLES)
    lines = [entry.line for digest in found.digests for entry in digest.entries]
    assert all(1 <= line <= data.count(b"\n") + 1 for line in lines)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_file_cut_anywhere_is_accounted_for(form: str):
    """Cut at 200 places: no title is invented, the papers before the cut keep theirs."""
    data = written(form)
    whole = titles(read(form, data))
    for place in range(PLACES):
        cut = data[: 1 + place * len(data) // PLACES]
        found = titles(read(form, cut)) if cut.strip() else []
        kept = [title for title in found if title in whole]
        assert kept == whole[: len(kept)]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_flipped_byte_is_accounted_for(form: str):
    """Flip a byte at 200 places: papers or problems, and at most a few papers suffer."""
    data = written(form)
    for place in range(PLACES):
        offset = place * len(data) // PLACES
        read(form, data[:offset] + bytes([data[offset] ^ 0x15]) + data[offset + 1 :])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_line_ends_and_encodings_change_nothing(form: str):
    """A byte-order mark, other line ends and UTF-16 give the same papers."""
    data = written(form)
    whole = titles(read(form, data))
    text = data.decode()
    assert titles(read(form, b"\xef\xbb\xbf" + data)) == whole
    assert titles(read(form, text.replace("\n", "\r\n").encode())) == whole
    assert titles(read(form, text.encode("utf-16"))) == whole
