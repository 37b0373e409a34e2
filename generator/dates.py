"""Write dates as a reader says them."""

from __future__ import annotations

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def readable(date: str) -> str:
    """Return `2025-03-14` as `14 March 2025`, `2023-10` as `October 2023`, `2023` as it is.

    Anything else stays as it is too.
    """
    year, _, rest = date.partition("-")
    number, _, day = rest.partition("-")
    if not (number.isdecimal() and 1 <= int(number) <= len(_MONTHS)):
        return date
    return f"{int(day)} {month(date)} {year}" if day.isdecimal() else f"{month(date)} {year}"


def month(date: str) -> str:
    """Return the name of the month of `YYYY-MM` or `YYYY-MM-DD`."""
    return _MONTHS[int(date[5:7]) - 1]
