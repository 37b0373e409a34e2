"""What records of one paper have in common, and what parts records of two."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalog.likeness import (
    compare,
    features,
    is_generic,
    is_misspelt,
    is_same_person,
    people,
    score,
)
from generator.catalog.profiles import Name, Profile, arxiv_of, is_preprint, plain, profile
from generator.catalog.venues import Fit, fit, kind
from generator.catalog.verdicts import judge
from generator.models import Facts


def record(title: str, *authors: str, **more: Any) -> Profile:
    return profile(Facts(title=title, authors=authors, **more))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"$\alpha$-Nets", "α-Nets"),
        (r"$\alpha$-Nets", "Alpha-nets"),
        (r"Caf\'e {N}ets", "Café nets"),
        (r"\textit{Small} Nets", "small nets"),
        (r"$\mathcal{O}$ Nets", "O nets"),
        ("R$^2$ Nets", "R² nets"),
        ("Nets &amp; Trees", "Nets & trees"),
        ("Schr&#246; dinger", "Schrödinger"),
        ("Ｓｍａｌｌ　Ｎｅｔｓ", "Small Nets"),
        ("Don't Stop", "Don’t stop"),
    ],
)
def test_one_title_written_in_two_ways(one: str, other: str) -> None:
    """LaTeX, entities, Greek letters, accents and width are dress."""
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Ada Lovelace", "A. Lovelace"),
        ("Ada Lovelace", "Lovelace"),
        ("Ada King Lovelace", "A Lovelace"),
        ("Müller, Jörg", "Jorg Muller"),
        ("Zhang Wei", "Wei Zhang"),
        ("Ada Lovelace", "Ada Lovelase"),
        ("LVS Lakshmanan", "Laks Lakshmanan"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    """Names are turned, shortened and misspelt."""
    assert people(record("T", one), record("T", other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Lovelace", "Bo Lovelace"), ("Wei Wang", "Wei Zhang"), ("Ada Li", "Ada Lu")],
)
def test_two_persons(one: str, other: str) -> None:
    """A family name or a given name in common is not enough."""
    assert people(record("T", one), record("T", other)) == 0


def test_people_are_counted_in_the_shorter_list() -> None:
    """A cut list is whole; `et al.` is nobody; without authors nothing is known."""
    whole = record("T", "Ada One", "Bo Two", "Cy Three")
    assert people(whole, record("T", "A. One", "et al.")) == 1
    assert people(whole, record("T", "Ada One", "Di Four")) == 0.5
    assert people(whole, record("T")) is None


def test_a_crowd_is_compared_in_no_time() -> None:
    """Three thousand names are looked up, not compared with one another."""
    crowd = [f"A{n} Person{n}" for n in range(3000)]
    assert people(record("T", *crowd), record("T", *reversed(crowd))) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("modeling", "modelling", True),
        ("assesment", "assessment", True),
        ("supervised", "unsupervised", False),
        ("symmetric", "asymmetric", False),
        ("2d", "3d", False),
        ("gpt4", "gpt5", False),
        ("zero", "few", False),
        ("net", "nets", True),
    ],
)
def test_misspelt(one: str, other: str, same: bool) -> None:
    """A letter or two; never a number, nor a word and its opposite."""
    assert is_misspelt(one, other) is same


def test_names_compare_both_ways() -> None:
    """Who comes first decides nothing."""
    one, other = Name("lovelace", "a"), Name("lovelac", "a")
    assert is_same_person(one, other)
    assert is_same_person(other, one)


@pytest.mark.parametrize(
    ("title", "generic"),
    [
        ("Editorial", True),
        ("Guest Editors' Introduction", True),
        ("Book review column", True),
        ("Message from the chair 2021", True),
        ("A", False),
        ("1984", False),
        ("Introduction to Nets", False),
    ],
)
def test_titles_that_name_no_subject(title: str, generic: bool) -> None:
    """Hundreds of texts bear them."""
    assert is_generic(plain(title)) is generic


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("VLDB", "Very Large Data Bases", Fit.SAME),
        ("SIGMOD Conference", "International Conference on Management of Data", Fit.SAME),
        ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)", Fit.SAME),
        ("SIGMOD Record", "ACM SIGMOD Record", Fit.SAME),
        ("VLDB", "SIGMOD Conference", Fit.OTHER),
        ("VLDB", "", Fit.UNKNOWN),
        ("Journal", "VLDB", Fit.UNKNOWN),
    ],
)
def test_venues(one: str, other: str, found: Fit) -> None:
    """Acronyms and abbreviations are known by their letters."""
    a, b = (record("T", venue=name).venue for name in (one, other))
    assert fit(a, b) is found
    assert fit(b, a) is found


def test_kinds_of_venues() -> None:
    """A journal, a magazine, a meeting; an archive of preprints is none."""
    names = ("The VLDB Journal", "SIGMOD Record", "ICLR", "arXiv", "CoRR abs/2401.00001")
    found = [kind(record("T", venue=name).venue) for name in names]
    assert found == ["journal", "magazine", "meeting", None, None]


def test_the_score_is_the_same_both_ways() -> None:
    """And between 0 and 1."""
    one = record("Small Nets: A Study", "Ada One", published="2021", venue="ICLR")
    other = record("Small nets", "A. One", "Bo Two", published="2022-03-01")
    there, back = (score(compare(a, b)) for a, b in ((one, other), (other, one)))
    assert there == pytest.approx(back)
    assert 0 < there < 1


def test_every_weight_weighs_a_feature() -> None:
    """The learned numbers and the features have the same names."""
    from generator.catalog.likeness import WEIGHTS

    one = record("Small Nets")
    assert set(features(compare(one, one))) == set(WEIGHTS)


LONG = "Learning Small Recurrent Networks for Speech"
ONE = ("Ada One", "Bo Two")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(LONG, *ONE), record(LONG.upper() + ".", *ONE)),
        (record(LONG, *ONE), record("Learning Small Reccurent Networks for Speech", *ONE)),
        (record(LONG, *ONE), record("Learning Small Recurrent Networks for the Speech", *ONE)),
        (record(LONG, *ONE), record(f"{LONG}: A Thorough Study", *ONE)),
        (record(LONG, *ONE, published="2021"), record(LONG, "A. One", published="2023")),
        (record(LONG, *ONE, venue="arXiv", published="2021"),
         record(LONG, *ONE, venue="ICLR", published="2022")),
        (record("Video Anywhere", *ONE), record("VideoAnywhere", *ONE)),
        (record(LONG), record("Learning Small Recurent Networks for Speech")),
        (record("Editorial", "Ada One", published="2020", venue="X"),) * 2,
    ],
)  # fmt: skip
def test_the_same(one: Profile, other: Profile) -> None:
    """Spelling, a subtitle, a later year at a venue: still the same paper."""
    assert judge(one, other).same
    assert judge(other, one).same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(f"{LONG}, Part I", *ONE), record(f"{LONG}, Part II", *ONE)),
        (record(f"{LONG} 2", *ONE), record(f"{LONG} 3", *ONE)),
        (record(f"{LONG} 2", *ONE), record(LONG, *ONE)),
        (record("Qwen2 Report", *ONE), record("Qwen2.5 Report", *ONE)),
        (record("A Survey of Nets 2023", *ONE), record("A Survey of Nets 2024", *ONE)),
        (record(LONG, *ONE), record(LONG, "Cy Three")),
        (record(LONG, *ONE, published="2010"), record(LONG, *ONE, published="2020")),
        (record(LONG, *ONE), record(f"Erratum: {LONG}", *ONE)),
        (record("Editorial", "Ada One", published="2020"),
         record("Editorial", "Ada One", published="2021")),
        (record("Introduction"), record("Introduction")),
        (record("Supervised Nets for Speech", *ONE), record("Unsupervised Nets for Speech", *ONE)),
        (record("Explicit Nets for Speech", *ONE), record("Implicit Nets for Speech", *ONE)),
        (record(f"{LONG}: A Thorough Study"), record(LONG)),
        (record("LLaMA for Small Nets of Speech"), record("LLaVA for Small Nets of Speech")),
        (record(LONG, *ONE, venue="VLDB", published="1998"),
         record(LONG, *ONE, venue="The VLDB Journal", published="2000")),
    ],
)  # fmt: skip
def test_not_the_same(one: Profile, other: Profile) -> None:
    """Another number, author, year, kind or word: two papers, as far as anybody can tell."""
    assert not judge(one, other).same
    assert not judge(other, one).same


def test_reasons_are_told() -> None:
    """Title, authors and years, in words, and what forbids the merge."""
    one = record("Small Nets: A Study", *ONE, published="2021")
    found = judge(one, record("Small Nets", *ONE, published="2022"))
    assert found.reasons == ("titles equal but for a subtitle", "authors equal", "2021/2022")
    found = judge(one, record("Small Nets 3: A Study", "Cy Three", published="2021"))
    assert found.against == ("numbers in the titles differ", "authors differ")


def test_preprint_servers_have_dois_of_their_own() -> None:
    """A venue's DOI does not contradict them; arXiv's tells the id."""
    assert arxiv_of(Facts("T", doi="10.48550/arxiv.2401.00001")) == "2401.00001"
    assert is_preprint("10.48550/arxiv.2401.00001")
    assert is_preprint("10.1101/2020.01.02.123456")
    assert not is_preprint("10.1145/3292500")
