"""Give every paper its topics, with the words that decided it.

The curator's keywords come first (`evidence`); what the collection's other words say beside
them (`learning`) is added in the same measure, points. So a few papers are sorted by the
keywords alone, and thousands teach a good deal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.memory import Memory
from generator.models import UNSORTED, Assignment, Catalog, Facts, Paper, Topic
from generator.problems import Problem, note
from generator.related.commonplaces import COMMONPLACES
from generator.topics import chosen, evidence, spelling
from generator.topics.evidence import Evidence
from generator.topics.learning import Floats, Lessons, Text, learn
from generator.topics.topicfile import TOPICS
from generator.words import tokens

CHOSEN = "chosen by the curator"
"""The reason of every topic that a curator gave."""

_UNSORTED = Topic(
    slug=UNSORTED,
    name="Unsorted",
    scope="Papers without evidence for any of the topics.",
    color=0,
)

_FEW = 10
"""Papers below which it says nothing that most are unsorted."""
# A title's words are few and chosen with care.
_TITLE_WORDS = 2.0
# Points at which a score is one half: about two phrases of the abstract, or one of the title.
_HALF = 12.0
# So many times the points of the best proved topic has one without proof that stands before it.
_UNPROVED = 1.2
# A second topic needs this part of the first one's points, and the score one half.
_SECOND = 0.6
_MOST = 3
# Keywords are the best reasons; other words join them up to the lower number.
_REASONS, _FEW_REASONS = 5, 3
# From this cosine on a paper is so like an example that it needs no keyword.
_ALIKE = 0.5
# Loose words prove a topic only where the paper is at least so kin to it; 1 is usual:
# a topic of many words finds some of them in any text.
_KIN = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic and how well it fits a paper."""

    topic: str
    """Slug."""
    points: float
    score: float
    """0 to 1; 0 where more speaks against the topic than for it."""
    named: bool
    """Whether a keyword, a word of one, or an example much like the paper speaks for the topic."""
    proved: bool
    """Whether that is enough by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What all words of all papers say, before any curator's word on single papers."""

    topics: tuple[Topic, ...]
    papers: Mapping[str, tuple[int, Paper]]
    """Each paper and its row, by slug."""
    _evidence: Sequence[Sequence[Evidence]]
    _points: Floats
    _lessons: Lessons | None

    def ranking(self, slug: str) -> tuple[Candidate, ...]:
        """Return all topics, that which fits the paper best first; ties in the curator's order."""
        row, _ = self.papers[slug]
        points = self._points[row].tolist()
        order = sorted(range(len(points)), key=lambda place: (-points[place], place))
        return tuple(
            Candidate(
                self.topics[place].slug,
                points[place],
                _score(points[place]),
                self._evidence[row][place].points > 0 or self._alike(row, place),
                self._proved(row, place),
            )
            for place in order
        )

    def why(self, slug: str, topic: str) -> tuple[str, ...]:
        """Return the words that speak for the topic: keywords first, then others of the paper."""
        row, paper = self.papers[slug]
        place = next(n for n, one in enumerate(self.topics) if one.slug == topic)
        found = self._evidence[row][place].why[:_REASONS]
        if len(found) < _FEW_REASONS and self._lessons:
            said = COMMONPLACES.union(*(map(_terms, found)))
            terms = [term for term in self._lessons.terms(row, place) if term not in said]
            found += spelling.spelt(terms, _text(paper.facts), _FEW_REASONS - len(found))
        return tuple(dict.fromkeys(found))

    def _proved(self, row: int, place: int) -> bool:
        found = self._evidence[row][place]
        kin = not self._lessons or self._lessons.kinship[row, place] >= _KIN
        return found.whole or (found.loose and kin) or self._alike(row, place)

    def _alike(self, row: int, place: int) -> bool:
        return bool(self._lessons and self._lessons.likeness[row, place] >= _ALIKE)


def judge(catalog: Catalog) -> Judgement:
    """Return what the words of all papers say of each topic. No order of papers shows in it."""
    return _judge(catalog, chosen.pinned(catalog)[0], chosen.examples(catalog)[0])


def rank(catalog: Catalog) -> dict[str, tuple[Candidate, ...]]:
    """Return for each paper, by slug, all topics, the best first, as its words rank them.

    A curator's word on a paper teaches the others and does not show in its own ranking.
    """
    judgement = judge(catalog)
    return {paper.slug: judgement.ranking(paper.slug) for paper in catalog.papers}


def assign(catalog: Catalog, memory: Memory | None = None) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return the catalogue with topics for every paper, best first, and unknown names.

    A curator's own topics replace what the words say. A topic's parent joins it. `unsorted`
    joins the topics, at their end, where a paper has no evidence for any other.
    """
    topics = tuple(topic for topic in catalog.topics if topic.slug != UNSORTED)
    pinned, unknown = chosen.pinned(catalog)
    examples, missing = chosen.examples(catalog)
    judgement = _judge(catalog, pinned, examples, memory)
    by_slug = {topic.slug: topic for topic in topics}
    papers = tuple(
        replace(paper, topics=_with_parents(_topics(paper, pinned, judgement), by_slug))
        for paper in catalog.papers
    )
    if any(place.topic == UNSORTED for paper in papers for place in paper.topics):
        topics = (*topics, _UNSORTED)
    found = replace(catalog, papers=papers, topics=topics)
    return found, (*unknown, *missing, *_left_over(found))


def _left_over(catalog: Catalog) -> list[Problem]:
    """Return a note where topics.yml claims less than half of the papers."""
    loose = len(catalog.in_topic.get(UNSORTED, ()))
    every = len(catalog.papers)
    written = any(topic.line for topic in catalog.topics)
    if not written or every < _FEW or loose <= every / 2:
        return []
    message = f"{loose:,} of {every:,} papers are in none of its topics"
    hint = "'offprint topics suggest' finds topics in their own words"
    return [note(TOPICS, None, message, hint)]


def _judge(
    catalog: Catalog,
    pinned: Mapping[str, Sequence[str]],
    examples: Mapping[str, Sequence[str]],
    memory: Memory | None = None,
) -> Judgement:
    # Sums of fractions depend on their order: papers by slug, whatever order they came in.
    papers = sorted(catalog.papers, key=lambda paper: paper.slug)
    topics = tuple(topic for topic in catalog.topics if topic.slug != UNSORTED)
    facts = [paper.facts for paper in papers]
    found = evidence.gather(facts, topics, memory)
    rows = {paper.slug: (row, paper) for row, paper in enumerate(papers)}
    # Needs a third of the time that a small collection takes in all.
    import numpy as np

    points = np.array([[one.points for one in each] for each in found], np.float64)
    if not papers or not topics:
        return Judgement(topics, rows, found, points, None)
    places = {topic.slug: place for place, topic in enumerate(topics)}
    taught = {
        row: sorted({places[one] for one in slugs if one in places})
        for slug, (row, _) in rows.items()
        if (slugs := (*pinned.get(slug, ()), *examples.get(slug, ())))
    }
    taught = {row: known for row, known in taught.items() if known}
    sure = np.array([any(one.whole for one in each) for each in found])
    lessons = learn([_words(one) for one in facts], points, sure, taught)
    return Judgement(topics, rows, found, np.round(points + lessons.points, 3), lessons)


def _words(facts: Facts) -> Text:
    others = (facts.abstract, facts.note, "\n".join((*facts.keywords, *facts.categories)))
    return (_TITLE_WORDS, tokens(facts.title)), *((1.0, tokens(text)) for text in others if text)


def _terms(label: str) -> set[str]:
    """Return the terms of a keyword; written as one word too, as `state-tracking` may be."""
    terms = tokens(label)
    return {*terms, "".join(terms), *tokens(label.replace(" ", "-"))}


def _text(facts: Facts) -> str:
    return "\n".join((facts.abstract or "", facts.note or "", facts.title, *facts.keywords))


def _score(points: float) -> float:
    return round(points / (points + _HALF), 3) if points > 0 else 0.0


def _topics(
    paper: Paper, pinned: Mapping[str, Sequence[str]], judgement: Judgement
) -> tuple[Assignment, ...]:
    """Return the topics that the curator gave, else those that the paper's words earn."""
    if slugs := pinned.get(paper.slug):
        return tuple(Assignment(slug, 1.0, (CHOSEN,), "curator") for slug in slugs)
    return tuple(
        Assignment(one.topic, one.score, judgement.why(paper.slug, one.topic), "rule")
        for one in earned(judgement.ranking(paper.slug))
    ) or (Assignment(UNSORTED, 0.0, (), "rule"),)


def earned(ranking: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return those of all topics, best first, that a paper is listed in; none where none is proved.

    The first may rest on single words and on such as go along with its keywords, where it is
    far ahead. A further one needs a proof of its own.
    """
    named = [one for one in ranking if one.named and one.points > 0]
    proved = [one for one in named if one.proved]
    if not named or not any(one.proved for one in ranking):
        return ()
    ahead = not proved or named[0].points > _UNPROVED * proved[0].points
    first = named[0] if ahead else proved[0]
    enough = max(_SECOND * first.points, _HALF)
    further = [one for one in proved if one is not first and one.points >= enough]
    return (first, *further[: _MOST - 1])


def _with_parents(
    found: tuple[Assignment, ...], topics: Mapping[str, Topic]
) -> tuple[Assignment, ...]:
    """Return the assignments and one for each broader topic that is not yet among them."""
    listed = {one.topic: one for one in found}
    for one in found:
        above = topics[one.topic].parent if one.topic in topics else None
        while above and above in topics:
            why = (f"in {topics[one.topic].name}",)
            listed.setdefault(above, Assignment(above, one.score, why, one.by))
            above = topics[above].parent
    return tuple(listed.values())
