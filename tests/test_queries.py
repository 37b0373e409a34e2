"""How a query is taken apart."""

from __future__ import annotations

import pytest

from generator.search.queries import BINDING, QUERY_WORDS, Word, parse


def test_words_keep_their_order_and_stand_once() -> None:
    """A repeated word counts its times; only the last may be unfinished."""
    query = parse("speech of rnn-t speech dec")
    assert query.wanted == (
        Word(None, ("speech",), times=2),
        Word("rnnt", ("rnn", "t")),
        Word(None, ("dec",), unfinished=True),
    )
    assert query.sequence == ("speech", None, "rnn", "t", "speech", "dec")


@pytest.mark.parametrize(
    "query", ['"beam search"', "“beam search”", "«beam search»", "„beam search“"]
)
def test_quotation_marks_of_all_kinds_make_a_phrase(query: str) -> None:
    """The words of a phrase are wanted too, and finished."""
    found = parse(query)
    assert found.phrases == (("beam", "search"),)
    assert [word.unfinished for word in found.wanted] == [False, False]


def test_a_minus_forbids_a_word_or_a_phrase() -> None:
    """Neither is wanted."""
    found = parse('graph -neural -"belief nets"')
    assert [word.spelt for word in found.excluded] == ["neural"]
    assert found.forbidden == (("belief", "net"),)
    assert found.sequence == ("graph",)


def test_quotes_in_a_paragraph_only_quote() -> None:
    """Beside more than a few words, a phrase is no demand."""
    few = " ".join(f"word{n}" for n in range(BINDING))
    assert parse(f'"beam search" {few}').phrases
    assert not parse(f'"beam search" {few} more').phrases


@pytest.mark.parametrize("query", ['"', '""', '"the of"', '-""', '"unclosed'])
def test_empty_and_open_quotes_are_no_phrase(query: str) -> None:
    """They ask for nothing side by side."""
    found = parse(query)
    assert (found.phrases, found.forbidden) == ((), ())


def test_neighbours_keep_the_little_words_between_them() -> None:
    """Each pair once; as one word only those that stand side by side."""
    query = parse("text to speech text to speech")
    assert query.pairs() == [("text", None, "speech"), ("speech", "text")]
    assert query.joined() == [(("speech", "text"), "speechtext")]


def test_an_id_alone_is_known_in_any_dress() -> None:
    """Its text is the bare id, its word the numeral."""
    found = parse("https://arxiv.org/pdf/2503.09516v2.pdf")
    assert (found.is_id, found.text, found.sequence) == (True, "2503.09516", ("250309516",))
    assert not parse("about 2503.09516").is_id


def test_a_pasted_page_stays_a_query() -> None:
    """Words beyond a limit do not count."""
    assert len(parse(" ".join(f"w{n}" for n in range(200))).wanted) == QUERY_WORDS
