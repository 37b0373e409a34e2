"""Text falls apart where its sentences end, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sentences import is_cut, split

anything = st.text(st.sampled_from("aB1 .!?…。\n$()[]\"'-,é字/:"), max_size=120)


@pytest.mark.parametrize(
    "sentences",
    [
        ("Kettles whistle.", "Why do they?", "They must!", "We ask them."),
        ("Smith et al. boil water.", "So do Jones et al.", "We do not."),
        ("Ada Jr. Kettle of Pots Inc. Boston met Smith et al. Jones.", "They talked."),
        ("Some pots, e.g. kettles, i.e. round ones, cf. Fig. 2, boil.", "Others do not."),
        ("Tea vs. Coffee is open.", "See Sec. IV, Eq. (3), Tab. 2 and No. 5.", "It is hot."),
        ("The error is 0.5%.", "It was 1.25 before.", "F_0 is the pitch.", "F_0 rises."),
        ("We use Python 3.11 and v1.2.3 of it.", "Both work.", "So does 2.0.", "We stop."),
        ("It is sold in the U.S. Army.", "It is made in the U.S.", "We buy it."),
        ("J. R. Smith met A. Jones.", "This is vitamin C.", "However, Dr. Who left."),
        ("Samples are i.i.d. draws w.r.t. a measure.", "They are i.i.d.", "We draw."),
        ("It lists cups, pots, etc.", "Spoons follow.", "Forks, etc. come last."),
        ("Take $p.q$ and $f(x). A$ as given.", "It costs $5.", "It was $6.", "Let $x=1.$ Be."),
        ("Take \\(a. B\\) too.", "Read \\emph{one. Two} here.", "We end."),
        ("See https://tea.example/a.b?c=d.Ef and www.tea.example/x.y.", "We did."),
        ("Kettles (the round ones. The big ones.) boil.", "(All of this is true.)", "We know."),
        ("He says “they boil.”", "She says 'no.'", "We say [1].", "All agree."),
        ("It works.[2]", "It works.[3, 4–6]", "More follows."),
        ("It goes on … and on.", "It stops...", "We start again."),
        ("1. We boil.", "2. We pour.", "The result: 3. We drink."),
        ("It boils.", "k-means does not.", "mRNA might.", "t-SNE?", "iPods never.", "we ask."),
        ("Is it approx. 5 degrees?", "It was 20 in Jan. 2020 and ca. 30 later.", "3 more follow."),
        ("It is state of the art.", "LSTMs are not.", "The answer is no.", "Models differ."),
        ("We use kettle.Pot(3) and node.js.", "We use pot.Lid.", "It fits."),
    ],
)
def test_text_falls_apart_where_sentences_end(sentences: tuple[str, ...]) -> None:
    """Short forms, numbers, initials, maths, addresses and brackets hold a sentence together."""
    assert split(" ".join(sentences)) == list(sentences)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It works.We boil.The lid,however,stays.", ["It works.", "We boil."]),
        ("It grew by 5%.This is much (see Fig. 2).In short,yes.", ["It grew by 5%."]),
        ("Take 3.5.We boil.Smith et al.We too.", ["Take 3.5.", "We boil.", "Smith et al."]),
        ("It boils.Experiments show it.Surprisingly, it cools.", ["It boils."]),
        ("Find it at https://tea.example/Pot.We will.", ["Find it at https://tea.example/Pot."]),
        ("Does it boil?We ask.", ["Does it boil?"]),
        ("It is “hot.”We drink.", ["It is “hot.”"]),
        ("Water boils.Kettles whistle.", ["Water boils."]),
    ],
)
def test_a_blank_may_lack(text: str, sentences: list[str]) -> None:
    """A full stop before a capital letter ends a sentence where two words meet."""
    assert split(text)[: len(sentences)] == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ("水は沸く。", "なぜか？", "（みな知る。）", "「そうだ。」", "終わり"),
        ("水开了！", "我们喝茶。"),
        ("पानी उबलता है।", "हम पीते हैं।"),
    ],
)
def test_other_scripts_have_stops_of_their_own(sentences: tuple[str, ...]) -> None:
    """They need no blank after them."""
    assert split("".join(sentences)) == list(sentences)


def test_paragraphs_and_lines() -> None:
    """A paragraph ends a sentence, a line does not; runs of white space become one blank."""
    assert split(" One\nline  and\tmore\n \nthe other. \n") == ["One line and more", "the other."]
    assert split("") == split(" \n\n ") == []


def test_what_was_shortened_is_seen() -> None:
    """A sentence that an ellipsis ends was cut."""
    assert [*map(is_cut, ("We boil…", "We boil...", "We “boil…”", "We … boil.", "We boil."))] == [
        *(True, True, True, False, False)
    ]


@given(anything)
def test_nothing_is_lost_and_nothing_added(text: str) -> None:
    """The sentences are the text but for its white space, and none of them is empty."""
    sentences = split(text)
    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() != "" for sentence in sentences)


@pytest.mark.parametrize(
    "part", ["a", ". ", "$a", "(", ".)", "{a.", "1. ", "e.g. ", "A. ", ".[", "\\(", "http://", "。"]
)
def test_odd_text_does_no_harm(part: str) -> None:
    """Signs that are never closed, and text without a stop, come through whole."""
    text = part * 50_000
    assert "".join("".join(split(text)).split()) == "".join(text.split())
