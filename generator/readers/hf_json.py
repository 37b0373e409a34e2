"""Read Hugging Face's daily papers as JSON: the nested answer of its API, and flat scrapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator import identity, text
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem, error, note
from generator.readers import Defaults, Reader, cells
from generator.readers.columns import Columns
from generator.readers.doubts import doubts
from generator.readers.facts import day_of_name, with_mentioned
from generator.readers.records import Record, first, is_json, records

FORMAT = "hf-json"
TITLE = "Daily papers"
_PAGE = "https://huggingface.co/papers/"
_PLACES = ("url", "paper_url", "page_url", "link", "hf_url", "huggingface_url")
_OWN = frozenset({"upvotes", "ai_summary", "ai_keywords", "submittedOnDailyAt", "githubRepo"})
"""Members that no other source gives a paper."""
_SCRAPED = ("fetchedAt", "fetched_at", "scraped_at", "scrapedAt", "scraped_date")
_PUBLISHED = ("publishedAt", "published_at", "published")
# The foot of each page of Hugging Face leads there; scrapes take it for the paper's code.
_FOOT = "https://github.com/huggingface"
_DOUBT_HINT = "fetch the day again, or leave it: the paper is shown as it is"
_DAY = len("YYYY-MM-DD")


@dataclass(frozen=True, slots=True)
class _Found:
    """A paper of the file."""

    facts: Facts
    line: int
    day: str | None
    """On which it was featured."""
    scraped: str | None
    """Day on which the file was made, where it says so."""


def sniff(path: str, content: str) -> float:
    """Return 0.9 for the API's answer, 0.8 for a scrape, 0.2 for an answer without papers."""
    if not is_json(content):
        return 0.0
    row = first(content, _is_paper)
    if row is None:
        return 0.2 if "".join(content.split()) in {"[]", '{"papers":[]}'} else 0.0
    if not isinstance(row, dict):
        return 0.0
    if isinstance(row.get("paper"), dict) and _is_paper(row):
        return 0.9
    flat = _flat(row)
    leads = any(_PAGE in place for key in _PLACES if isinstance(place := flat.get(key), str))
    if _is_paper(row) and "title" in flat and (leads or _OWN & flat.keys()):
        return 0.8
    return 0.2 if "error" in row and not _is_paper(row) else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return a digest for each day on which papers of the file were featured, newest first."""
    columns = Columns()
    opened = records(content, _is_paper)
    found: list[_Found] = []
    problems: list[Problem] = []
    for record in opened.records:
        paper = _paper(path, record, columns)
        if paper is None:
            return Reading(path, FORMAT, problems=(_no_answer(path, record),))
        if isinstance(paper, Problem):
            problems.append(paper)
        else:
            found.append(paper)
    rejected = len(problems)
    if not found and not rejected:
        hint = "the day had none, or is not over: save another one"
        return Reading(path, FORMAT, problems=(error(path, 1, "a list without papers", hint),))
    days, undated = _days(path, opened.head, found)
    digests = tuple(_digests(path, days, found))
    for digest in digests:
        problems += doubts(path, digest.entries, _DOUBT_HINT)
    problems += [*columns.faults(path), *undated]
    return Reading(path, FORMAT, digests, rejected, tuple(problems))


def _is_paper(row: Mapping[str, object]) -> bool:
    return "title" in row or isinstance(row.get("paper"), dict)


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    """Return the members of a record and of its inner parts, the innermost paper's word first."""
    flat: dict[str, object] = {}
    for part in (row.get("paper"), row, row.get("details")):
        if isinstance(part, dict):
            flat |= {k: v for k, v in part.items() if cells.is_empty(flat.get(k))}
    return flat


def _paper(path: str, record: Record, columns: Columns) -> _Found | Problem | None:
    """Return the paper of a record, or why it is none; None where an error is the answer."""
    if record.fault:
        hint = "save the file again: it is cut or damaged there"
        return error(path, record.line, f"broken JSON: {record.fault}", hint)
    if not isinstance(record.value, dict):
        hint = "remove it from the list"
        return error(path, record.line, "no paper, but a bare value", hint)
    flat = _flat(record.value)
    if "error" in flat and not _is_paper(flat):
        return None
    scraped = next((found for key in _SCRAPED if (found := _day(flat.get(key)))), None)
    # A scraper's own clock says nothing of the paper.
    clock = [flat.get(key) for key in _SCRAPED]
    told = {k: v for k, v in flat.items() if k not in _PUBLISHED or v not in clock}
    # `ai_summary` is neither the authors' abstract nor the curator's note, and `stars` count the
    # code's friends: no column is known for either, so both are left out.
    facts, _ = columns.facts(told, record.line)
    if facts is None:
        hint = "add its title, or remove it from the list"
        return error(path, record.line, "a paper without a title", hint)
    return _Found(_linked(facts), record.line, _day(flat.get("submittedOnDailyAt")), scraped)


def _no_answer(path: str, record: Record) -> Problem:
    value = record.value if isinstance(record.value, dict) else {}
    what = text.shorten(text.line(cells.whole(value.get("error"))), 80)
    hint = "the source had no papers to give: save the day again"
    return error(path, record.line, f"an error in place of papers: '{what}'", hint)


def _linked(facts: Facts) -> Facts:
    """Return `facts` with its page, and with the addresses that the abstract mentions."""
    links = facts.links
    code = tuple(address for address in links.code if address.rstrip("/") != _FOOT)
    page = f"{_PAGE}{facts.arxiv}" if facts.arxiv else None
    facts = replace(facts, links=replace(links, code=code, hf=links.hf or page))
    return with_mentioned(facts, identity.addresses(facts.abstract or ""))


def _day(value: object) -> str | None:
    found = cells.moment(value)
    return found if found and len(found) == _DAY else None


def _days(
    path: str, head: Mapping[str, object], found: Iterable[_Found]
) -> tuple[list[str | None], list[Problem]]:
    """Return the day of each paper, its own first: else the file's, the name's, the scrape's."""
    found = list(found)
    own = {one.day for one in found if one.day}
    scrapes = {one.scraped for one in found if one.scraped}
    rest = next(iter(own)) if len(own) == 1 else _day(head.get("date")) or day_of_name(path)
    problems = []
    if any(one.day is None for one in found) and not rest:
        rest = next(iter(scrapes)) if len(scrapes) == 1 else None
        if rest:
            what = f"dated {rest}, the day on which the page was read"
            hint = "if it shows another day, put that into the file's name"
        else:
            what = "undated: neither the file nor its name tells a day"
            hint = "put its day into the file's name, e.g. 2025-03-14-daily.json, or use --date"
        problems = [note(path, None, what, hint)]
    return [one.day or rest for one in found], problems


def _digests(path: str, days: Iterable[str | None], found: Iterable[_Found]) -> Iterator[Digest]:
    """Yield the digests, newest first, undated last; papers in the file's order."""
    groups: dict[str | None, list[_Found]] = {}
    for day, one in zip(days, found, strict=True):
        groups.setdefault(day, []).append(one)
    stem = PurePosixPath(path).stem
    for day, papers in sorted(groups.items(), key=lambda group: group[0] or "", reverse=True):
        slug = identity.slug(stem if len(groups) == 1 else f"{day or ''} {TITLE}")
        entries = (Entry(one.facts, n, one.line) for n, one in enumerate(papers, 1))
        yield Digest(
            path=path,
            slug=slug or "digest",
            title=TITLE,
            date=day,
            entries=tuple(entries),
            source="Hugging Face daily papers",
        )


READER = Reader(FORMAT, "Hugging Face's daily papers as JSON", sniff, read)
