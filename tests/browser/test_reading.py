"""Authors, digests on paper and passed on, wrong addresses: in a browser, with the toy papers."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from toy import publish_at, toy

AUTHORS = "\n".join(
    f"## Kettle number {number}\n\nAll about kettles.\n\n- authors: Kit Kessel; Pia Pott\n"
    for number in range(3)
)

SELECTED = """async () => {
    for (let tries = 0; tries < 100 && !String(getSelection()); tries += 1)
        await new Promise(done => setTimeout(done, 50));
    return String(getSelection());
}"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, serve) -> str:
    """Return the address of the toy collection with three papers of two authors more."""
    root = toy(tmp_path_factory.mktemp("reading"))
    kettles = f"---\ntitle: Kettles\ndate: 2025-04-01\n---\n\n{AUTHORS}"
    (root / "digests" / "2025-04-01-kettles.md").write_text(kettles, encoding="utf-8")
    older = "---\ntitle: Lids\ndate: 2024-02-01\n---\n\n## A lid\n"
    (root / "digests" / "2024-02-01-lids.md").write_text(older, encoding="utf-8")
    assert publish_at(root) == []
    return str(serve(root / "site", "/repo/"))


def digest(home: str) -> str:
    """Return the address of the digest on kettles."""
    return f"{home}digests/2025-04-01-kettles/"


def test_from_a_paper_to_its_author_and_on(page: Page, home: str):
    """A name on a paper leads to the author, from there to a co-author, and to the index."""
    page.goto(f"{home}papers/kettle-number-1/")
    page.locator(".op-authors a", has_text="Kit Kessel").click()
    expect(page.locator("h1")).to_have_text("Kit Kessel")
    assert page.locator(".op-entry").count() == 3
    page.locator("aside a", has_text="Pia Pott").click()
    expect(page.locator("h1")).to_have_text("Pia Pott")
    page.locator(".op-where a", has_text="Authors").click()
    expect(page.locator("h1")).to_have_text("Authors")
    page.locator("footer a", has_text="Authors").click()
    page.locator(".op-letters a", has_text="K").click()
    expect(page).to_have_url(re.compile("#letter-k$"))


def test_the_archive_leads_to_its_years(page: Page, home: str):
    """Each year can be jumped to; each row says month, day and number of papers."""
    page.goto(f"{home}digests/")
    page.locator(".op-letters a", has_text="2024").click()
    expect(page.locator("h2#y-2024")).to_be_in_viewport()
    first = page.locator(".op-archive li").first
    expect(first).to_contain_text("April")
    expect(first).to_contain_text("1 April")
    expect(first).not_to_contain_text("2025")
    expect(first).to_contain_text("3 papers")


def test_an_address_is_copied_where_the_browser_cannot_share(browser: Browser, home: str):
    """The button says what it will do, and then that it is done."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script("delete Navigator.prototype.share")
    page = context.new_page()
    page.goto(f"{digest(home)}#t-kettle-number-1")
    page.get_by_role("button", name="Copy address").click()
    expect(page.get_by_role("button", name="Address copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == digest(home)
    context.close()


def test_the_browsers_own_menu_shares_where_there_is_one(page: Page, home: str):
    """Title and address are handed over; who closes the menu sees no error."""
    page.add_init_script(
        "Navigator.prototype.share = async data => {"
        "  tell(data); throw new DOMException('', 'AbortError') };"
        "window.shared = new Promise(done => { window.tell = done })"
    )
    page.goto(digest(home))
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("shared") == {"title": "Kettles", "url": digest(home)}
    assert page.evaluate("String(getSelection())") == ""


def test_without_both_the_address_is_marked_for_the_readers_own_copy(page: Page, home: str):
    """A browser that forbids the clipboard leaves the written address, selected."""
    page.add_init_script(
        "delete Navigator.prototype.share;"
        "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })"
    )
    page.goto(digest(home))
    page.get_by_role("button", name="Copy address").click()
    shown = "https://toy.example/repo/digests/2025-04-01-kettles/"
    expect(page.locator("[data-address]")).to_have_text(shown)
    assert page.evaluate(SELECTED) == shown


def test_without_script_the_address_stands_there_and_no_button(browser: Browser, home: str):
    """What needs script is not shown without it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(digest(home))
    expect(page.locator("[data-address]")).to_contain_text("digests/2025-04-01-kettles/")
    expect(page.locator("[data-share]")).to_be_hidden()
    context.close()


def test_print_is_a_contents_list(page: Page, home: str):
    """On paper numbers, notes, topics and one address stay; tools, buttons and menus go."""
    page.goto(digest(home))
    page.emulate_media(media="print")
    for kept in ("h1", ".op-entry__no", ".op-entry__title", ".op-entry__note", ".op-topic"):
        expect(page.locator(f"main {kept}").first).to_be_visible()
    for gone in ("header", "footer", ".op-actions", ".op-where", ".op-turn", "aside h2"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("[data-address]")).to_be_visible()
    ground = page.evaluate("getComputedStyle(document.querySelector('.op-cover')).backgroundColor")
    assert ground in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


@pytest.mark.parametrize(
    "uri", ["digests/2025-04-01-kettles/", "topics/speech/", "papers/kettle-number-1/"]
)
def test_paper_is_white_also_in_the_dark(page: Page, home: str, uri: str):
    """Whoever reads in dark colours prints black on white, within the sheet."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(home + uri)
    page.set_viewport_size({"width": 680, "height": 900})
    tones = (
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert page.evaluate(tones) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for gone in page.locator(".op-actions, header, .op-foot").all():
        expect(gone).to_be_hidden()


@pytest.mark.parametrize(
    ("uri", "asked"),
    [
        ("papers/kettle-numbr-2/", "kettle numbr 2"),
        ("papers/kettle_number.html", "kettle number"),
        ("kettles%20and%20pots", "kettles and pots"),
        ("topics/page/", ""),
        ("papers/%E0%A4%A/", ""),
        ("2025/04/01/", ""),
    ],
)
def test_a_wrong_address_is_read_as_a_question(
    page: Page, home: str, faults: list[str], uri: str, asked: str
):
    """The words of the address stand in the search field, and titles near to them below."""
    page.goto(home + uri)
    if asked:
        expect(page.locator("[data-nearest] a").first).to_contain_text("Kettle number")
    assert page.locator("[data-asked]").input_value() == asked
    expect(page.locator("[data-nearest]")).to_be_visible(visible=bool(asked))
    # Chromium reports the 404 itself on the console, which is what this test asks for.
    assert [fault for fault in faults if "404" not in fault] == []
    faults.clear()


def test_the_nearest_titles_lead_to_their_papers(page: Page, home: str, faults: list[str]):
    """The site lies below a folder here: its name is no question, and links start with it."""
    page.goto(f"{home}papers/numbr-2-kettle/")
    page.locator("[data-nearest] a", has_text="number 2").click()
    expect(page.locator("h1")).to_have_text("Kettle number 2")
    page.goto(f"{home}index.htm")
    assert page.locator("[data-asked]").input_value() == ""
    faults.clear()


def test_the_lost_page_lists_all_topics(page: Page, home: str, faults: list[str]):
    """Below the nearest titles stands the index of topics, whatever the index of search does."""
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{home}papers/kettle/")
    topics = page.locator(".op-index a")
    assert topics.count() >= 3
    topics.first.click()
    expect(page.locator(".op-folio")).to_contain_text("paper")
    assert [fault for fault in faults if "404" not in fault and "ERR_FAILED" not in fault] == []
    faults.clear()


def test_a_title_with_markup_stays_text_on_the_lost_page(page: Page, home: str, faults: list[str]):
    """What the search files say is written as text."""
    title = "Kettle <img src=x onerror=alert(1)>"
    page.route(
        "**/search/papers.json",
        lambda route: route.fulfill(body=shown(route.fetch().text(), title)),
    )
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.goto(f"{home}papers/kettle/")
    expect(page.locator("[data-nearest] a").first).to_have_text(title)
    assert page.locator("[data-nearest] img").count() == 0
    faults.clear()


def shown(papers: str, title: str) -> str:
    """Return the search files' papers, all with another title."""
    content = json.loads(papers)
    for paper in content["papers"]:
        paper["title"] = title
    return json.dumps(content)
