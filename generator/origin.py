"""Say which commit a collection is built from: by Git, else by what GitHub tells its runners."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator import corrections, formats, health, settings, sources

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_INPUTS = (
    sources.DIGESTS,
    "topics.yml",
    corrections.CORRECTIONS,
    formats.NAME,
    health.NAME,
    settings.CONFIG,
    "templates",
)
"""What a site is made from. papers.lock is left out: a build writes it itself."""
_PATIENCE = 10
"""Seconds after which Git is taken for not there."""
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What a hook of another repository sets, and would lead Git there."""


@dataclass(frozen=True, slots=True)
class Commit:
    """The state of the collection that a site shows."""

    hash: str
    day: str | None
    """YYYY-MM-DD, UTC; None where only the hash is known."""
    changed: bool = False
    """Whether files that the site is made from were changed since."""


def of(root: Path) -> Commit | None:
    """Return the commit of the collection at `root`, None where nothing tells it."""
    return _by_git(root) or _by_host(root)


def _by_git(root: Path) -> Commit | None:
    # A folder below some other repository is no part of it unless its files are.
    if (
        not shutil.which("git")
        or _git(root, "ls-files", "--error-unmatch", settings.CONFIG) is None
    ):
        return None
    head = (_git(root, "log", "-1", "--format=%H %ct") or "").split()
    if len(head) != 2 or not _HASH.fullmatch(head[0]):
        return None
    found = datetime.datetime.fromtimestamp(int(head[1]), tz=datetime.UTC)
    return Commit(
        head[0], found.date().isoformat(), bool(_git(root, "status", "--porcelain", "--", *_INPUTS))
    )


def _git(root: Path, *arguments: str) -> str | None:
    """Return what Git says, None where it fails."""
    known = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    # Neither a lock of the index nor a program that the repository names.
    command = ["git", "-C", str(root), "--no-optional-locks", "-c", "core.fsmonitor=false"]
    try:
        said = subprocess.check_output(
            [*command, *arguments],
            env=known,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return said.decode("utf-8", "replace")


def _by_host(root: Path) -> Commit | None:
    """Return the commit that GitHub names, where the collection lies in what was checked out."""
    told, checkout = os.environ.get("GITHUB_SHA", ""), os.environ.get("GITHUB_WORKSPACE", "")
    inside = bool(checkout) and root.resolve().is_relative_to(Path(checkout).resolve())
    return Commit(told, None) if inside and _HASH.fullmatch(told) else None
