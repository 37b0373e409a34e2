"""What a paper's page tells Google Scholar, Zotero and search engines: all of it true."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import zotero
from factories import HOSTILE, catalog, digest, paper, topic
from hostile import STRINGS
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.exports.citations import citations
from generator.models import Links, OutputFile, Paper
from generator.pages import metadata, pages
from generator.pages.page import Page
from generator.settings import Settings
from generator.templating import environment
from generator.text import line

SITE = Settings(site_name="Reading list", site_url="https://lists.example/papers/")
WEEK = digest("week", "2025-03-14")
KNOWN: dict[str, Any] = {
    "title": "Steps of $O(n)$ & more",
    "authors": ("Ann Author", "Laurens van der Example", "Wei", "The Example Collaboration"),
    "abstract": "First part.\n\nSecond part with $x$.",
    "note": "Worth a look.",
    "arxiv": "2503.00001",
    "doi": "10.1000/x",
    "version": "v2",
    "published": "2025-03-01",
    "keywords": ("walking", "stairs"),
}


def tags(**facts: Any) -> dict[str, list[str]]:
    """Return the contents of each tag of a paper, by their names."""
    found: dict[str, list[str]] = {}
    for name, content in metadata.tags(cited(paper("steps", **facts))):
        found.setdefault(name, []).append(content)
    return found


def cited(one: Paper):
    """Return the citation of a paper."""
    return citations([one])[one.slug]


def page_of(one: Paper, uri: str = "papers/steps/") -> Page:
    """Return a page about a paper."""
    citation = cited(one)
    return Page(
        uri,
        "paper",
        one.facts.title,
        "About.",
        "a test",
        tags=metadata.tags(citation),
        thing=metadata.article(citation),
        changed="2025-03-14",
    )


def parsed(page: Page, settings: Settings = SITE) -> list[LexborNode]:
    """Return the elements that stand in the head of `page` for programs."""
    markup = metadata.head(page, settings)
    assert "\n" not in markup
    tree = LexborHTMLParser(f"<!doctype html><html><head>{markup}</head><body></body></html>")
    assert tree.head is not None
    assert tree.body is not None
    assert not tree.body.text()
    return list(tree.head.iter(include_text=True))


def linked(page: Page, settings: Settings = SITE) -> dict[str, Any]:
    """Return the JSON-LD of `page`."""
    (script,) = [node for node in parsed(page, settings) if node.tag == "script"]
    assert script.attributes == {"type": "application/ld+json"}
    found: dict[str, Any] = json.loads(script.text())
    return found


def test_every_known_fact_has_its_tag() -> None:
    """Title and names stand as the source has them, one tag each, the day as Scholar wants it."""
    assert tags(**KNOWN, kind="article", venue="Journal of Steps") == {
        "citation_title": ["Steps of $O(n)$ & more"],
        "citation_author": list(KNOWN["authors"]),
        "citation_publication_date": ["2025/03/01"],
        "citation_journal_title": ["Journal of Steps"],
        "citation_doi": ["10.1000/x"],
        "citation_arxiv_id": ["2503.00001"],
        "citation_pdf_url": ["https://arxiv.org/pdf/2503.00001"],
        "citation_abstract_html_url": ["https://doi.org/10.1000/x"],
        "citation_public_url": ["https://doi.org/10.1000/x"],
        "citation_keywords": ["walking", "stairs"],
        "citation_abstract": ["First part.\n\nSecond part with $x$."],
        "DC.type": ["journalArticle"],
    }


def test_what_is_not_known_has_no_tag() -> None:
    """A bare title has neither author nor day nor address, and no kind is made up."""
    assert tags(title="Alone") == {"citation_title": ["Alone"], "DC.type": ["document"]}


@pytest.mark.parametrize(("published", "said"), [("2014-09", "2014/09"), ("2014", "2014")])
def test_a_day_is_told_as_far_as_it_is_known(published: str, said: str) -> None:
    """A month or a year alone is not filled up with a first day."""
    assert tags(published=published)["citation_publication_date"] == [said]


@pytest.mark.parametrize(
    ("kind", "venue", "name", "zotero_type"),
    [
        ("article", "Journal of Steps", "citation_journal_title", "journalArticle"),
        ("inproceedings", "Stairs 2025", "citation_conference_title", "conferencePaper"),
        ("incollection", "All Stairs", "citation_inbook_title", "bookSection"),
        ("phdthesis", "Example University", "citation_dissertation_institution", "thesis"),
        ("techreport", "Example Lab", "citation_technical_report_institution", "report"),
        (None, "Stairs 2025", None, "preprint"),
        ("article", "arXiv preprint arXiv:2503.00001", None, "preprint"),
        ("article", "CoRR", None, "preprint"),
        ("book", "Example Press", None, "book"),
        ("dataset", "Example Press", None, "dataset"),
        ("software", "Example Press", None, "computerProgram"),
    ],
)
def test_the_venue_stands_in_the_tag_of_its_kind(
    kind: str | None, venue: str, name: str | None, zotero_type: str
) -> None:
    """A venue of unknown kind is in no tag; arXiv is no journal, but keeps its preprints."""
    found = tags(**KNOWN, kind=kind, venue=venue)
    venues = {one: found[one] for one in found if one.endswith(("_title", "_institution"))}
    assert venues.pop("citation_title")
    assert venues == ({name: [venue]} if name else {})
    assert found["DC.type"] == [zotero_type]
    assert found.get("citation_publisher") == (["arXiv"] if zotero_type == "preprint" else None)


@pytest.mark.parametrize(
    ("links", "pdf", "page"),
    [
        (Links(pdf="https://x.org/a.PDF"), "https://x.org/a.PDF", None),
        (Links(pdf="https://openreview.net/pdf?id=a"), "https://openreview.net/pdf?id=a", None),
        (Links(pdf="https://x.org/view/7"), None, "https://x.org/view/7"),
        (Links(hf="https://huggingface.co/papers/1"), None, "https://huggingface.co/papers/1"),
        (Links(code=("https://x.org/c",)), None, None),
        (Links(other=("javascript:alert(1)",)), None, None),
    ],
)
def test_addresses_are_the_sources_own(links: Links, pdf: str | None, page: str | None) -> None:
    """Only what looks like a PDF is told as one, a PDF is no page, and nothing of ours is."""
    found = tags(links=links)
    assert found.get("citation_pdf_url") == ([pdf] if pdf else None)
    assert found.get("citation_abstract_html_url") == ([page] if page else None)
    assert found.get("citation_public_url") == ([page] if page else None)


def test_json_ld_tells_the_paper_and_whose_page_it_is() -> None:
    """The paper's address is its source's, the page's our own; groups are organizations."""
    links = Links(hf="https://huggingface.co/papers/2503.00001")
    one = paper("steps", **KNOWN, kind="article", venue="Journal of Steps", links=links)
    found = linked(page_of(one))
    place = found.pop("mainEntityOfPage")
    assert found == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "Steps of $O(n)$ & more",
        "author": [
            {"@type": "Person", "name": "Ann Author"},
            {"@type": "Person", "name": "Laurens van der Example"},
            {"@type": "Person", "name": "Wei"},
            {"@type": "Organization", "name": "The Example Collaboration"},
        ],
        "datePublished": "2025-03-01",
        "version": "v2",
        "isPartOf": {"@type": "Periodical", "name": "Journal of Steps"},
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2503.00001"},
            {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/x"},
        ],
        "url": "https://doi.org/10.1000/x",
        "sameAs": [
            "https://arxiv.org/abs/2503.00001",
            "https://huggingface.co/papers/2503.00001",
        ],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/pdf",
            "contentUrl": "https://arxiv.org/pdf/2503.00001",
        },
        "keywords": ["walking", "stairs"],
    }
    assert place["@type"] == "WebPage"
    assert place["url"] == "https://lists.example/papers/papers/steps/"
    assert place["dateModified"] == "2025-03-14"
    assert place["isPartOf"] == {
        "@type": "WebSite",
        "name": "Reading list",
        "url": "https://lists.example/papers/",
    }
    assert [step["item"] for step in place["breadcrumb"]["itemListElement"]] == [
        "https://lists.example/papers/",
        "https://lists.example/papers/papers/steps/",
    ]


def test_json_ld_takes_arxiv_for_no_journal() -> None:
    """A paper is no part of the repository that keeps it, whatever its BibTeX says."""
    facts = {"arxiv": "2503.00001", "kind": "article", "venue": "arXiv preprint arXiv:2503.00001"}
    assert "isPartOf" not in metadata.article(cited(paper("x", **facts)))


def test_json_ld_of_a_bare_title_has_nothing_empty() -> None:
    """No author, date, address or identifier is made up."""
    found = metadata.article(cited(paper("alone", "Alone")))
    assert found == {"@type": "ScholarlyArticle", "headline": "Alone"}


@pytest.mark.parametrize(
    ("kind", "said", "venue_in"),
    [
        ("phdthesis", "Thesis", "sourceOrganization"),
        ("techreport", "Report", "sourceOrganization"),
        ("incollection", "Chapter", "isPartOf"),
        ("inproceedings", "ScholarlyArticle", "isPartOf"),
    ],
)
def test_json_ld_knows_other_kinds(kind: str, said: str, venue_in: str) -> None:
    """A thesis is no article, and a university no periodical."""
    found = metadata.article(cited(paper("x", kind=kind, venue="Example")))
    assert found["@type"] == said
    assert found.keys() & {"isPartOf", "sourceOrganization"} == {venue_in}


def fields(text: str) -> dict[str, Any]:
    """Return a paper's facts with `text` in each that may hold any text."""
    return {
        **dict.fromkeys(("title", "abstract", "note", "venue"), text),
        **dict.fromkeys(("authors", "keywords", "categories"), (text, f"{text} 2")),
        "doi": f"10.1000/{text}",
        "kind": "article",
        "links": Links(pdf=f"https://x.org/{text}.pdf", hf=f"https://x.org/{text}"),
    }


def check(text: str) -> None:
    """Hold that `text` in every field leaves the head whole and comes back unchanged."""
    one = paper("x", **fields(text))
    page = page_of(one, f"papers/{'x' * 3}/")
    found = parsed(page, Settings(site_name=text or "x", site_url="https://x.org/"))
    assert {node.tag for node in found} == {"meta", "script"}
    assert all(set(node.attributes) <= {"name", "content", "type"} for node in found)
    told = [
        (node.attributes["name"], node.attributes["content"])
        for node in found
        if node.tag == "meta"
    ]
    assert told == [(name, " ".join(content.split())) for name, content in page.tags]
    source = found[-1].html or ""
    assert source.count("<") == 2
    linked_data = json.loads(found[-1].text())
    assert linked_data["headline"] == text
    assert [one["name"] for one in linked_data["author"]] == [text, f"{text} 2"]
    assert linked_data["mainEntityOfPage"]["isPartOf"]["name"] == (text or "x")


@pytest.mark.parametrize("text", [*STRINGS, HOSTILE, "</script><!--<script>", "a\u2028b\u2029c"])
def test_hostile_text_stays_text_in_the_head(text: str) -> None:
    """Strings that break pages are contents of tags and data, unchanged, and nothing else."""
    check(line(text))


def test_the_big_list_of_naughty_strings_stays_text_in_the_head(samples: Path) -> None:
    """So are those of the public list."""
    strings = json.loads((samples / "hostile" / "naughty-strings.json").read_text("utf-8"))
    texts = {cleaned for text in strings if (cleaned := line(text))}
    assert len(texts) > 400
    for text in sorted(texts):
        check(text)


@pytest.mark.parametrize("text", [*STRINGS, HOSTILE])
def test_hostile_text_comes_back_from_a_list(text: str) -> None:
    """What Zotero reads of a list is the text as it was, after HTML and the address's code."""
    one = paper("x", **fields(line(text)))
    title = html.escape(metadata.context_object(cited(one)))
    (found,) = zotero.chosen_from(f'<span class="Z3988" title="{title}"></span>')
    assert found.fields["title"] == line(text)
    assert found.kind == "journalArticle"
    assert len(found.authors) == 2


def test_three_thousand_authors_are_all_named() -> None:
    """Each has a tag, each is in the data, in their order."""
    names = tuple(f"Given{number} Family{number}" for number in range(3000))
    found = parsed(page_of(paper("crowd", authors=names)))
    assert [
        node.attributes["content"]
        for node in found
        if node.attributes.get("name") == "citation_author"
    ] == list(names)
    assert [author["name"] for author in json.loads(found[-1].text())["author"]] == list(names)


def rendered(papers: Iterable[Paper]) -> dict[str, OutputFile]:
    """Return the generated pages of `papers`, which are all on one topic."""
    found = catalog(papers, [WEEK], [topic("vision")], redirects={"former": "paper-1"})
    return {file.path: file for file in pages(found, SITE, environment())}


@cache
def few() -> dict[str, OutputFile]:
    """Return the pages of four papers."""
    return rendered(numbered(4))


def numbered(number: int) -> list[Paper]:
    """Return so many papers of one digest and topic."""
    return [
        paper(f"paper-{n}", digests=[WEEK], topics=["vision"], arxiv=f"2503.{n:05}")
        for n in range(1, number + 1)
    ]


def data_of(file: OutputFile) -> dict[str, Any]:
    """Return the JSON-LD of a generated page."""
    found = re.search(r"ld\+json\\?\">(.*?)</script>", file.content.decode().replace('\\"', '"'))
    assert found
    data: dict[str, Any] = json.loads(found[1].replace("''", "'"))
    return data


def test_lists_tell_their_papers_in_their_order() -> None:
    """A topic's and a digest's page is a collection whose list has the papers that it shows."""
    for path in ("digests/week.md", "topics/vision.md"):
        found = data_of(few()[path])
        assert found["@type"] == "CollectionPage"
        assert found["dateModified"] == "2025-03-14"
        assert found["mainEntity"]["numberOfItems"] == 4
        assert [item["url"] for item in found["mainEntity"]["itemListElement"]] == [
            f"https://lists.example/papers/papers/paper-{n}/" for n in range(1, 5)
        ]


def test_the_home_page_tells_how_to_search() -> None:
    """Its data is the site, with the address of a search."""
    found = data_of(few()["index.md"])
    assert (found["@type"], found["name"]) == ("WebSite", "Reading list")
    target = found["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://lists.example/papers/search/?q={search_term_string}"


def test_a_redirect_tells_nothing_of_a_paper() -> None:
    """The paper is told on its own page alone."""
    assert "metadata" not in few()["papers/former.md"].content.decode().partition("\n---\n")[0]


@pytest.mark.parametrize(("number", "offered"), [(60, 60), (61, 0)])
def test_zotero_can_choose_from_lists_that_stay_small(number: int, offered: int) -> None:
    """Each paper of a list is offered, or none: a list never keeps some back."""
    found = rendered(numbered(number))["digests/week.md"].content.decode()
    items = zotero.chosen_from(found)
    assert len(items) == offered
    assert [one.fields["title"] for one in items] == [f"Paper {n}" for n in range(1, offered + 1)]
    assert {one.kind for one in items} <= {"preprint"}


def test_a_note_is_not_told_as_the_abstract() -> None:
    """A page's description says when it is the curator's note: Zotero takes it for the abstract."""
    noted = paper("noted", digests=[WEEK], note="Worth a look.")
    found = rendered([noted])["papers/noted.md"].content.decode()
    assert "description: 'Note: Worth a look.'" in found
