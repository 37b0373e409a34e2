"""Which word a misspelt one means."""

from __future__ import annotations

import pytest

from generator.search.typos import distance, nearest

KNOWN = {
    **{"recurrent": 9, "concurrent": 2, "transformer": 7, "transforms": 7, "speech": 5},
    **{"quantization": 3, "codes": 1, "cones": 4, "form": 2, "from": 8, "деревья": 1},
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("recurent", "recurrent"), ("recurretn", "recurrent"), ("trnasformer", "transformer")),
        *(("spech", "speech"), ("pseech", "speech"), ("qantizaton", "quantization")),
        *(("zpeech", "speech"), ("fomr", "form"), ("дерввья", "деревья")),
    ],
)
def test_a_slip_finds_the_word(typed: str, meant: str) -> None:
    """A letter too few, too many, wrong or swapped, at either end too."""
    assert nearest(typed, KNOWN) == meant


@pytest.mark.parametrize("typed", ["fro", "fxxm", "sxxech", "xxcurrent", "oncurrenz", "zzzz"])
def test_what_is_far_from_all_words_stays(typed: str) -> None:
    """Short words may have one slip, or none; two need the same first letter."""
    assert nearest(typed, KNOWN) is None


def test_of_equals_the_word_of_more_papers_wins_then_the_first() -> None:
    """`coxes` is as near to both; with as many papers the order decides."""
    assert nearest("coxes", KNOWN) == "cones"
    assert nearest("coxes", {"cones": 1, "codes": 1}) == "codes"


def test_distance_counts_a_swap_once_and_stops() -> None:
    """Beyond the limit the exact number does not matter."""
    assert distance("form", "from", 2) == 1
    assert distance("kitten", "sitting", 3) == 3
    assert distance("a" * 30, "b" * 30, 2) == 3


def test_many_words_are_looked_through_in_few_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of fifty thousand words most are set aside by their length and first letters."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = {
        f"{a}{b}{c}{d}word": 1 for a in letters for b in letters for c in letters for d in "xyz"
    }
    calls: list[str] = []

    def counted(a: str, b: str, most: int) -> int:
        calls.append(b)
        return distance(a, b, most)

    monkeypatch.setattr("generator.search.typos.distance", counted)
    nearest("qqqqworm", many)
    assert len(many) > 50_000
    assert len(calls) < len(many) / 5
