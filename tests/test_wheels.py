"""Whatever a collection is to be built with becomes a wheel of Offprint, known by its hash."""

from __future__ import annotations

import hashlib
import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from toy import offprint, tree

from generator import wheels

REPOSITORY = Path(__file__).resolve().parents[1]
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def running() -> wheels.Wheel:
    """Return the wheel of this checkout."""
    return wheels.running()


@pytest.fixture
def file(running: wheels.Wheel, tmp_path: Path) -> Path:
    """Return a file with that wheel."""
    path = tmp_path / running.name
    path.write_bytes(running.content)
    return path


def zipped(files: dict[str, str]) -> bytes:
    """Return an archive of `files`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pins(text: str) -> dict[str, str]:
    """Return version by package of a requirements file; assert that each has a hash."""
    rows = re.split(r"\n(?=[\w./])", "\n".join(row for row in text.splitlines() if row[:1] != "#"))
    assert all("--hash=sha256:" in row for row in rows if row.strip())
    found = (re.match(r"([\w.-]+)==(\S+)", row) for row in rows)
    return {one[1]: one[2] for one in found if one}


def test_the_running_program_gives_the_same_bytes_twice(running: wheels.Wheel) -> None:
    """The wheel of a checkout is what its files make it, and nothing of the day."""
    assert wheels.running() == running
    assert wheels.named(None) == running


def test_a_wheel_brings_the_list_of_what_it_needs(running: wheels.Wheel) -> None:
    """The list is the lock of the repository: all that pyproject.toml asks for, with hashes."""
    lock = (REPOSITORY / "requirements/program.txt").read_text("utf-8")
    archive = zipfile.ZipFile(io.BytesIO(running.content))
    assert archive.read(wheels.LOCK).decode() == lock
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.match(r"[\w-]+", one)[0] for one in project["dependencies"]}  # type: ignore[index]
    assert needed <= set(pins(lock))
    site = pins((REPOSITORY / "requirements/site.txt").read_text("utf-8"))
    assert pins(lock).items() <= site.items()


def test_requirements_hold_hashes_and_no_host(running: wheels.Wheel) -> None:
    """The program comes first, by the hash of its file; no line names a package index."""
    text = running.requirements()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines[0] == f"./vendor/{running.name} \\"
    assert lines[1].strip() == f"--hash=sha256:{hashlib.sha256(running.content).hexdigest()}"
    assert len(pins(text)) > 30
    assert not re.search(r"https?:|index|\bvia\b", text)


def test_a_file_is_taken_as_it_is(file: Path, running: wheels.Wheel) -> None:
    """A wheel's file goes along with the collection byte for byte."""
    found = wheels.named(str(file))
    assert (found.name, found.content, found.release) == (running.name, running.content, "")


def test_a_release_is_named_by_its_version(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release is asked for once, for its hash and its list; the index keeps the file."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(file.parent))
    version = file.name.split("-")[1]
    found = wheels.named(f"offprint-digest=={version}")
    assert found.release == version
    assert found.requirements().splitlines()[2] == f"offprint-digest=={version} \\"
    with pytest.raises(wheels.NoWheel, match="there is no wheel"):
        wheels.named("offprint-digest==99.0")


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("offprint==1.0", "another program"),
        ("offprint", "another program"),
        ("offprint-digest", "names no wheel"),
        ("offprint-digest>=1.0", "names no wheel"),
        ("offprint-digest==1.0 --index-url https://x.example", "names no wheel"),
        ("git+https://x.example/offprint.git", "no Git address with its commit"),
        ("git+https://x.example/offprint.git@main", "no Git address with its commit"),
        ("git+https://x.example/offprint.git@abc1234", "no Git address with its commit"),
        (f"git+https://x.example/a@{COMMIT}\n--index-url=https://y.example", "no Git address"),
        (f"git+http://x.example/offprint.git@{COMMIT}", "no Git address with its commit"),
        ("nowhere.whl", "cannot be read"),
        ("", "names no wheel"),
    ],
)
def test_what_names_no_wheel_is_refused(spec: str, why: str) -> None:
    """Each other word is refused, with what may be written instead."""
    with pytest.raises(wheels.NoWheel, match=why) as refused:
        wheels.named(spec)
    assert refused.value.args[1]


@pytest.mark.parametrize(
    ("name", "files", "why"),
    [
        ("offprint_digest-1.0-py3-none-any.whl", None, "is no wheel"),
        ("offprint_digest-1.0-py3-none-any.whl", {"a.py": ""}, "is no wheel of offprint-digest"),
        (
            "offprint-1.0-py3-none-any.whl",
            {"offprint-1.0.dist-info/METADATA": "Name: offprint\nVersion: 1.0\n"},
            "is no wheel of offprint-digest",
        ),
        (
            "offprint_digest-1.0 ;x-py3-none-any.whl",
            {"o-1.0.dist-info/METADATA": "Name: offprint-digest\nVersion: 1.0\n"},
            "should be called offprint_digest-1.0-py3-none-any.whl",
        ),
        (
            "offprint_digest-1.0-py3-none-any.whl",
            {"o-1.0.dist-info/METADATA": "Name: offprint-digest\nVersion: 1.0\n"},
            "holds no list of what it needs",
        ),
    ],
)
def test_files_that_are_of_no_use_are_refused(
    tmp_path: Path, name: str, files: dict[str, str] | None, why: str
) -> None:
    """Another program, a wrong name, and a wheel that does not say what it needs."""
    (tmp_path / name).write_bytes(zipped(files) if files else b"PK, not quite")
    with pytest.raises(wheels.NoWheel, match=re.escape(why)):
        wheels.named(str(tmp_path / name))


def test_nothing_is_written_without_a_wheel(tmp_path: Path) -> None:
    """`init` says why there is none, and leaves the folder alone."""
    result = offprint("init", tmp_path / "c", "--install", "offprint==1.0")
    assert result.exit_code == 1
    assert "'offprint==1.0' is another program: nothing was written" in result.output
    assert not (tmp_path / "c").exists()


def test_a_release_needs_no_copy(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a release the collection has no folder of wheels, and its README names none."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(file.parent))
    spec = f"offprint-digest=={file.name.split('-')[1]}"
    assert offprint("init", tmp_path / "c", "--install", spec).exit_code == 0
    made = tree(tmp_path / "c")
    assert not [name for name in made if name.startswith("vendor/")]
    assert b"vendor/" not in made["README.md"]
