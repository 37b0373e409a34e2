"""Feeds are valid in three forms, and no rebuild, new title or new address makes an item new."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedcheck
import feedparser
import hostile
import pytest
from factories import HOSTILE, catalog, digest, paper, topic
from selectolax.lexbor import LexborHTMLParser
from toy import FOG, publish_at, toy, written
from toy import replace as replace_in

from generator import feeds, pipeline, readers
from generator.feeds import items as feed_items
from generator.models import Catalog, Links, Source
from generator.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
SETTINGS = Settings(
    site_name="Toy papers",
    site_url="https://toy.example/repo/",
    feed_id="tag:toy.example,2025:toy",
    feed_limit=100,
)
MARCH = digest("2025-03-14-spring", "2025-03-14")
LATER = digest("2025-03-21-equinox", "2025-03-21")
UNDATED = digest("once", None)
FORMS = ("atom", "rss", "json")
MATHS = r"Of $x^{2k}$, $\frac{a+b}{c}$ and na\"ive {\em words} of \method."


def texts(found: Catalog, settings: Settings = SETTINGS) -> dict[str, bytes]:
    """Return the content of each feed; every one of them is valid."""
    made = {file.path: file.content for file in feeds.files(found, settings)}
    assert {path: told for path in made if (told := feedcheck.faults(path, made[path]))} == {}
    return made


def parsed(content: bytes) -> Any:
    """Return the feed as a feed reader sees it, which must not complain."""
    found = feedparser.parse(content)
    assert not found.bozo, found.bozo_exception
    return found


def entries(found: Catalog, settings: Settings = SETTINGS, form: str = "atom") -> list[Any]:
    return list(parsed(texts(found, settings)[f"feeds/all.{form}"]).entries)


def items(made: Mapping[str, bytes], path: str) -> list[dict[str, Any]]:
    return list(json.loads(made[f"{path}.json"])["items"])


def slugs(found: list[Any]) -> list[str]:
    return [one["id"].rpartition(":")[2] for one in found]


def ids(root: Path) -> dict[str, str]:
    """Return the link of each entry of the collection's feed by its id."""
    content = (root / "docs/feeds/all.atom").read_bytes()
    return {entry.id: entry.link for entry in parsed(content).entries}


def known() -> Catalog:
    """Return a catalogue with one paper of which much is known."""
    fog = paper(
        "fog",
        "Fog",
        digests=[MARCH],
        topics=["vision"],
        authors=("Ada Example", "Zoë Müller"),
        note="A note.",
        abstract="First.\n\nSecond.",
        links=Links(arxiv="https://arxiv.org/abs/2503.00001", code=("https://x.example/a b",)),
    )
    return catalog([fog], [MARCH], [topic("vision")])


def test_there_are_feeds_of_all_digests_topics_and_authors() -> None:
    """Each list has its feed in three forms; an author has one from two papers on."""
    papers = [
        paper(name, digests=[MARCH], topics=["vision"], authors=("Ada Example", f"{name} Once"))
        for name in ("fog", "mist")
    ]
    made = texts(catalog(papers, [MARCH], [topic("vision"), topic("speech")]))
    lists = ("all", "authors/ada-example", "digests", "topics/speech", "topics/vision")
    assert sorted(made) == sorted(
        [*(f"feeds/{name}.{form}" for name in lists for form in FORMS), "feeds/all.opml"]
    )
    counts = {name: len(items(made, f"feeds/{name}")) for name in lists}
    assert list(counts.values()) == [2, 2, 1, 0, 2]
    for name in lists:
        for form in ("atom", "rss"):
            assert len(parsed(made[f"feeds/{name}.{form}"]).entries) == counts[name]


def test_the_head_says_where_the_feed_belongs() -> None:
    """A feed names its page, itself, its id and the collection as its author."""
    made = texts(known())
    head = parsed(made["feeds/topics/vision.atom"]).feed
    page, own = (
        "https://toy.example/repo/topics/vision/",
        "https://toy.example/repo/feeds/topics/vision",
    )
    assert {link.rel: link.href for link in head.links} == {
        "alternate": page,
        "self": f"{own}.atom",
    }
    assert head.id == "tag:toy.example,2025:toy:feeds/topics/vision"
    assert (head.title, head.author) == ("Vision · Toy papers", "Toy papers")
    channel = ElementTree.fromstring(made["feeds/topics/vision.rss"])[0]
    assert (channel.findtext("link"), channel.findtext("title")) == (page, "Vision · Toy papers")
    assert channel.find(f"{ATOM}link").get("href") == f"{own}.rss"  # type: ignore[union-attr]
    feed = json.loads(made["feeds/topics/vision.json"])
    assert (feed["home_page_url"], feed["feed_url"]) == (page, f"{own}.json")


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_an_entry_has_every_field(form: str) -> None:
    """An entry has id, link, title, all authors, day, note and abstract, and topics by name."""
    (entry,) = entries(known(), form=form)
    assert entry.id == "tag:toy.example,2025:toy:fog"
    assert entry.link == "https://toy.example/repo/papers/fog/"
    assert [author.name for author in entry.authors][-2:] == ["Ada Example", "Zoë Müller"]
    assert tuple(entry.published_parsed[:3]) == (2025, 3, 14)
    assert [tag.term for tag in entry.tags] == ["Vision"]
    body = entry.content[0].value if form == "atom" else entry.summary
    assert "<p>A note.</p><p>First.</p><p>Second.</p>" in body
    assert re.findall('href="([^"]*)"', body) == [
        "https://toy.example/repo/papers/fog/",
        "https://arxiv.org/abs/2503.00001",
        "https://x.example/a%20b",
    ]


def test_an_item_of_json_feed_has_every_field() -> None:
    """The third form says the same, and where the paper itself is."""
    (item,) = items(texts(known()), "feeds/all")
    assert item.pop("content_html").startswith("<p>A note.</p><p>First.</p><p>Second.</p><p><a ")
    assert item.pop("date_modified").startswith("2025-03-14T00:09:58.")
    assert item == {
        "id": "tag:toy.example,2025:toy:fog",
        "url": "https://toy.example/repo/papers/fog/",
        "external_url": "https://arxiv.org/abs/2503.00001",
        "title": "Fog",
        "date_published": "2025-03-14T00:09:58+00:00",
        "authors": [{"name": "Ada Example"}, {"name": "Zoë Müller"}],
        "tags": ["Vision"],
    }


def test_an_item_has_the_same_id_in_every_feed_and_form() -> None:
    """A reader of two feeds can tell that they hold one paper; digests have ids of their own."""
    made = texts(known())
    found = set()
    for name in ("all", "topics/vision"):
        found |= {item["id"] for item in items(made, f"feeds/{name}")}
        for form in ("atom", "rss"):
            found |= {entry.id for entry in parsed(made[f"feeds/{name}.{form}"]).entries}
    assert found == {"tag:toy.example,2025:toy:fog"}
    (item,) = items(made, "feeds/digests")
    assert item["id"] == "tag:toy.example,2025:toy:digests/2025-03-14-spring"


def test_a_paper_of_which_only_the_title_is_known_has_a_link() -> None:
    """Nothing is made up: no author, no topic; the content leads to the paper's page."""
    found = catalog([paper(digests=[MARCH])], [MARCH])
    (item,) = items(texts(found), "feeds/all")
    page = "https://toy.example/repo/papers/small-networks/"
    assert item["content_html"] == f'<p><a href="{page}">This paper’s page</a></p>'
    assert not item.keys() & {"authors", "tags", "external_url"}
    (entry,) = entries(found)
    assert "tags" not in entry
    (entry,) = entries(found, form="rss")
    assert not entry.keys() & {"author", "tags"}


def test_a_digest_is_one_item_with_its_papers() -> None:
    """It has the introduction, and each paper's title, first authors, note and links in order."""
    many = tuple(f"Author {n}" for n in range(6))
    spring = replace(MARCH, intro="What came in spring.", curator="Ada Example")
    papers = [
        paper("fog", digests=[spring], note="Seen through.", authors=many, topics=["vision"]),
        paper("mist", digests=[spring], tldr="It lifts.", authors=many[:4]),
    ]
    made = texts(catalog(papers, [spring], [topic("speech"), topic("vision")]))
    (item,) = items(made, "feeds/digests")
    assert (item["title"], item["tags"]) == (spring.title, ["Vision"])
    assert item["authors"] == [{"name": "Ada Example"}]
    page = LexborHTMLParser(item["content_html"])
    assert page.css_first("p").text() == "What came in spring."
    told = [[part.text() for part in row.css("p")] for row in page.css("ol > li")]
    assert told == [
        ["FogAuthor 0, Author 1, Author 2 and 3 others", "Seen through."],
        ["MistAuthor 0, Author 1, Author 2, Author 3", "It lifts."],
    ]
    links = [link.attributes["href"] for link in page.css("ol a")]
    assert links == [f"https://toy.example/repo/papers/{slug}/" for slug in ("fog", "mist")]
    (entry,) = parsed(made["feeds/digests.rss"]).entries
    assert tuple(entry.published_parsed[:3]) == (2025, 3, 14)


def test_a_paper_featured_again_is_no_new_item() -> None:
    """It keeps id and published; updated is the day of the newest digest that changed it."""
    again = replace(paper("fog", digests=[MARCH, LATER]), changed="2025-03-21")
    (entry,) = entries(catalog([again], [MARCH, LATER]))
    assert entry.id == "tag:toy.example,2025:toy:fog"
    assert (entry.published[:10], entry.updated[:10]) == ("2025-03-14", "2025-03-21")
    unchanged = replace(again, changed="2025-03-14")
    (entry,) = entries(catalog([unchanged], [MARCH, LATER]))
    assert entry.updated[:10] == "2025-03-14"


def test_the_toy_papers_have_the_days_of_their_digests(tmp_path: Path) -> None:
    """A second mention with a new link changes a paper's day, one without news does not."""
    root = toy(tmp_path)
    written(root)
    found = parsed((root / "docs/feeds/all.atom").read_bytes()).entries
    days = {
        entry.id.rpartition(":")[2]: (entry.published[:10], entry.updated[:10]) for entry in found
    }
    assert days["object-detection-in-heavy-fog"] == ("2025-03-14", "2025-03-21")
    assert days["on-the-length-of-a-piece-of-string"] == ("2025-03-14", "2025-03-14")
    assert days["legged-locomotion-on-custard"] == ("2025-03-21", "2025-03-21")


def test_an_undated_paper_has_a_day_only_where_the_format_obliges_one() -> None:
    """Atom's `updated` is the setting's day; no other date stands in any form."""
    settings = replace(SETTINGS, epoch="1999-12-31")
    found = catalog([paper(digests=[UNDATED]), paper("b", digests=[UNDATED])], [UNDATED])
    made = texts(found, settings)
    for path in ("feeds/all", "feeds/digests"):
        feed = parsed(made[f"{path}.atom"])
        for entry in feed.entries:
            assert "published" not in entry
            assert entry.updated[:10] == feed.feed.updated[:10] == "1999-12-31"
        assert b"Date>" not in made[f"{path}.rss"]
        assert not any("date" in key for item in items(made, path) for key in item)


def test_a_day_keeps_the_order_of_its_digest() -> None:
    """Readers that sort by time show the first paper of a digest on top, each at its own time."""
    papers = [paper(f"p{n}", digests=[MARCH]) for n in range(700)]
    found = items(texts(catalog(papers, [MARCH]), replace(SETTINGS, feed_limit=700)), "feeds/all")
    days = [item["date_published"] for item in found]
    assert days[:2] == ["2025-03-14T00:09:58+00:00", "2025-03-14T00:09:57+00:00"]
    assert days == sorted(days, reverse=True)
    assert {day[:10] for day in days} == {"2025-03-14"}
    assert len({item["date_modified"] for item in found}) == 700


def test_the_newest_come_first_and_the_undated_last() -> None:
    """The order is that of the first day featured; a paper featured again stays where it was."""
    papers = [
        paper("again", digests=[MARCH, LATER]),
        paper("undated", digests=[UNDATED]),
        paper("new", digests=[LATER]),
    ]
    found = catalog(papers, [LATER, MARCH, UNDATED])
    for form in ("atom", "rss"):
        assert slugs(entries(found, form=form)) == ["new", "again", "undated"]


def test_a_feed_holds_the_newest_up_to_the_limit() -> None:
    """The setting feed_limit bounds every feed, and the newest are those that stay."""
    papers = [paper(f"old-{n}", digests=[MARCH], topics=["vision"]) for n in range(3)] + [
        paper("new", digests=[LATER], topics=["vision"])
    ]
    found = catalog(papers, [LATER, MARCH, UNDATED], [topic("vision")])
    made = texts(found, replace(SETTINGS, feed_limit=2))
    for name in ("all", "topics/vision"):
        for form in ("atom", "rss"):
            assert slugs(parsed(made[f"feeds/{name}.{form}"]).entries) == ["new", "old-0"]
        assert slugs(items(made, f"feeds/{name}")) == ["new", "old-0"]
    assert len(items(made, "feeds/digests")) == 2


def test_the_day_of_a_feed_is_that_of_its_newest_change() -> None:
    """The head's `updated` is the newest of its entries, the epoch in an empty feed."""
    fog = paper("fog", digests=[LATER], topics=["vision"])
    found = catalog([fog], [LATER], [topic("vision"), topic("speech")])
    made = texts(found)
    days = [
        parsed(made[f"feeds/topics/{name}.atom"]).feed.updated[:10] for name in ("vision", "speech")
    ]
    assert days == ["2025-03-21", "2000-01-01"]
    assert b"lastBuildDate" not in made["feeds/topics/speech.rss"]


def test_no_change_of_title_topic_or_address_makes_an_item_new(tmp_path: Path) -> None:
    """Ids rest on slug and feed_id, and days on the digests: readers see no paper twice."""
    root = toy(tmp_path)
    written(root)
    before = ids(root)
    days = {e.id: e.published for e in parsed((root / "docs/feeds/all.atom").read_bytes()).entries}
    replace_in(root / FOG, "Object Detection in Heavy Fog", "Finding Things in Light Mist")
    replace_in(root / "mkdocs.yml", "https://toy.example/repo/", "https://moved.example/")
    replace_in(root / "topics.yml", "name: Speech", "name: Hearing")
    written(root)
    after = ids(root)
    assert after.keys() == before.keys()
    assert all(link.startswith("https://moved.example/papers/") for link in after.values())
    again = parsed((root / "docs/feeds/all.atom").read_bytes()).entries
    assert {entry.id: entry.published for entry in again} == days


def test_two_builds_give_the_same_feeds(tmp_path: Path) -> None:
    """Nothing in a feed takes the clock."""
    root = toy(tmp_path)
    first, second = (pipeline.assemble(pipeline.collect(root)).files for _ in range(2))
    assert [file for file in first if "feeds/" in file.path] == [
        file for file in second if "feeds/" in file.path
    ]


def test_every_feed_is_linked_from_its_page(tmp_path: Path) -> None:
    """A page's head offers its own feed, then that of all papers, each in three forms."""
    root = toy(tmp_path)
    assert publish_at(root) == []
    own = {
        "topics/robots/": "topics/robots",
        "digests/": "digests",
        "digests/2025-03-14-spring-digest/": "digests",
    }
    for page in ("", "search/", "topics/", *own):
        head = LexborHTMLParser((root / "site" / page / "index.html").read_text()).head
        assert head is not None
        offered = [
            (link.attributes["type"], (link.attributes["href"] or "").lstrip("./"))
            for link in head.css("link[rel=alternate]")
        ]
        lists = [*([own[page]] if page in own else []), "all"]
        assert offered == [
            (kind, f"feeds/{name}.{form}")
            for name in lists
            for kind, form in (
                ("application/atom+xml", "atom"),
                ("application/rss+xml", "rss"),
                ("application/feed+json", "json"),
            )
        ]
        assert all((root / "site" / href).is_file() for _, href in offered)


def test_the_list_of_feeds_can_be_imported() -> None:
    """OPML names all papers, digests and topics with both addresses, and no author."""
    papers = [
        paper(name, digests=[MARCH], topics=["vision"], authors=("Ada Example",))
        for name in ("fog", "mist")
    ]
    made = texts(catalog(papers, [MARCH], [topic("vision", "Vision & more")]))
    body = ElementTree.fromstring(made["feeds/all.opml"]).find("body")
    assert body is not None
    first, second, group = body
    assert (first.get("text"), second.get("title")) == (
        "Toy papers: all papers",
        "Toy papers: digests",
    )
    assert (group.get("text"), len(group)) == ("Topics", 1)
    assert group[0].attrib == {
        "type": "rss",
        "text": "Vision & more",
        "title": "Vision & more",
        "xmlUrl": "https://toy.example/repo/feeds/topics/vision.atom",
        "htmlUrl": "https://toy.example/repo/topics/vision/",
    }


def everywhere(text: str) -> Catalog:
    """Return a catalogue with `text` in every field that a source can write."""
    spring = replace(MARCH, title=text, intro=text, curator=text)
    one = paper("x", text, digests=[spring], topics=["x"], authors=(text, "B"), note=text)
    two = paper(
        "y", text, digests=[spring], topics=["x"], abstract=text, tldr=text, authors=(text,)
    )
    return catalog([one, two], [spring], [topic("x", text, scope=text)])


STRINGS = (
    # Maths that is only dress is taken off, so it would not come back.
    HOSTILE.replace("$x$", "$x^2 $").replace("\\(a\\)", "(a)"),
    "]]> <!-- &lt; &#0; <![CDATA[ x ]]>",
    "<b>bold</b> & \"quoted\" 'single'",
    "数学 \U0001f600 e\u0301 \u200f right to left \u2028 line",
    *(text for text in hostile.STRINGS if "$O(n_1)$" not in text),
)


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_text_comes_back_unchanged(text: str) -> None:
    """Every field of every form is well-formed and reads back as it was written."""
    settings = replace(SETTINGS, site_name=text, site_description=text)
    made = {file.path: file.content for file in feeds.files(everywhere(text), settings)}
    atom = ElementTree.fromstring(made["feeds/all.atom"])
    rss = ElementTree.fromstring(made["feeds/all.rss"])[0]
    feed = json.loads(made["feeds/all.json"])
    assert atom.findtext(f"{ATOM}title") == rss.findtext("title") == feed["title"] == text
    assert atom.findtext(f"{ATOM}subtitle") == rss.findtext("description") == text
    for entry, item, found in zip(
        atom.iter(f"{ATOM}entry"), rss.iter("item"), feed["items"], strict=True
    ):
        assert entry.findtext(f"{ATOM}title") == item.findtext("title") == found["title"] == text
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == item.findtext(f"{DC}creator") == text
        assert entry.find(f"{ATOM}category").get("term") == found["tags"][0] == text  # type: ignore[union-attr]
        assert item.findtext("category") == found["authors"][0]["name"] == text
        body = entry.find(f"{ATOM}content")
        assert body is not None
        for said in (
            "".join(body[0][0].itertext()),
            LexborHTMLParser(found["content_html"]).css_first("p").text(),
            LexborHTMLParser(item.findtext("description") or "").css_first("p").text(),
        ):
            assert said == text
    outline = ElementTree.fromstring(made["feeds/all.opml"]).find("body/outline[@text='Topics']/")
    assert outline is not None
    assert outline.get("title") == text
    for path, content in made.items():
        assert path.endswith((".json", ".opml")) or not feedparser.parse(content).bozo
        for markup in bodies(content, path):
            # Our own elements alone: nothing of a source is markup.
            assert set(re.findall(r"<(\w+)", markup)) <= feedcheck.HTML_TAGS


def bodies(content: bytes, path: str) -> list[str]:
    """Return the HTML of each item."""
    if path.endswith(".json"):
        return [item["content_html"] for item in json.loads(content)["items"]]
    if path.endswith(".rss"):
        return [
            one.text or "" for one in ElementTree.fromstring(content).iterfind("*/item/description")
        ]
    return []


FORBIDDEN = "a\x00b\x08c\x0bd\x1fe\x7ff\x85g\ud800h\udfffi\ufffej\uffff"


def test_characters_that_xml_forbids_are_left_out_everywhere() -> None:
    """A catalogue that passed no reader gives well-formed feeds, the rest of its text kept."""
    settings = replace(SETTINGS, site_name=FORBIDDEN, site_description=FORBIDDEN)
    made = texts(everywhere(FORBIDDEN), settings)
    assert parsed(made["feeds/all.rss"]).feed.title == "abcdefghij"
    assert items(made, "feeds/all")[0]["title"] == "abcdefghij"
    assert items(made, "feeds/digests")[0]["authors"] == [{"name": "abcdefghij"}]


def test_control_characters_of_the_settings_break_no_feed(tmp_path: Path) -> None:
    """A name in mkdocs.yml with a character that XML forbids gives a well-formed feed."""
    root = toy(tmp_path)
    replace_in(root / "mkdocs.yml", "Toy papers", json.dumps("Toy\x0b papers\x00"))
    written(root)
    assert parsed((root / "docs/feeds/all.atom").read_bytes()).feed.title == "Toy papers"


def test_three_thousand_authors_and_equal_titles_are_all_told() -> None:
    """No author is left out, and papers of one title are two items."""
    crowd = tuple(f"Author {n}" for n in range(3000))
    papers = [paper(f"same-{n}", "Same", digests=[MARCH], authors=crowd) for n in (1, 2)]
    made = texts(catalog(papers, [MARCH]))
    for found in items(made, "feeds/all"):
        assert [author["name"] for author in found["authors"]] == list(crowd)
    entry = parsed(made["feeds/all.atom"]).entries[0]
    assert [author.name for author in entry.authors] == list(crowd)
    item = ElementTree.fromstring(made["feeds/all.rss"]).find("channel/item")
    assert item is not None
    assert [name.text for name in item.iter(f"{DC}creator")] == list(crowd)
    assert slugs(items(made, "feeds/all")) == ["same-1", "same-2"]


def with_maths() -> Mapping[str, bytes]:
    return texts(catalog([paper("x", MATHS, digests=[MARCH], abstract=MATHS)], [MARCH]))


def test_formulas_are_mathml_with_a_text_for_other_readers() -> None:
    """Where elements are dropped the formulas still read, and nothing of LaTeX is left."""
    made = with_maths()
    (item,) = items(made, "feeds/all")
    assert (
        '<math display="inline" xmlns="http://www.w3.org/1998/Math/MathML">' in item["content_html"]
    )
    read = "Of x^(2k), (a + b)/c and naïve words of method."
    assert feedcheck.shown(item["content_html"]).startswith(read)
    atom = ElementTree.fromstring(made["feeds/all.atom"])
    body = atom.find(f"{ATOM}entry/{ATOM}content")
    assert body is not None
    assert "".join(body.itertext()).strip().startswith(read)
    assert len(list(body.iter("{http://www.w3.org/1998/Math/MathML}math"))) == 2
    assert not re.search(rb"[$\\]", b"".join(made.values()).replace(rb"\"", b""))


def test_rss_says_formulas_without_mathml() -> None:
    """Mail made of a feed shows no MathML, so there they are letters, `sup` and `sub`."""
    (entry,) = parsed(with_maths()["feeds/all.rss"]).entries
    told = "Of x<sup>2k</sup>, (a + b)/c and naïve <em>words</em> of method."
    assert entry.summary.startswith(f"<p>{told}</p>")


def test_titles_are_plain_text() -> None:
    """A title has no markup and no LaTeX in any form."""
    made = texts(catalog([paper("x", r"$gen$CNN in $O(n_1)$ & <b>", digests=[MARCH])], [MARCH]))
    assert items(made, "feeds/all")[0]["title"] == "genCNN in O(n₁) & <b>"


@pytest.mark.parametrize("form", FORMS)
def test_the_checks_see_planted_faults(form: str) -> None:
    """Two entries of one id, an unknown element and a relative link are found."""
    made = texts(known())
    content = made[f"feeds/all.{form}"].decode()
    open_, close = ("&lt;", "&gt;") if form == "rss" else ("<", ">")
    planted = {
        "element": content.replace(
            f"{open_}p{close}A note.", f"{open_}p{close}{open_}blink/{close}"
        ),
        "link": content.replace("https://arxiv.org/abs/", "../abs/"),
        "id": content.replace("tag:toy", "Tag toy"),
        "day": content.replace("2025-03-14T00:09", "14 March ").replace("Fri, 14", "Sat, 14"),
    }
    for what, faulty in planted.items():
        assert faulty != content, what
        assert feedcheck.faults(f"x.{form}", faulty.encode()), what


def test_feeds_share_the_work_on_a_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper in many feeds is made into an item once, and once into each form."""
    calls: list[str] = []
    genuine = feed_items.of_paper

    def counted(*arguments: Any) -> Any:
        calls.append(arguments[0].slug)
        return genuine(*arguments)

    monkeypatch.setattr(feed_items, "of_paper", counted)
    names = ("Ada Example", "Zoë Müller")
    papers = [paper(slug, digests=[MARCH], topics=["a", "b"], authors=names) for slug in "xy"]
    feeds.files(catalog(papers, [MARCH], [topic("a"), topic("b")]), SETTINGS)
    assert sorted(calls) == ["x", "y"]


def test_html_of_items_is_escaped_text() -> None:
    """A note that is HTML is shown as it is written."""
    found = catalog([paper("x", digests=[MARCH], note="<b>no</b> & so")], [MARCH])
    (item,) = items(texts(found), "feeds/all")
    assert item["content_html"].startswith("<p>&lt;b&gt;no&lt;/b&gt; &amp; so</p>")


LATEX = re.compile(r"\$(?! ?\d)|\\[A-Za-z(\[]")


def test_no_latex_is_left_of_thousands_of_real_papers(samples: Path) -> None:
    """In no form is a dollar but for money, or a command: titles, notes and abstracts all read."""
    known, papers = readers.installed(), {}
    for path in sorted((samples / "corpora").rglob("*.*")):
        source = Source(path.name, path.read_bytes())
        for found in readers.read(source, readers.Defaults(2025), known, None).digests:
            for entry in found.entries:
                slug = f"p{len(papers)}"
                papers[slug] = replace(paper(slug, digests=[MARCH]), facts=entry.facts)
    assert len(papers) > 5000
    whole = Catalog(tuple(papers.values()), (MARCH,))
    made = {
        file.path: file.content for file in feeds.files(whole, replace(SETTINGS, feed_limit=9999))
    }
    for tree in (ElementTree.fromstring(made[f"feeds/all.{form}"]) for form in ("atom", "rss")):
        for element in tree.iter():
            said = (element.text or "", element.tail or "", *element.attrib.values())
            assert not any(map(LATEX.search, said)), said
    for item in items(made, "feeds/all"):
        assert not LATEX.search(item["title"] + feedcheck.shown(item["content_html"])), item[
            "title"
        ]
