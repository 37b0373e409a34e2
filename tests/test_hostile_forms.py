"""Hostile strings pass through every input form, and every output, as they were written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from forms import ALONE, FORMS, plain_heading
from hostile import STRINGS

from generator import readers
from generator.models import Source
from generator.text import line


def titles_of(strings: list[str]) -> list[str]:
    """Return the strings that can be a title at all: one line, not empty, no link of its own."""
    shown = dict.fromkeys(line(text) for text in strings)
    return [text for text in shown if text and plain_heading(text)]


def read_back(form: str, titles: list[str]) -> list[str]:
    """Return the titles that the reader of `form` finds in a file written with `titles`."""
    name, write = FORMS[form]
    found = []
    for group in [[title] for title in titles] if form in ALONE else [titles]:
        source = Source(f"digests/{name}", write(group).encode())
        reading = readers.read(source, readers.Defaults(), readers.installed())
        assert reading.format == form
        found += [entry.facts.title for digest in reading.digests for entry in digest.entries]
    return found


@pytest.mark.parametrize("form", sorted(FORMS))
def test_made_up_strings_survive(form: str):
    """Each made-up hostile string that a form can hold comes back as it went in."""
    titles = [title for title in titles_of(list(STRINGS)) if holds(form, title)]
    assert len(titles) > 20
    assert read_back(form, titles) == titles


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_big_list_of_naughty_strings_survives(form: str, samples: Path):
    """Each string of the public list that a form can hold comes back as it went in."""
    strings = json.loads((samples / "hostile" / "naughty-strings.json").read_text("utf-8"))
    titles = [title for title in titles_of(strings) if holds(form, title)]
    assert len(titles) > 250
    assert read_back(form, titles) == titles


def holds(form: str, title: str) -> bool:
    """Return whether `title` means nothing else in the form than itself."""
    address = "http" in title  # An address is never escaped.
    if form == "curated":
        return not title.startswith("#")
    if form == "hf-page":
        # A saved page has nothing but the look of a line to tell titles from abstracts.
        return len(title) <= 100
    if form.startswith("arxiv"):
        # What arXiv sends is LaTeX: there `--` is a dash, and a brace only holds together.
        return not re.search(r"[\\\\{}~`^_]|--|''", title)
    if form == "markdown-paper":
        return not address
    if form in {"markdown-list", "markdown-table"}:
        # Signs, numbers and lone letters name nothing there; signs at an end part title and words.
        named = any(sum(map(str.isalpha, word)) > 1 for word in re.findall(r"\w+", title))
        return named and not (title[0] in "*_" or title[-1] in ".,:;-–*_" or address)
    return True


def test_every_installed_reader_is_tried():
    """A new reader brings a writer of its form here."""
    assert set(FORMS) == set(readers.installed())
