"""What was fetched is written so that it is read back as it was."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hostile import STRINGS
from hypothesis import given
from hypothesis import strategies as st

from generator import text
from generator.fetch import markdown
from generator.fetch.finds import Find, unknown
from generator.models import Digest, Entry, Facts, Links
from generator.readers import Defaults, curated
from generator.readers.facts import completed

PATH = "digests/2026-02-05-x.md"


def find(*papers: Facts) -> Find:
    """Return a find of these papers."""
    entries = tuple(Entry(completed(one), n, n) for n, one in enumerate(papers, 1))
    return Find("arXiv", "cat:cs.CL OR ti:'a: b # c'", "A: title #1", "2026-02-05", "x", entries)


def read(content: str) -> list[Facts]:
    """Return the papers that the reader finds, once it has nothing to say against them."""
    reading = curated.read(PATH, content, Defaults())
    assert reading.problems == ()
    return [entry.facts for digest in reading.digests for entry in digest.entries]


def test_the_front_matter_tells_source_day_and_query() -> None:
    """And the reader understands it."""
    (digest,) = curated.read(PATH, markdown.render(find(Facts("T"))), Defaults()).digests
    assert (digest.source, digest.date) == ("arXiv", "2026-02-05")
    assert (digest.query, digest.title) == ("cat:cs.CL OR ti:'a: b # c'", "A: title #1")


def test_it_looks_as_a_curator_would_write_it() -> None:
    """So that notes and topics can be put into it."""
    facts = Facts(
        "Snails",
        authors=("Cy Trial", "Di Pattern"),
        abstract="One.\n\nTwo.",
        arxiv="2602.00001",
        version="v2",
        published="2026-02-04",
        categories=("cs.CL", "cs.LG"),
        keywords=("walls",),
        votes=0,
        links=Links(code=("https://github.com/example/snails",)),
    )
    assert markdown.render(find(facts)).split("---\n", 2)[2] == (
        "\n## [Snails](https://arxiv.org/abs/2602.00001)\n\n"
        "- authors: Cy Trial, Di Pattern\n"
        "- arxiv: 2602.00001v2\n"
        "- published: 2026-02-04\n"
        "- categories: cs.CL, cs.LG\n"
        "- keywords: walls\n"
        "- votes: 0\n"
        "- code: https://github.com/example/snails\n\n"
        "### Abstract\n\nOne.\n\nTwo.\n"
    )


FACTS: list[dict[str, Any]] = [
    {"title": "A", "doi": "10.1234/a;b(c)", "venue": "Proc. - of X: 1", "kind": "article"},
    {"title": "A", "arxiv": "math/0211159", "published": "2002-11"},
    {"title": "A", "authors": ("Smith, Jr., A.", "B and C", "Doe & Co")},
    {"title": "A", "authors": ("Smith, A.",), "keywords": ("a, b", "c")},
    {"title": "A", "abstract": "# no heading\n\n- authors: nobody\n\n* votes: 9\n\n+ x\n\n---"},
    {"title": "A", "note": "## none\n\n- code: https://evil.example/", "abstract": "### Note"},
    {"title": "[A](https://evil.example/)"},
    {"title": "[A](https://evil.example/)", "arxiv": "2602.00001"},
    {"title": "A](b) [c"},
    {"title": "Learning C #"},
    {"title": "###"},
    {"title": "- authors: x"},
    {"title": "Abstract"},
    {"title": "---"},
    {"title": "A", "links": Links(pdf="https://a.example/p.pdf", hf="https://huggingface.co/x")},
    {"title": "A", "links": Links(code=("https://a.example/c",), other=("https://b.example/o",))},
    {"title": "A", "version": "v3"},
]


@pytest.mark.parametrize("facts", FACTS)
def test_awkward_facts_are_read_back(facts: dict[str, Any]) -> None:
    """No text of a source becomes a heading, a fact or another paper."""
    wanted = find(Facts(**facts), Facts("The next one"))
    content = markdown.render(wanted)
    assert markdown.changed(PATH, content, wanted) == []
    assert len(read(content)) == 2


@pytest.mark.parametrize("hostile", sorted(STRINGS))
def test_hostile_strings_are_read_back(hostile: str) -> None:
    """In title, abstract, note, names and venue, as the readers hand them over."""
    one = text.line(hostile)
    wanted = find(
        Facts(one or "x", abstract=text.paragraphs(hostile) or None, venue=one or None),
        Facts("The next one", note=text.paragraphs(hostile) or None, arxiv="2602.00001"),
        Facts(one or "x", arxiv="2602.00002"),
    )
    assert markdown.changed(PATH, markdown.render(wanted), wanted) == []


PROSE = st.text(string.ascii_letters[:6] + "#-*+[]()<>:;,&\n \t`$\\'\"{}|é", max_size=60)


@given(title=PROSE, abstract=PROSE, names=st.lists(PROSE, max_size=3))
def test_any_text_is_read_back(title: str, abstract: str, names: list[str]) -> None:
    """Whatever signs it is made of."""
    people = tuple(n for raw in names if (n := text.line(raw.replace(";", "")).strip(" ,")))
    wanted = find(
        Facts(text.line(title) or "x", abstract=text.paragraphs(abstract) or None, authors=people),
        Facts("The next one"),
    )
    assert markdown.changed(PATH, markdown.render(wanted), wanted) == []


def test_what_cannot_be_written_is_told() -> None:
    """A name with a semicolon: it parts names here."""
    wanted = find(Facts("Odd", authors=("A; B", "C")))
    (problem,) = markdown.changed(PATH, markdown.render(wanted), wanted)
    assert problem.message == "written with a change: 'Odd'"


def test_papers_are_known_by_id_and_only_without_one_by_title() -> None:
    """Two papers may both be called Erratum."""
    known = Digest("x", "x", "X", None, (Entry(Facts("Erratum", arxiv="2602.00001"), 1, 1),))
    papers = [
        Facts("Erratum", arxiv="2602.00001"),
        Facts("Erratum", arxiv="2602.00002"),
        Facts("Erratum", doi="10.1/x"),
        Facts("erratum!"),
        Facts("New"),
        Facts("new"),
    ]
    fresh = unknown((Entry(one, n, n) for n, one in enumerate(papers)), [known])
    assert [entry.position for entry in fresh] == [1, 2, 4]
