"""Renew the pictures of the built site that README and manual show.

Usage: python tools/screenshots.py, after `offprint build`; `make screenshots` does both.
"""

from __future__ import annotations

import datetime
import functools
import json
import sys
import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import browser as installed_browser
from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[1]
SITE = REPOSITORY / "site"
PICTURES = REPOSITORY / "docs" / "manual" / "pictures"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}
BOTH, LIGHT = ("light", "dark"), ("light",)
PAPER = "papers/wavthruvec-latent-speech-representation-as-intermediate-features-for-neural/"
SHOTS = {
    "home": ("", DESK, BOTH),
    "phone": ("topics/speech-recognition/", PHONE, BOTH),
    "topic": ("topics/vision/", DESK, LIGHT),
    "paper": (PAPER, DESK, LIGHT),
    "digest": ("digests/2025-03-13-inside-the-network-neurons-features-circuits/", DESK, LIGHT),
    "digests": ("digests/", DESK, LIGHT),
    "search": ("search/?q=streaming+speech", DESK, LIGHT),
    "trends": ("trends/", DESK, LIGHT),
    "map": ("trends/#map", DESK, BOTH),
    "authors": ("authors/", DESK, LIGHT),
    "saved": ("saved/", DESK, LIGHT),
    "feeds": ("feeds/", DESK, LIGHT),
    "status": ("status/", DESK, LIGHT),
    "lost": ("papers/pointer-network/", DESK, LIGHT),
}
"""Name of the picture → site path, size of the window in CSS pixels, and colours."""


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing, and knows the site's page of wrong addresses as hosts do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with 404.html what is not there."""
        if code != HTTPStatus.NOT_FOUND:
            return super().send_error(code, message, explain)
        content = (SITE / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def main() -> None:
    """Take each picture in its colours."""
    chromium = installed_browser.installed()
    if chromium is None or not SITE.is_dir():
        sys.exit(f"{installed_browser.HINT if chromium is None else 'run offprint build first'}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        running = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for name, (uri, window, schemes) in SHOTS.items():
            for scheme in schemes:
                address = f"http://127.0.0.1:{server.server_port}/{uri}"
                take(running, address, window, scheme, PICTURES / f"{name}-{scheme}.png")
        running.close()
    server.shutdown()


def tomorrow() -> datetime.datetime:
    """Return noon of the day after the newest digest of the site."""
    newest = json.loads((SITE / "data/build.json").read_text("utf-8"))["newest_digest"]
    return datetime.datetime.fromisoformat(f"{newest}T12:00:00+00:00") + datetime.timedelta(days=1)


def take(running: Browser, address: str, window: dict, scheme: str, target: Path) -> None:
    """Write what the window shows at `address` to `target`; the reading list holds four papers."""
    context = running.new_context(viewport=window, color_scheme=scheme)
    page = context.new_page()
    # The day after the newest digest: pictures do not age, and are the same whenever taken.
    page.clock.set_fixed_time(tomorrow())
    if address.endswith("/saved/"):
        page.goto(address.replace("/saved/", "/topics/music-sound/"), wait_until="networkidle")
        for button in page.locator("[data-save]").all()[:4]:
            button.click()
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=target)
    context.close()
    print(f"{target.relative_to(REPOSITORY)}: {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
