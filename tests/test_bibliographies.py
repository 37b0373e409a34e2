"""Citations come back from every form of bibliography as the same papers, whatever their text."""

from __future__ import annotations

import html
import json

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from generator import maths, readers
from generator.exports import bibliographies
from generator.exports.citations import citations, person
from generator.models import Facts, Mention, Paper, Source
from generator.readers.references import unmarked
from generator.text import line
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


def paper(facts: Facts, slug: str = "some-paper", day: str | None = None) -> Paper:
    """Return a paper, featured on `day`."""
    featured = (Mention("d", day, 1, "digests/d.md", 3),) if day else ()
    return Paper(slug, facts, featured)


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


@pytest.mark.parametrize("form", ["bib", "ris", "csl"])
def test_a_paper_comes_back_as_it_was(form: str) -> None:
    """Title, authors, ids, venue, kind, date and keywords survive the way out and in."""
    [back] = returned(form, paper(KNOWN))
    title = KNOWN.title if form == "bib" else KNOWN.title.replace("$O(n^2)$", "O(n²)")
    assert back.title == title
    assert back.authors == KNOWN.authors
    assert (back.arxiv, back.doi) == (KNOWN.arxiv, KNOWN.doi)
    assert (back.kind, back.venue, back.published) == (KNOWN.kind, KNOWN.venue, KNOWN.published)
    assert sorted(back.keywords) == sorted(KNOWN.keywords)
    assert KNOWN.abstract is not None
    assert " ".join((back.abstract or "").split()) == " ".join(KNOWN.abstract.split())


def seen(title: str) -> str:
    """Return a title as a plain line shows it, references to characters resolved."""
    return html.unescape(line(maths.plain(title)))


@pytest.mark.parametrize("form", ["bib", "ris", "csl"])
@pytest.mark.parametrize("text", STRINGS)
def test_hostile_text_leaves_the_file_whole(form: str, text: str) -> None:
    """Two papers go out and two come in, the text in title and author as it was."""
    one = paper(Facts(title=f"T {text}", authors=(f"A {text}",), abstract=text), "one")
    other = paper(Facts(title="Quite another paper", authors=("Bo Bee",)), "other")
    back = returned(form, one, other)
    # References are written with tags in them: readers of all three forms take them off.
    assert seen(back[0].title) == seen(unmarked(one.facts.title))
    assert [facts.title for facts in back][1:] == ["Quite another paper"]
    assert back[1].authors == ("Bo Bee",)


def test_other_programs_read_as_many_records() -> None:
    """The libraries bibtexparser and rispy count the same papers and find nothing wrong."""
    papers = [paper(Facts(title=f"T {text}"), f"p-{n}") for n, text in enumerate(STRINGS)]
    library = bibtexparser.parse_string(written("bib", *papers))
    assert len(library.entries) == len(papers)
    assert not library.failed_blocks
    assert len(rispy.loads(written("ris", *papers))) == len(papers)
    assert len(json.loads(written("csl", *papers))) == len(papers)


def test_only_what_is_known_is_said() -> None:
    """A title alone makes an entry without year, authors or address."""
    bare = next(iter(citations([paper(Facts(title="Bare"))]).values()))
    assert bibliographies.bibtex(bare).split() == ["@misc{bare,", "title", "=", "{Bare}", "}"]
    assert bibliographies.csl(bare) == {"id": "bare", "type": "document", "title": "Bare"}
    assert bibliographies.plain(bare) == "Bare."
    assert "PY" not in bibliographies.ris(bare)


def test_an_arxiv_paper_is_misc_with_its_eprint() -> None:
    """The BibTeX of arXiv itself is the model."""
    facts = Facts(title="X", arxiv="2503.09516", categories=("cs.CL",), published="2025-03")
    said = bibliographies.bibtex(next(iter(citations([paper(facts)]).values())))
    for part in ("@misc{x2025,", "eprint = {2503.09516}", "archivePrefix = {arXiv}"):
        assert part in said
    assert "primaryClass = {cs.CL}" in said
    assert "month = {3}" in said
    assert "urldate" not in said


def test_capitals_are_kept_and_formulas_stay() -> None:
    """A style that lowers titles must not make bert of BERT."""
    said = bibliographies.bibtex(next(iter(citations([paper(KNOWN)]).values())))
    assert r"title = {Deep $O(n^2)$ attention for {mRNA}: 50\% of {BERT} \& friends}" in said


def test_a_key_stays_when_papers_join() -> None:
    """The paper that was featured first keeps the plain key, in any order of papers."""
    first = paper(Facts(title="A deep study of sound", authors=("Ada Bee",)), "a", "2024-01-01")
    second = paper(Facts(title="Deep study: sound again", authors=("Cy Bee",)), "b", "2024-02-01")
    alone = citations([first])["a"].key
    both, turned = citations([first, second]), citations([second, first])
    assert alone == both["a"].key == turned["a"].key == "beedeepstudysound"
    assert both["b"].key == turned["b"].key != alone


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Ada Example", "Example", "Ada"),
        ("Ludwig van Beethoven", "Beethoven", "Ludwig"),
        ("Plato", "Plato", ""),
        ("The ATLAS Collaboration", "The ATLAS Collaboration", ""),
        ("Qwen Team", "Qwen Team", ""),
    ],
)
def test_names_have_the_parts_that_bibliographies_sort_by(
    name: str, family: str, given: str
) -> None:
    """Groups and single names are left whole."""
    found = person(name)
    assert (found.family, found.given) == (family, given)


@given(st.text(max_size=60))
def test_any_title_makes_one_bibtex_entry(title: str) -> None:
    """No text ends a field or an entry early."""
    one = next(iter(citations([paper(Facts(title=f"x{title}"))]).values()))
    library = bibtexparser.parse_string(bibliographies.bibtex(one))
    assert len(library.entries) == 1
    assert not library.failed_blocks
