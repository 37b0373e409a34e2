"""The page of trends in a browser: pictures, tables, links, and a map for pointer and keys."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

CONFIG = """\
site_name: Kitchen papers
site_url: https://lab.example/repo/
theme: {name: material, font: false}
plugins:
  - offprint: {feed_id: "tag:kitchen.example,2026:x"}
"""
TOPICS = """\
topics:
  - {name: Kettles & all that holds water, keywords: [kettle, teapot], code: KE}
  - {name: Ladles, keywords: [ladle], code: LA}
  - {name: Ovens, keywords: [oven], code: OV}
"""
THINGS = ("kettle", "ladle", "oven")
COUNT = 72
PHONE = {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, serve) -> str:
    """Return the address of a made-up collection: 72 papers of nine years in three topics."""
    root = tmp_path_factory.mktemp("trends")
    (root / "digests").mkdir()
    (root / "mkdocs.yml").write_text(CONFIG)
    (root / "topics.yml").write_text(TOPICS)
    papers = [
        {
            "title": f"The {'copper' if n < 16 else 'tin'} {THINGS[n % 3]} of household {n}"
            + (" and " + "long" * 30 if n == 7 else ""),
            "published": f"{2026 - n // 8}-01-05",
        }
        for n in range(COUNT)
    ]
    (root / "digests" / "2026-03-14-kitchen.json").write_text(json.dumps(papers))
    command = [sys.executable, "-m", "generator", "build", "-C", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return serve(root / "site", "/repo/")


@pytest.fixture
def trends(page: Page, home: str) -> Page:
    """Return the open page of trends."""
    page.goto(home + "trends/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1088, 1440])
def test_nothing_overflows_with_all_tables_open(
    browser: Browser, home: str, scheme: str, width: int
) -> None:
    """At every width and in both schemes the page is no wider than the screen."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(home + "trends/")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".op-atlas").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dots_and_names_stand_out_from_their_land(browser: Browser, home: str, scheme: str) -> None:
    """In both schemes a dot has three times the contrast of its land, a name seven times."""
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(home + "trends/")
    contrast = """(selector) => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
      const light = (element) => {
        canvas.fillStyle = getComputedStyle(element).fill;
        canvas.fillRect(0, 0, 1, 1);
        const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
          .map((part) => part / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05;
      };
      const lands = [...document.querySelectorAll(".op-map__land")];
      return Math.min(...[...document.querySelectorAll(selector)].map((mark, at) => {
        const [one, other] = [light(mark), light(lands[at])];
        return Math.max(one, other) / Math.min(one, other);
      }));
    }"""
    assert page.evaluate(contrast, ".op-map__dots") >= 3
    assert page.evaluate(contrast, ".op-map__name") >= 7
    context.close()


def test_every_picture_has_its_table_and_every_link_its_page(trends: Page, home: str) -> None:
    """Behind charts, words, topics and map lies a table or a list; no link of the page is dead."""
    names = trends.locator("summary").all_inner_texts()
    assert names == [
        "Papers a year as a table",
        "Rising words as a table",
        "Busiest topics as a table",
        "The map as a list",
    ]
    rows = trends.locator("details tbody tr")
    assert rows.count() >= 3 + 1 + 3
    assert trends.locator("details .op-places li").count() == COUNT
    links = trends.eval_on_selector_all(
        "main a[href]",
        "all => all.map(link => new URL(link.href.baseVal ?? link.href, location).href)",
    )
    assert len(links) > 2 * COUNT
    for link in sorted({link.split("#")[0] for link in links}):
        assert link.startswith(home)
        assert trends.request.get(link).ok, link


def test_a_rising_word_leads_to_its_search(trends: Page) -> None:
    """The new papers are of copper; the word says so with its number and finds them."""
    row = trends.locator(".op-rises li").first
    expect(row).to_contain_text("papers, none before")
    row.locator("a").click()
    trends.wait_for_url("**/search/?q=*")
    expect(trends.locator("[data-search-results] .op-entry").first).to_contain_text("copper")


def test_the_map_can_be_walked_by_key(trends: Page, home: str) -> None:
    """Focus names a paper; an arrow goes on in its direction; Enter opens what is named."""
    atlas = trends.locator("[data-atlas]")
    said = trends.locator("[data-atlas-said]")
    atlas.focus()
    expect(said.locator("a")).to_have_count(1)
    ring = trends.locator(".op-map__ring")
    before = float(ring.get_attribute("cx") or 0)
    name = said.locator("a").inner_text()
    trends.keyboard.press("ArrowRight")
    expect(said.locator("a")).not_to_have_text(name)
    assert float(ring.get_attribute("cx") or 0) > before
    chosen = said.locator("a").inner_text()
    trends.keyboard.press("Enter")
    trends.wait_for_url(home + "papers/**")
    expect(trends.locator("h1")).to_have_text(chosen)


def test_every_paper_can_be_reached_by_key(trends: Page) -> None:
    """By arrows alone one comes from any dot to any other."""
    reached = trends.evaluate(
        """async () => {
          const { next, nearest } = await import("../assets/atlas.js");
          const { papers } = await (await fetch("../data/map.json")).json();
          const seen = new Set([nearest(papers, 0, 0).at]);
          for (const at of seen)
            for (const way of [[1, 0], [-1, 0], [0, 1], [0, -1]]) seen.add(next(papers, at, way));
          return seen.size;
        }"""
    )
    assert reached == COUNT


def test_pointing_at_a_dot_names_it_and_draws_lines_to_its_relatives(page: Page, home: str) -> None:
    """The name and topic stand below, lines lead to the relatives, a click opens the paper."""

    def with_relatives(route: Route) -> None:
        answer = route.fetch()
        chart = answer.json()
        chart["papers"][5][5] = [3, 8, 13]
        route.fulfill(response=answer, json=chart)

    page.route("**/data/map.json", with_relatives)
    page.goto(home + "trends/")
    with page.expect_response("**/data/map.json"):
        page.locator(".op-atlas").hover()
    chart = page.evaluate("fetch('../data/map.json').then(answer => answer.json())")
    slug, title, topic, x, y, _ = chart["papers"][5]
    place = page.evaluate(
        """([x, y]) => {
          const svg = document.querySelector(".op-map__links");
          svg.scrollIntoView({ block: "center" });
          const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
          return [point.x, point.y];
        }""",
        [x, y],
    )
    page.mouse.move(place[0] + 2, place[1] + 2)
    said = page.locator("[data-atlas-said]")
    expect(said.locator("a")).to_have_text(title)
    expect(said).to_contain_text(chart["topics"][topic])
    assert (page.locator(".op-map__kin").get_attribute("d") or "").count("L") == 3
    page.mouse.click(place[0] + 2, place[1] + 2)
    page.wait_for_url(f"{home}papers/{slug}/")


def test_a_finger_names_a_paper_before_it_opens(browser: Browser, home: str, faults) -> None:
    """On a phone a touch near a dot names it; the page is left only by its name."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(home + "trends/")
    page.locator(".op-atlas").tap()
    name = page.locator("[data-atlas-said] a")
    expect(name).to_be_visible()
    assert page.url == home + "trends/"
    title = name.inner_text()
    name.tap()
    page.wait_for_url(home + "papers/**")
    expect(page.locator("h1")).to_have_text(title)
    context.close()
    assert not faults


def test_without_script_dots_and_lands_are_links(browser: Browser, home: str) -> None:
    """A dot opens its paper, water nothing; what needs script is not there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home + "trends/")
    expect(page.locator("[data-atlas-said]")).to_be_hidden()
    dot = page.locator(".op-map__links a:has(circle)").nth(4)
    title = dot.locator("title").text_content()
    dot.click()
    expect(page.locator("h1")).to_have_text(title or "")
    context.close()


def test_the_picture_is_no_trap_for_the_keyboard(trends: Page) -> None:
    """The map is one stop: the next ones are the key's links, not seventy dots."""
    trends.locator("[data-atlas]").focus()
    expect(trends.locator("[data-atlas-said] a")).to_have_count(1)
    trends.keyboard.press("Tab")
    assert trends.evaluate("!document.activeElement.closest('svg')")
    stops = trends.evaluate(
        "[...document.querySelectorAll('.op-atlas a')].filter(link => link.tabIndex >= 0).length"
    )
    assert stops == 0


def test_home_leads_to_the_trends(page: Page, home: str) -> None:
    """The masthead has the page on all pages, and says where one is."""
    page.goto(home)
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Trends").click()
    expect(page.locator("h1")).to_have_text("Trends")
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Trends")


def test_the_site_has_the_style_sheet_only_where_it_is_needed(page: Page, home: str) -> None:
    """Only this page loads the styles and the script of charts and map."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(Path(request.url).name))
    page.goto(home + "topics/")
    assert not {"trends.css", "atlas.js", "map.json"} & set(seen)
    page.goto(home + "trends/")
    assert {"trends.css", "atlas.js"} <= set(seen)
    assert "map.json" not in seen
