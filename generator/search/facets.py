"""Turn a catalogue into the table by which the search page narrows its results.

Columns, not objects: what stands in a column is alike, and packs well. Rows are in the
catalogue's order, newest first, where neighbours share a digest.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from generator.dates import readable as readable_date
from generator.models import Catalog, Digest, Paper
from generator.pages.views import links
from generator.text import shorten

_NAME_LENGTH = 60
"""Characters of a digest's title at the most."""


def count(catalog: Catalog) -> dict[str, Any]:
    """Return the digests, newest first, and a column for each thing to choose by.

    `order`: the papers' numbers, which are their places by slug; row n of the other columns
    is of paper `order[n]`. `topics`, `in`: places in the lists of topics and of digests.
    `years`: 0 where it is not known. `code`: 1 where there is some.
    """
    papers = catalog.papers
    numbers = {slug: number for number, slug in enumerate(sorted(catalog.by_slug))}
    topics = {topic.slug: place for place, topic in enumerate(catalog.topics)}
    digests = {digest.slug: place for place, digest in enumerate(catalog.digests)}
    titles = Counter(digest.title for digest in catalog.digests)
    return {
        "digests": [_digest(digest, titles) for digest in catalog.digests],
        "order": [numbers[paper.slug] for paper in papers],
        "topics": [[topics[one.topic] for one in paper.topics] for paper in papers],
        "in": [sorted({digests[one.digest] for one in paper.featured}) for paper in papers],
        "years": [int(paper.year or 0) for paper in papers],
        "code": [int(_has_code(paper)) for paper in papers],
    }


def _digest(digest: Digest, titles: Counter[str]) -> dict[str, str]:
    name = shorten(digest.title, _NAME_LENGTH)
    if digest.date and titles[digest.title] > 1:
        name = f"{name}, {readable_date(digest.date)}"
    shown = {"slug": digest.slug, "name": name, "day": digest.date}
    return {key: text for key, text in shown.items() if text}


def _has_code(paper: Paper) -> bool:
    return any(link.kind == "code" for link in links(paper))
