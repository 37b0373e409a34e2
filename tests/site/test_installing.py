"""A collection built by the Offprint of a commit: the wheel is made once, when `init` runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from clones import Repository

from generator import wheels


@pytest.fixture
def spec(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of the clone with its commit; nothing is downloaded to build it."""
    # Read by pip as "no isolation", whatever it looks like.
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")
    return f"git+file://{repository.root}@{repository.first}"


def test_a_commit_gives_one_wheel(spec: str, tmp_path: Path) -> None:
    """The same commit makes the same bytes, the ones that requirements.txt has the hash of."""
    command = [sys.executable, "-m", "generator", "init", tmp_path / "c", "--install", spec]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "c/vendor").glob("*.whl")
    found = wheels.named(spec)
    assert found.content == made.read_bytes()
    text = (tmp_path / "c/requirements.txt").read_text(encoding="utf-8")
    assert text == found.requirements()
    assert f"# Offprint is the wheel of {spec}." in text


def test_a_commit_that_is_not_there_is_told(spec: str) -> None:
    """The last word of git stands in the message."""
    with pytest.raises(wheels.NoWheel, match="there is no wheel: ") as refused:
        wheels.named(f"{spec[:-40]}{'0' * 40}")
    assert "is the address right" in refused.value.args[1]


def test_a_password_does_not_reach_the_file(
    spec: str, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands before the host of an address is for git only."""
    for key, value in (
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", f"url.file://{repository.root}.insteadOf"),
        ("GIT_CONFIG_VALUE_0", "https://octo:secret@lab.example/offprint.git"),
    ):
        monkeypatch.setenv(key, value)
    found = wheels.named(f"git+https://octo:secret@lab.example/offprint.git@{repository.first}")
    assert "git+https://lab.example/offprint.git@" in found.origin
    assert "secret" not in found.requirements()
