from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import chain, combinations, pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import frontmatter
import markdown
import pytest
from factories import HOSTILE, catalog, digest, paper, topic
from selectolax.lexbor import LexborHTMLParser

from generator import addresses, dates, feeds
from generator.exports import bundles
from generator.models import Catalog, Entry, Facts, Links, Related
from generator.pages import pages
from generator.related import CHOSEN
from generator.settings import Settings
from generator.templating import environment

ENVIRONMENT = environment()
SITE = Settings(site_name="Reading list", page_size=3)
EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "def_list", "footnotes", "smarty"]
LAYOUT = (
    *("op-staples", "op-hang", "op-spark", "op-fresh", "op-status", "op-list"),
    *("op-filter__said", "Z3988"),
)
"""Classes of elements that hold a place in the layout, wait for a script, or tell programs."""


def files(found: Catalog, settings: Settings = SITE) -> dict[str, str]:
    """Return the pages as text by their path."""
    return {file.path: file.content.decode() for file in pages(found, settings, ENVIRONMENT)}


@lru_cache
def shown(of: Callable[..., Catalog], *texts: str) -> dict[str, str]:
    """Return the pages of the catalogue that `of` makes of `texts`, rendered once for all tests."""
    return files(of(*texts))


def tree(text: str) -> LexborHTMLParser:
    """Return a page's body, as Python-Markdown makes it, parsed."""
    _, body = frontmatter.parse(text)
    return LexborHTMLParser(markdown.markdown(body, extensions=EXTENSIONS))


def words(text: str) -> str:
    """Return what a reader sees of a page, in one line."""
    body = tree(text).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def rich(title: str = "A first paper", text: str = "Worth a look.") -> Catalog:
    """Return a catalogue with something for every part of every page."""
    week = digest(
        "week", "2025-03-14", curator="A. Curator", intro="Five.", source="https://x.org/"
    )
    other = digest("other", "2025-03-14", title="Second list", source="a saved page")
    old = digest("old", "2024-12-31")
    undated = digest("undated", None, title="Lists without a day")
    seven = [
        paper(
            f"paper-{number}",
            digests=[old],
            topics=["vision", "speech"] if number % 2 else ["vision"],
            published=f"20{10 + number}-05",
            abstract="First part.\n\nSecond part.",
        )
        for number in range(7)
    ]
    known = Links(code=("https://x.org/c", "https://x.org/d"), other=("https://other.org/p",))
    first = paper(
        "first",
        title,
        digests=[week, other],
        topics=["speech", "vision"],
        authors=("Ann Author", "Bob Writer"),
        note=text,
        abstract=text,
        arxiv="2503.00001",
        doi="10.1000/x",
        published="2025-03-01",
        links=known,
    )
    first = replace(first, related=(Related("short", 0.5, (text, "Ann Author")),))
    short = paper("short", title, digests=[week], topics=["speech"], tldr="In a word.")
    bare = paper("bare", title, digests=[undated], topics=["empty-no-more"])
    return catalog(
        [first, short, *seven, bare],
        [week, other, old, undated],
        [
            topic("speech", title, scope="Machines that listen.", color=1),
            topic("vision", color=2, line=4),
            topic("empty-no-more", color=3),
            topic("empty", color=4),
        ],
        {"former": "between", "between": "first", "nowhere": "lost", "circle": "circle"},
    )


def sparse() -> Catalog:
    """Return a catalogue of which next to nothing is known."""
    only = digest("only", None)
    return catalog([paper("alone", digests=[only])], [only])


def test_every_address_of_the_site_has_its_document() -> None:
    """Home, indexes, topics with older pages, digests, papers and redirects are all there."""
    assert {path for path in shown(rich) if not path.startswith("papers/paper-")} == {
        "index.md",
        "search.md",
        "saved.md",
        "trends.md",
        "feeds/index.md",
        "status.md",
        "topics/index.md",
        "topics/speech.md",
        "topics/vision.md",
        "topics/vision/page/1.md",
        "topics/empty-no-more.md",
        "topics/empty.md",
        "digests/index.md",
        "digests/week.md",
        "digests/other.md",
        "digests/old.md",
        "digests/undated.md",
        "papers/first.md",
        "papers/short.md",
        "papers/bare.md",
        "papers/former.md",
        "papers/between.md",
    }


def test_two_runs_are_equal_byte_for_byte() -> None:
    """Pages depend on the catalogue alone."""
    assert shown(rich) == shown(rich)


@pytest.mark.parametrize("path", sorted(shown(rich, HOSTILE, HOSTILE)))
def test_a_hostile_title_stays_text(path: str) -> None:
    """On no page does outside text become markup or wake Markdown, nor is a letter lost."""
    text = shown(rich, HOSTILE, HOSTILE)[path]
    head, body = frontmatter.parse(text)
    assert not set("{}%[]\\`$") & set(body)
    assert not set('<>"{}%[]\\`$') & set(f"{head['title']}{head['description']}")
    found = tree(text)
    assert not found.css("script, img, em, code, a[href^=javascript]")
    # The dots of the map have titles of their own.
    titles = [node.parent for node in found.css("title")]
    assert {parent.tag for parent in titles if parent} <= {"a", "svg"}
    heading = found.css_first("h1").text().strip()
    if path in {"papers/first.md", "papers/former.md", "topics/speech.md"}:
        typeset = HOSTILE.replace("$x$", "x").replace(r"\(a\)", "a")
        expected = typeset if path.startswith("papers") else HOSTILE
        assert heading == expected


@pytest.mark.parametrize("path", sorted(shown(rich)))
def test_a_page_is_one_piece_of_html_that_markdown_leaves_alone(path: str) -> None:
    """Python-Markdown gives the body back as it is; no blank line, no code by indentation."""
    text = shown(rich, HOSTILE, HOSTILE)[path]
    _, body = frontmatter.parse(text)
    assert markdown.markdown(body, extensions=EXTENSIONS).strip() == body.strip()
    assert "\n\n" not in body
    assert not any(line.startswith("    ") for line in body.splitlines())
    assert text.endswith(">\n")


@pytest.mark.parametrize("path", sorted(shown(rich)))
def test_the_front_matter_says_what_the_theme_needs(path: str) -> None:
    """Title, description and kind stand at the head of every page, each in one line."""
    head, _ = frontmatter.parse(shown(rich)[path])
    assert head["title"]
    assert head["description"]
    kinds = {"home", "topics", "topic", "digests", "digest", "paper"}
    kinds |= {"search", "saved", "trends", "feeds", "status"}
    assert head["page"] in kinds
    known = {"title", "description", "page", "ink", "feeds", "filter", "redirect"}
    assert set(head) <= known | {"metadata", "changed"}


def test_a_long_title_stays_on_one_line_of_the_front_matter() -> None:
    """Whoever opens the file can read and search its title."""
    week = digest()
    found = files(catalog([paper("p", "Long words " * 30, digests=[week])], [week]))
    assert found["papers/p.md"].splitlines()[1].count("Long words") == 30


@pytest.mark.parametrize(
    ("page", "target", "way"),
    [
        ("", "", "./"),
        ("", "topics/", "topics/"),
        ("search/", "", "../"),
        ("a/b/", "c/", "../../c/"),
    ],
)
def test_the_way_from_page_to_page_is_relative(page: str, target: str, way: str) -> None:
    """Links hold under any folder of a host."""
    assert addresses.relative(page, target) == way


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2025-03-04", "4 March 2025"),
        ("2023-10", "October 2023"),
        ("2019", "2019"),
        ("2019-13-01", "2019-13-01"),
    ],
)
def test_dates_read_as_one_says_them(date: str, said: str) -> None:
    """Day, month in words, year; what is no date stays as it is."""
    assert dates.readable(date) == said


@pytest.mark.parametrize("path", sorted(shown(rich)))
def test_every_link_inside_the_site_leads_to_a_page_or_feed(path: str) -> None:
    """Relative links resolve among the produced files, wherever the site is hosted."""
    produced = set(shown(rich))
    offered = {file.path for file in feeds.files(rich(), SITE)}
    data = {file.path for file in bundles.files(rich(), bundles.selections(rich()))}
    data |= {addresses.PAPERS_DATA, addresses.BUILD_DATA}
    uri = "" if path == "index.md" else f"{path.removesuffix('.md').removesuffix('/index')}/"
    found = tree(shown(rich)[path])
    targets = [(node.attributes["href"] or "") for node in found.css("a[href]")]
    targets += [(node.attributes["action"] or "") for node in found.css("form[action]")]
    inside = [target for target in targets if not urlsplit(target).scheme]
    assert inside
    for target in inside:
        assert not target.startswith("/")
        address = urljoin(f"https://h/repo/{uri}", target).removeprefix("https://h/repo/")
        page = addresses.document(address.partition("#")[0])
        assert address in offered | data or page in produced, target


@pytest.mark.parametrize("path", sorted(shown(rich)))
def test_links_to_the_outside_give_no_handle_on_the_site(path: str) -> None:
    """Each bears rel=noopener and is a web address, or a feed's for an app."""
    for node in tree(shown(rich)[path]).css("a[href*=':']"):
        assert node.attributes["rel"] == "noopener"
        # `feed:` opens the app of the reader's own device.
        assert (node.attributes["href"] or "").startswith(("https://", "feed:http://"))


@pytest.mark.parametrize("path", sorted(shown(rich)))
def test_ids_are_unique_and_every_label_points_to_one(path: str) -> None:
    """No id stands twice in a page; aria-labelledby names only ids that exist."""
    found = tree(shown(rich)[path])
    ids = [node.attributes["id"] for node in found.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in found.css("[aria-labelledby]"):
        assert set((node.attributes["aria-labelledby"] or "").split()) <= set(ids)


@pytest.mark.parametrize("path", sorted(shown(rich)))
def test_headings_come_in_order_below_one_h1(path: str) -> None:
    """One h1, first of all, and no level is skipped."""
    levels = [int((node.tag or "")[1]) for node in tree(shown(rich)[path]).css("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", sorted(shown(rich)))
def test_a_strict_policy_has_nothing_to_forbid(path: str) -> None:
    """No inline style, script or handler."""
    for node in tree(shown(rich)[path]).css("*"):
        assert node.tag not in {"style", "script"}
        assert not [name for name in node.attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(
    ("of", "path"),
    [(of, path) for of in (sparse, rich) for path in sorted(shown(of))],
)
def test_nothing_empty_is_shown(of: Callable[..., Catalog], path: str) -> None:
    """No element without content, no word for what is not there."""
    text = shown(of)[path]
    for node in tree(text).css("p, ul, ol, li, section, nav, dl, dd, h1, h2, h3, a, span, td"):
        if not (node.attributes.get("class") or "").startswith(LAYOUT):
            assert node.text(strip=True), node.html
    assert "None" not in text


def test_a_paper_of_which_only_the_title_is_known_has_no_empty_sections() -> None:
    """Note, abstract, topics and buttons are left out; the DOI is said to be not known."""
    text = shown(sparse)["papers/alone.md"]
    found = tree(text)
    assert [node.text() for node in found.css("h2")] == [
        *("Cite", "Find it", "Featured in", "Identity")
    ]
    assert "DOI not known" in words(text)
    assert found.css_first(".op-turn") is None
    assert "Offprint from Digest only , undated" in words(text)


def test_a_digest_is_named_by_its_day_where_that_is_enough() -> None:
    """A day with one digest is its name; of a title that holds the day neither is said twice."""
    monday = digest("a", "2025-03-10", title="Neurons")
    same = [digest(slug, "2025-03-11", title=f"{slug} of 11 March 2025") for slug in "bc"]
    featured = [paper(f"in-{one.slug}", digests=[one]) for one in (monday, *same)]
    found = files(catalog(featured, [monday, *same]))
    assert "Offprint from the digest of 10 March 2025 , no. 1 of 1" in words(
        found["papers/in-a.md"]
    )
    assert "Offprint from b of 11 March 2025 , no. 1 of 1" in words(found["papers/in-b.md"])
    assert "Featured in b of 11 March 2025 , no. 1 of 1" in words(found["papers/in-b.md"])


def test_searches_stand_only_where_no_address_is_known() -> None:
    """A paper without a link offers four searches for its title, said to be searches."""
    found = files(rich("Two words & more"))
    searches = [node.attributes["href"] for node in tree(found["papers/bare.md"]).css("a.op-btn")]
    assert len(searches) == 4
    assert all("Two+words+%26+more" in (address or "") for address in searches)
    assert "These are searches for its title" in found["papers/bare.md"]
    assert "Find it" not in found["papers/first.md"]


def test_a_page_tells_the_scripts_what_a_readers_list_keeps() -> None:
    """Ids, dates and the title's formulas stand on the paper's page, slug and day in lists."""
    found = shown(rich, "Steps of $n_1$", "x")
    told = tree(found["papers/first.md"]).css_first("[data-paper]").attributes
    assert {name: told[name] for name in told if name.startswith("data-")} == {
        "data-paper": "first",
        "data-title": "Steps of n₁",
        "data-tex": "Steps of $n_1$",
        "data-key": "first",
        "data-published": "2025-03-01",
        "data-arxiv": "2503.00001",
        "data-doi": "10.1000/x",
    }
    entry = tree(found["digests/week.md"]).css_first("article").attributes
    assert (entry["data-slug"], entry["data-day"]) == ("first", "2025-03-14")
    alone = tree(shown(sparse)["digests/only.md"]).css_first("article").attributes
    assert (alone["data-slug"], "data-day" in alone) == ("alone", False)


def test_a_paper_shows_all_that_is_known() -> None:
    """Place, imprint, authors, date, id, numbered buttons and every mention are there."""
    text = words(shown(rich)["papers/first.md"])
    for part in (
        "1 of 2",
        "Offprint from Digest week , 14 March 2025 , no. 1 of 2",
        "Ann Author and Bob Writer",
        "1 March 2025 arXiv:2503.00001 featured twice",
        "PDF arXiv DOI Code Code 2",
        "Note Worth a look. A. Curator, 14 March 2025",
        "Featured in Digest week , 14 March 2025, no. 1 of 2",
        "Second list , 14 March 2025, no. 1 of 1",
        "word of speech",
        "other.org",
    ):
        assert part in text


def test_an_address_that_would_run_is_never_linked() -> None:
    """Only http and https become links, also where a reader let others pass."""
    week = digest("week", source="javascript:alert(1)")
    bad = Links(pdf="javascript:alert(1)", other=("data:text/html,x",))
    found = files(catalog([paper("p", digests=[week], links=bad)], [week]))
    assert not any('href="javascript:' in text or 'href="data:' in text for text in found.values())


def test_neighbours_in_the_primary_topic_come_before_and_after() -> None:
    """Previous is the newer paper of the same topic, next the older one."""
    turn = tree(shown(rich)["papers/paper-1.md"]).css_first(".op-turn")
    assert [node.attributes["href"] for node in turn.css("a")] == [
        "../../papers/paper-0/",
        "../../papers/paper-2/",
    ]


def test_only_the_primary_topic_has_a_paper_before_and_after() -> None:
    """A paper that stands in two lists turns the pages of its first topic."""
    week = digest()
    topics = [["vision"], ["vision", "speech"], ["vision"], ["speech"]]
    papers = [paper(f"p{n}", digests=[week], topics=names) for n, names in enumerate(topics)]
    found = files(catalog(papers, [week], [topic("vision"), topic("speech")]))
    turn = tree(found["papers/p1.md"]).css(".op-turn a")
    assert {node.attributes["href"] for node in turn} == {"../../papers/p0/", "../../papers/p2/"}


def test_a_redirect_leads_to_where_the_chain_ends() -> None:
    """An address given up twice leads straight to the paper; one that leads nowhere has no page."""
    found = shown(rich)
    head, body = frontmatter.parse(found["papers/former.md"])
    assert head["redirect"] == "papers/first/"
    assert 'href="../../papers/first/"' in body
    assert not {"papers/nowhere.md", "papers/circle.md"} & set(found)


def grown(number: int) -> Catalog:
    """Return a topic of `number` papers, one a day."""
    days = [digest(f"d{day:02}", f"2025-01-{day + 1:02}") for day in range(number)]
    papers = [paper(f"p{day:02}", digests=[days[day]], topics=["vision"]) for day in range(number)]
    return catalog(papers, days, [topic("vision")])


def listed(text: str) -> list[str]:
    """Return the slugs of the papers that a page lists, in its order."""
    return [
        (node.attributes["id"] or "").removeprefix("t-")
        for node in tree(text).css(".op-entry__title a")
    ]


def test_an_older_page_never_changes_again() -> None:
    """A full page keeps its papers while others are added, and its bytes once a newer is full."""
    seen: dict[str, list[str]] = {}
    bytes_of: dict[str, str] = {}
    for number in range(1, 16):
        found = files(grown(number))
        older = sorted(path for path in found if "/page/" in path)
        for path in older:
            assert seen.setdefault(path, listed(found[path])) == listed(found[path])
        for path in older[:-1]:
            assert bytes_of.setdefault(path, found[path]) == found[path]
    assert len(seen) == 4
    assert len(bytes_of) == 3


@pytest.mark.parametrize("number", range(1, 14))
def test_pages_of_a_topic_hold_every_paper_once(number: int) -> None:
    """Older pages are full, the newest holds one to two pages, together all papers in order."""
    found = files(grown(number))
    older = max(0, number // SITE.page_size - 1)
    paths = [f"topics/vision/page/{page}.md" for page in range(1, older + 1)]
    assert sorted(path for path in found if "/page/" in path) == paths
    lists = [listed(found[path]) for path in ("topics/vision.md", *reversed(paths))]
    assert [len(one) for one in lists[1:]] == [SITE.page_size] * older
    assert [*chain(*lists)] == [f"p{day:02}" for day in reversed(range(number))]


def test_pages_of_a_topic_are_joined_in_both_directions() -> None:
    """From the newest page Older leads to the last full one, from there Newer leads back."""
    found = files(grown(12))
    newest = {n.text(): n.attributes["href"] for n in tree(found["topics/vision.md"]).css("nav a")}
    assert newest["Older"] == "../../topics/vision/page/3/"
    last = tree(found["topics/vision/page/3.md"]).css(".op-pages a")
    assert {n.text(): n.attributes["href"] for n in last}["Newer"] == "../../../../topics/vision/"
    first = tree(found["topics/vision/page/1.md"]).css(".op-pages a")
    assert {n.text(): n.attributes["href"] for n in first}["Newer"].endswith("/page/2/")


def test_a_topic_does_not_repeat_its_own_mark() -> None:
    """On a topic's pages an entry names its other topics only."""
    for path in ("topics/vision.md", "topics/vision/page/1.md"):
        marks = [node.text(strip=True) for node in tree(shown(rich)[path]).css(".op-topics a")]
        assert marks
        assert "Vision" not in marks


def test_entries_of_a_topic_stand_under_their_day_undated_last() -> None:
    """The day hangs beside the first entry of each day."""
    week, old, undated = digest("a", "2025-03-14"), digest("b", "2024-12-31"), digest("c", None)
    papers = [
        paper(f"p{number}", digests=[found], topics=["vision"])
        for number, found in enumerate([week, week, old, undated])
    ]
    found = files(catalog(papers, [week, old, undated], [topic("vision")]), Settings())
    days = [node.text(strip=True) for node in tree(found["topics/vision.md"]).css(".op-entry__no")]
    assert days == ["14 March 2025", "31 December 2024", "Undated"]


def test_neighbouring_topics_are_those_that_share_most_papers() -> None:
    """Most shared papers first, none that shares nothing."""
    week = digest()
    shares = [("a", "b"), ("a", "c"), ("c", "a"), ("d",)]
    papers = [
        paper(f"p{number}", digests=[week], topics=names) for number, names in enumerate(shares)
    ]
    found = files(catalog(papers, [week], [topic(slug) for slug in "abcd"]))
    beside = tree(found["topics/a.md"]).css(".op-margin li")
    assert [node.text(strip=True) for node in beside] == ["C", "B"]
    assert "A and C 2" in words(found["topics/index.md"])


def test_pairs_of_topics_never_change_their_order() -> None:
    """Of equally many shared papers the order is that of the slugs, not that of a set."""
    week = digest()
    found = files(
        catalog([paper("p", digests=[week], topics="edcba")], [week], map(topic, "abcde"))
    )
    pairs = [node.text(deep=True) for node in tree(found["topics/index.md"]).css(".op-margin li")]
    assert pairs == [f"{a.upper()} and {b.upper()} 1" for a, b in combinations("abcde", 2)][:8]


def test_the_home_page_counts_and_shows_the_latest_digest() -> None:
    """Counts, six papers with their topic, what is new in each topic, and earlier digests."""
    week, old = digest("week", curator="A. Curator"), digest("old", "2024-12-31", intro="Long ago.")
    papers = [paper(f"p{number}", digests=[week], topics=["vision"]) for number in range(8)]
    papers.append(paper("aged", digests=[old], topics=["vision", "speech"]))
    found = files(catalog(papers, [week, old], [topic("vision"), topic("speech")]))
    text = words(found["index.md"])
    for part in (
        "9 research papers from 2 digests, sorted into 2 topics.",
        "Digest week 14 March 2025, 8 papers, chosen by A. Curator",
        "All 8 papers of this digest",
        "Vision 8 new 9",
        "Speech 1",
        "31 December 2024 1 paper Digest old Long ago.",
    ):
        assert part in text
    assert len(tree(found["index.md"]).css(".op-titles li")) == 6


def test_the_curators_own_sentence_stands_on_the_home_page() -> None:
    """A site description replaces the counts."""
    found = files(rich(), replace(SITE, site_description="What we read on Fridays."))
    assert tree(found["index.md"]).css_first(".op-standfirst").text() == "What we read on Fridays."


def test_charts_stand_only_where_years_are_known() -> None:
    """Bars count papers a year; a topic without a year has none."""
    found = shown(rich)
    chart = tree(found["topics/vision.md"]).css_first("svg[role=img]")
    label = "Papers a year, 2014 to 2025: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1"
    assert chart.attributes["aria-label"] == label
    assert len(chart.css("rect")) == 12
    assert "<svg" not in found["topics/empty.md"]
    assert "Bars:" not in shown(sparse)["index.md"]


def test_a_year_after_the_latest_digest_bends_no_chart() -> None:
    """A mistaken year in a source does not push the known years out of the charts."""
    week = digest()
    papers = [
        paper(f"p{year}", digests=[week], topics=["vision"], published=year)
        for year in ("2024", "2999")
    ]
    found = files(catalog(papers, [week], [topic("vision")]))
    assert "Bars: papers a year, 2013 to 2024" in words(found["index.md"])


def test_the_archive_goes_by_year_and_month_undated_last() -> None:
    """Years are headings, each month is named once, and digests of one day differ by title."""
    found = tree(shown(rich)["digests/index.md"])
    assert [node.text() for node in found.css("h2")] == ["2025", "2024", "Undated"]
    assert [node.text() for node in found.css(".op-when b")] == ["March", "December"]
    titles = [node.text() for node in found.css("h3")]
    assert titles == ["Digest week", "Second list", "Digest old", "Lists without a day"]


def test_a_digest_keeps_its_curators_order() -> None:
    """Entries bear their places; intro, curator, source and neighbours are there."""
    week = shown(rich)["digests/week.md"]
    assert listed(week) == ["first", "short"]
    assert [node.text() for node in tree(week).css(".op-entry__no")] == ["1", "2"]
    for part in (
        "Five.",
        "Chosen by A. Curator",
        "2 papers appear here for the first time",
        "From x.org digests/week.md , 2 entries",
        "Next in the archive Second list",
    ):
        assert part in words(week)
    assert "From a saved page" in words(shown(rich)["digests/other.md"])


def test_a_long_digest_shows_a_dozen_entries_and_then_titles() -> None:
    """The page stays small, and every paper is on it."""
    week = digest()
    papers = [paper(f"p{number}", digests=[week]) for number in range(40)]
    found = tree(files(catalog(papers, [week]))["digests/2025-03-14-weekly.md"])
    assert len(found.css(".op-entry")) == 12
    rest = found.css_first(".op-titles")
    assert rest.attributes["start"] == "13"
    assert len(rest.css("li")) == 28


def test_an_entry_shows_the_note_or_else_the_sentence_in_short() -> None:
    """The curator's words come first; the abstract's, marked as such, only fill in."""
    text = words(shown(rich)["digests/week.md"])
    assert "Worth a look." in text
    assert "From the abstract In a word." in text


def test_the_best_sentence_stands_before_its_abstract_but_not_for_all_of_it() -> None:
    """Marked as the abstract's, below the note; a single sentence is not shown twice."""
    week, line = digest(), "In a word, tea."
    known = {"digests": [week], "tldr": line, "note": "Worth a look."}
    papers = [
        paper("many", abstract=f"{line} Hot water is poured on leaves.", **known),
        paper("one", abstract=line, **known),
    ]
    found = files(catalog(papers, [week]))
    heads = [node.text() for node in tree(found["papers/many.md"]).css(".op-hang > h2 + p, h2")]
    assert heads[:4] == ["Note", "In short", "from the abstract", "Abstract"]
    assert "In short" not in words(found["papers/one.md"])


def test_related_papers_say_what_both_have_in_common() -> None:
    """Title, year, topic, words and authors, or the curator's choice; no section without any."""
    week, own = digest(), paper("own", authors=("Ada Örn", "Bo Ek"), digests=[digest()])
    kin = (
        Related("one", 0.5, ("fog bell", "Ada Örn", "reef")),
        Related("two", 1.0, (CHOSEN,)),
    )
    papers = [
        replace(own, related=kin),
        paper("one", published="2024-05-01", topics=["vision"], digests=[week]),
        paper("two", digests=[week]),
    ]
    found = files(catalog(papers, [week], [topic()]))
    shown = tree(found["papers/own.md"]).css(".op-related li")
    rows = [" ".join(row.text().split()) for row in shown]
    assert rows == [
        "One 2024 Vision both speak of fog bell, reef; both by Ada Örn",
        "Two chosen by the curator",
    ]
    assert "Related papers" not in words(found["papers/one.md"])


def test_dress_of_latex_is_off_and_terms_stay_in_one_line() -> None:
    """A title reads as a reader would write it."""
    week = digest()
    found = files(catalog([paper("p", "$gen$CNN for RNN-T models", digests=[week])], [week]))
    assert frontmatter.parse(found["papers/p.md"])[0]["title"] == "genCNN for RNN-T models"
    assert 'genCNN for <span class="op-nb">RNN-T</span> models' in found["papers/p.md"]


def test_feeds_are_named_in_the_page_and_in_its_head() -> None:
    """Every topic's feed stands in the table and in the head of its own page."""
    found = shown(rich)
    links = [n.attributes["href"] for n in tree(found["feeds/index.md"]).css("td a[href]")]
    assert links[:3] == ["../feeds/all.atom", "../feeds/all.rss", "../feeds/all.json"]
    assert "../feeds/digests.atom" in links
    assert "../feeds/topics/speech.json" in links
    head, _ = frontmatter.parse(found["topics/vision.md"])
    assert head["feeds"] == [{"title": "Vision", "href": "feeds/topics/vision"}]


def test_the_search_page_has_the_places_that_its_script_fills() -> None:
    """Form, status and results stand inside one element."""
    found = tree(shown(rich)["search.md"])
    for place in ("form[data-search-form] input[name=q]", "p[data-search-status]", "ol"):
        assert len(found.css(f"div[data-search] {place}")) >= 1


def test_an_overridden_template_changes_its_pages_only(tmp_path: Path) -> None:
    """A curator's paper page replaces ours, with the same values at hand."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "paper.md.j2").write_text("<p>{{ title }}, {{ link(at.HOME) }}</p>\n")
    mine = {file.path: file.content.decode() for file in pages(rich(), SITE, environment(tmp_path))}
    ours = shown(rich)
    changed = {path for path in ours if mine[path] != ours[path]}
    assert changed == {path for path in ours if path.startswith("papers/")} - {
        "papers/former.md",
        "papers/between.md",
    }
    assert mine["papers/first.md"].endswith("<p>A first paper, ../../</p>\n")


def test_the_work_grows_with_the_papers_only() -> None:
    """Four times the papers print no more than about four times the text."""
    sizes = [sum(map(len, files(many(number)).values())) for number in (100, 400)]
    assert sizes[1] < 4.4 * sizes[0]


def many(number: int) -> Catalog:
    """Return `number` papers in digests of twenty and five topics."""
    days = [digest(f"d{day}", f"2025-{day // 28 + 1:02}-{day % 28 + 1:02}") for day in range(20)]
    names = [f"t{place}" for place in range(5)]
    papers = (
        paper(f"p{place}", digests=[days[place // 20]], topics=[names[place % 5]])
        for place in range(number)
    )
    return catalog(papers, days[: number // 20], [topic(name) for name in names])


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Offprint", "op-name"),
        ("Everything", "op-name op-name--long"),
        ("Elektroenzephalographie", "op-name op-name--longer"),
    ],
)
def test_a_long_word_in_the_sites_name_takes_a_smaller_size(name: str, size: str) -> None:
    """The longest word of the name decides, so that none breaks in the column of the name."""
    home = files(rich(), replace(SITE, site_name=name))["index.md"]
    assert f'<h1 class="{size}" dir="auto">{name}</h1>' in home


def test_versions_stand_with_the_digest_that_first_named_them() -> None:
    """Oldest version first, each once, with the way to it; another paper's number is left out."""
    said = {
        "d1": ("v2", "2401.00001"),
        "d2": ("v10", "2401.00001"),
        "d3": ("v2", "2401.00001"),
        "d4": ("v1", "2402.00002"),
    }
    weeks = [digest(slug, f"2026-01-0{slug[1]}") for slug in said]
    whole = catalog([paper(digests=weeks, arxiv="2401.00001", version="v10")], weeks)
    told = [
        replace(one, entries=(Entry(Facts("T", arxiv=arxiv, version=version), 1, 10),))
        for one in whole.digests
        for version, arxiv in (said[one.slug],)
    ]
    found = files(replace(whole, digests=tuple(told)))["papers/small-networks.md"]
    assert "Versions v2 , 1 January 2026 v10 , 2 January 2026 DOI" in words(found)
    links = [node.attributes["href"] for node in tree(found).css("dd a")]
    assert links == [f"https://arxiv.org/abs/2401.00001{version}" for version in ("v2", "v10")]
