"""Make .venv, install the locked dependencies and the project: setup.py site|test|tools|lock.

Needs nothing but the standard library. What is already done is not done again: a stamp in
.venv holds the checksums of the lock and of pyproject.toml that it was made from.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "offprint-setup.json"
LOCKS = {name: ROOT / f"requirements/{name}.txt" for name in ("site", "test", "tools")}
PROJECT = ROOT / "pyproject.toml"

# pip's settings of the user stay in force, save those that would make it ask or leave .venv.
PIP_ENVIRONMENT = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
    "PIP_USER": "0",
}
CURES = {
    "DO NOT MATCH THE HASHES": "the package index serves other files than the lock names;"
    " 'pip config list' shows which index is asked",
    "No space left": "make room on the disk, then run the same command again",
    "No matching distribution": "is the network up, and is the right index in 'pip config list'?"
    " then run the same command again",
    "Failed building wheel": "a package has no ready-made build for this Python;"
    " try one of 3.11 to 3.13 with make PYTHON=…",
}


class SetupError(Exception):
    """What went wrong and, on a second line, what to do about it."""


def main(arguments: Sequence[str]) -> int:
    """Set up for `site`, `test` or `tools`, or renew the locks; return the exit code."""
    started = time.monotonic()
    try:
        if arguments == ["lock"]:
            renew_locks()
            worked = False
        elif len(arguments) == 1 and arguments[0] in LOCKS:
            worked = set_up(arguments[0])
        else:
            raise SetupError("usage: setup.py site|test|tools|lock")
    except SetupError as reason:
        print(f"Set-up stopped: {reason}", file=sys.stderr)
        return 1
    if worked:
        say(f"Set up in {time.monotonic() - started:.0f} s")
    return 0


def set_up(name: str) -> bool:
    """Bring .venv to the state that the lock `name` asks for; return whether it was not there."""
    fault = venv_fault()
    if fault is not None:
        if VENV.is_symlink() or VENV.is_file():
            raise SetupError(f".venv is in the way ({fault})\n  hint: move it away")
        if VENV.exists():
            say(f"Removing .venv: {fault}")
            shutil.rmtree(VENV)
        make_venv(VENV)
    done = stamp()
    wanted = {lock: checksum(lock) for lock in LOCKS}
    if done.get(name) == wanted[name]:
        return False
    install(name)
    # The test lock holds the whole site lock, so the longer set-up also is the shorter one.
    finished = {**done, name: wanted[name]} | ({"site": wanted["site"]} if name == "test" else {})
    STAMP.write_text(json.dumps({**finished, "root": str(ROOT)}, indent=1), encoding="utf-8")
    return True


def venv_fault() -> str | None:
    """Return why .venv cannot be used, None where it can."""
    if not VENV.exists() and not VENV.is_symlink():
        return "there is none"
    # Importing ensures that the packages are those of this Python, not of one it replaced.
    probe = "import sys, pip; print(sys.version_info[:3])"
    try:
        answer = subprocess.run([python(VENV), "-c", probe], capture_output=True, text=True)
    except OSError:
        return "its Python is gone"
    if answer.returncode:
        return "its Python or pip does not work"
    if os.environ.get("PYTHON") and answer.stdout.strip() != str(sys.version_info[:3]):
        return f"it is not of Python {platform.python_version()}"
    if stamp().get("root", str(ROOT)) != str(ROOT):
        return "it was made in another folder"
    return None


def make_venv(folder: Path) -> None:
    """Make a virtual environment with pip in `folder`."""
    try:
        import ensurepip
        import venv  # noqa: F401

        ensurepip.version()
    except (ImportError, AttributeError):
        raise SetupError(missing_venv()) from None
    say(f"Making a virtual environment in {folder.name} (Python {platform.python_version()})")
    # Inside an activated environment this is the Python beneath it, which outlives its removal.
    base = getattr(sys, "_base_executable", None) or sys.executable
    run([base, "-m", "venv", str(folder)], "the virtual environment could not be made")


def missing_venv() -> str:
    """Return what to install where Python came without venv or ensurepip."""
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    what = f"Python {minor} came without its module venv"
    if shutil.which("apt-get"):
        return f"{what}\n  hint: sudo apt-get install python{minor}-venv, then the same again"
    return f"{what}\n  hint: install your system's package for python{minor} venv and ensurepip"


def install(name: str) -> None:
    """Install the lock `name`, each file checked against its hash, then the project itself."""
    lock = LOCKS[name]
    pins = sum(" \\" in line and "==" in line for line in lock.read_text("utf-8").splitlines())
    say(f"Installing {pins} packages from {lock.relative_to(ROOT)}")
    pip = [python(VENV), "-m", "pip"]
    locked = ["install", "--require-hashes", "--no-deps", "--progress-bar", "off"]
    run([*pip, *locked, "-r", str(lock)], "the packages could not be installed", steps=pins)
    editable = ["install", "--quiet", "--no-build-isolation", "--no-deps", "--editable"]
    run([*pip, *editable, str(ROOT)], "Offprint itself could not be installed")
    check(pip)


def check(pip: Sequence[str]) -> None:
    """Raise where pyproject.toml asks for what the lock does not hold."""
    answer = subprocess.run([*pip, "check"], capture_output=True, text=True)
    # Other packages that a developer has put into .venv may quarrel among themselves.
    ours = [line for line in answer.stdout.splitlines() if line.startswith("offprint-digest ")]
    if ours:
        told = "".join(f"\n  | {line}" for line in ours)
        raise SetupError(f"requirements/ and pyproject.toml disagree{told}\n  hint: make lock")


def renew_locks() -> None:
    """Write requirements/*.txt anew, for every system and for each Python from 3.11.0 on."""
    folder = ROOT / ".venv-lock"
    if not Path(python(folder)).exists():
        make_venv(folder)
        run([python(folder), "-m", "pip", "install", "uv>=0.5"], "uv could not be installed")
    # One version of each package for all Pythons, so that all build the same site.
    options = "--universal --python-version 3.11.0 --fork-strategy fewest --generate-hashes"
    compiling = [python(folder), "-m", "uv", "pip", "compile", *options.split(), "--upgrade"]
    compiling += ["--no-emit-index-url", "--quiet"]
    project = ["pyproject.toml", "requirements/build.in"]
    for name, sources in (
        ("site", project),
        # What the program alone needs goes into its wheel, for `offprint init`.
        ("program", [*project[:1], "--constraint", "requirements/site.txt"]),
        ("test", [*project, "--extra", "test", "--constraint", "requirements/site.txt"]),
        ("tools", ["requirements/tools.in", "--constraint", "requirements/test.txt"]),
    ):
        say(f"Locking requirements/{name}.txt")
        output = ["--output-file", f"requirements/{name}.txt"]
        run([*compiling, *sources, *output], "the lock could not be made")


def run(command: Sequence[str], failure: str, *, steps: int = 0) -> None:
    """Run `command` in silence; raise with its last lines where it fails.

    With `steps` a terminal sees how many packages pip has looked at.
    """
    environment = {**os.environ, **PIP_ENVIRONMENT, "UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if steps and sys.stdout.isatty():
                count = sum(text.startswith(("Collecting", "Requirement")) for text in lines)
                print(f"\r  {min(count, steps)} of {steps}\r", end="", flush=True)
    if process.returncode:
        output = "\n".join(lines)
        cure = next((cure for sign, cure in CURES.items() if sign in output), "see the lines above")
        tail = "".join(f"\n  | {line}" for line in lines[-12:])
        raise SetupError(f"{failure}{tail}\n  hint: {cure}")


def stamp() -> dict[str, str]:
    """Return what the last finished set-up wrote; empty where there was none."""
    try:
        content = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def checksum(name: str) -> str:
    """Return one checksum of all that the set-up of `name` depends on."""
    return hashlib.sha256(LOCKS[name].read_bytes() + PROJECT.read_bytes()).hexdigest()


def python(folder: Path) -> str:
    """Return the Python of the virtual environment `folder`."""
    return str(folder / "bin" / "python")


def say(text: str) -> None:
    """Print one line at once, so that it stands before the wait that it announces."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
