"""Turn sorted papers into what a curator should look at: doubts, gaps, and keywords without use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import topics
from generator.models import UNSORTED, Catalog, Paper, Topic
from generator.text import shorten
from generator.topics import keywords
from generator.topics.evidence import texts
from generator.topics.topicfile import TOPICS

SHOWN = 10
"""Lines of each section; the rest is counted."""

# A second topic with this part of the first one's points makes a paper doubtful.
_CLOSE = 0.8
# Against an even share of all papers: less is thin, more is overfull.
_THIN, _OVERFULL = 0.25, 3.0
# Papers, at least, below which a topic is thin, however few there are in all.
_FEW = 2
_NAMED = 6
_TITLE = 90


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at."""

    where: str
    """`file:line`; empty where no file says it."""
    what: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind, most useful first."""

    head: str
    items: tuple[Item, ...]
    hint: str
    """What to do about them."""

    def lines(self, shown: int = SHOWN) -> Iterator[str]:
        """Yield the section as the terminal shows it, at most `shown` items of it."""
        yield f"{self.head}, {len(self.items):,}:" if self.items else f"{self.head}: none"
        for item in self.items[:shown]:
            yield "  " + "  ".join(part for part in (item.where, item.what) if part)
            yield from (f"        {detail}" for detail in item.details)
        if len(self.items) > shown:
            yield f"  and {len(self.items) - shown:,} more"
        if self.items:
            yield f"  hint: {self.hint}"


def review(catalog: Catalog) -> tuple[Section, ...]:
    """Return what to look at in a catalogue whose papers have their topics."""
    judgement = topics.judge(catalog)
    return (
        Section(
            "Unsure papers, the closest first",
            tuple(_unsure(catalog, judgement)),
            "tell the two apart by 'keywords' or 'not', or name the paper's topics yourself",
        ),
        Section(
            "Papers without a topic",
            tuple(_unassigned(catalog, judgement)),
            "add a keyword that stands in several of them, or a topic",
        ),
        *_sizes(catalog),
        *_unused(catalog),
    )


def _unsure(catalog: Catalog, judgement: topics.Judgement) -> Iterator[Item]:
    doubts = []
    for paper in catalog.papers:
        ranking = judgement.ranking(paper.slug)
        named = [one for one in ranking if one.named and one.points > 0][:2]
        if paper.topics[0].by == "rule" and topics.earned(ranking) and len(named) > 1:
            doubts.append((named[1].points / named[0].points, paper, named))
    for share, paper, named in sorted(doubts, key=lambda doubt: (-doubt[0], doubt[1].slug)):
        if share < _CLOSE:
            break
        yield Item(
            _place(paper),
            shorten(paper.facts.title, _TITLE),
            tuple(
                f"{one.score:4.0%}  {catalog.topic[one.topic].name}: "
                f"{', '.join(judgement.why(paper.slug, one.topic))}"
                for one in named
            ),
        )


def _unassigned(catalog: Catalog, judgement: topics.Judgement) -> Iterator[Item]:
    found = []
    for paper in catalog.papers:
        if paper.topics[0].topic == UNSORTED and paper.topics[0].by == "rule":
            near = [one for one in judgement.ranking(paper.slug) if one.named and one.points > 0]
            found.append((near[0].points if near else 0.0, paper, near[:1]))
    # Those that nearly have a topic first: a keyword is soon found for them.
    for _, paper, near in sorted(found, key=lambda one: (-one[0], one[1].slug)):
        yield Item(
            _place(paper),
            shorten(paper.facts.title, _TITLE),
            tuple(
                f"nearest: {catalog.topic[one.topic].name}, by "
                f"{', '.join(judgement.why(paper.slug, one.topic))}"
                for one in near
            ),
        )


def _sizes(catalog: Catalog) -> Iterator[Section]:
    """Yield the thin topics, emptiest first, and the overfull ones, fullest first."""
    count = {topic.slug: len(catalog.in_topic[topic.slug]) for topic in _own(catalog)}
    even = len(catalog.papers) / max(1, len(count))
    order = sorted(_own(catalog), key=lambda topic: (count[topic.slug], topic.slug))
    thin = [t for t in order if count[t.slug] < max(_FEW, _THIN * even)]
    full = [t for t in order[::-1] if count[t.slug] > _OVERFULL * even]
    yield Section(
        "Thin topics",
        tuple(Item(_line(t, t.line), f"{t.name}: {_papers(count[t.slug])}") for t in thin),
        "give them more keywords, join them with another topic, or wait for papers",
    )
    yield Section(
        "Overfull topics",
        tuple(
            Item(
                _line(t, t.line),
                f"{t.name}: {_papers(count[t.slug])}, "
                f"{count[t.slug] / len(catalog.papers):.0%} of the collection",
            )
            for t in full
        ),
        "take out keywords that stand everywhere, or part the topic in two",
    )


def _unused(catalog: Catalog) -> Iterator[Section]:
    """Yield the keywords that a single paper has, and those that none has, topic by topic."""
    own = _own(catalog)
    lexicon = keywords.lexicon(own)
    papers = Counter(key for paper in catalog.papers for key in _present(paper, lexicon))
    for number, head, hint in (
        (1, "Keywords in a single paper", "a term of the field that several papers have says more"),
        (0, "Keywords in no paper", "keep terms of the field; mend misspelt ones"),
    ):
        found = [
            (topic, [w for w in topic.keywords if papers[keywords.key(w)] == number])
            for topic in own
        ]
        most = sorted((one for one in found if one[1]), key=lambda one: -len(one[1]))
        total = sum(len(words) for _, words in most)
        of = sum(len(topic.keywords) for topic in own)
        yield Section(
            f"{head} ({total:,} of {of:,}), by topic",
            tuple(_words(topic, words) for topic, words in most),
            hint,
        )


def _present(paper: Paper, lexicon: keywords.Lexicon) -> set[str]:
    return {key for _, text in texts(paper.facts) for key in keywords.present(text, lexicon)}


def _words(topic: Topic, words: Sequence[str]) -> Item:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    at = topic.lines.get(words[0], topic.line)
    return Item(_line(topic, at), f"{topic.name}: {', '.join(words[:_NAMED])}{more}")


def _own(catalog: Catalog) -> list[Topic]:
    return [topic for topic in catalog.topics if topic.slug != UNSORTED]


def _place(paper: Paper) -> str:
    return f"{paper.featured[0].file}:{paper.featured[0].line}" if paper.featured else ""


def _line(topic: Topic, at: int | None) -> str:
    return f"{TOPICS}:{at}" if topic.line and at else ""


def _papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number:,} papers"
