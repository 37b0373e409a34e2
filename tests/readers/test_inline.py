"""Markdown inside a line becomes plain text, and its links are found."""

from __future__ import annotations

import pytest
from effort import effort
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.inline import definitions, parse, plain


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        (
            "**bold** *slanted* __bold__ _slanted_ ***both*** ~~old~~",
            "bold slanted bold slanted both old",
        ),
        ("**A* search**, A* and D* Lite", "A* search, A* and D* Lite"),
        ("*[A* search](https://x.org)*", "A* search"),
        ("3*4*5 snake_case_x a ~5", "3*4*5 snake_case_x a ~5"),
        ("$x^*$ and $y_i^*$, $5 and $10", "$x^*$ and $y_i^*$, $5 and $10"),
        ("`*code*` ``a`b`` `open", "*code* a`b `open"),
        ("&amp;lt; AT&T &copy x", "&lt; AT&T &copy x"),
        (r"\*no\* Q\&A \alpha", r"*no* Q&A \alpha"),
        ("one<br>two<br/>three", "one\n\ntwo\n\nthree"),
        ("<em>over</em> H<sub>2</sub>O <think> <IS>", "over H2O <think> <IS>"),
        ("<!-- no -->yes <!-- open", "yes <!-- open"),
        ("![image](x.png) [T [v2]](https://x.org)", " T [v2]"),
        ("https://x.org/_a_*b*", "https://x.org/_a_b"),
        ("[broken](https://x.org [and] more", "[broken](https://x.org [and] more"),
    ],
)
def test_signs_go_and_words_stay(markdown: str, said: str) -> None:
    """Emphasis, links, tags and escapes are undone once; maths and lone signs stay."""
    assert plain(markdown) == said


@pytest.mark.parametrize(
    ("markdown", "links"),
    [
        ("[A *b*](https://x.org)", [("A b", "https://x.org")]),
        ('[A](<https://x.org/a b> "t")', [("A", "https://x.org/a b")]),
        ("[B](https://x.org/a_(b))", [("B", "https://x.org/a_(b)")]),
        ("[![badge](b.svg)](https://x.org)", [("", "https://x.org")]),
        (
            "[a [B](https://y.org) c](https://x.org)",
            [("B", "https://y.org"), ("", "https://x.org")],
        ),
        ("<https://x.org> https://y.org/a.", [("", "https://x.org"), ("", "https://y.org/a")]),
        ("<a class='x' href='https://x.org?a=1&amp;b=2'>A</a>", [("A", "https://x.org?a=1&b=2")]),
        ("[A](https://x.org?a=1&noteId=2)", [("A", "https://x.org?a=1&noteId=2")]),
        ("[A][one] [none][x]", [("A", "https://1.org")]),
        ("[Two][] [two]", [("Two", "https://2.org"), ("two", "https://2.org")]),
    ],
)
def test_links_are_found_in_order(markdown: str, links: list[tuple[str, str]]) -> None:
    """With their words, be they inline, by reference, bare, in brackets or in HTML."""
    known = definitions(("[One]: https://1.org", " [two]: <https://2.org> 'x'", "[one]: no"))
    found = parse(markdown, known).links
    assert [(link.label, link.address) for link in found] == links
    assert all(markdown[link.start : link.end] for link in found)


@given(st.lists(st.sampled_from([*"[]()*_`<>$&!\\~ a1\n", "](", "https://", "<br>", "<a href=x>"])))
def test_any_text_is_read(pieces: list[str]) -> None:
    """Pieces of Markdown in any order: no fault, and each link is a piece of the source."""
    source = "".join(pieces)
    for link in parse(source, {"a": "https://x.org"}).links:
        assert 0 <= link.start < link.end <= len(source)


UNITS = ["[", "](", "[](", "![", "*a _b ", "`", "<!--", "<a ", "$a", "[a](", "**a*", "[a][b]"]


@pytest.mark.parametrize("unit", UNITS)
def test_the_work_grows_with_the_length(unit: str) -> None:
    """Ten times as many of the same sign are about ten times the work."""
    short, long = (effort(lambda n=n: parse(unit * n)) for n in (500, 5_000))
    assert long < 15 * short
