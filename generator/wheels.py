"""Give the wheel that a collection is built with: of a file, a commit, a release, or our own.

Whatever it came from, it is known by its hash, and it brings the list of all that it needs, each
with its hashes. So a collection is built by the same program everywhere, and by nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_string
from importlib import metadata
from pathlib import Path, PurePosixPath

NAME = "offprint-digest"
"""The distribution. The name `offprint` on the package index is a stranger's."""
LOCK = "generator/requirements.txt"
"""Place in a wheel of the list of what the program needs."""
FOLDER = "vendor"
"""Folder of a collection that holds the wheel."""
_STEM = NAME.replace("-", "_")
_COMMIT = re.compile(r"git\+(?:https|ssh|file)://[^\s@#]*(?:@[^\s@#/]+/[^\s@#]*)?@[0-9a-f]{40}")
_RELEASE = re.compile(rf"{NAME}==([0-9][0-9A-Za-z.!+]*)")
# What an installer writes beside the files of the wheel.
_ADDED = frozenset(
    {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json", "uv_cache.json", "uv_build.json"}
)
_MADE = (2020, 2, 2, 0, 0, 0)
"""Time of each file in a wheel: never the clock's, so that equal files make equal wheels."""
_WHOLE = 0o100644 << 16


class NoWheel(Exception):
    """Why there is no such wheel, and as a second argument what to do."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel of Offprint."""

    name: str
    """Name of its file, e.g. `offprint_digest-1.0-py3-none-any.whl`."""
    content: bytes
    origin: str
    """Where it came from, in words."""
    release: str = ""
    """Its version, where the package index has it; else the wheel goes along with the files."""

    def requirements(self) -> str:
        """Return a requirements.txt for `pip install --require-hashes -r`."""
        wanted = f"{NAME}=={self.release}" if self.release else f"./{FOLDER}/{self.name}"
        needed = [line for line in _lock(self).splitlines() if not line.lstrip().startswith("#")]
        return "\n".join(
            [
                "# What builds this site, each file with its hash.",
                f"# Offprint is {self.origin}.",
                f"{wanted} \\",
                f"    --hash=sha256:{hashlib.sha256(self.content).hexdigest()}",
                "# What it needs, as tested with it:",
                *needed,
                "",
            ]
        )


def named(spec: str | None) -> Wheel:
    """Return the wheel that `spec` names, that of the running program where it is None.

    A path of a wheel, `git+https://…@` with a whole commit, or `offprint-digest==` with a version.
    Raise NoWheel.
    """
    if spec is None:
        return running()
    if _RELEASE.fullmatch(spec):
        return _released(spec)
    if spec.startswith("git+"):
        return _committed(spec)
    if spec.endswith(".whl") or Path(spec).is_file():
        return _file(Path(spec))
    if re.match(r"offprint\b(?!-digest)", spec):
        raise NoWheel(f"'{spec}' is another program", f"this one is called {NAME}")
    hint = f"name a wheel's file, git+https://…@ and a commit, or {NAME}== and a version"
    raise NoWheel(f"'{spec}' names no wheel", hint)


def running() -> Wheel:
    """Return the wheel of the program that runs: of its checkout, or of its installed files."""
    root = Path(__file__).parents[1]
    if (root / "pyproject.toml").is_file():
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
        hint = "run 'make site' there once, or name a wheel with --install"
        return _made(command, root, "the wheel of the checkout that made this collection", hint)
    try:
        found = metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise NoWheel("this program is not installed", "name a wheel with --install") from None
    name = f"{_STEM}-{found.version}-py3-none-any.whl"
    content = _packed(sorted(_installed(found)))
    return Wheel(name, content, "the wheel of the program that made this collection")


def _installed(found: metadata.Distribution) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file that came with the wheel, as it was then."""
    for place in found.files or ():
        if place.hash is None or place.parts[0] == ".." or place.name in _ADDED:
            continue
        content = Path(str(place.locate())).read_bytes()
        if _sum(content, place.hash.mode) != place.hash.value:
            hint = "install Offprint anew, or name a wheel with --install"
            raise NoWheel(f"{place} was changed after it was installed", hint)
        yield place.as_posix(), content


def _packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a wheel of `files`, with the record that a wheel ends with."""
    (about,) = {name.partition("/")[0] for name, _ in files if name.endswith(".dist-info/WHEEL")}
    rows = [f"{name},sha256={_sum(content)},{len(content)}\n" for name, content in files]
    record = f"{about}/RECORD"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*files, (record, "".join([*rows, f"{record},,\n"]).encode())):
            entry = zipfile.ZipInfo(name, _MADE)
            entry.external_attr = _WHOLE
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _sum(content: bytes, mode: str = "sha256") -> str:
    found = hashlib.new(mode, content).digest()
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def _committed(spec: str) -> Wheel:
    if not _COMMIT.fullmatch(spec):
        hint = "end it with @ and all 40 digits of the commit: a branch or a tag may move"
        raise NoWheel(f"'{spec}' is no Git address with its commit", hint)
    command = [*_pip("wheel"), "--no-cache-dir", spec, "--wheel-dir"]
    hint = "is the address right, and is git installed?"
    # An address may hold a password, which the file must not.
    origin = re.sub(r"://[^@/]*@", "://", spec)
    return _made(command, Path.cwd(), f"the wheel of {origin}", hint)


def _released(spec: str) -> Wheel:
    command = [*_pip("download"), "--only-binary", ":all:", spec, "--dest"]
    hint = "is the network up, and is there such a release?"
    found = _made(command, Path.cwd(), "a release", hint)
    return Wheel(found.name, found.content, found.origin, spec.partition("==")[2])


def _pip(command: str) -> list[str]:
    return [sys.executable, "-m", "pip", command, "--disable-pip-version-check", "--no-deps"]


def _made(command: Sequence[str], root: Path, origin: str, hint: str) -> Wheel:
    """Return the wheel that `command`, followed by a folder, puts there."""
    environment = {**os.environ, "PIP_NO_INPUT": "1"}
    with tempfile.TemporaryDirectory() as folder:
        try:
            said = subprocess.check_output(
                [*command, folder],
                cwd=root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
        except subprocess.CalledProcessError as reason:
            raise NoWheel(f"there is no wheel: {_last_word(reason.output)}", hint) from None
        made = next(Path(folder).glob("*.whl"), None)
        if made is None:
            raise NoWheel(f"there is no wheel: {_last_word(said)}", hint)
        return _file(made, origin)


def _last_word(said: str) -> str:
    """Return the line that tells best why a program has failed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "rror" in line), (lines or ["?"])[-1])


def _file(path: Path, origin: str = "the wheel named when this collection was made") -> Wheel:
    """Return the wheel at `path`, if it is one of Offprint and of use."""
    try:
        wheel = Wheel(path.name, path.read_bytes(), origin)
    except OSError as reason:
        raise NoWheel(f"{path} cannot be read: {reason.strerror}", "name a wheel's file") from None
    if found := _fault(wheel):
        raise NoWheel(f"{path}: {found}", f"name a wheel of {NAME}")
    _lock(wheel)
    return wheel


def _fault(wheel: Wheel) -> str | None:
    """Return why a file is no wheel of Offprint for every system."""
    try:
        with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
            about = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
            told = message_from_string(archive.read(about[0]).decode()) if about else None
    except (zipfile.BadZipFile, UnicodeDecodeError):
        return "is no wheel"
    if told is None or told["Name"] != NAME:
        return f"is no wheel of {NAME}"
    version = re.escape(str(told["Version"]))
    # The name goes into requirements.txt, where a space or a semicolon would mean something.
    if not re.fullmatch(rf"{_STEM}-{version}-py3-none-any\.whl", PurePosixPath(wheel.name).name):
        return f"should be called {_STEM}-{told['Version']}-py3-none-any.whl"
    return None


def _lock(wheel: Wheel) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
            return archive.read(LOCK).decode()
    except KeyError:
        hint = "take a wheel of a newer version"
        raise NoWheel(f"{wheel.name} holds no list of what it needs", hint) from None
