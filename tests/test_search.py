"""Search without a browser: what is indexed, what is found, in which order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from generator.models import Catalog, Paper
from generator.search import FEW, Hit, files, find, parse
from generator.words import fold, stem, terms
from tests.factories import HOSTILE, catalog, digest, paper, topic


def search(papers: Iterable[Paper] | Catalog, query: str, limit: int = 100) -> list[Hit]:
    """Return what `query` finds among `papers`, by way of the bytes of the site."""
    found = papers if isinstance(papers, Catalog) else catalog(papers)
    content = {file.path: file.content for file in files(found)}
    return find(content["search/index.json"], content["search/papers.json"], query, limit)


def slugs(papers: Iterable[Paper] | Catalog, query: str) -> list[str]:
    return [hit.slug for hit in search(papers, query)]


def shown(found: Catalog) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(files(found)[2].content)
    return content


def about(*titles: str) -> list[Paper]:
    """Return papers `p0`, `p1`, … with the given titles."""
    return [paper(f"p{number}", title) for number, title in enumerate(titles)]


FILLER = about(
    *(f"Filler {word}" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta"))
)


def test_files_are_the_index_lunr_and_what_results_show() -> None:
    """Three files, sorted by path; lunr keeps the header with its licence."""
    index, lunr, papers = files(catalog(FILLER))
    assert [file.path for file in (index, lunr, papers)] == [
        "search/index.json",
        "search/lunr.js",
        "search/papers.json",
    ]
    assert b"@license MIT" in lunr.content[:200]
    assert b"2.3.9" in lunr.content[:200]


def test_files_do_not_depend_on_the_order_of_papers() -> None:
    """Two catalogues with the same papers in another order give the same bytes."""
    assert files(catalog(FILLER)) == files(catalog(reversed(FILLER)))


def test_index_holds_no_positions() -> None:
    """A posting names papers and nothing more."""
    index = json.loads(files(catalog(FILLER))[0].content)
    postings = [posting["t"] for _, posting in index["invertedIndex"]]
    assert sum(map(len, postings)) == 2 * len(FILLER)
    assert all(found == {} for posting in postings for found in posting.values())


def test_an_empty_collection_has_an_index_that_finds_nothing() -> None:
    """No paper is no fault."""
    assert search([], "speech") == []


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


def test_unknown_facts_are_left_out_of_results() -> None:
    """A paper of which only the title is known shows its title."""
    assert shown(catalog([paper("p", "Title")]))["papers"] == [{"slug": "p", "title": "Title"}]


def test_a_long_abstract_is_cut_to_a_snippet() -> None:
    """At most 300 characters in one line."""
    (one,) = shown(catalog([paper("p", abstract="word\n" * 200)]))["papers"]
    assert 280 < len(one["text"]) <= 300
    assert "\n" not in one["text"]


@pytest.mark.parametrize(
    "query",
    [
        "annealing",
        "qubits",
        "worthwhile",
        "Dvořák",
        "dvorak",
        "physics",
        "tunnelling",
        "2503.09516",
    ],
)
def test_every_field_is_searched(query: str) -> None:
    """A word of title, abstract, note, author, topic, keywords or the arXiv id finds the paper."""
    one = paper(
        "p",
        "Quantum annealing",
        topics=["matter"],
        abstract="We tune qubits.",
        note="A worthwhile read.",
        authors=("Jan Dvořák",),
        keywords=("tunnelling",),
        arxiv="2503.09516",
    )
    found = catalog([*FILLER, one], topics=[topic("matter", "Physics of matter")])
    assert slugs(found, query) == ["p"]


def test_title_counts_more_than_abstract() -> None:
    """Of two texts of one length the paper with the word in its title comes first."""
    papers = [
        paper("a", "Small words here", abstract="speech nets work"),
        paper("b", "Small speech here", abstract="words nets work"),
    ]
    assert slugs([*FILLER, *papers], "speech") == ["b", "a"]


def test_ties_are_broken_by_slug() -> None:
    """Equal papers come in the order of their slugs, not of the catalogue."""
    papers = [paper(slug, "Same title") for slug in ("c", "a", "b")]
    assert slugs(papers, "same") == ["a", "b", "c"]


def test_papers_with_all_words_come_first() -> None:
    """A paper with both words beats one that says a single word often."""
    papers = about("Speech speech speech", "A streaming thing with a long title about speech")
    assert slugs([*papers, *FILLER], "streaming speech")[0] == "p1"


def test_papers_with_some_words_fill_a_short_list() -> None:
    """Where few papers have all words, the list goes on with others up to ten."""
    papers = about("Streaming speech", *["Speech alone"] * 30)
    assert len(slugs(papers, "streaming speech")) == FEW


def test_a_long_list_holds_only_papers_with_all_words() -> None:
    """Where ten papers have all words, none follows that lacks one."""
    papers = about(*["Streaming speech"] * 12, *["Speech alone"] * 30)
    assert len(slugs(papers, "streaming speech")) == 12


def test_without_a_complete_match_most_words_win() -> None:
    """Where no paper has all words of a short query, two of three beat one that is rare."""
    papers = about("Speech decoding", "Zebra", *["Speech decoding nets"] * 8)
    assert slugs(papers, "zebra speech decoding")[-1] == "p1"


def test_score_orders_as_the_list_does() -> None:
    """Scores fall, and their whole part tells how many words were found."""
    hits = search(about("Streaming speech now", "Speech", "Streaming"), "speech streaming")
    assert [int(hit.score) for hit in hits] == [2, 1, 1]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_last_word_may_be_unfinished() -> None:
    """A word still being typed stands for its continuations, a finished one does not."""
    papers = about("Transducers at work", "Speech")
    assert slugs(papers, "transdu") == ["p0"]
    assert slugs(papers, "transdu ") == []
    assert slugs(papers, "transdu speech") == ["p1"]


@pytest.mark.parametrize("length", range(5, 14))
def test_no_letter_on_the_way_to_a_word_loses_its_papers(length: int) -> None:
    """Stemmed words are found at each letter of their endings."""
    papers = [*about("Optimization"), *FILLER[1:]]
    assert slugs(papers, "optimization"[:length]) == ["p0"]


def test_inflected_words_find_each_other() -> None:
    """Words are compared by their stems."""
    assert slugs(about("Surveying displays", "Other"), "surveys display") == ["p0"]


@pytest.mark.parametrize("query", ["RNN-T", "rnn-t", "RNNT", "rnn t"])
def test_compounds_are_found_whole_and_in_parts(query: str) -> None:
    """A hyphen more or less does not matter to a paper that writes it."""
    assert slugs([*FILLER, paper("x", "An RNN-T model")], query) == ["x"]


def test_a_hyphen_finds_the_word_without() -> None:
    """`multi-modal` finds `multimodal`."""
    assert slugs([*FILLER, paper("x", "Multimodal things")], "multi-modal") == ["x"]


@pytest.mark.parametrize("query", ["言語モデル", "言語", "語モデ", "言"])
def test_cjk_is_found_by_pairs(query: str) -> None:
    """Neighbouring characters are enough, spaces are not needed."""
    assert slugs([*FILLER, paper("x", "大規模言語モデルの評価")], query) == ["x"]


def test_minus_excludes() -> None:
    """A word with a minus leaves its papers out."""
    papers = about("Speech synthesis", "Speech recognition")
    assert slugs(papers, "speech -synthesis") == ["p1"]
    assert slugs(papers, "speech -") == ["p0", "p1"]
    assert slugs(papers, "-synthesis") == []


def test_the_exact_title_comes_first() -> None:
    """The paper of that title beats a longer list of the same words."""
    papers = about(
        "Deep nets deep nets deep nets", "Learning with deep nets and more", "Deep: nets?"
    )
    assert slugs(papers, "deep nets")[0] == "p2"


def test_a_title_of_stop_words_is_found() -> None:
    """Stop words count where they are the whole title."""
    assert slugs(about("Who is it for", "Speech"), "who is it for") == ["p0"]
    assert slugs(about("Who is it for", "Speech"), "who is") == []


@pytest.mark.parametrize(
    "query",
    [
        "2503.09516",
        "arXiv:2503.09516",
        "arxiv: 2503.09516v2",
        "https://arxiv.org/abs/2503.09516v12",
        "arxiv.org/pdf/2503.09516.pdf",
        "https://huggingface.co/papers/2503.09516",
    ],
)
def test_an_arxiv_id_finds_its_paper_first(query: str) -> None:
    """However the id was copied, and although another abstract names it."""
    papers = [
        paper("a", "Reply", abstract="2503.09516 2503.09516 2503.09516", arxiv="2504.00001"),
        paper("b", "A much longer title than that of the reply", arxiv="2503.09516"),
    ]
    assert slugs(papers, query)[0] == "b"


def test_an_old_arxiv_id_finds_its_paper() -> None:
    """Ids with an archive's name and a slash are ids."""
    papers = [paper("a", arxiv="math/0211159"), paper("b", arxiv="math/0211158")]
    assert slugs(papers, "https://arxiv.org/abs/math/0211159v1")[0] == "a"


def test_stop_words_of_a_query_are_ignored() -> None:
    """`of the` neither finds nor forbids."""
    papers = about("Survey of the field", "Survey")
    assert {hit.slug for hit in search(papers, "the survey of")} == {"p0", "p1"}
    assert all(int(hit.score) == 1 for hit in search(papers, "the survey of its"))


@pytest.mark.parametrize(
    "query",
    [
        *('+ - : * ~ ^ " \\', "title:speech", "speech~9", "sp*ch^10", "*", "+", "-*", "~1", '"'),
        *("\x00", "\ud800", "", "   ", "-" * 5000, "a" * 5000, "a " * 5000, "[" * 5000, HOSTILE),
    ],
    ids=lambda query: ascii(query[:20]),
)
def test_no_query_is_too_odd(query: str) -> None:
    """Whatever is asked, there is an answer."""
    assert isinstance(search(about("Speech", HOSTILE), query), list)


def test_signs_of_lunrs_own_language_are_plain_text() -> None:
    """`+`, `~`, `^`, `*` and `:` part words and do nothing else."""
    assert slugs(about("Speech", "Other"), "+speech^10 ~1 *") == ["p0"]


def test_hostile_titles_reach_the_page_as_they_are() -> None:
    """papers.json carries text, not markup: escaping is the page's task."""
    (one,) = shown(catalog([paper("p", HOSTILE)]))["papers"]
    assert one["title"].startswith("<script>alert(1)</script>")


def test_limit_keeps_the_best() -> None:
    """A limit cuts the end of the list."""
    papers = about(*["Speech"] * 5)
    assert search(papers, "speech", 2) == search(papers, "speech")[:2]


def test_a_hit_says_where_the_paper_is() -> None:
    """Title as the page shows it, address relative to the site."""
    (hit,) = search(about("A $gen$CNN"), "gencnn")
    assert (hit.slug, hit.title, hit.url) == ("p0", "A genCNN", "papers/p0/")


def test_terms_are_folded_stemmed_and_joined() -> None:
    """The index's words of a text, in order, compounds first as a whole."""
    assert terms("The Große RNN-T’s displays, GPT-3.5") == [
        *("gross", "rnnt", "rnn", "ts", "display"),
        *("gpt35", "gpt", "3", "5"),
    ]


def test_stems_of_words_in_y_are_those_of_the_browser() -> None:
    """Porter's stemmers in lunr differ, and the index holds what the browser looks up."""
    found = [stem(word) for word in ("try", "survey", "arrays", "played", "by", "ies")]
    assert found == ["tri", "survey", "array", "play", "by", "ie"]


def test_letters_without_decomposition_are_folded_too() -> None:
    """Readers without the letter on their keyboard find the name."""
    assert fold("Łukasz Sørensen Straße Æsir ŒUVRE") == "lukasz sorensen strasse aesir oeuvre"


def test_parse_keeps_thirty_two_words() -> None:
    """A pasted page stays a query."""
    assert len(parse(" ".join(f"w{number}" for number in range(100))).wanted) == 32
