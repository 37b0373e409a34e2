"""The search page in a browser: typing, address, keyboard, faults, hostile text."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.models import Assignment, Catalog, Facts, Paper, Topic
from generator.search import files

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).resolve().parents[2] / "templates" / "theme" / "assets"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'"
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Search</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<script type="module" src="../assets/search.js"></script></head>
<body><div data-search>
<aside data-search-facets aria-label="Narrow the results" hidden></aside>
<form data-search-form action="../search/" role="search"><input type="search" name="q"
aria-label="Search"><button>Search</button></form>
<p role="status" data-search-status></p>
<ol class="op-list" data-search-results></ol>
<section data-search-idle><a href="../topics/">Topics</a></section>
</div></body></html>
"""
MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>"


def collection() -> Catalog:
    """Return six papers about speech, forty about proteins, and one with markup in each text."""
    topics = (Topic("speech", "Speech & more", color=3), Topic("markup", MARKUP, color=4))
    speech = [
        Paper(
            f"speech-{number}",
            Facts(
                f"Streaming speech, part {number}",
                authors=("Ana Šimić",),
                published="2024-05",
                note="About streams.",
            ),
            (),
            topics=(Assignment("speech", 1, (), "rule"),),
        )
        for number in range(6)
    ]
    proteins = [Paper(f"protein-{number}", Facts("Protein folding"), ()) for number in range(40)]
    bold = replace(speech[0], slug="bold", topics=(Assignment("markup", 1, (), "rule"),))
    bold = replace(bold, facts=Facts(MARKUP, authors=(MARKUP,), note=MARKUP, arxiv="2503.09516"))
    return Catalog((*speech, *proteins, bold), (), topics)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search page, its scripts and its data, and one paper's page."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("search", "assets", "papers/speech-0", "topics"):
        (folder / name).mkdir(parents=True)
    for file in files(collection()):
        (folder / file.path).write_bytes(file.content)
    for script in ASSETS.glob("search*.js"):
        (folder / "assets" / script.name).write_bytes(script.read_bytes())
    (folder / "search" / "index.html").write_text(PAGE, encoding="utf-8")
    paper = "<!doctype html><title>Paper</title><h1>A paper</h1>"
    (folder / "papers" / "speech-0" / "index.html").write_text(paper, encoding="utf-8")
    return folder


@pytest.fixture
def address(site: Path, serve: Callable[..., str]) -> str:
    """Return the address of the search page of a site below a sub-path."""
    return serve(site, "/repo/") + "search/"


def test_an_address_with_words_shows_their_papers(page: Page, address: str) -> None:
    """`/search/?q=…` can be shared: the field holds the words, the list their papers."""
    page.goto(f"{address}?q=streaming+speech")
    expect(page.get_by_role("status")).to_have_text("6 papers for “streaming speech”")
    expect(page.get_by_role("searchbox")).to_have_value("streaming speech")
    first = page.locator("[data-search-results] > li > article.op-entry").first
    expect(first.locator("h3.op-entry__title > a")).to_have_text("Streaming speech, part 0")
    expect(first.locator("p.op-entry__by")).to_have_text("Ana Šimić · 2024")
    expect(first.locator("p.op-entry__note mark")).to_have_text("streams")
    topic = first.locator(".op-entry__meta a.op-topic[data-ink='3']")
    expect(topic).to_have_attribute("href", "../topics/speech/")
    expect(page.locator("[data-search-idle]")).to_be_hidden()


def test_answers_and_address_follow_the_typing(page: Page, address: str) -> None:
    """Each pause gives results and puts the words into the address, without new history."""
    page.goto(address)
    length = page.evaluate("history.length")
    page.get_by_role("searchbox").press_sequentially("strea")
    expect(page.get_by_role("status")).to_have_text("6 papers for “strea”")
    expect(page).to_have_url(f"{address}?q=strea")
    page.get_by_role("searchbox").press_sequentially("ming -speech")
    expect(page.get_by_role("status")).to_have_text("No paper for “streaming -speech”")
    expect(page).to_have_url(f"{address}?q=streaming+-speech")
    assert page.evaluate("history.length") == length


def test_back_from_a_paper_finds_the_results_again(page: Page, address: str) -> None:
    """The way back leads to the same words and papers."""
    page.goto(address)
    page.get_by_role("searchbox").fill("speech")
    page.get_by_role("link", name="Streaming speech, part 0").click()
    expect(page.get_by_role("heading", name="A paper")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("6 papers for “speech”")
    expect(page.get_by_role("searchbox")).to_have_value("speech")


def test_the_keyboard_goes_through_the_results(page: Page, address: str) -> None:
    """Arrows choose, the chosen one is marked and has the focus, Enter opens it."""
    page.goto(f"{address}?q=speech")
    expect(page.get_by_role("status")).to_have_text("6 papers for “speech”")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("li.is-chosen")).to_have_count(1)
    expect(page.locator("li.is-chosen a").first).to_be_focused()
    expect(page.locator("li.is-chosen a").first).to_have_id("t-speech-1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A paper")).to_be_visible()


def test_arrow_up_from_the_first_result_leads_to_the_field(page: Page, address: str) -> None:
    """The field is above the first result."""
    page.goto(f"{address}?q=speech")
    expect(page.get_by_role("status")).not_to_be_empty()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_escape_leads_back_and_clears(page: Page, address: str) -> None:
    """Esc in a result empties field, list and address."""
    page.goto(f"{address}?q=speech")
    expect(page.locator("[data-search-results] > li")).to_have_count(6)
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator("[data-search-results] > li")).to_have_count(0)
    expect(page.locator("[data-search-idle]")).to_be_visible()
    expect(page).to_have_url(address)


def test_hostile_text_stays_text(page: Page, address: str) -> None:
    """Markup in titles, names, notes, topics and queries is shown, never made."""
    page.goto(address)
    page.get_by_role("searchbox").fill("<b>bold</b>")
    entry = page.locator("article.op-entry").first
    expect(entry.locator(".op-entry__title")).to_have_text(MARKUP)
    expect(entry.locator(".op-entry__note")).to_have_text(MARKUP)
    expect(entry.locator(".op-topic")).to_have_text(MARKUP)
    expect(page.get_by_role("status")).to_contain_text("<b>bold</b>")
    expect(page.locator("[data-search] :is(img, b)")).to_have_count(0)


def test_many_papers_come_in_portions(page: Page, address: str) -> None:
    """Thirty at first, the rest at a button, where the focus then is."""
    page.goto(f"{address}?q=protein")
    expect(page.locator("article.op-entry")).to_have_count(30)
    page.get_by_role("button", name="Show 10 more of 10").click()
    expect(page.locator("article.op-entry")).to_have_count(40)
    expect(page.locator("li:nth-child(31) a").first).to_be_focused()
    expect(page.get_by_role("button", name="more of")).to_have_count(0)


def test_a_misspelt_word_is_answered_with_a_near_one(page: Page, address: str) -> None:
    """The papers of the nearest word come at once, and it is said that this is a guess."""
    page.goto(f"{address}?q=protien+folding")
    expect(page.get_by_role("status")).to_have_text("40 papers for “protein folding”")
    expect(page.locator("article.op-entry")).to_have_count(30)
    expect(page.locator(".op-empty")).to_contain_text("No paper has “protien”. A guess:")
    page.get_by_role("link", name="protein folding", exact=True).click()
    expect(page).to_have_url(f"{address}?q=protein+folding")
    expect(page.locator(".op-empty")).to_be_hidden()


def test_quotes_that_no_paper_fits_are_offered_without(page: Page, address: str) -> None:
    """The way on leads to the words alone."""
    page.goto(f"{address}?q=%22folding+protein%22")
    expect(page.get_by_role("status")).to_have_text('No paper for “"folding protein"”')
    page.get_by_role("link", name="folding protein", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("40 papers for “folding protein”")


def test_a_phrase_is_marked_as_a_whole(page: Page, address: str) -> None:
    """What stands in quotes is marked where it stands so."""
    page.goto(f"{address}?q=%22streaming+speech%22")
    expect(page.locator("article.op-entry")).to_have_count(6)
    expect(page.locator(".op-entry__title mark").first).to_have_text("Streaming speech")
    expect(page.locator(".op-entry__note mark")).to_have_count(0)


def test_a_parted_index_is_loaded_as_far_as_needed(
    page: Page, site: Path, tmp_path: Path, serve: Callable[..., str]
) -> None:
    """The page answers from parts, and asks for none twice."""
    parted = shutil.copytree(site, tmp_path / "parted")
    for file in files(collection(), small=5):
        (parted / file.path).write_bytes(file.content)
    address = serve(parted, "/repo/") + "search/"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{address}?q=speech")
    expect(page.get_by_role("status")).to_have_text("6 papers for “speech”")
    expect(page.locator("article.op-entry")).to_have_count(6)
    page.get_by_role("searchbox").fill("streaming speech")
    expect(page.get_by_role("status")).to_have_text("6 papers for “streaming speech”")
    parts = [name for name in asked if "-" in name and name.endswith(".json")]
    assert sorted(parts) == ["index-0.json", "papers-0.json", "positions-0.json"]


def test_no_result_says_so_and_helps_on(page: Page, address: str) -> None:
    """The words left out by a minus are offered without it, and the topics stand ready."""
    page.goto(f"{address}?q=folding+-protein")
    expect(page.get_by_role("status")).to_have_text("No paper for “folding -protein”")
    advice = page.locator(".op-empty")
    expect(advice).to_contain_text("40 papers left out by what has a minus")
    expect(advice.get_by_role("link", name="topics")).to_have_attribute("href", "../topics/")
    expect(page.locator("[data-search-idle]")).to_be_visible()


def test_stop_words_alone_are_explained(page: Page, address: str) -> None:
    """A query without a telling word gets a sentence, not silence."""
    page.goto(f"{address}?q=of+the")
    expect(page.get_by_role("status")).to_have_text("“of the” has no word that tells papers apart")


def test_a_missing_index_is_told_and_tried_again(
    page: Page, address: str, faults: list[str]
) -> None:
    """The status line says that the index is missing; the next try loads it."""
    page.route("**/index.json", lambda route: route.abort())
    page.goto(f"{address}?q=speech")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    page.unroute("**/index.json")
    faults.clear()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("6 papers for “speech”")


def test_the_index_waits_for_the_reader(page: Page, address: str) -> None:
    """Nothing is loaded before the field is used."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert not {"index.json", "papers.json", "lunr.js"} & set(asked)
    page.get_by_role("searchbox").focus()
    page.get_by_role("searchbox").fill("speech")
    expect(page.get_by_role("status")).to_have_text("6 papers for “speech”")
    assert sorted(name for name in asked if name in {"index.json", "papers.json", "lunr.js"}) == [
        "index.json",
        "lunr.js",
        "papers.json",
    ]
