"""Read BibTeX and BibLaTeX, as reference managers and publishers export them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator import identity, text
from generator.models import Entry, Facts, Links, Reading
from generator.problems import Problem, error, note, warning
from generator.readers import Defaults, Reader
from generator.readers.bibtex_blocks import Block, Broken, blocks
from generator.readers.bibtex_names import authors
from generator.readers.latex import plain
from generator.readers.references import dated, digest, keywords, linked, unmarked, written

FORMAT = "bibtex"
_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*[a-z]+[ \t]*[{(]\s{0,20}[^\s={}]{0,200}\s{0,20},", re.MULTILINE | re.IGNORECASE
)
_REMARK = re.compile(r"\s*%[^\n]*")
_OPENING = re.compile(r"\s*@[ \t]*[a-z]+\s*[{(]", re.IGNORECASE)
_NEAR = 100_000
_VOLUMES = frozenset(
    {"proceedings", "mvproceedings", "book", "mvbook", "collection", "mvcollection", "periodical"}
    | {"reference", "mvreference", "booklet", "manual", "set", "xdata"}
)
"""Kinds of entries that hold papers, and are none themselves unless they have authors."""
_IN_VOLUMES = frozenset({"inproceedings", "conference"})
_PUBLISHED_BY = {
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), ("school", "institution")),
    **dict.fromkeys(("techreport", "report"), ("institution",)),
    **dict.fromkeys(("book", "mvbook", "collection"), ("publisher",)),
    **dict.fromkeys(("dataset", "manual", "online", "proceedings", "software"), ("organization",)),
    **dict.fromkeys(("misc", "booklet", "unpublished"), ("howpublished",)),
}
"""Fields that tell the venue of what is in no journal and no volume, by its kind."""
# What stands in howpublished, and is no venue.
_NO_VENUE = re.compile(r"arxiv|corr\b|https?:|www\.|online|accessed", re.IGNORECASE)
_FORUM = re.compile(r"[\w-]{6,20}")
_SHOWN = 60


def sniff(path: str, content: str) -> float:
    """Return how surely this is BibTeX: an entry opens the file, or stands in one named .bib."""
    named = path.lower().endswith((".bib", ".bibtex"))
    start = content[:_NEAR].lstrip("\ufeff \t\r\n")
    at = 0
    while remark := _REMARK.match(start, at):
        at = remark.end()
    entry = _ENTRY.search(start) is not None
    if _OPENING.match(start, at) and (entry or named):
        return 0.95
    if named:
        return 0.85 if entry else 0.3
    return 0.2 if entry else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of a bibliography: each entry with a title is a paper.

    Volumes without authors are none: they tell venue and date of the papers in them.
    """
    found = list(blocks(content))
    volumes, problems = _volumes(path, [block for block in found if isinstance(block, Block)])
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for block in found:
        if isinstance(block, Broken):
            problems.append(_told(path, block))
        elif _is_volume(block):
            problems.append(_left_out(path, block))
        elif fault := _fault(path, block, seen):
            problems.append(fault)
        else:
            volume = block.fields.get("crossref", "").strip().lower()
            known = volumes.get(volume, {}) if volume or block.kind in _IN_VOLUMES else {}
            facts = _facts(block.fields, block.kind, known)
            entries.append(Entry(facts, len(entries) + 1, block.line))
            problems += _doubtful(path, block, facts)
    made, doubtful = digest(path, entries)
    problems += doubtful
    rejected = sum(problem.severity == "error" for problem in problems)
    return Reading(path, FORMAT, (made,), rejected, tuple(problems))


def _is_volume(block: Block) -> bool:
    return block.kind in _VOLUMES and not block.fields.get("author", "").strip()


def _volumes(path: str, found: list[Block]) -> tuple[dict[str, Mapping[str, str]], list[Problem]]:
    """Return the fields of all entries by key, those of the assumed volume by "", and problems.

    Some publishers begin a file with the one volume that all its papers are of, and let
    the papers say nothing of it.
    """
    volumes: dict[str, Mapping[str, str]] = {}
    for block in found:
        volumes.setdefault(block.key.lower(), block.fields)
    volumes[""] = {}
    problems = []
    for block in found:
        key = block.fields.get("crossref", "").strip()
        if key.lower() not in volumes:
            shown = text.shorten(key, _SHOWN)
            hint = "add the volume's entry to the file, or remove the field"
            problems.append(warning(path, block.line, f"crossref to '{shown}': not here", hint))
    papers = [block for block in found if block.kind in _IN_VOLUMES]
    one = found and _is_volume(found[0]) and sum(map(_is_volume, found)) == 1
    if (
        one
        and papers
        and not any({"crossref", "booktitle"} & block.fields.keys() for block in papers)
    ):
        volumes[""] = found[0].fields
        what = f"no paper names its volume: taken as of '{text.shorten(found[0].key, _SHOWN)}'"
        hint = "where that is wrong, give each paper its own booktitle"
        problems.append(note(path, found[0].line, what, hint))
    return volumes, problems


def _told(path: str, broken: Broken) -> Problem:
    hint = "see that each brace is closed and that a comma stands behind each field"
    return (error if broken.entry else warning)(path, broken.line, broken.what, hint)


def _left_out(path: str, block: Block) -> Problem:
    shown = text.shorten(block.key, _SHOWN)
    what = f"'{shown}' is a volume (@{block.kind}) without authors, no paper"
    hint = "nothing needs to be done: what it says of venue and date counts for its papers"
    return note(path, block.line, what, hint)


def _fault(path: str, block: Block, seen: dict[str, int]) -> Problem | None:
    """Return why an entry is no paper; its key counts as seen if it is one."""
    shown = text.shorten(block.key, _SHOWN)
    if not _line(block.fields.get("title", "")):
        hint = "add 'title = {…},' to it"
        return error(path, block.line, f"entry '{shown}' has no title", hint)
    if block.key and block.key in seen:
        hint = "delete it, or give it a key of its own"
        what = f"the key '{shown}' is taken since line {seen[block.key]}"
        return error(path, block.line, what, hint)
    seen[block.key] = block.line
    return None


def _doubtful(path: str, block: Block, facts: Facts) -> list[Problem]:
    """Return what of an entry is used in part or not at all."""
    found = [(f"'{name}' stands twice: the first counts", "remove one") for name in block.twice]
    hint = "put it between braces, or define it by @string"
    found += [
        (f"'{text.shorten(word, _SHOWN)}' is no known abbreviation: taken as it stands", hint)
        for word in block.unknown
    ]
    if (doi := _line(block.fields.get("doi", ""))) and not facts.doi:
        found.append((f"doi: '{text.shorten(doi, _SHOWN)}' is no DOI", "mend or remove it"))
    if (url := _line(block.fields.get("url", ""))) and not identity.addresses(url):
        what = f"url: '{text.shorten(url, _SHOWN)}' is no web address"
        found.append((what, "links start with https:// or http://"))
    return [warning(path, block.line, what, hint) for what, hint in found]


def _facts(fields: Mapping[str, str], kind: str, volume: Mapping[str, str]) -> Facts:
    own = _first(fields, "journal", "journaltitle", "booktitle")
    publisher = _first(fields, *_PUBLISHED_BY.get(kind, ()))
    if not own and not _NO_VENUE.search(publisher):
        own = publisher
    facts = Facts(
        title=": ".join(filter(None, (_line(fields["title"]), _line(fields.get("subtitle", ""))))),
        authors=authors(unmarked(fields.get("author", ""))),
        abstract=_paragraphs(fields, "abstract"),
        note=_paragraphs(fields, "annote") or _paragraphs(fields, "annotation"),
        # What is of no kind is `misc`.
        kind=kind if kind != "misc" else None,
        venue=own or _first(volume, "booktitle", "title") or None,
        published=_published(fields) or _published(volume),
        categories=keywords([_line(fields.get("primaryclass", fields.get("eprintclass", "")))]),
        keywords=keywords([_line(fields.get(name, "")) for name in ("keywords", "keyword")]),
        links=_links(fields),
    )
    addresses = _addresses(fields, "url", "howpublished", "link", "links", "eprint")
    forum = fields.get("openreview", "")
    if _FORUM.fullmatch(forum):
        addresses.append(f"https://openreview.net/forum?id={forum}")
    return linked(facts, _line(fields.get("doi", "")), _arxiv(fields), addresses)


def _line(value: str) -> str:
    return text.line(plain(unmarked(value)))


def _paragraphs(fields: Mapping[str, str], name: str) -> str | None:
    return text.paragraphs(plain(unmarked(fields.get(name, "")))) or None


def _first(fields: Mapping[str, str], *names: str) -> str:
    return next((found for name in names if (found := _line(fields.get(name, "")))), "")


def _addresses(fields: Mapping[str, str], *names: str) -> list[str]:
    return [one for name in names for one in identity.addresses(_line(fields.get(name, "")))]


def _links(fields: Mapping[str, str]) -> Links:
    """Return the links whose kind the field's name tells."""
    return Links(
        pdf=next(iter(_addresses(fields, "pdf")), None),
        code=tuple(dict.fromkeys(_addresses(fields, "code", "github", "software"))),
        project=tuple(dict.fromkeys(_addresses(fields, "project", "website", "homepage"))),
    )


def _arxiv(fields: Mapping[str, str]) -> Iterable[str]:
    """Yield what may hold the arXiv id, the surest first."""
    archive = _line(fields.get("archiveprefix", fields.get("eprinttype", ""))).lower()
    if archive in {"", "arxiv"}:
        yield _line(fields.get("eprint", ""))
    yield from (_line(fields.get(name, "")) for name in ("arxiv", "arxivid", "pdf"))
    for name in ("journal", "howpublished", "note", "number"):
        if (value := _line(fields.get(name, ""))).lower().startswith("arxiv"):
            yield value
    volume = fields.get("volume", "")
    if _line(fields.get("journal", "")) == "CoRR" and volume.startswith("abs/"):
        yield volume.removeprefix("abs/")


def _published(fields: Mapping[str, str]) -> str | None:
    for name in ("date", "published"):
        if found := dated(_line(fields.get(name, ""))):
            return found
    year, month, day = (_line(fields.get(name, "")) for name in ("year", "month", "day"))
    return written(year, month, day)


READER = Reader(FORMAT, "a BibTeX or BibLaTeX file", sniff, read)
