"""Meet keywords in a text: one walk, the longest phrase first, forms of a word alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, log2, sqrt

from generator.models import Topic
from generator.text import readable, words

LOOSE_WORDS = 3
"""Different words out of longer keywords that can prove a topic together."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_SIBILANT = re.compile(r"(?:ss|x|z|ch|sh)es$")
_BRITISH = re.compile(r"is(?=(?:e|ed|es|ing|ation|er)$)")
_DOUBLED = re.compile(r"ll(?=(?:ing|ed|er)$)")
_COLOUR = re.compile(r"our$")
_SMALL = frozenset(
    words("a an and are as at based be by for from in is of on or other the to via with")
)
_AND = re.compile(r"[,;/&]|\band\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """What one mention of a phrase says about one topic."""

    topic: int
    """Place in the catalogue's topics."""
    label: str
    """The keyword as the curator wrote it."""
    weight: float
    """Worth against that of a one-word keyword; below zero it speaks against the topic."""
    loose: bool
    """Whether it is a single word out of a longer keyword."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All keywords of all topics, for one walk over a text.

    Keys are folded words written together; those of acronyms keep their capitals after
    a `=`, those of words out of longer keywords stand after a `~`.
    """

    claims: Mapping[str, Sequence[Claim]]
    openings: frozenset[str]
    """Every beginning of every key."""
    enough: tuple[int, ...]
    """For each topic how many different loose words prove that a paper belongs there."""


def lexicon(topics: Sequence[Topic]) -> Lexicon:
    """Return what to look for: each keyword, name and `not` word of `topics`, by its key."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for place, topic in enumerate(topics):
        for sign, phrases in ((1, _phrases(topic)), (-1, topic.without)):
            for key, (label, length) in _keys(phrases).items():
                claims[key].append(Claim(place, label, sign * (1 + log2(length) / 3), False))
    openings = frozenset(key[:end] for key in claims for end in range(1, len(key) + 1))
    parts = _parts(topics)
    for place, part in enumerate(parts):
        for stem, (label, share) in part.items():
            claims[f"~{stem}"].append(Claim(place, label, share, True))
    enough = tuple(min(LOOSE_WORDS, len(part)) for part in parts)
    return Lexicon(dict(claims), openings, enough)


def mentions(text: str, lexicon: Lexicon) -> Counter[str]:
    """Count the keys met in `text`. Inside a longer key a shorter one is not met.

    So `speech translation` says nothing of translation. Linear in len(text).
    """
    if not lexicon.claims:
        return Counter()
    tokens = _TOKEN.findall(readable(text))
    stems = [_stem(token) for token in tokens]
    found = Counter(key for stem in stems if (key := f"~{stem}") in lexicon.claims)
    place = 0
    while place < len(tokens):
        key, length = _longest(tokens, stems, place, lexicon)
        if key:
            found[key] += 1
        place += length
    return found


def _longest(
    tokens: Sequence[str], stems: Sequence[str], place: int, lexicon: Lexicon
) -> tuple[str, int]:
    """Return the longest key that begins at `place` and its number of words; ("", 1) for none."""
    best, length = "", 1
    folded, capitals = "", "="
    for end in range(place, len(tokens)):
        folded, capitals = folded + stems[end], capitals + tokens[end]
        singular = capitals[:-1] if capitals[-1] == "s" else capitals
        for key in (folded, capitals, singular):
            if key in lexicon.claims:
                best, length = key, end - place + 1
        if folded not in lexicon.openings and capitals not in lexicon.openings:
            break
    return best, length


def _phrases(topic: Topic) -> tuple[str, ...]:
    """Return the topic's keywords and name; of a name alone also the parts that `and` joins."""
    parts = () if topic.keywords else (part.strip() for part in _AND.split(topic.name))
    return (*topic.keywords, topic.name, *parts)


def _keys(phrases: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return for each phrase's key the phrase and its number of words, an acronym's being 2."""
    found: dict[str, tuple[str, int]] = {}
    for phrase in phrases:
        tokens = _TOKEN.findall(phrase)
        if _is_acronym(phrase):
            found.setdefault(f"={''.join(tokens)}", (phrase, 2))
        elif tokens:
            found.setdefault("".join(map(_stem, tokens)), (phrase, min(len(tokens), 4)))
    return found


def _parts(topics: Sequence[Topic]) -> list[dict[str, tuple[str, float]]]:
    """Return for each topic the words that its keywords are made of, each with its worth.

    A word is worth more the more keywords have it and the fewer topics do; a topic with
    many words has no advantage over one with few.
    """
    labels: list[dict[str, str]] = []
    counts: list[Counter[str]] = []
    for topic in topics:
        phrases = [phrase for phrase in _phrases(topic) if not _is_acronym(phrase)]
        label: dict[str, str] = {}
        count: Counter[str] = Counter()
        for phrase in phrases:
            stems = {_stem(token): token for token in _TOKEN.findall(phrase) if len(token) > 2}
            stems = {stem: token for stem, token in stems.items() if stem not in _SMALL}
            label = stems | label
            count.update(stems.keys())
        labels.append(label)
        counts.append(count)
    spread = Counter(stem for count in counts for stem in count)
    found = []
    for label, count in zip(labels, counts, strict=True):
        worth = {s: sqrt(n) * log((len(topics) + 1) / spread[s]) for s, n in count.items()}
        length = sqrt(sqrt(sum(value * value for value in worth.values()))) or 1.0
        found.append({stem: (label[stem], value / length) for stem, value in worth.items()})
    return found


def _is_acronym(phrase: str) -> bool:
    return phrase.isupper()


@lru_cache(maxsize=100_000)
def _stem(token: str) -> str:
    """Return the folded word, singular, in American spelling: `Modelling` → `modeling`.

    Only for comparing: what it returns need not be a word.
    """
    word = "".join(words(token))
    if len(word) > 3:
        if word.endswith("ies"):
            word = word[:-3] + "y"
        elif _SIBILANT.search(word):
            word = word[:-2]
        elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    word = _COLOUR.sub("or", _DOUBLED.sub("l", _BRITISH.sub("iz", word)))
    return "analog" if word == "analogue" else word
