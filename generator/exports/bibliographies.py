r"""Write citations as BibTeX, RIS, CSL-JSON, and as a line to read.

Every value is escaped for its form: text of any kind leaves a file whole and comes back unchanged
through a reader of that form, white space aside. Each record is written once and files are joined
from them, so that a bibliography of everything costs no more than its papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from generator import maths
from generator.exports.citations import Citation, Person

_SIGNS = {
    **{char: f"\\{char}" for char in "&%$#_"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    **{"{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
}
_ACTIVE = re.compile(r"[\\&%$#_~^{}]|(?<=-)-|(?<=`)`|(?<=')'")
_WORD = re.compile(r"[^\W_][\w-]*")
_IN_ADDRESS = {" ": "%20", "{": "%7B", "}": "%7D", "\\": "%5C", "^": "%5E", '"': "%22"}
_VENUE_FIELD = {
    **{"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"},
    **{"inbook": "booktitle", "phdthesis": "school", "mastersthesis": "school"},
    "techreport": "institution",
}
_RIS_TYPES = {
    **{"article": "JOUR", "inproceedings": "CPAPER", "incollection": "CHAP", "inbook": "CHAP"},
    **{"book": "BOOK", "phdthesis": "THES", "mastersthesis": "THES", "techreport": "RPRT"},
    **{"unpublished": "UNPB", "online": "ELEC"},
}
_CSL_TYPES = {
    **{"article": "article-journal", "inproceedings": "paper-conference", "book": "book"},
    **{"incollection": "chapter", "inbook": "chapter", "phdthesis": "thesis"},
    **{"mastersthesis": "thesis", "techreport": "report", "unpublished": "manuscript"},
    **{"online": "webpage", "proceedings": "book", "manual": "report", "booklet": "pamphlet"},
}
_ARXIV = "arXiv"


def bibtex(citation: Citation, *, abstract: bool = False) -> str:
    """Return one entry, ending in a line end. Names and text are UTF-8, as biber reads them."""
    fields = [Field(name, value) for name, value in _fields(citation, abstract) if value]
    library = Library([Entry(citation.kind, citation.key, fields)])
    written: str = write_string(library)
    return f"{written.strip()}\n"


def _fields(citation: Citation, abstract: bool) -> Iterable[tuple[str, str]]:
    facts = citation.paper.facts
    year, month, day = (*citation.date, "", "", "")[:3]
    yield "title", _title(facts.title)
    yield "author", " and ".join(map(_bibtex_name, citation.authors))
    yield _VENUE_FIELD.get(citation.kind, "howpublished"), _latex(facts.venue or "")
    yield "year", year
    yield "month", month.lstrip("0")
    yield "day", day.lstrip("0")
    if facts.arxiv:
        yield "eprint", facts.arxiv
        yield "archivePrefix", _ARXIV
        yield "primaryClass", citation.archive_class or ""
    yield "doi", _address(facts.doi or "")
    yield "url", _address(citation.address or "")
    yield "keywords", _latex(", ".join(facts.keywords))
    if abstract:
        yield "abstract", r" \par ".join(map(_latex, (facts.abstract or "").split("\n\n")))


def _bibtex_name(person: Person) -> str:
    """Return `von Last, Jr, First`; braces keep a group, or a name with `and`, in one piece."""
    if person.body or not person.given:
        return f"{{{_latex(person.family)}}}"
    family = _latex(" ".join(filter(None, (person.particle, person.family))))
    return ", ".join(filter(None, (family, _latex(person.suffix), _latex(person.given))))


def _title(text: str) -> str:
    """Return a title for BibTeX: maths as it is, terms with capitals of their own in braces."""
    return "".join(
        _WORD.sub(_cased, _ACTIVE.sub(_sign, said)) if source is None else _formula(source)
        for said, source in maths.pieces(" ".join(text.split()))
    )


def _latex(text: str) -> str:
    """Return `text` so that LaTeX prints it as it stands; formulas stay formulas."""
    return "".join(
        _ACTIVE.sub(_sign, said) if source is None else _formula(source)
        for said, source in maths.pieces(" ".join(text.split()))
    )


def _sign(found: re.Match[str]) -> str:
    # Two hyphens are a dash to LaTeX, two quotes a quotation mark.
    return _SIGNS.get(found[0]) or f"{{}}{found[0]}"


def _cased(found: re.Match[str]) -> str:
    """Keep the capitals of `BERT`, `mRNA` and `GPT-4o`, not that of a sentence's first word."""
    word = found[0]
    return f"{{{word}}}" if any(map(str.isupper, word[1:])) else word


def _formula(source: str) -> str:
    """Return a formula, as text where its braces would break the entry."""
    depth = 0
    for char in source:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            break
    return source if depth == 0 else _ACTIVE.sub(_sign, source)


def _address(text: str) -> str:
    """Return an address without what would end a field; programs take it as it stands."""
    return "".join(_IN_ADDRESS.get(char, char) for char in text)


def ris(citation: Citation, *, abstract: bool = False) -> str:
    """Return one record, ending in a line end; no value can begin a tag, each is one line."""
    facts = citation.paper.facts
    record: dict[str, Any] = {
        "type_of_reference": _RIS_TYPES.get(citation.kind, "GEN"),
        "title": _line(maths.plain(facts.title)),
        "authors": [_line(_sorted_name(one)) for one in citation.authors],
        "year": citation.date[0] if citation.dated else "",
        "date": "/".join((*citation.date, "", "", "")[:3]).rstrip("/") if citation.dated else "",
        "secondary_title": _line(facts.venue or ""),
        "doi": facts.doi or "",
        "urls": list(dict.fromkeys(filter(None, (citation.address, _abstract_page(facts.arxiv))))),
        "keywords": [_line(word) for word in facts.keywords],
        "id": citation.key,
        "abstract": _line(maths.plain(facts.abstract or "")) if abstract else "",
    }
    if facts.arxiv:
        record["number"] = f"{_ARXIV}:{facts.arxiv}"
    known = {name: value for name, value in record.items() if value}
    written: str = rispy.dumps([known], enforce_list_tags=False)
    # The library numbers its records: a joined file would start at 1 each time.
    return "\n".join(written.strip("\n").split("\n")[1:]) + "\n"


def _abstract_page(arxiv: str | None) -> str | None:
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _sorted_name(person: Person) -> str:
    family = " ".join(filter(None, (person.particle, person.family)))
    return ", ".join(filter(None, (family, person.given, person.suffix)))


def csl(citation: Citation, *, abstract: bool = False) -> dict[str, Any]:
    """Return one item of CSL-JSON 1.0.2. An arXiv paper of no other kind is an `article`."""
    facts = citation.paper.facts
    plain = "article" if facts.arxiv else "document"
    item: dict[str, Any] = {
        "id": citation.key,
        "type": _CSL_TYPES.get(citation.kind, plain),
        "title": maths.plain(facts.title),
        "author": [_csl_name(one) for one in citation.authors],
        "container-title": facts.venue,
        "issued": {"date-parts": [[int(part) for part in citation.date]]}
        if citation.dated
        else None,
        "DOI": facts.doi,
        "URL": citation.address,
        "keyword": ", ".join(facts.keywords),
        "abstract": maths.plain(facts.abstract or "") if abstract else None,
    }
    if facts.arxiv:
        item |= {"number": f"{_ARXIV}:{facts.arxiv}", "publisher": _ARXIV}
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
