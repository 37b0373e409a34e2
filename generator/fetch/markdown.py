"""Write what a source gave as a digest in Markdown, so that its reader gives back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import yaml

from generator import identity, text
from generator.fetch.finds import Find
from generator.models import Entry, Facts, Links
from generator.problems import Problem, warning
from generator.readers import Defaults, curated
from generator.readers.facts import completed

# What begins a line so would be a heading or a fact, and no part of an abstract.
_ACTIVE = ("#", "-", "*", "+")
_LINKED = re.compile(r"\[.*\]\(.*\)")
_CLOSED = re.compile(r"(?<![^ ])#+$")
_PARTING = re.compile(r"[;,&]|\band\b")


def render(find: Find) -> str:
    """Return the digest: front matter, then a section a paper."""
    front = {
        "title": find.title,
        "date": find.date,
        "source": find.source,
        "query": find.query,
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=10**6)
    return "".join([f"---\n{head}---\n", *map(_section, find.entries)])


def changed(path: str, content: str, find: Find) -> list[Problem]:
    """Return a warning for each paper that `content` tells otherwise than the source did."""
    reading = curated.read(path, content, Defaults())
    told = [entry for digest in reading.digests for entry in digest.entries]
    hint = "mend it by hand: the form has no way to write it"
    if len(told) != len(find.entries):
        what = f"{len(find.entries)} papers are read back as {len(told)}"
        return [warning(path, None, what, hint)]
    return [
        warning(path, now.line, f"written with a change: '{_shown(before)}'", hint)
        for before, now in zip(find.entries, told, strict=True)
        if _plain(before.facts) != _plain(now.facts)
    ]


def _shown(entry: Entry) -> str:
    return text.shorten(entry.facts.title, 60)


def _plain(facts: Facts) -> tuple[Facts, frozenset[str]]:
    """Return `facts` without links, and all their addresses: of which kind each is may change."""
    links = completed(facts).links
    single = {links.arxiv, links.pdf, links.doi, links.hf}
    found = {*single, *links.code, *links.project, *links.other} - {None}
    return replace(completed(facts), links=Links()), frozenset(map(str, found))


def _section(entry: Entry) -> str:
    facts = entry.facts
    blocks = [f"\n## {_heading(facts)}\n"]
    if facts.note:
        blocks.append(f"{_prose(facts.note)}\n")
    if items := [f"- {name}: {value}" for name, value in _items(entry)]:
        blocks.append("\n".join(items) + "\n")
    if facts.abstract:
        blocks.append(f"### Abstract\n\n{_prose(facts.abstract)}\n")
    return "\n".join(blocks)


def _heading(facts: Facts) -> str:
    """Return the title, linked to the paper at arXiv where it is there, as curators write it."""
    if facts.links.arxiv and identity.is_address(facts.links.arxiv):
        return f"[{facts.title}]({facts.links.arxiv})"
    # What looks like a link, or ends like a heading that is closed, is dressed once more.
    if _LINKED.fullmatch(facts.title):
        return f"[{facts.title}]()"
    return f"{facts.title} ##" if _CLOSED.search(facts.title) else facts.title


def _prose(prose: str) -> str:
    lines = text.lines(prose)
    return "\n".join(f" {one}" if one.startswith(_ACTIVE) else one for one in lines)


def _items(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the facts that are known, by the names that the reader knows."""
    facts, links = entry.facts, entry.facts.links
    implied = completed(Facts(facts.title, arxiv=facts.arxiv, doi=facts.doi)).links
    rows: dict[str, str | None] = {
        "authors": _listed(facts.authors),
        "arxiv": f"{facts.arxiv}{facts.version or ''}" if facts.arxiv else None,
        "version": None if facts.arxiv else facts.version,
        "doi": facts.doi,
        "published": facts.published,
        "kind": facts.kind,
        "venue": facts.venue,
        "categories": _listed(facts.categories),
        "keywords": _listed(facts.keywords),
        "votes": None if facts.votes is None else str(facts.votes),
        "topics": _listed(entry.topics),
        "hf": links.hf,
        "pdf": links.pdf if links.pdf != implied.pdf else None,
        "code": " ".join(links.code),
        "project": " ".join(links.project),
        "links": " ".join(links.other),
    }
    yield from ((name, value) for name, value in rows.items() if value)


def _listed(parts: Iterable[str]) -> str:
    """Return a list as the reader parts it: by commas, or where a part holds one by semicolons."""
    parts = list(parts)
    if not any(_PARTING.search(part) for part in parts):
        return ", ".join(parts)
    return "; ".join(part.replace(";", ",") for part in parts) + (";" if len(parts) == 1 else "")
