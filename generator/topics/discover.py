"""Find the topics of a collection that has no topics.yml in its own words.

Phrases that explain many papers become the first topics, papers join the nearest, topics move
to the middle of their papers, and the most typical phrase names each. Their keywords tell
`topics.assign` the same, so that each paper has its place and its reasons by the usual rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from generator.identity import slug, unique_slug
from generator.models import UNSORTED, Facts, Paper, Topic
from generator.topics.grouping import COMMON, DOUBT, TINY, Places, group, worth
from generator.topics.phrases import Phrase, phrases
from generator.topics.topicfile import marked

Table = npt.NDArray[np.float64]

_MOST = 3_000
"""Papers that are read; of more, a choice that one paper more hardly changes."""
_NAMES = 1_500
_KEYWORDS = 15
# Part of a name's papers that have it in the title.
_TITLED = 0.1
# How much it counts for a name that other topics have it seldom: 0 for not at all.
_SPECIAL = 0.25
# Of two names one is enough where this part of its papers has the other.
_ALIKE = 0.7
# Of the papers that have a keyword this part belongs to the topic, and as many times more than
# by chance.
_PURE, _TELLING = 0.25, 2.0


def topics(papers: Iterable[Paper]) -> tuple[Topic, ...]:
    """Return topics with names and keywords, those of most papers first; no order of input shows.

    There are about 2.2 n^0.3 for n papers: 6 for 30, 11 for 250, 28 for 5,000; fewer where the
    papers have little in common, one where they have one subject, and none where no two share
    a phrase that could be a name.
    """
    read = _read(papers)
    found = phrases(read, max(2, round(len(read) ** 0.5 / 4)))
    most = max(3, COMMON * len(read))
    parting = [phrase for phrase in found if len(phrase.papers) <= most]
    return _parted(read, parting) or _whole(found)


def with_pinned(papers: Iterable[Paper]) -> tuple[Topic, ...]:
    """Return a topic for each name that the curator gave papers, then those that were found.

    What most papers were given comes first. A name that a found topic has is no second one.
    """
    papers = tuple(papers)
    found = topics(papers)
    taken = {UNSORTED, *(topic.slug for topic in found)}
    known = {*taken, *(topic.name.casefold() for topic in found)}
    given = Counter(name.strip() for paper in papers for name in paper.pinned)
    own = []
    for name in sorted(given, key=lambda name: (-given[name], name)):
        if name.casefold() not in known:
            known |= {name.casefold()}
            own.append(_given(name, taken))
    return marked((*own, *found)) if own else found


def _given(name: str, taken: set[str]) -> Topic:
    topic = unique_slug(slug(name) or "topic", taken)
    taken.add(topic)
    # A keyword with capitals would find no other writing than an acronym's.
    return Topic(topic, name, keywords=(name if name.isupper() else name.lower(),))


def _parted(read: Sequence[Facts], words: Sequence[Phrase]) -> tuple[Topic, ...]:
    """Return the topics that `words` name and part."""
    names = [phrase for phrase in words if _is_name(phrase)][:_NAMES]
    if not names:
        return ()
    most, fewest = round(2.2 * len(read) ** 0.3), max(2, round(len(read) ** 0.5 / 3))
    places = group(read, names, most, fewest)
    return _topics(places, names, words) if places.max() >= 0 else ()


def _whole(words: Iterable[Phrase]) -> tuple[Topic, ...]:
    """Return the one topic of papers that nothing parts, if it has a name."""
    names = [phrase for phrase in words if _is_name(phrase)]
    names.sort(key=lambda name: (-len(name.papers) * worth(name), name.text))
    return marked(_topic(name.text, (), {UNSORTED}) for name in names[:1])


def _read(papers: Iterable[Paper]) -> list[Facts]:
    """Return the papers to read, in an order that only their slugs decide."""
    chosen = sorted(papers, key=lambda paper: (crc32(paper.slug.encode()), paper.slug))[:_MOST]
    return [paper.facts for paper in chosen]


def _is_name(phrase: Phrase) -> bool:
    titles = 1 if phrase.words > 1 else 2
    return phrase.nameable and phrase.titles >= max(titles, _TITLED * len(phrase.papers))


def _topics(places: Places, names: Sequence[Phrase], words: Sequence[Phrase]) -> tuple[Topic, ...]:
    """Return a topic for each group of papers that has a name of its own, the largest first."""
    sizes = np.bincount(places[places >= 0])
    chosen = _named(_shares(places, sizes, names), names)
    shares = _shares(places, sizes, words)
    taken = {UNSORTED}
    return marked(
        _topic(chosen[place].text, _keywords(shares, place, words), taken)
        for place in sorted(chosen, key=lambda place: (-sizes[place], chosen[place].text))
    )


def _topic(name: str, words: Iterable[str], taken: set[str]) -> Topic:
    """Return a topic of that name; its slug is added to those that are `taken`."""
    address = unique_slug(slug(name) or "topic", taken)
    taken.add(address)
    # The name is a keyword too, so that a curator can change it.
    keywords = tuple(dict.fromkeys((name, *words)))[:_KEYWORDS]
    return Topic(address, _sentence(name), keywords=keywords)


def _sentence(name: str) -> str:
    """Return `name` with a capital, unless its first word is spelled with one within."""
    first = name.split(" ")[0]
    return name[:1].upper() + name[1:] if first.islower() else name


@dataclass(frozen=True, slots=True)
class _Shares:
    """How phrases and topics hang together: a row for each topic, a column for each phrase."""

    both: Table
    """Harmonic mean of the topic's share in the phrase's papers and the phrase's in its own."""
    pure: Table
    """Share of the topic in the phrase's papers, less where these are few."""
    lift: Table
    """How many times more that is than by chance, as a logarithm; not below 0."""
    chance: Table
    """Share of the topic in all papers: one column."""


def _shares(places: Places, sizes: Places, words: Sequence[Phrase]) -> _Shares:
    hits = np.zeros((len(sizes), len(words)))
    for column, phrase in enumerate(words):
        own = places[list(phrase.papers)]
        hits[:, column] = np.bincount(own[own >= 0], minlength=len(sizes))
    papers = np.array([len(phrase.papers) for phrase in words])
    both = 2 * hits / (papers + sizes[:, None] + DOUBT)
    pure = hits / (papers + DOUBT)
    chance = sizes[:, None] / sizes.sum()
    lift = np.log(np.maximum(pure / np.maximum(chance, TINY), 1))
    return _Shares(both, pure, lift, chance)


def _named(shares: _Shares, names: Sequence[Phrase]) -> dict[int, Phrase]:
    """Return the name of each topic that gets one: the best pairs first, none for two topics."""
    worths = np.array([worth(name) for name in names])
    scores = np.round(shares.both * shares.lift**_SPECIAL * worths, 4)
    # A name fits no topic less well than another.
    scores[scores < scores.max(axis=0)] = 0
    chosen: dict[int, Phrase] = {}
    for pair in np.argsort(-scores, axis=None, kind="stable"):
        place, column = divmod(int(pair), len(names))
        if scores[place, column] <= 0:
            break
        others = chosen.values()
        if place not in chosen and not any(_same(names[column], other) for other in others):
            chosen[place] = names[column]
    return chosen


def _same(one: Phrase, other: Phrase) -> bool:
    """Return whether most papers of one phrase have the other too."""
    both = len(set(one.papers).intersection(other.papers))
    return both > _ALIKE * min(len(one.papers), len(other.papers))


def _keywords(shares: _Shares, place: int, words: Sequence[Phrase]) -> list[str]:
    """Return the phrases that tell the topic's papers from others, the most telling first."""
    enough = max(_PURE, _TELLING * float(shares.chance[place, 0]))
    telling = np.round(shares.both[place] * shares.lift[place], 4)
    return [
        words[column].text
        for column in np.argsort(-telling, kind="stable")
        if shares.pure[place, column] >= enough and words[column].nameable
    ][:_KEYWORDS]
