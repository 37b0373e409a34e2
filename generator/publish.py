"""Let MkDocs build into a fresh folder, check the result, and swap it in whole."""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from generator import checks, writer
from generator.models import Site
from generator.problems import Problem, error
from generator.progress import Tell, silent
from generator.settings import CONFIG, PLUGIN, Settings

_MARK = "data/build.json"
"""A file that every site of Offprint has."""
_EXCHANGE = 2
_HERE = -100


def refusal(site_dir: Path) -> Problem | None:
    """Return the error that forbids to replace `site_dir`: it holds what Offprint did not build."""
    if not site_dir.exists():
        return None
    hint = "choose another folder with --site-dir, or empty this one"
    if not site_dir.is_dir():
        return error(site_dir.name, None, "is a file where the site should go", hint)
    foreign = (site_dir / ".git").exists() or not (site_dir / _MARK).is_file()
    # docs/ has the mark too, and the pages of a person beside it.
    foreign = foreign or (site_dir / writer.MANIFEST).exists()
    if foreign and any(site_dir.iterdir()):
        return error(site_dir.name, None, "holds files that Offprint did not build", hint)
    return None


def build(
    root: Path, settings: Settings, site: Site, site_dir: Path, tell: Tell = silent
) -> list[Problem]:
    """Build docs/ into `site_dir`, or return the errors and leave it as it was."""
    # Where the site is a link, say to a web server's folder, the folder behind it changes.
    site_dir = site_dir.resolve()
    _sweep(site_dir)
    fresh = site_dir.with_name(f".{site_dir.name}.{os.getpid()}")
    fresh.mkdir(parents=True)
    try:
        problems = _run(root, site, fresh, tell)
        if not problems:
            tell("checking links")
            problems = checks.built(fresh, settings, site.files)
        if not problems:
            tell("swapping")
            swap(fresh, site_dir)
        return problems
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _sweep(site_dir: Path) -> None:
    """Delete what builds left that were killed midway."""
    for left in site_dir.parent.glob(f".{site_dir.name}.*"):
        number = left.suffix[1:]
        # A container gives the same number at every start, so our own is an earlier build's.
        if number.isdecimal() and (int(number) == os.getpid() or not _runs(int(number))):
            shutil.rmtree(left, ignore_errors=True)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def swap(fresh: Path, site_dir: Path) -> None:
    """Put `fresh` in the place of `site_dir` in one step; the old site is then in `fresh`.

    Where the system cannot exchange two folders there is a moment without either.
    """
    if not site_dir.exists():
        fresh.rename(site_dir)
    elif not _exchanged(fresh, site_dir):
        old = fresh.with_name(f"{fresh.name}.old")
        site_dir.rename(old)
        fresh.rename(site_dir)
        shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names by Linux' renameat2(2); return False where that cannot be done."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    if (number := ctypes.get_errno()) in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(one))


class _Warnings(logging.Handler):
    """Gather what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.messages.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[_Warnings]:
    """Hear MkDocs' warnings instead of printing them."""
    logger = logging.getLogger("mkdocs")
    heard = _Warnings()
    # INFO, else MkDocs' own counting of warnings, which strictness rests on, is off.
    before, logger.propagate, level = logger.propagate, False, logger.level
    logger.addHandler(heard)
    logger.setLevel(logging.INFO)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
        logger.propagate = before
        logger.setLevel(level)


def _run(root: Path, site: Site, folder: Path, tell: Tell) -> list[Problem]:
    """Run MkDocs strictly into `folder`; return what it complains of as errors."""
    # A notice about MkDocs' future that no curator can act upon.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    tell("settings")
    with _listening() as heard:
        try:
            config = load_config(str(root / CONFIG), site_dir=str(folder), strict=True)
            _hand_over(config, site, tell)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build.build(config)
            finally:
                config.plugins.on_shutdown()
        except Exception as reason:
            # Any page, theme or extension of the curator may fail in its own way.
            told = any(str(reason) in message for message in heard.messages)
            if not (told or (isinstance(reason, Abort) and heard.messages)):
                heard.messages.append(_said(reason))
    hint = "mend it there, or look it up in MkDocs' manual"
    return [error(CONFIG, None, f"MkDocs: {message}", hint) for message in heard.messages]


def _said(reason: Exception) -> str:
    if isinstance(reason, MkDocsException):
        return str(reason)
    name = getattr(reason, "filename", None)
    where = f" ({Path(name).name}:{getattr(reason, 'lineno', '')})" if name else ""
    return f"{type(reason).__name__}: {reason}{where}"


def _hand_over(config: MkDocsConfig, site: Site, tell: Tell) -> None:
    """Give the plugin the site that is assembled already, and who hears how far MkDocs is."""
    plugin: Any = config.plugins[PLUGIN]
    plugin.site, plugin.tell = site, tell


def serve(root: Path, port: int) -> None:
    """Show the collection on 127.0.0.1 and follow its changes until interrupted.

    What MkDocs tells, the address and each rebuild with its problems, goes to standard error.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logger = logging.getLogger("mkdocs")
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler())
    logger.setLevel(logging.INFO)
    address = f"127.0.0.1:{port}"
    # At the root, whatever sub-path the published site has.
    mkdocs_serve.serve(str(root / CONFIG), dev_addr=address, site_url=f"http://{address}/")
