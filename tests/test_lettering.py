"""Names on the map: in one line or two, on their own land, none over another."""

from __future__ import annotations

import numpy as np
import pytest

from generator.atlas.lettering import Ground, box_of, lines, placed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vision", ("Vision",)),
        ("Speech recognition & processing", ("Speech recognition", "& processing")),
        ("Translation, generation & dialogue", ("Translation,", "generation & dialogue")),
        ("x" * 40, ("x" * 40,)),
        ("言語モデルと 知識の表現と推論", ("言語モデルと", "知識の表現と推論")),
    ],
)
def test_a_long_name_stands_in_two_lines(name: str, expected: tuple[str, ...]) -> None:
    """It is parted at the blank that makes the longer line shortest."""
    assert lines(name) == expected


def ground() -> Ground:
    """Return a map of two lands side by side, papers in the upper half of the left one."""
    owner = np.full((40, 80), -1)
    owner[5:35, 5:38], owner[5:35, 42:75] = 0, 1
    papers = np.zeros((40, 80), dtype=int)
    papers[5:18, 5:38] = 1
    return Ground(owner, papers, 10.0)


def test_a_name_stands_on_its_own_land_beside_the_papers() -> None:
    """The left name lies in the lower half of its land, the right one in the middle of its."""
    found = placed({0: "Tea", 1: "Pots"}, ground())
    assert 50 <= found[0].left < found[0].right <= 380
    assert found[0].top >= 180
    assert (found[1].x, found[1].y) == (pytest.approx(585, abs=15), pytest.approx(200, abs=15))


def test_names_of_one_land_do_not_cross() -> None:
    """Two lands that lie in stripes have one middle, and their names side by side."""
    owner = np.tile(np.arange(60) // 2 % 2, (30, 1))
    found = placed({0: "A long name", 1: "Another name"}, Ground(owner, owner * 0, 10.0))
    one, other = found[0], found[1]
    assert (
        one.bottom <= other.top
        or other.bottom <= one.top
        or one.right <= other.left
        or other.right <= one.left
    )


def test_a_name_without_room_is_left_out() -> None:
    """A name wider than the map, and one of a topic without land, have no place."""
    land = ground()
    assert placed({0: "x" * 200, 7: "Nowhere"}, land) == {}
    assert box_of("x" * 200)[0] > 800
