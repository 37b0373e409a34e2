"""Write the catalogue for programs: `data/papers.jsonl` and `data/build.json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from generator import __version__
from generator.models import Catalog, Links, OutputFile, Paper, Reading
from generator.problems import Problem

DATA_VERSION = 1
"""Of the form of `data/`: it counts up when a field goes or changes its meaning."""


def files(
    catalog: Catalog, readings: Iterable[Reading], problems: Iterable[Problem]
) -> tuple[OutputFile, ...]:
    """Return the files of `data/`."""
    lines = "".join(f"{_json(record(paper))}\n" for paper in catalog.papers)
    build = json.dumps(summary(catalog, readings, problems), ensure_ascii=False, indent=2)
    return (
        OutputFile("data/papers.jsonl", lines.encode(), "the list of all papers"),
        OutputFile("data/build.json", f"{build}\n".encode(), "the account of the build"),
    )


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def record(paper: Paper) -> dict[str, Any]:
    """Return a line of `data/papers.jsonl`. Unknown is null or empty."""
    facts = paper.facts
    return {
        "id": paper.id,
        "slug": paper.slug,
        "url": paper.uri,
        "title": facts.title,
        "authors": list(facts.authors),
        "abstract": facts.abstract,
        "note": facts.note,
        "tldr": paper.tldr,
        "kind": facts.kind,
        "venue": facts.venue,
        "version": facts.version,
        "categories": list(facts.categories),
        "keywords": list(facts.keywords),
        "votes": facts.votes,
        "published": facts.published,
        "featured": [
            {
                "digest": mention.digest,
                "date": mention.date,
                "position": mention.position,
                "file": mention.file,
                "line": mention.line,
            }
            for mention in paper.featured
        ],
        "topics": [
            {"slug": place.topic, "score": place.score, "why": list(place.why), "by": place.by}
            for place in paper.topics
        ],
        "related": [
            {"slug": other.slug, "score": other.score, "why": list(other.why)}
            for other in paper.related
        ],
        "links": _links(facts.links),
    }


def _links(links: Links) -> dict[str, Any]:
    return {
        "arxiv": links.arxiv,
        "pdf": links.pdf,
        "doi": links.doi,
        "hf": links.hf,
        "code": list(links.code),
        "project": list(links.project),
        "other": list(links.other),
    }


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
        "problems": [{"file": problem.path, **_told(problem)} for problem in problems],
    }


def _told(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "severity": str(problem.severity),
        "message": problem.message,
        "hint": problem.hint,
    }


def summary(
    catalog: Catalog, readings: Iterable[Reading], problems: Iterable[Problem]
) -> dict[str, Any]:
    """Return what the build was made of: counts, version, problems, days of the sources."""
    days = [digest.date for digest in catalog.digests if digest.date]
    counted = Counter(str(problem.severity) for problem in problems)
    return {
        "offprint": __version__,
        "data_version": DATA_VERSION,
        "papers": len(catalog.papers),
        "entries": sum(len(digest.entries) for digest in catalog.digests),
        "digests": len(catalog.digests),
        "topics": {topic.slug: len(catalog.in_topic[topic.slug]) for topic in catalog.topics},
        "oldest_digest": min(days, default=None),
        "newest_digest": max(days, default=None),
        "problems": {name: counted[name] for name in ("error", "warning", "note")},
        "files": [account(reading) for reading in readings],
    }
