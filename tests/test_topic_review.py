"""A curator sees what to look at in topics.yml, most useful first."""

from __future__ import annotations

from generator.models import Catalog, Facts, Mention, Paper, Topic
from generator.topics import assign
from generator.topics.topic_review import Section, review

SPEECH = Topic(
    "speech",
    "Speech",
    keywords=("speech", "diarization", "wake word"),
    line=2,
    lines={"speech": 4, "diarization": 5, "wake word": 6},
)
GRAPHS = Topic("graphs", "Graphs", keywords=("graph",), line=8, lines={"graph": 9})
BREAD = Topic("bread", "Bread", keywords=("dough",), line=11, lines={"dough": 12})


def paper(slug: str, title: str, pinned: tuple[str, ...] = ()) -> Paper:
    mention = Mention("a", "2026-01-05", 1, "digests/a.md", len(title))
    return Paper(slug, Facts(title), (mention,), pinned)


def sections(*papers: Paper) -> dict[str, Section]:
    found = review(assign(Catalog(papers, (), (SPEECH, GRAPHS, BREAD)))[0])
    return {section.head.split(",")[0].split(" (")[0]: section for section in found}


def test_unsure_papers() -> None:
    """A paper between two topics is named with both and their words; clear and pinned ones not."""
    found = sections(
        paper("both", "Speech as a graph"),
        paper("clear", "Speech"),
        paper("plain", "Graphs"),
        paper("told", "Graph and speech", pinned=("unsorted",)),
    )["Unsure papers"]
    (one,) = found.items
    assert one.where == "digests/a.md:17"
    assert one.what == "Speech as a graph"
    assert {line.split("%  ")[1] for line in one.details} == {"Speech: speech", "Graphs: graph"}


def test_unassigned_papers() -> None:
    """Papers without a topic are listed, not those that the curator left unsorted."""
    found = sections(
        paper("a", "Speech"), paper("b", "Rain"), paper("c", "Snow", pinned=("unsorted",))
    )["Papers without a topic"]
    assert [item.what for item in found.items] == ["Rain"]


def test_thin_and_overfull_topics() -> None:
    """Topics with few papers come with their line, emptiest first; so do those with very many."""
    many = [paper(f"p{n}", f"Speech {n}") for n in range(30)]
    found = sections(*many, paper("g", "A graph"))
    assert [(item.where, item.what) for item in found["Thin topics"].items] == [
        ("topics.yml:11", "Bread: 0 papers"),
        ("topics.yml:8", "Graphs: 1 paper"),
    ]
    assert found["Overfull topics"].items == ()


def test_an_overfull_topic() -> None:
    """Three times an even share is too much."""
    topics = tuple(Topic(f"t{n}", f"Topic {n}", keywords=(f"word{n}",), line=n) for n in range(5))
    many = [paper(f"p{n}", f"About word1 in {n}") for n in range(30)]
    full = review(assign(Catalog(tuple(many), (), topics))[0])[3]
    assert [(item.where, item.what) for item in full.items] == [
        ("topics.yml:1", "Topic 1: 30 papers, 100% of the collection")
    ]


def test_idle_keywords() -> None:
    """Keywords in one paper and in none have their lines; in the curator's order."""
    found = sections(
        paper("a", "Speech diarization"), paper("b", "Speech"), paper("c", "Graph and dough")
    )
    single, none = found["Keywords in a single paper"], found["Keywords in no paper"]
    assert single.head == "Keywords in a single paper (3 of 5), by topic"
    assert [(item.where, item.what) for item in single.items] == [
        ("topics.yml:5", "Speech: diarization"),
        ("topics.yml:9", "Graphs: graph"),
        ("topics.yml:12", "Bread: dough"),
    ]
    assert [(i.where, i.what) for i in none.items] == [("topics.yml:6", "Speech: wake word")]


def test_a_keyword_inside_of_a_longer_one_counts() -> None:
    """What `check` calls a single paper's keyword is one that nowhere else stands."""
    topic = Topic("speech", "Talk", keywords=("speech", "speech diarization"))
    papers = (paper("a", "Speech diarization"), paper("b", "Speech"))
    single = review(assign(Catalog(papers, (), (topic,)))[0])[4]
    assert [item.what for item in single.items] == ["Talk: speech diarization"]


def test_a_long_section_is_cut() -> None:
    """What is not shown is counted; an empty section says so."""
    many = [paper(f"p{n}", f"Rain {n}") for n in range(12)]
    lines = [*sections(*many)["Papers without a topic"].lines(10)]
    assert lines[0] == "Papers without a topic, 12:"
    assert lines[11] == "  and 2 more"
    assert lines[12].startswith("  hint: ")
    assert [*sections(paper("a", "Speech"))["Papers without a topic"].lines()] == [
        "Papers without a topic: none"
    ]


def test_without_topics() -> None:
    """A collection without topics is reviewed too."""
    found = review(assign(Catalog((paper("a", "Speech"),), (), ()))[0])
    assert [len(section.items) for section in found] == [0, 1, 0, 0, 0, 0]
