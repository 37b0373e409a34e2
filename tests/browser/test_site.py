"""The bundled collection as a reader meets it: in a real browser, at a root and below one."""

from __future__ import annotations

import pytest
from conftest import Build, Serve
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 360, "height": 800}
KINDS = (
    "",
    "topics/",
    "topics/speech-synthesis/",
    "digests/",
    "digests/recurrence-then-and-now/",
    "papers/pointer-networks/",
    "papers/decoding-speech-from-non-invasive-brain-recordings/",
    "authors/",
    "authors/yoshua-bengio/",
    "feeds/",
    "search/",
    "trends/",
    "saved/",
    "manual/",
    "404.html",
)


@pytest.fixture(scope="session", params=["/", "/repo/"], ids=["root", "sub-path"])
def home(request: pytest.FixtureRequest, bundled: Build, serve: Serve) -> str:
    """Return the address of the bundled collection's home page, at a root and below one."""
    return serve(bundled(request.param), request.param)


def test_every_link_of_the_masthead_and_footer_leads_to_a_page(page: Page, home: str):
    """From home, each link of header and footer opens a page with one h1."""
    page.goto(home)
    links = page.eval_on_selector_all(
        "header a, footer a", "all => all.map(a => a.href).filter(h => h.startsWith('http'))"
    )
    here = sorted({link for link in links if link.startswith(home)})
    files = [link for link in here if "/data/" in link or link.endswith((".atom", ".rss"))]
    assert all(page.request.get(link).ok for link in files)
    here = [link for link in here if link not in files]
    assert len(here) >= 5
    for link in here:
        page.goto(link)
        assert page.locator("h1").count() == 1, link


def test_typing_finds_a_paper_and_leads_to_it(page: Page, home: str):
    """A reader types on a topic page, sees results while typing, and opens the paper."""
    page.goto(home + "topics/vision/")
    page.get_by_role("searchbox", name="Search papers").fill("pointer networ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    first = page.locator("[data-search-results] .op-entry__title a").first
    expect(first).to_have_text("Pointer Networks")
    first.click()
    expect(page.locator("h1")).to_have_text("Pointer Networks")


def test_results_follow_the_typing_and_the_address_can_be_shared(page: Page, home: str):
    """On the search page each key changes results and address; the address alone shows them."""
    page.goto(home + "search/")
    field = page.locator("[data-search-form] input[name=q]")
    field.press_sequentially("vinyals")
    expect(page.locator("[data-search-results]")).to_contain_text("Pointer Networks")
    page.wait_for_url("**/search/?q=vinyals")
    shared = page.context.new_page()
    shared.goto(page.url)
    expect(shared.locator("[data-search-results]")).to_contain_text("Pointer Networks")
    assert shared.locator("[data-search-form] input[name=q]").input_value() == "vinyals"


@pytest.mark.parametrize("query", ["recognise text in images", "speech synthesis", "HyenaDNA"])
def test_title_note_and_topic_words_find_papers(page: Page, home: str, query: str):
    """Words of a note, of a topic's name and of a title all find something."""
    page.goto(f"{home}search/?q={query}")
    expect(page.locator("[data-search-results] .op-entry").first).to_be_visible()


def test_a_topic_lists_its_papers_and_its_feed(page: Page, home: str):
    """A topic page counts its papers, shows them, and offers its feed in head and margin."""
    page.goto(home + "topics/speech-synthesis/")
    counted = int(page.locator(".op-folio").first.inner_text().split()[0])
    assert page.locator(".op-list .op-entry").count() == counted
    feed = page.locator("aside a", has_text="Atom").get_attribute("href") or ""
    offered = page.eval_on_selector_all(
        "link[rel=alternate][type='application/atom+xml']", "all => all.map(l => l.href)"
    )
    assert page.evaluate("h => new URL(h, location).href", feed) in offered
    answer = page.request.get(page.evaluate("h => new URL(h, location).href", feed))
    assert answer.ok
    assert answer.text().startswith("<?xml")


def test_dark_colours_stay_over_a_reload(page: Page, home: str):
    """The scheme switch turns the page dark, and the next page is dark from the start."""
    page.goto(home)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark colours").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(home + "topics/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_device_decides_the_scheme_until_the_reader_does(browser: Browser, home: str):
    """A device set to dark gets dark pages without any script."""
    context = browser.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    tones = page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor")
    assert max(int(part) for part in tones.removeprefix("rgb(").rstrip(")").split(",")) < 64
    context.close()


@pytest.mark.parametrize("uri", KINDS, ids=lambda uri: uri or "home")
def test_nothing_is_wider_than_the_screen(page: Page, home: str, uri: str):
    """No kind of page scrolls sideways, on a phone or on a desk."""
    page.goto(home + uri)
    for width in (320, 360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_is_whole_without_script(browser: Browser, home: str):
    """Without script a paper, a digest and a topic show all their text; search says why not."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(home + "papers/pointer-networks/")
    expect(page.locator(".op-note")).to_contain_text("convex hulls")
    page.goto(home + "digests/recurrence-then-and-now/")
    listed = page.locator(".op-entry__title a, .op-titles a")
    assert listed.count() == 119
    page.goto(home + "search/?q=speech")
    expect(page.locator("noscript, .no-js-only").first).to_contain_text("JavaScript")
    context.close()


def test_a_paper_without_links_offers_searches_for_its_title(page: Page, home: str):
    """A paper whose digest gives no address offers four labelled searches instead."""
    page.goto(home + "papers/decoding-speech-from-non-invasive-brain-recordings/")
    links = page.locator("main a", has_text="Search")
    assert links.count() == 4
    assert page.locator(".op-actions a", has_text="PDF").count() == 0


def test_a_lost_address_gets_the_sites_own_page(page: Page, home: str, faults: list[str]):
    """An unknown address answers 404 with a search field and working links onward."""
    answer = page.goto(home + "papers/no-such-paper/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("searchbox").first).to_be_visible()
    page.get_by_role("link", name="Topics, each with its papers").click()
    expect(page.locator("h1")).to_have_text("Topics")
    # Chromium reports the 404 itself on the console, which is what this test asks for.
    assert [fault for fault in faults if "404" not in fault] == []
    faults.clear()
