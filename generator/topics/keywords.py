"""Meet keywords in a text: one walk, the longest phrase first, forms of a word alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, log2, sqrt

from lunr.stop_word_filter import WORDS as STOP_WORDS

from generator.models import Topic
from generator.text import readable, words

LOOSE_WORDS = 3
"""Different words out of longer keywords that can prove a topic together."""
LONGEST = 120
"""Characters of a keyword; no term of a field has more."""

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
    """Whether it is a single word out of a longer keyword or out of the scope."""
    proves: bool = True
    """Whether it may name a topic; a loose word of the scope alone only lends weight."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All keywords of all topics, for one walk over a text.

    Keys are folded words written together; those of acronyms keep their capitals after
    a `=`, those of loose words stand after a `~`.
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
            for folded, (label, length) in _keys(phrases).items():
                claims[folded].append(Claim(place, label, sign * (1 + log2(length) / 3), False))
    openings = frozenset(folded[:end] for folded in claims for end in range(1, len(folded) + 1))
    parts = _parts(topics)
    for place, part in enumerate(parts):
        for stem, (label, share, proves) in part.items():
            claims[f"~{stem}"].append(Claim(place, label, share, True, proves))
    proving = [sum(proves for _, _, proves in part.values()) for part in parts]
    enough = tuple(min(LOOSE_WORDS, max(1, number)) for number in proving)
    return Lexicon(dict(claims), openings, enough)


def mentions(text: str, lexicon: Lexicon) -> Counter[str]:
    """Count the keys met in `text`. Inside a longer key a shorter one is not met.

    So `speech translation` says nothing of translation. Linear in len(text).
    """
    if not lexicon.claims:
        return Counter()
    tokens = _TOKEN.findall(readable(text))
    stems = [_stem(token) for token in tokens]
    found = Counter(loose for stem in stems if (loose := f"~{stem}") in lexicon.claims)
    after = 0
    for place in _openings(tokens, stems, lexicon):
        if place >= after:
            for longest, length in deque(_beginning(tokens, stems, place, lexicon), maxlen=1):
                found[longest] += 1
                after = place + length
    return found


def present(text: str, lexicon: Lexicon) -> set[str]:
    """Return the keys of whole keywords that stand anywhere in `text`, also inside a longer one."""
    tokens = _TOKEN.findall(readable(text))
    stems = [_stem(token) for token in tokens]
    return {
        found
        for place in _openings(tokens, stems, lexicon)
        for found, _ in _beginning(tokens, stems, place, lexicon)
    }


def key(phrase: str) -> str:
    """Return what all forms of a keyword share; empty where it can stand in no text.

    That is where it has no letter and no digit, or more than `LONGEST` characters.
    """
    tokens = _TOKEN.findall(phrase) if len(phrase) <= LONGEST else []
    if _is_acronym(phrase):
        return f"={''.join(tokens)}" if tokens else ""
    return "".join(map(_stem, tokens))


def _openings(tokens: Sequence[str], stems: Sequence[str], lexicon: Lexicon) -> list[int]:
    """Return the places at which a key may begin: few of all."""
    openings = lexicon.openings
    return [
        place
        for place, (token, stem) in enumerate(zip(tokens, stems, strict=True))
        if stem in openings
        or (not token.islower() and (f"={token}" in openings or f"={token[:-1]}" in openings))
    ]


def _beginning(
    tokens: Sequence[str], stems: Sequence[str], place: int, lexicon: Lexicon
) -> Iterator[tuple[str, int]]:
    """Yield each key that begins at `place` with its number of words, shortest first."""
    folded, capitals = "", "="
    for end in range(place, len(tokens)):
        folded, capitals = folded + stems[end], capitals + tokens[end]
        singular = capitals[:-1] if capitals[-1] == "s" else capitals
        for known in (folded, capitals, singular):
            if known in lexicon.claims:
                yield known, end - place + 1
        if folded not in lexicon.openings and capitals not in lexicon.openings:
            break


def _phrases(topic: Topic) -> tuple[str, ...]:
    """Return the topic's keywords and name; of a name alone also the parts that `and` joins."""
    parts = () if topic.keywords else (part.strip() for part in _AND.split(topic.name))
    return (*topic.keywords, topic.name, *parts)


def _keys(phrases: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return for each phrase's key the phrase and its number of words, an acronym's being 2."""
    found: dict[str, tuple[str, int]] = {}
    for phrase in phrases:
        if folded := key(phrase):
            length = 2 if _is_acronym(phrase) else min(len(_TOKEN.findall(phrase)), 4)
            found.setdefault(folded, (phrase, length))
    return found


def _parts(topics: Sequence[Topic]) -> list[dict[str, tuple[str, float, bool]]]:
    """Return for each topic the words of its keywords and its scope: label, worth, whether proof.

    A word is worth more the more keywords have it and the fewer topics do; a topic with
    many words has no advantage over one with few. The scope counts as one more keyword.
    """
    labels: list[dict[str, str]] = []
    counts: list[Counter[str]] = []
    proving: list[frozenset[str]] = []
    for topic in topics:
        phrases = [_loose(phrase) for phrase in _phrases(topic) if not _is_acronym(phrase)]
        scope = _loose(topic.scope)
        labels.append(scope | {s: t for stems in reversed(phrases) for s, t in stems.items()})
        proving.append(frozenset(stem for stems in phrases for stem in stems))
        counts.append(Counter(stem for stems in (*phrases, scope) for stem in stems))
    spread = Counter(stem for count in counts for stem in count)
    found = []
    for label, count, proof in zip(labels, counts, proving, strict=True):
        worth = {s: sqrt(n) * log((len(topics) + 1) / spread[s]) for s, n in count.items()}
        length = sqrt(sqrt(sum(value * value for value in worth.values()))) or 1.0
        found.append(
            {stem: (label[stem], value / length, stem in proof) for stem, value in worth.items()}
        )
    return found


def _loose(phrase: str) -> dict[str, str]:
    """Return the words of a phrase that mean something alone, by their stems."""
    stems = {_stem(token): token for token in _TOKEN.findall(phrase) if len(token) > 2}
    return {s: t for s, t in stems.items() if s not in _SMALL and t.lower() not in STOP_WORDS}


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
