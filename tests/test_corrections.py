"""The curator's word on any paper: how it is written, and that it wins over everything."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalog import Gathered, gather
from generator.corrections import Change, Corrections, Reference, read
from generator.lock import Lock
from generator.models import Digest, Entry, Facts, Links, Source
from generator.problems import Problem

A1, A2 = "2401.12340", "2402.00002"


def corrections(text: str) -> tuple[Corrections, tuple[Problem, ...]]:
    return read(Source("corrections.yml", text.encode()))


def digest(name: str, date: str, *papers: Facts) -> Digest:
    entries = tuple(Entry(facts, place, 10 * place) for place, facts in enumerate(papers, 1))
    return Digest(f"digests/{name}.md", name, name, date, entries)


def made(text: str, *papers: Facts, lock: Lock | None = None) -> Gathered:
    """Return what a collection of one digest is with these corrections."""
    word, problems = corrections(text)
    assert problems == ()
    return gather([digest("d", "2026-01-01", *papers)], lock or Lock(), word)


def slugs(found: Gathered) -> list[str]:
    return [paper.slug for paper in found.catalog.papers]


# Reading


def test_the_whole_file() -> None:
    """Rows, papers and changes, with their lines; ids stay text."""
    found, problems = corrections(
        "same:\n  - [2401.12340, The Other Title]\ndifferent:\n  - [a, b]\n"
        "papers:\n  2401.12340:\n    topics: [speech, vision]\n    title: New\n"
        "    links: {code: https://a.example/x}\n    note: |\n      One.\n\n      Two.\n"
        "    related: [2402.00002, The Other Title]\n    hide: no\n"
    )
    assert problems == ()
    assert found.same == ((Reference(A1, 2), Reference("The Other Title", 2)),)
    assert found.different == ((Reference("a", 4), Reference("b", 4)),)
    assert found.papers == (
        Change(
            Reference(A1, 6),
            topics=("speech", "vision"),
            title="New",
            links=(("code", "https://a.example/x"),),
            note="One.\n\nTwo.",
            related=(Reference(A2, 14), Reference("The Other Title", 14)),
        ),
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "same:\n", "papers: {}\n", "\n---\n"])
def test_nothing_said(text: str) -> None:
    """A missing or an empty file is none of anybody's business."""
    assert corrections(text) == (Corrections(), ())
    assert read(None) == (Corrections(), ())


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("same: [", "1", "corrections.yml cannot be read"),
        ("- a\n", "1", "corrections.yml holds no 'same:'"),
        ("same: a\n", "1", "'same:' is not a list"),
        ("same:\n- a\n", "2", "a row of 'same:' is not a list of papers"),
        ("different:\n- [a, [b]]\n", "2", "a row of 'different:' is not a list of papers"),
        ("same: []\nsame: []\n", "2", "'same' is given twice"),
        ("papers: [a]\n", "1", "'papers:' is no set of papers"),
        ("papers:\n  a: b\n", "2", "a paper without a set of changes"),
        ("papers:\n  a: {}\n  a: {}\n", "3", "'a' is given twice"),
        ("papers:\n  a:\n    topics: {b: c}\n", "3", "'topics' is not a list"),
        ("papers:\n  a:\n    title: [b]\n", "3", "'title' is not a text"),
        ("papers:\n  a:\n    related: b\n", "3", "'related' is not a list of papers"),
        ("papers:\n  a:\n    related: [{b: c}]\n", "3", "'related' is not a list of papers"),
        ("papers:\n  a:\n    hide: perhaps\n", "3", "'hide' is neither true nor false"),
    ],
)
def test_errors(text: str, where: str, message: str) -> None:
    """Each with its line; the file is not used."""
    _, problems = corrections(text)
    (found,) = [problem for problem in problems if str(problem.severity) == "error"]
    assert str(found).startswith(f"corrections.yml:{where}: error: {message}")
    assert found.hint


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("sane: []\n", "unknown key 'sane'", "did you mean 'same'?"),
        ("papers:\n  a:\n    topic: b\n", "unknown key 'topic'", "did you mean 'topics'?"),
        ("same:\n- [a]\n", "a row of 'same:' names one paper only", "add another"),
        ("papers:\n  a:\n    links: [x.y]\n", "'x.y' is no web address", "https://"),
        ("papers:\n  a:\n    links: {cod: 'https://a.b'}\n", "unknown key 'cod'", "'code'"),
    ],
)
def test_warnings(text: str, message: str, hint: str) -> None:
    """What is left out is named, with what was probably meant."""
    _, (found,) = corrections(text)
    assert str(found.severity) == "warning"
    assert found.message == message
    assert hint in found.hint


def test_deep_nesting_and_bombs_end_in_a_problem() -> None:
    """Never in a traceback."""
    _, problems = corrections("[" * 5000)
    assert problems
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    _, problems = corrections(bomb + "same: [*u, *u]\n")
    assert any(str(problem.severity) == "error" for problem in problems)


# Same and different


@pytest.mark.parametrize(
    "names",
    ["small-nets, big-trees", f"{A1}, Big trees!", f"'arxiv:{A1}', big-trees",
     "'digests/d.md:10', 'digests/d.md:20'", f"'https://arxiv.org/abs/{A1}v2', 10.1000/X"],
)  # fmt: skip
def test_same_joins_papers_by_any_name(names: str) -> None:
    """Slug, id, address, DOI, title, place; what they disagree on is settled."""
    papers = (Facts("Small Nets", arxiv=A1, doi="10.5000/z"), Facts("Big Trees", doi="10.1000/x"))
    assert len(made("papers: {}", *papers).catalog.papers) == 2
    found = made(f"same: [[{names}]]", *papers)
    assert slugs(found) == ["small-nets"]
    assert found.problems == ()


def test_same_holds_in_the_next_build_too() -> None:
    """Also by a slug that is a redirect by then."""
    papers = (Facts("Small Nets"), Facts("Big Trees"))
    first = made("same: [[small-nets, big-trees]]", *papers, lock=made("", *papers).lock)
    assert first.lock.redirects == {"big-trees": "small-nets"}
    again = made("same: [[small-nets, big-trees]]", *papers, lock=first.lock)
    assert slugs(again) == ["small-nets"]
    assert again.lock == first.lock
    assert again.catalog.redirects == {"big-trees": "small-nets"}


def test_different_parts_what_an_id_joins() -> None:
    """Somebody copied the wrong id; mentions that are not named stay with the first."""
    papers = (Facts("Nets", arxiv=A1), Facts("Trees", arxiv=A1), Facts("NETS", arxiv=A1))
    assert len(made("", *papers).catalog.papers) == 1
    found = made("different: [[Nets, Trees]]", *papers)
    assert {p.slug: len(p.featured) for p in found.catalog.papers} == {"nets": 2, "trees": 1}


def test_different_parts_equal_titles() -> None:
    """Named by their places, which nothing else tells apart."""
    papers = (Facts("Nets"), Facts("Nets"))
    found = made("different: [['digests/d.md:10', 'digests/d.md:20']]", *papers)
    assert sorted(slugs(found)) == ["nets", "nets-2"]


def test_parted_papers_have_their_old_addresses_again() -> None:
    """A merge that was wrong leaves no redirect behind."""
    papers = (Facts("Small Nets"), Facts("Big Trees"))
    joined = made("same: [[small-nets, big-trees]]", *papers, lock=made("", *papers).lock)
    found = made("", *papers, lock=joined.lock)
    assert sorted(slugs(found)) == ["big-trees", "small-nets"]
    assert found.lock.redirects == {}
    assert found.lock == made("", *papers).lock
    assert sorted(slugs(made("", *reversed(papers), lock=joined.lock))) == sorted(slugs(found))


def test_different_by_a_name_that_both_have_is_told() -> None:
    """It parts nothing."""
    papers = (Facts("Nets", arxiv=A1), Facts("Trees", arxiv=A1))
    found = made(f"different: [[{A1}, Nets]]", *papers)
    assert len(found.catalog.papers) == 1
    assert "name the same mention" in found.problems[0].message


def test_an_unknown_paper_is_told_with_the_nearest() -> None:
    """With the line of corrections.yml."""
    found = made("same:\n- [smal-nets, big-trees]\n", Facts("Small Nets"), Facts("Big Trees"))
    assert len(found.catalog.papers) == 2
    (problem,) = found.problems
    assert str(problem).startswith(
        "corrections.yml:2: warning: no paper is called 'smal-nets'\n"
        "  hint: did you mean 'small-nets'?"
    )


# Changes of one paper


def changed(text: str, facts: Facts) -> Any:
    (paper,) = made(f"papers:\n  Small Nets:\n    {text}\n", facts).catalog.papers
    return paper


def test_a_title_changes_no_slug() -> None:
    """Nor does papers.lock hear of it."""
    paper = changed("title: Großes Netz", Facts("Small Nets"))
    assert (paper.slug, paper.facts.title) == ("small-nets", "Großes Netz")


def test_a_note_replaces_the_digest_s() -> None:
    """In the curator's later words."""
    assert changed("note: Mine.", Facts("Small Nets", note="Old.")).facts.note == "Mine."


def test_topics_replace_the_digest_s() -> None:
    """And say where they were written."""
    paper = changed("topics: speech, Vision", Facts("Small Nets"))
    assert paper.pinned == ("speech", "Vision")
    assert paper.pinned_at == ("corrections.yml", 2)


def test_links_come_first_or_instead() -> None:
    """A list is sorted by what it leads to; of named kinds those with one address change."""
    old = Links(pdf="https://a.example/old.pdf", code=("https://github.com/a/b",))
    facts = Facts("Small Nets", links=old)
    found = changed(
        "links: {pdf: https://b.example/n.pdf, code: [https://github.com/c/d]}", facts
    ).facts.links
    assert found.pdf == "https://b.example/n.pdf"
    assert found.code == ("https://github.com/c/d", "https://github.com/a/b")
    found = changed(f"links: [https://arxiv.org/abs/{A1}, https://github.com/c/d]", facts).facts
    assert found.arxiv == A1
    assert found.links.code == ("https://github.com/a/b", "https://github.com/c/d")


def test_a_hidden_paper_is_nowhere_but_in_the_lock() -> None:
    """Neither in the catalogue nor in its digest; its address stays its own."""
    found = made("papers: {Small Nets: {hide: true}}", Facts("Small Nets"), Facts("Trees"))
    assert slugs(found) == ["trees"]
    assert [e.facts.title for e in found.catalog.digests[0].entries] == ["Trees"]
    assert "small-nets" in found.lock.keys


def test_a_name_of_two_papers_changes_neither() -> None:
    """The curator is asked for a better one."""
    papers = (Facts("Nets", arxiv=A1), Facts("Nets", arxiv=A2))
    found = made("papers:\n  'title:Nets': {hide: true}\n", *papers)
    assert len(found.catalog.papers) == 2
    assert found.problems[0].message == "'title:Nets' names 2 papers"
    by_slug = made("papers:\n  nets-2: {hide: true}\n", *papers)
    assert slugs(by_slug) == ["nets"]


KIN = (Facts("One on fog", arxiv=A1), Facts("Two on salt", arxiv=A2), Facts("Three on reefs"))


@pytest.mark.parametrize(
    ("said", "kin"),
    [
        (f"[{A2}, Three on reefs, title:Two on salt]", ("two-on-salt", "three-on-reefs")),
        ("[]", ()),
        ("[One on fog, three-on-reefs]", ("three-on-reefs",)),
    ],
)
def test_related_papers_are_the_curator_s(said: str, kin: tuple[str, ...]) -> None:
    """By any name, in this order, each once and never the paper itself; others keep theirs."""
    found = made(f"papers:\n  One on fog:\n    related: {said}\n", *KIN)
    assert found.problems == ()
    assert [found.catalog.by_slug[s].kin for s in ("one-on-fog", "two-on-salt")] == [kin, None]


def test_an_unknown_related_paper_is_told() -> None:
    """With its line and the nearest name; the others are used."""
    text = "papers:\n  One on fog:\n    related:\n      - Two on silt\n      - Three on reefs\n"
    found = made(text, *KIN)
    assert [(p.line, p.message) for p in found.problems] == [
        (4, "no paper is called 'Two on silt'")
    ]
    assert "did you mean 'Two on salt'?" in (found.problems[0].hint or "")
    assert found.catalog.by_slug["one-on-fog"].kin == ("three-on-reefs",)
