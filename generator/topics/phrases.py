"""Turn titles and abstracts into the terms of their field, in the spelling that they use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from generator.models import Facts
from generator.related.commonplaces import COMMONPLACES
from generator.text import readable
from generator.topics.stock import ARTICLES, BEFORE_NOUNS, BEFORE_VERBS, GENERIC, SMALL, STOCK
from generator.words import TERM_LENGTH, fold, stem

# Addresses and LaTeX's commands are no words.
_NO_TEXT = re.compile(r"https?://\S+|www\.\S+|\S+\.(?:com|org|io|net)\b\S*|\\[A-Za-z]+")
# Scripts that part no words; Katakana needs no parting, since it changes to another script.
_CJK = "\u3005-\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_CJK_EDGE = re.compile(rf"(?<=[{_CJK}])(?=[^\W_])|(?<=[^\W_])(?=[{_CJK}])")
_CJK_GAP = re.compile(rf"(?<=[{_CJK}]) | (?=[{_CJK}])")
_IS_CJK = re.compile(f"[{_CJK}]")
_HIRAGANA = re.compile("[\u3040-\u309f]")
# Vowel signs of Hebrew, Arabic, and of India, Sri Lanka and Thailand are no letters for `\w`.
_SIGNS = "\u0591-\u05c7\u064b-\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
_PART = rf"(?:[^\W_]|[{_SIGNS}\u0300-\u036f])+"
_WORD = rf"{_PART}(?:[-\u2010\u2011\u2013]{_PART}|(?<=[0-9])\.(?=[0-9]){_PART})*"
_RUN = re.compile(rf"{_WORD}(?: {_WORD})*")
_JOINT = re.compile(r"[-\u2010\u2011\u2013.]")
# Two letters, or as in 3D.
_LETTERS = re.compile(rf"[^\W\d_].*[^\W\d_]|^[0-9][A-Z]$|[{_CJK}]")
_SIBILANT = re.compile(r"(?:ss|x|ch|sh)es$")
# Words of a phrase; characters where a script parts none.
_LONGEST, _LONGEST_CJK = 3, 6
# A phrase ends in this part of its places, and neighbours of verbs are no more than this part
# of those that tell; as many more count for a noun.
_CLOSED, _VERBS, _DOUBT = 0.25, 0.4, 2
# A phrase says nothing beside a longer one that has this part of its papers.
_SWALLOWED = 0.8
# What a word within a sentence tells of its capitals, against one that begins it.
_WITHIN = 10
# A word that is so often without capitals needs none.
_PLAIN = 0.25


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term of the field, of one to three words."""

    text: str
    """As the texts mostly write it, in lower case but for acronyms and names."""
    words: int
    papers: tuple[int, ...]
    """Places of the papers that have it, in order."""
    titles: int
    """How many of them have it in the title."""
    nameable: bool
    """Whether it can be the name of a subject: no word of every abstract begins or ends it."""


@dataclass(slots=True)
class _Uses:
    """Where a phrase stands, over all papers."""

    words: tuple[str, ...]
    """Keys of its words."""
    spelled: Counter[str] = field(default_factory=Counter)
    places: int = 0
    closed: int = 0
    """Places where no further word of a phrase follows."""
    nouns: int = 0
    """Places after an article or a preposition."""
    verbs: int = 0
    """Places after a pronoun, an auxiliary or `to`, or before an article."""

    def parts(self) -> tuple[str, ...]:
        """Return the keys of the phrase without its last and without its first word."""
        if len(self.words) == 1:
            return ()
        return "".join(self.words[:-1]), "".join(self.words[1:])


Texts = Sequence[tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]]
"""Of each paper the runs of words of its title and keywords, and of its abstract."""


def phrases(papers: Sequence[Facts], fewest: int) -> tuple[Phrase, ...]:
    """Return the phrases that at least `fewest` papers have, those of most papers first.

    A phrase has no stop word within. Plurals and hyphens make no difference. Abstracts of any
    language will do where blanks part the words, or in Chinese and Japanese.
    """
    texts = [(_runs(_title(facts)), _runs(_prose(facts))) for facts in papers]
    keys = _keys(texts, fewest)
    places: defaultdict[str, list[int]] = defaultdict(list)
    titles: Counter[str] = Counter()
    for place, (title, prose) in enumerate(texts):
        named = {key for run in title for key, _, _ in _grams(run, keys)}
        titles.update(named)
        for key in named.union(key for run in prose for key, _, _ in _grams(run, keys)):
            places[key].append(place)
    uses = _uses(texts, keys, {key for key, found in places.items() if len(found) >= fewest})
    swallowed = {
        part
        for key, use in uses.items()
        for part in use.parts()
        if len(places[key]) >= _SWALLOWED * len(places[part])
    }
    titled = {keys.get(word) for title, _ in texts for run in title for word in run}
    cases = _cases(texts)
    made = (
        (use, _phrase(use, cases, tuple(places[key]), titles[key]))
        for key, use in uses.items()
        if key not in swallowed and _is_noun(use)
    )
    # What stands in no title is seldom a term, unless it is an acronym.
    kept = [
        phrase for use, phrase in made if use.words[-1] in titled or not phrase.text[-2:].islower()
    ]
    return tuple(sorted(kept, key=lambda phrase: (-len(phrase.papers), phrase.text)))


def _title(facts: Facts) -> str:
    # Authors' keywords are terms and nothing else.
    title = facts.title.lower() if facts.title.isupper() else facts.title
    return "\n".join((title, *facts.keywords))


def _prose(facts: Facts) -> str:
    return facts.abstract or facts.note or ""


def _runs(text: str) -> list[list[str]]:
    """Return the words of `text`, a list for each run that nothing but single blanks part."""
    text = _CJK_EDGE.sub(" ", _NO_TEXT.sub(";", readable(text)))
    return [run.split(" ") for run in _RUN.findall(text)]


def _keys(texts: Texts, fewest: int) -> dict[str, str]:
    """Return what the forms of a word share, for each word that can be part of a phrase."""
    papers: Counter[str] = Counter()
    for title, prose in texts:
        papers.update({word for run in (*title, *prose) for word in run})
    keys = {word: _key(word) for word in papers if _is_content(word)}
    # A paper with two forms of a word counts twice: this only saves work.
    total: Counter[str] = Counter()
    for word, key in keys.items():
        total[key] += papers[word]
    return {word: key for word, key in keys.items() if total[key] >= fewest}


@lru_cache(maxsize=1 << 16)
def _is_content(word: str) -> bool:
    return (
        len(word) <= TERM_LENGTH
        and word.lower() not in SMALL
        and not _HIRAGANA.match(word)
        and _LETTERS.search(word) is not None
    )


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """Return the folded word, each part singular: `State-Spaces` → `statespace`."""
    return "".join(map(singular, _JOINT.split(fold(word))))


def singular(word: str) -> str:
    """Return a folded English word without the ending of the plural; only for comparing."""
    if len(word) > 3:
        if word.endswith("ies"):
            return f"{word[:-3]}y"
        if _SIBILANT.search(word):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
    return word


def _grams(run: Sequence[str], keys: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Yield each phrase of `run`: its key, its first word and the one after its last."""
    row = [keys.get(word) for word in run]
    for start, first in enumerate(row):
        if first is None:
            continue
        longest = _LONGEST_CJK if _IS_CJK.match(first) else _LONGEST
        key = ""
        for end, part in enumerate(row[start : start + longest], start + 1):
            if part is None:
                break
            key += part
            yield key, start, end


def _uses(texts: Texts, keys: Mapping[str, str], wanted: Container[str]) -> dict[str, _Uses]:
    """Return where the wanted phrases stand."""
    found: dict[str, _Uses] = {}
    for title, prose in texts:
        for run in (*title, *prose):
            for key, start, end in _grams(run, keys):
                if key in wanted:
                    if key not in found:
                        found[key] = _Uses(tuple(keys[word] for word in run[start:end]))
                    _add(found[key], run, start, end)
    return found


def _add(use: _Uses, run: Sequence[str], start: int, end: int) -> None:
    use.places += 1
    use.spelled[" ".join(run[start:end]).lower()] += 1
    after = run[end] if end < len(run) else ""
    use.closed += not after or not _is_content(after) or bool(_IS_CJK.match(after))
    before = run[start - 1].lower() if start else ""
    use.nouns += before in BEFORE_NOUNS
    use.verbs += before in BEFORE_VERBS or after.lower() in ARTICLES


def _is_noun(use: _Uses) -> bool:
    """Return whether it is a whole noun by its neighbours; what has none that tell passes."""
    return use.closed >= _CLOSED * use.places and use.verbs <= _VERBS * (
        use.verbs + use.nouns + _DOUBT
    )


def _cases(texts: Texts) -> dict[str, str]:
    """Return for each word in lower case how it is written within a sentence."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title, prose in texts:
        # A title whose words all have capitals tells only of acronyms, as does a first word.
        told = [run[1:] for run in (*filter(_is_sentence, title), *prose)]
        for word in chain.from_iterable(told):
            counts[word.lower()][word] += _WITHIN
        for word in chain.from_iterable((*title, *prose)):
            counts[word.lower()][word if word[1:] != word[1:].lower() else word.lower()] += 1
    return {word: _usual(word, forms) for word, forms in counts.items()}


def _usual(word: str, forms: Counter[str]) -> str:
    # Headings and names of systems capitalise many a plain word.
    if forms[word] >= _PLAIN * forms.total():
        return word
    return max(sorted(forms), key=forms.__getitem__)


def _is_sentence(run: Sequence[str]) -> bool:
    return any(word.islower() and word not in SMALL for word in run[1:])


def _phrase(use: _Uses, cases: Mapping[str, str], papers: tuple[int, ...], titles: int) -> Phrase:
    # Ties go to the shorter form, which is the singular.
    spelled = min(use.spelled, key=lambda form: (-use.spelled[form], len(form), form))
    words = spelled.split(" ")
    text = _CJK_GAP.sub("", " ".join(cases.get(word, word) for word in words))
    nameable = len(text) > 1 and _is_nameable(words)
    return Phrase(text, len(words), papers, titles, nameable)


def _is_nameable(words: Sequence[str]) -> bool:
    parts = [*map(singular, words)]
    if len(parts) == 1 and stem(fold(words[0])) in COMMONPLACES:
        return False
    return not GENERIC.issuperset(parts) and STOCK.isdisjoint((parts[0], parts[-1]))
