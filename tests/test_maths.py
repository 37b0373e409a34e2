"""LaTeX in titles and abstracts becomes MathML on pages and plain text in lines, never markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator import maths


def shown(text: str) -> str:
    """Return what a reader of the page sees of `text`, formulas as their letters."""
    page = LexborHTMLParser(f"<p>{maths.typeset(text)}</p>")
    return page.css_first("p").text()


@pytest.mark.parametrize(
    ("latex", "inside"),
    [
        (r"$\alpha \le x^2$", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\(a<b\)", "<mo>&lt;</mo>"),
        (r"$$\sum_{i=1}^n x_i$$", '<math display="block">'),
        (r"\[ \sqrt{n} \]", "<msqrt>"),
        (r"$\mathbb R^n$", "<mi>ℝ</mi>"),
        (r"$\mathcal{L}$", "ℒ"),
    ],
)
def test_formulas_become_mathml(latex: str, inside: str) -> None:
    """All four pairs of delimiters are read, and letters in a style are letters of their own."""
    html = maths.typeset(f"Before {latex} after")
    assert html.startswith("Before <math")
    assert html.endswith("</math> after")
    assert inside in html


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10 each.",
        "Under $1,000 USD",
        "from $25 to $30",
        "a $ b $ c",
        "one $",
        r"C:\new\table",
        r"a face ¯\_(ツ)_/¯ and \u003cscript\u003e",
    ],
)
def test_money_and_backslashes_are_no_maths(text: str) -> None:
    """A dollar before a blank, or before a figure after the closing one, is money."""
    assert "<math" not in maths.typeset(text)
    assert shown(text) == text
    assert maths.plain(text) == text


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"$\alpha \le x^2$", "α ≤ x²"),
        (r"an $O(n \log n)$ bound", "an O(n log n) bound"),
        (r"$\varepsilon^{-2}$", "ε⁻²"),
        (r"$x_{10}$", "x₁₀"),
        (r"$gen$CNN", "genCNN"),
        (r"\emph{fast} by 45\%", "fast by 45%"),
        (r"the $\texttt{Dig}$ task", "the Dig task"),
    ],
)
def test_a_plain_line_has_neither_dollars_nor_commands(latex: str, plain: str) -> None:
    """Titles of the browser's tab, descriptions and search results show letters and signs."""
    assert maths.plain(latex) == plain


def test_a_name_in_dollars_is_no_product() -> None:
    """`$gen$CNN` is one word, not g times e times n."""
    assert maths.typeset("$gen$CNN") == "genCNN"


def test_commands_that_dress_text_become_elements() -> None:
    """Emphasis is kept as emphasis, signs lose their backslash."""
    html = maths.typeset(r"\emph{very} \textbf{bold} \texttt{code} 5\% \& more")
    assert html == "<em>very</em> <strong>bold</strong> <code>code</code> 5&#37; &amp; more"


def test_what_is_no_latex_stands_as_text() -> None:
    """A formula with an unknown command is shown as plain text in a span of its own."""
    assert maths.typeset(r"$\nosuch{x}$") == '<span class="op-tex">x</span>'
    assert shown(r"$\frac{1}$") != ""


BAD = {"href", "style", "class", "id", "onmouseover", "src"}


def test_a_long_formula_in_a_line_has_a_box_that_can_scroll() -> None:
    """Browsers break no formula; a short one, and one that is set off, need no box of ours."""
    long = " + ".join(rf"\alpha_{n}" for n in range(9))
    assert maths.typeset(f"${long}$").startswith('<span class="op-wide"><math')
    assert "op-wide" not in maths.typeset(rf"$\alpha_1$ and \[ {long} \]")


HOSTILE = [
    r"$<script>alert(1)</script>$",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\text{&lt;script&gt;alert(1)&lt;/script&gt;}$",
    r"\emph{<svg onload=alert(1)>}",
    r"$\color{red\" onmouseover=\"alert(1)}{x}$",
    r"$\class{x}{y} \style{color:red}{z} \id{q}{w}$",
    "$\\begin{array}{c}<b>x</b>\\end{array}$",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_formula_is_markup(text: str) -> None:
    """Whatever a source writes into a formula, no element or attribute of its own comes out."""
    html = maths.typeset(text)
    page = LexborHTMLParser(f"<div>{html}</div>")
    known = {"div", "em", "strong", "code", "i", "span", "mstyle", "mtext", "mtable", "mtr", "mtd"}
    tags = {node.tag for node in page.css("div, div *")}
    assert {tag for tag in tags if not re.fullmatch("m[a-z]+", tag)} <= known
    for node in page.css("div *"):
        own = node.attributes in ({"class": "op-tex"}, {"class": "op-wide"})
        assert own or not BAD & set(node.attributes)


@given(st.text(alphabet=st.sampled_from("$\\{}^_ab1 <>&%[]()`\n"), max_size=60))
def test_any_text_is_one_line_of_escaped_html(text: str) -> None:
    """No input raises, and what active characters are left are numeric references."""
    html = str(maths.typeset(text))
    assert not set("{}%[]\\$`\n") & set(html)
    maths.plain(text)


def test_a_long_text_without_an_end_takes_no_time_to_speak_of() -> None:
    """Openers without partners are each looked at once."""
    text = "$a " * 20_000 + r"\( " * 20_000
    assert len(maths.typeset(text)) >= len(text)
