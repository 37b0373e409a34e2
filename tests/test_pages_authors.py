from __future__ import annotations

import re

import frontmatter
import pytest
from factories import catalog, digest, paper, topic
from selectolax.lexbor import LexborHTMLParser

from generator.models import Catalog
from generator.pages import authors, pages
from generator.settings import Settings
from generator.templating import environment

ENVIRONMENT = environment()
WEEK = digest("week", "2025-03-14")
OLD = digest("old", "2024-12-31")


def shelf(*signers: tuple[str, ...]) -> Catalog:
    """Return papers by the names on them, all in one topic and digest, the first one newer."""
    papers = [
        paper(
            f"p{place}",
            digests=[OLD] if place else [WEEK],
            topics=["vision"],
            authors=names,
            published=f"{2020 + place}",
        )
        for place, names in enumerate(signers)
    ]
    return catalog(papers, [WEEK, OLD], [topic("vision")])


def files(found: Catalog) -> dict[str, LexborHTMLParser]:
    """Return the body of each page, parsed, by its path."""
    made = pages(found, Settings(site_name="Reading list"), ENVIRONMENT)
    return {
        file.path: LexborHTMLParser(frontmatter.parse(file.content.decode())[1]) for file in made
    }


def said(page: LexborHTMLParser, selector: str) -> list[str]:
    """Return the text of each element, in one line."""
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_whoever_has_several_papers_has_a_page() -> None:
    """The page lists the papers newest first, with years, topics and co-authors."""
    found = files(
        shelf(("Ada Example", "Ben Beispiel"), ("Ada Example", "Ben Beispiel", "Cleo C. D"))
    )
    assert {path for path in found if path.startswith("authors/")} == {
        "authors/index.md",
        "authors/ada-example.md",
        "authors/ben-beispiel.md",
    }
    page = found["authors/ada-example.md"]
    assert said(page, "h1") == ["Ada Example"]
    assert said(page, ".op-entry__title") == ["P0", "P1"]
    assert said(page, ".op-entry__no") == ["14 March 2025", "31 December 2024"]
    assert said(page, ".op-line") == ["Papers from 2020 to 2021"]
    assert said(page, ".op-share") == ["Vision 2"]
    assert page.css_first("aside a[href$='authors/ben-beispiel/']").text() == "Ben Beispiel"


def test_a_collection_without_such_authors_has_no_pages_of_authors() -> None:
    """One paper each, or nobody at all: no index that would be empty."""
    assert not [path for path in files(shelf(("Ada Example",), ())) if "authors" in path]


def test_the_names_on_a_paper_lead_to_their_pages() -> None:
    """The sentence reads as before, and names with pages are links."""
    found = files(
        shelf(("Ada Example", "Abe Alone", "Ben Beispiel"), ("Ada Example", "Ben Beispiel"))
    )
    names = found["papers/p0.md"].css_first(".op-authors")
    assert " ".join(names.text().split()) == "Ada Example, Abe Alone and Ben Beispiel"
    assert [link.attributes["href"] for link in names.css("a")] == [
        "../../authors/ada-example/",
        "../../authors/ben-beispiel/",
    ]
    assert len(names.css("bdi")) == 3
    assert said(found["papers/p1.md"], ".op-authors") == ["Ada Example and Ben Beispiel"]


@pytest.mark.parametrize(("number", "folded"), [(40, False), (41, True), (3000, True)])
def test_a_long_list_of_names_is_folded(number: int, folded: bool) -> None:
    """Up to forty names stand in the sentence; of more the first twelve, and all below."""
    crowd = tuple(f"Ada Example{chr(97 + n % 26)}{'x' * (n // 26)}" for n in range(number))
    page = files(shelf(crowd))["papers/p0.md"]
    assert len(page.css(".op-authors bdi")) == (12 if folded else number)
    assert len(page.css("details bdi")) == (number if folded else 0)
    if folded:
        assert said(page, ".op-authors")[0].endswith(f" and {number - 12} others")
        assert said(page, "summary") == [f"All {number:,} authors"]


def test_the_index_has_a_section_for_each_letter() -> None:
    """Names stand under the family's word, which is marked; other scripts come last."""
    names = ("Ada van der Zand", "王伟", "Łucja Óska", "Ben Ałfa", "Bea Alfa")
    page = files(shelf(names, names))["authors/index.md"]
    assert said(page, "h2") == ["A", "O", "Z", "Other scripts"]
    assert said(page, ".op-names b") == ["Alfa", "Ałfa", "Óska", "Zand", "王伟"]
    assert said(page, ".op-names li")[3] == "Ada van der Zand 2 papers"
    places = {node.attributes["id"] for node in page.css("h2[id]")}
    assert {f"#{place}" for place in places} == {
        node.attributes["href"] for node in page.css(".op-letters a")
    }


def test_a_huge_index_leaves_out_those_with_fewest_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says from how many papers on authors are listed; where all have as many, all are."""
    monkeypatch.setattr(authors, "_INDEXED", 2)
    both, one, other = ("Ada Alfa", "Ben Beta"), ("Ada Alfa",), ("Cleo Cesar", "Dan Delta")
    page = files(shelf(both, both, one, other, other))["authors/index.md"]
    assert said(page, ".op-names b") == ["Alfa"]
    assert "3 papers or more" in said(page, ".op-standfirst")[0]
    page = files(shelf(both + other, both + other))["authors/index.md"]
    assert len(page.css(".op-names li")) == 4


def test_a_long_list_of_papers_goes_on_with_titles() -> None:
    """Nothing is left out: after two dozen entries the titles follow, numbered on."""
    page = files(shelf(*[("Ada Example",)] * 40))["authors/ada-example.md"]
    assert len(page.css(".op-entry")) == 24
    assert [int(number) for number in said(page, ".op-titles .op-no")] == list(range(25, 41))


def test_a_hostile_name_stays_text() -> None:
    """Nothing of a name becomes markup, on its own page, the index, or a paper's page."""
    name = 'Ada <script>alert</script> {{ x }} <img src=x onerror=alert> `c` $m$ "q" Example'
    found = files(shelf((name,), (name,)))
    (path,) = [each for each in found if re.fullmatch("authors/(?!index).*", each)]
    for page in (path, "authors/index.md", "papers/p0.md"):
        assert not found[page].css("script, img, title, em, code, a[href^=javascript]")
    assert found[path].css_first("h1").text() == name
