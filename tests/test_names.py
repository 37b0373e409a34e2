from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.authors.names import parsed


@pytest.mark.parametrize(
    ("written", "family", "given", "initials"),
    [
        ("Ada Example", "example", ("ada",), "a"),
        ("Example, Ada", "example", ("ada",), "a"),
        ("and Ada Example*", "example", ("ada",), "a"),
        ("Ada (Addy) Example", "example", ("ada",), "a"),
        ("A. Example", "example", ("a",), "a"),
        ("A.B. Example", "example", ("a", "b"), "ab"),
        ("AB Example", "example", ("a", "b"), "ab"),
        ("ADA EXAMPLE", "example", ("ada",), "a"),
        ("Yu. Example", "example", ("y",), "y"),
        ("B. Ada Example", "example", ("b", "ada"), "ba"),
        ("Jean-Pierre Exemple", "exemple", ("jeanpierre",), "jp"),
        ("J.-P. Exemple", "exemple", ("j", "p"), "jp"),
        ("Çağla Örnek-Łoś", "orneklos", ("cagla",), "c"),
        ("Pat O’Example", "oexample", ("pat",), "p"),
        ("Ada van der Voorbeeld", "vandervoorbeeld", ("ada",), "a"),
        ("Van Example", "example", ("van",), "v"),
        ("Ada Example, Jr.", "examplejr", ("ada",), "a"),
        ("Ada Example 0002", "example0002", ("ada",), "a"),
        ("王伟", "王伟", (), ""),
        ("山田 太郎", "山田太郎", (), ""),
    ],
)
def test_a_name_is_taken_apart(
    written: str, family: str, given: tuple[str, ...], initials: str
) -> None:
    """Order, punctuation, case, accents, particles and suffixes are understood."""
    name = parsed(written)
    assert name is not None
    assert (name.family, name.given, name.initials) == (family, given, initials)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", ":", "-", "?", "J. -", "et al.", "others", "and 12 others", "Anonymous Authors"),
        *("The Kettle Collaboration", "Example Team", "Institute of Kettles", "Kettle AI"),
        *("Kettle", "K", "Ada X", "Ada B. C.", "Example 3", "4 Ada", "王"),
    ],
)
def test_what_is_no_whole_name_of_a_person_is_none(written: str) -> None:
    """Groups, remainders of lists, single words, and names that end in an initial are nobody's."""
    assert parsed(written) is None


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("Ada Example", True),
        ("B. Ada Example", True),
        ("김민수", True),
        ("A. Example", False),
        ("A. B. van der Example", False),
    ],
)
def test_initials_alone_make_no_full_name(written: str, full: bool) -> None:
    """One whole given name is enough."""
    name = parsed(written)
    assert name is not None
    assert name.full is full


def test_an_index_lists_a_name_under_the_word_after_its_particles() -> None:
    """Ada van der Voorbeeld stands under V for Voorbeeld, a Jr. under the family's name."""
    names = [parsed("Ada van der Voorbeeld"), parsed("Ada Example Jr.")]
    assert [name.sorting for name in names if name] == ["voorbeeld", "example"]


@given(st.text(max_size=60))
def test_no_text_is_too_odd_for_a_name(text: str) -> None:
    """Nothing raises, and a name that was found has a family name and something to show."""
    name = parsed(text)
    assert name is None or (name.family and name.sorting and name.shown.strip())
