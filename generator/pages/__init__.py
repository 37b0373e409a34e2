"""Turn the catalogue into the site's pages: Markdown files of front matter and HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import chain

import frontmatter
from jinja2 import Environment

from generator import addresses, templating
from generator.models import Catalog, OutputFile
from generator.pages import authors, digests, feeds, metadata, papers, site, topics, trends
from generator.pages.page import Page
from generator.pages.views import Overview
from generator.settings import Settings
from generator.text import escape

# Wider than any title: a folded line would be two lines of front matter.
_ONE_LINE = 1_000_000
_CHOSEN_FROM = 60
"""Papers up to which a list tells Zotero of each, about 450 bytes; compressed about 90."""


def pages(catalog: Catalog, settings: Settings, environment: Environment) -> tuple[OutputFile, ...]:
    """Return every page of the site, sorted by path. A faulty template raises TemplateFault."""
    return rendered(Overview(catalog, settings), environment)


def rendered(overview: Overview, environment: Environment) -> tuple[OutputFile, ...]:
    """Return the same of an overview that others use too."""
    told = cache(lambda slug: metadata.context_object(overview.citations[slug]))
    files = (_file(page, overview.settings, environment, told) for page in _all(overview))
    return tuple(sorted(files, key=lambda file: file.path))


def _all(overview: Overview) -> Iterator[Page]:
    return chain(
        (site.home(overview), topics.topic_index(overview), digests.archive(overview)),
        (site.search(overview), site.saved(overview), feeds.page(overview)),
        (trends.trends(overview),),
        topics.pages(overview),
        digests.pages(overview),
        papers.pages(overview),
        authors.pages(overview),
        site.redirects(overview),
    )


def _file(
    page: Page, settings: Settings, environment: Environment, told: Callable[[str], str]
) -> OutputFile:
    """Return `page` rendered; `told` gives the COinS of a paper by its slug."""
    values = {
        "page": page,
        "title": page.title,
        "ink": page.ink,
        "trail": page.trail,
        "site_name": settings.site_name,
        "subscribe": settings.subscribe,
        "link": partial(addresses.relative, page.uri),
        "at": addresses,
        "coins": told if 0 < len(page.listed) <= _CHOSEN_FROM else None,
        **page.values,
    }
    body = templating.render(environment, f"pages/{page.template or page.kind}.md.j2", values)
    post = frontmatter.Post(body)
    post.metadata.update(_head(page, settings))
    text = frontmatter.dumps(post, sort_keys=False, allow_unicode=True, width=_ONE_LINE)
    return OutputFile(addresses.document(page.uri), f"{text}\n".encode(), page.origin)


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
