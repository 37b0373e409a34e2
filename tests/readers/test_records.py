"""JSON is taken apart record by record, each with its line, as far as it is whole."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.records import Record, first, is_json, records


def titled(row: Mapping[str, object]) -> bool:
    return "title" in row


def read(content: str) -> list[Record]:
    return list(records(content, titled).records)


def values(content: str) -> list[object]:
    return [record.value for record in read(content)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('[{"a": "x"}, {"a": "y"}]', [{"a": "x"}, {"a": "y"}]),
        ('{"a": "x"}\n{"a": "y"}\n', [{"a": "x"}, {"a": "y"}]),
        ('{"date": "d", "list": [{"title": "x"}], "n": null}', [{"title": "x"}]),
        ('{"one": [{"title": "x"}], "two": [{"title": "y"}]}', [{"title": "x"}, {"title": "y"}]),
        (
            '{"notes": [{"b": "c"}], "list": [{"title": "x"}]}',
            [{"title": "x"}],
        ),
        ('{"title": "x", "authors": [{"b": "c"}]}', [{"title": "x", "authors": [{"b": "c"}]}]),
        ('{"list": [{"b": "c"}]}', [{"b": "c"}]),
        ('{"error": "none"}', [{"error": "none"}]),
        ("[]", []),
        ('\ufeff [ {"a": "x"} , ] ', [{"a": "x"}]),
    ],
)
def test_every_shape_gives_its_records(content: str, found: list[object]) -> None:
    """A list, lines, an object with lists of papers, and an object that is a paper itself."""
    assert values(content) == found


def test_what_stands_beside_the_records_is_kept() -> None:
    """Title and date of a digest, but no list of objects."""
    found = records('{"date": "d", "list": [{"title": "x"}], "n": 1.50}', titled)
    assert found.head == {"date": "d", "n": "1.50"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_record_knows_its_line(end: str) -> None:
    """Whatever ends the lines, and wherever the record begins in its line."""
    shapes = [
        '["",\n\n  {"a": 1},\n 2]',
        '{"a": 1}\n\n{"a": 2}\n{"a": 3}',
        '\n{"x": [{},\n{}\n,{}]}',
    ]
    found = [[one.line for one in read(shape.replace("\n", end))] for shape in shapes]
    assert found == [[1, 3, 4], [1, 3, 4], [2, 3, 4]]


def test_numbers_stay_as_they_are_written() -> None:
    """An arXiv id that somebody wrote as a number keeps its last digit."""
    assert values('[{"id": 2401.12340, "n": -1, "x": ' + "9" * 5000 + "}]") == [
        {"id": "2401.12340", "n": "-1", "x": "9" * 5000}
    ]


@pytest.mark.parametrize(
    ("content", "whole", "line"),
    [
        ('[{"a": 1},\n{"a": 2', 1, 2),
        ('[{"a": 1}\n{"a": 2}]', 1, 2),
        ('[{"a": 1}]\n[]', 1, 2),
        ('{"list": [{"title": 1},\n{"title', 1, 2),
        ('{"list": [{"title": 1}],\n"x": nul}', 1, 2),
        ('{"list": [{"title": 1}]}\n}', 1, 2),
        ("{\n", 0, 2),
        ("[" * 50_000, 0, 1),
        ('{"a":' * 50_000, 0, 1),
        ("x}", 0, 1),
    ],
)
def test_what_is_whole_is_read(content: str, whole: int, line: int) -> None:
    """Up to the place that is broken; its line is told, once."""
    found = read(content)
    assert [bool(one.fault) for one in found] == [False] * whole + [True]
    assert found[-1].line == line


def test_a_broken_line_spoils_no_other() -> None:
    """JSON lines are read on behind it, also where the first is broken."""
    found = read('{"a": 1\n{"a": 2}\n{"a": 3} x\nnull\n')
    assert [one.value for one in found] == [None, {"a": "2"}, None, None]
    assert [bool(one.fault) for one in found] == [True, False, True, False]


def test_the_first_record_is_known_without_the_rest() -> None:
    """Also of a text that is broken behind it, and none of one that holds none."""
    assert first('[{"title": "x"}, broken', titled) == {"title": "x"}
    assert first("[]", titled) is None
    assert first('[{"title": "' + "x" * 600_000 + '"}]', titled) is None


def test_json_is_told_from_prose() -> None:
    """By its first sign."""
    assert is_json('\n [{"a": 1}]')
    assert not is_json("a [list]")


@given(st.lists(st.sampled_from(["[", "]", "{", "}", ",", ":", '"a"', '"', "1", "\n", "\r", " "])))
def test_no_text_stops_the_taking_apart(pieces: list[str]) -> None:
    """Pieces of JSON in any order are records or one fault at the end."""
    content = "".join(pieces)
    found = read(content)
    assert all(one.line <= content.count("\n") + content.count("\r") + 1 for one in found)
