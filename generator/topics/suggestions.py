"""Turn discovered topics into a topics.yml that teaches how to edit it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import yaml

from generator import topics
from generator.models import UNSORTED, Catalog, Paper, Topic
from generator.text import line, shorten
from generator.topics import discover

_HEAD = """\
# Topics that Offprint found in the words of this collection: edit them, then save this file as
# topics.yml. From then on nothing here changes by itself.
#
# Give a topic a better name whenever you like, but keep its 'slug', which is its address. Take
# keywords out that mislead, and add terms of your field. Delete a topic, or join two by putting
# the keywords of one into the other. The order of the topics is that of the site.
# 'scope: …' adds a sentence on what belongs there, 'not: [one, two words]' words that speak
# against it. The comments show what the topic holds now.
"""
_WIDTH = 98
_EXAMPLES, _TITLE = 3, 88
_ENDLESS = 1 << 20


def suggest(catalog: Catalog) -> Catalog:
    """Return `catalog` with discovered topics instead of its own, and its papers in them."""
    found = discover.with_pinned(catalog.papers)
    return topics.assign(replace(catalog, topics=found))[0]


def render(catalog: Catalog) -> str:
    """Return a topics.yml with the topics of `catalog`, its papers as comments; "" for none."""
    primary: dict[str, list[Paper]] = {topic.slug: [] for topic in catalog.topics}
    for paper in catalog.papers:
        primary[paper.topics[0].topic].append(paper)
    blocks = [
        "\n".join(_topic(topic, primary[topic.slug]))
        for topic in catalog.topics
        if topic.slug != UNSORTED
    ]
    if not blocks:
        return ""
    unsorted = len(primary.get(UNSORTED, ()))
    tail = f"\n# {_papers(unsorted)} in none of them.\n" if unsorted else ""
    return "\n\n".join([f"{_HEAD}\ntopics:", *blocks]) + f"\n{tail}"


def _topic(topic: Topic, papers: Sequence[Paper]) -> Iterator[str]:
    yield f"  # {_papers(len(papers))}"
    for paper in _surest(papers):
        yield f"  #   {shorten(_shown(paper.facts.title), _TITLE)}"
    yield f"  - name: {_quoted(topic.name)}"
    yield f"    slug: {_quoted(topic.slug)}"
    if topic.keywords:
        yield "    keywords: ["
        yield from (f"      {row}" for row in _rows(map(_quoted, topic.keywords)))
        yield "    ]"


def _papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number:,} papers"


def _surest(papers: Iterable[Paper]) -> list[Paper]:
    return sorted(papers, key=lambda paper: (-paper.topics[0].score, paper.slug))[:_EXAMPLES]


def _shown(title: str) -> str:
    # In a comment nothing is quoted: no sign may end the line, or turn the writing around.
    return "".join(sign for sign in line(title) if sign.isprintable())


def _quoted(text: str) -> str:
    """Return `text` as YAML, in quotes where it would read as something else."""
    flow = yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=_ENDLESS)
    return flow.strip()[1:-1]


def _rows(words: Iterable[str]) -> Iterator[str]:
    """Yield `words` with a comma after each, as many in a line as there is room."""
    row = ""
    for word in words:
        if row and len(row) + len(word) + 2 > _WIDTH - 6:
            yield row
            row = ""
        row += f"{' ' if row else ''}{word},"
    yield row
