"""The type of a paper is its source's word, else what its venue plainly is, else `misc`."""

from __future__ import annotations

import pytest

from generator.exports.kinds import KINDS, kind_of
from generator.models import Facts


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        *((kind, kind) for kind in sorted(KINDS)),
        *(("InProceedings", "inproceedings"), ("conference", "inproceedings")),
        *(("journal-article", "article"), ("Conference Paper", "inproceedings")),
        *(("thesis", "phdthesis"), ("report", "techreport"), ("proceedings", "book")),
        *(("a talk", "misc"), ("<b>", "misc")),
    ],
)
def test_the_sources_word_counts(kind: str, found: str) -> None:
    """Also in another spelling, and against what the venue seems to be."""
    assert kind_of(Facts("X", kind=kind, venue="Journal of Workshops")) == found


@pytest.mark.parametrize(
    "venue",
    [
        *("ICML 2023", "NeurIPS 2018", "INTERSPEECH 2022", "Findings of EMNLP 2023", "IJCNLP-AACL"),
        *("ICML 2012 Workshop on Kettles", "Proc. of the 3rd Tea Meeting", "Symposium on Cups"),
        "AAAI 2024 (Student Abstract)",
    ],
)
def test_meetings_are_known(venue: str) -> None:
    """By a word for a meeting, or by the name of one."""
    assert kind_of(Facts("X", venue=venue, arxiv="2401.00001")) == "inproceedings"


@pytest.mark.parametrize(
    "venue",
    [
        *("IEEE Transactions on Kettles, 2017", "International Journal of Tea", "TMLR 2023"),
        *(
            "Soft Kettles 23(22), 2019",
            "Tea Letters",
            "Kettles, vol. 3, no. 4",
            "JMLR 25(49), 2024",
        ),
        *("Proceedings of the VLDB Endowment", "Proceedings of the ACM on Kettles"),
    ],
)
def test_journals_are_known(venue: str) -> None:
    """By a word for a journal, by volume and issue, or by the name of one."""
    assert kind_of(Facts("X", venue=venue)) == "article"


@pytest.mark.parametrize("venue", [None, "Kettles 2024", "Lecture Notes in Tea", "Drones 2025"])
def test_what_is_not_plain_is_misc(venue: str | None) -> None:
    """Nothing is guessed from a name that says nothing."""
    assert kind_of(Facts("X", venue=venue)) == "misc"


@pytest.mark.parametrize("venue", ["arXiv preprint arXiv:2401.00001", "CoRR", "CoRR abs/2401.1"])
def test_an_article_in_arxiv_is_a_preprint(venue: str) -> None:
    """Many bibliographies name arXiv as the journal; without an id it is left alone."""
    assert kind_of(Facts("X", venue=venue, kind="article", arxiv="2401.00001")) == "misc"
    assert kind_of(Facts("X", venue=venue, kind="article")) == "article"
