"""Make facts of a headline, and of brackets beside it: `(Ada Example, 2024)`, `[CVPR 2023]`."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.models import Facts
from generator.readers.facts import names
from generator.readers.headline import Headline
from generator.readers.linked import with_links

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(
    r"((?:19|20)\d\d)(?:[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
_ENCLOSED = re.compile(r"\(([^()]{1,400})\)[\s:;,.–—-]*")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,5}")
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "van"}
    | {"von", "zu"}
)
_VENUE = re.compile(
    r"\b(?:advances|annals|award|best|blog|conference|findings|group|journal|labs?|letters"
    r"|magazine|nature|news|oral|poster|preprint|press|proc|proceedings|report|research|reviews?"
    r"|science|spotlight|survey|symposium|team|track|transactions|university|version|workshop)\b",
    re.IGNORECASE,
)
# Conferences are written in capitals, as no name is: ICML, NeurIPS, ECCV'24.
_CAPITALS = re.compile(r"[A-Z][a-z]*[A-Z]{2}|\barXiv\b|\b[A-Z]+[’']\d\d")
_LONGEST_VENUE = 80


def told(said: Headline) -> tuple[Facts, str]:
    """Return what a headline says of its paper, and the words that are the curator's own.

    Addresses in the words are left to the caller: the paper's own come first.
    """
    facts = with_links(Facts(title=said.title), said.links)
    words = said.words
    if said.credit:
        known = credited(facts, said.credit)
        facts, words = (known, words) if known else (facts, f"[{said.credit}] {words}".strip())
    facts, words = enclosed(facts, words)
    # The month that an arXiv id tells is more exact than a year.
    if facts.arxiv and facts.published and len(facts.published) == len("2024"):
        facts = replace(facts, published=None)
    return facts, words


def credited(facts: Facts, inside: str) -> Facts | None:
    """Return `facts` with the names, venue and year that `inside` brackets say.

    None where it is none of these for certain; known facts stay.
    """
    if day := _DAY.fullmatch(inside.strip()):
        return _published(facts, "-".join(part.zfill(2) for part in day.groups() if part))
    years = _YEAR.findall(inside)
    rest = _YEAR.sub("", inside).strip(" ,;:-–—")
    people = names(rest)
    if rest and people and all(map(_is_name, people)):
        facts = replace(facts, authors=facts.authors or people)
    elif years and rest and len(rest) <= _LONGEST_VENUE and _is_venue(rest):
        facts = replace(facts, venue=facts.venue or inside.strip())
    else:
        return None
    return _published(facts, years[-1]) if years else facts


def enclosed(facts: Facts, words: str) -> tuple[Facts, str]:
    """Return `facts` with what the brackets at the start of `words` say, and the words behind.

    Brackets that say something else stay words.
    """
    found = _ENCLOSED.match(words)
    told = credited(facts, found[1]) if found else None
    return (told, words[found.end() :]) if found and told else (facts, words)


def _published(facts: Facts, day: str) -> Facts:
    return replace(facts, published=facts.published or day)


def _is_venue(words: str) -> bool:
    return bool(_VENUE.search(words) or _CAPITALS.search(words))


def _is_name(words: str) -> bool:
    """Return whether `words` are a full name: capitals, initials and particles, no venue."""
    if not _NAME.fullmatch(words) or _is_venue(words):
        return False
    return all(part[0].isupper() or part in _PARTICLES for part in words.split(" "))
