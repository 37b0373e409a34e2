"""ArXiv's forms: answers of the API, daily feeds, and metadata as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.models import Reading, Source
from generator.problems import Severity
from generator.readers import Defaults
from generator.readers.arxiv import categories, paragraphs, people

KNOWN = readers.installed()


def read(content: str, name: str = "x.txt", form: str | None = None) -> Reading:
    return readers.read(Source(f"digests/{name}", content.encode()), Defaults(), KNOWN, form)


def corpus(samples: Path, name: str) -> tuple[Reading, str]:
    (file,) = (samples / "corpora").glob(name)
    content = file.read_text(encoding="utf-8")
    return read(content, file.name), content


def test_an_answer_of_the_api_is_read_whole(samples: Path) -> None:
    """100 entries with id, version, authors, day and category; DOIs and journals as given."""
    reading, content = corpus(samples, "arxiv-atom/*testing_100.xml")
    (digest,) = reading.digests
    facts = [entry.facts for entry in digest.entries]
    assert (reading.format, reading.read, reading.rejected) == ("arxiv-atom", 100, 0)
    assert reading.problems == ()
    assert (digest.date, digest.title) == ("2026-04-12", "arXiv: all:testing")
    assert all(f.arxiv and f.version and f.authors and f.abstract and f.published for f in facts)
    assert sum(bool(f.doi) for f in facts) == content.count("<arxiv:doi>") == 32
    assert sum(bool(f.venue) for f in facts) == content.count("<arxiv:journal_ref>")
    assert facts[3].title == "Automated Test Generation for REST APIs: No Time to Rest Yet"
    assert (facts[3].arxiv, facts[3].version, facts[3].doi) == (
        "2204.08348",
        "v3",
        "10.1145/3533767.3534401",
    )
    assert facts[99].arxiv == "gr-qc/0103067"
    assert facts[99].links.pdf == "https://arxiv.org/pdf/gr-qc/0103067"


def test_every_entry_of_an_answer_knows_its_line(samples: Path) -> None:
    """It is the line of its opening tag."""
    reading, content = corpus(samples, "arxiv-atom/*testing_100.xml")
    rows = content.split("\n")
    assert all(rows[e.line - 1].strip() == "<entry>" for e in reading.digests[0].entries)


def test_paragraphs_that_arxiv_marks_are_kept(samples: Path) -> None:
    """A line that begins with blanks begins a paragraph: in eleven of the hundred abstracts."""
    reading, _ = corpus(samples, "arxiv-atom/*testing_100.xml")
    breaks = [(e.facts.abstract or "").count("\n\n") for e in reading.digests[0].entries]
    assert (sum(map(bool, breaks)), sum(breaks)) == (11, 19)


def test_an_old_id_is_kept_with_its_archive(samples: Path) -> None:
    """`astro-ph/0601001`, and the query of ids has no title of its own."""
    reading, _ = corpus(samples, "arxiv-atom/*oldid*.xml")
    (digest,) = reading.digests
    (entry,) = digest.entries
    assert (entry.facts.arxiv, entry.facts.version) == ("astro-ph/0601001", "v1")
    assert (entry.facts.published, entry.facts.venue) == ("2006-01-02", "ActaAstron.56:1-50,2006")
    assert (digest.title, digest.date) == ("Papers from arXiv", "2026-05-11")


def test_a_daily_feed_is_read_whole(samples: Path) -> None:
    """Seven papers of one day, authors parted and their accents letters, no preface left."""
    reading, _ = corpus(samples, "arxiv-rss/*.xml")
    (digest,) = reading.digests
    facts = [entry.facts for entry in digest.entries]
    assert (reading.format, reading.read, reading.rejected) == ("arxiv-feed", 7, 0)
    assert (digest.title, digest.date) == ("cs.AI updates on arXiv.org", "2025-08-20")
    assert facts[0].authors == ("Chunhua Liu", "Kabir Manandhar Shrestha", "Sukai Huang")
    assert facts[2].authors == ("Paulo André Lima de Castro",)
    assert facts[2].categories == ("q-fin.CP", "cs.AI")
    assert [f.arxiv for f in facts][-2:] == ["2508.14001", "2508.14002"]
    assert {(f.version, f.published) for f in facts} == {("v1", "2025-08")}
    assert not any("Announce Type" in (f.abstract or "") for f in facts)
    assert not any((f.abstract or "").startswith("Abstract") for f in facts)


def test_a_day_as_json_lines_is_read_whole(samples: Path) -> None:
    """26 lines, 26 papers with authors and categories; comments give two addresses of code."""
    reading, content = corpus(samples, "arxiv-jsonl/*.jsonl")
    (digest,) = reading.digests
    facts = [entry.facts for entry in digest.entries]
    assert (reading.format, reading.read, reading.problems) == ("arxiv-json", 26, ())
    assert [f.arxiv for f in facts] == [json.loads(row)["id"] for row in content.splitlines()]
    assert [entry.line for entry in digest.entries] == list(range(1, 27))
    assert digest.date == "2026-06-25"
    assert facts[1].authors == ("Rıfat Volkan Şenyuva",)
    assert facts[1].links.code == ("https://github.com/rvsenyuva/wb-nf-xlmimo-clkl",)
    assert all(f.authors and f.categories and f.published == "2026-06" for f in facts)


def test_no_form_of_arxiv_is_taken_for_another(samples: Path) -> None:
    """Of all samples each of arXiv's readers is sure of its own only."""
    own = {"arxiv-atom": "arxiv-atom", "arxiv-rss": "arxiv-feed", "arxiv-jsonl": "arxiv-json"}
    for file in sorted((samples / "corpora").rglob("*.*")):
        content = file.read_text(encoding="utf-8")
        sure = {name for name in own.values() if KNOWN[name].sniff(file.name, content)}
        assert sure == {own[file.parent.name]} if file.parent.name in own else not sure


@pytest.mark.parametrize("content", ["Rate exceeded.", "\n rate exceeded.\r\n", "Rate exceeded"])
@pytest.mark.parametrize("name", ["x.txt", "x.xml", "x.md", "2026-02-03.json"])
def test_a_refusal_is_told_as_one(content: str, name: str) -> None:
    """Whatever the file is called; a text about rates is none."""
    (problem,) = read(content, name).problems
    assert problem.message.startswith("arXiv refused the request")
    assert "wait" in problem.hint
    assert read(f"## {content}\n", "x.md").format == "curated"


ANSWER = "<feed xmlns='http://www.w3.org/2005/Atom'><id>https://arxiv.org/api/x</id>{}</feed>"


@pytest.mark.parametrize(
    "entry",
    [
        "<id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad {}</summary>",
        "<id>http://arxiv.org/api/errors#x</id><title/><summary>bad {}</summary>",
        "<title>Error</title><summary>bad {}</summary>",
    ],
)
def test_an_error_inside_an_answer_is_no_paper(entry: str) -> None:
    """It is one refused entry, and what arXiv said is passed on."""
    reading = read(ANSWER.format(f"<entry>{entry}</entry>"))
    (problem,) = reading.problems
    assert (reading.format, reading.read, reading.rejected) == ("arxiv-atom", 0, 1)
    assert problem.message == "arXiv answered with an error: bad {}"


def test_a_paper_may_be_called_error() -> None:
    """Its id tells it from a failure."""
    entry = "<entry><id>http://arxiv.org/abs/2602.99901v1</id><title>Error</title></entry>"
    assert read(ANSWER.format(entry)).read == 1


def test_a_link_that_is_no_address_is_left_out() -> None:
    """The others are kept, each in its place."""
    hrefs = ("https://[", "ftp://x.org/a", "", "https://github.com/example/a")
    links = "".join(f"<link href='{href}'/>" for href in hrefs)
    (digest,) = read(ANSWER.format(f"<entry><title>x</title>{links}</entry>")).digests
    found = digest.entries[0].facts.links
    assert (found.code, found.other) == (("https://github.com/example/a",), ())


def test_a_feed_of_a_weekend_is_an_error_that_explains() -> None:
    """No papers, and why."""
    feed = (
        "<rss><channel><title>cs.RO updates on arXiv.org</title>"
        "<pubDate>Sat, 07 Feb 2026 00:00:00 -0500</pubDate></channel></rss>"
    )
    (problem,) = read(feed).problems
    assert problem.message == "no papers: arXiv announced none on 2026-02-07"
    assert "weekends" in problem.hint


def test_an_item_takes_its_id_from_where_it_stands() -> None:
    """From the guid, else the preface, else the link; a version where one is told."""
    head = "<rss><channel><title>cs.RO updates on arXiv.org</title>"
    preface = "<description>arXiv:2602.99902v2 Announce Type: new\nAbstract: x</description>"
    link = "<link>https://arxiv.org/abs/2602.99903</link>"
    guid = "<guid>oai:arXiv.org:2602.99901v3</guid>"
    items = "".join(f"<item><title>x</title>{i}</item>" for i in (guid + preface, preface, link))
    (digest,) = read(f"{head}{items}</channel></rss>").digests
    assert [(e.facts.arxiv, e.facts.version) for e in digest.entries] == [
        ("2602.99901", "v3"),
        ("2602.99902", "v2"),
        ("2602.99903", None),
    ]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (r"Zo\"e Example, Ben Beispiel,", ("Zoë Example", "Ben Beispiel")),
        ("A (1 and 2), B ((1) Kettle House, London)", ("A", "B")),
        ("The Kettle and Pot Collaboration", ("The Kettle and Pot Collaboration",)),
        ("A (unclosed, B", ("A (unclosed", "B")),
        ("A) (B", ("A) (B",)),
        (" , ", ()),
    ],
)
def test_names_lose_their_affiliations(raw: str, names: tuple[str, ...]) -> None:
    """What stands in brackets is no name; brackets that do not match stay."""
    assert people(raw) == names


def test_abstracts_are_unwrapped_and_paragraphs_kept() -> None:
    """An indented line begins a paragraph, unless a program indented them all."""
    assert paragraphs("  One\ntwo\n  three\nfour\n") == "One two\n\nthree four"
    assert paragraphs("One\n   two\n   three") == "One two three"
    assert paragraphs("word " * 40 + "\n  two") == ("word " * 40).strip() + "\n\ntwo"
    assert paragraphs(" \n ") is None


def test_only_categories_of_arxiv_are_kept() -> None:
    """Once each, in order, of old archives and new; codes of MSC and ACM are none."""
    names = ["cs.CL", "astro-ph", "68T05, 62H30", "cond-mat.mes-hall", "I.2.7", "cs.CL", ""]
    assert categories(names) == ("cs.CL", "astro-ph", "cond-mat.mes-hall")


SNAPSHOT = {"id": "0704.0001", "title": "x", "categories": "hep-ph cs.LG"}


def snapshot(**more: object) -> str:
    """Return a record of arXiv's data set as a line."""
    return json.dumps({**SNAPSHOT, **more}) + "\n"


@pytest.mark.parametrize(
    "more",
    [
        {"authors_parsed": [["Bal\\'azs", "C.", ""], ["Berger", "E. L.", "Jr"], "x", [None]]},
        {"authors": "C. Bal\\'azs (CERN, Geneva) and\n  E. L. Berger Jr"},
        {"authors": ["C. Bal{\\'a}zs", "E. L. Berger Jr,", "", None]},
        {"authors": [{"name": "C. Balázs"}, {"name": "E. L. Berger Jr"}, {}]},
    ],
)
def test_authors_are_read_however_a_record_has_them(more: dict[str, object]) -> None:
    """Taken apart, as one text, as a list of names or of objects."""
    (digest,) = read(snapshot(**more)).digests
    assert digest.entries[0].facts.authors == ("C. Balázs", "E. L. Berger Jr")


def test_a_record_is_as_old_as_its_first_version() -> None:
    """`update_date` tells of a later change, and the id of the month at least."""
    versions = [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"version": "v2"}]
    rows = snapshot(versions=versions, update_date="2008-11-26") + snapshot(
        update_date="2008-11-26"
    )
    (digest,) = read(rows).digests
    dated = [(e.facts.version, e.facts.published) for e in digest.entries]
    assert dated == [("v2", "2007-04-02"), (None, "2007-04")]


def test_records_are_known_below_a_broken_one() -> None:
    """The first line may be cut."""
    reading = read('{"id": "0704.0001", "title": "x\n' + snapshot())
    assert (reading.format, reading.read, reading.rejected) == ("arxiv-json", 1, 1)


def test_a_record_nested_beyond_measure_is_an_error() -> None:
    """The others are read."""
    reading = read(snapshot() + '{"id": ' + "[" * 100_000 + "\n" + snapshot())
    (problem,) = (p for p in reading.problems if p.severity is Severity.ERROR)
    assert (reading.read, reading.rejected, problem.line) == (2, 1, 2)


PIECES = (
    *("<entry>", "</entry>", "<item>", "</item>", "<title>x</title>", "<title>", "</title>"),
    *("<id>http://arxiv.org/abs/2602.99901v1</id>", "<guid>x</guid>", "&amp;", "&x;", "\\'e", "$"),
    *("<summary>arXiv: Announce Type: Abstract:</summary>", "<!ENTITY x 'y'>", "\x0b", "\r", "(("),
    *("<published>9</published>", "<link href='http://['/>", "<category term='x'/>", "]]>", "é"),
)
KEYS = st.sampled_from(
    ["id", "title", "authors", "authors_parsed", "categories", "versions", "doi"]
)
VALUES = st.recursive(
    st.none() | st.text(max_size=8) | st.integers() | st.sampled_from(["2602.99901v1", "v1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def accounted(reading: Reading) -> bool:
    """Return whether each entry is read or refused by one error."""
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    assert reading.read or errors
    assert not reading.rejected or len(errors) == reading.rejected
    return all(entry.facts.title for digest in reading.digests for entry in digest.entries)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.booleans())
def test_no_feed_stops_its_readers(inside: str, whole: bool) -> None:
    """Pieces of both forms in any order."""
    for form in ("arxiv-atom", "arxiv-feed"):
        content = ANSWER.format(inside) if whole else f"<rss><channel>{inside}</channel></rss>"
        assert accounted(read(content, form=form))


@given(st.lists(st.dictionaries(KEYS, VALUES), max_size=4))
def test_no_record_stops_its_reader(rows: list[dict[str, object]]) -> None:
    """Values of any type at the keys that count."""
    assert accounted(read("\n".join(map(json.dumps, rows)) or "[]", form="arxiv-json"))
