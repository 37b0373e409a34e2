"""The files of the search: what is in them, in which form, and what of it a query needs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lunr.index import Index

from generator.models import Catalog, OutputFile
from generator.search import PART, SHORTEST, SMALL, files
from generator.search.finding import find
from tests.factories import HOSTILE, catalog, digest, paper, topic
from tests.searching import FILLER, about, slugs


def content(found: Catalog, **how: int) -> dict[str, Any]:
    """Return the JSON files of the search by their names."""
    return {
        file.path.removeprefix("search/"): json.loads(file.content)
        for file in files(found, **how)
        if file.path.endswith(".json")
    }


def shown(found: Catalog) -> Any:
    return content(found)["papers.json"]


def test_files_are_few_for_a_small_collection() -> None:
    """Index, places, words, results, facets and lunr with its licence's header, by path."""
    found = files(catalog(FILLER))
    names = ["facets.json", "index.json", "lunr.js", "papers.json", "positions.json", "words.json"]
    assert [file.path for file in found] == [f"search/{name}" for name in names]
    assert b"@license MIT" in found[2].content[:200]
    assert b"2.3.9" in found[2].content[:200]


def test_files_do_not_depend_on_the_order_of_papers() -> None:
    """The same papers in another order give the same bytes; only facets.json keeps the order."""
    for small in (SMALL, 2):
        one, other = (
            [file for file in files(catalog(papers), small=small) if "facets" not in file.path]
            for papers in (FILLER, reversed(FILLER))
        )
        assert one == other


def test_a_posting_says_how_often_a_word_stands_in_which_field() -> None:
    """Title, body and authors apart; a number only where it is more than one."""
    one = paper("p", "Speech, speech!", abstract="More speech", authors=("Ana Speech",))
    index = content(catalog([one]))["index.json"]
    postings = dict(index["invertedIndex"])
    fields = {field: postings["speech"][field] for field in ("t", "b", "a")}
    assert fields == {"t": {"0": {"n": [2]}}, "b": {"0": {}}, "a": {"0": {}}}
    assert index["lengths"] == {"t": [2], "b": [2]}


def test_places_count_words_of_a_text_and_leave_a_gap_between_texts() -> None:
    """Stop words take a place too; a compound as a whole has that of its first part."""
    one = paper("p", "Text-to-speech of speech", abstract="Speech", note="speech")
    found = content(catalog([one]))
    numbers = {
        term: number for number, (term, _) in enumerate(found["index.json"]["invertedIndex"])
    }
    places = {term: found["positions.json"][number] for term, number in numbers.items()}
    assert places["texttospeech"] == places["text"] == [0]
    # In the title at 2 and 4, told by distance; then in the body at 0 and, behind a gap, at 2.
    assert places["speech"] == [2, 2, 0, 2]


def test_lunr_itself_loads_the_index_and_finds_words() -> None:
    """The form is lunr's: its own search finds each field's words."""
    one = paper("p", "Quantum annealing", abstract="Tuning qubits", authors=("Ana Bo",))
    index = Index.load(content(catalog([one, *FILLER]))["index.json"])
    for word in ("quantum", "qubit", "ana"):
        assert [hit["ref"] for hit in index.search(word)] == ["0"]


def test_lunr_loads_each_part_of_a_large_index() -> None:
    """A part is an index in lunr's form too."""
    found = content(catalog(FILLER), small=2)
    assert found["index.json"]["invertedIndex"] == []
    assert "zeta" in Index.load(found["index-0.json"]).inverted_index


def test_a_large_collection_is_parted_and_finds_the_same() -> None:
    """Parts begin with the terms that the index names, and answer as the whole does."""
    rare = [" ".join(f"w{number}x{word}" for word in range(10)) for number in range(400)]
    papers = about(*(f"Number{n} of speech and thing{n % 7} {rare[n]}" for n in range(400)))
    whole = {file.path: file.content for file in files(catalog(papers))}
    split = {file.path: file.content for file in files(catalog(papers), small=100)}
    found = content(catalog(papers), small=100)
    parts = found["index.json"]["parts"]
    assert len(parts) > 1
    assert parts == [found[f"index-{n}.json"]["invertedIndex"][0][0] for n in range(len(parts))]
    assert [len(found[f"papers-{n}.json"]) for n in range(2)] == [250, 150]
    queries = ("thing3 speech", '"number7 of speech"', "number3", "speehc", "-speech", *parts)
    for query in (*queries, *(f"{part} " for part in parts)):
        one, other = (
            find(lambda name, made=made: made[f"search/{name}"], query, 1000)
            for made in (whole, split)
        )
        assert one == other
        assert one.hits or query == "-speech"


def test_a_part_is_no_larger_than_it_must_be() -> None:
    """Many terms make several parts, each of which is within the limit."""
    long = [paper(f"p{n}", " ".join(f"w{n}x{m}" for m in range(300))) for n in range(30)]
    found = content(catalog(long), small=1)
    parts = [name for name in found if name.startswith("index-")]
    assert len(parts) > 1
    for name in parts:
        assert len(json.dumps(found[name]["invertedIndex"], separators=(",", ":"))) < 1.05 * PART


def test_an_empty_collection_has_an_index_that_finds_nothing() -> None:
    """No paper is no fault, and lunr loads its index."""
    assert slugs([], "speech") == []
    assert Index.load(content(catalog([]))["index.json"]).search("speech") == []


def test_results_show_title_authors_year_topics_and_note() -> None:
    """What the page prints comes from papers.json, topics by their place in the list."""
    weekly = digest()
    one = paper(
        "p",
        "The $gen$CNN",
        digests=[weekly],
        topics=["vision"],
        authors=("Ana", "Bo", "Cy", "Di", "Ed", "Flo"),
        published="2017-06",
        arxiv="1706.03762",
        abstract="An abstract.",
        note="A note.",
    )
    assert shown(catalog([one], [weekly], [topic("text"), topic("vision", color=7)])) == {
        "topics": [
            {"slug": "text", "name": "Text", "ink": 1},
            {"slug": "vision", "name": "Vision", "ink": 7},
        ],
        "papers": [
            {
                "slug": "p",
                "title": "The genCNN",
                "authors": "Ana, Bo, Cy, and others",
                "year": "2017",
                "arxiv": "1706.03762",
                "topics": [1],
                "text": "A note.",
            }
        ],
    }


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"note": "A note.", "tldr": "A line.", "abstract": "An abstract."}, "A note."),
        ({"tldr": "A line.", "abstract": "An abstract."}, "A line."),
        ({"abstract": "An abstract."}, "An abstract."),
    ],
)
def test_a_result_shows_the_note_else_the_line_else_the_abstract(
    facts: dict[str, Any], text: str
) -> None:
    """The curator's word comes first."""
    (one,) = shown(catalog([paper("p", **facts)]))["papers"]
    assert one["text"] == text


def test_unknown_facts_are_left_out_of_results() -> None:
    """A paper of which only the title is known shows its title."""
    assert shown(catalog([paper("p", "Title")]))["papers"] == [{"slug": "p", "title": "Title"}]


def test_a_long_abstract_is_cut_to_a_snippet() -> None:
    """At most 300 characters in one line."""
    (one,) = shown(catalog([paper("p", abstract="word\n" * 200)]))["papers"]
    assert 280 < len(one["text"]) <= 300
    assert "\n" not in one["text"]


def test_hostile_titles_reach_the_page_as_they_are() -> None:
    """papers.json carries text, not markup: escaping is the page's task."""
    (one,) = shown(catalog([paper("p", HOSTILE)]))["papers"]
    assert one["title"].startswith("<script>alert(1)</script>")


def test_words_for_spelling_are_those_of_the_texts() -> None:
    """Folded, not stemmed, with the number of papers; none short, with digits, or a stop word."""
    papers = [
        paper("a", "Naïve displays", abstract="Displays of GPT-4o", authors=("Šimić",)),
        paper("b", "The displays with that"),
    ]
    found = content(catalog(papers))["words.json"]
    assert dict(zip(found["words"], found["papers"], strict=True)) == {
        "displays": 2,
        "naive": 1,
        "simic": 1,
    }
    assert min(map(len, found["words"])) >= SHORTEST


def test_acronyms_stand_in_the_index_as_terms() -> None:
    """Where another paper has the acronym, its long form is known by its stems."""
    papers = [
        paper("a", "A survey", abstract="Text-to-speech (TTS) systems."),
        paper("b", "A TTS engine"),
    ]
    assert content(catalog(papers))["index.json"]["acronyms"] == {"tt": [["text", None, "speech"]]}


def test_a_title_of_stop_words_is_noted() -> None:
    """The index has no word of it, so the paper is named."""
    papers = [paper("a", "Who is it for"), paper("b", "Speech")]
    assert content(catalog(papers))["index.json"]["bare"] == [0]


def test_all_files_tell_where_they_come_from() -> None:
    """Each is an output file of the search."""
    assert all(isinstance(file, OutputFile) and file.origin for file in files(catalog(FILLER)))
