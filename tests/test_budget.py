"""A site that nears the limits of its host is told in time, with what weighs most."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from generator import budget
from generator.budget import LIMIT, Weight, notes, weigh
from generator.problems import Severity

HEAVY = Weight(
    870_000_000,
    61_204,
    (("papers/", 500_000_000), ("search/", 300_000_000)),
    (("search/index.json", 9_100_000),),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a small site."""
    for name, size in (("index.html", 10), ("papers/a/index.html", 513), ("data/x.json", 2_000)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    return tmp_path


def test_a_site_weighs_what_its_archive_does(site: Path) -> None:
    """Each file has a header and fills whole blocks, as in the archive that GitHub gets."""
    found = weigh(site)
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                archive.add(path, path.relative_to(site).as_posix())
        length = archive.offset
    assert found.size == length
    assert found.files == 3


def test_what_weighs_most_comes_first(site: Path) -> None:
    """Folders and files are named, the heaviest first."""
    found = weigh(site)
    assert [name for name, _ in found.folders] == ["data/", "papers/", "the pages at the top"]
    assert found.largest[0] == ("data/x.json", 2_000)


def test_far_from_the_limit_nothing_is_said(site: Path) -> None:
    """A small site has no note, and its weight does not matter."""
    assert notes(weigh(site), "site") == []
    assert not weigh(site).heavy


def test_near_the_limit_a_note_names_what_weighs_most() -> None:
    """It tells weight, share, folders and files, and what to do."""
    (found,) = notes(HEAVY, "site")
    assert found.path == "site"
    assert "870 MB in 61,204 files, 87% of the 1 GB" in found.message
    assert "papers/ 500 MB, search/ 300 MB" in found.hint
    assert "search/index.json 9.1 MB" in found.hint
    assert HEAVY.heavy


def test_no_weight_stops_a_build() -> None:
    """Above the limit too there are notes only: --strict must not end a collection that grows."""
    over = Weight(2 * LIMIT, 1, (("data/", 2 * LIMIT),), (("data/x.jsonl", 2 * LIMIT),))
    found = notes(over, "site")
    assert {problem.severity for problem in found} == {Severity.NOTE}
    assert [problem.path for problem in found] == ["site", "site/data/x.jsonl"]


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0.0 MB"), (9_140_000, "9.1 MB"), (LIMIT, "1,000 MB")]
)
def test_weights_read_well(size: int, said: str) -> None:
    """Megabytes, with a decimal where it matters."""
    assert budget.told(size) == said
