"""The page of feeds: addresses to copy, links into readers, and no row for each author."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import feedcheck
import feedparser
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator import mathml
from generator.feeds import formulas

FORMULAS = (r"x^{2k}", r"\frac{a+b}{c}", r"\sum_{i=1}^n x_i", r"\sqrt{n+1}", r"O(n \log n)")
ADDRESS = "https://lab.example/repo/feeds/digests.atom"


@pytest.fixture(scope="module")
def site(bundled) -> Path:
    return bundled("/repo/")


@pytest.fixture
def home(site: Path, serve) -> str:
    return serve(site, "/repo/")


def row(page: Page, name: str):
    return page.locator("[data-feed]", has=page.get_by_role("rowheader", name=name, exact=True))


def test_a_button_copies_the_address_of_a_feed(context: BrowserContext, home: str):
    """Copied is the absolute address of the row's Atom feed, and the button says so."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(home + "feeds/")
    button = row(page, "Digests").get_by_role("button")
    expect(button).to_have_accessible_name("Copy address Digests")
    button.click()
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == ADDRESS


def test_without_leave_to_copy_the_address_is_marked(page: Page, home: str):
    """A browser that refuses shows the address and marks it for the reader's own keys."""
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(home + "feeds/")
    row(page, "Digests").get_by_role("button").click()
    expect(row(page, "Digests").get_by_text(ADDRESS)).to_be_visible()
    assert page.evaluate("getSelection().toString()").strip() == ADDRESS


def test_each_row_leads_into_readers_and_to_its_forms(page: Page, home: str):
    """Links hand a reader the absolute address; the forms beside them are there."""
    page.goto(home + "feeds/")
    one = row(page, "Digests")
    one.locator("summary").click()
    links = {link.inner_text(): link.get_attribute("href") for link in one.locator("li a").all()}
    assert len(links) == 6
    assert links.pop("An app on this device") == f"feed:{ADDRESS}"
    for name, link in links.items():
        parts = urlsplit(link)
        handed = [*parse_qs(parts.query).values(), [unquote(parts.path).partition("feed/")[2]]][0]
        assert handed == [ADDRESS], name
    for form in ("Atom", "RSS", "JSON Feed"):
        href = one.get_by_role("link", name=f"{form} Digests").get_attribute("href")
        assert page.request.get(page.evaluate("h => new URL(h, location).href", href)).ok


def test_every_list_offers_its_feed(page: Page, home: str):
    """Home, topics, digests and authors have links to their feed in three forms."""
    lists = {
        "": "all",
        "topics/": "all",
        "topics/vision/": "topics/vision",
        "digests/": "digests",
        "authors/albert-gu/": "authors/albert-gu",
    }
    for uri, feed in lists.items():
        page.goto(home + uri)
        for form in ("atom", "rss", "json"):
            link = page.locator(
                f"main .op-feeds a[href$='feeds/{feed}.{form}'], "
                f".op-follow a[href$='feeds/{feed}.{form}']"
            )
            assert link.count() == 1, (uri, form)
        assert page.locator(".op-feeds a[href$='/feeds/'], .op-feeds a[href='feeds/']").count(), uri


def test_the_page_stays_short_and_fits_a_phone(page: Page, home: str, site: Path):
    """Topics have rows, authors a sentence; nothing sticks out at 360 pixels."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(home + "feeds/")
    topics = len(list((site / "feeds/topics").glob("*.atom")))
    assert page.locator("[data-feed]").count() == topics + 2
    assert page.get_by_role("link", name="authors with several papers").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_formulas_of_feeds_look_like_those_of_pages(page: Page):
    """The signs for readers without MathML take no room where there is MathML."""
    for latex in FORMULAS:
        marked, bare = formulas.laid_out(latex, False), mathml.tree(latex, False)
        assert marked is not None
        assert bare is not None
        shown = [ElementTree.tostring(tree, encoding="unicode") for tree in (marked, bare)]
        page.set_content(f"<!doctype html><p>{shown[0]}</p><p>{shown[1]}</p>")
        sizes = page.eval_on_selector_all(
            "math", "all => all.map(m => m.getBoundingClientRect()).map(r => [r.width, r.height])"
        )
        assert sizes[0] == pytest.approx(sizes[1], abs=1), latex


def test_the_bundled_feeds_are_valid(site: Path):
    """Readers take each feed of the bundled collection, and the validator's rules hold."""
    paths = [path for path in sorted((site / "feeds").rglob("*.*")) if path.suffix != ".html"]
    assert len(paths) > 100
    for path in paths:
        content = path.read_bytes()
        assert feedcheck.faults(path.name, content) == [], path
        assert path.suffix in {".json", ".opml"} or not feedparser.parse(content).bozo, path
