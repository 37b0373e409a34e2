"""The page of the collection's status tells what a curator would want to know, and no secret."""

from __future__ import annotations

import json

import frontmatter
import pytest
from factories import HOSTILE, catalog, digest, paper
from selectolax.lexbor import LexborHTMLParser

from generator import exports, templating
from generator.exports import Build
from generator.exports.builds import public
from generator.health import Health
from generator.models import Catalog, Reading
from generator.origin import Commit
from generator.pages import rendered
from generator.pages.views import Overview
from generator.problems import Problem, error, note, warning
from generator.settings import Settings

MARCH = digest("2025-03-14-spring", "2025-03-14")
FILE = "digests/2025-03-14-spring.md"
SECRET = "https://me:word@feeds.example:8443/papers.xml?token=abc"


def some(day: str | None = "2025-03-14") -> Catalog:
    """Return a collection of one paper."""
    found = digest("spring", day)
    return catalog([paper("fog", digests=[found])], [found])


def shown(build: Build, of: Catalog | None = None) -> LexborHTMLParser:
    """Return the page of `build`."""
    overview = Overview(of or some(), Settings(stale_after=build.stale_after or 45))
    files = rendered(overview, templating.environment(), build)
    (text,) = (file.content.decode() for file in files if file.path == "status.md")
    return LexborHTMLParser(frontmatter.parse(text)[1])


def words(tree: LexborHTMLParser, place: str = "main, body") -> str:
    """Return the text at `place`, white space evened out."""
    return " ".join(" ".join(node.text() for node in tree.css(place)).split())


def reading(*problems: Problem, rejected: int = 0) -> Reading:
    """Return a file with `problems`."""
    return Reading(FILE, "curated", rejected=rejected, problems=problems)


def test_the_newest_day_is_there_without_a_script() -> None:
    """The day is text; how old it is stands nowhere, as no build knows today."""
    tree = shown(Build(stale_after=30))
    assert "Last digest 14 March 2025." in words(tree, ".op-standfirst")
    assert [node.attributes["data-age"] for node in tree.css("[data-age]")] == ["2025-03-14"]
    (stale,) = tree.css("[data-stale]")
    assert stale.attributes["data-after"] == "30"
    assert "hidden" in stale.attributes
    assert "more than 30 days" in stale.text()


def test_a_collection_without_days_claims_none() -> None:
    """Where no digest is dated, nothing can be stale."""
    tree = shown(Build(), some(None))
    assert "No digest of this collection is dated." in words(tree)
    assert not tree.css("[data-age], [data-stale]")


def test_each_file_is_accounted_for() -> None:
    """Entries, those read and those rejected stand beside the file."""
    row = shown(Build(readings=(reading(error(FILE, 3, "no title", ""), rejected=1),)))
    (cells,) = [[cell.text() for cell in tr.css("th, td")] for tr in row.css("tbody tr")]
    assert cells == [FILE, "curated", "1", "0", "1"]


def test_problems_stand_by_file_the_worst_first() -> None:
    """Severity, line, message and hint of each; those of no digest too."""
    found = (
        note(FILE, None, "undated", "date it"),
        error(FILE, 3, "no title", "write it"),
        warning("topics.yml", 7, "odd", ""),
    )
    tree = shown(Build(problems=found))
    assert [node.text() for node in tree.css("#problems ~ h3")] == [FILE, "topics.yml"]
    assert [" ".join(node.text().split()) for node in tree.css("#problems ~ ul > li")] == [
        "error, line 3: no titlewrite it",
        "note: undateddate it",
        "warning, line 7: odd",
    ]


def test_many_problems_of_one_file_are_cut_and_counted() -> None:
    """A page stays readable: twenty show, the rest is counted and in build.json."""
    found = tuple(note(FILE, line, "undated", "") for line in range(1, 31))
    items = shown(Build(problems=found)).css("#problems ~ ul > li")
    assert len(items) == 21
    assert items[-1].text() == "… and 10 more, in build.json"


def test_a_source_says_how_it_is() -> None:
    """What answers, what fails and why, and what never answered."""
    sources = (
        Health("arxiv cat:cs.CL", "2025-03-15", "2025-03-15", "2025-03-14"),
        Health("hf", "2025-03-15", "2025-03-11", None, "answered 503"),
        Health("new", "2025-03-15", None, None, "timed out"),
    )
    items = [
        " ".join(li.text().split())
        for li in shown(Build(sources=sources)).css("#sources ~ ul > li")
    ]
    assert items[0].startswith("arxiv cat:cs.CL answers")
    assert "newest papers 14 March 2025" in items[0]
    assert items[1].startswith("hf fails: answered 503")
    assert "answered 11 March 2025" in items[1]
    assert items[2].endswith("Asked 15 March 2025; never answered")


def test_a_collection_that_fetches_nothing_has_no_sources() -> None:
    """The section is not there."""
    assert not shown(Build()).css("#sources")


@pytest.mark.parametrize(
    ("commit", "said"),
    [
        (
            Commit("0123456789abcdef" * 2 + "01234567", "2026-03-06"),
            "commit 0123456789 of 6 March 2026",
        ),
        (
            Commit("0123456789abcdef" * 2 + "01234567", None, True),
            "commit 0123456789 with changes since",
        ),
    ],
)
def test_the_commit_is_named(commit: Commit, said: str) -> None:
    """Short hash and day, and whether files were changed since."""
    assert f"Built from {said}" in words(shown(Build(commit=commit)), "aside")
    assert "Built from" not in words(shown(Build()), "aside")


def test_a_secret_in_an_address_stays_at_home() -> None:
    """User, password and query are neither on the page nor in build.json, nor in what failed."""
    build = Build(sources=(public(Health(SECRET, "2025-03-15", failed=f"{SECRET} was empty")),))
    told = json.dumps(exports.summary(some(), build)) + words(shown(build))
    assert "https://feeds.example:8443/papers.xml?…" in told
    for secret in ("word", "token", "abc"):
        assert secret not in told


def test_text_from_outside_stays_text() -> None:
    """Names of sources, reasons and problems are shown as they are."""
    build = Build(
        readings=(reading(),),
        problems=(warning(HOSTILE, 1, HOSTILE, HOSTILE),),
        sources=(Health(HOSTILE, "2025-03-15", failed=HOSTILE),),
    )
    tree = shown(build)
    assert not tree.css("script, img, em, code")
    assert " ".join(HOSTILE.split()) in words(tree)


def test_the_account_for_programs_has_it_all() -> None:
    """build.json names commit, sources, versions, the age that counts as stale, other problems."""
    inside, outside = error(FILE, 3, "no title", ""), note("topics.yml", None, "none", "")
    build = Build(
        (reading(inside),),
        (inside, outside),
        (Health("hf", "2025-03-15"),),
        Commit("0" * 40, None),
        9,
    )
    found = exports.summary(some(), build)
    assert found["built_from"] == {"commit": "0" * 40, "day": None, "changed": False}
    assert found["sources"] == [
        {"source": "hf", "tried": "2025-03-15", "succeeded": None, "newest": None, "failed": None}
    ]
    assert found["stale_after"] == 9
    assert set(found["versions"]) == {"offprint", "mkdocs", "mkdocs-material"}
    assert [problem["file"] for problem in found["other_problems"]] == ["topics.yml"]
