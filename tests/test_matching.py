"""A wrong merge is worse than a double: what counts as the same paper, and what does not."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.matching import keys, same_papers
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
    """A mention without an id, where two papers have its title, stays by itself."""
    for seen in permutations([mention(arxiv=A1), mention(arxiv=A2), mention()]):
        assert same_papers(seen) == [[0], [1], [2]]


def test_an_id_learned_by_another_title_keeps_papers_apart() -> None:
    """All that a group says counts, not only its mentions with the title at hand."""
    seen = [mention("T", doi=D1), mention("U", doi=D1, arxiv=A1), mention("T", arxiv=A2)]
    assert same_papers(seen) == [[0, 1], [2]]


def test_what_a_first_title_joined_counts_for_the_second() -> None:
    """Two DOIs do not meet through a paper that has two titles."""
    seen = [
        mention("T", arxiv=A1),
        mention("U", arxiv=A1),
        mention("T", doi=D1),
        mention("U", doi=D2),
    ]
    assert same_papers(seen) == [[0, 1, 2], [3]]


def test_groups_come_in_the_order_of_their_first_mention() -> None:
    """Each with its mentions in the given order."""
    seen = [mention("B"), mention("A"), mention("C"), mention("A"), mention("B")]
    assert same_papers(seen) == [[0, 4], [1, 3], [2]]
    assert same_papers([]) == []


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
