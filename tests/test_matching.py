"""A wrong merge is worse than a double: what counts as the same paper, and what does not."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest
from effort import effort
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.matching import Rulings, keys, match, same_papers
from generator.models import Facts

A1, A2 = "2401.00001", "2402.00002"
D1, D2 = "10.1000/one", "10.1000/two"


def mention(title: str = "Small Nets", **facts: Any) -> Facts:
    return Facts(title=title, **facts)


def test_keys_name_all_that_identifies() -> None:
    """Id, DOI and title; what is unknown or empty is no key."""
    known = mention("Small $Nets$!", arxiv=A1, doi=D1)
    assert keys(known) == {f"arxiv:{A1}", f"doi:{D1}", "title:small-nets"}
    assert keys(mention("???")) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention(), mention("small  nets.")),
        (mention("$gen$CNN"), mention("genCNN")),
        (mention("A", arxiv=A1), mention("B", arxiv=A1)),
        (mention("A", doi=D1), mention("B", doi=D1)),
        (mention("A", arxiv=A1, authors=("Ada One",)), mention("B", arxiv=A1, authors=("Bo Two",))),
        (mention(arxiv=A1), mention()),
        (mention(arxiv=A1), mention(doi=D1)),
        (mention(authors=("Ada One", "Bo Two")), mention(authors=("A. One",))),
        (mention(authors=("One, Ada",)), mention(authors=("Ada One",))),
        (mention(authors=("Ada Öne",)), mention(authors=("ada one",))),
        (mention(authors=("Ada One",)), mention()),
    ],
)
def test_the_same_paper(one: Facts, other: Facts) -> None:
    """Equal ids are enough; equal titles are, where nothing contradicts."""
    assert same_papers([one, other]) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention("Small Nets"), mention("Small Nets Revisited")),
        (mention(arxiv=A1), mention(arxiv=A2)),
        (mention(doi=D1), mention(doi=D2)),
        (mention(authors=("Ada One",)), mention(authors=("Bo Two",))),
        (mention("???"), mention("!!!")),
        (mention("言語モデル"), mention("言語データ")),
        (mention("Nets I"), mention("Nets II")),
    ],
)
def test_two_papers(one: Facts, other: Facts) -> None:
    """Another id, another author or another word keeps them apart."""
    assert same_papers([one, other]) == [[0], [1]]


def test_what_could_be_either_joins_neither() -> None:
    """Mentions without an id, where two papers have their title, stay by themselves."""
    for seen in permutations([mention(arxiv=A1), mention(arxiv=A2), mention()]):
        assert same_papers(seen) == [[0], [1], [2]]
    for seen in permutations(
        [mention(authors=("Ada One",)), mention(authors=("Bo Two",)), mention()]
    ):
        assert same_papers(seen) == [[0], [1], [2]]
    bare = [mention(arxiv=A1), mention(), mention(arxiv=A2), mention()]
    assert same_papers(bare) == [[0], [1, 3], [2]]


def test_an_id_learned_by_another_title_keeps_papers_apart() -> None:
    """All that a group says counts, not only its mentions with the title at hand."""
    seen = [mention("T", doi=D1), mention("U", doi=D1, arxiv=A1), mention("T", arxiv=A2)]
    assert same_papers(seen) == [[0, 1], [2]]


def test_what_a_first_title_joined_counts_for_the_second() -> None:
    """Two DOIs do not meet through a paper that has two titles: it could be either."""
    seen = [
        mention("T", arxiv=A1),
        mention("U", arxiv=A1),
        mention("T", doi=D1),
        mention("U", doi=D2),
    ]
    for order in permutations(seen):
        assert len(same_papers(order)) == 3


def test_groups_come_in_the_order_of_their_first_mention() -> None:
    """Each with its mentions in the given order."""
    seen = [mention("B"), mention("A"), mention("C"), mention("A"), mention("B")]
    assert same_papers(seen) == [[0, 4], [1, 3], [2]]
    assert same_papers([]) == []


LONG = "Learning Small Recurrent Networks for Speech"
SLIP = "Learning small reccurent networks for speech"
ONE = ("Ada One", "Bo Two")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention(arxiv=A1), mention(doi=f"10.48550/arxiv.{A1}")),
        (mention(arxiv=A1, doi=f"10.48550/arxiv.{A1}"), mention(doi=D1)),
        (mention(LONG, authors=ONE), mention(f"{LONG}: A Study", authors=("A. One", "B. Two"))),
        (mention(LONG, authors=ONE), mention(SLIP, authors=ONE)),
        (mention(LONG, published="2021"), mention(LONG, published="2023")),
        (mention(r"$\alpha$-Nets"), mention("α-Nets")),
        (mention("Nets &amp; Trees"), mention("Nets & Trees")),
    ],
)  # fmt: skip
def test_the_same_paper_in_other_words(one: Facts, other: Facts) -> None:
    """A preprint and its venue, a subtitle, a slip, LaTeX: one paper."""
    assert same_papers([one, other]) == [[0, 1]]
    assert same_papers([other, one]) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention(LONG, authors=ONE, arxiv=A1), mention(SLIP, authors=ONE, arxiv=A2)),
        (mention(f"{LONG}, Part I", authors=ONE), mention(f"{LONG}, Part II", authors=ONE)),
        (
            mention("Editorial", authors=ONE, published="2020"),
            mention("Editorial", authors=ONE, published="2021"),
        ),
        (mention("Introduction"), mention("Introduction")),
        (mention(LONG, published="2001"), mention(LONG, published="2020")),
    ],
)  # fmt: skip
def test_two_papers_of_like_titles(one: Facts, other: Facts) -> None:
    """Ids, parts, years of an editorial: two papers."""
    assert same_papers([one, other]) == [[0], [1]]


def test_transitive_merges_are_guarded() -> None:
    """A paper between two that contradict each other brings them not together."""
    seen = [
        mention(LONG, authors=ONE, arxiv=A1),
        mention(f"{LONG}: A Study", authors=ONE),
        mention(f"{LONG}: A Study", authors=ONE, arxiv=A2),
    ]
    for order in permutations(seen):
        arxiv = [{order[n].arxiv for n in group} - {None} for group in same_papers(order)]
        assert all(len(ids) == 1 for ids in arxiv)
        assert len(arxiv) == 2


def test_merges_and_near_misses_are_explained() -> None:
    """Most doubtful first, with what speaks for and against."""
    seen = [
        mention(LONG, authors=ONE, published="2021"),
        mention(f"{LONG}: A Study", authors=ONE, published="2022"),
        mention("Growing Trees for Birds, Part 1", authors=ONE),
        mention("Growing Trees for Birds, Part 2", authors=ONE),
        mention("Big Cats", arxiv=A1, authors=ONE),
        mention("Big Cats", arxiv=A2, authors=ONE),
        mention("Same", arxiv=A1),
    ]
    found = match(seen)
    (merged,) = found.merged
    assert (merged.one, merged.other) == (0, 1)
    assert merged.reasons == ("titles equal but for a subtitle", "authors equal", "2021/2022")
    told = {(pair.one, pair.other): pair.against for pair in found.missed}
    assert told[4, 5] == ("arXiv ids differ",)


def test_the_curator_wins() -> None:
    """Over ids and titles, and a near miss that was ruled on is told no more."""
    seen = [mention(arxiv=A1), mention(arxiv=A1), mention("Other", arxiv=A2)]
    assert match(seen, Rulings(same=((0, 2),))).groups == ((0, 1, 2),)
    found = match(seen, Rulings(different=(((0,), (1,)),)))
    assert found.groups == ((0,), (1,), (2,))
    assert found.missed == ()


def test_the_work_grows_with_the_number() -> None:
    """Four times as many papers that have words in common are about four times the work."""

    def work(number: int) -> int:
        seen = [
            mention(
                f"Learning {n} words of group {n % 97} for matter {n % 31}", authors=(f"A{n} B{n}",)
            )
            for n in range(number)
        ]
        assert len(same_papers(seen)) == number
        return effort(lambda: same_papers(seen))

    assert work(2000) < 8 * work(500)


variants = st.builds(
    mention,
    st.sampled_from([LONG, f"{LONG}: A Study", LONG.replace("Speech", "Speach"), f"{LONG} 2"]),
    arxiv=st.sampled_from([None, A1, A2]),
    doi=st.sampled_from([None, D1]),
    authors=st.sampled_from([(), ONE, ("Cy Three",)]),
    published=st.sampled_from([None, "2021", "2022"]),
)


@given(st.lists(variants, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_files_decides_nothing(seen: list[Facts], chance: Random) -> None:
    """The same mentions in another order are the same papers."""
    order = list(range(len(seen)))
    chance.shuffle(order)
    there = {frozenset(group) for group in same_papers(seen)}
    back = {frozenset(order[n] for n in g) for g in same_papers([seen[n] for n in order])}

    def shape(groups: set[frozenset[int]]) -> list[list[str]]:
        return sorted(sorted(repr(seen[n]) for n in group) for group in groups)

    assert shape(there) == shape(back)


facts = st.builds(
    mention,
    st.sampled_from(["T", "U"]),
    arxiv=st.sampled_from([None, A1, A2]),
    doi=st.sampled_from([None, D1, D2]),
    authors=st.sampled_from([(), ("Ada One",), ("Bo Two",)]),
)


@given(st.lists(facts, max_size=5))
def test_every_mention_is_in_one_group(seen: list[Facts]) -> None:
    """None is lost, none counted twice, and one id is never two papers."""
    groups = same_papers(seen)
    assert sorted(n for group in groups for n in group) == list(range(len(seen)))
    for name in ("arxiv", "doi"):
        for value in {getattr(one, name) for one in seen} - {None}:
            holders = [g for g in groups if any(getattr(seen[n], name) == value for n in g)]
            assert len(holders) == 1


@given(st.lists(facts, min_size=2, max_size=4))
def test_titles_never_join_two_arxiv_ids(seen: list[Facts]) -> None:
    """Without a DOI in common, a paper has one arXiv id at the most."""
    bare = [mention(one.title, arxiv=one.arxiv, authors=one.authors) for one in seen]
    for group in same_papers(bare):
        assert len({bare[n].arxiv for n in group} - {None}) <= 1


def test_the_order_of_mentions_decides_no_merge() -> None:
    """Mentions with ids settle first, wherever they stand."""
    seen = [mention(), mention(arxiv=A1), mention(doi=D1), mention("Other", doi=D1)]
    for order in permutations(seen):
        assert len(same_papers(order)) == 1
