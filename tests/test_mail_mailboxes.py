"""Addresses as people write them, and the list of subscribers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import mail
from generator.problems import Severity
from tests.hostile import STRINGS


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("ada@lab.example", "", "ada@lab.example"),
        ("  ada@Lab.Example ", "", "ada@lab.example"),
        ("Ada Example <ada+papers@lab.example>", "Ada Example", "ada+papers@lab.example"),
        ('"Example, Ada" <ada@lab.example>', "Example, Ada", "ada@lab.example"),
        ("<ada@lab.example>", "", "ada@lab.example"),
        ("ana@bücher.example", "", "ana@xn--bcher-kva.example"),
        ("zoë@lab.example", "", "zoë@lab.example"),
        ("root@localhost", "", "root@localhost"),
    ],
)
def test_an_address_is_read(written: str, name: str, address: str) -> None:
    """With a name or without; the domain in the form of the domain name system."""
    found = mail.mailbox(written)
    assert found is not None
    assert (found.name, found.address) == (name, address)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ada",
        "ada@",
        "@lab.example",
        "ada@lab..example",
        "ada@-lab.example",
        "a b@lab.example",
        "ada@lab.example, bob@lab.example",
        "ada@lab.example>",
        "Ada <ada@lab.example> <x@y.example>",
        "ada@lab.example\r\nBcc: all@lab.example",
        "ada\n@lab.example",
        "ada\x00@lab.example",
        "ada..b@lab.example",
        ".ada@lab.example",
        '"a b"@lab.example',
        f"{'a' * 65}@lab.example",
        f"ada@{'a' * 64}.example",
        f"ada@{'a.' * 130}example",
    ],
)
def test_what_is_no_address_is_none(written: str) -> None:
    """Nothing that a mail server could take for something else gets through."""
    assert mail.mailbox(written) is None


@given(st.text() | st.sampled_from(STRINGS))
def test_no_text_makes_two_lines(text: str) -> None:
    """Whatever stands before an address or for it, no part of a mailbox holds a line break."""
    for written in (text, f"{text} <ada@lab.example>", f"{text}@lab.example"):
        found = mail.mailbox(written)
        if found:
            assert len(f"{found.name}{found.address}x".splitlines()) == 1
            assert not set(found.address) & set(' <>,;:"\r\n\x00')


LIST = """\
# Our readers

Ada Example <ada@lab.example>   # since March
bob@lab.example
BOB@lab.example
nobody at all
#gone@lab.example
c#d@lab.example
"""


def test_a_list_gives_each_address_once() -> None:
    """Comments and empty lines are left out; a `#` within an address is none."""
    found, problems = mail.read("list.txt", LIST.encode())
    assert [one.address for one in found] == [
        "ada@lab.example",
        "bob@lab.example",
        "c#d@lab.example",
    ]
    assert found[0].name == "Ada Example"
    assert [(p.path, p.line, p.severity) for p in problems] == [
        ("list.txt", 5, Severity.WARNING),
        ("list.txt", 6, Severity.ERROR),
    ]
    assert "line 4" in problems[0].message


def test_a_list_of_any_editor_is_read() -> None:
    """A byte order mark and the line ends of all systems do not matter."""
    found, problems = mail.read("list.txt", b"\xef\xbb\xbfada@lab.example\r\nbob@lab.example\r")
    assert ([one.local for one in found], problems) == (["ada", "bob"], [])


def test_a_list_that_is_no_text_is_told() -> None:
    """The line of the first wrong byte is named."""
    found, (problem,) = mail.read("list.txt", b"ada@lab.example\nb\xf6b@lab.example\n")
    assert (found, problem.line, problem.severity) == ((), 2, Severity.ERROR)
