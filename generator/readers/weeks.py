"""Find the day in a heading: `Week of June 23 - June 29, 2025` tells the last of its days."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from generator.readers.facts import iso

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?(?![\d/.]*\d)"
_TO = r"\s*(?:-|–|—|to|until|through)\s*"
_YEAR = r"(?:\s*,?\s*(\d{4}))?"
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\s*(?P<day>{_NUMBER}){_YEAR}"
    rf"(?:{_TO}(?P<last_month>{_MONTH})?\s*(?P<last>{_NUMBER}))?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"\b(?P<day>{_NUMBER})\s*(?:(?P<month>{_MONTH})?{_YEAR}{_TO}(?P<last>{_NUMBER})\s*)?"
    rf"(?P<last_month>{_MONTH})",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_WEEK = re.compile(
    r"\b(?:(?P<year>(?:19|20)\d\d)[- ]*W(?P<number>\d{1,2})"
    r"|(?:week|wk)\s*#?(?P<named>\d{1,2})[\s,of/-]*(?P<in>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# Longer lines are no headings of digests, and the patterns need not search them.
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a heading names."""

    month: int
    day: int
    """The last one."""
    year: int | None
    """Of the last day; None where the heading does not tell it."""
    over: bool = False
    """Whether it goes over New Year, so that a year said above is the first day's."""

    def date(self, year: int | None) -> str | None:
        """Return the last day as YYYY-MM-DD; `year` stands in where the heading has none."""
        if self.year:
            return iso(self.year, self.month, self.day)
        return iso(year + self.over, self.month, self.day) if year else None


def span(heading: str) -> Span | None:
    """Return the days that `heading` names, None where it names none."""
    heading = heading[:_LONGEST]
    if found := _ISO.findall(heading):
        year, _, month, day = found[-1]
        return _real(Span(int(month), int(day), int(year)))
    if week := _WEEK.search(heading):
        return _of_week(int(week["year"] or week["in"]), int(week["number"] or week["named"]))
    named = _MONTH_FIRST.search(heading) or _DAY_FIRST.search(heading)
    return _real(_of_names(heading, named)) if named else None


def year_of(heading: str) -> int | None:
    """Return the year that is all that `heading` says, as in `## 2023`."""
    found = re.fullmatch(r"\W*((?:19|20)\d\d)\W*", heading[:_LONGEST])
    return int(found[1]) if found else None


def is_only_days(heading: str) -> bool:
    """Return whether a dated heading says nothing else than its days."""
    rest = _ISO.sub(" ", heading[:_LONGEST])
    rest = re.sub(rf"{_MONTH}|\d+(?:st|nd|rd|th)?|\b(?:to|of)\b", " ", rest, flags=re.IGNORECASE)
    return not re.search(r"\w", rest)


def _of_week(year: int, number: int) -> Span | None:
    try:
        last = datetime.date.fromisocalendar(year, number, 7)
    except ValueError:
        return None
    return Span(last.month, last.day, last.year)


def _of_names(heading: str, named: re.Match[str]) -> Span:
    month = _number_of(named["last_month"] or named["month"])
    first = _number_of(named["month"] or named["last_month"])
    day = int(re.sub(r"\D", "", named["last"] or named["day"]))
    years = [int(year) for year in _ANY_YEAR.findall(heading)]
    over = month < first
    # A year that stands between the two days is the first one's.
    between = named[3] and len(years) == 1 and named["last"]
    return Span(month, day, years[-1] + bool(over and between) if years else None, over)


def _number_of(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1


def _real(span: Span | None) -> Span | None:
    # In a leap year, so that 29 February counts where the year is not told.
    return span if span and span.date(2024) else None
