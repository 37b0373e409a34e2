"""What all tests share: the folder of sample pages, and a last word on what was skipped."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Generator, Iterable
from pathlib import Path

import hypothesis
import pytest

SAMPLES = "OFFPRINT_SAMPLES"
# Their tests are skipped for want of something outside the repository, so they are named.
NAMED = ("browser", "samples")

# The same examples at every run, and none fails because the machine is busy.
hypothesis.settings.register_profile(
    "offprint", derandomize=True, deadline=None, database=None, max_examples=60
)
hypothesis.settings.load_profile("offprint")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes golden files anew."""
    parser.addoption(
        "--update-golden", action="store_true", help="write what the golden cases give now"
    )


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Return whether golden files are to be written rather than compared."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of raw pages that are not part of the repository."""
    folder = os.environ.get(SAMPLES)
    if not folder:
        pytest.skip(f"{SAMPLES} names no folder of sample pages")
    if not Path(folder).is_dir():
        pytest.fail(f"{SAMPLES} is {folder!r}, and there is no such folder", pytrace=False)
    return Path(folder)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or the samples, so that `-m 'not browser'` leaves it out."""
    for item in items:
        for name in NAMED:
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(name)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> Generator[None, None, None]:
    """Name the skipped tests that want a browser or the samples, below all other summaries."""
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    for name in NAMED:
        wanting = [report for report in skipped if name in report.keywords]
        if wanting:
            terminalreporter.section(f"{len(wanting)} tests skipped: no {name}", sep="-")
            for line in by_file(report.nodeid for report in wanting):
                terminalreporter.line(line)


def by_file(nodeids: Iterable[str]) -> list[str]:
    """Return one line for each file with the names of its tests, sorted."""
    names: dict[str, set[str]] = defaultdict(set)
    for nodeid in nodeids:
        file, _, name = nodeid.partition("::")
        names[file].add(name)
    return [f"{file}: {', '.join(sorted(names[file]))}" for file in sorted(names)]
