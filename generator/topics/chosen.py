"""Turn the curator's own word on topics, in digests, corrections and examples, into slugs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from generator import identity
from generator.models import UNSORTED, Catalog, Paper, Topic
from generator.problems import Problem, warning
from generator.text import shorten, words
from generator.topics.topicfile import TOPICS

# A title with this part of its words in common may be the one that was meant.
_MEANT = 0.5


def pinned(catalog: Catalog) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Return the slugs of the topics that the curator gave papers, by the paper's slug.

    Best first. With a warning for each name that topics.yml lacks.
    """
    topics = [topic for topic in catalog.topics if topic.slug != UNSORTED]
    names = _names(topics)
    found, problems = {}, []
    for paper in catalog.papers:
        known = {given: names.get(given.strip().casefold()) for given in paper.pinned}
        if slugs := tuple(dict.fromkeys(slug for slug in known.values() if slug)):
            found[paper.slug] = slugs
        problems += [
            _unknown(given, paper, names, topics) for given, slug in known.items() if slug is None
        ]
    return found, problems


def examples(catalog: Catalog) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Return the slugs of the topics that papers are examples of, by the paper's slug.

    With a warning for each example that no paper of the catalogue is.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    problems = []
    wanted = [(topic, one) for topic in catalog.topics for one in topic.examples]
    known = _known_as(catalog) if wanted else {}
    for topic, example in wanted:
        papers = next((known[name] for name in _ways(example.text) if name in known), ())
        for slug in papers:
            found[slug][topic.slug] = None
        if not papers:
            message = f"no paper is the example '{shorten(example.text, 80)}' of '{topic.name}'"
            hint = _nearest(example.text, catalog.papers)
            problems.append(warning(TOPICS, example.line, message, hint))
    return {slug: tuple(slugs) for slug, slugs in found.items()}, problems


def _names(topics: Sequence[Topic]) -> dict[str, str]:
    """Return the slug for each slug and name, both without case; of two alike the first."""
    by_name = {topic.name.casefold(): topic.slug for topic in topics[::-1]}
    slugs = {topic.slug: topic.slug for topic in topics}
    return {"unsorted": UNSORTED, **by_name, **slugs, UNSORTED: UNSORTED}


def _unknown(
    given: str, paper: Paper, names: Mapping[str, str], topics: Sequence[Topic]
) -> Problem:
    mention = paper.featured[0] if paper.featured else None
    file, line = paper.pinned_at or ((mention.file, mention.line) if mention else (TOPICS, None))
    return warning(file, line, f"unknown topic '{given}'", _known(given, names, topics))


def _known(given: str, names: Mapping[str, str], topics: Sequence[Topic]) -> str:
    if not topics:
        return "there are no topics yet: list them in topics.yml"
    near = get_close_matches(given.casefold(), list(names), n=1)
    question = f"did you mean '{names[near[0]]}'? " if near else ""
    return f"{question}topics.yml has: {', '.join(topic.slug for topic in topics)}"


def _known_as(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the slugs of the papers by each way in which an example may name them."""
    found: dict[str, tuple[str, ...]] = {}
    for paper in sorted(catalog.papers, key=lambda paper: paper.slug):
        facts = paper.facts
        ways = (
            f"slug:{paper.slug}",
            f"arxiv:{facts.arxiv}",
            f"doi:{facts.doi}",
            f"title:{identity.fingerprint(facts.title)}",
        )
        for way in ways:
            found[way] = (*found.get(way, ()), paper.slug)
    for given_up, slug in catalog.redirects.items():
        found.setdefault(f"slug:{given_up}", (slug,))
    # What is left of a title without letters is nothing, and no name.
    found.pop("title:", None)
    return found


def _ways(text: str) -> Iterator[str]:
    """Yield what `text` may be, the surest first."""
    if arxiv := identity.arxiv_id(text):
        yield f"arxiv:{arxiv[0]}"
    if doi := identity.doi(text):
        yield f"doi:{doi}"
    yield f"slug:{text}"
    yield f"title:{identity.fingerprint(text)}"


def _nearest(text: str, papers: Iterable[Paper]) -> str:
    """Return a hint: the paper whose title or slug shares most words with `text`, or the rule."""
    wanted = set(words(text.replace("-", " ")))
    best, title = 0.0, ""
    for paper in sorted(papers, key=lambda paper: paper.slug):
        own = set(words(paper.facts.title.replace("-", " ")))
        share = len(wanted & own) / (len(wanted | own) or 1)
        if share > best:
            best, title = share, paper.facts.title
    if best >= _MEANT:
        return f"did you mean '{shorten(title, 80)}'?"
    return "name a paper of the collection by its title, arXiv id, DOI or slug"
