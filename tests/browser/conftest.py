"""A Chromium that no page can leave 127.0.0.1 with, and a server for the folders it looks at."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HOST = "127.0.0.1"
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
REPOSITORY = Path(__file__).resolve().parents[2]
TOOL = REPOSITORY / "tools" / "browser.py"
PARTS = ("digests", "topics.yml", "mkdocs.yml", "papers.lock", "docs/manual")

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


def build(root: Path, prefix: str) -> Path:
    """Build a copy of the bundled collection in `root`; return the folder of its site."""
    for part in PARTS:
        source, target = REPOSITORY / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    command = [sys.executable, "-m", "generator", "build", "--strict", "-C", str(root)]
    environment = os.environ | {"OFFPRINT_SITE_URL": f"https://lab.example{prefix}"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return `serve(folder, prefix="/")`: it serves a folder and returns its address.

    The address ends with the prefix (`/`, or `/repo/` for a site below a sub-path). As on
    GitHub Pages, a missing file is answered by the folder's own 404.html.
    """
    with ExitStack() as servers:
        yield lambda folder, prefix="/": start(servers, Path(folder), prefix)


def start(servers: ExitStack, folder: Path, prefix: str) -> str:
    """Serve `folder` under `prefix` on a free port until `servers` closes; return the address."""
    handler = functools.partial(FolderHandler, directory=str(folder), prefix=prefix)
    server = ThreadingHTTPServer((HOST, 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    servers.callback(thread.join)
    servers.callback(server.server_close)
    servers.callback(server.shutdown)
    return f"http://{HOST}:{server.server_port}{prefix}"


class FolderHandler(SimpleHTTPRequestHandler):
    """Answer from one folder, as a static host does, and in silence."""

    # Connections stay open, as with real hosts: a page and its assets share them.
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".atom": "application/atom+xml",
        ".rss": "application/rss+xml",
        ".woff2": "font/woff2",
    }

    def __init__(self, *arguments: object, directory: str, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Return the file behind a request's path; outside the prefix there is none."""
        if not path.startswith(self.prefix):
            return str(Path(self.directory, ".outside", "of-the-prefix"))
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing file with the folder's 404.html where it has one."""
        if self.path == "/favicon.ico":
            # Chromium asks for it when it likes; an answer of 404 would be a fault at random.
            self.send_response(204)
            self.end_headers()
            return
        own = Path(self.directory) / "404.html"
        if code != 404 or not own.is_file():
            super().send_error(code, message, explain)
            return
        content = own.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output free of requests."""
