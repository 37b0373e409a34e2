"""CSV and TSV are taken apart into rows, whatever is wrong with the quotes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.fields import is_known
from generator.readers.sheet import Row, sheet


def rows(content: str) -> list[Row]:
    return list(sheet(content, is_known).rows)


def cells(content: str) -> list[list[str]]:
    return [list(row.cells.values()) for row in rows(content)]


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        ("Title,Authors;x\n", ("Title", "Authors;x")),
        ("Title;Authors, all\n", ("Title", "Authors, all")),
        ("Title\tAuthors,x\n", ("Title", "Authors,x")),
        ('\ufeff\n\n"Title", "The ""Authors"""\n', ("Title", 'The "Authors"')),
        ("Title,Title,,Title\n", ("Title", "Title (2)", "column 3", "Title (4)")),
        ('"Paper\n Title",url', ("Paper Title", "url")),
        ('"never closed', ()),
    ],
)
def test_the_head_tells_what_parts_the_columns(content: str, columns: tuple[str, ...]) -> None:
    """The sign that parts most known columns; equal and empty names are told apart."""
    assert sheet(content, is_known).columns == columns


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_row_knows_its_line(end: str) -> None:
    """A quoted cell may have several lines; blank rows are no rows."""
    text = 'title,note\n\na,"b\n\nc"\n,\nd,e'
    found = rows(text.replace("\n", end))
    assert [row.line for row in found] == [3, 7]
    assert [list(row.cells.values()) for row in found] == [["a", f"b{end}{end}c"], ["d", "e"]]


def test_a_short_row_lacks_its_last_cells() -> None:
    """Spreadsheets leave empty cells at the end of a row out."""
    assert rows("title,note,url\na\n")[0].cells == {"title": "a"}


def test_cells_beyond_the_head_are_a_fault() -> None:
    """They show that the row is shifted; empty ones do no harm."""
    good, bad = rows("title,note\na,b,,\na,b,c\n")
    assert (good.fault, bad.fault) == (None, "3 cells, but the head names 2 columns")


def test_a_quote_within_a_cell_is_a_sign() -> None:
    """Where the cells of the line are certain all the same."""
    assert cells('title\tnote\n"Why" is\t"a ""b"""\n') == [['"Why" is', 'a "b"']]
    assert cells('title,note\n"Attention "is" all",x\n') == [['Attention "is" all', "x"]]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('"a,b\n', "a quote is opened and never closed"),
        ('"a,b "x\n', "a quote in the middle of a cell (line 2)"),
        ('"' + "a" * 200_000, "a cell without end: a quote is opened and not closed"),
    ],
)
def test_a_quote_that_is_not_closed_costs_its_row_only(row: str, fault: str) -> None:
    """The rows behind it are read; the rest of the broken one is taken for no paper."""
    found = rows(f"title,note\n{row}\nits rest\nx,y\nz\n")
    assert (found[0].line, found[0].fault) == (2, fault)
    assert [row.cells.get("title") for row in found[-2:]] == ["x", "z"]
    assert not [row for row in found if row.cells.get("title") == "its rest"]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5), st.sampled_from(",;\t"))
def test_what_a_program_writes_comes_back(written: list[tuple[str, str]], delimiter: str) -> None:
    """Every cell of a well-formed table, its line ends and quotes included."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
        [("title", "note"), *written]
    )
    kept = [list(row) for row in written if any(map(str.strip, row))]
    assert cells(out.getvalue()) == kept


@given(st.lists(st.sampled_from(['"', ",", "\n", "\r", "a", " ", "\t", ";", '""']), max_size=60))
def test_no_text_stops_the_taking_apart(pieces: list[str]) -> None:
    """Pieces of a table in any order are rows, with or without a fault."""
    content = "title,note\n" + "".join(pieces)
    lines = len(content.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 < row.line <= lines for row in rows(content))
