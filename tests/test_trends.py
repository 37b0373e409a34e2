"""The page of trends: charts, words and map, each with its table, each link with its numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import frontmatter
import pytest
from factories import HOSTILE, catalog, digest, paper, topic
from selectolax.lexbor import LexborHTMLParser

from generator import templating
from generator.exports import Build
from generator.models import UNSORTED, Catalog, Paper, Related
from generator.pages import rendered
from generator.pages.trends import map_files
from generator.pages.views import Overview
from generator.settings import Settings

TREES = templating.environment()
SETTINGS = Settings(site_name="Toy papers")
WEEK = digest("week", "2026-03-14")


def kettles(title: str = "A kettle", count: int = 60) -> Catalog:
    """Return papers of 2017 to 2026 in three topics; the new ones speak of copper."""
    papers = []
    for n in range(count):
        year = 2026 - n * 10 // count
        words = "On copper kettles" if year > 2024 else "On tin pots"
        one = paper(
            f"p{n:03}",
            f"{title} {n}: {words}",
            digests=[WEEK],
            topics=[("tea", "pots", "steam")[n % 3], *(["steam"] if n % 9 == 0 else [])],
            published=f"{year}-05" if n % 10 else None,
        )
        kin = (f"p{(n + 3) % count:03}", f"p{(n + 1) % count:03}")
        papers.append(replace(one, related=tuple(Related(slug, 0.5, ("pot",)) for slug in kin)))
    topics = [
        topic("tea", title, code="TE", color=1),
        topic("pots", code="PO", color=2),
        topic("steam", code="ST", color=3),
        topic("empty", color=4),
    ]
    return catalog(papers, [WEEK], topics)


def files(papers: Catalog) -> dict[str, str]:
    """Return all pages and the file of the map, by path."""
    overview = Overview(papers, SETTINGS)
    made = (*rendered(overview, TREES, Build()), *map_files(overview))
    return {file.path: file.content.decode() for file in made}


def page(papers: Catalog) -> LexborHTMLParser:
    """Return the body of the page of trends."""
    return LexborHTMLParser(frontmatter.parse(files(papers)["trends.md"])[1])


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    """Return the texts of all that `selector` finds, each in one line."""
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_each_topic_with_papers_has_a_chart_with_its_numbers_in_words() -> None:
    """Largest topic first, an empty one nowhere; the link says what the bars say."""
    tree = page(kettles())
    assert texts(tree, ".op-multiple") == [
        "Steam 27 papers, most 3 in 2017",
        "A kettle 20 papers, most 2 in 2017",
        "Pots 20 papers, most 2 in 2017",
    ]
    assert [node.attributes["href"] for node in tree.css(".op-multiple")] == [
        "../topics/steam/",
        "../topics/tea/",
        "../topics/pots/",
    ]


def test_the_table_holds_what_the_bars_show() -> None:
    """Each row adds up to all papers of its topic; the highest bar has the whole height."""
    papers = kettles()
    tree = page(papers)
    table = tree.css("table")[0]
    head = texts(tree, "table:first-of-type thead th")[: len(table.css("thead th"))]
    assert head[0] == "Topic"
    assert head[-2:] == ["Not known", "All"]
    for row in table.css("tbody tr"):
        numbers = [int(cell.text()) for cell in row.css("td")]
        assert sum(numbers[:-1]) == numbers[-1]
    bars = [node.attributes["d"] or "" for node in tree.css(".op-multiple path")]
    heights = [float(high) for d in bars for high in re.findall(r"v-([\d.]+)h", d)]
    assert max(heights) == 60


def test_only_a_year_that_goes_on_has_a_hollow_bar() -> None:
    """With a digest of March the last bar is hollow, and the legend says so; of December not."""
    march = page(kettles())
    assert len(march.css(".op-multiple__hollow")) == 3
    assert "the hollow bar’s year goes on" in texts(march, ".op-sectionhead p")[0]
    papers = kettles()
    late = tuple(
        replace(one, featured=(replace(one.featured[0], date="2026-12-30"),))
        for one in papers.papers
    )
    december = page(replace(papers, papers=late))
    assert not december.css(".op-multiple__hollow")
    assert "hollow" not in texts(december, ".op-sectionhead p")[0]


def test_rising_words_stand_with_their_numbers_and_papers() -> None:
    """A word leads to its search, says how many papers have it, and the table names some."""
    tree = page(kettles())
    row = tree.css_first("#rising ~ .op-rises li")
    link = row.css_first("a")
    assert link.attributes["href"] == "../search/?q=%22copper+kettles%22"
    assert " ".join(row.text().split()) == "copper kettles 10 papers, none before"
    table = tree.css_first("section:has(#rising) table")
    assert len(table.css("td a")) == 3
    assert texts(tree, "section:has(#rising) tbody td")[:2] == ["10", "0"]


def test_the_busiest_topics_stand_with_their_shares() -> None:
    """Before is scaled: where 17 of 38 older papers are of steam, 16 of them would hold 7."""
    tree = page(kettles())
    assert "In the 16 papers published in 2024 to 2026" in texts(tree, ".op-pair .op-legend")[0]
    rows = texts(tree, "#busy ~ .op-rises li")
    table = texts(tree, "section:has(#busy) tbody tr")
    assert (rows[0], table[0]) == ("Steam 7 papers, 7 before", "Steam 7 17")
    assert len(rows) == len(table) == 3


def test_the_map_is_a_picture_with_title_description_and_list() -> None:
    """It is one image for a screen reader; each land, code and paper stands in the list too."""
    papers = kettles()
    tree = page(papers)
    picture = tree.css_first("svg[role=img]")
    assert picture.attributes["aria-labelledby"] == "map-title map-words"
    assert tree.css_first("#map-title").text() == "Map of 60 papers"
    assert "From left to right" in tree.css_first("#map-words").text()
    assert not picture.css("a")
    links = tree.css("svg[aria-hidden=true] a")
    assert len(links) == 60 + 3
    assert all(link.attributes["tabindex"] == "-1" for link in links)
    listed = {node.attributes["href"] for node in tree.css(".op-places a")}
    assert listed == {f"../papers/{one.slug}/" for one in papers.papers}
    assert texts(tree, ".op-lands li") == ["TE A kettle", "PO Pots", "ST Steam"]
    assert tree.css_first(".op-gazette p").text().startswith("Related papers in ")


def test_a_large_collection_lists_its_lands_and_not_each_paper() -> None:
    """Over 600 papers, dots are no links, and the list names topics and their middles."""
    tree = page(kettles(count=620))
    assert len(tree.css("svg[aria-hidden=true] a")) == 3
    assert not tree.css(".op-places")
    assert len(tree.css(".op-gazette h3")) == 3


def test_the_script_finds_every_paper_with_its_relatives() -> None:
    """`data/map.json` has each paper's title, topic, place and relatives by their numbers."""
    papers = kettles()
    found = json.loads(files(papers)["data/map.json"])
    assert sorted(found["topics"]) == ["A kettle", "Pots", "Steam"]
    slugs = [one[0] for one in found["papers"]]
    assert slugs == sorted(one.slug for one in papers.papers)
    slug, title, row, x, y, kin = found["papers"][4]
    assert (slug, found["topics"][row]) == ("p004", "Pots")
    assert title.startswith("A kettle 4")
    assert [slugs[number] for number in kin] == ["p007", "p005"]
    assert isinstance(x, int)
    assert isinstance(y, int)


def test_home_shows_some_rising_words() -> None:
    """With three or more they stand in the cover, with the way to all trends; else not."""
    plain = LexborHTMLParser(files(kettles())["index.md"])
    assert not plain.css(".op-rising")
    papers = kettles()
    words = ("zinc ladles", "brass spoons", "iron forks", "glass bowls")
    many = [
        replace(one, facts=replace(one.facts, title=f"{words[n % 4]}, {words[(n + 1) % 4]}: {n}"))
        if one.year in {"2025", "2026"}
        else one
        for n, one in enumerate(papers.papers)
    ]
    rich = LexborHTMLParser(files(replace(papers, papers=tuple(many)))["index.md"])
    links = [node.attributes["href"] for node in rich.css(".op-rising a")]
    assert len(links) == 5
    assert links[-1] == "trends/"


def alone(**facts: str) -> Catalog:
    """Return a collection of one paper without a topic."""
    return catalog(
        [paper("alone", digests=[digest("only", None)], **facts)], [digest("only", None)]
    )


@pytest.mark.parametrize(
    ("papers", "charts", "picture"),
    [
        (alone(), False, True),
        (alone(published="2025"), False, True),
        (catalog(), False, False),
        (
            catalog(
                [paper(f"p{n}", digests=[digest("u", None)], topics=["tea"]) for n in range(30)],
                [digest("u", None)],
                [topic("tea")],
            ),
            False,
            True,
        ),
        (
            catalog(
                [
                    paper(f"p{n}", digests=[WEEK], topics=[UNSORTED], published=f"20{n + 10}")
                    for n in range(15)
                ],
                [WEEK],
                [topic(UNSORTED, "Unsorted", color=0)],
            ),
            False,
            True,
        ),
    ],
    ids=["one paper", "one dated", "none", "undated only", "unsorted only"],
)
def test_what_is_not_known_is_not_drawn(papers: Catalog, charts: bool, picture: bool) -> None:
    """Without time no charts, without topics no key: a sentence says why, nothing breaks."""
    tree = page(papers)
    assert bool(tree.css(".op-multiples")) is charts
    assert bool(tree.css("svg[role=img]")) is picture
    assert tree.css(".op-empty") or tree.css(".op-rises")
    assert not tree.css("table:not(:has(tbody tr))")
    anchors = {node.attributes["id"] for node in tree.css("[id]")}
    jumps = [node.attributes["href"] or "" for node in tree.css(".op-jumps a")]
    assert {jump.removeprefix("#") for jump in jumps} <= anchors


def test_hostile_titles_and_names_stay_text() -> None:
    """A title and a topic of all languages' signs are shown as written, in picture and list."""
    tree = page(kettles(HOSTILE))
    assert not tree.css("script, img, em, code, iframe, a[href^=javascript]")
    assert HOSTILE in texts(tree, ".op-lands li")[0]
    named = [node.text() for node in tree.css("svg[aria-hidden=true] title")]
    assert any("<script>alert(1)</script>" in text for text in named)
    assert not set("{}%[]\\`$") & set(frontmatter.parse(files(kettles(HOSTILE))["trends.md"])[1])


def test_two_runs_and_another_order_give_the_same_page() -> None:
    """The page hangs on the papers alone, not on the order in which they come."""
    papers = kettles()
    turned: tuple[Paper, ...] = tuple(reversed(papers.papers))
    first = files(papers)
    again = files(replace(papers, papers=turned))
    assert first["data/map.json"] == again["data/map.json"]
    assert first["trends.md"].split("op-atlas")[1] == again["trends.md"].split("op-atlas")[1]
    assert files(papers)["trends.md"] == first["trends.md"]
