"""See to it that `make test-site` has its checkers: a Node, and the locked npm packages.

`python -m tools.node` is run before the tests; they find both with the same functions.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import programs

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "tools/checks"
NAMES = ("package.json", "package-lock.json", ".npmrc")
# In .venv, which is not part of the repository and which `make clean` removes.
INSTALLED = ROOT / ".venv/checks"
OLDEST = 18
HINT = f"install Node {OLDEST} or newer with npm, or name one with NODE=/path/to/node"


def node() -> Path | None:
    """Return a Node that is new enough: $NODE alone if set, else that of PATH."""
    chosen = os.environ.get("NODE") or shutil.which("node")
    try:
        answer = subprocess.run([chosen or "node", "--version"], capture_output=True, text=True)
    except OSError:
        return None
    version = re.match(r"v(\d+)\.", answer.stdout)
    return Path(chosen) if chosen and version and int(version[1]) >= OLDEST else None


def npm(beside: Path) -> Path | None:
    """Return the npm that came with a Node, else that of PATH."""
    near = shutil.which("npm", path=str(beside.parent))
    found = near or shutil.which("npm")
    return Path(found) if found else None


def current() -> bool:
    """Return whether what is installed is what the lock names."""
    stamps = [(INSTALLED / name, LOCKED / name) for name in NAMES]
    alike = all(
        here.is_file() and here.read_bytes() == there.read_bytes() for here, there in stamps
    )
    return alike and (INSTALLED / "node_modules/.package-lock.json").is_file()


def install(program: Path) -> bool:
    """Install the locked packages, each compared with its hash and none running a script."""
    print("Installing the checkers of tools/checks/package-lock.json", flush=True)
    shutil.rmtree(INSTALLED, ignore_errors=True)
    INSTALLED.mkdir(parents=True)
    for name in NAMES:
        shutil.copy(LOCKED / name, INSTALLED)
    # npm is a script that asks PATH for its Node.
    path = os.pathsep.join((str(program.parent), os.environ.get("PATH", "")))
    command = [str(npm(program)), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    return programs.succeeds(command, folder=INSTALLED, more={"PATH": path})


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def main() -> int:
    """Find or install Node and the checkers; return the exit code."""
    found = node()
    lacking = found is None or npm(found) is None
    if lacking and not os.environ.get("NODE") and _is_debian() and os.geteuid() == 0:
        programs.from_debian("nodejs", "npm")
        found = node()
    if found is None or npm(found) is None:
        what = "No Node that is new enough" if found is None else f"No npm beside {found}"
        print(f"{what}: workflows and pages cannot be checked\n  hint: {HINT}", file=sys.stderr)
        return 1
    print(f"Node for the checks: {found}", flush=True)
    if not current() and not install(found):
        hint = "is the network up, and is the right registry in 'npm config get registry'?"
        print(f"The checkers could not be installed\n  hint: {hint}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
