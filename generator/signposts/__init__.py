"""Turn the catalogue into the notes that programs look for at a site's root and beside its data.

`robots.txt` points to the map of the site, which the theme makes of all its pages; `llms.txt` says
in Markdown what there is; the schemas say what each field of the data means.
"""

from __future__ import annotations

from generator import addresses
from generator.models import Catalog, OutputFile
from generator.settings import Settings
from generator.signposts import schemas
from generator.signposts.overview import overview


def files(catalog: Catalog, settings: Settings) -> tuple[OutputFile, ...]:
    """Return robots.txt, llms.txt and the schemas of the data."""
    paper = schemas.written(schemas.paper(settings.site_url + addresses.PAPERS_SCHEMA))
    build = schemas.written(schemas.build(settings.site_url + addresses.BUILD_SCHEMA))
    return (
        OutputFile("robots.txt", _robots(settings).encode(), "the note to search engines"),
        OutputFile("llms.txt", overview(catalog, settings).encode(), "the note to programs"),
        OutputFile(addresses.PAPERS_SCHEMA, paper.encode(), "the form of the list of papers"),
        OutputFile(addresses.BUILD_SCHEMA, build.encode(), "the form of the account of the build"),
    )


def _robots(settings: Settings) -> str:
    """Return robots.txt: everything may be read, and here is the map."""
    return f"User-agent: *\nAllow: /\nSitemap: {settings.site_url}sitemap.xml\n"
