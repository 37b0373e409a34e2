"""XML of feeds: elements with their lines, and nothing that attacks the parser."""

from __future__ import annotations

import pytest

from generator.problems import Problem
from generator.readers.xml import ATOM, Node, parse, stamp_day


def parsed(content: str) -> Node:
    root = parse("x.xml", content)
    assert isinstance(root, Node)
    return root


def refused(content: str) -> Problem:
    problem = parse("x.xml", content)
    assert isinstance(problem, Problem)
    return problem


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_elements_know_their_line(end: str) -> None:
    """Whatever ends the lines, and also below empty ones, a mark or a comment."""
    content = "\ufeff\n\n<?xml version='1.0'?>\n<!-- x\n -->\n<a>\n<b/>\n\n<b\nc='1'/></a>"
    root = parsed(content.replace("\n", end))
    assert [root.line, *(child.line for child in root.children("b"))] == [6, 7, 9]


def test_names_carry_their_namespace() -> None:
    """With or without a prefix; a name of no namespace is bare."""
    root = parsed(f"<feed xmlns='{ATOM[1:-1]}' xmlns:x='y'><x:a x:b='1' c='2'/><d/></feed>")
    assert root.name == f"{ATOM}feed"
    assert root.child(f"{ATOM}d") is not None
    assert root.child("d") is None
    (child,) = root.children("{y}a")
    assert child.attributes == {"{y}b": "1", "c": "2"}


def test_text_is_that_of_all_elements_below() -> None:
    """In its order, entities decoded once."""
    root = parsed("<a> x <b>y&amp;lt;<![CDATA[<z>]]></b> w<c/></a>")
    assert root.text() == " x y&lt;<z> w"
    assert (root.text_of("b"), root.text_of("c"), root.text_of("d")) == ("y&lt;<z>", None, None)


def test_an_encoding_that_the_file_claims_does_not_count() -> None:
    """The text was decoded already."""
    assert parsed("<?xml version='1.0' encoding='utf-16'?><a>é言</a>").text() == "é言"


def test_characters_that_xml_forbids_are_left_out() -> None:
    """One stray sign does not cost a whole feed."""
    assert parsed("<a>x\x0b\x00\x1fy\ud800\uffff</a>").text() == "xy"


ENTITY = "<!DOCTYPE a [\n<!ENTITY b {}>]>\n<a>&b;</a>"


@pytest.mark.parametrize(
    "content",
    [
        ENTITY.format("'kettle'"),
        ENTITY.format("SYSTEM 'file:///etc/hostname'"),
        "<!DOCTYPE a [\n<!ENTITY % b SYSTEM 'http://localhost/x'> %b;]>\n<a/>",
    ],
)
def test_declared_entities_are_refused(content: str) -> None:
    """Bombs and files from outside alike, at the declaration."""
    problem = refused(content)
    assert problem.line == 2
    assert problem.message.startswith("refused")


def test_a_bomb_costs_nothing() -> None:
    """Refused before anything is multiplied."""
    levels = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 100}'>" for n in range(20))
    problem = refused(f"<!DOCTYPE a [<!ENTITY e0 'x'>{levels}]><a>&e20;</a>")
    assert problem.message.startswith("refused")


def test_a_type_of_document_alone_does_no_harm() -> None:
    """It declares nothing."""
    assert parsed("<!DOCTYPE rss><rss/>").name == "rss"


def test_depth_is_bounded() -> None:
    """The text of the deepest element that is read can still be had."""
    assert parsed("<a>" * 100 + "x" + "</a>" * 100).text() == "x"
    problem = refused("\n" + "<a>" * 100_000)
    assert (problem.line, "deep" in problem.message) == (2, True)


@pytest.mark.parametrize(
    ("content", "line"),
    [("", 1), ("x", 1), ("<a>\n<b>\n</a>", 3), ("\n<a", 2), ("<a>\n&nbsp;</a>", 2)],
)
def test_broken_xml_names_its_line(content: str, line: int) -> None:
    """And says what to do."""
    problem = refused(content)
    assert problem.line == line
    assert problem.message.startswith("broken XML")
    assert "save the file again" in problem.hint


def test_what_follows_a_document_wants_a_file_of_its_own() -> None:
    """Two feeds in one file are neither."""
    assert refused("<a/>\n<b/>").hint == "put what follows into a file of its own"


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2022-02-24T15:05:19Z", "2022-02-24"),
        ("2025-08-20T00:00:00-04:00", "2025-08-20"),
        ("Wed, 20 Aug 2025 00:00:00 -0400", "2025-08-20"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        (" 2025-08-20\n", "2025-08-20"),
        ("Wed, 99 Aug 2025 00:00:00 -0400", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_of_a_stamp_is_that_of_its_own_zone(stamp: str, day: str | None) -> None:
    """No clock of ours moves it."""
    assert stamp_day(stamp) == day
