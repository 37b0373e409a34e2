r"""Turn the catalogue into `llms.txt`: what the site holds, for programs that read Markdown.

Names and sentences of others are escaped: none of them can become a link, a heading or a list.
Source of the form: https://llmstxt.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator import addresses
from generator.exports.bundles import SUFFIXES
from generator.models import Catalog, Digest, Topic
from generator.settings import Settings

_NEWEST = 12
"""Digests that are named; the archive has all."""
_LIST = re.compile(r"^([-+]|\d+(?=[.)]))")
# Each in the way that every dialect of Markdown knows.
_SIGNS = str.maketrans(
    {char: f"\\{char}" for char in "\\`*_[]#"}
    | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "~": "&#126;"}
)
_FORMS = {
    "bib": "BibTeX",
    "abstracts.bib": "BibTeX with abstracts",
    "ris": "RIS",
    "csl.json": "CSL-JSON",
    "jsonl": "JSON lines",
    "csv": "CSV",
}


def overview(catalog: Catalog, settings: Settings) -> str:
    """Return the whole file. It says nothing of single papers, so that it stays short."""
    about = settings.site_description or "Research papers from digests that people made."
    parts = [
        f"# {_shown(settings.site_name)}",
        f"> {_LIST.sub(_guarded, _shown(about))}",
        " ".join(_facts(catalog)),
        "Titles, names and abstracts are those of the sources. "
        "Each paper has a page with its facts, its topics with reasons, and a link to its source.",
        *_section("Data", _data(settings.site_url)),
        *_section("Feeds", _feeds(settings.site_url)),
        *_section("Topics", (_topic(one, catalog, settings.site_url) for one in catalog.topics)),
        *_section("Newest digests", _digests(catalog.digests, settings.site_url)),
        *_section("Optional", _optional(settings.site_url)),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(catalog: Catalog) -> Iterator[str]:
    papers, digests, topics = map(len, (catalog.papers, catalog.digests, catalog.topics))
    yield f"{_counted(papers, 'paper')} from {_counted(digests, 'digest')},"
    yield f"in {_counted(topics, 'topic')}."
    days = [digest.date for digest in catalog.digests if digest.date]
    if days:
        yield f"The newest digest is of {max(days)}."


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    """Return heading and list, or nothing where there are no lines."""
    listed = "\n".join(f"- {line}" for line in lines)
    return [f"## {heading}", listed] if listed else []


def _data(site_url: str) -> Iterator[str]:
    about = "every paper, one JSON object a line"
    yield _link("All papers", site_url + addresses.PAPERS_DATA, about)
    form = "JSON Schema: what each field of a line means"
    yield _link("Fields", site_url + addresses.PAPERS_SCHEMA, form)
    yield _link("Build", site_url + addresses.BUILD_DATA, "counts, days, problems and sources")
    for suffix in SUFFIXES:
        path = f"{addresses.PAPERS_DATA.removesuffix('.jsonl')}.{suffix}"
        if path != addresses.PAPERS_DATA:
            yield _link(_FORMS.get(suffix, suffix), site_url + path, "every paper")
    yield (
        f"{site_url}data/topics/SLUG.jsonl and {site_url}data/digests/SLUG.jsonl: "
        "the same for a topic or a digest, in each of these forms"
    )


def _feeds(site_url: str) -> Iterator[str]:
    yield _link("All papers", f"{site_url}{addresses.ALL_FEED}.atom", "the newest first, Atom")
    yield _link("All papers", f"{site_url}{addresses.ALL_FEED}.json", "the same, JSON Feed")
    yield _link("Digests", f"{site_url}{addresses.DIGESTS_FEED}.atom", "one item a digest, Atom")
    yield _link("Every feed", site_url + addresses.OPML, "OPML, one for each topic too")


def _topic(topic: Topic, catalog: Catalog, site_url: str) -> str:
    number = _counted(len(catalog.in_topic[topic.slug]), "paper")
    about = f"{number}. {_shown(topic.scope)}" if topic.scope else number
    return _link(_shown(topic.name), site_url + addresses.topic(topic.slug), about)


def _digests(digests: Iterable[Digest], site_url: str) -> Iterator[str]:
    for digest in tuple(digests)[:_NEWEST]:
        day = digest.date or "undated"
        by = f", chosen by {_shown(digest.curator)}" if digest.curator else ""
        yield _link(_shown(digest.title), site_url + addresses.digest(digest.slug), day + by)


def _optional(site_url: str) -> Iterator[str]:
    yield _link("Archive", site_url + addresses.DIGESTS, "all digests by year and month")
    yield _link("Map of the site", f"{site_url}sitemap.xml", "every page")


def _link(name: str, address: str, about: str) -> str:
    return f"[{name}]({address}): {about}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shown(text: str) -> str:
    """Return `text` so that Markdown shows it as written."""
    return " ".join(text.split()).translate(_SIGNS)


def _guarded(found: re.Match[str]) -> str:
    """Keep a list from beginning: `- x`, `1. x`."""
    sign = found[1]
    return f"{sign}\\" if sign.isdecimal() else f"\\{sign}"
