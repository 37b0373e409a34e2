"""The table that narrows search results: its columns, their order, their weight."""

from __future__ import annotations

import gzip
import json

from generator.models import Catalog, Links, Paper
from generator.search import files
from generator.search.facets import count
from tests.factories import catalog, digest, paper, topic


def collection() -> Catalog:
    """Return three papers of two dated digests and an undated one."""
    old, new = digest("old", "2024-01-05"), digest("new", "2025-02-07")
    loose = digest("loose", None, title="Odds and ends")
    papers = [
        paper("a", digests=[old, new], topics=["text", "vision"], published="2019-03"),
        paper("b", digests=[loose]),
        paper(
            "c",
            digests=[new],
            topics=["vision"],
            published="2024",
            links=Links(code=("https://code.example/c",)),
        ),
    ]
    return catalog(papers, [old, new, loose], [topic("vision"), topic("text")])


def test_rows_are_newest_first_and_name_papers_by_their_places_by_slug() -> None:
    """Row n of each column is of paper `order[n]`; topics and digests stand as places."""
    found = collection()
    assert [one.slug for one in found.papers] == ["c", "a", "b"]
    assert count(found) == {
        "digests": [
            {"slug": "new", "name": "Digest new", "day": "2025-02-07"},
            {"slug": "old", "name": "Digest old", "day": "2024-01-05"},
            {"slug": "loose", "name": "Odds and ends"},
        ],
        "order": [2, 0, 1],
        "topics": [[0], [1, 0], []],
        "in": [[0], [0, 1], [2]],
        "years": [2024, 2019, 0],
        "code": [1, 0, 0],
    }


def test_numbers_are_those_of_the_results() -> None:
    """`order` names the rows of papers.json."""
    made = {file.path: file.content for file in files(collection())}
    shown = json.loads(made["search/papers.json"])["papers"]
    table = json.loads(made["search/facets.json"])
    assert [shown[number]["slug"] for number in table["order"]] == ["c", "a", "b"]


def test_digests_of_one_title_are_told_apart_by_their_days() -> None:
    """The day stands beside a title only where another digest has the same."""
    weeks = [
        digest("odd", "2025-02-09", title="Odd"),
        digest("two", "2025-02-07", title="Weekly"),
        digest("one", "2025-01-05", title="Weekly"),
    ]
    names = [one["name"] for one in count(catalog([], weeks))["digests"]]
    assert names == ["Odd", "Weekly, 7 February 2025", "Weekly, 5 January 2025"]


def test_code_counts_only_at_an_address_that_a_page_would_show() -> None:
    """What is no web address is no code to go to."""
    one = paper("a", links=Links(code=("javascript:alert(1)",)))
    assert count(catalog([one]))["code"] == [0]


def test_nothing_makes_an_empty_table() -> None:
    """No paper is no fault."""
    table = count(catalog())
    assert set(map(len, table.values())) == {0}


def test_a_paper_costs_few_bytes() -> None:
    """Compressed, at most twelve bytes for each of three thousand papers in sixty digests."""
    weeks = [digest(f"w{n}", f"2024-{n % 12 + 1:02}-{n // 12 + 1:02}") for n in range(60)]
    names = [f"t{n}" for n in range(12)]

    def one(number: int) -> Paper:
        mixed = number * 7919 % 3001
        chosen = [names[mixed % 12], names[mixed % 7]][: 1 + mixed % 2]
        year = str(2015 + mixed % 10)
        return paper(f"p{mixed}", digests=[weeks[number % 60]], topics=chosen, published=year)

    found = catalog(map(one, range(3000)), weeks, map(topic, names))
    table = next(file for file in files(found) if file.path == "search/facets.json")
    assert len(gzip.compress(table.content)) <= 12 * 3000
