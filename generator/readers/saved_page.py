"""What all renderings of a page saved from Hugging Face's daily papers have in common."""

from __future__ import annotations

import re

from generator import text
from generator.problems import Problem, note
from generator.readers import Defaults
from generator.readers.facts import day, day_of_name, names_year

TITLE = "Daily papers"
SOURCE = "Hugging Face daily papers"
INVITATION = "Get trending papers in your email inbox"
CURATOR = re.compile(r"by ?(\S.*\bcommunity)")
DOUBT_HINT = "save the page again, or leave it: the paper is shown as it is"
_NUMBERED = re.compile(r"\s*(?:[*+•-]|#{1,6})\s*\[.*\]\s?\[\d{1,6}\]\s*")
_HEAD = 30_000
_FEWEST_NUMBERED = 3


def invites(content: str) -> bool:
    """Return whether the text opens with the page's invitation to subscribe."""
    return INVITATION in content[:_HEAD]


def is_numbered(content: str) -> bool:
    """Return whether headings or list items near the top are links with numbers: `* [x][3]`."""
    found = 0
    for raw in text.lines(content[:_HEAD]):
        found += _NUMBERED.fullmatch(raw) is not None
        if found == _FEWEST_NUMBERED:
            return True
    return False


def dated(path: str, written: str | None, defaults: Defaults) -> tuple[str | None, list[Problem]]:
    """Return the digest's day: the page's with its year, the file name's, the page's with ours.

    `written` is the day as the page has it, e.g. `Mar 14`.
    """
    if written and names_year(written):
        return day(written), []
    if named := day_of_name(path):
        return named, []
    if written and (found := day(written, defaults.year)):
        return found, []
    if written:
        hint = "say the year with 'offprint add --year', or under 'year:' in mkdocs.yml"
        return None, [note(path, None, f"undated: the page says '{written}' without a year", hint)]
    hint = "put its day into the file's name, e.g. 2025-03-14-daily.txt"
    return None, [note(path, None, "undated: neither the page nor its name tells a day", hint)]
