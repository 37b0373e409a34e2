"""Turn a record of a paper into what can be compared: words, names, year, venue."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from generator import identity
from generator.models import Facts
from generator.text import word_set, words

_ACCENT = re.compile(r"\\[^A-Za-z\s]")
_DRESS = re.compile(r"\\[A-Za-z]+\s*(?=\{)|\\(?:mathbf|mathcal|mathrm|mathbb|rm|bf|it|em|cal)\b")
_SIGNS = str.maketrans("", "", "${}^\\’'`´")
_GREEK = re.compile("[\u0370-\u03ff]")
_AFTER_HEAD = re.compile(r"\s*(?:[:?!(]| [-–—]+ |\. )")
_ENTITY = re.compile(r" ?(&#?\w+;) ?")
_INITIALS = re.compile("[^aeiou]{1,3}")
"""A given name that is a row of initials: `lvs lakshmanan`, but not `li`."""
_NO_PERSON = word_set("jr sr ii iii iv others et al")
_PREPRINT = re.compile(
    r"10\.(?:48550|2139|20944|21203|31234|31219|36227|26434|1101/(?:\d{4}\.|\d{6}$))"
)
"""DOIs of arXiv, SSRN, Preprints.org, Research Square, OSF, TechRxiv, ChemRxiv, bioRxiv."""
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A person as far as records agree on one."""

    last: str
    """The family name's last word, folded: `müller` and `muller` are one."""
    initials: str
    """First letters of the other names, sorted."""


@dataclass(frozen=True, slots=True, order=True)
class Profile:
    """What is compared of a record, prepared once."""

    title: tuple[str, ...]
    """Folded words, without LaTeX."""
    squeezed: str
    """The title's words without blanks."""
    head: tuple[str, ...]
    """Words before a colon, a bracket or another break; empty where there is none."""
    authors: tuple[Name, ...]
    crowd: str
    """The authors' names as one text: where a source cut a name, it is still in there."""
    year: int
    """0 where it is not known."""
    venue: tuple[str, ...]
    """Folded words; empty for a preprint, which has none."""


def profile(facts: Facts) -> Profile:
    """Return what is compared of `facts`."""
    title = plain(facts.title)
    head = _AFTER_HEAD.split(facts.title, maxsplit=1)
    published = facts.published or ""
    return Profile(
        title=title,
        squeezed="".join(title),
        head=plain(head[0]) if len(head) > 1 else (),
        authors=tuple(name for author in facts.authors if (name := _name(author))),
        crowd="".join(words(" ".join(facts.authors))),
        year=int(published[:4]) if _BARE_YEAR.fullmatch(published[:4]) else 0,
        venue=_venue(facts.venue),
    )


def plain(title: str) -> tuple[str, ...]:
    r"""Return the words of `title` without LaTeX, entities, case, accents and punctuation.

    Greek letters become their names: `$\alpha$`, `α` and `alpha` are one word.
    """
    text = _unescaped(title)
    if "\\" in text:
        text = _DRESS.sub("", _ACCENT.sub("", text))
    text = text.translate(_SIGNS)
    if not text.isascii():
        text = _GREEK.sub(lambda found: _greek(found[0]), text)
    return tuple(words(text))


def _unescaped(text: str) -> str:
    """Return `text` with entities as letters; blanks that a tokenizer put around them go."""
    if "&" not in text:
        return text
    return html.unescape(_ENTITY.sub(lambda found: _joined(found[0], found[1]), text))


def _joined(found: str, entity: str) -> str:
    letter = html.unescape(entity)
    if not letter.isalpha():
        return found
    return f" {letter}" if letter.isupper() and found.startswith(" ") else letter


def _greek(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" WITH ")[0]
    return name.rpartition(" ")[2].lower() if " LETTER " in name else letter


@lru_cache(maxsize=4096)
def _name(author: str) -> Name | None:
    """Return the person behind `Family, Given` or `Given Family`, None for `et al.`."""
    last, comma, first = _unescaped(author).partition(",")
    whole = f"{first} {last}" if comma else last
    parts = [part for part in words(whole.translate(_SIGNS)) if part not in _NO_PERSON]
    if not parts:
        return None
    given = (part if _INITIALS.fullmatch(part) else part[0] for part in parts[:-1])
    return Name(parts[-1], "".join(sorted(set("".join(given)))))


def _venue(venue: str | None) -> tuple[str, ...]:
    found = tuple(words(venue)) if venue else ()
    return () if {"arxiv", "corr", "preprint", "biorxiv", "medrxiv"} & {*found} else found


def arxiv_of(facts: Facts) -> str | None:
    """Return the arXiv id, also where only arXiv's own DOI tells it."""
    if facts.arxiv or not facts.doi or not facts.doi.startswith("10.48550/arxiv."):
        return facts.arxiv
    found = identity.arxiv_id(facts.doi.removeprefix("10.48550/arxiv."))
    return found[0] if found else None


def is_preprint(doi: str) -> bool:
    """Return whether a DOI is a preprint server's: the venue gives the paper another one."""
    return bool(_PREPRINT.match(doi))
