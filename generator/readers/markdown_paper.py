"""Read Markdown files whose front matter describes one paper: a folder of them is a digest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from generator import identity, text
from generator.models import Digest, Entry, Facts, Reading
from generator.problems import Problem, error, note, warning
from generator.readers import Defaults, Reader, frontmatter, inline, outline
from generator.readers.doubts import doubt
from generator.readers.facts import completed, day_of_name, names, with_addresses
from generator.readers.frontmatter import Page
from generator.readers.linked import with_links, with_words

FORMAT = "markdown-paper"
DIGESTS = "digests"
_PAPER = frozenset({"abstract", "arxiv", "doi", "eprint", "paperurl", "pdf"})
_PEOPLE = frozenset({"author", "authors"})
_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:")
_DAY = re.compile(r"((?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PARTS = frozenset(
    {"abstract", "bibtex", "citation", "cite", "code", "comments", "download", "links", "notes"}
    | {"note", "paper", "resources", "summary", "tl;dr", "tldr"}
)
_VENUES = ("venue", "booktitle", "container-title", "journal", "conference", "publication")
_KINDS = ("kind", "genre", "type", "layout")
_KNOWN_KINDS = frozenset(
    {"article", "article-journal", "book", "chapter", "incollection", "inproceedings"}
    | {"mastersthesis", "paper-conference", "phdthesis", "preprint", "techreport", "thesis"}
)
_ADDRESSES = {
    "links": ("url", "link", "links", "paperurl", "openreview", "html", "paper"),
    "code": ("code", "github", "software", "repo"),
    "project": ("project", "website"),
}
_ARXIV_CATEGORY = re.compile(r"[a-z-]+\.[A-Za-z-]{2,}|[a-z]+-[a-z]+")


def sniff(path: str, content: str) -> float:
    """Return 0.8 where the front matter has a paper's keys and no list of papers follows."""
    lines = text.lines(content)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip("\ufeff \t") != "---" or end is None:
        return 0.0
    keys = {found[1].lower() for line in lines[1:end] if (found := _KEY.match(line))}
    if not keys & (_PAPER | _PEOPLE) or "title" not in keys:
        return 0.0
    body = [outline.Line(number, line) for number, line in enumerate(lines[end + 1 :], 1)]
    # One paper's page may name a kindred one; two are a list.
    if sum(map(outline.is_listed, body)) > 1:
        return 0.0
    if any(outline.is_rule(line) or _is_section(line.text) for line in body):
        return 0.0
    return 0.8 if keys & _PAPER else 0.65


def _is_section(line: str) -> bool:
    """Return whether a line is a heading that is no usual part of one paper's page."""
    found = re.match(r"#{2,3}[ \t]+(\S.*)", line)
    return found is not None and found[1].strip(" #:*").casefold() not in _PARTS


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the digest of one paper, which with the other files of its folder is a whole one."""
    page = frontmatter.split(path, content)
    if isinstance(page, Problem):
        return Reading(path, FORMAT, problems=(page,))
    facts = _facts(page)
    if not facts.title:
        hint = "add 'title: …' to the front matter"
        fault = error(path, page.lines.get("title", 1), "a paper without a title", hint)
        return Reading(path, FORMAT, rejected=1, problems=(fault,))
    facts, problems = _with_numbers(path, page, facts)
    if facts.abstract and (found := doubt(facts.abstract)):
        hint = "mend it in the file, or leave it: the paper is shown as it is"
        problems.append(warning(path, page.lines.get("abstract"), found, hint))
    line = page.lines.get("title", 1)
    entry = Entry(completed(facts), 1, line, tuple(_items(page.meta.get("topics"))))
    digest, undated = _digest(path, entry)
    return Reading(path, FORMAT, (digest,), 0, (*undated, *problems))


def _digest(path: str, entry: Entry) -> tuple[Digest, list[Problem]]:
    """Return the digest of the folder with this one file; a file of no folder is its own.

    A folder has the day in its name. That it has none is not told by each of its files.
    """
    place = PurePosixPath(path)
    if place.parts[0] == DIGESTS and len(place.parts) > 2:
        folder = place.parent
        entry = replace(entry, file=path)
        slug = identity.slug(folder.name) or "digest"
        day = day_of_name(folder.as_posix())
        title = re.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]*", "", folder.name) if day else folder.name
        title = text.line(re.sub("[-_]", " ", title)) or folder.name
        return Digest(folder.as_posix(), slug, title, day, (entry,)), []
    day = day_of_name(path)
    slug = identity.slug(place.stem) or "digest"
    hint = "put its day into the file's name, or put such files into a folder: they are one digest"
    undated = [] if day else [note(path, None, "undated: the file's name tells no day", hint)]
    return Digest(path, slug, entry.facts.title, day, (entry,)), undated


def _facts(page: Page) -> Facts:
    meta = page.meta
    abstract, words = _abstract(page)
    venue = next((found for name in _VENUES if (found := _plain(meta.get(name)))), None)
    kinds = (_plain(meta.get(name)) for name in _KINDS)
    facts = Facts(
        title=_plain(meta.get("title")) or _plain(meta.get("tex_title")) or "",
        authors=_authors(meta),
        abstract=abstract,
        note=words,
        kind=next((kind for kind in kinds if kind and kind.lower() in _KNOWN_KINDS), None),
        venue=venue,
        published=_published(meta),
    )
    tags = [item for name in ("keywords", "tags") for item in _items(meta.get(name))]
    groups = _items(meta.get("categories"))
    if not all(_ARXIV_CATEGORY.fullmatch(group) for group in groups):
        tags, groups = [*tags, *groups], []
    return replace(facts, keywords=tuple(dict.fromkeys(tags)), categories=tuple(groups))


def _abstract(page: Page) -> tuple[str | None, str | None]:
    """Return abstract and note: the body is the abstract where the front matter has none."""
    parts: dict[str, list[str]] = {"": []}
    here = ""
    for line in outline.body(page):
        if line.depth > 1:
            here = text.line(inline.plain(line.text)).casefold().strip(" :")
        elif not line.depth:
            parts.setdefault(here, []).append(line.text)
    said = {name: _paragraphs("\n".join(lines)) for name, lines in parts.items()}
    own = page.meta.get("abstract")
    abstract = _paragraphs(own) if isinstance(own, str) else None
    abstract = abstract or said.get("abstract")
    notes = (_paragraphs(v) for k in ("note", "tldr") if isinstance(v := page.meta.get(k), str))
    note_ = next((found for found in notes if found), None) or said.get("note") or said.get("notes")
    if not abstract:
        return said[""], note_
    return abstract, note_ or said[""]


def _paragraphs(markdown: str) -> str | None:
    return text.paragraphs(inline.plain(markdown)) or None


def _plain(value: Any) -> str | None:
    """Return a value of the front matter in one line; Jekyll reads it as Markdown."""
    return text.line(inline.plain(value)) or None if isinstance(value, str) else None


def _items(value: Any) -> list[str]:
    """Return the plain items of a list, or the parts of a text at commas or semicolons."""
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
    items = value if isinstance(value, list) else ()
    return [item for one in items if (item := _plain(one))]


def _authors(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """Return full names: of given and family names, of a list of names, or of one line."""
    value = meta.get("authors") or meta.get("author")
    if isinstance(value, str):
        return names(_plain(value) or "")
    people = value if isinstance(value, list) else [value]
    return tuple(name for one in people if (name := _name(one)))


def _name(person: Any) -> str:
    if isinstance(person, str):
        return (_plain(person) or "").strip(" ,;")
    if not isinstance(person, dict):
        return ""
    parts = ("given", "prefix", "family", "suffix")
    found = [said for part in parts if (said := _plain(person.get(part)))]
    whole = _plain(person.get("name")) or _plain(person.get("literal"))
    return " ".join(found).strip(" ,;") or (whole or "").strip(" ,;")


def _published(meta: Mapping[str, Any]) -> str | None:
    """Return the paper's own day, else its month or year."""
    for name in ("published", "date"):
        if found := _DAY.match(_plain(meta.get(name)) or ""):
            return found[1]
    year = _plain(meta.get("year")) or _plain(meta.get("date")) or ""
    if not _YEAR.fullmatch(year):
        return None
    month = _plain(meta.get("month")) or ""
    known = month.isdecimal() and len(month) < 3 and 1 <= int(month) <= 12
    return f"{year}-{int(month):02}" if known else year


def _with_numbers(path: str, page: Page, facts: Facts) -> tuple[Facts, list[Problem]]:
    """Return `facts` with ids and links, and a warning for each that cannot be right."""
    problems: list[Problem] = []
    for name in ("arxiv", "eprint", "doi"):
        said = _plain(page.meta.get(name))
        if not said:
            continue
        arxiv = identity.arxiv_id(said) if name != "doi" else None
        if arxiv:
            facts = replace(facts, arxiv=facts.arxiv or arxiv[0], version=arxiv[1])
        elif name == "doi" and (doi := identity.doi(said)):
            facts = replace(facts, doi=doi)
        elif name != "eprint":
            what = "DOI" if name == "doi" else "arXiv id"
            message = f"{name}: '{text.shorten(said, 80)}' is no {what}"
            problems.append(warning(path, page.lines.get(name), message, "mend or remove it"))
    return _with_addresses(page, facts), problems


def _with_addresses(page: Page, facts: Facts) -> Facts:
    meta = page.meta
    for address in _found(meta.get("pdf")):
        facts = with_addresses(facts, [address])
        if address in facts.links.other and not facts.links.pdf:
            others = tuple(one for one in facts.links.other if one != address)
            facts = replace(facts, links=replace(facts.links, pdf=address, other=others))
    for kind, keys in _ADDRESSES.items():
        label = "" if kind == "links" else kind
        found = [address for key in keys for address in _found(meta.get(key))]
        facts = with_links(facts, [inline.Link(label, address, 0, 0) for address in found])
    extras = [*_found(meta.get("extras")), *_found(meta.get("supplementary"))]
    body = [link.address for link in inline.parse("\n".join(page.body)).links]
    return with_words(facts, [*extras, *body])


def _found(value: Any) -> Iterable[str]:
    """Return the addresses in a text, a list of texts, or a list of named links."""
    if isinstance(value, str):
        return identity.addresses(value)
    items = value if isinstance(value, list) else [value]
    flat = (one for item in items for one in (item.values() if isinstance(item, dict) else [item]))
    return [address for one in flat if isinstance(one, str) for address in identity.addresses(one)]


READER = Reader(FORMAT, "a folder of Markdown files, each with a paper's front matter", sniff, read)
