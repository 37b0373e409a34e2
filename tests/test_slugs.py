"""A published address never changes: what papers.lock keeps through every change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.matching import same_papers
from generator.catalog.slugs import allot
from generator.lock import Lock, parse, render
from generator.models import Facts

A1, A2 = "2401.00001", "2402.00002"


def mention(title: str = "Small Nets", **facts: Any) -> Facts:
    return Facts(title=title, **facts)


def slugs(*seen: Facts, lock: Lock | None = None) -> tuple[list[str], Lock]:
    """Return the slug of each mention's paper, and the lock as the next build reads it."""
    groups = same_papers(seen)
    given, after = allot([[seen[n] for n in group] for group in groups], lock or Lock())
    by_mention = {n: slug for slug, group in zip(given, groups, strict=True) for n in group}
    return [by_mention[n] for n in range(len(seen))], parse(render(after))[0]


@pytest.mark.parametrize(
    ("paper", "slug"),
    [
        (mention("$gen$CNN: A Model"), "gencnn-a-model"),
        (mention("言語モデル", arxiv=A1), "2401-00001"),
        (mention("言語モデル", doi="10.1/x"), "10-1-x"),
        (mention("言語モデル"), "paper"),
        (mention("Index"), "index-2"),
        (mention("X"), "paper"),
    ],
)
def test_a_new_paper_is_named_by_its_title(paper: Facts, slug: str) -> None:
    """Else by its id; never by a name that systems keep for themselves."""
    assert slugs(paper)[0] == [slug]


def test_equal_slugs_are_numbered_in_the_order_given() -> None:
    """Two titles can differ and still read the same."""
    found, _ = slugs(mention("Nets 言"), mention("Nets 語"), mention("Nets"))
    assert found == ["nets", "nets-2", "nets-3"]


def test_a_second_build_changes_nothing() -> None:
    """Neither slugs nor memory."""
    seen = [mention(), mention("Other", arxiv=A1), mention("Nets 言"), mention("Nets 語")]
    first, lock = slugs(*seen)
    assert slugs(*seen, lock=lock) == (first, lock)


def test_a_new_paper_takes_no_remembered_slug() -> None:
    """Not even where it comes first and the old paper is gone for now."""
    _, lock = slugs(mention("Nets 言"))
    found, lock = slugs(mention("Nets 語"), lock=lock)
    assert found == ["nets-2"]
    assert slugs(mention("Nets 語"), mention("Nets 言"), lock=lock)[0] == ["nets-2", "nets"]


def test_reordering_moves_no_paper() -> None:
    """Papers keep their slugs whichever comes first now."""
    one, other = mention("Nets 言"), mention("Nets 語")
    _, lock = slugs(one, other)
    assert slugs(other, one, lock=lock)[0] == ["nets-2", "nets"]


def test_a_later_arxiv_id_keeps_the_slug() -> None:
    """The paper is known by its title, and from then on by its id."""
    _, lock = slugs(mention())
    found, lock = slugs(mention(arxiv=A1), lock=lock)
    assert found == ["small-nets"]
    assert lock.keys == {"small-nets": {"title:small-nets", f"arxiv:{A1}"}}


def test_a_better_title_keeps_the_slug() -> None:
    """The id finds the old slug, and the new title is remembered too."""
    _, lock = slugs(mention("smal nets", arxiv=A1))
    found, lock = slugs(mention("Small Nets", arxiv=A1), lock=lock)
    assert found == ["smal-nets"]
    assert slugs(mention("Small Nets"), lock=lock)[0] == ["smal-nets"]


def test_equal_titles_with_other_ids_stay_apart() -> None:
    """Both keep their own slug, together and alone."""
    one, other = mention(arxiv=A1), mention(arxiv=A2)
    found, lock = slugs(one, other)
    assert found == ["small-nets", "small-nets-2"]
    assert slugs(other, lock=lock) == (["small-nets-2"], lock)
    assert slugs(one, lock=lock) == (["small-nets"], lock)
    assert lock.redirects == {}


def test_a_remembered_id_decides_before_a_title() -> None:
    """A paper of the same title that comes first does not take the slug."""
    _, lock = slugs(mention(arxiv=A1))
    found, _ = slugs(
        mention(authors=("Bo Two",)), mention(arxiv=A1, authors=("Ada One",)), lock=lock
    )
    assert found == ["small-nets-2", "small-nets"]


def test_two_papers_found_to_be_one_leave_a_redirect() -> None:
    """The slug of the id stays, the other leads to it, for ever."""
    _, lock = slugs(mention("Draft"), mention("Small Nets", arxiv=A1))
    merged = [mention("Draft"), mention("Draft", arxiv=A1), mention("Small Nets", arxiv=A1)]
    found, lock = slugs(*merged, lock=lock)
    assert found == ["small-nets"] * 3
    assert lock.redirects == {"draft": "small-nets"}
    assert slugs(*merged, lock=lock) == (found, lock)
    assert slugs(mention("Draft"), lock=lock)[0] == ["small-nets"]


def test_a_redirect_is_never_given_to_another_paper() -> None:
    """What once was an address of one paper leads to no other."""
    lock = Lock({"small-nets": frozenset({f"arxiv:{A1}"})}, {"nets": "small-nets"})
    assert slugs(mention("Nets"), lock=lock)[0] == ["nets-2"]


def test_keys_of_a_slug_given_up_lead_to_the_new_one() -> None:
    """As after a merge that kept the old line beside its redirect."""
    lock, _ = parse("old title:old\nold -> new\nnew title:new\n")
    assert slugs(mention("Old"), lock=lock)[0] == ["new"]


def test_a_paper_that_is_gone_is_remembered() -> None:
    """It finds its address again when its digest comes back."""
    _, lock = slugs(mention("Nets 言"), mention("Other"))
    _, lock = slugs(mention("Other"), lock=lock)
    assert slugs(mention("Nets 語"), mention("Nets 言"), lock=lock)[0] == ["nets-2", "nets"]


def test_one_slug_for_two_ids_goes_to_one_paper() -> None:
    """As after a merge of two branches that both gave it: the other gets a new one."""
    lock, _ = parse(f"small-nets arxiv:{A1} title:small-nets\nsmall-nets arxiv:{A2}\n")
    found, after = slugs(mention(arxiv=A1), mention(arxiv=A2), lock=lock)
    assert found == ["small-nets", "small-nets-2"]
    assert slugs(mention(arxiv=A1), mention(arxiv=A2), lock=after)[0] == found


def test_equal_titles_without_ids_keep_their_slugs() -> None:
    """Their first authors tell them apart, whichever comes first or alone."""
    one, other = mention(authors=("Ada One",)), mention(authors=("Bo Two",))
    found, lock = slugs(one, other)
    assert found == ["small-nets", "small-nets-2"]
    assert slugs(other, one, lock=lock)[0] == ["small-nets-2", "small-nets"]
    assert slugs(other, lock=lock) == (["small-nets-2"], lock)
    assert slugs(mention(authors=("Cy Three",)), lock=lock)[0] == ["small-nets-3"]


def test_an_id_finds_the_right_one_of_equal_titles() -> None:
    """The author leads the paper that learned its id to its own slug."""
    one, other = mention(authors=("Ada One",)), mention(authors=("Bo Two",))
    _, lock = slugs(one, other)
    found, lock = slugs(mention(authors=("Bo Two",), arxiv=A1), one, lock=lock)
    assert found == ["small-nets-2", "small-nets"]
    assert slugs(mention(arxiv=A1), lock=lock)[0] == ["small-nets-2"]


def test_editorials_of_two_years_keep_their_slugs() -> None:
    """The same author's; one that is gone for now leaves no redirect."""
    one, other = (
        mention("Editorial", authors=("Ada One",), published=year) for year in ("2020", "2021")
    )
    found, lock = slugs(one, other)
    assert found == ["editorial", "editorial-2"]
    assert slugs(other, lock=lock) == (["editorial-2"], lock)


def test_a_lock_of_before_knows_papers_by_title() -> None:
    """A line without authors is everybody's of that title."""
    lock, _ = parse("small-nets title:small-nets\n")
    assert slugs(mention(authors=("Ada One",)), lock=lock)[0] == ["small-nets"]


def test_merged_papers_keep_the_earlier_slug() -> None:
    """That of the first mention, not of the first letter."""
    _, lock = slugs(mention("Small Nets"), mention("Big Nets"))
    given, after = allot([[mention("Small Nets"), mention("Big Nets")]], lock)
    assert given == ["small-nets"]
    assert after.redirects == {"big-nets": "small-nets"}


papers = st.lists(
    st.builds(
        mention,
        st.sampled_from(["Nets", "Nets 言", "Other", "言"]),
        arxiv=st.sampled_from([None, A1, A2]),
        doi=st.sampled_from([None, "10.1/x"]),
    ),
    min_size=1,
    max_size=5,
)


@given(papers, papers)
def test_slugs_are_unique_and_no_address_dies(before: list[Facts], after: list[Facts]) -> None:
    """Each paper has its own, and whatever was published once still leads somewhere."""
    first, lock = slugs(*before)
    second, lock = slugs(*before, *after, lock=lock)
    assert len(set(second)) == len(same_papers([*before, *after]))
    assert {lock.slug_of(slug) for slug in first} <= set(second)
    assert not lock.keys.keys() & lock.redirects.keys()
