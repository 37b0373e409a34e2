"""LaTeX in names, titles and abstracts becomes plain text, and its maths is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.latex import accented, plain

SAID = {
    r"Erd{\H{o}}s and Erd{\H o}s": "Erdős and Erdős",
    r"G{\"o}del, G\"odel, G\"{o}del": "Gödel, Gödel, Gödel",
    r"\v{C}apek, {\'{\i}}, \'\i n": "Čapek, í, ín",
    r"{\O}rsted, \O rsted, Stra{\ss}e": "Ørsted, Ørsted, Straße",
    r"S\~ao, Fran\c cois, \L{}ukasz": "São, François, Łukasz",
    r"45\% of R\&D \#1 in \{a\_b\}": "45% of R&D #1 in {a_b}",
    "``so'' --- 1--2~kg": "“so” — 1–2 kg",
    r"A {BERT} {S{tudy}}": "A BERT Study",
    r"\emph{so}, {\em so}, \textbf{so}, \texttt{a{b}}": "so, so, so, ab",
    r"\textquoteright s \LaTeX\ \ldots \texteuro": "’s LaTeX … €",
    r"\url{https://example.org/~a\_b--c}\ldots": "https://example.org/~a_b--c…",
    r"\href{https://example.org/a\_b}{h\'ere}": "hére (https://example.org/a_b)",
    r"costs \$5": "costs $5",
    r"\$5 and \$6": "$5 and $6",
}
KEPT = (
    r"$O(n_1)$, $$\frac{a}{b}$$, \(x^{2} \& y\), \[\mathcal{O}(\%)\]",
    r"\NAM, \foo{bar} and \cite{key}",
    "} and {",
    "a mass of 1.2^{+0.3}_{-0.1} and x_{i}",
    r"\$x\$",
    "\\",
    "$",
    r"\(",
)


@pytest.mark.parametrize("latex", SAID)
def test_dress_is_taken_off(latex: str) -> None:
    """Accents, signs, quotes, dashes, ties, braces and commands that only dress their text."""
    assert plain(latex) == SAID[latex]


@pytest.mark.parametrize("latex", KEPT)
def test_what_is_not_known_stays(latex: str) -> None:
    """Maths, commands without a known meaning, braces without a partner."""
    assert plain(latex) == latex


def test_accents_alone_leave_the_braces() -> None:
    """A name's braces still tell where it begins and ends."""
    assert accented(r"{Sch{\"o}n and \v{C}apek} \& {\~a}") == r"{Sch{ö}n and Čapek} \& {ã}"


@given(st.lists(st.sampled_from([*"\\{}$~-'`\"()[]%co \n", r"\text", "https://"])).map("".join))
def test_no_latex_raises(latex: str) -> None:
    """Whatever the order of its signs."""
    assert isinstance(plain(latex) + accented(latex), str)


@given(st.text(st.characters(exclude_characters="\\{}~-'`")))
def test_text_without_latex_is_itself(text: str) -> None:
    """Nothing is repaired on the way."""
    assert plain(text) == text


@pytest.mark.parametrize(
    "sign", ["{", "}", "$", r"\(", r"\[", r"\href{", r"\a{", r"\'{", "https://"]
)
def test_many_open_signs_take_one_pass(sign: str) -> None:
    """A hundred thousand of them: what searches anew at each would take minutes."""
    assert plain(sign * 100_000)
