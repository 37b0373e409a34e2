"""Forms of dots: four in turn, each about as large, each closed where it began."""

from __future__ import annotations

import re

import pytest

from generator.pages.forms import FORMS, form, path

STEP = re.compile(r"([mlhvaz])([^mlhvaz]*)")


def corners(drawn: str) -> list[list[tuple[float, float]]]:
    """Return the corners of each dot of a path; of a circle the ends of its two halves."""
    x = y = 0.0
    dots: list[list[tuple[float, float]]] = []
    for order, rest in STEP.findall(drawn):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", rest)]
        if order == "m":
            x, y = x + numbers[0], y + numbers[1]
            dots.append([(x, y)])
        elif order == "l":
            for across, down in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + across, y + down
                dots[-1].append((x, y))
        elif order in "hv":
            x, y = (x + numbers[0], y) if order == "h" else (x, y + numbers[0])
            dots[-1].append((x, y))
        elif order == "a":
            x, y = x + numbers[-2], y + numbers[-1]
            dots[-1].append((x, y))
        else:
            x, y = dots[-1][0]
    return dots


def test_forms_take_turns_along_the_palette() -> None:
    """Neighbouring slots differ; a paper without a topic is a circle."""
    assert [form(ink) for ink in range(1, 6)] == [*FORMS, FORMS[0]]
    assert form(0) == "circle"


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("radius", [1.5, 5.3, 6])
def test_dots_stand_where_they_should(name: str, radius: float) -> None:
    """Each of several dots is drawn about its place, none drifts, and the size is the radius'."""
    places = [(100, 50), (90, 70), (-3, -8), (400, 300), (401, 300)]
    found = corners(path(name, radius, places))
    assert len(found) == len(places)
    for dot, (x, y) in zip(found, places, strict=True):
        across, down = zip(*dot, strict=True)
        assert abs((min(down) + max(down)) / 2 - y) <= 0.3 * radius
        if name != "circle":
            assert abs((min(across) + max(across)) / 2 - x) <= 0.15
        assert 1.5 * radius <= max(down) - min(down) <= 2.6 * radius


def test_numbers_are_short() -> None:
    """One decimal at the most, no sum of fractions that has grown a tail."""
    drawn = path("triangle", 1.3, [(at * 7, at * 3) for at in range(50)])
    assert not re.search(r"\.\d\d", drawn)
