"""Turn the authors of a BibTeX field into full names."""

from __future__ import annotations

import re

from bibtexparser.middlewares.names import parse_single_name_into_parts

from generator import text
from generator.readers.facts import names
from generator.readers.latex import accented, plain

_OTHERS = frozenset({"others", "et al", "et al."})
_SIGN = re.compile(r"\\.|[{}]|(?P<and>(?<!\S)and(?!\S))", re.IGNORECASE | re.DOTALL)
_BRACED = re.compile(r"\{[^{}]*\}")
_KEYED = re.compile(r"\b(given|prefix|family|suffix)\s*=\s*([^,=]+)", re.IGNORECASE)
_MOST_COMMAS = 2


def authors(value: str) -> tuple[str, ...]:
    """Return `von Last, Jr, First and …` as `First von Last Jr`, without `and others`."""
    found: list[str] = []
    # The parser of names takes the sign of `\~a` for a blank: accents go first.
    for person in _parted(accented(value)):
        found += _people(person)
    said = (text.line(name).strip(",; ") for name in found)
    return tuple(name for name in said if name and name.lower() not in _OTHERS)


def _parted(people: str) -> list[str]:
    """Return what `and` parts outside of braces.

    The library's own function loses a command at the beginning of a name.
    """
    parts: list[str] = []
    depth = start = 0
    for sign in _SIGN.finditer(people):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth = max(depth - 1, 0)
        elif sign["and"] and not depth:
            parts.append(people[start : sign.start()])
            start = sign.end()
    return [*parts, people[start:]]


def _people(person: str) -> tuple[str, ...]:
    """Return the one name of `person`; several where commas part them against the form's rules."""
    keyed = {key.lower(): value.strip() for key, value in _KEYED.findall(person)}
    if "family" in keyed:
        parts = (keyed.get(key) for key in ("given", "prefix", "family", "suffix"))
        return (plain(" ".join(part for part in parts if part)),)
    if _BRACED.sub("", person).count(",") > _MOST_COMMAS:
        parted = names(plain(person))
        # Surnames and initials by turns cannot be told apart: left as they stand.
        return parted if all(" " in name for name in parted) else (plain(person),)
    named = parse_single_name_into_parts(person, strict=False).merge_first_name_first
    return (plain(named) or plain(person),)
