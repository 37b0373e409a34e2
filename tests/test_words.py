"""What counts as a word, and which words count as one."""

from __future__ import annotations

from generator.words import fold, numeral, runs, spelt, stem, terms, tokens


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


def test_tokens_are_terms_of_readable_text() -> None:
    """Maths of plain letters is read as letters; equal terms are one object."""
    assert tokens("A $gen$CNN") == ("gencnn",)
    assert tokens("speech")[0] is tokens("of speech")[0]


def test_runs_are_words_as_written() -> None:
    """Folded, with stop words and hyphens; of scripts without blanks none is a word."""
    assert runs("The Naïve text-to-speech") == ("the", "naive", "text-to-speech")
    assert [spelt(run) for run in runs("to-do 言語")] == [("to", "do"), ()]


def test_the_numeral_of_an_id_is_one_word() -> None:
    """New ids without the point, old ones without the archive."""
    assert (numeral("2503.09516"), numeral("math/0211159")) == ("250309516", "0211159")
