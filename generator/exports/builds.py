"""Tell what a site was made of: counts, sources, versions, and the account of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from typing import Any
from urllib.parse import urlsplit

from generator import __version__
from generator.health import Health
from generator.models import Catalog, Reading
from generator.origin import Commit
from generator.problems import Problem

DATA_VERSION = 1
"""Of the form of `data/`: it counts up when a field goes or changes its meaning."""
_PARTS = ("mkdocs", "mkdocs-material")
"""Programs whose version shows in the pages."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a site was made of, beside its papers."""

    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()
    """All of them, those of the readings included."""
    sources: tuple[Health, ...] = ()
    """Where digests are fetched from, sorted; addresses without what may be secret in them."""
    commit: Commit | None = None
    stale_after: int = 0
    """Days after which a collection without a new digest counts as stale."""

    @property
    def elsewhere(self) -> list[Problem]:
        """The problems that belong to no file of digests."""
        told = {problem for reading in self.readings for problem in reading.problems}
        return [problem for problem in self.problems if problem not in told]


def public(health: Health) -> Health:
    """Return `health` as everybody may see it: addresses without user, password and query."""
    parts = urlsplit(health.source)
    if parts.scheme not in {"http", "https"}:
        return health
    rest = "?…" if parts.query else ""
    port = f":{parts.port}" if parts.port else ""
    shown = f"{parts.scheme}://{parts.hostname}{port}{parts.path}{rest}"
    failed = health.failed and health.failed.replace(health.source, shown)
    return Health(shown, health.tried, health.succeeded, health.newest, failed)


def account(reading: Reading) -> dict[str, Any]:
    """Return what was read of one file, as a report shows it: entries = read + rejected."""
    return {
        "file": reading.path,
        "format": reading.format,
        "entries": reading.entries,
        "read": reading.read,
        "rejected": reading.rejected,
        "problems": [_told(problem) for problem in reading.problems],
    }


def report(readings: Iterable[Reading], problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the account of each file, and all problems, also those of no digest, by file."""
    return {
        "files": [account(reading) for reading in readings],
        "problems": [_placed(problem) for problem in problems],
    }


def summary(catalog: Catalog, build: Build) -> dict[str, Any]:
    """Return what the build was made of: counts, versions, problems, days of the sources."""
    days = [digest.date for digest in catalog.digests if digest.date]
    counted = Counter(str(problem.severity) for problem in build.problems)
    return {
        "offprint": __version__,
        "data_version": DATA_VERSION,
        "papers": len(catalog.papers),
        "entries": sum(len(digest.entries) for digest in catalog.digests),
        "digests": len(catalog.digests),
        "topics": {topic.slug: len(catalog.in_topic[topic.slug]) for topic in catalog.topics},
        "oldest_digest": min(days, default=None),
        "newest_digest": max(days, default=None),
        "stale_after": build.stale_after,
        "built_from": _commit(build.commit),
        "versions": versions(),
        "sources": [_source(health) for health in build.sources],
        "problems": {name: counted[name] for name in ("error", "warning", "note")},
        "files": [account(reading) for reading in build.readings],
        "other_problems": [_placed(problem) for problem in build.elsewhere],
    }


def versions() -> dict[str, str]:
    """Return the version of each program that shows in the pages, by its name."""
    return {"offprint": __version__, **{name: metadata.version(name) for name in _PARTS}}


def _commit(commit: Commit | None) -> dict[str, Any] | None:
    if commit is None:
        return None
    return {"commit": commit.hash, "day": commit.day, "changed": commit.changed}


def _source(health: Health) -> dict[str, Any]:
    return {
        "source": health.source,
        "tried": health.tried,
        "succeeded": health.succeeded,
        "newest": health.newest,
        "failed": health.failed,
    }


def _placed(problem: Problem) -> dict[str, Any]:
    return {"file": problem.path, **_told(problem)}


def _told(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "severity": str(problem.severity),
        "message": problem.message,
        "hint": problem.hint,
    }
