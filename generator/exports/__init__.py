"""Write the catalogue for programs: `data/papers.jsonl` and `data/build.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator import addresses
from generator.exports.builds import Build, account, report, summary
from generator.models import Catalog, Links, OutputFile, Paper

__all__ = ["Build", "account", "files", "record", "report", "summary"]


def files(catalog: Catalog, build: Build) -> tuple[OutputFile, ...]:
    """Return the files of `data/`."""
    lines = "".join(f"{_json(record(paper))}\n" for paper in catalog.papers)
    told = json.dumps(summary(catalog, build), ensure_ascii=False, indent=2)
    return (
        OutputFile(addresses.PAPERS_DATA, lines.encode(), "the list of all papers"),
        OutputFile(addresses.BUILD_DATA, f"{told}\n".encode(), "the account of the build"),
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
