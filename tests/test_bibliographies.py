"""Citations come back from every form of bibliography as the same papers, whatever their text."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import bibtexparser
import pybtex.database
import pybtex.errors
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.exports import bibliographies
from generator.exports.citations import citations
from generator.exports.kinds import kind_of
from generator.models import Facts, Paper, Source
from generator.text import line
from tests.citable import everything, hostile, odd, of, real
from tests.factories import HOSTILE
from tests.hostile import STRINGS

KNOWN = Facts(
    title="Deep $O(n^2)$ attention for mRNA: 50% of BERT & friends",
    authors=("Ludwig van Beethoven", "The ATLAS Collaboration", "Martin Luther King Jr.", "张三"),
    abstract="It costs 5 % of C_3.\n\nA second {paragraph} -- with ``quotes''.",
    arxiv="1706.03762",
    doi="10.1000/x_y",
    kind="inproceedings",
    venue="Proceedings of A & B",
    published="2017-06-12",
    categories=("cs.CL",),
    keywords=("long memory", "attention"),
)


def written(form: str, *papers: Paper) -> str:
    """Return a file of `form` with the papers and their abstracts."""
    found = citations(papers).values()
    if form == "csl":
        return bibliographies.csl_file(
            json.dumps(bibliographies.csl(one, abstract=True)) for one in found
        )
    write = {"bib": bibliographies.bibtex, "ris": bibliographies.ris}[form]
    return "\n".join(write(one, abstract=True) for one in found)


def returned(form: str, *papers: Paper) -> list[Facts]:
    """Return what Offprint's own reader makes of such a file."""
    content = written(form, *papers).encode()
    name = {"bib": "x.bib", "ris": "x.ris", "csl": "x.json"}[form]
    reading = readers.read(
        Source(name, content), readers.Defaults(None, {}), readers.installed(), None
    )
    assert reading.rejected == 0
    return [entry.facts for digest in reading.digests for entry in digest.entries]


FORMS = ("bib", "ris", "csl")
_PARTING = re.compile("[;, ]")


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_comes_back_as_it_was(form: str) -> None:
    """Title, authors, ids, venue, kind, date, keywords, paragraphs survive the way out and in."""
    [back] = returned(form, of(KNOWN))
    assert back.title == KNOWN.title
    assert back.authors == KNOWN.authors
    assert (back.arxiv, back.doi) == (KNOWN.arxiv, KNOWN.doi)
    assert (back.kind, back.venue, back.published) == (KNOWN.kind, KNOWN.venue, KNOWN.published)
    assert back.keywords == KNOWN.keywords
    assert back.abstract == KNOWN.abstract
    assert back.links.doi == "https://doi.org/10.1000/x_y"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", [*STRINGS, HOSTILE])
def test_hostile_text_comes_back_unchanged(form: str, text: str) -> None:
    """Two papers go out and two come in, the text in every field as it was."""
    one, other = hostile(text), of(Facts("Quite another paper", ("Bo Bee",)), "other")
    back = returned(form, one, other)
    assert [facts.title for facts in back] == [one.facts.title, "Quite another paper"]
    assert back[0].abstract == one.facts.abstract
    assert back[0].venue == one.facts.venue
    # The readers of lists of names take off what may stand between two.
    assert [name.rstrip(",;") for name in back[0].authors] == [
        name.rstrip(",;") for name in one.facts.authors
    ]
    # A sign that parts keywords parts them.
    assert _PARTING.sub("", " ".join(back[0].keywords)) == _PARTING.sub("", f"a {line(text)}")
    assert (back[0].kind, back[0].published) == ("inproceedings", "2024-03")


@pytest.mark.parametrize("form", FORMS)
def test_odd_papers_come_back(form: str) -> None:
    """3,000 authors, equal titles, and papers without authors or date are all there."""
    papers = odd()
    back = returned(form, *papers)
    assert [one.title for one in back] == [one.facts.title for one in papers]
    assert [one.authors for one in back] == [one.facts.authors for one in papers]
    assert [one.published for one in back] == [one.facts.published for one in papers]


def test_bibtexparser_and_pybtex_agree(caplog: pytest.LogCaptureFixture) -> None:
    """Both find each paper and each of its authors, and neither has anything to say."""
    papers = everything()
    content = written("bib", *papers)
    library = bibtexparser.parse_string(content)
    assert len(library.entries) == len(papers)
    assert not library.failed_blocks
    with pybtex.errors.capture() as said:
        found = pybtex.database.parse_string(content, "bibtex")
    assert said == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    people = [len(entry.persons.get("author", ())) for entry in found.entries.values()]
    assert people == [len(one.facts.authors) for one in papers]


def test_rispy_finds_each_record() -> None:
    """The text of each field is what it was; a paragraph is one of several lines."""
    papers = everything()
    found = rispy.loads(written("ris", *papers))
    assert [one["title"] for one in found] == [one.facts.title for one in papers]
    abstracts = [" ".join(one.get("abstract", "").split()) for one in found]
    assert abstracts == [" ".join((one.facts.abstract or "").split()) for one in papers]


def test_citeproc_renders_each_item() -> None:
    """A style of CSL makes a line of each, with title and year, and finds no field unknown."""
    papers = everything()
    items = json.loads(written("csl", *papers))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, source, formatters.plain)
    for item in items:
        made.register(Citation([CitationItem(item["id"])]))
    lines = ["".join(map(str, line)) for line in made.bibliography()]
    assert len(lines) == len(papers)
    for shown, one in zip(lines, papers, strict=True):
        assert ("2024" in shown) == (one.facts.published == "2024-03") or "2020" in shown
        if one.facts.title.isalpha():
            assert one.facts.title in shown


def test_only_what_is_known_is_said() -> None:
    """A title alone makes an entry without year, authors or address."""
    [bare] = citations([of(Facts("Bare"), "bare")]).values()
    assert bibliographies.bibtex(bare).split() == ["@misc{bare,", "title", "=", "{Bare}", "}"]
    said = bibliographies.csl(bare)
    assert said == {"id": "bare", "type": "document", "title": "Bare", "source": "Offprint"}
    assert bibliographies.plain(bare) == "Bare."
    assert "PY" not in bibliographies.ris(bare)


def said(form: str, facts: Facts) -> str:
    """Return the record of a paper in a form."""
    [one] = citations([of(facts)]).values()
    if form == "csl":
        return json.dumps(bibliographies.csl(one), ensure_ascii=False)
    return {"bib": bibliographies.bibtex, "ris": bibliographies.ris}[form](one)


def test_a_preprint_is_misc_with_its_eprint() -> None:
    """The BibTeX of arXiv itself is the model; a month is BibTeX's own word for it."""
    entry = said("bib", Facts("X", arxiv="2503.09516", categories=("cs.CL",), published="2025-03"))
    for part in ("@misc{some-paper,", "eprint = {2503.09516}", "archivePrefix = {arXiv}"):
        assert part in entry
    assert "primaryClass = {cs.CL}" in entry
    assert "month = mar," in entry
    assert "urldate" not in entry
    assert "day" not in entry
    item = said("csl", Facts("X", arxiv="2503.09516"))
    assert '"type": "article"' in item
    assert '"publisher": "arXiv"' in item


def test_a_published_paper_at_arxiv_tells_both() -> None:
    """Type and venue are the publication's, the eprint stays; arXiv is no publisher then."""
    facts = Facts("X", arxiv="2301.00001", venue="ICML 2023", published="2023")
    entry = said("bib", facts)
    assert "@inproceedings{" in entry
    assert "booktitle = {ICML 2023}" in entry
    assert "eprint = {2301.00001}" in entry
    assert "TY  - CPAPER" in said("ris", facts)
    assert "AN  - arXiv:2301.00001" in said("ris", facts)
    assert '"archive_location": "2301.00001"' in said("csl", facts)
    assert "publisher" not in said("csl", facts)


def test_an_article_in_no_known_journal_is_misc_to_bibtex() -> None:
    """Styles would print an empty journal; RIS and CSL-JSON have no such need."""
    facts = Facts("X", kind="article", published="2020")
    assert said("bib", facts).startswith("@misc{")
    assert said("ris", facts).startswith("TY  - JOUR")
    assert '"article-journal"' in said("csl", facts)


def test_capitals_are_kept_and_formulas_stay() -> None:
    """A style that lowers titles must not make bert of BERT."""
    title = r"title = {Deep $O(n^2)$ attention for {mRNA}: 50\% of {BERT} \& friends}"
    assert title in said("bib", KNOWN)


def test_a_keyword_with_a_comma_stays_one() -> None:
    """Commas part keywords, and semicolons where one of them has a comma."""
    assert "keywords = {a, b}" in said("bib", Facts("X", keywords=("a", "b")))
    for form in FORMS:
        [back] = returned(form, of(Facts("X", keywords=("learning, deep", "b"))))
        assert back.keywords == ("learning, deep", "b")


def test_no_paragraph_begins_a_tag() -> None:
    """An abstract whose second paragraph looks like the end of a record is one line."""
    facts = Facts("X", abstract="First one.\n\nER  - nothing ends here.")
    [back] = returned("ris", of(facts))
    assert back.abstract == "First one. ER - nothing ends here."


@given(st.text(max_size=60))
def test_any_title_comes_back(title: str) -> None:
    """No text ends a field, an entry or a record early."""
    facts = Facts(title=line(f"x{title}"))
    for form in FORMS:
        [back] = returned(form, of(facts))
        assert back.title == facts.title


@given(st.text(max_size=60))
def test_any_name_comes_back(name: str) -> None:
    """No text of a name makes two people, or loses one."""
    whole = line(f"Ada {name} Bee").replace(";", "")
    for form in FORMS:
        [back] = returned(form, of(Facts("A title", authors=(whole, "Cy Dee"))))
        assert back.authors == (whole, "Cy Dee")


def test_real_papers_come_back(samples: Path) -> None:
    """All papers of digests that nobody of this project wrote survive each form."""
    papers = real(samples)
    for form in FORMS:
        back = returned(form, *papers)
        for one, other in zip(papers, back, strict=True):
            mine = one.facts
            assert mine.title == other.title
            # A formula whose braces do not match is text to BibTeX, and its dollars are dollars.
            assert (mine.abstract or "").replace(r"\$", "$") == (other.abstract or "").replace(
                r"\$", "$"
            )
            assert (mine.arxiv, mine.doi, mine.venue) == (other.arxiv, other.doi, other.venue)
            assert (mine.published, mine.keywords) == (other.published, other.keywords)
            assert kind_of(mine) == kind_of(other)
            assert [name.removeprefix("and ") for name in mine.authors] == [
                name.removeprefix("and ") for name in other.authors
            ]
