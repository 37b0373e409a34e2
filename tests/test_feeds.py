"""Feeds are valid Atom with ids and days that no rebuild, new title or new address changes."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from factories import HOSTILE, catalog, digest, paper, topic
from toy import FOG, publish_at, toy, written
from toy import replace as replace_in

from generator import feeds, pipeline
from generator.models import Catalog, Links
from generator.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = Settings(
    site_name="Toy papers",
    site_url="https://toy.example/repo/",
    feed_id="tag:toy.example,2025:toy",
    feed_limit=100,
)
MARCH = digest("2025-03-14-spring", "2025-03-14")
LATER = digest("2025-03-21-equinox", "2025-03-21")
UNDATED = digest("once", None)


def texts(found: Catalog, settings: Settings = SETTINGS) -> dict[str, bytes]:
    return {file.path: file.content for file in feeds.files(found, settings)}


def parsed(content: bytes) -> Any:
    """Return the feed as a feed reader sees it, which must not complain."""
    found = feedparser.parse(content)
    assert not found.bozo, found.bozo_exception
    return found


def entries(found: Catalog, settings: Settings = SETTINGS) -> list[Any]:
    return list(parsed(texts(found, settings)["feeds/all.atom"]).entries)


def one(**facts: Any) -> Any:
    """Return the feed entry of a paper with these facts."""
    (entry,) = entries(catalog([paper(digests=[MARCH], **facts)], [MARCH]))
    return entry


def ids(root: Path) -> dict[str, str]:
    """Return the link of each entry of the collection's feed by its id."""
    content = (root / "docs/feeds/all.atom").read_bytes()
    return {entry.id: entry.link for entry in parsed(content).entries}


def test_there_is_a_feed_of_all_and_one_of_each_topic() -> None:
    """Every topic has its feed, a topic without papers an empty valid one."""
    vision, speech = topic("vision"), topic("speech")
    found = catalog([paper(digests=[MARCH], topics=["vision"])], [MARCH], [vision, speech])
    files = texts(found)
    assert sorted(files) == [
        "feeds/all.atom",
        "feeds/topics/speech.atom",
        "feeds/topics/vision.atom",
    ]
    counts = {path: len(parsed(content).entries) for path, content in files.items()}
    assert list(counts.values()) == [1, 1, 0]


def test_the_head_says_where_the_feed_belongs() -> None:
    """A feed names its page, itself, its id and the collection as its author."""
    found = catalog([paper(digests=[MARCH], topics=["vision"])], [MARCH], [topic("vision")])
    head = parsed(texts(found)["feeds/topics/vision.atom"]).feed
    links = {link.rel: link.href for link in head.links}
    assert links == {
        "alternate": "https://toy.example/repo/topics/vision/",
        "self": "https://toy.example/repo/feeds/topics/vision.atom",
    }
    assert head.id == "tag:toy.example,2025:toy:feeds/topics/vision"
    assert (head.title, head.author) == ("Vision · Toy papers", "Toy papers")


def test_an_entry_has_every_field() -> None:
    """An entry has id, link, title, authors, days, note and abstract, and topics by name."""
    known = paper(
        "fog",
        "Fog",
        digests=[MARCH],
        topics=["vision"],
        authors=("Ada Example", "Zoë Müller"),
        note="A note.",
        abstract="First.\n\nSecond.",
    )
    (entry,) = entries(catalog([known], [MARCH], [topic("vision")]))
    assert entry.id == "tag:toy.example,2025:toy:fog"
    assert entry.link == "https://toy.example/repo/papers/fog/"
    assert [author.name for author in entry.authors] == ["Ada Example", "Zoë Müller"]
    assert entry.published == entry.updated == "2025-03-14T00:00:00+00:00"
    assert entry.content[0].value == "<p>A note.</p>\n<p>First.</p>\n<p>Second.</p>"
    assert [tag.term for tag in entry.tags] == ["Vision"]


def test_unknown_facts_are_left_out() -> None:
    """A paper of which only the title is known has no author and no content of its own."""
    entry = one()
    assert not entry.keys() & {"author", "content", "summary", "tags"}


def test_a_paper_featured_again_is_no_new_item() -> None:
    """It keeps id and published; updated is the day of the newest digest that changed it."""
    again = replace(paper("fog", digests=[MARCH, LATER]), changed="2025-03-21")
    (entry,) = entries(catalog([again], [MARCH, LATER]))
    assert entry.id == "tag:toy.example,2025:toy:fog"
    assert entry.published == "2025-03-14T00:00:00+00:00"
    assert entry.updated == "2025-03-21T00:00:00+00:00"
    unchanged = replace(again, changed="2025-03-14")
    (entry,) = entries(catalog([unchanged], [MARCH, LATER]))
    assert entry.updated == "2025-03-14T00:00:00+00:00"


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


def test_an_undated_paper_has_no_published_and_the_epoch_as_updated() -> None:
    """Atom obliges `updated`: the setting's day stands there, and `published` is left out."""
    settings = replace(SETTINGS, epoch="1999-12-31")
    found = catalog([paper(digests=[UNDATED])], [UNDATED])
    (entry,) = entries(found, settings)
    assert "published" not in entry
    assert entry.updated == "1999-12-31T00:00:00+00:00"
    assert parsed(texts(found, settings)["feeds/all.atom"]).feed.updated == entry.updated


def test_the_newest_come_first_and_the_undated_last() -> None:
    """The order is that of the first day featured; a paper featured again stays where it was."""
    papers = [
        paper("again", digests=[MARCH, LATER]),
        paper("undated", digests=[UNDATED]),
        paper("new", digests=[LATER]),
    ]
    order = [
        entry.id.rpartition(":")[2] for entry in entries(catalog(papers, [LATER, MARCH, UNDATED]))
    ]
    assert order == ["new", "again", "undated"]


def test_a_feed_holds_the_newest_up_to_the_limit() -> None:
    """The setting feed_limit bounds every feed, and the newest are those that stay."""
    papers = [paper(f"old-{n}", digests=[MARCH], topics=["vision"]) for n in range(3)] + [
        paper("new", digests=[LATER], topics=["vision"])
    ]
    found = catalog(papers, [LATER, MARCH], [topic("vision")])
    for content in texts(found, replace(SETTINGS, feed_limit=2)).values():
        held = [entry.id.rpartition(":")[2] for entry in parsed(content).entries]
        assert held == ["new", "old-0"]


def test_the_day_of_a_feed_is_that_of_its_newest_change() -> None:
    """The head's `updated` is the newest of its entries, the epoch in an empty feed."""
    fog = paper("fog", digests=[LATER], topics=["vision"])
    found = catalog([fog], [LATER], [topic("vision"), topic("speech")])
    heads = {path: parsed(content).feed.updated for path, content in texts(found).items()}
    assert heads["feeds/topics/vision.atom"] == "2025-03-21T00:00:00+00:00"
    assert heads["feeds/topics/speech.atom"] == "2000-01-01T00:00:00+00:00"


def test_a_rebuild_a_new_title_and_a_new_address_keep_the_ids(tmp_path: Path) -> None:
    """The id rests on the slug and the setting feed_id alone: readers see no paper twice."""
    root = toy(tmp_path)
    written(root)
    before = ids(root)
    replace_in(root / FOG, "Object Detection in Heavy Fog", "Finding Things in Light Mist")
    replace_in(root / "mkdocs.yml", "https://toy.example/repo/", "https://moved.example/")
    written(root)
    after = ids(root)
    assert after.keys() == before.keys()
    assert all(link.startswith("https://moved.example/papers/") for link in after.values())


def test_two_builds_give_the_same_feeds(tmp_path: Path) -> None:
    """Nothing in a feed takes the clock."""
    root = toy(tmp_path)
    first, second = (pipeline.assemble(pipeline.collect(root)).files for _ in range(2))
    assert [file for file in first if "feeds/" in file.path] == [
        file for file in second if "feeds/" in file.path
    ]


def test_every_feed_is_linked_from_its_page(tmp_path: Path) -> None:
    """Home and each topic name their feed in the head, by a link that a reader can follow."""
    root = toy(tmp_path)
    assert publish_at(root) == []
    for page, feed in (("", "all"), ("topics/robots/", "topics/robots")):
        text = (root / "site" / page / "index.html").read_text()
        head = text[: text.index("</head>")]
        links = [tag for tag in re.findall("<link[^>]*>", head) if "application/atom+xml" in tag]
        assert any(f"feeds/{feed}.atom" in tag and 'rel="alternate"' in tag for tag in links)
        assert (root / f"site/feeds/{feed}.atom").is_file()


@pytest.mark.parametrize(
    "text",
    [
        # Maths that is only dress is taken off, so it would not come back.
        HOSTILE.replace("$x$", "$x^2$"),
        "]]> <!-- &lt; &#0; <![CDATA[ x ]]>",
        "<b>bold</b> & \"quoted\" 'single'",
        "数学 \U0001f600 e\u0301 \u200f right to left \u2028 line",
        "{{ 7*7 }} {% raw %} ${x} %s %(title)s",
    ],
)
def test_hostile_text_comes_back_unchanged(text: str) -> None:
    """Titles, names, notes and topics are well-formed and read back as they were written."""
    known = paper("x", text, digests=[MARCH], topics=["x"], authors=(text,), note=text)
    settings = replace(SETTINGS, site_name=text, site_description=text)
    content = texts(catalog([known], [MARCH], [topic("x", text)]), settings)["feeds/all.atom"]
    assert not feedparser.parse(content).bozo
    # feedparser cleans what it reads, so the text is compared as XML has it.
    tree = ElementTree.fromstring(content)
    entry = tree.find(f"{ATOM}entry")
    assert entry is not None
    assert tree.findtext(f"{ATOM}title") == tree.findtext(f"{ATOM}subtitle") == text
    assert entry.findtext(f"{ATOM}title") == text
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == text
    category = entry.find(f"{ATOM}category")
    assert category is not None
    assert category.get("term") == text
    inner = entry.findtext(f"{ATOM}content") or ""
    assert inner == f"<p>{html.escape(text, quote=False)}</p>"


def test_control_characters_of_the_settings_break_no_feed(tmp_path: Path) -> None:
    """A name in mkdocs.yml with a character that XML forbids gives a well-formed feed."""
    root = toy(tmp_path)
    replace_in(root / "mkdocs.yml", "Toy papers", json.dumps("Toy\x0b papers\x00"))
    written(root)
    assert parsed((root / "docs/feeds/all.atom").read_bytes()).feed.title == "Toy papers"


def test_maths_of_dress_is_taken_off_and_other_maths_stays() -> None:
    """A title reads `genCNN` for `$gen$CNN`, and `$O(n)$` stays as it is."""
    assert one(title="$gen$CNN in $O(n_1)$").title == "genCNN in $O(n_1)$"


def test_links_of_the_paper_do_not_replace_its_page() -> None:
    """The entry leads to the paper's page of this site, wherever else the paper is."""
    entry = one(links=Links(arxiv="https://arxiv.org/abs/2503.00001"))
    assert entry.link == "https://toy.example/repo/papers/small-networks/"
