"""Tell programs what a page is about: Highwire's meta tags, COinS, and JSON-LD of schema.org.

Google Scholar and Zotero read the tags of a paper's page, Zotero the COinS of a list, search
engines the JSON-LD. The papers are other people's: their addresses are those of their sources, only
the page is our own. What is not known is left out.

Sources: https://scholar.google.com/intl/en/scholar/inclusion.html, https://schema.org, and what
Zotero's translator "Embedded Metadata" takes from a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit

from generator import addresses
from generator.exports.citations import Citation
from generator.exports.kinds import in_repository
from generator.pages.page import Page, Step
from generator.pages.views import links, web_address
from generator.settings import Settings
from generator.text import escape

_CONTEXT = {"@context": "https://schema.org"}
_CONTEXT_OBJECT = (("ctx_ver", "Z39.88-2004"), ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"))
# Each other sign would be encoded twice, for the address and for HTML.
_PLAIN = "/:;,!?()@*"
_PREPRINT = "preprint"
_PDF = re.compile(r"(?:^|/)pdf(?:/|$)|\.pdf$", re.IGNORECASE)
_VENUE_TAGS = {
    "article": "citation_journal_title",
    "inproceedings": "citation_conference_title",
    **dict.fromkeys(("incollection", "inbook"), "citation_inbook_title"),
    **dict.fromkeys(("phdthesis", "mastersthesis"), "citation_dissertation_institution"),
    "techreport": "citation_technical_report_institution",
}
_ZOTERO_TYPES = {
    "article": "journalArticle",
    "inproceedings": "conferencePaper",
    **dict.fromkeys(("incollection", "inbook"), "bookSection"),
    "book": "book",
    **dict.fromkeys(("phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("techreport", "manual"), "report"),
    "unpublished": "manuscript",
    "online": "webpage",
    "dataset": "dataset",
    "software": "computerProgram",
}
"""Zotero's types of items; of the others arXiv's are a `preprint`, the rest a `document`."""
_SCHEMA_TYPES = {
    **dict.fromkeys(("incollection", "inbook"), "Chapter"),
    "book": "Book",
    **dict.fromkeys(("phdthesis", "mastersthesis"), "Thesis"),
    **dict.fromkeys(("techreport", "manual"), "Report"),
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
}
_INSTITUTIONS = frozenset({"phdthesis", "mastersthesis", "techreport"})
"""Kinds whose venue is who published them, not what they stand in."""


def tags(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Return the meta tags of a paper, each name with its plain text, title and names as written.

    `DC.type` is Zotero's type of item: it has no other way to know a preprint.
    """
    facts = citation.paper.facts
    source = _source(citation)
    keeper = "arXiv" if _zotero_type(citation) == _PREPRINT else None
    said = [
        ("citation_title", facts.title),
        *(("citation_author", name) for name in facts.authors),
        ("citation_publication_date", (facts.published or "").replace("-", "/")),
        (_VENUE_TAGS.get(citation.kind, ""), facts.venue),
        ("citation_publisher", keeper),
        ("citation_doi", facts.doi),
        ("citation_arxiv_id", facts.arxiv),
        ("citation_pdf_url", _pdf(citation)),
        ("citation_abstract_html_url", source),
        ("citation_public_url", source),
        *(("citation_keywords", word) for word in facts.keywords),
        ("citation_abstract", facts.abstract),
        ("DC.type", _zotero_type(citation)),
    ]
    return tuple((name, text) for name, text in said if name and text)


def context_object(citation: Citation) -> str:
    """Return a paper of a list as COinS: what the title of an empty `span.Z3988` holds.

    Zotero offers the papers of such a list to choose from.
    """
    facts = citation.paper.facts
    said = [
        *_CONTEXT_OBJECT,
        ("rft.title", facts.title),
        *(("rft.creator", name) for name in facts.authors),
        ("rft.date", facts.published),
        ("rft.source", facts.venue if citation.kind in _VENUE_TAGS else None),
        ("rft_id", facts.doi and f"info:doi/{facts.doi}"),
        ("rft_id", _source(citation)),
        # Last: what Zotero takes for the title depends on the type that it knows by then.
        ("rft.type", _zotero_type(citation)),
    ]
    return urlencode([(name, text) for name, text in said if text], safe=_PLAIN)


def article(citation: Citation) -> dict[str, object]:
    """Return the paper as schema.org describes it, without its abstract, which the page shows."""
    facts = citation.paper.facts
    published_by = citation.kind in _INSTITUTIONS
    periodical = "Periodical" if citation.kind == "article" else "CreativeWork"
    whole = facts.venue and not published_by and not in_repository(facts)
    ids = (("arXiv", facts.arxiv), ("DOI", facts.doi))
    source = citation.address if web_address(citation.address) else None
    pdf = _pdf(citation)
    others = [link.href for link in links(citation.paper) if link.kind in {"arxiv", "doi", "hf"}]
    said = {
        "@type": _SCHEMA_TYPES.get(citation.kind, "ScholarlyArticle"),
        "headline": facts.title,
        "author": [
            {"@type": "Organization" if one.body else "Person", "name": name}
            for one, name in zip(citation.authors, facts.authors, strict=True)
        ],
        "datePublished": facts.published,
        "version": facts.version,
        "isPartOf": {"@type": periodical, "name": facts.venue} if whole else None,
        "sourceOrganization": {"@type": "Organization", "name": facts.venue}
        if facts.venue and published_by
        else None,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in ids
            if value
        ],
        "url": source,
        "sameAs": [address for address in dict.fromkeys(others) if address != source],
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf}
        if pdf
        else None,
        "keywords": list(facts.keywords),
    }
    return {name: value for name, value in said.items() if value}


def head(page: Page, settings: Settings) -> str:
    """Return what stands in the head of `page` for programs, as HTML in one line; may be empty."""
    said = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in page.tags)
    thing = _thing(page, settings)
    return said + _script(_CONTEXT | thing) if thing else said


def _zotero_type(citation: Citation) -> str:
    other = _PREPRINT if citation.paper.facts.arxiv else "document"
    return _ZOTERO_TYPES.get(citation.kind, other)


def _pdf(citation: Citation) -> str | None:
    """Return the address of the paper as PDF at its source."""
    found = next((link.href for link in links(citation.paper) if link.kind == "pdf"), None)
    return found if found and _PDF.search(urlsplit(found).path) else None


def _source(citation: Citation) -> str | None:
    """Return the page of the paper at its source; a PDF is no page."""
    address = web_address(citation.address)
    return None if not address or _PDF.search(urlsplit(address).path) else address


def _thing(page: Page, settings: Settings) -> dict[str, object]:
    """Return what `page` is, or is about; empty where there is nothing to tell."""
    if page.kind == "home":
        return _home(page, settings)
    site = {"@type": "WebSite", "name": settings.site_name, "url": settings.site_url}
    own = {
        "url": settings.site_url + page.uri,
        "dateModified": page.changed,
        "isPartOf": site,
        "breadcrumb": _way(page, settings),
    }
    own = {name: value for name, value in own.items() if value}
    if page.thing:
        return {**page.thing, "mainEntityOfPage": {"@type": "WebPage", **own}}
    if page.listed:
        said = {"@type": "CollectionPage", "name": page.title, "description": page.description}
        return {**said, **own, "mainEntity": _list(page.listed, settings.site_url)}
    return {}


def _home(page: Page, settings: Settings) -> dict[str, object]:
    search = f"{settings.site_url}{addresses.SEARCH}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "name": settings.site_name,
        "description": page.description,
        "url": settings.site_url,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def _way(page: Page, settings: Settings) -> dict[str, object]:
    """Return the way to `page` from the home page, the page itself included."""
    home = Step(settings.site_name, addresses.HOME)
    steps = (home, *page.trail, Step(page.title, page.uri))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": step.label,
                "item": settings.site_url + step.uri,
            }
            for place, step in enumerate(steps, 1)
        ],
    }


def _list(listed: Sequence[str], site_url: str) -> dict[str, object]:
    return {
        "@type": "ItemList",
        "numberOfItems": len(listed),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "url": site_url + uri}
            for place, uri in enumerate(listed, 1)
        ],
    }


def _script(thing: Mapping[str, object]) -> str:
    """Return a block of data, which no browser runs. No text can end it, or open a comment."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f'<script type="application/ld+json">{text}</script>'
