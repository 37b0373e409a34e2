"""Collections at the edge of what people have: nothing overflows, breaks or is a dead end."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import odd
import pytest
from playwright.sync_api import Browser, Page, expect

WIDTHS = (320, 360, 768, 1440)
# Whatever ends beside the screen, but in boxes that scroll or cut by themselves.
BESIDE = """() => [...document.querySelectorAll("body *")].filter(one => {
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height || one.closest(".op-away, .op-skip")) return false;
    if (box.right <= innerWidth + 1 && box.left >= -1) return false;
    for (let up = one.parentElement; up; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== "visible") return false;
    return true;
}).map(one => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`)"""

SCROLLED = """async one => {
    for (let tries = 0; tries < 100 && !one.scrollLeft; tries += 1)
        await new Promise(done => setTimeout(done, 50));
    return one.scrollLeft > 0;
}"""


@pytest.fixture(scope="session", params=[odd.odd, odd.bare], ids=["odd", "bare"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of one odd collection."""
    built: Path = request.param(tmp_path_factory.mktemp("odd"))
    return built


def addresses(site: Path) -> list[str]:
    """Return the address of every page, a search that finds and one that does not included."""
    pages = (file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    found = sorted(page.removesuffix("index.html") for page in pages)
    return [*found, f"search/?q={quote(odd.LONG)}", "search/?q=formulas", f"search/?q={'q' * 98}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen(browser: Browser, site: Path, serve, scheme: str):
    """Endless words, wide formulas, other scripts: every page fits on phones and desks."""
    home = serve(site)
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    wide = []
    for uri in addresses(site):
        page.goto(home + uri)
        if "?q=" in uri:
            expect(page.locator("[data-search-status]")).to_contain_text("paper")
        for width in WIDTHS if scheme == "light" else WIDTHS[:1]:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((uri, width, page.evaluate(BESIDE)[:3]))
    context.close()
    assert wide == []


def test_nothing_sticks_out_of_the_screen(page: Page, site: Path, serve):
    """No element ends beside the screen where the reader cannot scroll to it."""
    home = serve(site)
    page.set_viewport_size({"width": 320, "height": 800})
    for uri in addresses(site):
        page.goto(home + uri)
        assert page.evaluate(BESIDE) == [], uri


def test_a_wide_formula_scrolls_in_its_own_box_by_key(page: Page, serve, tmp_path_factory):
    """The box takes the focus, and the arrow shows what is beyond its edge."""
    site = odd.odd(tmp_path_factory.mktemp("formulas"))
    (paper,) = (site / "papers").glob("wide-formulas*")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{serve(site)}papers/{paper.name}/")
    for box in (page.locator(".op-prose .op-wide"), page.locator("math[display=block]")):
        box.focus()
        assert box.evaluate("one => document.activeElement === one && one.scrollLeft === 0")
        page.keyboard.press("ArrowRight")
        assert box.evaluate(SCROLLED)
        # Chromium would let it scroll anyhow, other browsers only so.
        assert box.get_attribute("tabindex") == "0"


def test_every_page_says_where_a_feed_is_and_leads_on(page: Page, site: Path, serve):
    """Each page links a feed and the list of feeds, and has a way on inside its content."""
    home = serve(site)
    for uri in addresses(site):
        page.goto(home + uri)
        assert page.locator("a[href$='.atom']").count(), uri
        assert uri == "feeds/" or page.locator("a[href$='feeds/']").count(), uri
        assert page.locator("main a[href]").count(), uri
        assert page.locator("footer h2:visible").count() == 4, uri


def test_an_arabic_title_starts_at_the_right(page: Page, serve, tmp_path_factory):
    """In a list, title and names of right-to-left papers stand where their notes stand."""
    site = odd.odd(tmp_path_factory.mktemp("scripts"))
    page.goto(f"{serve(site)}digests/a-digest-with/")
    entry = page.locator(".op-entry", has=page.locator("[id^=t-paper]", has_text="كيف"))
    for part in (".op-entry__title", ".op-entry__by", ".op-entry__note"):
        assert entry.locator(part).evaluate("one => getComputedStyle(one).direction") == "rtl"
