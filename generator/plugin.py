"""The door for MkDocs: `mkdocs build` and `mkdocs serve` make the same site as `offprint build`."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from generator import (
    addresses,
    dates,
    formats,
    origin,
    pipeline,
    settings,
    sources,
    templating,
    writer,
)
from generator.corrections import CORRECTIONS
from generator.models import Catalog, Site
from generator.problems import Problem, Severity
from generator.progress import Tell, silent
from generator.topics import topicfile

_LOG = get_plugin_logger("offprint")
_FILES = (topicfile.TOPICS, CORRECTIONS, formats.NAME)
_NAV = [
    "index.md",
    "topics/index.md",
    "digests/index.md",
    "trends.md",
    "search.md",
    "saved.md",
    "feeds/index.md",
    "status.md",
]
_TOGGLE = re.compile(r'(<input class="md-toggle" data-md-toggle="(\w+)"[^>]*) autocomplete="off"')


class OffprintPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Write the generated pages into docs/ before MkDocs looks there."""

    config_scheme = tuple(
        (name, options.Optional(options.Type(object))) for name in settings.option_names()
    )
    """Names only: `generator.settings` says what they mean, and checks them."""

    site: Site | None = None
    """Set by `offprint build`, which has assembled and written it already."""

    tell: Tell = staticmethod(silent)
    """Set by `offprint build`: hears how many pages are done."""

    _previewed = False
    _form_origin = ""
    """Host that the subscribe box posts to; empty where there is no box."""
    _pages = 0
    _done = 0

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Live through several builds of `mkdocs serve`, and know the command."""
        self._previewed = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put the theme in front of Material's, the collection's own before both."""
        own = Path(config.config_file_path).parent / pipeline.TEMPLATES / "theme"
        for folder in (templating.folder() / "theme", own):
            if folder.is_dir() and str(folder) not in config.theme.dirs:
                config.theme.dirs.insert(0, str(folder))
        found, problems = settings.load(Path(config.config_file_path).parent)
        if found is None:
            raise PluginError("\n".join(map(str, problems)))
        config.site_url = config.site_url or found.site_url
        self._form_origin = found.subscribe.origin if found.subscribe else ""
        if config.nav is None:
            # MkDocs' own would list every paper on every page.
            config.nav = list(_NAV)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Assemble the site and write docs/, unless that was done."""
        site = self.site or _assembled(Path(config.config_file_path).parent, Path(config.docs_dir))
        # The live preview of MkDocs needs an inline script, which no published page may run.
        edge = {"preview": self._previewed, "form_origin": self._form_origin}
        config.extra["offprint"] = _facts(site) | edge
        os.environ["SOURCE_DATE_EPOCH"] = str(_newest(site.catalog))

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Give MkDocs the files that are no pages, which it would read from the disk again."""
        for made in self.site.files if self.site else ():
            if not made.path.endswith(".md") and (file := files.get_file_from_path(made.path)):
                file.content_bytes = made.content
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Count the pages, which MkDocs reads now."""
        self._pages, self._done = len(files.documentation_pages()), 0
        self.tell("reading pages")
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tell that MkDocs copies the other files now."""
        self.tell("copying files")
        return env

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Spare a page that is one block of HTML the way through Markdown, which changes nothing.

        Parsing it took half of the time of a build of thousands of papers.
        """
        if page.meta.get("page") and _is_html(markdown):
            page.render = partial(_take_over, page)  # type: ignore[method-assign]
        return markdown

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Name the checkboxes of Material's base template, and let them complete nothing."""
        self._done += 1
        self.tell("dressing pages", self._done, self._pages)
        return _TOGGLE.sub(r'\1 aria-label="\2"', output)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Follow the digests, the topics, the corrections and the templates."""
        root = Path(config.config_file_path).parent
        for name in (sources.DIGESTS, *_FILES, pipeline.TEMPLATES):
            if (root / name).exists():
                server.watch(str(root / name))
        return server


def _assembled(root: Path, docs: Path) -> Site:
    """Return the site of the collection at `root`, its files written into `docs`."""
    try:
        collection = replace(pipeline.collect(root), commit=origin.of(root))
        site = pipeline.assemble(collection)
    except pipeline.Unusable as reason:
        raise PluginError("\n".join(map(str, reason.problems))) from reason
    written = writer.write(docs, site.files)
    if any(problem.severity is Severity.ERROR for problem in written.problems):
        raise PluginError("\n".join(map(str, written.problems)))
    for problem in (*site.problems, *written.problems):
        _tell(problem)
    writer.remember(root, site.lock)
    return site


def _is_html(text: str) -> bool:
    """Tell whether Markdown would leave `text` as it is: blocks of HTML without an empty line."""
    text = text.strip()
    return text.startswith("<div") and text.endswith("</div>") and "\n\n" not in text


def _take_over(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Do for `page` what rendering does; links and anchors are checked in the finished site."""
    page.content = (page.markdown or "").strip()
    page.toc = TableOfContents([])


def _tell(problem: Problem) -> None:
    """Log a problem: what MkDocs' --strict should stop on is a warning there."""
    log = _LOG.info if problem.severity is Severity.NOTE else _LOG.warning
    log("%s", problem)


def _newest(catalog: Catalog) -> int:
    """Return the newest digest's day in seconds since 1970: the site's date, never the clock's."""
    day = max((digest.date for digest in catalog.digests if digest.date), default="2000-01-01")
    return int(datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp())


def _facts(site: Site) -> dict[str, object]:
    """Return what the theme says of the collection on every page."""
    catalog = site.catalog
    days = [digest.date for digest in catalog.digests if digest.date]
    return {
        "papers": len(catalog.papers),
        "digests": len(catalog.digests),
        "topics": len(catalog.topics),
        "last_digest": dates.readable(max(days)) if days else "",
        "newest": max(days, default=""),
        "feed": addresses.ALL_FEED,
        "authors": any(file.path == addresses.document(addresses.AUTHORS) for file in site.files),
        "index": [
            {
                "name": topic.name,
                "uri": addresses.topic(topic.slug),
                "ink": topic.color,
                "count": len(catalog.in_topic[topic.slug]),
            }
            for topic in catalog.topics
        ],
    }
