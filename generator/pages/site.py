"""Make the pages of the whole collection: home, search, saved papers; the redirects."""

from __future__ import annotations

from collections.abc import Iterator

from generator import addresses, maths
from generator.pages.digests import row
from generator.pages.page import Page
from generator.pages.topics import Item, cards
from generator.pages.views import Overview, beside_title, counted

_CONTENTS = 6
"""Papers of the latest digest on the home page."""
_RISING, _FEWEST_RISING = 6, 3
"""Rising words on the home page."""
_EARLIER = 6
"""Earlier digests on the home page."""


# Letters of the display face that fit the column of the name at its two larger sizes.
_LONGEST_OF_USUAL, _LONGEST_OF_LONG = 8, 12


def home(overview: Overview) -> Page:
    """Return the home page."""
    catalog, settings = overview.catalog, overview.settings
    values = {
        "sentence": settings.site_description or _sentence(overview),
        "papers": counted(len(catalog.papers), "paper"),
        "name_size": _name_size(settings.site_name),
        "cards": cards(overview),
        "years": overview.years,
        "earlier": [row(overview, digest) for digest in catalog.digests[1 : 1 + _EARLIER]],
        "feed": addresses.ALL_FEED,
        "rising": _rising(overview),
        **_latest(overview),
    }
    return Page(
        uri=addresses.HOME,
        kind="home",
        title=settings.site_name,
        description=settings.site_description or _sentence(overview),
        origin="the home page",
        values=values,
        changed=overview.latest_day,
    )


def _name_size(name: str) -> str:
    """Return the class that lets the longest word of the site's name stay in one line."""
    longest = max(map(len, name.split()), default=0)
    if longest > _LONGEST_OF_LONG:
        return " op-name--longer"
    return " op-name--long" if longest > _LONGEST_OF_USUAL else ""


def search(overview: Overview) -> Page:
    """Return the search page, which its script fills."""
    return Page(
        uri=addresses.SEARCH,
        kind="search",
        title="Search",
        description=f"Search {counted(len(overview.catalog.papers), 'paper')} "
        f"of {overview.settings.site_name}.",
        origin="the search page",
        values={
            "papers": counted(len(overview.catalog.papers), "paper"),
            "cards": cards(overview),
            "years": overview.years,
        },
    )


def saved(overview: Overview) -> Page:
    """Return the page of the reader's own list, which its script fills."""
    digests = overview.catalog.digests
    return Page(
        uri=addresses.SAVED,
        kind="saved",
        title="Saved papers",
        description="Your reading list and your notes, kept in your browser and nowhere else.",
        origin="the page of saved papers",
        values={"latest": addresses.digest(digests[0].slug) if digests else None},
    )


def redirects(overview: Overview) -> Iterator[Page]:
    """Yield a page for each address given up whose paper is still known, by address."""
    catalog = overview.catalog
    for old in sorted(catalog.redirects):
        new = _last(old, overview)
        if new is None or old in catalog.by_slug:
            continue
        title = maths.plain(catalog.by_slug[new].facts.title)
        yield Page(
            uri=addresses.paper(old),
            kind="paper",
            template="redirect",
            title=title,
            description="This paper’s page has a new address.",
            origin=f"the redirect from {old} to {new} (papers.lock)",
            values={"entry": overview.entries[new]},
            redirect=addresses.paper(new),
        )


def _last(old: str, overview: Overview) -> str | None:
    """Follow redirects from `old` to a paper; None where they end nowhere or in a circle."""
    seen = {old}
    new = overview.catalog.redirects[old]
    while new not in overview.catalog.by_slug:
        if new in seen or new not in overview.catalog.redirects:
            return None
        seen.add(new)
        new = overview.catalog.redirects[new]
    return new


def _sentence(overview: Overview) -> str:
    catalog = overview.catalog
    chosen = f"{counted(len(catalog.papers), 'research paper')} from "
    chosen += counted(len(catalog.digests), "digest")
    if not catalog.topics:
        return f"{chosen}."
    return f"{chosen}, sorted into {counted(len(catalog.topics), 'topic')}."


def _rising(overview: Overview) -> list[tuple[str, str]]:
    """Return some rising words, each with its search; none where there are too few to tell."""
    words = [(word.text, addresses.search_for(word.text)) for word in overview.rising[:_RISING]]
    return words if len(words) >= _FEWEST_RISING else []


def _latest(overview: Overview) -> dict[str, object]:
    """Return the latest digest's row, curator and first papers; None where there is no digest."""
    if not overview.catalog.digests:
        return {"latest": None}
    digest = overview.catalog.digests[0]
    papers = overview.catalog.in_digest[digest.slug]
    shown = enumerate(papers[:_CONTENTS], 1)
    return {
        "newest": overview.latest_day,
        "stale_after": overview.settings.stale_after,
        "latest": row(overview, digest),
        "latest_when": beside_title(digest),
        "curator": digest.curator,
        "contents": [Item(overview.entries[paper.slug], number) for number, paper in shown],
        "more": counted(len(papers), "paper") if len(papers) > _CONTENTS else None,
    }
