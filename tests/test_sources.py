"""The folder of digests is walked in a fixed order, and nothing is lost in silence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from generator import sources
from generator.models import Source
from generator.problems import Problem, Severity


def put(root: Path, name: str, data: bytes = b"x") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    assert problem.hint
    assert "\n" not in problem.message
    return problem


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """Folders below count too; the order is that of the names, not of the disk."""
    for name in ("digests/b.md", "digests/a/z.txt", "digests/B.md", "digests/a.md"):
        put(tmp_path, name, name.encode())
    found, problems = sources.walk(tmp_path)
    names = ["digests/B.md", "digests/a.md", "digests/a/z.txt", "digests/b.md"]
    assert found == tuple(Source(name, name.encode()) for name in names)
    assert problems == ()


def test_hidden_files_and_folders_are_not_digests(tmp_path: Path) -> None:
    """What starts with a dot is the system's."""
    put(tmp_path, "digests/.DS_Store")
    put(tmp_path, "digests/.git/config")
    assert sources.walk(tmp_path) == ((), ())


@pytest.mark.parametrize("name", ["README.md", "readme.txt", "Readme"])
def test_a_readme_is_left_out_with_a_note(tmp_path: Path, name: str) -> None:
    """It is the curator's own, and the curator is told."""
    put(tmp_path, f"digests/{name}")
    found, problems = sources.walk(tmp_path)
    assert found == ()
    assert only(problems).severity is Severity.NOTE
    assert only(problems).path == f"digests/{name}"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """The hint names the command that makes it."""
    found, problems = sources.walk(tmp_path)
    assert found == ()
    assert only(problems).severity is Severity.ERROR
    assert "offprint add" in only(problems).hint


def test_a_link_to_nothing_is_an_error(tmp_path: Path) -> None:
    """The other digests are still read."""
    put(tmp_path, "digests/a.md")
    (tmp_path / "digests/b.md").symlink_to("gone.md")
    found, problems = sources.walk(tmp_path)
    assert [source.path for source in found] == ["digests/a.md"]
    assert (only(problems).path, only(problems).message) == ("digests/b.md", "is a link to nothing")


def test_an_unreadable_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the system's own, without a traceback."""

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    put(tmp_path, "digests/a.md")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    found, problems = sources.walk(tmp_path)
    assert found == ()
    assert only(problems).message == "cannot be read: Permission denied"


def test_an_unreadable_folder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Digests below a closed folder are not dropped in silence."""
    put(tmp_path, "digests/a.md")
    put(tmp_path, "digests/closed/b.md")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found, problems = sources.walk(tmp_path)
    assert [source.path for source in found] == ["digests/a.md"]
    assert only(problems).path == "digests/closed"
    assert only(problems).message == "cannot be read: Permission denied"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
@pytest.mark.parametrize("name", [b"\xff.md", b"a\nb.md", b"a\x1b.md"])
def test_a_name_that_no_file_can_hold_is_an_error(tmp_path: Path, name: bytes) -> None:
    """Bytes that are no UTF-8 and line ends would spoil every list of files."""
    put(tmp_path, "digests/good.md")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/digests/" + name)).write_bytes(b"x")
    found, problems = sources.walk(tmp_path)
    assert [source.path for source in found] == ["digests/good.md"]
    assert only(problems).severity is Severity.ERROR
    assert only(problems).path.encode().decode().isprintable()


def test_a_file_beyond_the_limit_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of many gigabytes does not fill the memory."""
    monkeypatch.setattr(sources, "SIZE_LIMIT", 3)
    assert isinstance(sources.read(put(tmp_path, "a", b"abc"), "a"), Source)
    found = sources.read(put(tmp_path, "b", b"abcd"), "b")
    assert isinstance(found, Problem)
    assert found.message.startswith("is larger than")


def test_a_folder_or_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """Both are said in a few words."""
    folder = sources.read(tmp_path, "x")
    missing = sources.read(tmp_path / "x", "x")
    assert isinstance(folder, Problem)
    assert folder.message == "is a folder"
    assert isinstance(missing, Problem)
    assert missing.message == "does not exist"
