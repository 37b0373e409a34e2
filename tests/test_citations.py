"""A citation's key stays for ever, and names have the parts that bibliographies sort by."""

from __future__ import annotations

import re

import pytest

from generator.exports.citations import citations, person, whole
from generator.models import Facts, Paper
from tests.factories import digest, paper

LONG = "a-survey-of-very-many-ways-to-tell-a-kettle-from-a-teapot-by-ear"


def key(one: Paper, *others: Paper) -> str:
    """Return the key of a paper among others."""
    return citations([*others, one])[one.slug].key


def test_a_key_is_the_slug() -> None:
    """What stands in the paper's address is also what one cites it by."""
    assert key(paper("attention-is-all-you-need")) == "attention-is-all-you-need"
    assert key(paper("2048")) == "2048"


def test_a_long_key_is_cut_and_told_apart() -> None:
    """Of a long slug the first words stay, and a few digits tell it from those like it."""
    one, other = key(paper(LONG)), key(paper(f"{LONG}-again"))
    assert one != other
    for found in (one, other, key(paper("x" * 80))):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
        assert len(found) <= 40
    assert one.startswith("a-survey-of-very-many-ways-to-tell-")


def test_a_key_stays_whatever_digests_tell_later() -> None:
    """Authors, dates, a corrected title and papers like it change no key."""
    bare = paper(LONG, "A survey of many ways")
    told = paper(LONG, "Corrected!", authors=("Ada Bee",), published="2020", digests=[digest()])
    near = [paper(f"{LONG}-{n}", "A survey of many ways") for n in range(2, 99)]
    assert key(bare) == key(told) == key(told, *near)
    keys = [one.key for one in citations([told, *near]).values()]
    assert len(set(keys)) == len(keys)


def test_keys_that_would_be_equal_are_the_whole_slugs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four digits may agree by chance; then nobody has the short key."""
    monkeypatch.setattr("generator.exports.citations._HASH", 0)
    one, other = paper(f"{LONG}-one"), paper(f"{LONG}-two")
    assert (key(one, other), key(other, one)) == (one.slug, other.slug)


@pytest.mark.parametrize(
    ("name", "family", "given", "particle", "suffix"),
    [
        ("Ada Example", "Example", "Ada", "", ""),
        ("Ludwig van Beethoven", "Beethoven", "Ludwig", "van", ""),
        ("Maria de la Cruz", "Cruz", "Maria", "de la", ""),
        ("Martin Luther King Jr.", "King", "Martin Luther", "", "Jr."),
        ("John Smith, Jr.", "Smith", "John", "", "Jr."),
        ("Ada Bee III", "Bee", "Ada", "", "III"),
        ("山田 太郎", "太郎", "山田", "", ""),
    ],
)
def test_a_name_has_its_parts(
    name: str, family: str, given: str, particle: str, suffix: str
) -> None:
    """They follow BibTeX's rules and together are the name again."""
    found = person(name)
    assert (found.family, found.given) == (family, given)
    assert (found.particle, found.suffix, found.body) == (particle, suffix, False)
    assert whole(found) == name.replace(",", "")


@pytest.mark.parametrize(
    "name",
    [
        *("The ATLAS Collaboration", "Qwen Team", "Plato", "张三", "van Gogh", "and Wen Tong"),
        *(
            "Board of Cups and Mugs",
            "Ada and others",
            "Food, Drink & Co",
            "family = B, C",
            "A {B} C",
        ),
    ],
)
def test_what_has_no_parts_stays_whole(name: str) -> None:
    """Groups, single words, and names with what parts lists and names."""
    found = person(name)
    assert (found.family, found.given, found.particle, found.suffix) == (name, "", "", "")


def test_an_address_is_the_papers_own() -> None:
    """DOI before arXiv before what the source names; none is made up."""
    for facts, address in (
        (Facts("X", doi="10.1/a", arxiv="2401.00001"), "https://doi.org/10.1/a"),
        (Facts("X", arxiv="2401.00001"), "https://arxiv.org/abs/2401.00001"),
        (Facts("X"), None),
    ):
        assert citations([Paper("x", facts, ())])["x"].address == address
