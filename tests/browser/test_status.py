"""How old a collection is, the reader's browser says: on the home page and at /status/."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from axe import violations
from conftest import Serve
from playwright.sync_api import Browser, Page, expect
from toy import publish_at, toy

NEWEST = "2025-03-21"
FETCHED = """\
hf:
  tried: '2025-03-21'
  succeeded: '2025-03-11'
  failed: 'answered 503'
'arxiv cat:cs.CL':
  tried: '2025-03-21'
  succeeded: '2025-03-21'
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Return the address of the toy collection, which fetches from two sources."""
    root: Path = toy(tmp_path_factory.mktemp("status"))
    (root / "fetched.yml").write_text(FETCHED)
    assert publish_at(root) == []
    return str(serve(root / "site", "/repo/"))


def on(page: Page, days: int) -> None:
    """Let it be noon, so many days after the newest digest."""
    noon = datetime.datetime.fromisoformat(f"{NEWEST}T12:00:00") + datetime.timedelta(days)
    page.clock.set_fixed_time(noon)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, " · today"),
        (1, " · yesterday"),
        (2, " · 2 days ago"),
        (45, " · 45 days ago"),
        (1617, " · 1,617 days ago"),
        (-1, ""),
    ],
)
def test_the_age_is_told_in_days(page: Page, home: str, days: int, said: str) -> None:
    """In the footer and on the page of the status; of a day to come nothing is said."""
    on(page, days)
    page.goto(f"{home}status/")
    expect(page.locator(".op-standfirst")).to_have_text(f"Last digest 21 March 2025{said}.")
    expect(page.locator("footer [data-age]")).to_have_text(f"Last digest 21 March 2025{said}")


@pytest.mark.parametrize("uri", ["", "status/"])
def test_stale_shows_beyond_the_set_age_only(page: Page, home: str, uri: str) -> None:
    """On the day itself nothing is said, a day later it is."""
    on(page, 45)
    page.goto(home + uri)
    expect(page.locator("footer [data-age]")).to_contain_text("45 days ago")
    expect(page.locator("p[data-stale]")).to_be_hidden()
    on(page, 46)
    page.reload()
    expect(page.locator("p[data-stale]")).to_be_visible()


def test_a_source_that_nobody_asks_any_more_is_told(page: Page, home: str) -> None:
    """It answered the last time, and yet the reader learns that this was long ago."""
    on(page, 60)
    page.goto(f"{home}status/")
    good, bad = page.locator("#sources ~ ul > li").all()
    expect(good).to_contain_text("answers, but nobody has asked it for more than 45 days")
    expect(bad).to_contain_text("hf fails: answered 503")
    expect(bad).to_contain_text("answered 11 March 2025 · 70 days ago")


def test_without_script_the_days_stand_there(browser: Browser, home: str) -> None:
    """No age, no claim of staleness, but every day."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}status/")
    expect(page.locator(".op-standfirst")).to_have_text("Last digest 21 March 2025.")
    expect(page.locator("p[data-stale]")).to_be_hidden()
    context.close()


def test_the_way_to_the_status(page: Page, home: str) -> None:
    """From the footer of a paper to the status, and on to the account for programs."""
    page.goto(f"{home}papers/object-detection-in-heavy-fog/")
    page.locator("footer a", has_text="Status").click()
    expect(page.locator("h1")).to_have_text("Status")
    page.locator("aside a", has_text="build.json").click()
    expect(page.locator("body")).to_contain_text('"built_from"')


def test_the_page_fits_a_phone_and_axe_is_content(page: Page, home: str) -> None:
    """At 360 pixels nothing but the table scrolls, and that by key too."""
    on(page, 60)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{home}status/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator(".op-scroll")).to_have_attribute("tabindex", "0")
    assert violations(page) == []
