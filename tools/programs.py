"""See to it that programs which are no Python packages are there: `python -m tools.programs biber`.

Run before the tests that need them. A program that is missing is installed by apt-get where that
can be done, and else named with what to do about it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HINT = "install it with your system's packages: on Debian and Ubuntu, apt-get install"


def from_debian(*names: str) -> None:
    """Install Debian's packages by apt-get, with fresh lists only if the old ones fail."""
    print(f"Installing {' and '.join(names)} with apt-get (once)", flush=True)
    # Another installation may be under way.
    command = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "--yes"]
    command += ["--no-install-recommends", *names]
    if not succeeds(command):
        succeeds(["apt-get", "update"])
        succeeds(command)


def succeeds(
    command: Sequence[str], *, folder: Path = ROOT, more: Mapping[str, str] | None = None
) -> bool:
    """Run `command` in `folder`, with `more` in its environment; where it fails, print its end."""
    environment = {"DEBIAN_FRONTEND": "noninteractive", **os.environ, **(more or {})}
    try:
        answer = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=900,
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        print(f"  | {reason}")
        return False
    if answer.returncode:
        told = "".join(f"  | {line}\n" for line in answer.stdout.splitlines()[-8:])
        print(told, end="", flush=True)
    return answer.returncode == 0


def main(names: Sequence[str]) -> int:
    """Find or install the programs; return the exit code."""
    missing = [name for name in names if not shutil.which(name)]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        from_debian(*missing)
    missing = [name for name in names if not shutil.which(name)]
    for name in missing:
        print(f"There is no {name} here\n  hint: {HINT} {name}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
