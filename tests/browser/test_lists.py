"""The filter of a topic's page and the box of citations, in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import bibtexparser
import pytest
from axe import violations
from conftest import Serve
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

CONFIG = """\
site_name: Kitchen papers
theme: {name: material, font: false}
plugins:
  - offprint: {feed_id: "tag:kitchen.example,2026:x", page_size: 5}
"""
TOPICS = """\
topics:
  - name: Kettles
  - name: Spoons
"""


def section(number: int) -> str:
    """Return a paper about kettles; each third is about spoons too, each fourth has code."""
    spoon = " and spoon" if number % 3 == 0 else ""
    code = f"- code: https://github.com/example/kettle{number}\n" if number % 4 == 0 else ""
    return (
        f"## Kettle{spoon} number {number:02}\n\nA kettle{spoon} is heated. Ünique{number}.\n\n"
        f"- authors: Ada Example{number}\n- published: 20{10 + number % 4}-05-01\n{code}"
        f"- topics: Kettles{', Spoons' if spoon else ''}\n\n"
    )


@pytest.fixture(scope="module")
def topic(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Return the address of a topic of twenty papers from two digests, five papers a page."""
    root = tmp_path_factory.mktemp("kitchen")
    (root / "digests").mkdir()
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (root / "topics.yml").write_text(TOPICS, encoding="utf-8")
    for day, numbers in (("2025-03-01", range(10)), ("2025-03-08", range(10, 20))):
        text = f"---\ntitle: Week\ndate: {day}\n---\n\n" + "".join(map(section, numbers))
        (root / "digests" / f"{day}-week.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "generator", "build", "-C", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return serve(root / "site", "/repo/") + "topics/kettles/"


def titles(page: Page) -> list[str]:
    """Return the titles that the reader sees."""
    return page.locator(".op-entry__title a:visible").all_inner_texts()


def test_words_are_sought_in_the_whole_topic(page: Page, topic: str) -> None:
    """A paper of an older page is found by a word of its abstract, accents or not."""
    page.goto(topic)
    assert "Kettle number 02" not in titles(page)
    page.get_by_label("Words").fill("unique2.")
    expect(page.get_by_role("status")).to_have_text("1 of 20 papers")
    assert titles(page) == ["Kettle number 02"]
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()


def test_year_digest_and_code_narrow_together(page: Page, topic: str) -> None:
    """Each choice counts, and says beforehand how many papers it has."""
    page.goto(topic)
    expect(page.get_by_text("has code (5)")).to_be_visible()
    page.get_by_label("Digest").select_option("2025-03-08-week")
    expect(page.get_by_role("status")).to_have_text("10 of 20 papers")
    page.get_by_label("has code").check()
    expect(page.get_by_role("status")).to_have_text("2 of 20 papers")
    page.get_by_role("combobox", name="Year").select_option("2010")
    expect(page.get_by_role("status")).to_have_text("2 of 20 papers")
    assert sorted(titles(page)) == ["Kettle and spoon number 12", "Kettle number 16"]


def test_order_by_title_and_by_age(page: Page, topic: str) -> None:
    """The whole topic is put in order, not the page."""
    page.goto(topic)
    page.get_by_label("Order").select_option("title")
    expect(page.get_by_role("status")).to_have_text("20 of 20 papers")
    found = titles(page)
    assert found == sorted(found)
    page.get_by_label("Order").select_option("oldest")
    expect(page.locator(".op-entry__no:visible").first).to_have_text("1 March 2025")


def test_a_filter_can_be_shared_and_gone_back_to(page: Page, topic: str) -> None:
    """The address holds the choice; opening it, or coming back to it, shows the same."""
    page.goto(f"{topic}?q=spoon&order=title")
    expect(page.get_by_role("status")).to_have_text("7 of 20 papers")
    expect(page.get_by_label("Words")).to_have_value("spoon")
    page.locator(".op-entry__title a:visible").first.click()
    expect(page.locator("h1")).to_contain_text("Kettle and spoon")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("7 of 20 papers")
    assert page.url.endswith("?q=spoon&order=title")


def test_a_filtered_entry_is_a_whole_one(page: Page, topic: str) -> None:
    """It has its authors, its other topics, its code and a button that saves it."""
    page.goto(f"{topic}?q=number+12")
    article = page.locator("article:visible")
    expect(article).to_have_count(1)
    expect(article.get_by_text("Ada Example12 · 2010")).to_be_visible()
    expect(article.get_by_role("link", name="Spoons")).to_be_visible()
    code = article.get_by_role("link", name="Code")
    expect(code).to_have_attribute("href", "https://github.com/example/kettle12")
    article.get_by_role("button").click()
    expect(article.get_by_role("button")).to_have_attribute("aria-pressed", "true")


def test_read_papers_can_be_hidden(page: Page, topic: str) -> None:
    """What the reader marked as read leaves the list."""
    page.goto(topic)
    page.locator(".op-entry__title a").first.click()
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name="Mark as read").click()
    page.goto(topic)
    page.get_by_label("hide what I have read").check()
    expect(page.get_by_role("status")).to_have_text("19 of 20 papers")
    assert name not in titles(page)


def test_without_its_data_the_page_says_so(page: Page, topic: str, faults: list[str]) -> None:
    """A list that does not load leaves the papers of the page, and a sentence."""
    page.route("**/data/topics/*.jsonl", lambda route: route.abort())
    page.goto(f"{topic}?q=spoon")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    assert titles(page)
    faults.clear()  # Chromium reports the request that was meant to fail.


def test_without_script_there_is_no_filter(browser: Browser, topic: str) -> None:
    """Its place is taken by a sentence, and the papers are there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(topic)
    expect(page.locator("[data-filter]")).to_be_hidden()
    expect(page.get_by_text("Filters for this list need JavaScript.")).to_be_visible()
    assert titles(page)
    context.close()


def test_citations_change_by_key_and_are_copied(context: BrowserContext, topic: str) -> None:
    """Arrows walk the tabs; Copy takes the text that is shown, fit for a BibTeX file."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(topic)
    page.locator(".op-entry__title a").first.click()
    page.get_by_role("tab", name="BibTeX").focus()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    [bib] = bibtexparser.parse_string(copied).entries
    assert bib["year"] in {"2010", "2011", "2012", "2013"}
    page.get_by_role("tab", name="BibTeX").press("ArrowRight")
    expect(page.get_by_role("tab", name="RIS")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="RIS")).to_contain_text("TY - GEN")
    expect(page.get_by_role("tabpanel", name="BibTeX")).to_be_hidden()
    page.get_by_role("tab", name="RIS").press("End")
    expect(page.get_by_role("tabpanel", name="Plain")).to_contain_text("Ada Example")


def test_the_files_of_a_citation_bear_its_key(page: Page, topic: str) -> None:
    """A browser keeps them under a name that tells them apart."""
    page.goto(topic)
    page.locator(".op-entry__title a").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="cite.bib").click()
    assert re.fullmatch(r"kettle-number-\d+\.bib", waiting.value.suggested_filename)
    assert Path(waiting.value.path()).read_text(encoding="utf-8").startswith("@misc{")


def test_axe_finds_nothing_on_an_older_page(page: Page, topic: str) -> None:
    """The pages behind a topic's own are as accessible as that one."""
    page.goto(topic + "page/1/")
    assert page.locator(".op-entry").count() == 5
    assert violations(page) == []
