"""Make the pages of authors: the index by family name, and each author's papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator import addresses
from generator.authors import Author, Companion
from generator.exports.bundles import author_forms
from generator.pages.digests import shares
from generator.pages.page import AUTHORS, FeedLink, Page
from generator.pages.topics import Item, by_day
from generator.pages.views import Overview, counted, last_change, list_files
from generator.words import fold

_WHOLE = 32
"""Papers that a page shows as entries of about 1.8 kB; of more it shows _ENTRIES."""
_ENTRIES = 24
_BESIDE = 12
"""Co-authors in the margin."""
_INDEXED = 2000
"""Authors in the index, about 110 bytes each. Of more, those with fewest papers are left out."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_OTHER = "Other scripts"


@dataclass(frozen=True, slots=True)
class Row:
    """An author in the index, the name cut around the word that it is listed under."""

    before: str
    family: str
    after: str
    uri: str
    count: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The authors whose family names begin alike."""

    name: str
    place: str
    """Anchor on the page."""
    rows: tuple[Row, ...]


def pages(overview: Overview) -> Iterator[Page]:
    """Yield the index and a page for each author with several papers; nothing where none has."""
    if overview.people.known:
        yield _index(overview)
    for author in overview.people.known:
        yield _page(overview, author)


def _index(overview: Overview) -> Page:
    known = overview.people.known
    fewest = _fewest(known)
    listed = [author for author in known if len(author.papers) >= fewest]
    return Page(
        uri=addresses.AUTHORS,
        kind="authors",
        title="Authors",
        description=f"{counted(len(known), 'author')} with several papers in "
        f"{overview.settings.site_name}, by family name.",
        origin="the index of authors",
        values={
            "count": len(known),
            "letters": _letters(listed),
            "fewest": fewest,
            "whole": len(listed) == len(known),
        },
        changed=overview.latest_day,
    )


def _fewest(known: Iterable[Author]) -> int:
    """Return how many papers an author must have to stand in an index that one can load."""
    numbers = sorted((len(author.papers) for author in known), reverse=True)
    few = numbers[-1] if len(numbers) <= _INDEXED else numbers[_INDEXED] + 1
    # Where nearly all have equally many, no line can be drawn.
    return few if few <= numbers[0] else numbers[-1]


def _letters(authors: Iterable[Author]) -> list[Letter]:
    return [
        Letter(letter, f"letter-{letter.split()[0].lower()}", tuple(map(_row, group)))
        for letter, group in groupby(authors, key=_letter)
    ]


def _letter(author: Author) -> str:
    """Return the letter of the index; names in other scripts stand after Z, as they are sorted."""
    first = author.family[:1]
    return first.upper() if first in _ALPHABET else _OTHER


def _row(author: Author) -> Row:
    words = author.name.split()
    places = [place for place, word in enumerate(words) if author.family in fold(word)]
    place = places[-1] if places else len(words) - 1
    before = "".join(f"{word} " for word in words[:place])
    after = "".join(f" {word}" for word in words[place + 1 :])
    return Row(before, words[place], after, addresses.author(author.slug), len(author.papers))


def _page(overview: Overview, author: Author) -> Page:
    papers = author.papers
    shown = papers if len(papers) <= _WHOLE else papers[:_ENTRIES]
    rest = enumerate(papers[len(shown) :], len(shown) + 1)
    beside = overview.people.companions(author)
    values = {
        "count": len(papers),
        "years": _years(author),
        "lists": by_day(overview, shown),
        "rest": [Item(overview.entries[paper.slug], number) for number, paper in rest],
        "shares": shares(overview, papers),
        "take": list_files(
            addresses.data("authors", author.slug), author_forms(len(overview.people.known))
        ),
        "beside": beside[:_BESIDE],
        "others": len(beside) - _BESIDE,
        "feed": addresses.author_feed(author.slug),
    }
    return Page(
        uri=addresses.author(author.slug),
        kind="author",
        title=author.name,
        description=_description(author, beside),
        origin=f"the author {author.name}",
        values=values,
        trail=(AUTHORS,),
        feeds=(FeedLink(author.name, addresses.author_feed(author.slug)),),
        listed=tuple(paper.uri for paper in papers),
        changed=last_change(papers),
    )


def _years(author: Author) -> str | None:
    """Return the years in which the papers appeared, as far as they are known."""
    years = sorted({paper.year for paper in author.papers if paper.year})
    return " to ".join(dict.fromkeys((years[0], years[-1]))) if years else None


def _description(author: Author, beside: list[Companion]) -> str:
    written = f"{counted(len(author.papers), 'paper')} by {author.name}"
    names = ", ".join(companion.name for companion in beside[:3])
    return f"{written}, with {names}." if names else f"{written}."
