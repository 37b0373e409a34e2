"""Checks of publishing workflows and pages: `make test-site` runs them, `make test` does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from clones import Repository, clone

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave this folder out unless the command line names it: its tests need Node and more."""
    start = config.invocation_params.dir
    named = [(start / argument.split("::")[0]).resolve() for argument in config.args]
    return None if any(path.is_relative_to(HERE) for path in named) else True


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Return the clone of all tests, in which .venv is made only once."""
    return clone(tmp_path_factory.mktemp("clone") / "offprint")


@pytest.fixture
def repository(shared: Repository) -> Repository:
    """Return the clone as it is after a fresh checkout of its first commit, but for .venv."""
    shared.git("reset", "--quiet", "--hard", shared.first)
    shared.git("clean", "--quiet", "-ffdx", "--exclude", ".venv")
    return shared
