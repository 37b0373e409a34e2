"""Understand the value of one cell: text, or what JSON holds there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import identity, text
from generator.readers.facts import day, iso, names
from generator.readers.xml import stamp_day

_NOTHING = frozenset({"", "-", "–", "—", "n/a", "nan", "none", "null"})
_MOST_DIGITS = 10
# The words of a list as Python or JSON writes it into a cell.
# One that is not closed reaches to the end, so that no place is looked at twice.
_WRITTEN = re.compile(
    r"'((?:[^'\\]|\\.|\\\Z)*)(?:'|\Z)|\"((?:[^\"\\]|\\.|\\\Z)*)(?:\"|\Z)", re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)")
_MOMENT = re.compile(r"([12][0-9]{3})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?(?:\.0)?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})")
_CATEGORIES = re.compile(r"(?=[^.]*\.)[a-z-]+(?:\.[A-Za-z-]+)?(?: [a-z-]+(?:\.[A-Za-z-]+)?)+")
_NAMED = ("name", "fullname", "full_name", "fullName", "display_name", "literal", "term", "label")
_PARTED = (("given", "family"), ("first", "last"), ("firstName", "lastName"))


def is_empty(value: object) -> bool:
    """Return whether a cell says nothing, in one of the ways in which programs write that."""
    if isinstance(value, str):
        return value.strip().lower() in _NOTHING
    return value is None or value == [] or value == {} or isinstance(value, bool)


def whole(value: object) -> str:
    """Return the text of a value; a list's texts are paragraphs. Empty where it is no text."""
    if isinstance(value, list):
        return "\n\n".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def people(value: object) -> tuple[str, ...]:
    """Return the people of a value: a list of names or of objects with names, or one text."""
    if isinstance(value, str) and not _is_list(value):
        return tuple(name for raw in names(text.line(value)) if (name := _person(raw)))
    return tuple(name for raw in _items(value) if (name := _person(raw)))


def labels(value: object) -> tuple[str, ...]:
    """Return the words or phrases of a value, each once: a list, or a text parted by `;` or `,`."""
    if isinstance(value, str) and not _is_list(value):
        flat = text.line(value)
        blanks = ";" not in flat and "," not in flat and _CATEGORIES.fullmatch(flat)
        parts = flat.split() if blanks else re.split(";" if ";" in flat else ",", flat)
    else:
        parts = _items(value)
    return tuple(dict.fromkeys(label for raw in parts if (label := text.line(raw))))


def addresses(value: object) -> list[str]:
    """Return the web addresses in a value, however deep, in its order."""
    return [address for one in _leaves(value) for address in identity.addresses(one)]


def moment(value: object) -> str | None:
    """Return the day, month or year that a value tells, as YYYY-MM-DD, YYYY-MM or YYYY."""
    written = text.line(whole(value))
    found = _MOMENT.fullmatch(written)
    if found is None:
        turned = _DAY_FIRST.match(written)
        return (
            day(f"{turned[2]} {turned[1]}, {turned[3]}")
            if turned
            else day(written) or stamp_day(written)
        )
    year, month, number = found.groups()
    if not month:
        return year
    # The first of its month tells whether there is such a month.
    first = iso(int(year), int(month), int(number or 1))
    return first if number or first is None else first[:7]


def number(value: object) -> int | None:
    """Return the whole number that a value is."""
    written = text.line(whole(value)).replace(",", "").removesuffix(".0")
    short = written.isascii() and written.isdecimal() and len(written) < _MOST_DIGITS
    return int(written) if short else None


def _is_list(written: str) -> bool:
    stripped = written.strip()
    return stripped.startswith("[") and stripped.endswith("]")


def _items(value: object) -> list[str]:
    """Return the texts of a list, or the names of its objects."""
    if isinstance(value, str):
        inside = value.strip()[1:-1]
        found = [_ESCAPED.sub(r"\1", one or other) for one, other in _WRITTEN.findall(inside)]
        return found or inside.split(",")
    items = value if isinstance(value, list) else [value]
    return [item if isinstance(item, str) else _name(item) for item in items]


def _name(item: object) -> str:
    if not isinstance(item, dict):
        return ""
    for key in _NAMED:
        if isinstance(item.get(key), str):
            return str(item[key])
    for keys in _PARTED:
        parts = [item[key] for key in keys if isinstance(item.get(key), str)]
        if parts:
            return " ".join(parts)
    return ""


def _person(raw: str) -> str:
    # Scrapes of a list keep the comma that parts a name from the next.
    return text.line(raw).strip(" ,;")


def _leaves(value: object) -> Iterator[str]:
    """Yield all texts in a value, without recursion: JSON may nest deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += reversed(one.values())
        elif isinstance(one, list):
            waiting += reversed(one)
