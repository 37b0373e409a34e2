"""The best sentence of an abstract stands for it, as the authors wrote it."""

from __future__ import annotations

import pytest
from factories import HOSTILE, catalog, digest, paper
from hypothesis import given
from hypothesis import strategies as st

from generator.summaries import LONGEST, pick, summary

TITLE = "Kettles that listen"
BEST = "We present a new kettle that stops whistling as soon as its cook has heard it."
ABSTRACT = f"Kettles are in every kitchen. However, they are loud. In this paper, {BEST[0].lower()}"
ABSTRACT += f"{BEST[1:]} Forty cooks were pleased with it. Code is at https://kettles.example/code."


def test_the_sentence_that_says_what_is_new() -> None:
    """Not the first, not the last; without `In this paper`."""
    assert summary(TITLE, ABSTRACT) == BEST


def test_every_paper_of_a_catalogue_has_its_own() -> None:
    """Papers without an abstract have none; nothing else of them changes."""
    week = digest()
    papers = [paper("one", TITLE, digests=[week], abstract=ABSTRACT, note="Loud."), paper("two")]
    before = catalog(papers, [week])
    after = pick(before)
    assert [one.tldr for one in after.papers] == [BEST, None]
    assert [one.facts for one in after.papers] == [one.facts for one in before.papers]
    assert after.digests == before.digests
    assert pick(after) == after


def test_neither_order_nor_neighbours_matter() -> None:
    """The same papers in another order, or alone, get the same summaries."""
    papers = [paper(f"p{n}", TITLE, abstract=f"Tea no. {n} is hot. {ABSTRACT}") for n in range(5)]
    forth, back = pick(catalog(papers)), pick(catalog(papers[::-1]))
    alone = [pick(catalog([one])).papers[0] for one in papers]
    assert forth.by_slug == back.by_slug == {one.slug: one for one in alone}


@pytest.mark.parametrize(
    "abstract",
    [
        "",
        " \n\n ",
        "Too short.",
        "We propose a new method.",
        "https://kettles.example/abstracts/a-kettle-that-stops-whistling-when-heard",
        "a" * 10_000,
        " ".join(f"kettle{number} boils" for number in range(99)),
        "Kettles stop whistling as soon as their cook has heard…",
        "Kettles stop whistling as soon as their cook has heard...",
        "This paper presents kettles that listen.",
        "…",
        "$$$$",
    ],
)
def test_nothing_is_better_than_nonsense(abstract: str) -> None:
    """No summary where no sentence is whole, of a bearable length and more than the title."""
    assert summary(TITLE, abstract) is None


def test_it_says_more_than_the_title() -> None:
    """The sentence that repeats the title in other order gives way to a duller one."""
    repeated = "In this work, we propose a novel method and model for kettles that listen."
    other = "Their microphones notice the steps of a cook who walks towards the stove."
    assert summary(TITLE, f"{repeated} {other}") == other
    assert summary("Tea", f"{repeated} {other}") == f"W{repeated[15:]}"


def test_a_shortened_abstract_gives_a_whole_sentence() -> None:
    """What the ellipsis cut off is no candidate, nor is a last sentence without its stop."""
    cut = "We present a new kettle that listens and stops whistling as soon as its"
    whole = "The kitchen of today has forty pots, none of which hears what a cook says."
    for end in ("…", "...", ""):
        assert summary(TITLE, f"{whole} {cut}{end}") == whole


def test_a_long_sentence_comes_second() -> None:
    """Readers skim: a sentence too long for that is taken only where there is no other."""
    long = f"We present a new kettle that listens to {', '.join(['a very loud cook'] * 20)}."
    other = "Kitchens of today have forty pots, none of which hears what a cook says."
    assert 340 < len(long) <= LONGEST
    assert summary(TITLE, f"{long} {other}") == other
    assert summary(TITLE, long) == long


def test_a_sentence_stands_alone() -> None:
    """What begins with `This allows` comes second, and so do an address and half a formula."""
    other = "Kitchens of today have forty pots, none of which hears what a cook says."
    for leaning in (
        "This allows kettles to listen to their cooks in every kitchen of the world.",
        "It listens as kettles do, to all of the cooks in every kitchen of the world.",
        "Kettles that listen to their cooks in every kitchen are at https://k.example.",
        "Kettles that listen to cooks need $x + y more heat in every kitchen there is.",
        "Do kettles that listen to cooks stop whistling in every kitchen of the world?",
    ):
        assert summary(TITLE, f"{leaning} {other}") == other
        assert summary(TITLE, leaning) == leaning


def test_maths_and_latex_stay() -> None:
    """The pages' own output takes care of them."""
    text = "We bound the noise of $n$ kettles by $O(\\log n)$ whistles per second of boiling."
    assert summary(TITLE, f"Tea is good. {text} Milk is better.") == text


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "聞くやかん",
            "台所にはやかんがある。本論文では料理人の声を聞くやかんを提案する。静かである。",
        ),
        ("Чайник", "Чайники шумят на каждой кухне мира. Мы предлагаем чайник, который слышит."),
        ("إبريق", "الأباريق صاخبة في كل مطبخ. نقترح إبريقا يسمع الطباخ ويتوقف عن الصفير؟"),
        ("Bouilloire", "Les bouilloires sifflent trop fort. Nous en proposons une qui écoute."),
    ],
)
def test_other_languages_get_one_of_their_sentences(title: str, abstract: str) -> None:
    """Place, length and the words in common decide where no phrase is known."""
    found = summary(title, abstract)
    assert found
    assert found in abstract
    assert found != abstract


@given(
    st.lists(
        st.sampled_from(
            [
                *("However, ", "We propose ", "kettles ", "that listen ", "https://x.y/z. ", "It "),
                *(HOSTILE, "water. ", "...", "$x. y$ ", "\n\n", "in tea pots of forty cooks. "),
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_nothing_is_invented(abstract: str) -> None:
    """The summary is part of the abstract, but for the capital it may begin with."""
    found = summary(TITLE, abstract)
    plain = " ".join(abstract.split())
    assert found is None or found in plain or found[1:] in plain
