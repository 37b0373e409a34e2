"""Facets of the search page in a browser: choosing, counts, address, way back, keyboard, phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.models import Catalog, Links
from generator.search import files
from tests.browser.test_search_page import ASSETS, PAGE
from tests.factories import catalog, digest, paper, topic

pytestmark = pytest.mark.browser


def collection() -> Catalog:
    """Return six papers on birds: topics 4 and 3, years 3, 2 and 1, code 2; and eleven others."""
    spring, autumn = digest("spring", "2024-04-01"), digest("autumn", "2024-10-01")
    code = Links(code=("https://code.example/x",))
    song, flight = ["song"], ["flight"]
    birds = [
        paper("b0", "Bird zero", digests=[spring], topics=song, published="2021", links=code),
        paper("b1", "Bird one", digests=[spring], topics=song, published="2021"),
        paper("b2", "Bird two", digests=[autumn], topics=song, published="2022", links=code),
        paper("b3", "Bird three", digests=[autumn], topics=["song", "flight"], published="2022"),
        paper("b4", "Bird four", digests=[autumn], topics=flight, published="2023"),
        paper("b5", "Bird five", digests=[spring, autumn], topics=flight, published="2021"),
    ]
    others = [
        paper(f"f{n}", f"Fish {n}", digests=[spring], topics=["water"], published=str(2000 + n))
        for n in range(11)
    ]
    topics = [topic("song", "Bird song", color=3), topic("flight"), topic("water")]
    return catalog([*birds, *others], [spring, autumn], topics)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search page, its scripts and its data, and one paper's page."""
    folder = tmp_path_factory.mktemp("facets")
    for name in ("search", "assets", "papers/b2"):
        (folder / name).mkdir(parents=True)
    for file in files(collection()):
        (folder / file.path).write_bytes(file.content)
    for script in ASSETS.glob("search*.js"):
        (folder / "assets" / script.name).write_bytes(script.read_bytes())
    (folder / "search" / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "papers" / "b2" / "index.html").write_text(
        "<!doctype html><title>P</title><h1>P</h1>"
    )
    return folder


@pytest.fixture
def address(site: Path, serve: Callable[..., str]) -> str:
    """Return the address of the search page of a site below a sub-path."""
    return serve(site, "/repo/") + "search/"


def box(page: Page, name: str, key: str) -> Locator:
    return page.locator(f"input[name={name}][value='{key}']")


def count(page: Page, name: str, key: str) -> Locator:
    return page.locator(f"label:has(input[name={name}][value='{key}']) .op-tally")


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def shown(page: Page) -> list[str]:
    return page.locator("article").evaluate_all("all => all.map((one) => one.dataset.slug)")


def test_counts_are_of_all_results(page: Page, address: str) -> None:
    """Each value says how many papers of the query have it; nothing is chosen at first."""
    page.goto(f"{address}?q=bird")
    expect(status(page)).to_have_text("6 papers for “bird”")
    counts = {("topic", "song"): 4, ("topic", "flight"): 3, ("digest", "autumn"): 4}
    counts |= {("digest", "spring"): 3, ("year", "2021"): 3, ("code", "1"): 2}
    for (name, key), number in counts.items():
        expect(count(page, name, key)).to_have_text(str(number))
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.get_by_role("group", name="Chosen")).to_be_hidden()


def test_choosing_narrows_and_stands_in_the_address(page: Page, address: str) -> None:
    """Values of a facet add up, facets narrow each other, a facet's counts ignore itself."""
    page.goto(f"{address}?q=bird")
    page.get_by_label("Bird song").check()
    expect(status(page)).to_have_text("4 of 6 papers for “bird”")
    expect(page).to_have_url(f"{address}?q=bird&topic=song")
    expect(count(page, "topic", "flight")).to_have_text("3")
    expect(count(page, "year", "2021")).to_have_text("2")
    box(page, "year", "2021").check()
    expect(status(page)).to_have_text("2 of 6 papers for “bird”")
    box(page, "year", "2022").check()
    expect(status(page)).to_have_text("4 of 6 papers for “bird”")
    expect(page).to_have_url(f"{address}?q=bird&topic=song&year=2021,2022")
    expect(box(page, "year", "2022")).to_be_focused()


def test_what_would_leave_nothing_is_disabled_in_its_place(page: Page, address: str) -> None:
    """A zero cannot be chosen, and its row stays where it was."""
    page.goto(f"{address}?q=bird")
    expect(status(page)).to_have_text("6 papers for “bird”")
    order = page.locator("input[type=checkbox]").evaluate_all("all => all.map((one) => one.value)")
    box(page, "year", "2023").check()
    expect(count(page, "code", "1")).to_have_text("0")
    expect(box(page, "code", "1")).to_be_disabled()
    expect(box(page, "topic", "song")).to_be_disabled()
    expect(box(page, "topic", "flight")).to_be_enabled()
    boxes = page.locator("input[type=checkbox]")
    assert boxes.evaluate_all("all => all.map((one) => one.value)") == order


def test_an_address_can_be_shared(page: Page, address: str) -> None:
    """Values by commas or repeated; boxes ticked; what the site does not know is left out."""
    page.goto(f"{address}?q=bird&year=2022&year=2023&digest=autumn,gone&code=1")
    expect(status(page)).to_have_text("1 of 6 papers for “bird”")
    assert shown(page) == ["b2"]
    expect(page.locator("input:checked")).to_have_count(4)
    expect(page.get_by_role("group", name="Chosen").get_by_role("button")).to_have_count(5)


def test_a_facet_alone_lists_its_papers_newest_first(page: Page, address: str) -> None:
    """Without words it is all papers, in the order of the catalogue, each with its day."""
    page.goto(f"{address}?topic=song")
    expect(status(page)).to_have_text("4 of 17 papers, newest first")
    assert shown(page) == ["b2", "b3", "b0", "b1"]
    expect(page.locator("article").first).to_have_attribute("data-day", "2024-10-01")
    expect(page.locator("[data-search-idle]")).to_be_hidden()


def test_the_way_back_undoes_a_choice(page: Page, address: str) -> None:
    """Back restores boxes and results, also from a paper."""
    page.goto(f"{address}?q=bird")
    box(page, "code", "1").check()
    expect(status(page)).to_have_text("2 of 6 papers for “bird”")
    page.get_by_role("link", name="Bird two").click()
    expect(page.get_by_role("heading", name="P")).to_be_visible()
    page.go_back()
    expect(status(page)).to_have_text("2 of 6 papers for “bird”")
    expect(box(page, "code", "1")).to_be_checked()
    page.go_back()
    expect(status(page)).to_have_text("6 papers for “bird”")
    expect(box(page, "code", "1")).not_to_be_checked()


def test_what_is_chosen_can_be_taken_away_above_the_results(page: Page, address: str) -> None:
    """A button for each value; the focus goes on to the next, then to the status line."""
    page.goto(f"{address}?q=bird&topic=song&year=2021")
    chosen = page.get_by_role("group", name="Chosen")
    chosen.get_by_role("button", name="Remove Bird song").click()
    expect(page).to_have_url(f"{address}?q=bird&year=2021")
    expect(box(page, "topic", "song")).not_to_be_checked()
    expect(chosen.get_by_role("button", name="Remove 2021")).to_be_focused()
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("6 papers for “bird”")
    expect(status(page)).to_be_focused()
    expect(chosen).to_be_hidden()


def test_no_result_offers_to_let_the_choice_go(page: Page, address: str) -> None:
    """It is the choice that leaves nothing, and one button takes it away."""
    page.goto(f"{address}?q=bird&year=2023&code=1")
    expect(status(page)).to_have_text("None of 6 papers for “bird” fits what is chosen")
    expect(box(page, "code", "1")).to_be_enabled()
    page.get_by_role("button", name="Show all 6 papers").click()
    expect(status(page)).to_have_text("6 papers for “bird”")
    expect(page).to_have_url(f"{address}?q=bird")


def test_other_words_keep_the_choice(page: Page, address: str) -> None:
    """The reader looks further within what was chosen."""
    page.goto(f"{address}?q=bird&year=2021,2005")
    expect(status(page)).to_have_text("3 of 6 papers for “bird”")
    page.get_by_role("searchbox").fill("fish")
    expect(status(page)).to_have_text("1 of 11 papers for “fish”")
    expect(page).to_have_url(f"{address}?q=fish&year=2021,2005")


def test_a_long_list_shows_the_most_frequent_and_folds_the_rest(page: Page, address: str) -> None:
    """Eight years stand, three are folded away; a chosen one always stands."""
    page.goto(f"{address}?q=fish&year=2000")
    years = page.get_by_role("group", name="Year of the paper")
    expect(years.locator("input:visible")).to_have_count(9)
    expect(box(page, "year", "2000")).to_be_visible()
    expect(box(page, "year", "2001")).to_be_hidden()
    years.get_by_text("2 more years").click()
    expect(box(page, "year", "2001")).to_be_visible()


def test_the_keyboard_reaches_and_leaves_the_facets(page: Page, address: str) -> None:
    """Space ticks; Esc in a list leads to the field; Esc there clears words and choice."""
    page.goto(f"{address}?q=bird")
    expect(status(page)).to_have_text("6 papers for “bird”")
    box(page, "topic", "song").focus()
    page.keyboard.press("Space")
    expect(status(page)).to_have_text("4 of 6 papers for “bird”")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(status(page)).to_have_text("4 of 6 papers for “bird”")
    page.keyboard.press("Escape")
    expect(page.locator("article")).to_have_count(0)
    expect(page).to_have_url(address)
    expect(page.locator("[data-search-facets]")).to_be_hidden()
    expect(page.locator("[data-search-idle]")).to_be_visible()


def test_on_a_phone_the_lists_are_folded_and_say_how_many_are_chosen(
    page: Page, address: str
) -> None:
    """Closed at first; the summary tells the number."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}?q=bird&topic=song&year=2021")
    summary = page.get_by_text("Narrow the results (2)")
    expect(summary).to_be_visible()
    expect(box(page, "topic", "song")).to_be_hidden()
    summary.click()
    expect(box(page, "topic", "song")).to_be_visible()


def test_without_the_table_there_is_still_a_search(
    page: Page, address: str, faults: list[str]
) -> None:
    """Results come without facets; a choice that cannot be met is told, not ignored."""
    page.route("**/facets.json", lambda route: route.abort())
    page.goto(f"{address}?q=bird")
    expect(status(page)).to_have_text("6 papers for “bird”")
    expect(page.locator("[data-search-facets]")).to_be_hidden()
    page.goto(f"{address}?q=bird&code=1")
    expect(status(page)).to_contain_text("could not be loaded")
    faults.clear()
    page.unroute("**/facets.json")
    page.get_by_role("button", name="Search").click()
    expect(status(page)).to_have_text("2 of 6 papers for “bird”")
    faults.clear()
