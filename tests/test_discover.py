"""A collection without topics.yml has topics in its own words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from generator import topics
from generator.models import UNSORTED, Catalog, Facts, Paper, Source
from generator.topics import discover, grouping, topicfile
from generator.topics.phrases import Phrase
from tests import factories, fields, hostile


def assigned(papers: tuple[Paper, ...]) -> Catalog:
    """Return the catalogue of `papers` with its discovered topics."""
    found = discover.topics(papers)
    return topics.assign(factories.catalog(papers, topics=found))[0]


def test_each_field_becomes_a_topic() -> None:
    """Papers of one field stand together, under a term of that field."""
    catalog = assigned(fields.papers(12))
    groups = {
        frozenset(paper.slug.partition("-")[0] for paper in catalog.papers if _is(paper, slug))
        for slug in catalog.topic
    }
    assert groups == {frozenset({field}) for field in fields.FIELDS}
    names = {topic.name for topic in catalog.topics}
    assert names == {
        "Honey bees",
        "Mountain glaciers",
        "Old violins",
        "Sourdough bread",
        "Tide gauges",
    }


def _is(paper: Paper, slug: str) -> bool:
    return paper.topics[0].topic == slug


def test_a_paper_is_compared_with_the_others() -> None:
    """A group of one is not near to its own paper; two papers are as near as they are alike."""
    vectors = np.array([[1, 0], [0.6, 0.8], [0.6, 0.8]], np.float32)
    alone = grouping.likeness(vectors[:1], vectors, [[0]])
    assert alone[0].tolist() == pytest.approx([0, 0.6, 0.6], abs=0.001)
    pair = grouping.likeness(vectors[1:].sum(axis=0, keepdims=True), vectors, [[1, 2]])
    assert pair[0].tolist() == pytest.approx([0.6, 1, 1], abs=0.001)


def test_a_name_goes_to_the_topic_that_it_fits_best() -> None:
    """A topic rather has no name than one that another topic has more of."""
    names = [Phrase(text, 2, (n,), 1, nameable=True) for n, text in enumerate(["sea ice", "firn"])]
    both = np.array([[0.5, 0.6], [0.4, 0.1]])
    shares = discover._Shares(both, both, np.ones((2, 2)), np.ones((2, 1)))
    assert discover._named(shares, names) == {0: names[1]}


def test_stock_words_that_tell_are_no_keywords() -> None:
    """Even if only one field has surveys, `survey` is no term of it."""
    papers = [
        replace(paper, facts=replace(paper.facts, title=f"{paper.facts.title}, a survey"))
        if "bees" in paper.slug
        else paper
        for paper in fields.papers(9)
    ]
    (bees,) = (t for t in discover.topics(papers) if t.slug == "honey-bees")
    assert not {word for word in bees.keywords if "survey" in word}


def test_stock_words_are_no_names_and_no_keywords() -> None:
    """What all abstracts say names nothing."""
    found = discover.topics(fields.papers(9))
    said = {word for topic in found for phrase in topic.keywords for word in phrase.split()}
    assert not said & {"method", "paper", "experiments", "results", "code", "GitHub", "study"}
    assert not any(word.isdigit() for word in said)


def test_topics_differ() -> None:
    """No two have the same name, slug, code or colour, and none contains another."""
    found = discover.topics(fields.papers(30))
    for part in ("name", "slug", "code", "color"):
        assert len({getattr(topic, part) for topic in found}) == len(found)
    assert all(topic.line is None and topic.keywords for topic in found)


def test_the_order_of_the_papers_decides_nothing() -> None:
    """The same papers in another order give the very same topics."""
    papers = fields.papers(11)
    assert discover.topics(papers[::-1]) == discover.topics(papers)
    assert discover.topics(papers[7:] + papers[:7]) == discover.topics(papers)


def test_the_hash_of_strings_decides_nothing() -> None:
    """Another process, in which sets have another order, finds the very same topics."""
    program = "from tests import fields; from generator.topics import discover;"
    program += "print(repr(discover.topics(fields.papers(8))))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_one_more_paper_renames_nothing() -> None:
    """A paper that joins leaves the names as they were."""
    papers = fields.papers(12)
    names = {topic.name for topic in discover.topics(papers)}
    for paper in fields.papers(13)[12::13]:
        assert {topic.name for topic in discover.topics((*papers, paper))} == names


def test_topics_grow_gently_in_number() -> None:
    """There are more of them for more papers, but far from as many more."""
    few, many = (len(discover.topics(fields.papers(each))) for each in (4, 200))
    assert 3 <= few <= 6
    assert few <= many <= 20


def test_a_paper_alone_has_no_topic() -> None:
    """One paper needs no order, nor do papers that share no term."""
    assert discover.topics(()) == ()
    assert discover.topics(fields.papers(1, ["bees"])) == ()
    assert discover.topics(fields.papers(1)) == ()
    only = assigned(fields.papers(1, ["ice"]))
    assert [topic.slug for topic in only.topics] == [UNSORTED]


def test_papers_without_abstracts() -> None:
    """Titles alone will do; a paper without words of any kind is left unsorted."""
    papers = tuple(
        replace(paper, facts=replace(paper.facts, abstract=None)) for paper in fields.papers(8)
    )
    catalog = assigned((*papers, factories.paper("blank", "?!")))
    assert "Sourdough bread" in {topic.name for topic in catalog.topics}
    assert catalog.by_slug["blank"].topics[0].topic == UNSORTED


def test_two_equal_papers() -> None:
    """Two papers with one text are one topic, or none."""
    one, two = fields.papers(1, ["tides"]) * 2
    assert len(discover.topics((one, replace(two, slug="twin")))) <= 1


def test_a_name_without_latin_letters_has_an_address() -> None:
    """Scripts that make no slug get a numbered one, and the file reads back."""
    made = [(f"p{n}", title) for n, title in enumerate(["音声認識の研究", "音声認識と雑音"])]
    found = discover.topics(factories.paper(slug, title) for slug, title in made)
    assert [(topic.name, topic.slug) for topic in found] == [("音声認識", "topic")]


@pytest.mark.parametrize("title", hostile.STRINGS)
def test_hostile_titles(title: str) -> None:
    """Whatever a title holds, a name is made of letters, digits, blanks and hyphens."""
    papers = [factories.paper(f"p{n}", title, abstract=title * 3) for n in range(5)]
    for topic in discover.topics(papers):
        for phrase in (topic.name, *topic.keywords):
            assert all(sign.isalnum() or sign in " -" or ord(sign) > 0x300 for sign in phrase)


def test_a_long_word_is_no_name() -> None:
    """Ten thousand characters without a blank are no term."""
    papers = [factories.paper(f"p{n}", "a" * 10_000, abstract="字" * 10_000) for n in range(4)]
    assert all(len(topic.name) < 100 for topic in discover.topics(papers))


def test_of_very_many_papers_a_choice_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice that hardly changes with one paper more, and finds the same fields."""
    monkeypatch.setattr(discover, "_MOST", 60)
    papers = fields.papers(40)
    assert len(discover.topics(papers)) >= 4
    assert discover.topics(papers[::-1]) == discover.topics(papers)
    read = {facts.title for facts in discover._read(papers)}
    again = {facts.title for facts in discover._read(fields.papers(41))}
    assert len(read) == 60
    assert len(read - again) <= 5


@pytest.mark.parametrize("term", ["Index", "Page", "Unsorted"])
def test_addresses_that_the_site_needs_are_left_to_it(term: str) -> None:
    """A topic with the name of one of the site's own pages gets another address."""
    papers = [
        factories.paper(f"p{n}", f"The {term}", abstract=f"Of the {term.lower()}.")
        for n in range(5)
    ]
    alone = discover.topics(papers)
    others = discover.topics([replace(p, facts=_termed(p.facts, term)) for p in fields.papers(9)])
    for found in (alone, others):
        assert [t.slug for t in found if t.name == term] == [f"{term.lower()}-2"]


def _termed(facts: Facts, term: str) -> Facts:
    """Return facts with another term for honey bees."""
    title, abstract = (
        (text or "").replace("Honey bees", term).replace("honey bees", term.lower())
        for text in (facts.title, facts.abstract)
    )
    return replace(facts, title=title, abstract=abstract)


def test_codes_and_colours_are_those_of_a_file() -> None:
    """A topics.yml with the same names gives the same marks."""
    found = discover.topics(fields.papers(9))
    text = "\n".join(f"- {topic.name}" for topic in found)
    read, _ = topicfile.read(Source("topics.yml", text.encode()))
    assert [(t.code, t.color) for t in found] == [(t.code, t.color) for t in read]


def test_a_note_stands_for_a_missing_abstract() -> None:
    """The curator's own words are read where the paper has none."""
    titles = {"a": "Below the waves", "b": "A long winter", "c": "Coral polyps"}
    papers = [
        factories.paper(slug, title, note="On coral polyps.") for slug, title in titles.items()
    ]
    assert [(t.name, t.code) for t in discover.topics(papers)] == [("Coral polyps", "CP")]


def test_what_the_curator_names_is_a_topic_too() -> None:
    """Once in each spelling but for capitals, most used first; a found topic's name is its own."""
    papers = list(fields.papers(12))
    names = [("Old Tools",), ("Small things", "old tools"), ("HONEY BEES", "Old Tools"), ("蜂",)]
    papers[:4] = [replace(paper, pinned=given) for paper, given in zip(papers, names, strict=False)]
    made = discover.with_pinned(papers)
    assert [(topic.slug, topic.name) for topic in made[:3]] == [
        ("old-tools", "Old Tools"),
        ("small-things", "Small things"),
        ("topic", "蜂"),
    ]
    assert [topic.slug for topic in made[3:]] == [topic.slug for topic in discover.topics(papers)]
    assert len({topic.code for topic in made}) == len(made)
    catalog, problems = topics.assign(factories.catalog(papers, topics=made))
    assert problems == ()
    assert [one.topic for one in catalog.by_slug[papers[2].slug].topics] == [
        "honey-bees",
        "old-tools",
    ]
