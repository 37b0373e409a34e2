"""Turn the catalogue into the site's pages: Markdown files of front matter and HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import chain

import frontmatter
from jinja2 import Environment
from markupsafe import Markup

from generator import addresses, templating
from generator.exports.builds import Build
from generator.memory import Memory
from generator.models import Catalog, OutputFile
from generator.pages import authors, digests, feeds, metadata, papers, site, status, topics, trends
from generator.pages.page import Page
from generator.pages.views import Overview
from generator.progress import Tell, silent
from generator.settings import Settings
from generator.text import escape

# Wider than any title: a folded line would be two lines of front matter.
_ONE_LINE = 1_000_000
_CHOSEN_FROM = 60
"""Papers up to which a list tells Zotero of each, about 450 bytes; compressed about 90."""
# No text from outside looks like it: there `<` is escaped.
_LATER = Markup("<!--later-->")


def pages(catalog: Catalog, settings: Settings, environment: Environment) -> tuple[OutputFile, ...]:
    """Return every page of the site, sorted by path. A faulty template raises TemplateFault."""
    return rendered(Overview(catalog, settings), environment, Build())


def rendered(
    overview: Overview,
    environment: Environment,
    build: Build,
    memory: Memory | None = None,
    tell: Tell = silent,
) -> tuple[OutputFile, ...]:
    """Return the same of an overview that others use too, and of what the site is built from.

    Pages of papers that `memory` knows are not rendered again.
    """
    told = cache(lambda slug: metadata.context_object(overview.citations[slug]))
    draw: Callable[[Page], str] = partial(
        _text, settings=overview.settings, env=environment, told=told
    )
    if memory:
        same = f"{templating.fingerprint(environment)} {overview.settings!r}"
        draw = partial(_remembered, memory, same, draw)
    files = []
    for number, page in enumerate(_all(overview, build)):
        tell("pages", number)
        content = _whole(page, draw, environment).encode()
        files.append(OutputFile(addresses.document(page.uri), content, page.origin))
    return tuple(sorted(files, key=lambda file: file.path))


def _whole(page: Page, draw: Callable[[Page], str], environment: Environment) -> str:
    """Return the file of `page`, drawn without what comes later, and that put in."""
    if not page.later:
        return draw(page)
    rest = {name: value for name, value in page.values.items() if name != page.later}
    values = {**_common(page), **page.values}
    section = templating.render(environment, f"partials/{page.later}.md.j2", values)
    text = draw(replace(page, values=rest))
    # In one piece with its line: a page of HTML must not have an empty one.
    return text.replace(f"{_LATER}\n", section)


def _remembered(memory: Memory, same: str, draw: Callable[[Page], str], page: Page) -> str:
    # Of papers there are most. What they show is all in the page, and says itself what it is.
    if page.kind != "paper":
        return draw(page)
    return memory.recall(f"page {same} {page!r}", partial(draw, page))


def _all(overview: Overview, build: Build) -> Iterator[Page]:
    return chain(
        (site.home(overview), topics.topic_index(overview), digests.archive(overview)),
        (site.search(overview), site.saved(overview), feeds.page(overview)),
        (trends.trends(overview), status.status(overview, build)),
        topics.pages(overview),
        digests.pages(overview),
        papers.pages(overview),
        authors.pages(overview),
        site.redirects(overview),
    )


def _text(page: Page, settings: Settings, env: Environment, told: Callable[[str], str]) -> str:
    """Return the file of `page`: front matter and one block of HTML.

    `told` gives the COinS of a paper by its slug.
    """
    values = {
        "page": page,
        "title": page.title,
        "ink": page.ink,
        "trail": page.trail,
        "site_name": settings.site_name,
        "subscribe": settings.subscribe,
        "coins": told if 0 < len(page.listed) <= _CHOSEN_FROM else None,
        "later": _LATER,
        **_common(page),
        **page.values,
    }
    body = templating.render(env, f"pages/{page.template or page.kind}.md.j2", values)
    post = frontmatter.Post(body)
    post.metadata.update(_head(page, settings))
    text = frontmatter.dumps(post, sort_keys=False, allow_unicode=True, width=_ONE_LINE)
    return f"{text}\n"


def _common(page: Page) -> dict[str, object]:
    """Return what templates and partials of `page` need to link."""
    return {"link": partial(addresses.relative, page.uri), "at": addresses}


def _head(page: Page, settings: Settings) -> dict[str, object]:
    """Return the front matter. The theme prints its texts raw: they are escaped here."""
    head: dict[str, object] = {
        "title": escape(page.title),
        "description": escape(page.description),
        "page": page.kind,
    }
    if page.ink:
        head["ink"] = page.ink
    if page.feeds:
        head["feeds"] = [{"title": escape(feed.title), "href": feed.href} for feed in page.feeds]
    if page.filter:
        head["filter"] = True
    if page.redirect is not None:
        head["redirect"] = page.redirect
    elif told := metadata.head(page, settings):
        head["metadata"] = told
    if page.changed:
        head["changed"] = page.changed
    return head
