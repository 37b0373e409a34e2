"""Make the page that says how the collection is: its age, its sources, what was read and not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import addresses
from generator.dates import readable
from generator.exports.builds import Build, versions
from generator.health import Health
from generator.models import Reading
from generator.pages.page import Page
from generator.pages.views import Overview, counted
from generator.problems import Problem, Severity

_MOST = 20
"""Problems of one file that are listed; `data/build.json` has all."""
_SHORT = 10
"""Letters of a commit's hash."""
_PROGRAMS = {"offprint": "Offprint", "mkdocs": "MkDocs", "mkdocs-material": "Material for MkDocs"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what a script needs to tell its age."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """How a source is."""

    name: str
    works: bool
    """Whether its last answer was as it should be."""
    tried: Day
    succeeded: Day | None
    newest: Day | None
    failed: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """The problems of one file."""

    file: str
    problems: tuple[Problem, ...]
    """The worst first, so many as are listed."""
    more: int
    """Those that are not."""


def status(overview: Overview, build: Build) -> Page:
    """Return the page of the collection's status."""
    name = overview.settings.site_name
    newest = overview.latest_day
    when = f"The last digest is of {readable(newest)}" if newest else "No digest is dated"
    return Page(
        uri=addresses.STATUS,
        kind="status",
        title="Status",
        description=f"{when}: what {name} was built from, and how its sources are.",
        origin="the page of the collection’s status",
        changed=overview.latest_day,
        values={
            "newest": _day(newest),
            "stale_after": build.stale_after,
            "counts": _counts(overview, build),
            "sources": [_row(health) for health in build.sources],
            "files": build.readings,
            "cases": _cases(build.problems),
            "built": _built(build),
            "versions": [(_PROGRAMS[key], number) for key, number in versions().items()],
            "data": addresses.BUILD_DATA,
        },
    )


def _day(day: str | None) -> Day | None:
    return Day(day, readable(day)) if day else None


def _counts(overview: Overview, build: Build) -> list[str]:
    catalog = overview.catalog
    rejected = sum(reading.rejected for reading in build.readings)
    return [
        counted(len(catalog.papers), "paper"),
        counted(len(catalog.digests), "digest"),
        counted(len(catalog.topics), "topic"),
        counted(len(build.readings), "file"),
        f"{_entries(build.readings):,} entries, {rejected:,} rejected",
    ]


def _entries(readings: Iterable[Reading]) -> int:
    return sum(reading.entries for reading in readings)


def _row(health: Health) -> Row:
    return Row(
        name=health.source,
        works=health.failed is None,
        tried=Day(health.tried, readable(health.tried)),
        succeeded=_day(health.succeeded),
        newest=_day(health.newest),
        failed=health.failed,
    )


def _cases(problems: Iterable[Problem]) -> list[Case]:
    """Return the problems by file, in the order of the files."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.path, []).append(problem)
    ranks = list(Severity)
    cases = []
    for file, found in by_file.items():
        ordered = sorted(found, key=lambda problem: ranks.index(problem.severity))
        cases.append(Case(file, tuple(ordered[:_MOST]), max(0, len(ordered) - _MOST)))
    return cases


def _built(build: Build) -> list[str]:
    """Return what is known of the commit, in words."""
    if build.commit is None:
        return []
    day = f" of {readable(build.commit.day)}" if build.commit.day else ""
    changed = ["with changes since"] if build.commit.changed else []
    return [f"commit {build.commit.hash[:_SHORT]}{day}", *changed]
