"""What a query finds, and in which order, without a browser."""

from __future__ import annotations

import pytest

from generator.search.finding import FEW
from tests.factories import HOSTILE, catalog, paper, topic
from tests.searching import FILLER, about, answer, slugs


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


def test_without_a_complete_match_each_word_adds() -> None:
    """Where no paper has all words, two that are as rare as a third beat it."""
    papers = about("Speech decoding", "Zebra", *["Filler"] * 8)
    assert slugs(papers, "zebra speech decoding") == ["p0", "p1"]


def test_score_orders_as_the_list_does() -> None:
    """Scores fall, and one point tells that all words were found."""
    hits = answer(about("Streaming speech now", "Speech", "Streaming"), "speech streaming").hits
    assert [int(hit.score) for hit in hits] == [1, 0, 0]
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
    for query in ("the survey of", "the survey of its"):
        assert {hit.slug for hit in answer(papers, query).hits} == {"p0", "p1"}


@pytest.mark.parametrize(
    "query",
    [
        *('+ - : * ~ ^ " \\', "title:speech", "speech~9", "sp*ch^10", "*", "+", "-*", "~1", '"'),
        *("\x00", "\ud800", "", "   ", "-" * 5000, "a" * 5000, "a " * 5000, "[" * 5000, HOSTILE),
        *("🙂", "שלום", "\u202espeech", '"speech', '""', '-"', '"the of"', "speech " * 2000),
    ],
    ids=lambda query: ascii(query[:20]),
)
def test_no_query_is_too_odd(query: str) -> None:
    """Whatever is asked, there is an answer."""
    assert len(answer(about("Speech", HOSTILE), query).hits) <= 2


def test_signs_of_lunrs_own_language_are_plain_text() -> None:
    """`+`, `~`, `^`, `*` and `:` part words and do nothing else."""
    assert slugs(about("Speech", "Other"), "+speech^10 ~1 *") == ["p0"]


def test_limit_keeps_the_best() -> None:
    """A limit cuts the end of the list."""
    papers = about(*["Speech"] * 5)
    assert answer(papers, "speech", 2).hits == answer(papers, "speech").hits[:2]


def test_a_hit_says_where_the_paper_is() -> None:
    """Title as the page shows it, address relative to the site."""
    (hit,) = answer(about("A $gen$CNN"), "gencnn").hits
    assert (hit.slug, hit.title, hit.url) == ("p0", "A genCNN", "papers/p0/")


def test_a_title_that_begins_with_the_query_comes_before_others() -> None:
    """Of papers with all words, that with the words first in its title."""
    papers = [
        paper("a", "Nets", abstract="deep nets deep nets deep nets"),
        paper("b", "Deep nets for a much longer title about other things entirely"),
    ]
    assert slugs(papers, "deep nets") == ["b", "a"]


@pytest.mark.parametrize(
    "query", ['"end-to-end speech"', "“end to end speech”", '"Ends TO end speeches"']
)
def test_quotes_ask_for_words_side_by_side(query: str) -> None:
    """Stems that follow each other, in any field; little words keep their place."""
    papers = [
        paper("a", "Speech, end to end"),
        paper("b", "Other", abstract="An end-to-end speech model"),
        paper("c", "Other", note="End-to-end speech."),
        paper("d", "End to", abstract="end speech"),
    ]
    assert sorted(slugs(papers, query)) == ["b", "c"]


def test_quotes_hold_names_too() -> None:
    """A name in quotes is that of one author, not of two."""
    papers = [paper("a", authors=("Ana Bo", "Cy Di")), paper("b", authors=("Cy Bo", "Ana Di"))]
    assert slugs(papers, '"ana bo"') == ["a"]
    assert slugs(papers, '"bo cy"') == []


def test_a_phrase_that_no_paper_has_finds_nothing() -> None:
    """Quotes are a demand, in a query that is no paragraph."""
    papers = about("Speech synthesis", "Synthesis of other speech")
    assert slugs(papers, '"synthesis speech"') == []
    assert len(slugs(papers, '"synthesis speech" ' + "speech " * 9)) == 2


def test_a_single_quotation_mark_means_nothing() -> None:
    """A phrase that is not closed yet is a list of words."""
    assert slugs(about("Speech synthesis", "Synthesis of speech"), '"synthesis spee') == [
        "p0",
        "p1",
    ]


def test_a_minus_before_quotes_excludes_the_phrase() -> None:
    """Papers with both words apart stay."""
    papers = about("Speech synthesis", "Synthesis of all speech")
    assert slugs(papers, 'speech -"speech synthesis"') == ["p1"]


def test_neighbours_of_the_query_count_more_side_by_side() -> None:
    """Of two papers with the same words, that which has them together comes first."""
    papers = [
        paper("a", "One", abstract="graph kernels and the attention of networks"),
        paper("b", "Two", abstract="attention kernels and the networks of graph"),
    ]
    assert slugs([*papers, *FILLER], "attention kernels") == ["b", "a"]


def test_a_word_said_twice_counts_twice() -> None:
    """A long question tells by repeating itself what it is about."""
    papers = about("Birds", "Songs", "Birds", "Songs")
    assert slugs(papers, "birds songs songs zzzz")[:2] == ["p1", "p3"]


@pytest.mark.parametrize("query", ["TTS", "text to speech", "text-to-speech", "texttospeech"])
def test_an_acronym_and_its_long_form_find_each_other(query: str) -> None:
    """Once a paper spells it out, all papers with either are found."""
    papers = [
        paper("a", "A survey", abstract="Text-to-speech (TTS) systems."),
        paper("b", "A TTS engine"),
        paper("c", "Speech from text-to-speech"),
        paper("d", "Text of a speech"),
    ]
    found = slugs([*papers, *FILLER], query)
    assert set(found) >= {"a", "c"}
    assert ("b" in found) == (query != "texttospeech")
    assert ("d" in found) == (" " in query or "-" in query)


def test_a_paper_with_the_other_form_has_all_words() -> None:
    """It does not count as one that lacks some."""
    papers = [
        paper("a", "A survey", abstract="Text-to-speech (TTS) systems."),
        paper("b", "A TTS engine"),
    ]
    assert answer([*papers, *FILLER], "text to speech").complete == 2
    assert answer([*about("Handwriting"), *FILLER], "hand writing").complete == 1


def test_a_word_with_a_hyphen_too_many_is_no_mistake() -> None:
    """Where the whole is known, its parts need not be."""
    found = answer(about("Keyboardists", "Boards", "Lists"), "key-board-ists")
    assert (found.guesses, [hit.slug for hit in found.hits]) == ((), ["p0", "p1"])


def test_two_words_find_their_compound() -> None:
    """`hand writing` finds `handwriting`, after papers that write it so."""
    papers = [paper("a", "Handwriting in time"), paper("b", "Writing by hand writing")]
    assert slugs([*papers, *FILLER], "hand writing")[:2] == ["b", "a"]


def test_a_misspelt_word_is_answered_by_the_nearest_and_said() -> None:
    """The guess is told; a word that some paper has is never replaced."""
    papers = about("Recurrent networks", "Current networks", "Networks")
    found = answer(papers, "recurent networks")
    assert found.guesses == (("recurent", "recurrent"),)
    assert found.hits[0].slug == "p0"
    assert answer(papers, "current networks").guesses == ()


def test_a_word_like_no_other_is_told_as_missing() -> None:
    """It has no guess, and the others are searched."""
    found = answer(about("Speech"), "speech xylophone")
    assert (found.guesses, found.missing, found.complete) == ((), ("xylophone",), 0)
    assert [hit.slug for hit in found.hits] == ["p0"]


def test_an_id_among_words_finds_its_paper() -> None:
    """An id need not stand alone."""
    papers = [paper("a", "Reply to speech"), paper("b", "Speech", arxiv="2503.09516")]
    assert slugs(papers, "speech arXiv:2503.09516v1")[0] == "b"
    assert slugs(papers, "2503.09") == ["b"]


def test_the_order_of_the_catalogue_changes_no_score() -> None:
    """The same papers in another order have the same scores, to the last digit."""
    papers = about(*(f"Speech {word} of nets" for word in ("alpha", "beta", "gamma", "delta")))
    for query in ("speech nets", "alpha gamma", "spee"):
        assert answer(papers, query) == answer(reversed(papers), query)


def test_odd_papers_are_found_like_others() -> None:
    """A title alone, two alike, ten thousand letters without a blank, other scripts."""
    papers = [
        *about("Speech", "Speech"),
        paper("long", "a" * 10_000),
        paper("rtl", "حروف عربية", abstract="\u202ehidden"),
        paper("empty", "?!"),
    ]
    assert slugs(papers, "speech") == ["p0", "p1"]
    assert slugs(papers, "a" * 10_000) == ["long"]
    assert slugs(papers, "عربية") == ["rtl"]
