"""Draw many dots of one form as a single path: circle, square, triangle or diamond.

Colours alone cannot be told apart by everybody; the four forms take turns along the palette.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FORMS = ("circle", "square", "triangle", "diamond")


def form(ink: int) -> str:
    """Return the form of the topics with the palette's slot `ink`; a circle without a topic."""
    return FORMS[(ink - 1) % len(FORMS)] if ink else FORMS[0]


def path(name: str, radius: float, places: Iterable[tuple[int, int]]) -> str:
    """Return the path of dots at `places`, each about as large as a circle of `radius`."""
    start, steps = _outline(name, radius)
    parts = []
    x, y = 0.0, 0.0
    for across, down in places:
        parts.append(f"m{_joined([across + start[0] - x, down + start[1] - y])}{steps}")
        x, y = across + start[0], down + start[1]
    return "".join(parts)


def _outline(name: str, radius: float) -> tuple[tuple[float, float], str]:
    """Return where a dot's line begins, seen from its middle, and the line back to there."""
    if name == "circle":
        # Two half circles.
        turn = f"a{_joined([radius, radius])} 0 1 0 "
        return (0, -radius), f"{turn}{_joined([0, 2 * radius])}{turn}{_joined([0, -2 * radius])}z"
    if name == "square":
        side = round(1.78 * radius, 1)
        return (-side / 2, -side / 2), f"h{side:g}v{side:g}h{-side:g}z"
    if name == "triangle":
        half, high = round(1.2 * radius, 1), round(2.1 * radius, 1)
        return (0, -round(1.25 * radius, 1)), f"l{_joined([half, high])}h{-2 * half:g}z"
    tip = round(1.25 * radius, 1)
    return (0, -tip), f"l{_joined([tip, tip, -tip, tip, -tip, -tip])}z"


def _joined(numbers: Sequence[float]) -> str:
    """Return numbers as SVG's paths have them: to a tenth, no blank before a minus."""
    shown = [f"{round(number, 1) + 0.0:g}" for number in numbers]
    return "".join(n if not at or n.startswith("-") else f" {n}" for at, n in enumerate(shown))
