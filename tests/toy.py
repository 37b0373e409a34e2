"""The toy collection of `sites/toy`, and what the tests do with a copy of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from generator import pipeline, publish, writer
from generator.cli import main
from generator.models import Site
from generator.problems import Problem

SITES = Path(__file__).parent / "sites"
OFFPRINT = Path(sys.executable).with_name("offprint")
FOG = "digests/2025-03-14-spring.md"
"""A digest of the toy collection."""


def toy(where: Path) -> Path:
    """Return a fresh copy of the toy collection in the folder `where`."""
    return Path(shutil.copytree(SITES / "toy", where / "toy"))


def offprint(*arguments: object, root: Path | None = None) -> Result:
    """Return what the command says and exits with, run in this process, not on a terminal."""
    place = ["-C", str(root)] if root else []
    result = CliRunner().invoke(main, [*map(str, arguments), *place])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left."""

    code: int
    out: str
    err: str


def run(*arguments: object, cwd: Path) -> Ended:
    """Return what the installed command says and exits with, run as a process of its own."""
    command = [str(OFFPRINT), *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def written(root: Path) -> tuple[pipeline.Collection, Site]:
    """Return the collection at `root` and its site, which stands in docs/ already."""
    collection = pipeline.collect(root)
    site = pipeline.assemble(collection)
    docs = root / collection.settings.docs_dir
    assert not writer.write(docs, site.files).problems
    return collection, site


def publish_at(root: Path, site_dir: Path | None = None) -> list[Problem]:
    """Build the collection at `root` without the command; return what forbade it."""
    collection, site = written(root)
    return publish.build(root, collection.settings, site, site_dir or root / "site")


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below `folder` by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def replace(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must be there, by `new` in the file at `path`."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
