"""A site says which commit it was built from, and claims none that it does not show."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from toy import toy

from generator import origin
from generator.origin import Commit

DAY = "2026-03-05T23:30:00-0500"
"""Already the sixth of March in UTC."""
SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no runner and no hook around the tests be heard."""
    for name in ("GITHUB_SHA", "GITHUB_WORKSPACE", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)


def git(root: Path, *arguments: str) -> str:
    who = {
        f"GIT_{one}_{fact}": "a@b.example"
        for one in ("AUTHOR", "COMMITTER")
        for fact in ("NAME", "EMAIL")
    }
    environment = os.environ | who | {"GIT_COMMITTER_DATE": DAY, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-C", str(root), *arguments]
    return subprocess.check_output(command, env=environment, text=True).strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return the toy collection in a repository of its own."""
    root = toy(tmp_path)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Begin")
    return root


def test_the_commit_and_its_day(checkout: Path) -> None:
    """Hash and day are the commit's own, the day in UTC, whatever the clock says."""
    assert origin.of(checkout) == Commit(git(checkout, "rev-parse", "HEAD"), "2026-03-06", False)


@pytest.mark.parametrize("name", ["digests/2025-03-14-spring.md", "digests/new.md", "fetched.yml"])
def test_changes_since_are_told(checkout: Path, name: str) -> None:
    """A file that the site is made from and the commit has otherwise, or not at all."""
    (checkout / name).write_text("---\ntitle: New\n---\n")
    found = origin.of(checkout)
    assert found is not None
    assert found.changed


def test_what_a_build_writes_is_no_change(checkout: Path) -> None:
    """Two builds of one commit say the same."""
    for name in ("papers.lock", "notes.txt", "docs/index.md"):
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).write_text("x\n")
    found = origin.of(checkout)
    assert found is not None
    assert not found.changed


def test_a_stranger_below_a_repository_has_no_commit(checkout: Path) -> None:
    """A collection in a folder of a repository that does not know it is at none of its commits."""
    assert origin.of(toy(checkout / "scratch")) is None


def test_without_git_the_runner_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub names the commit of its own checkout, and of nothing beside it."""
    root = toy(tmp_path / "work")
    monkeypatch.setenv("PATH", "")
    assert origin.of(root) is None
    monkeypatch.setenv("GITHUB_SHA", SHA)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "work"))
    assert origin.of(root) == Commit(SHA, None)
    assert origin.of(toy(tmp_path / "beside")) is None
    monkeypatch.setenv("GITHUB_SHA", "$(id)")
    assert origin.of(root) is None


def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    """Before the first commit there is nothing to name."""
    root = toy(tmp_path)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    assert origin.of(root) is None


def test_a_hook_of_another_repository_leads_nowhere_else(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Git's hooks set for their own repository does not count for the collection."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    found = origin.of(checkout)
    assert found is not None
    assert found.day == "2026-03-06"
