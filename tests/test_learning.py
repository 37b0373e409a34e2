"""The collection teaches in the measure of its size, and no paper teaches itself."""

from __future__ import annotations

import numpy as np

from generator.topics.learning import Lessons, Text, learn


def text(words: str) -> Text:
    return ((1.0, tuple(words.split())),)


def lessons(texts: list[str], points: list[list[float]], **taught: list[int]) -> Lessons:
    rows = {int(row[1:]): topics for row, topics in taught.items()}
    sure = np.array([max(row) > 0 for row in points])
    return learn([text(one) for one in texts], np.array(points), sure, rows)


def test_words_that_go_along_count() -> None:
    """A paper without keywords gains by the words that others have beside them."""
    texts = ["tone pitch"] * 6 + ["edge node"] * 6 + ["tone"]
    points = [[20.0, 0.0]] * 6 + [[0.0, 20.0]] * 6 + [[0.0, 0.0]]
    found = lessons(texts, points)
    assert found.points[12, 0] > found.points[12, 1] + 10
    assert found.terms(12, 0) == ["tone"]
    assert found.terms(12, 1) == []


def test_more_papers_teach_more() -> None:
    """What two papers say is doubted; what forty say is not."""

    def gain(size: int) -> float:
        texts = ["tone pitch"] * size + ["edge node"] * size + ["tone"]
        points = [[20.0, 0.0]] * size + [[0.0, 20.0]] * size + [[0.0, 0.0]]
        found = lessons(texts, points).points[-1]
        return float(found[0] - found[1])

    assert 0 < gain(2) < gain(10) < gain(40)


def test_no_paper_teaches_itself() -> None:
    """The only paper of a topic gains nothing there by its own words."""
    texts = ["tone pitch", *(["edge node"] * 4), "tone edge"]
    points = [[20.0, 0.0], *([[0.0, 20.0]] * 4), [0.0, 0.0]]
    assert abs(lessons(texts, points).points[0, 0]) < abs(lessons(texts, points).points[1, 1])
    assert lessons(texts, points).kinship[0, 0] == 1.0


def test_strangers_are_no_kin() -> None:
    """A paper without the topic's words is no kin of it, one of its papers is."""
    texts = ["tone pitch chord"] * 8 + ["bread dough oven"] * 8
    points = [[20.0, 0.0]] * 8 + [[0.0, 0.0]] * 8
    kinship = lessons(texts, points).kinship
    assert kinship[0, 0] > 0.9
    assert kinship[8, 0] <= 0


def test_taught_papers_draw_what_is_like_them() -> None:
    """An equal paper gains most, an unlike one nothing."""
    texts = ["tone pitch", "tone pitch", "tone chord", "bread dough", "bread dough"]
    points = [[0.0, 0.0]] * 5
    gain = lessons(texts, points, r0=[1]).likeness[:, 1]
    assert gain[0] == 0
    assert round(gain[1], 6) == 1
    assert 0 < gain[2] < 1
    assert gain[3] == 0


def test_without_common_words() -> None:
    """Papers that share no word, or have none, learn nothing and break nothing."""
    for texts in (["tone", "edge"], ["", ""], [""]):
        found = lessons(texts, [[9.0, 0.0]] * len(texts))
        assert np.isfinite(found.points).all()
        assert found.terms(0, 0) == []
