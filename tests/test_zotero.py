"""What Zotero saves from finished pages is the paper as its source has it, and nothing of ours."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import zotero
from selectolax.lexbor import LexborHTMLParser
from toy import publish_at, toy

CROWD = 3000
DIGEST = f"""\
---
title: Kinds of papers
date: 2025-03-28
curator: Ada Example
---

## A Preprint on $O(n)$ Steps

A note of the curator's.

- arxiv: 2503.00007
- authors: Ann Author, Laurens van der Example, Wei
- abstract: Steps are counted.
- published: 2025-03-01

## An Article

- doi: 10.1000/article
- kind: article
- venue: Journal of Steps
- authors: Ann Author
- published: 2024-11
- abstract: All of them.

## A Talk

- kind: inproceedings
- venue: Stairs 2025
- authors: Bob Writer

## Of Unknown Kind

A note alone.

## By a Crowd

- authors: {", ".join(f"Given{n} Family{n}" for n in range(CROWD))}
"""
SITE = "https://toy.example/repo/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the toy site with one more digest, of papers of all kinds, and a redirect."""
    root = toy(tmp_path_factory.mktemp("kinds"))
    (root / "digests/2025-03-28-kinds.md").write_text(DIGEST, encoding="utf-8")
    with (root / "papers.lock").open("a", encoding="utf-8") as lock:
        lock.write("an-old-name -> an-article\n")
    assert publish_at(root) == []
    return root / "site"


def saved(site: Path, slug: str) -> zotero.Item:
    """Return what Zotero saves from the page of a paper."""
    uri = f"papers/{slug}/"
    found = zotero.item((site / uri / "index.html").read_text(encoding="utf-8"), SITE + uri)
    assert found
    # The name of the site is no journal.
    assert "Toy papers" not in {*found.fields.values()}
    return found


def test_a_preprint_is_saved_whole(site: Path) -> None:
    """Type, names, day, abstract, and the addresses of arXiv; no journal, and not the note."""
    found = saved(site, "a-preprint-on-o-n-steps")
    assert found == zotero.Item(
        "preprint",
        {
            "title": "A Preprint on $O(n)$ Steps",
            "date": "2025/03/01",
            "publisher": "arXiv",
            "abstractNote": "Steps are counted.",
            "url": "https://arxiv.org/abs/2503.00007",
            "language": "en",
        },
        [("Ann", "Author"), ("Laurens van der", "Example"), ("", "Wei")],
        "https://arxiv.org/pdf/2503.00007",
    )


def test_an_article_is_saved_whole(site: Path) -> None:
    """Journal, DOI and the publisher's page."""
    found = saved(site, "an-article")
    assert found == zotero.Item(
        "journalArticle",
        {
            "title": "An Article",
            "publicationTitle": "Journal of Steps",
            "date": "2024/11",
            "DOI": "10.1000/article",
            "abstractNote": "All of them.",
            "url": "https://doi.org/10.1000/article",
            "language": "en",
        },
        [("Ann", "Author")],
    )


def test_a_talk_is_saved_with_its_conference(site: Path) -> None:
    """Without an address of its own the page where it was found stands for it."""
    found = saved(site, "a-talk")
    assert (found.kind, found.fields["conferenceName"]) == ("conferencePaper", "Stairs 2025")
    assert found.fields["url"] == f"{SITE}papers/a-talk/"
    assert "date" not in found.fields


def test_nothing_is_made_up_of_a_bare_title(site: Path) -> None:
    """No author, no date from the digest, no journal; the description says that it is a note."""
    found = saved(site, "of-unknown-kind")
    assert found.fields == {
        "title": "Of Unknown Kind",
        "abstractNote": "Note: A note alone.",
        "url": f"{SITE}papers/of-unknown-kind/",
        "language": "en",
    }
    assert (found.kind, found.authors, found.pdf) == ("document", [], None)


def test_three_thousand_authors_are_saved(site: Path) -> None:
    """All of them, in their order."""
    found = saved(site, "by-a-crowd")
    assert found.authors == [(f"Given{n}", f"Family{n}") for n in range(CROWD)]


@pytest.mark.parametrize(
    "uri", ["digests/2025-03-28-kinds-of-papers", "topics/robots", "topics/unsorted"]
)
def test_a_list_is_offered_paper_by_paper(site: Path, uri: str) -> None:
    """What Zotero offers to choose from are the papers of the list, each as on its own page."""
    page = (site / uri / "index.html").read_text(encoding="utf-8")
    slugs = [
        (link.attributes["href"] or "").rstrip("/").rpartition("/")[2]
        for link in LexborHTMLParser(page).css(".op-entry__title a")
    ]
    offered = zotero.chosen_from(page)
    assert len(slugs) == len(offered) > 1
    for slug, one in zip(slugs, offered, strict=True):
        alone = saved(site, slug)
        assert (one.kind, one.authors) == (alone.kind, alone.authors)
        assert one.fields["title"] == alone.fields["title"]
        assert one.fields.get("date", "").replace("-", "/") == alone.fields.get("date", "")
        assert one.fields.get("url", alone.fields["url"]) == alone.fields["url"]


def properties(page: str) -> dict[str, str]:
    """Return the OpenGraph properties of a page, each of which stands there once."""
    found = [
        (node.attributes["property"] or "", node.attributes["content"] or "")
        for node in LexborHTMLParser(page).css("head meta[property]")
    ]
    assert len(found) == len(dict(found))
    return dict(found)


def test_every_page_has_what_a_link_preview_shows(site: Path) -> None:
    """Name of site and page, kind, one address that is the canonical one; redirects have none."""
    for file in sorted(site.rglob("*.html")):
        page = file.read_text(encoding="utf-8")
        uri = file.relative_to(site).as_posix().removesuffix("index.html")
        canonical = LexborHTMLParser(page).css("link[rel=canonical]")
        found = properties(page)
        if uri in {"404.html", "papers/an-old-name/"}:
            assert not canonical
            assert found.keys() <= {"og:description"}
            assert 'name="robots" content="noindex"' in page
            continue
        assert [link.attributes["href"] for link in canonical] == [SITE + uri]
        assert found["og:url"] == SITE + uri
        assert found["og:site_name"] == "Toy papers"
        assert found["og:type"] == ("article" if uri.startswith("papers/") else "website")
        assert found["og:title"]
        assert found["og:description"]
        title = LexborHTMLParser(page).css_first("title").text()
        assert title.startswith(found["og:title"])


def test_a_preview_shows_text_as_written(site: Path) -> None:
    """Marks of other languages in a title stay letters."""
    page = (site / "papers/a-robot-that-folds-b-nothing-b-regrets-it/index.html").read_text()
    found = properties(page)
    assert found["og:title"] == "A Robot That Folds <b>Nothing</b> & Regrets {{ it }}"
    assert found["og:description"] == "Note: Grasping at straws, in O(n) steps."


def test_the_map_of_the_site_has_each_page_once(site: Path) -> None:
    """Absolute addresses, and the day of the digest that changed a page; no empty pages."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    entries = ElementTree.parse(site / "sitemap.xml").getroot().findall("s:url", space)
    days = {
        one.findtext("s:loc", None, space): one.findtext("s:lastmod", None, space)
        for one in entries
    }
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    left_out = {f"{name}/index.html" for name in ("search", "saved", "papers/an-old-name")}
    expected = {SITE + page.removesuffix("index.html") for page in pages - left_out - {"404.html"}}
    assert len(entries) == len(days)
    assert days.keys() == expected
    assert days[SITE] == days[f"{SITE}digests/"] == "2025-03-28"
    assert days[f"{SITE}digests/2025-03-14-spring-digest/"] == "2025-03-14"
    assert days[f"{SITE}papers/speech-recognition-for-whispering-libraries/"] == "2025-03-14"
    assert days[f"{SITE}papers/object-detection-in-heavy-fog/"] == "2025-03-21"
    assert days[f"{SITE}papers/an-article/"] == "2025-03-28"
    assert days[f"{SITE}about/"] is None
    assert all(days[address] for address in expected - {f"{SITE}about/", f"{SITE}feeds/"})
