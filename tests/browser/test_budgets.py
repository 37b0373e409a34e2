"""What pages make a browser load, compressed as hosts do it, stays within its budget."""

from __future__ import annotations

import gzip

import pytest
from conftest import Build, Serve
from playwright.sync_api import Page, Response

FIRST = 250_000
"""Bytes of the first page that a reader sees, all that it loads included."""
FURTHER = 25_000
"""Bytes of HTML, CSS and JavaScript of a paper's page beyond what the first page has loaded."""
KINDS = {"document", "stylesheet", "script"}
PAPERS = (
    "papers/pointer-networks/",
    "papers/decoding-speech-from-non-invasive-brain-recordings/",
)


@pytest.fixture(scope="module")
def home(bundled: Build, serve: Serve) -> str:
    """Return the address of the bundled collection's home page."""
    return serve(bundled("/"), "/")


def opened(page: Page, address: str) -> list[Response]:
    """Return all answers that opening `address` takes, each once, as a cache would have it."""
    answers: dict[str, Response] = {}
    page.on("response", lambda answer: answers.setdefault(answer.url, answer))
    page.goto(address, wait_until="networkidle")
    return list(answers.values())


def size(answer: Response) -> int:
    """Return the bytes of an answer's content; fonts and pictures are compressed already."""
    packed = gzip.compress(answer.body(), 9, mtime=0)
    return min(len(packed), len(answer.body()))


def test_the_first_page_is_light(page: Page, home: str) -> None:
    """The home page and all that it loads stay within their budget."""
    sizes = {answer.url: size(answer) for answer in opened(page, home)}
    assert len(sizes) > 5
    assert sum(sizes.values()) <= FIRST, sizes


@pytest.mark.parametrize("uri", PAPERS)
def test_a_paper_adds_little(page: Page, home: str, uri: str) -> None:
    """After the home page a paper's page costs a few kilobytes of HTML, CSS and JavaScript."""
    known = {answer.url for answer in opened(page, home)}
    new = {
        answer.url: size(answer)
        for answer in opened(page.context.new_page(), home + uri)
        if answer.url not in known and answer.request.resource_type in KINDS
    }
    assert home + uri in new
    assert sum(new.values()) <= FURTHER, new
