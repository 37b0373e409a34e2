"""What several readers need: days, names, and addresses sorted by what they lead to."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from generator import identity
from generator.models import Facts, Links

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DAY = re.compile(r"([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?(?:,? +(\d{4}))?")
_NAMED_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
# Only where prose has the sign: behind a number, between words. Elsewhere it may be code.
_ESCAPED = re.compile(r"(?<=\d)\\%|(?<=[\w ])\\&(?=[\w ])")
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "git.sr.ht")
_PAGE_HOSTS = (".github.io", ".gitlab.io", ".netlify.app", ".vercel.app", ".pages.dev")


def day(text: str, year: int | None = None) -> str | None:
    """Return a day written like `Mar 14` or `March 14, 2025` as YYYY-MM-DD.

    `year` stands in where the text names none; without either the result is None.
    """
    found = _DAY.fullmatch(text.strip())
    month = _month(found[1]) if found else None
    if found is None or month is None:
        return None
    named = int(found[3]) if found[3] else year
    return iso(named, month, int(found[2])) if named else None


def is_day(text: str) -> bool:
    """Return whether `text` is a day, with a year or without."""
    # A leap year, so that 29 February counts.
    return day(text, 2024) is not None


def names_year(text: str) -> bool:
    """Return whether the day that `text` is names its year."""
    return day(text) is not None


def day_of_name(path: str) -> str | None:
    """Return the first YYYY-MM-DD in the file's own name, None where it has none."""
    found = _NAMED_DAY.search(PurePosixPath(path).name)
    return iso(*map(int, found.groups())) if found else None


def iso(year: int, month: int, number: int) -> str | None:
    """Return the day as YYYY-MM-DD, None where the calendar has no such day."""
    try:
        return datetime.date(year, month, number).isoformat()
    except (ValueError, OverflowError):
        return None


def _month(word: str) -> int | None:
    word = "sep" if word.lower() == "sept" else word.lower()
    return next((n for n, name in enumerate(_MONTHS, 1) if word in (name, name[:3])), None)


def names(text: str) -> tuple[str, ...]:
    """Return the people of a list parted by `;`, or by `,` and `and` where there is none."""
    parts = text.split(";") if ";" in text else re.split(r",|\band\b|&", text)
    return tuple(name for part in parts if (name := part.strip().strip(",")))


def with_addresses(facts: Facts, addresses: Iterable[str]) -> Facts:
    """Return `facts` with each address in its place: arXiv, DOI, PDF, code, project, other.

    An address of arXiv or Hugging Face papers also tells the arXiv id, unless one is known.
    """
    for address in addresses:
        facts = _with_address(facts, address)
    return facts


def with_mentioned(facts: Facts, addresses: Iterable[str]) -> Facts:
    """Return `facts` with the addresses of running text: code, project or other.

    They tell no id: an abstract also points to other papers and to data.
    """
    for address in addresses:
        facts = replace(facts, links=_with_page(facts.links, address))
    return facts


def _with_address(facts: Facts, address: str) -> Facts:
    host = _host(address)
    links = facts.links
    found = identity.arxiv_id(address)
    if found and _is_host(host, ("arxiv.org",)):
        return _with_arxiv(facts, *found)
    if found and host in {"huggingface.co", "hf.co"}:
        return _with_arxiv(replace(facts, links=replace(links, hf=links.hf or address)), *found)
    if host in {"doi.org", "dx.doi.org"} and (doi := identity.doi(address)):
        return replace(facts, doi=facts.doi or doi)
    if urlsplit(address).path.lower().endswith(".pdf") and links.pdf in {None, address}:
        return replace(facts, links=replace(links, pdf=address))
    return replace(facts, links=_with_page(links, address))


def _with_page(links: Links, address: str) -> Links:
    host = _host(address)
    if _is_host(host, _CODE_HOSTS):
        return replace(links, code=_added(links.code, address))
    if host.endswith(_PAGE_HOSTS):
        return replace(links, project=_added(links.project, address))
    return replace(links, other=_added(links.other, address))


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _is_host(host: str, known: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith("." + name) for name in known)


def _with_arxiv(facts: Facts, number: str, version: str | None) -> Facts:
    if facts.arxiv:
        return facts
    return replace(facts, arxiv=number, version=facts.version or version)


def _added(known: tuple[str, ...], address: str) -> tuple[str, ...]:
    return known if address in known else (*known, address)


def unescaped(text: str) -> str:
    r"""Return `text` without LaTeX's escapes of plain signs: `45\%` → `45%`, `R\&D` → `R&D`."""
    # Most texts have no backslash, and looking behind each sign takes its time.
    return _ESCAPED.sub(lambda found: found[0][1:], text) if "\\" in text else text


def completed(facts: Facts) -> Facts:
    """Return `facts` with what its ids imply: their addresses, and the month of an arXiv id."""
    links = facts.links
    if facts.arxiv:
        links = replace(
            links,
            arxiv=links.arxiv or f"https://arxiv.org/abs/{facts.arxiv}",
            pdf=links.pdf or f"https://arxiv.org/pdf/{facts.arxiv}",
        )
    if facts.doi:
        links = replace(links, doi=links.doi or f"https://doi.org/{facts.doi}")
    published = facts.published or (month_of_arxiv(facts.arxiv) if facts.arxiv else None)
    return replace(facts, links=links, published=published)


def month_of_arxiv(number: str) -> str:
    """Return the month that an arXiv id tells, as YYYY-MM: ids begin with year and month."""
    digits = number.rpartition("/")[2]
    century = "19" if digits[:2] >= "91" else "20"
    return f"{century}{digits[:2]}-{digits[2:4]}"
