"""A Chromium that no page can leave 127.0.0.1 with, and the folders that it looks at."""

from __future__ import annotations

import functools
import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from served import HOST, build, start

REQUIRED = "OFFPRINT_REQUIRE_BROWSER"
ARGUMENTS = (
    "--no-sandbox",  # Chromium refuses its sandbox to root, and containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
)
TOOL = Path(__file__).resolve().parents[2] / "tools" / "browser.py"

Serve = Callable[..., str]
Build = Callable[[str], Path]


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the Chromium that `make test` found or installed."""
    spec = importlib.util.spec_from_file_location("offprint_browser_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    path: Path | None = tool.installed()
    if path is None:
        missing = f"no Chromium that starts: {tool.HINT}"
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{missing} ({REQUIRED}=1)", pytrace=False)
        pytest.skip(missing)
    return path


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Return one running Chromium for all tests."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def faults() -> list[str]:
    """Return the list where console errors, page errors and outside requests gather.

    A test that means to provoke one looks at it and clears the list.
    """
    return []


@pytest.fixture
def context(browser: Browser, faults: list[str]) -> Iterator[BrowserContext]:
    """Return a fresh profile; any fault on any of its pages fails the test."""
    fresh = browser.new_context()
    watch(fresh, faults)
    yield fresh
    fresh.close()
    assert not faults, "the page is not clean:\n" + "\n".join(faults)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return an empty page of a fresh profile; any fault on it fails the test."""
    return context.new_page()


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Write down every console error, page error and request to a host other than 127.0.0.1."""
    context.on(
        "console",
        lambda message: (
            faults.append(f"console: {message.text} ({message.location['url']})")
            if message.type == "error"
            else None
        ),
    )
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on(
        "request",
        lambda request: faults.append(f"request: {request.url}") if outside(request.url) else None,
    )


def outside(url: str) -> bool:
    """Return whether `url` leads away from this machine; `data:` and `blob:` do not."""
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob", "about"} and parts.hostname != HOST


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return `bundled(prefix)`: it builds the bundled collection once for each prefix."""
    return functools.cache(lambda prefix: build(tmp_path_factory.mktemp("bundled"), prefix))


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return `serve(folder, prefix="/")`: it serves a folder and returns its address.

    The address ends with the prefix (`/`, or `/repo/` for a site below a sub-path). As on
    GitHub Pages, a missing file is answered by the folder's own 404.html.
    """
    with ExitStack() as servers:
        yield lambda folder, prefix="/": start(servers, Path(folder), prefix)
