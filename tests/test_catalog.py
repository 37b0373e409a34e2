"""One catalogue of all digests: each paper once, every mention kept, in an order of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

from effort import effort

from generator import readers
from generator.catalog import build, gather
from generator.lock import Lock, render
from generator.models import Catalog, Digest, Entry, Facts, Links, Mention, Source

A1 = "2401.00001"


def digest(name: str, date: str | None, *papers: Facts, **more: Any) -> Digest:
    entries = tuple(Entry(facts, place, 10 * place) for place, facts in enumerate(papers, 1))
    slug = more.pop("slug", name)
    return Digest(f"digests/{name}.md", slug, name, date, entries, **more)


def catalog(*digests: Digest, lock: Lock | None = None) -> Catalog:
    return build(digests, lock or Lock())[0]


def merged(*mentions: Facts) -> Facts:
    """Return what a paper is whose mentions stand in digests of following days."""
    digests = [digest(f"d{n}", f"2026-01-0{n}", one) for n, one in enumerate(mentions, 1)]
    (paper,) = catalog(*digests).papers
    return paper.facts


OLD = digest("old", "2026-01-05", Facts("Nets"), Facts("Trees"))
NEW = digest("new", "2026-02-05", Facts("Words"), Facts("nets."))
UNDATED = digest("undated", None, Facts("NETS"), Facts("Stars"))


def test_every_mention_is_kept() -> None:
    """With its digest, day, place, file and line; earliest first, undated last."""
    paper = catalog(UNDATED, NEW, OLD).by_slug["nets"]
    assert paper.featured == (
        Mention("old", "2026-01-05", 1, "digests/old.md", 10),
        Mention("new", "2026-02-05", 2, "digests/new.md", 20),
        Mention("undated", None, 1, "digests/undated.md", 10),
    )
    assert paper.facts.title == "Nets"


def test_papers_come_newest_first() -> None:
    """By the day that first featured them, in the order of its digest; undated last."""
    found = catalog(OLD, NEW, UNDATED)
    assert [paper.slug for paper in found.papers] == ["words", "nets", "trees", "stars"]
    assert [one.slug for one in found.digests] == ["new", "old", "undated"]


def test_the_order_of_reading_changes_nothing() -> None:
    """Neither catalogue nor lock."""
    twin = digest("twin", "2026-01-05", Facts("Trees"), Facts("Nets 言"))
    made = [build(order, Lock()) for order in permutations([OLD, NEW, UNDATED, twin])]
    assert len({render(lock) for _, lock in made}) == 1
    assert all(found == made[0] for found in made)


def test_digests_of_one_day_have_a_fixed_order() -> None:
    """By their files, the last name first as the last day is."""
    one, two = digest("a", "2026-01-05", Facts("Nets")), digest("b", "2026-01-05", Facts("Trees"))
    assert [found.slug for found in catalog(one, two).digests] == ["b", "a"]
    assert catalog(one, two) == catalog(two, one)


def test_a_slug_comes_from_the_earliest_mention() -> None:
    """By date, not by the name of the file."""
    early = digest("z", "2025-01-01", Facts("First Words", arxiv=A1))
    late = digest("a", "2026-01-01", Facts("Other Words", arxiv=A1))
    assert [paper.slug for paper in catalog(late, early).papers] == ["first-words"]


def test_digests_of_one_name_are_numbered_by_day() -> None:
    """Equal slugs get `-2`, and mentions name the right one."""
    one = digest("a/x", "2026-02-01", Facts("Nets"), slug="x")
    two = digest("b/x", "2026-01-01", Facts("Trees"), slug="x")
    found = catalog(one, two)
    assert [(d.slug, d.path) for d in found.digests] == [
        ("x-2", "digests/a/x.md"),
        ("x", "digests/b/x.md"),
    ]
    assert found.by_slug["nets"].featured[0].digest == "x-2"


def test_a_paper_twice_in_a_digest_is_one_with_two_mentions() -> None:
    """Both places are kept, and the digest shows it once."""
    found = catalog(digest("d", "2026-01-01", Facts("Nets"), Facts("Trees"), Facts("Nets")))
    assert [m.position for m in found.by_slug["nets"].featured] == [1, 3]
    assert [paper.slug for paper in found.in_digest["d"]] == ["nets", "trees"]


def test_the_first_word_on_each_fact_counts() -> None:
    """A later mention fills what was unknown and overrules nothing."""
    facts = merged(
        Facts("Nets", note="First."),
        Facts("nets", note="Second.", authors=("Ada One",), venue="Here", votes=3),
        Facts("NETS", authors=("A. One",), arxiv=A1),
    )
    assert (facts.title, facts.note, facts.authors) == ("Nets", "First.", ("Ada One",))
    assert (facts.venue, facts.votes, facts.arxiv) == ("Here", 3, A1)


def test_the_whole_abstract_and_the_exact_day_count() -> None:
    """Saved pages cut abstracts, and an id tells only the month."""
    facts = merged(
        Facts("Nets", abstract="Short.", published="2024"),
        Facts("Nets", abstract="Short. And long.", published="2024-01-09"),
    )
    assert (facts.abstract, facts.published) == ("Short. And long.", "2024-01-09")


def test_links_of_all_mentions_are_kept_once() -> None:
    """In the order in which they were seen."""
    facts = merged(
        Facts("Nets", links=Links(pdf="https://a.example/p", code=("https://a", "https://b"))),
        Facts("Nets", links=Links(pdf="https://b.example/p", code=("https://b", "https://c"))),
    )
    assert facts.links.pdf == "https://a.example/p"
    assert facts.links.code == ("https://a", "https://b", "https://c")


def test_an_id_tells_its_addresses_and_month() -> None:
    """Also where one mention brings the id and another nothing."""
    facts = merged(Facts("Nets"), Facts("Nets", arxiv=A1, doi="10.1/x"))
    assert facts.links.arxiv == f"https://arxiv.org/abs/{A1}"
    assert facts.links.doi == "https://doi.org/10.1/x"
    assert facts.published == "2024-01"


def test_nothing_is_invented() -> None:
    """A bare title stays a bare title."""
    assert merged(Facts("Nets")) == Facts("Nets")


def test_pinned_topics_of_all_mentions_are_kept() -> None:
    """The curator's own words, each once, first ones first."""
    one, two = Entry(Facts("Nets"), 1, 1, ("b", "a")), Entry(Facts("Nets"), 1, 1, ("c", "b"))
    digests = [
        replace(digest("d1", "2026-01-01"), entries=(one,)),
        replace(digest("d2", "2026-01-02"), entries=(two,)),
    ]
    assert catalog(*digests).papers[0].pinned == ("b", "a", "c")


def changed(*mentions: tuple[str | None, Facts]) -> str | None:
    digests = [digest(f"d{n}", day, facts) for n, (day, facts) in enumerate(mentions)]
    return catalog(*digests).papers[0].changed


def test_a_paper_changes_with_the_last_news_of_it() -> None:
    """Being featured again says nothing new; a note or a link does; undated digests never."""
    bare, noted = Facts("Nets"), Facts("Nets", note="New.")
    assert changed(("2026-01-01", bare), ("2026-01-02", bare)) == "2026-01-01"
    assert changed(("2026-01-01", bare), ("2026-01-02", noted), ("2026-01-03", noted)) == (
        "2026-01-02"
    )
    assert changed(("2026-01-01", bare), (None, noted)) == "2026-01-01"
    assert changed((None, bare)) is None


def test_redirects_lead_to_papers_that_are_there() -> None:
    """Over several steps to the last slug; one that leads to nothing makes no page."""
    lock = Lock(
        {"nets": frozenset({"title:nets"})}, {"oldest": "older", "older": "nets", "dead": "gone"}
    )
    found = catalog(OLD, lock=lock)
    assert found.redirects == {"older": "nets", "oldest": "nets"}


def test_contradictions_are_told_with_both_places() -> None:
    """Mentions that an id joins, whatever else they say."""
    one = digest("a", "2026-01-01", Facts("Nets", arxiv=A1, doi="10.1000/x"))
    two = digest("b", "2026-01-02", Facts("Nets", arxiv=A1, doi="10.2000/y"))
    (found,) = gather([two, one], Lock()).problems
    assert str(found).startswith(
        "digests/b.md:10: warning: the DOI differs from digests/a.md:10: 10.1000/x, 10.2000/y\n"
    )


def test_arxiv_s_doi_tells_the_id() -> None:
    """A paper known by it alone is the arXiv paper."""
    assert merged(Facts("Nets", doi=f"10.48550/arxiv.{A1}")).arxiv == A1


def test_a_thousand_mentions_are_merged_one_by_one() -> None:
    """The cost grows with their number, not with its square."""

    def cost(number: int) -> int:
        seen = [digest(f"d{n}", f"2026-01-{n % 28 + 1:02}", Facts("Nets")) for n in range(number)]
        assert len(catalog(*seen).papers) == 1
        return effort(lambda: catalog(*seen))

    assert cost(1000) < 8 * cost(250)


def test_an_empty_collection_is_an_empty_catalogue() -> None:
    """What the lock remembers stays."""
    lock = Lock({"nets": frozenset({"title:nets"})}, {})
    assert build([], lock) == (Catalog((), ()), lock)


def seed_digests(samples: Path) -> Sequence[Digest]:
    known = readers.installed()
    files = sorted((samples / "seeds").iterdir())
    sources = [Source(f"digests/{file.name}", file.read_bytes()) for file in files]
    return [
        found for one in sources for found in readers.read(one, readers.Defaults(), known).digests
    ]


def test_the_seeds_are_246_papers(samples: Path) -> None:
    """285 mentions, none lost: what two pages share stands once."""
    found = catalog(*seed_digests(samples))
    assert len(found.papers) == 246
    assert sum(len(paper.featured) for paper in found.papers) == 285
    assert {len(paper.featured) for paper in found.papers} >= {1, 2}


def test_the_seeds_are_the_same_in_every_order(samples: Path) -> None:
    """The order in which files are read decides neither slug nor place."""
    digests = seed_digests(samples)
    assert build(digests, Lock()) == build(reversed(digests), Lock())


def test_the_seeds_keep_their_slugs_when_one_page_comes_later(samples: Path) -> None:
    """Adding the earliest digest last moves no address."""
    digests = seed_digests(samples)
    before, lock = build(digests[1:], Lock())
    after, _ = build(digests, lock)
    assert {paper.slug for paper in before.papers} <= {paper.slug for paper in after.papers}
    titles = {paper.slug: paper.facts.title.casefold() for paper in after.papers}
    assert all(titles[p.slug] == p.facts.title.casefold() for p in before.papers)
