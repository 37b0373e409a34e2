"""A page before it is rendered: its address, its head and the values of its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator import addresses


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page offers."""

    title: str
    """Plain text."""
    href: str
    """Site path without suffix."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from the home page to a page."""

    label: str
    uri: str
    ink: int | None = None
    """The topic's slot where the step is a topic."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    uri: str
    """Site path."""
    kind: str
    """What the theme dresses it as: home, topics, topic, digests, digest, paper, search, saved,
    feeds, trends, status, authors, author."""
    title: str
    """Plain text, also the heading."""
    description: str
    """Plain text in one line."""
    origin: str
    """What it was made from, for messages."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What its template prints."""
    template: str = ""
    """Name under `pages/`; empty where it is the kind's."""
    trail: tuple[Step, ...] = ()
    """The way to it, without the home page."""
    ink: int | None = None
    """Slot of the palette, 1 to 18, of a page that belongs to a topic."""
    feeds: tuple[FeedLink, ...] = ()
    filter: bool = False
    """Whether its list can be filtered by script."""
    later: str = ""
    """One of the values, which changes with nearly every digest: its partial, of the same name,
    goes where the template prints `later`. Empty where there is none."""
    redirect: str | None = None
    """Site path of the page that took its place."""
    tags: tuple[tuple[str, str], ...] = ()
    """Meta tags of the paper that it is about, each name with its plain text."""
    thing: Mapping[str, object] | None = None
    """The paper that it is about, in the words of schema.org."""
    listed: tuple[str, ...] = ()
    """Site paths of the papers that it lists, in its order."""
    changed: str | None = None
    """Day of the newest digest that changed what it shows; None where no dated one did."""


TOPICS = Step("Topics", addresses.TOPICS)
AUTHORS = Step("Authors", addresses.AUTHORS)
DIGESTS = Step("Digests", addresses.DIGESTS)
