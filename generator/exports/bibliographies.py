r"""Write citations as BibTeX, RIS, CSL-JSON, and as a line to read.

Every value is escaped for its form: text of any kind leaves a file whole and comes back unchanged
through a reader of that form, white space aside. Formulas stay LaTeX in all three, as arXiv and
reference managers hand them on. Each record is written once and files are joined from them, so
that a bibliography of everything costs no more than its papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import rispy
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import write

from generator import maths
from generator.exports import latex
from generator.exports.citations import Citation, Person
from generator.exports.kinds import in_repository

SOURCE = "Offprint"
"""Where records come from. It also tells Offprint's readers that the text holds no markup."""
_VENUE_FIELDS = {
    **{"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"},
    **{"inbook": "booktitle", "phdthesis": "school", "mastersthesis": "school"},
    **{"techreport": "institution", "book": "publisher"},
    **dict.fromkeys(("dataset", "manual", "online", "software"), "organization"),
}
_NAMELESS = frozenset({"article", "inproceedings", "incollection", "inbook"})
"""Types that say nothing where it is not known what the paper stands in."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RIS_TYPES = {
    **{"article": "JOUR", "inproceedings": "CPAPER", "incollection": "CHAP", "inbook": "CHAP"},
    **{"book": "BOOK", "phdthesis": "THES", "mastersthesis": "THES", "techreport": "RPRT"},
    **{"unpublished": "UNPB", "online": "ELEC", "dataset": "DATA", "software": "COMP"},
}
_CSL_TYPES = {
    **{"article": "article-journal", "inproceedings": "paper-conference", "book": "book"},
    **{"incollection": "chapter", "inbook": "chapter", "phdthesis": "thesis"},
    **{"mastersthesis": "thesis", "techreport": "report", "unpublished": "manuscript"},
    **{"online": "webpage", "manual": "report", "booklet": "pamphlet"},
    **{"dataset": "dataset", "software": "software"},
}
_PUBLISHED_BY = frozenset({"book", "phdthesis", "mastersthesis", "techreport"})
"""Types whose venue is who published them."""
_TAGGED = re.compile(r"[A-Z][A-Z0-9]\s{0,4}-")
_ARXIV = "arXiv"


def bibtex(citation: Citation, *, abstract: bool = False) -> str:
    """Return one entry, ending in a line end. Names and text are UTF-8, as biber reads them."""
    placeless = citation.kind == "online" and not citation.address
    nameless = citation.kind in _NAMELESS and not citation.paper.facts.venue
    kind = "misc" if placeless or nameless else citation.kind
    fields = [Field(name, value) for name, value in _fields(citation, kind, abstract) if value]
    written: str = write(Library([Entry(kind, citation.key, fields)]))
    return f"{written.strip()}\n"


def _fields(citation: Citation, kind: str, abstract: bool) -> Iterable[tuple[str, str]]:
    facts = citation.paper.facts
    year, month, day = (*citation.date, "", "", "")[:3]
    yield "title", _braced(latex.titled(facts.title))
    yield "author", _braced(" and ".join(map(_bibtex_name, citation.authors)))
    yield _VENUE_FIELDS.get(kind, "howpublished"), _braced(latex.escaped(_venue(citation)))
    yield "year", _braced(year)
    # Styles write the abbreviation out in their language; of a number they make `3 2025`.
    yield "month", _MONTHS[int(month) - 1] if month else ""
    yield "day", _braced(day.lstrip("0"))
    if facts.arxiv:
        yield "eprint", _braced(facts.arxiv)
        yield "archivePrefix", _braced(_ARXIV)
        yield "primaryClass", _braced(citation.archive_class or "")
    yield "doi", _braced(latex.address(facts.doi or ""))
    yield "url", _braced(latex.address(citation.address or ""))
    yield "keywords", _braced(latex.escaped(_listed(facts.keywords)))
    if abstract:
        paragraphs = (facts.abstract or "").split("\n\n")
        yield "abstract", _braced(r" \par ".join(map(latex.escaped, paragraphs)))


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _venue(citation: Citation) -> str:
    """Return the venue; nothing where it only repeats that the paper is at arXiv."""
    facts = citation.paper.facts
    return "" if in_repository(facts) else facts.venue or ""


def _bibtex_name(person: Person) -> str:
    """Return `von Last, Jr, First`; braces keep a group, or a name with `and`, in one piece."""
    if person.body or not person.given:
        return f"{{{latex.escaped(person.family)}}}"
    family = latex.escaped(" ".join(filter(None, (person.particle, person.family))))
    parts = (family, latex.escaped(person.suffix), latex.escaped(person.given))
    return ", ".join(filter(None, parts))


def _listed(keywords: tuple[str, ...]) -> str:
    """Return keywords parted by commas, or by semicolons where one of them has a comma."""
    if not any("," in word for word in keywords):
        return ", ".join(keywords)
    return f"{'; '.join(keywords)};"


def ris(citation: Citation, *, abstract: bool = False) -> str:
    """Return one record, ending in a line end; no value can begin a tag."""
    facts = citation.paper.facts
    publisher = citation.kind in _PUBLISHED_BY
    record: dict[str, Any] = {
        "type_of_reference": _RIS_TYPES.get(citation.kind, "GEN"),
        "title": _line(facts.title),
        "authors": [_line(_sorted_name(one)) for one in citation.authors],
        "year": citation.date[0] if citation.dated else "",
        "date": "/".join((*citation.date, "", "", "")[:3]).rstrip("/") if citation.dated else "",
        "publisher" if publisher else "secondary_title": _line(_venue(citation)),
        "doi": facts.doi or "",
        "urls": list(dict.fromkeys(filter(None, (citation.address, _abstract_page(facts.arxiv))))),
        "keywords": [_line(word) for word in facts.keywords],
        "id": citation.key,
        "database_provider": SOURCE,
        "abstract": _wrapped(facts.abstract or "") if abstract else "",
    }
    if facts.arxiv:
        record["accession_number"] = f"{_ARXIV}:{facts.arxiv}"
    known = {name: value for name, value in record.items() if value}
    written: str = rispy.dumps([known], enforce_list_tags=False)
    # The library numbers its records: a joined file would start at 1 each time.
    return "\n".join(written.strip("\n").split("\n")[1:]) + "\n"


def _abstract_page(arxiv: str | None) -> str | None:
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _wrapped(text: str) -> str:
    """Return paragraphs parted by an empty line, all in one line if one would begin a tag."""
    paragraphs = [_line(part) for part in text.split("\n\n")]
    parted = not any(_TAGGED.match(part) for part in paragraphs[1:])
    return ("\n\n" if parted else " ").join(paragraphs)


def _sorted_name(person: Person) -> str:
    """Return `von Last, First, Jr`; two commas, as EndNote has it, where one is the name's own."""
    if person.body:
        return person.family.replace(",", ",,", 1)
    family = " ".join(filter(None, (person.particle, person.family)))
    return ", ".join(filter(None, (family, person.given, person.suffix)))


def csl(citation: Citation, *, abstract: bool = False) -> dict[str, Any]:
    """Return one item of CSL-JSON 1.0.2. An arXiv paper of no other kind is an `article`."""
    facts = citation.paper.facts
    venue = _venue(citation)
    preprint = facts.arxiv and citation.kind == "misc" and not venue
    container = "publisher" if citation.kind in _PUBLISHED_BY else "container-title"
    item: dict[str, Any] = {
        "id": citation.key,
        "type": _CSL_TYPES.get(citation.kind, "article" if preprint else "document"),
        "title": facts.title,
        "author": [_csl_name(one) for one in citation.authors],
        container: venue,
        "issued": {"date-parts": [[int(part) for part in citation.date]]}
        if citation.dated
        else None,
        "DOI": facts.doi,
        "URL": citation.address,
        "keyword": _listed(facts.keywords),
        "source": SOURCE,
        "abstract": facts.abstract if abstract else None,
    }
    if preprint:
        item |= {"number": f"{_ARXIV}:{facts.arxiv}", "publisher": _ARXIV}
    elif facts.arxiv:
        item |= {"archive": _ARXIV, "archive_location": facts.arxiv}
    return {name: value for name, value in item.items() if value}


def _csl_name(person: Person) -> Mapping[str, str]:
    if person.body or not person.given:
        return {"literal": person.family}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: value for name, value in parts.items() if value}


def csl_file(items: Iterable[str]) -> str:
    """Return a CSL-JSON file of `items`, each already written as JSON, an item a line."""
    lines = ",\n".join(items)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def plain(citation: Citation) -> str:
    """Return a line that names the paper: authors, title, venue, year, address."""
    facts = citation.paper.facts
    where = facts.venue or (f"arXiv:{facts.arxiv}" if facts.arxiv else "")
    parts = (
        _people(facts.authors),
        maths.plain(facts.title),
        ", ".join(filter(None, (where, citation.paper.year or ""))),
        citation.address or "",
    )
    return " ".join(_ended(part) for part in parts if part)


def _people(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _ended(part: str) -> str:
    return part if part[-1] in ".?!…" or part.startswith("http") else f"{part}."
