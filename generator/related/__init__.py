"""Link each paper to its kindred ones, with the words that both use."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import exp, sqrt

import numpy as np

from generator.models import UNSORTED, Catalog, Facts, Paper, Related
from generator.related import reasons
from generator.related.nearness import Nearness, measure
from generator.related.vectors import Document, Floats, Vectors, weigh
from generator.words import key, tokens

CHOSEN = "chosen by the curator"
"""The reason of every related paper that a curator gave."""

MOST = 8
"""Related papers of one paper, at most."""

# A word of the title counts as often as in the abstract.
_TITLE = 2.0
# Less near than this is not called related: a reader would not see why.
_ENOUGH = 0.12
# One word in common can be chance: then papers must be as near as this.
_ALONE = 0.25
# Nearest papers that may be doubles and are passed over.
_SPARE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Kinship:
    """Papers by slug, and how near they are to each other."""

    papers: tuple[Paper, ...]
    """Sorted by slug, so that the order of the catalogue shows nowhere."""
    vectors: Vectors
    near: Nearness


def link(catalog: Catalog) -> Catalog:
    """Return the catalogue with up to eight related papers for each, nearest first.

    What the curator chose replaces what the words say. A double of a paper, by title or id,
    is not related to it. Topics count a little, where they were assigned before.
    """
    kin = kinship(catalog.papers)
    found = dict(zip((paper.slug for paper in kin.papers), _found(kin), strict=True))
    known = catalog.by_slug
    papers = (
        replace(paper, related=found[paper.slug] if chosen is None else chosen)
        for paper in catalog.papers
        for chosen in [_chosen(paper, known)]
    )
    return replace(catalog, papers=tuple(papers))


def kinship(papers: Iterable[Paper]) -> Kinship:
    """Return how near `papers` are to each other, for `ranking`."""
    ordered = tuple(sorted(papers, key=lambda paper: paper.slug))
    found = weigh([_document(paper.facts) for paper in ordered])
    return Kinship(ordered, found, measure(found, _topics(ordered)))


def ranking(
    kin: Kinship, slug: str, among: Iterable[str] | None = None
) -> tuple[tuple[str, float], ...]:
    """Return the slugs of all other papers, or of those `among` them, nearest first.

    Each with its score, 0 to 1. Papers that not even a neighbour is like have 0, and stand in
    the order of the words that they share. Ties by slug.
    """
    place = {paper.slug: row for row, paper in enumerate(kin.papers)}
    own = place[slug]
    near = np.round(kin.near.to(own), 3)
    alike = np.round(kin.vectors.alike(own, own + 1)[0], 6)
    rows = sorted({place[other] for other in (place if among is None else among)} - {own})
    rows.sort(key=lambda row: (-near[row], -alike[row]))
    return tuple((kin.papers[row].slug, float(near[row])) for row in rows)


def _document(facts: Facts) -> Document:
    # All authors together weigh as much as one rare word, so that a shared one is a hint only.
    share = exp(1 / sqrt(max(1, len(facts.authors))) - 1)
    return [
        (_TITLE, tokens(facts.title)),
        (1.0, tokens(facts.abstract or "")),
        (1.0, tokens(facts.note or "")),
        *((1.0, tokens(keyword)) for keyword in facts.keywords),
        *((share, (reasons.author(name),)) for name in dict.fromkeys(facts.authors)),
    ]


def _topics(papers: Sequence[Paper]) -> Floats:
    """Return a row for each paper with its topics, of length 1, or 0 for one without."""
    names = sorted({one.topic for paper in papers for one in paper.topics} - {UNSORTED})
    column = {name: n for n, name in enumerate(names)}
    rows = np.zeros((len(papers), len(names)))
    for row, paper in zip(rows, papers, strict=True):
        row[[column[one.topic] for one in paper.topics if one.topic in column]] = 1
    return np.asarray(rows / np.sqrt(np.maximum(1, rows.sum(axis=1, keepdims=True))))


def _found(kin: Kinship) -> Iterator[tuple[Related, ...]]:
    """Yield the related papers of each paper."""
    names = [_names(paper.facts) for paper in kin.papers]
    texts = [_texts(paper.facts) for paper in kin.papers]
    forms = reasons.forms(chain.from_iterable(texts))
    for row, (others, near) in enumerate(kin.near.nearest(MOST + _SPARE)):
        facts, scores = kin.papers[row].facts, np.round(near, 3)
        order = [n for n in np.lexsort((others, -scores)) if scores[n] >= _ENOUGH]
        order = [n for n in order if names[row].isdisjoint(names[others[n]])][:MOST]
        whys = reasons.shared(kin.vectors, forms, row, others[order], texts[row], facts.authors)
        found = zip(order, whys, strict=True)
        yield tuple(
            Related(kin.papers[others[n]].slug, float(scores[n]), why)
            for n, why in found
            if len(why) > 1 or (why and scores[n] >= _ALONE)
        )


def _texts(facts: Facts) -> list[str]:
    texts = (facts.abstract, facts.note, *facts.keywords, facts.title)
    return [text for text in texts if text]


def _names(facts: Facts) -> frozenset[str]:
    """Return what only doubles of a paper share with it: its folded title and its ids."""
    return frozenset(filter(None, (key(facts.title), facts.arxiv, facts.doi)))


def _chosen(paper: Paper, known: Container[str]) -> tuple[Related, ...] | None:
    """Return what the curator chose, None where nothing was said."""
    if paper.kin is None:
        return None
    return tuple(Related(slug, 1.0, (CHOSEN,)) for slug in paper.kin if slug in known)
