from __future__ import annotations

from itertools import permutations

import pytest
from effort import effort
from factories import digest, paper

from generator.authors import CROWD, Authors, gather
from generator.models import Paper


def signed(*papers: tuple[str, ...]) -> list[Paper]:
    """Return papers by the names on them: `p0`, `p1` and so on."""
    return [paper(f"p{place}", authors=names) for place, names in enumerate(papers)]


def people(*papers: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the slug of each author with several papers, with the slugs of these."""
    return shown(gather(signed(*papers)))


def shown(found: Authors) -> dict[str, list[str]]:
    """Return each author's papers by the author's slug."""
    return {one.slug: [each.slug for each in one.papers] for one in found.known}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Example", "ADA EXAMPLE"),
        ("Ada Example", "Example, Ada"),
        ("Çağla Örnek", "Cagla Ornek"),
        ("Seung-won Bogi", "Seungwon Bogi"),
        ("Jean-Pierre Exemple", "Jean Pierre Exemple"),
        ("Ada B. Example", "Ada Example"),
        ("Ada B. Example", "Ada Beatrix Example"),
        ("王伟", "王 伟"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    """Case, accents, punctuation, order, and a middle name left out or shortened."""
    assert list(people((one,), (other,)).values()) == [["p0", "p1"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Example", "Adam Example"),
        ("Ada Example", "Ada Exempel"),
        ("Ada B. Example", "Ada C. Example"),
        ("Ada Example", "Ada Beatrix Example"),
        ("Jun Example", "Jun-Hao Example"),
        ("Ada Example", "Ada Example Jr."),
        ("Ada Example 0001", "Ada Example 0002"),
        ("Ada Example", "A. Example"),
        ("A. Example", "A. Example"),
        ("Kettle Team", "Kettle Team"),
        ("OpenKettle", "OpenKettle"),
        ("et al.", "et al."),
    ],
)
def test_what_may_be_two_people_is_not_joined(one: str, other: str) -> None:
    """Another middle name, initials alone, groups: rather no page than a wrong one."""
    assert people((one,), (other,)) == {}


def test_a_short_form_that_fits_two_people_is_a_third() -> None:
    """Ada Example may be Ada B. or Ada C., so she is joined with neither."""
    found = people(
        *(("Ada Example",), ("Ada Example",)),
        *(("Ada B. Example",), ("Ada B. Example",)),
        *(("Ada C. Example",), ("Ada C. Example",)),
    )
    assert found == {
        "ada-b-example": ["p2", "p3"],
        "ada-c-example": ["p4", "p5"],
        "ada-example": ["p0", "p1"],
    }


def test_a_short_form_reaches_the_fullest_through_others() -> None:
    """Ada, Ada B. and Ada Beatrix C. are one while nobody else fits."""
    assert people(("Ada Example",), ("Ada B. Example",), ("Ada Beatrix C. Example",)) == {
        "ada-example": ["p0", "p1", "p2"]
    }


def test_initials_join_the_one_name_that_fits_and_shares_a_coauthor() -> None:
    """A. Example beside Ben Beispiel is the Ada Example who wrote with him before."""
    found = people(("Ada Example", "Ben Beispiel"), ("A. Example", "Ben Beispiel"))
    assert found == {"ben-beispiel": ["p0", "p1"], "ada-example": ["p0", "p1"]}


@pytest.mark.parametrize(
    "papers",
    [
        [("Ada Example", "Ben Beispiel"), ("A. Example", "Cleo Exemple")],
        [("Ada Example", "Ben Beispiel"), ("A. Example", "B. Beispiel")],
        [("Ada Example", "Ben Beispiel"), ("Anna Example",), ("A. Example", "Ben Beispiel")],
        [("Ada Example", "Ben Beispiel"), ("B. Example", "Ben Beispiel")],
        [("Ada B. Example", "Ben Beispiel"), ("A. C. Example", "Ben Beispiel")],
        [("Ada Example", "Ben Beispiel"), ("Ada Example", "A. Example", "Ben Beispiel")],
    ],
    ids=[
        "no shared co-author",
        "the co-author is initials too",
        "two names fit",
        "other initials",
        "other middle initial",
        "both on one paper",
    ],
)
def test_initials_stand_alone_otherwise(papers: list[tuple[str, ...]]) -> None:
    """Without a single fitting name and a shared co-author the name is nobody's."""
    found = gather(signed(*papers))
    initials = [
        who
        for names in papers
        for name, who in zip(names, found.by_paper[f"p{papers.index(names)}"], strict=True)
        if name.split()[0].endswith(".")
    ]
    assert not any(initials)


def test_the_name_shown_is_the_most_frequent_form_with_its_accents() -> None:
    """Of one form the spelling with accents is shown, capitals never where there is another."""
    found = gather(
        signed(("Cagla Ornek",), ("Çağla Örnek",), ("Cagla B. Ornek",), ("CAGLA ORNEK",))
    )
    assert [one.name for one in found.known] == ["Çağla Örnek"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Łucja Pieprzyk-Ósma", "lucja-pieprzyk-osma"),
        ("Pat O’Example", "pat-oexample"),
        ("王伟", "author-d996cdc0"),
        ("Wei 王伟", "wei-de289dd7"),
        (f"Ada {'x' * 98}", "ada-5db8cb99"),
    ],
)
def test_a_slug_is_the_name_in_ascii(name: str, slug: str) -> None:
    """Letters that an address has no room for are told apart by a few digits of a hash."""
    assert list(people((name,), (name,))) == [slug]


def test_a_slug_stays_when_newer_papers_come() -> None:
    """The earliest paper's form decides, not the form that is shown."""
    days = [digest(f"d{year}", f"20{year}-01-01") for year in range(20, 25)]
    forms = ["Ada B. Example", *["Ada Example"] * 4]
    papers = [
        paper(f"p{day.slug}", digests=[day], authors=(form,))
        for day, form in zip(days, forms, strict=True)
    ]
    for known in range(2, 6):
        found = gather(papers[known - 1 :: -1])
        assert [one.slug for one in found.known] == ["ada-b-example"]
    assert [one.name for one in found.known] == ["Ada Example"]


def test_equal_slugs_get_numbers_in_the_order_of_names() -> None:
    """Ample comes before Ex-Ample, whichever paper came first."""
    names = ["Ada Ex-Ample", "Ada Ex Ample"]
    found = gather(signed(*((name,) for name in names for _ in range(2))))
    assert {one.name: one.slug for one in found.known} == {
        "Ada Ex Ample": "ada-ex-ample",
        "Ada Ex-Ample": "ada-ex-ample-2",
    }


def test_authors_come_by_family_name_and_know_their_papers_in_order() -> None:
    """Particles do not count; papers stand in the catalogue's order."""
    names = ("Zoe van Alpha", "Ada Beta", "Ben Alpha")
    found = gather(signed(names, names[::-1]))
    assert [one.name for one in found.known] == ["Ben Alpha", "Zoe van Alpha", "Ada Beta"]
    assert [each.slug for each in found.known[0].papers] == ["p0", "p1"]
    assert [one.name if one else None for one in found.by_paper["p0"]] == list(names)


def test_a_paper_that_names_somebody_twice_counts_once() -> None:
    """A list with the same name twice is one paper."""
    assert people(("Ada Example", "Ada Example"), ("Ben Beispiel",)) == {}


def test_companions_come_by_shared_papers_then_those_with_pages() -> None:
    """Ben wrote two papers with Ada; of those who wrote one, Cleo has a page."""
    found = gather(
        signed(
            ("Ada Example", "Ben Beispiel", "Abe Alone", "Cleo Exemple", "et al."),
            ("Ada Example", "Ben Beispiel"),
            ("Cleo Exemple",),
        )
    )
    ada = next(one for one in found.known if one.name == "Ada Example")
    told = [(one.name, one.author is not None, one.papers) for one in found.companions(ada)]
    assert told == [("Ben Beispiel", True, 2), ("Cleo Exemple", True, 1), ("Abe Alone", False, 1)]


def test_a_crowd_makes_authors_but_no_companions() -> None:
    """A paper of a whole laboratory counts for each of them, and says not who works with whom."""
    crowd = tuple(f"Given{chr(97 + n % 26)} Family{chr(97 + n // 26)}" for n in range(CROWD + 1))
    found = gather(signed(crowd, crowd))
    assert len(found.known) == CROWD + 1
    assert not any(found.companions(one) for one in found.known)


def test_the_order_of_papers_decides_nothing() -> None:
    """Names, slugs and who is one person are the same however the papers come."""
    papers = signed(
        ("Ada Example", "Ben Beispiel"),
        ("A. Example", "Ben Beispiel"),
        ("Ada B. Example", "Zoe Alpha"),
        ("Zoë Alpha", "Ben Beispiel"),
    )
    told = {
        tuple((one.slug, one.name, len(one.papers)) for one in gather(order).known)
        for order in permutations(papers)
    }
    assert len(told) == 1


def test_the_work_grows_with_the_number_of_names() -> None:
    """Neither papers of 3,000 authors nor initials make it grow faster."""

    def work(size: int) -> int:
        crowd = tuple(f"{chr(97 + n % 26)}. {'abcdefghij'[n % 10]}{n * 'x'}" for n in range(9))
        names = tuple(f"Given{'x' * (n % 40)} Family{'y' * (n // 40)}" for n in range(size))
        papers = signed(names, names, *[crowd] * size)

        def all_of_it() -> None:
            found = gather(papers)
            for one in found.known:
                found.companions(one)

        return effort(all_of_it)

    small, large = work(200), work(2000)
    assert large < 12 * small
