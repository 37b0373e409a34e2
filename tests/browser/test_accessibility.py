"""Every kind of page satisfies axe: light and dark, on a phone and on a desk."""

from __future__ import annotations

import itertools
from typing import Literal

import pytest
from axe import violations
from conftest import Build, Serve
from kinds import KINDS
from playwright.sync_api import Page, expect

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = tuple(itertools.product((360, 1280), SCHEMES))
# What a person could do to a template, and the rule that must then be broken.
FAULTS = {
    "document.querySelector('main input').replaceWith(document.createElement('input'))": "label",
    "document.querySelector('header button').removeAttribute('aria-label')": "button-name",
    "document.querySelector('main h1').remove()": "page-has-heading-one",
    "document.querySelector('main').setAttribute('role', 'presentation')": "landmark-one-main",
    "document.documentElement.removeAttribute('lang')": "html-has-lang",
    "document.querySelector('main p').append(new Image())": "image-alt",
    "document.querySelector('main a').setAttribute('aria-pressed', 'true')": "aria-allowed-attr",
    "document.querySelectorAll('main a').forEach(a => a.style.color = '#8a8a8a')": "color-contrast",
}


@pytest.fixture(scope="module")
def home(bundled: Build, serve: Serve) -> str:
    """Return the address of the bundled collection's home page."""
    return serve(bundled("/"), "/")


def violated(page: Page) -> list[str]:
    """Return what axe finds on the page that is open, in all of its looks."""
    page.emulate_media(reduced_motion="reduce")
    found, tones = [], set()
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        tones.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        seen = violations(page, colours_only=scheme == "dark")
        found += [f"{width} {scheme}: {one}" for one in seen]
    assert len(tones) == 2, "light and dark look the same"
    return found


@pytest.mark.parametrize("uri", KINDS, ids=lambda uri: uri or "home")
def test_axe_finds_nothing(page: Page, home: str, uri: str) -> None:
    """WCAG 2.0 to 2.2, A and AA, and axe's best practices are kept."""
    page.goto(home + uri)
    expect(page.locator(KINDS[uri]).first).to_be_visible()
    assert violated(page) == []


def test_axe_finds_nothing_on_the_saved_page(page: Page, home: str) -> None:
    """Neither on the empty list, nor on one with a note and a read paper."""
    page.goto(home + "saved/")
    expect(page.locator("[data-empty]")).to_be_visible()
    assert violated(page) == []
    page.goto(home + "topics/vision/")
    for place in range(3):
        page.locator("button[data-save]").nth(place).click()
    page.goto(home + "saved/")
    expect(page.locator("[data-shelf] > li")).to_have_count(3)
    assert violated(page) == []


@pytest.mark.parametrize(("change", "rule"), FAULTS.items(), ids=FAULTS.values())
def test_axe_sees_planted_faults(page: Page, home: str, change: str, rule: str) -> None:
    """A fault of each class is found on a page that has none."""
    page.goto(home + "404.html")
    page.evaluate(change)
    assert rule in {one.split(": ")[0] for one in violations(page)}
