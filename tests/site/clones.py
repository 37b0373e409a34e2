"""A clone of the repository as this checkout holds it now, to commit and build in."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone whose first commit is what this checkout holds now."""

    root: Path
    first: str
    """Hash of the first commit."""

    def git(self, *arguments: str) -> str:
        """Return what git prints."""
        fixed = {"DATE": "2026-01-05T12:00:00Z", "NAME": "A Test", "EMAIL": "test@example.org"}
        who = {f"GIT_{role}_{key}": fixed[key] for role in ("AUTHOR", "COMMITTER") for key in fixed}
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **who, **own},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def commit(self, files: dict[str, str]) -> str:
        """Write `files` by path, commit them and return the hash."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change")
        return self.git("rev-parse", "HEAD")


def clone(root: Path) -> Repository:
    """Make a clone in the new folder `root`: what git tracks or would track, as one commit."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, found.split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    repository = Repository(root, "")
    repository.git("init", "--quiet", "--initial-branch", "main")
    return Repository(root, repository.commit({}))
