"""Outside text is cleaned once and escaped once."""

from __future__ import annotations

import html
import unicodedata

import pytest
from factories import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from generator import text

anything = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("\ufeffa\ufeffb", "ab"),
        ("a\ud800b\uffff", "ab"),
        ("Cafe\u0301", "Café"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("naïve 言語モデル 🐈", "naïve 言語モデル 🐈"),
    ],
)
def test_clean_keeps_what_xml_can_carry(raw: str, kept: str) -> None:
    """Control characters, marks of byte order and lone surrogates go, all else stays."""
    assert text.clean(raw) == kept


@given(anything)
def test_clean_is_done_once(raw: str) -> None:
    """What is clean stays as it is, in Unicode's composed form."""
    cleaned = text.clean(raw)
    assert text.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    """Form feeds and Unicode's own separators part no lines: `wc -l` does not count them."""
    raw = "a\r\nb\rc\nd\u2028d\x0bd\x0cd\x85d"
    assert text.lines(raw) == ["a", "b", "c", "d\u2028d\x0bd\x0cd\x85d"]


def test_line_joins_everything() -> None:
    """White space of all kinds becomes one blank."""
    assert text.line("  a\n\n b\t\u00a0c\u2028d ") == "a b c d"


def test_paragraphs_joins_wrapped_lines() -> None:
    """Empty lines part paragraphs, single line ends do not."""
    assert text.paragraphs("\n one\n two\n \t\n\n\nthree \n") == "one two\n\nthree"


@given(anything)
def test_escaped_text_reads_back_as_written(raw: str) -> None:
    """A browser shows the text itself; only white space is evened out."""
    shown = html.unescape(text.escape(text.clean(raw)))
    assert shown.split() == html.unescape(html.escape(text.clean(raw))).split()


@given(anything)
def test_escaped_text_holds_no_active_sign(raw: str) -> None:
    """Nothing is left that HTML, Markdown maths, Jinja or macros act upon; it is one line."""
    escaped = text.escape(raw)
    assert not set("<>\"'{}%[]\\$`\n\r") & set(escaped)


def test_escape_disarms_the_worst_title() -> None:
    """No tag, no template and no link survives."""
    escaped = text.escape(HOSTILE)
    assert "<script" not in escaped
    assert "{{" not in escaped
    assert not set("<>\"'{}%[]\\$`") & set(escaped)
    assert html.unescape(escaped) == HOSTILE


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("$gen$CNN: a model", "genCNN: a model"),
        ("K-$Means$++", "K-Means++"),
        ("$\\alpha$-nets", "$\\alpha$-nets"),
        ("$O(n^2)$ time", "$O(n^2)$ time"),
        ("from $5 to $6", "from $5 to $6"),
        ("costs $5", "costs $5"),
        ("$5$ dollars", "$5$ dollars"),
    ],
)
def test_readable_takes_off_dress_only(raw: str, shown: str) -> None:
    """Words in maths signs lose them; formulas and prices stay as they are."""
    assert text.readable(raw) == shown


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Straße", "strasse"),
        ("Ångström", "angstrom"),
        ("ﬁne", "fine"),
        ("ＣＮＮ", "cnn"),
        ("言語", "言語"),
    ],
)
def test_fold_makes_spellings_equal(raw: str, folded: str) -> None:
    """Case, accents and width make no difference."""
    assert text.fold(raw) == folded


def test_words_are_folded_and_in_order() -> None:
    """Punctuation and underscores part words."""
    assert text.words("Naïve, chain-of_thought!") == ["naive", "chain", "of", "thought"]


@given(anything, st.integers(min_value=1, max_value=80))
def test_shorten_keeps_its_limit(raw: str, limit: int) -> None:
    """A cut text has at most as many signs as asked for, and says that it was cut."""
    short = text.shorten(raw, limit)
    assert len(short) <= limit
    assert short == raw or short.endswith("…")


def test_shorten_cuts_between_words() -> None:
    """No word is cut while one fits, and no comma hangs before the dots."""
    assert text.shorten("one, two three", 10) == "one, two…"
    assert text.shorten("one, two", 6) == "one…"
    assert text.shorten("unbreakable", 5) == "unbr…"
    assert text.shorten("exact", 5) == "exact"
