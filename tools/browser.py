"""See to it that the tests have a Chromium: an installed one, the system's, or Playwright's own.

Run before the tests; they find the browser with the same function.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HINT = "install Chromium, or name one with CHROMIUM=/path/to/chromium"


def installed() -> Path | None:
    """Return a Chromium that starts: $CHROMIUM alone if set, else from PATH, else Playwright's.

    Not to be called while Playwright runs: it starts Playwright to ask for its own browser.
    """
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[Path]:
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        yield Path(chosen)
        return
    yield from (Path(path) for name in NAMES if (path := shutil.which(name)))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def _starts(path: Path) -> bool:
    # Asked, because Ubuntu's `chromium-browser` may be a stub that only names a snap, and
    # because a downloaded Chromium can lack libraries of the system.
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and b"Chrom" in answer.stdout


def _from_debian() -> None:
    """Install Chromium by apt-get, with fresh package lists only if the old ones fail."""
    print("Installing Chromium for the tests with apt-get (once; about 100 MB)", flush=True)
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    if not _succeeds(install):
        _succeeds(["apt-get", "update"])
        _succeeds(install)


def _from_playwright() -> None:
    print("Fetching Playwright's Chromium for the tests (once; about 180 MB)", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    _succeeds(command)


def _succeeds(command: Sequence[str]) -> bool:
    environment = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    # A blocked download must not eat the time of the tests.
    environment.setdefault("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "15000")
    try:
        answer = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=300,
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        print(f"  | {reason}")
        return False
    if answer.returncode:
        # Playwright ends with the stack of its own program, which tells a user nothing.
        told = [line for line in answer.stdout.splitlines() if line.split()[:1] not in ([], ["at"])]
        print("".join(f"  | {line}\n" for line in told[-3:]), end="", flush=True)
    return answer.returncode == 0


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def main() -> int:
    """Find or install a Chromium and say which; return 0 also where none can be had."""
    path = installed()
    if path is None and not os.environ.get("CHROMIUM"):
        if _is_debian() and os.geteuid() == 0:
            _from_debian()
            path = installed()
        if path is None:
            _from_playwright()
            path = installed()
    if path is None:
        print(f"No Chromium that starts: the browser tests cannot run\n  hint: {HINT}", flush=True)
    else:
        print(f"Browser for the tests: {path}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
