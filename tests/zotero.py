"""Read a page as Zotero does, as far as it can concern ours, and return what it would save.

This retells the rules of Zotero's translators "Embedded Metadata" (as of June 2024), "RDF", to
which it hands Dublin Core and OpenGraph, and "COinS"; it is not their code, which is JavaScript
within Zotero. Field names are Zotero's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACES = frozenset(
    {"bib", "bibo", "dc", "dcterms", "prism", "foaf", "vcard", "link", "z", "eprint", "eprints"}
    | {"og", "article", "book", "music", "video", "so", "codemeta", "rdf"}
)
"""Prefixes of names that make a statement about the page."""
_TYPES = frozenset(
    {"journalArticle", "conferencePaper", "bookSection", "book", "thesis", "report", "manuscript"}
    | {"webpage", "preprint", "document", "dataset", "computerProgram"}
)
_SURE = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_inbook_title": "bookTitle",
    "citation_conference_title": "conferenceName",
    "citation_dissertation_institution": "university",
    "citation_technical_report_institution": "institution",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
}
_STATED = {
    "title": ("dc.title", "dcterms.title", "og.title"),
    "publicationTitle": ("prism.publicationName", "dc.source", "dcterms.source", "og.site_name"),
    "publisher": ("dc.publisher", "dcterms.publisher"),
    "date": ("og.published_time", "article.published_time", "dc.date", "dcterms.date"),
    "url": ("eprints.official_url", "og.url"),
    "abstractNote": ("eprints.abstract", "og.description", "dcterms.abstract", "so.description"),
    "section": ("article.section",),
}


@dataclass
class Item:
    """What Zotero would save."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str]] = field(default_factory=list)
    """First and last name; the first is empty for a name in one piece."""
    pdf: str | None = None


def item(page: str, address: str) -> Item | None:
    """Return what would be saved from `page` at `address`, None where no icon would appear."""
    tree = LexborHTMLParser(page)
    named = [
        (node.attributes.get("name") or node.attributes.get("property") or "", content)
        for node in tree.css("meta")
        if (content := node.attributes.get("content"))
    ]
    stated = _stated(named)
    names = [name for name, _ in named]
    if not stated and "citation_title" not in names:
        return None
    found = Item(_kind(stated, names))
    for name, sources in _STATED.items():
        if value := next((stated[source] for source in sources if source in stated), None):
            found.fields[name] = value
    # Only what stands in the head counts, and the first of a name.
    within = tree.css("html > head > meta[name]")
    for name, zotero_field in _FIELDS.items():
        if value := _first(within, name):
            found.fields[zotero_field] = " ".join(value.split())
    found.authors = _authors([value for name, value in named if name == "citation_author"])
    found.pdf = _first(within, "citation_pdf_url")
    _complete(found, tree, within, address)
    return found


def chosen_from(page: str) -> list[Item]:
    """Return the items that a list offers to choose from, by its COinS."""
    titles = [node.attributes["title"] for node in LexborHTMLParser(page).css("span.Z3988[title]")]
    return [_context_object(title or "") for title in titles]


def _stated(named: list[tuple[str, str]]) -> dict[str, str]:
    """Return the first value of each statement, e.g. `og.title`."""
    found: dict[str, str] = {}
    for names, value in named:
        for name in names.split():
            parts = re.split("[.:_]", name)
            inner = len(parts) > 2 and parts[1].lower() in _SPACES
            prefix = parts[1].lower() if inner else parts[0].lower()
            rest = name[len(parts[0]) + (len(parts[1]) + 1 if inner else 0) + 1 :]
            if prefix in _SPACES and rest:
                found.setdefault(f"{prefix}.{rest[0].lower()}{rest[1:]}", value)
    return found


def _kind(stated: dict[str, str], names: list[str]) -> str:
    sure = [_SURE[name] for name in names if name in _SURE]
    if sure:
        return sure[-1]
    graph = {"website": "webpage", "book": "book"}.get(stated.get("og.type", ""))
    core = stated.get("dc.type", stated.get("dcterms.type", ""))
    guess = "journalArticle" if "citation_title" in names else "webpage"
    return graph or (core if core in _TYPES else "") or guess


def _first(nodes: list[LexborNode], name: str) -> str | None:
    found = (n.attributes.get("content") for n in nodes if (n.attributes["name"] or "") == name)
    return next(found, None)


def _authors(values: list[str]) -> list[tuple[str, str]]:
    """Return the names; `;` parts them, and a comma parts a name, or names where there is one."""
    found: list[tuple[str, str]] = []
    last = None
    for value in values:
        names = re.split(r"\s*;\s*", value)
        if len(names) == len(values) == 1:
            parts = re.split(r"\s*,\s*", value)
            names = parts if len(parts) > 1 and " " in parts[0] and " " in parts[1] else names
        for name in filter(None, map(str.strip, names)):
            if name != last and re.search(r"[^\s,-.;]", name):
                found.append(_parted(name))
            last = name
    return found


def _parted(name: str) -> tuple[str, str]:
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given, family


def _complete(found: Item, tree: LexborHTMLParser, within: list[LexborNode], address: str) -> None:
    """Add what Zotero takes from anywhere, rather than have nothing."""
    description = _first(within, "description")
    if description:
        found.fields.setdefault("abstractNote", description)
    for zotero_field, selector, name in (
        ("url", "head > link[rel=canonical]", "href"),
        ("date", "time[datetime]", "datetime"),
        ("language", "html", "lang"),
    ):
        node = tree.css_first(selector)
        if node and (value := node.attributes.get(name)):
            found.fields.setdefault(zotero_field, value)
    found.fields.setdefault("url", address)
    if not found.authors:
        found.authors = _authors([_first(within, "author") or ""])
    if not found.authors:
        byline = tree.css_first(".byline, .bylines, .vcard, .article-byline")
        found.authors = _authors([byline.text(strip=True)]) if byline else []


def _context_object(text: str) -> Item:
    """Return the item of a context object of the form `dc`; its keys count in their order."""
    found = Item("webpage")
    for key, value in parse_qsl(text, strict_parsing=True):
        if key == "rft.title":
            whole = found.kind in {"journalArticle", "bookSection", "conferencePaper"}
            found.fields["publicationTitle" if whole else "title"] = value
        elif key == "rft.creator":
            found.authors.append(_parted(value))
        elif key == "rft.date":
            found.fields["date"] = value
        elif key == "rft.source":
            found.fields["publicationTitle"] = value
        elif key == "rft_id" and value.startswith("info:doi/"):
            found.fields["DOI"] = value.removeprefix("info:doi/")
        elif key == "rft_id":
            found.fields["url"] = value
        elif key == "rft.type" and value in _TYPES:
            found.kind = value
    return found
