"""Weigh a built site, and say in time when it comes near to what GitHub Pages takes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Problem, note

LIMIT = 1_000_000_000
"""Bytes of a site. Source: GitHub's documentation of the limits of Pages."""
FILE_LIMIT = 100_000_000
"""Bytes of a file in a repository of GitHub."""
_WORTH, _NEAR = 0.1, 0.8
"""Parts of the limit from which on the weight is told, and a note is due."""
_NAMED = 4
"""Folders and files that are named."""
_BLOCK = 512
"""Bytes of a block of a tar archive, in which a site travels to GitHub."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a site weighs, as an archive does: in whole blocks, with a header for each file."""

    size: int
    """Bytes."""
    files: int
    folders: tuple[tuple[str, int], ...]
    """The folders of the site itself with their bytes, the heaviest first."""
    largest: tuple[tuple[str, int], ...]
    """The largest files with their bytes, the largest first."""

    @property
    def heavy(self) -> bool:
        """Whether the site is large enough for its weight to matter."""
        return self.size >= _WORTH * LIMIT


def weigh(folder: Path) -> Weight:
    """Return what the site in `folder` weighs."""
    found = list(_files(folder))
    folders: Counter[str] = Counter()
    for path, size in found:
        top, slash, _ = path.partition("/")
        folders[f"{top}/" if slash else "the pages at the top"] += _archived(size)
    largest = sorted(found, key=lambda file: (-file[1], file[0]))[:_NAMED]
    ordered = sorted(folders.items(), key=lambda one: (-one[1], one[0]))
    return Weight(folders.total(), len(found), tuple(ordered), tuple(largest))


def notes(weight: Weight, name: str) -> list[Problem]:
    """Return a note for each limit that the site called `name` comes near to.

    Never a warning: other hosts take more, GitHub only warns, and a collection that grows
    must not become impossible to publish overnight.
    """
    return [*_near(weight, name), *_large(weight, name)]


def told(size: int) -> str:
    """Return `9.1 MB`, `318 MB`."""
    amount = size / 1_000_000
    return f"{amount:,.0f} MB" if amount >= 10 else f"{amount:.1f} MB"


def _near(weight: Weight, name: str) -> Iterator[Problem]:
    if weight.size < _NEAR * LIMIT:
        return
    share = f"{weight.size / LIMIT:.0%} of the 1 GB that GitHub Pages promises to take"
    late = "; its deploy may need more than the 10 minutes that it has"
    places = [f"{place} {told(size)}" for place, size in weight.folders[:_NAMED]]
    files = [f"{path} {told(size)}" for path, size in weight.largest]
    yield note(
        name,
        None,
        f"weighs {told(weight.size)} in {weight.files:,} files, {share}{late}",
        f"most is in {', '.join(places)}; the largest files are {', '.join(files)}: "
        "part the collection by years, or publish it at a host that takes more",
    )


def _large(weight: Weight, name: str) -> Iterator[Problem]:
    for path, size in weight.largest:
        if size > FILE_LIMIT:
            yield note(
                f"{name}/{path}",
                None,
                f"has {told(size)}, and GitHub takes no file above 100 MB into a repository",
                "publish the site as an artifact, as the workflow of 'offprint init' does",
            )


def _archived(size: int) -> int:
    return _BLOCK + (size + _BLOCK - 1) // _BLOCK * _BLOCK


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield path and bytes of every file below `folder`."""
    for place, _, names in os.walk(folder):
        inner = Path(place).relative_to(folder)
        for name in names:
            yield (inner / name).as_posix(), (Path(place) / name).lstat().st_size
