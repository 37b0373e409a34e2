"""Formulas in feeds are MathML that still reads where a reader takes its elements out, or HTML."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import mathml
from generator.feeds import content, formulas

HIDDEN = {"mpadded", "mphantom"}


def stripped(latex: str) -> str:
    """Return what is left of the MathML where every element is dropped."""
    tree = formulas.laid_out(latex, False)
    assert tree is not None
    return "".join(tree.itertext()).replace("\xa0", " ")


def html(latex: str) -> str:
    nodes = formulas.spelled(latex, False)
    assert nodes is not None
    return ElementTree.tostring(formulas.filled(Element("p"), nodes), encoding="unicode")[
        3:-4
    ].replace("\xa0", " ")


@pytest.mark.parametrize(
    ("latex", "text", "markup"),
    [
        (r"x^2", "x^2", "x<sup>2</sup>"),
        (r"x^{2k}", "x^(2k)", "x<sup>2k</sup>"),
        (r"10^{-3}", "10^(−3)", "10<sup>−3</sup>"),
        (r"x_i^2", "x_i^2", "x<sub>i</sub><sup>2</sup>"),
        (r"\frac{a+b}{c}", "(a + b)/c", "(a + b)/c"),
        (r"\frac{1}{2}", "1/2", "1/2"),
        (r"\sqrt{n}", "√n", "√n"),
        (r"\sqrt{n+1}", "√(n + 1)", "√(n + 1)"),
        (r"\sqrt[3]{x}", "√(x, 3)", "<sup>3</sup>√x"),
        (r"\binom{n}{k}", "(n choose k)", "(n choose k)"),
        (r"\sum_{i=1}^n x_i", "∑_(i = 1)^n x_i", "∑<sub>i = 1</sub><sup>n</sup> x<sub>i</sub>"),
        (r"\underset{x}{\min} f", "min_x f", "min<sub>x</sub> f"),
        (r"O(n \log n)", "O(n log n)", "O(n log n)"),
        (r"\hat{x}_i", "x̂_i", "x̂<sub>i</sub>"),
        (r"f'(x)", "f′(x)", "f<sup>′</sup>(x)"),
        (r"\alpha \le \beta", "α ≤ β", "α ≤ β"),
        (r"a<b", "a < b", "a &lt; b"),
        (r"\begin{matrix} a & b \\ c & d\end{matrix}", "a b; c d", "a b; c d"),
        (r"\text{if } x>0", "if x > 0", "if x &gt; 0"),
    ],
)
def test_a_formula_reads_without_its_layout(latex: str, text: str, markup: str) -> None:
    """What only the place of a sign says is said in signs, too."""
    assert stripped(latex) == text
    assert html(latex) == markup


def test_what_layout_says_is_not_shown_beside_it() -> None:
    """The signs for other readers stand in boxes without width that are not drawn."""
    tree = formulas.laid_out("x^2", False)
    assert tree is not None
    (box,) = tree.iter("mpadded")
    assert box.attrib == dict.fromkeys(("width", "height", "depth"), "0")
    assert [child.tag for child in box.iter()] == ["mpadded", "mphantom", "mtext"]
    for node in tree.iter("mphantom"):
        tree_text = "".join(node.itertext())
        assert tree_text == "^"


def test_no_latex_is_no_formula() -> None:
    """What the converter does not know has neither form."""
    assert formulas.laid_out(r"\nosuch{x}", False) is None
    assert formulas.spelled(r"\nosuch{x}", False) is None


def test_the_pages_formula_is_left_alone() -> None:
    """Marks are put into a copy: the tree that pages print has none."""
    formulas.laid_out(r"\frac{y}{z}", False)
    tree = mathml.tree(r"\frac{y}{z}", False)
    assert tree is not None
    assert not HIDDEN & {node.tag for node in tree.iter()}


@given(st.text(alphabet=r"\{}^_&<>abx1+- frac", max_size=40))
def test_any_text_gives_clean_html_or_none(latex: str) -> None:
    """No formula fails, and what comes out is well-formed with elements of ours alone."""
    nodes = formulas.spelled(latex, False)
    if nodes is not None:
        text = ElementTree.tostring(formulas.filled(Element("p"), nodes), encoding="unicode")
        assert {node.tag for node in ElementTree.fromstring(text).iter()} <= {"p", "sub", "sup"}
    tree = formulas.laid_out(latex, False)
    if tree is not None:
        ElementTree.fromstring(ElementTree.tostring(tree, encoding="unicode"))


BROKEN = (r"\frac{1", r"\frac", r"\sqrt[3]", r"x^{", r"_", r"\overset{a", r"\left(", r"\binom{1}")


@pytest.mark.parametrize("latex", BROKEN)
@pytest.mark.parametrize("display", [False, True])
def test_a_broken_formula_is_text_in_both_hands(
    latex: str, display: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """What lacks a part raises nothing, warns of nothing, and no element of MathML lacks one."""
    sign = "$$" if display else "$"
    text = f"Before {sign}{latex}{sign} after"
    for hand in (content.rich, content.simple):
        paragraph = content.filled(Element("p"), hand(text))
        shown = content.written([paragraph])
        assert "Before" in shown
        assert "after" in shown
        assert all(len(node) == 2 for node in paragraph.iter() if node.tag == "mfrac")
    assert caplog.records == []
