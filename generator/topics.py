"""Give every paper its topics, from the curator's keywords, with the words that decided it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import log, sqrt

from generator import keywords
from generator.keywords import Lexicon
from generator.models import UNSORTED, Assignment, Catalog, Paper, Topic
from generator.problems import Problem, warning

CHOSEN = "chosen by the curator"
"""The reason of every topic that a curator gave."""

_UNSORTED = Topic(
    slug=UNSORTED,
    name="Unsorted",
    scope="Papers without evidence for any of the topics.",
    color=0,
)

# What one mention is worth. A title is short and chosen with care, an abstract is neither.
_TITLE, _NOTE, _ABSTRACT = 4.0, 2.0, 1.0
# From this worth on further mentions add little: a long abstract must not shout a title down.
_ENOUGH = 10.0
# Imagined papers, and how many of them have a keyword: in a small collection chance alone
# makes a word rare.
_PRIOR, _USUAL = 10, 5
# Rarity of a keyword that one paper has.
_RAREST = 4.0
# Evidence at which a score is one half: about two phrases of the abstract, or one of the title.
_HALF = 12.0
# Loose words prove something only from this weight on, and in number; a whole keyword always
# does. On 2,495 papers of IJCAI 2020 to 2023 and their session's area fewer were right in one
# of four, three or more in one of two.
_LOOSE = 5.0
# A second topic needs this part of the first one's evidence, and this score.
_SECOND, _SECOND_SCORE = 0.5, 0.5
_MOST = 3
_REASONS = 5


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for one topic in one paper."""

    weight: float
    """Zero or less where nothing does."""
    why: tuple[str, ...]
    """Strongest first."""
    proof: bool
    """Whether it is enough for the topic to be named at all."""


def assign(catalog: Catalog) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return the catalogue with topics for every paper, best first, and unknown names.

    A curator's own topics replace what the keywords say. `unsorted` joins the topics,
    at their end, where a paper has no evidence for any other.
    """
    topics = tuple(topic for topic in catalog.topics if topic.slug != UNSORTED)
    lexicon = keywords.lexicon(topics)
    seen = [_sightings(paper, lexicon) for paper in catalog.papers]
    rarity = _rarity(seen)
    reach = _reach(seen, lexicon, len(topics))
    names = _names(topics)
    papers, problems = [], []
    for paper, sightings in zip(catalog.papers, seen, strict=True):
        chosen, found = _chosen(paper, names, topics)
        problems += found
        if not chosen:
            evidence = _weigh(sightings, lexicon, rarity, reach)
            chosen = _ruled(evidence, topics)
        papers.append(replace(paper, topics=chosen))
    if any(place.topic == UNSORTED for paper in papers for place in paper.topics):
        topics = (*topics, _UNSORTED)
    return replace(catalog, papers=tuple(papers), topics=topics), tuple(problems)


def _names(topics: Iterable[Topic]) -> dict[str, str]:
    """Return the slug for each slug and name, both without case."""
    topics = (*topics, _UNSORTED)
    by_name = {topic.name.casefold(): topic.slug for topic in topics}
    return by_name | {topic.slug: topic.slug for topic in topics}


def _chosen(
    paper: Paper, names: Mapping[str, str], topics: Sequence[Topic]
) -> tuple[tuple[Assignment, ...], list[Problem]]:
    """Return the topics that the curator gave, and a warning for each unknown one."""
    known = {given: names.get(given.strip().casefold()) for given in paper.pinned}
    slugs = dict.fromkeys(slug for slug in known.values() if slug)
    mention = paper.featured[0] if paper.featured else None
    file, line = paper.pinned_at or ((mention.file, mention.line) if mention else (None, None))
    problems = [
        warning(
            file or "topics.yml",
            line,
            f"unknown topic '{given}'",
            _known(given, names, topics),
        )
        for given, slug in known.items()
        if slug is None
    ]
    return tuple(Assignment(slug, 1.0, (CHOSEN,), "curator") for slug in slugs), problems


def _known(given: str, names: Mapping[str, str], topics: Sequence[Topic]) -> str:
    if not topics:
        return "there are no topics yet: list them in topics.yml"
    near = get_close_matches(given.casefold(), list(names), n=1)
    question = f"did you mean '{names[near[0]]}'? " if near else ""
    return f"{question}topics.yml has: {', '.join(topic.slug for topic in topics)}"


def _ruled(evidence: Sequence[_Evidence], topics: Sequence[Topic]) -> tuple[Assignment, ...]:
    """Return the topics that `evidence` earns: the best, and others not far behind."""
    order = sorted(range(len(topics)), key=lambda place: (-evidence[place].weight, place))
    earned = [place for place in order if evidence[place].proof]
    if not earned:
        return (Assignment(UNSORTED, 0.0, (), "rule"),)
    enough = max(_SECOND * evidence[earned[0]].weight, _HALF * _SECOND_SCORE / (1 - _SECOND_SCORE))
    second = [p for p in earned[1:] if evidence[p].weight >= enough]
    return tuple(
        Assignment(topics[p].slug, _score(evidence[p].weight), evidence[p].why, "rule")
        for p in (earned[0], *second[: _MOST - 1])
    )


def _score(weight: float) -> float:
    return round(weight / (weight + _HALF), 3)


def _weigh(
    sightings: Mapping[str, float],
    lexicon: Lexicon,
    rarity: Mapping[str, float],
    reach: Sequence[float],
) -> list[_Evidence]:
    """Return the evidence for each topic.

    A keyword weighs by its mentions, its rarity and its length. Those of one topic often
    say one thing twice (LSTM, RNN, recurrent), so each further one counts less.
    """
    whole: list[list[tuple[float, str]]] = [[] for _ in reach]
    loose: list[list[tuple[float, str]]] = [[] for _ in reach]
    against = [0.0] * len(reach)
    for key, mentions in sightings.items():
        strength = mentions * (_ENOUGH + 1) / (mentions + _ENOUGH) * rarity[key]
        for claim in lexicon.claims[key]:
            if claim.weight < 0:
                against[claim.topic] -= strength * claim.weight
            else:
                kind = loose if claim.loose else whole
                kind[claim.topic].append((strength * claim.weight, claim.label))
    return [
        _evidence(whole[place], loose[place], against[place], reach[place], lexicon.enough[place])
        for place in range(len(reach))
    ]


def _evidence(
    whole: list[tuple[float, str]],
    loose: list[tuple[float, str]],
    against: float,
    reach: float,
    enough: int,
) -> _Evidence:
    whole.sort(key=lambda found: (-found[0], found[1]))
    loose.sort(key=lambda found: (-found[0], found[1]))
    weight = sum(strength / sqrt(place) for place, (strength, _) in enumerate(whole, start=1))
    weight = weight * reach - against + sum(strength for strength, _ in loose)
    why = dict.fromkeys(label for _, label in whole or loose)
    proof = weight > 0 if whole else weight >= _LOOSE and len(loose) >= enough
    return _Evidence(weight, tuple(why)[:_REASONS], proof)


def _rarity(seen: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return for each key met how rare it is among the papers, `_RAREST` where one has it.

    The scale is the same for ten papers as for ten thousand, and so are the scores.
    """
    papers = Counter(key for sightings in seen for key in sightings)
    size = len(seen) + _PRIOR
    scale = _RAREST / log(size / (1 + _USUAL))
    return {key: max(0.0, scale * log(size / (count + _USUAL))) for key, count in papers.items()}


def _reach(seen: Sequence[Mapping[str, float]], lexicon: Lexicon, size: int) -> list[float]:
    """Return a factor for each topic, smaller where most papers use some word of it.

    Words of method (attention, recurrent, language model) stand in papers on everything;
    what a paper is about stands in few others.
    """
    papers: Counter[int] = Counter()
    for sightings in seen:
        papers.update(
            {
                claim.topic
                for key in sightings
                for claim in lexicon.claims[key]
                if claim.weight > 0 and not claim.loose
            }
        )
    total = len(seen) + 2 * _PRIOR
    return [sqrt(log(total / (papers[place] + _PRIOR))) for place in range(size)]


def _sightings(paper: Paper, lexicon: Lexicon) -> dict[str, float]:
    """Return what the paper's mentions of each key are worth together."""
    facts = paper.facts
    tags = "\n".join((*facts.keywords, *facts.categories))
    found: dict[str, float] = defaultdict(float)
    for worth, text in (
        (_TITLE, facts.title),
        (_NOTE, facts.note),
        (_NOTE, tags),
        (_ABSTRACT, facts.abstract),
    ):
        for key, count in keywords.mentions(text or "", lexicon).items():
            found[key] += worth * (1 + log(count))
    return found
