"""LaTeX commands in prose are said in characters; what is no LaTeX stays as it is."""

from __future__ import annotations

import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import macros


def said(text: str) -> str:
    return "".join(words for _, words in macros.prose(text))


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"na\"ive and na\"{\i}ve, Schr\"odinger", "naïve and naïve, Schrödinger"),
        (r"\'Eclair, It\^o, B\'ezier, \c{c}a, \o{}re", "Éclair, Itô, Bézier, ça, øre"),
        (r"360{\deg} of {\mu}-waves, {\Delta}{\Delta}G", "360° of μ-waves, ΔΔG"),
        (r"2.3\times more, 64 \pm 25", "2.3× more, 64 ± 25"),
        (r"(\eg, this), that \etc. And \ie, so", "(e.g., this), that etc. And i.e., so"),
        (r"text\textemdash more, \textgreater 96", "text—more, > 96"),
        (r"{\em and}, {\bf 8%}, \textbf{\emph{both}}", "and, 8%, both"),
        (r"see \href{https://x.example}{there}\footnote{Or not.}", "see there (Or not.)"),
        (r"as in~\cite{one,two} it is", "as in~ it is"),
        (r"5\% \& foo\_bar", "5% & foo_bar"),
        (r"one\, two\;three", "one two three"),
        (r"a query\'s answer", "a query's answer"),
    ],
)
def test_known_commands_are_said(latex: str, plain: str) -> None:
    """Accents, signs, short forms and dress become characters."""
    assert said(latex) == plain


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"We propose \method, a thing", "We propose method, a thing"),
        (r"{\ours} and \OurBench{} win", "ours and OurBench win"),
        (r"with~\name~one", "with name one"),
        (r"\highlight{this} too", "this too"),
        (r"\ourMethod-trained (\ours)", "ourMethod-trained (ours)"),
    ],
)
def test_macros_of_the_paper_lose_their_backslash(latex: str, plain: str) -> None:
    """Only its paper knows what a macro means: its name, or what it dresses, is what remains."""
    assert said(latex) == plain


@pytest.mark.parametrize(
    "text",
    [
        r"C:\new\table and \\server\share",
        r"\n, \u003c and \x41",
        r"a face ¯\_(ツ)_/¯",
        r"he said \"All\" of it",
        "about ~10 and a -- b",
        "{braces} and $5",
        *(text for text in hostile.STRINGS if "$O(" not in text),
    ],
)
def test_what_is_no_latex_stays(text: str) -> None:
    """Paths, escape sequences, faces and plain text come out unchanged."""
    assert said(text) == text


def test_dress_becomes_elements() -> None:
    """Emphasis, bold and typewriter are kept as such."""
    found = list(macros.prose(r"a {\it b} \textbf{c} \texttt{d} \textsc{e}"))
    assert [(one, words) for one, words in found if words.strip()] == [
        (None, "a "),
        ("em", "b"),
        ("strong", "c"),
        ("code", "d"),
        (None, "e"),
    ]


@given(st.text(alphabet=r"\{}~ \"'aeimtf[]", max_size=60))
def test_no_text_fails(text: str) -> None:
    """Whatever stands there, something comes out, and a second look changes no letter count."""
    assert len(said(text)) <= len(text) + 2 * text.count("\\") + 8


@pytest.mark.parametrize("text", [r"\href{", r"{\em ", r"\textbf{", "\\", r"\cite[a"])
def test_commands_without_an_end_take_no_time_to_speak_of(text: str) -> None:
    """The work grows with the length of the text."""
    assert said(text * 20_000)
