"""The package as people install it: whole, and able to work away from the repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((REPOSITORY / "examples").glob("*.*"))


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without a trace of this checkout in its environment; return its output."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "OFFPRINT"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=REPOSITORY)
    return folder


@pytest.fixture(scope="module")
def offprint(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command of the wheel, installed into an environment of its own.

    The dependencies are the ones of this environment, so that nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False, symlinks=True)
    (wheel,) = built.glob("*.whl")
    python = folder / "bin" / "python"
    (packages,) = (folder / "lib").glob("python3*/site-packages")
    (ours,) = Path(sys.prefix, "lib").glob("python3*/site-packages")
    for path in ours.iterdir():
        # Not this project: an editable install leaves its record and a folder for the templates.
        if "offprint" not in path.name and path.name != "generator":
            (packages / path.name).symlink_to(path)
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    return folder / "bin" / "offprint"


def test_the_wheel_holds_what_the_generator_needs(built: Path):
    """Templates, theme, fonts with their licence and the example collection are in the wheel."""
    (wheel,) = built.glob("offprint_digest-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (REPOSITORY / "templates").rglob("*"):
        if path.is_file():
            assert (
                f"generator/templates/{path.relative_to(REPOSITORY / 'templates').as_posix()}"
                in names
            )
    assert "generator/cli/building.py" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "digests/"))]


def test_the_sdist_holds_what_a_developer_needs(built: Path):
    """The sdist builds and tests like the repository: sources, examples, tests, locks."""
    (sdist,) = built.glob("offprint_digest-*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = ("Makefile", "mkdocs.yml", "topics.yml", "papers.lock", "README.md", "LICENSE")
    assert names.issuperset(wanted)
    for folder in (
        "generator",
        "templates",
        "tests",
        "examples",
        "digests",
        "requirements",
        "tools",
    ):
        assert any(name.startswith(f"{folder}/") for name in names), folder
    assert not [name for name in names if name.startswith(("site/", "docs/papers/", ".venv"))]


def test_the_installed_wheel_makes_a_site(offprint: Path, tmp_path: Path):
    """Away from the repository: init, add every example, build strictly, search."""
    run(offprint, "init", "papers", cwd=tmp_path)
    for example in EXAMPLES:
        if example.stem != "README":
            run(offprint, "add", "-C", "papers", example, "--year", "2026", cwd=tmp_path)
    said = run(offprint, "build", "--strict", "-C", "papers", cwd=tmp_path)
    assert f"{len(EXAMPLES) + 2} digests" in said  # the collection's own, and two days in one file
    hits = json.loads(run(offprint, "search", "-C", "papers", "birdsong", "--json", cwd=tmp_path))
    assert [hit["slug"] for hit in hits] == [
        "sparrow-songs-from-few-notes-a-tinyrnn-for-birdsong-synthesis"
    ]
    where = run(
        offprint.parent / "python",
        "-c",
        "import generator; print(generator.__file__)",
        cwd=tmp_path,
    )
    assert str(REPOSITORY) not in where


def test_the_installed_wheel_can_be_handed_on(built: Path, offprint: Path, tmp_path: Path):
    """`init` makes of the installed files the wheel that they came from, the same at each time."""
    wheels = []
    for name in ("one", "two"):
        run(offprint, "init", name, cwd=tmp_path)
        (wheel,) = (tmp_path / name / "vendor").glob("*.whl")
        wheels.append(wheel)
    assert wheels[0].read_bytes() == wheels[1].read_bytes()
    (original,) = built.glob("*.whl")
    assert wheels[0].name == original.name
    old, new = (zipfile.ZipFile(path) for path in (original, wheels[0]))
    assert new.testzip() is None
    # A clock would show only in a wheel that is made later.
    assert {one.date_time for one in new.infolist()} == {(2020, 2, 2, 0, 0, 0)}
    assert sorted(old.namelist()) == sorted(new.namelist())
    for name in old.namelist():
        lines = (sorted(one.read(name).splitlines()) for one in (old, new))
        assert next(lines) == next(lines), name


def test_an_installed_file_that_was_changed_is_not_handed_on(offprint: Path, tmp_path: Path):
    """A wheel with another content under the same version would be a lie: `init` says so."""
    (place,) = (offprint.parent.parent / "lib").glob("python3*/site-packages/generator/news.py")
    content = place.read_bytes()
    place.write_bytes(content + b"\n")
    try:
        done = subprocess.run([offprint, "init", "c"], cwd=tmp_path, capture_output=True, text=True)
    finally:
        place.write_bytes(content)
    assert done.returncode == 1
    assert "generator/news.py was changed after it was installed" in done.stderr
    assert not (tmp_path / "c").exists()


def test_the_command_tells_its_version(offprint: Path, tmp_path: Path):
    """`offprint --version` is the version of the wheel."""
    from generator import __version__

    assert __version__ in run(offprint, "--version", cwd=tmp_path)
