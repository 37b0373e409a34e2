"""Search made-up papers in a test, by way of the bytes of the site."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from generator.models import Catalog, Paper
from generator.search import SMALL, files
from generator.search.finding import Answer, find
from tests.factories import catalog, paper


def about(*titles: str) -> list[Paper]:
    """Return papers `p0`, `p1`, … with the given titles."""
    return [paper(f"p{number}", title) for number, title in enumerate(titles)]


FILLER = about(
    *(f"Filler {word}" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta"))
)


def answer(
    papers: Iterable[Paper] | Catalog, query: str, limit: int = 100, small: int = SMALL
) -> Answer:
    """Return what `query` finds among `papers`; beyond `small` papers the files are parted."""
    found = papers if isinstance(papers, Catalog) else catalog(papers)
    content = {file.path: file.content for file in files(found, small=small)}
    return find(cache(lambda name: content[f"search/{name}"]), query, limit)


def slugs(papers: Iterable[Paper] | Catalog, query: str, small: int = SMALL) -> list[str]:
    """Return the slugs of the papers that `query` finds, best first."""
    return [hit.slug for hit in answer(papers, query, small=small).hits]
