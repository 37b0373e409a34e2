"""Emails as a browser shows them, and the subscribe box as a browser lets it be sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from axe import violations
from conftest import Serve
from playwright.sync_api import Page, expect

from tests.hostile import STRINGS
from tests.toy import offprint, publish_at, replace, toy

LOOKS = [(width, scheme) for width in (320, 700) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def emails(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Return the address of two emails: spring.html of the toys, hostile.html of hostile text."""
    root = toy(tmp_path_factory.mktemp("email"))
    rows = [f"## {text}\n\n{text}\n\n- authors: {text}\n" for text in STRINGS]
    head = "---\ntitle: '<script>alert(9)</script>'\ndate: 2025-05-01\nintro: '<b>x</b>'\n---\n\n"
    (root / "digests/hostile.md").write_text(head + "\n".join(rows), encoding="utf-8")
    for name, digest in (("spring", "digests/2025-03-14-spring.md"), ("hostile", "latest")):
        offprint("email", digest, "-o", root / name, root=root)
        (path,) = (root / name).glob("*.html")
        path.rename(root / f"{name}.html")
    return serve(root, "/")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", ["spring", "hostile"])
def test_an_email_reads_well(page: Page, emails: str, name: str, width: int, scheme: str) -> None:
    """No barrier, no column wider than the screen, no request, no script, in either scheme."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{emails}{name}.html")
    assert [url for url in requests if not url.endswith("/favicon.ico")] == [f"{emails}{name}.html"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = page.evaluate("getComputedStyle(document.querySelector('.page')).backgroundColor")
    assert ground == {"light": "rgb(253, 253, 252)", "dark": "rgb(21, 24, 26)"}[scheme]
    expect(page.locator(".first")).to_be_hidden()
    # A mail program has the landmarks, not the mail.
    found = [one for one in violations(page) if not one.startswith(("region", "landmark"))]
    assert found == []


@dataclass
class Service:
    """A newsletter service that remembers what was sent to it."""

    address: str
    got: list[list[tuple[str, str]]] = field(default_factory=list)


@pytest.fixture
def service() -> Iterator[Service]:
    """Return a service on a free port."""
    found = Service("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.got.append(parse_qsl(body, keep_blank_values=True))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Thanks</title><h1>Thanks</h1>")

        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        found.address = f"http://127.0.0.1:{server.server_port}/in"
        yield found
        server.shutdown()
        thread.join()


def test_a_reader_subscribes(page: Page, serve: Serve, service: Service, tmp_path: Path) -> None:
    """The policy of the pages lets the box through, with its hidden fields, and nothing else."""
    root = toy(tmp_path)
    lines = (f"subscribe_action: {service.address}", "subscribe_hidden: list=7&tag=a+b")
    replace(root / "mkdocs.yml", "year: 2025", "\n      ".join(("year: 2025", *lines)))
    assert publish_at(root) == []
    page.goto(serve(root / "site", "/repo/"))
    page.get_by_label("New digests by email").fill("ada@lab.example")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Thanks")).to_be_visible()
    assert service.got == [[("email", "ada@lab.example"), ("list", "7"), ("tag", "a b")]]


def test_no_other_form_gets_out(
    page: Page, serve: Serve, service: Service, faults: list[str], tmp_path: Path
) -> None:
    """Without the settings a form that somebody smuggled in is stopped by the browser."""
    root = toy(tmp_path)
    assert publish_at(root) == []
    page.goto(serve(root / "site", "/repo/"))
    page.evaluate(
        "address => { const form = document.createElement('form'); form.method = 'post';"
        " form.action = address; document.body.append(form); form.submit(); }",
        service.address,
    )
    page.wait_for_function("() => true")
    assert "form-action" in faults[0]
    assert service.got == []
    faults.clear()


def test_the_box_has_no_barrier(page: Page, serve: Serve, tmp_path: Path) -> None:
    """On home and beside a digest, on a phone and a desk, light and dark."""
    root = toy(tmp_path)
    lines = (
        "subscribe_service: mailchimp",
        "subscribe_action: https://lab.us5.list-manage.com/subscribe/post?u=1&id=2",
    )
    replace(root / "mkdocs.yml", "year: 2025", "\n      ".join(("year: 2025", *lines)))
    assert publish_at(root) == []
    home = serve(root / "site", "/repo/")
    (digest, *_) = sorted(path.name for path in (root / "site/digests").iterdir() if path.is_dir())
    for uri in ("", f"digests/{digest}/"):
        for width, scheme in ((360, "light"), (1440, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.goto(f"{home}{uri}")
            expect(page.locator(".op-subscribe")).to_have_count(1)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == []
