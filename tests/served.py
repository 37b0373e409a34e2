"""The bundled collection built in a folder of its own, and a server of folders for 127.0.0.1."""

from __future__ import annotations

import functools
import gzip
import os
import shutil
import subprocess
import sys
import threading
from contextlib import ExitStack
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

HOST = "127.0.0.1"
REPOSITORY = Path(__file__).resolve().parents[1]
ZIPPED = {".html", ".css", ".js", ".svg", ".json", ".jsonl", ".xml", ".atom", ".txt"}
PARTS = ("digests", "topics.yml", "mkdocs.yml", "papers.lock", "docs/manual")


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


def start(servers: ExitStack, folder: Path, prefix: str, *, zipped: bool = False) -> str:
    """Serve `folder` under `prefix` on a free port until `servers` closes; return the address."""
    kind = ZippingHandler if zipped else FolderHandler
    handler = functools.partial(kind, directory=str(folder), prefix=prefix)
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


class ZippingHandler(FolderHandler):
    """Compress what is text, as the hosts of static sites do."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers; return what is to follow."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in ZIPPED:
            return super().send_head()
        content = gzip.compress(path.read_bytes(), 9, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)
