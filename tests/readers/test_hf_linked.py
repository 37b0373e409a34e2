"""Saved pages with numbered links: made up in many renderings, as no sample of one exists."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_readers import sound

from generator import readers
from generator.models import Facts, Reading, Source
from generator.readers import Defaults
from generator.readers.hf_linked import sniff
from generator.readers.hf_page import sniff as sniff_page

KNOWN = readers.installed()
INVITATION = "Get trending papers in your email inbox!"
HOST = "https://huggingface.co"
PAPERS = (
    ("Kettles That Listen", "2601.98761", 65, "Jan 30"),
    ("[Re] Do Teapots Pour Left? A Second Look at " * 3 + "[Handles]", "2602.98762", None, "Feb 2"),
    ("Cups [That] Hold [Water][1] at Night", "2602.98763", 7, "Feb 1"),
)
ABSTRACT = (
    "We ask [1] whether kettles of copper whistle in tune, and find that most of them do. " * 4
)
PIECES = (
    *("### [", "### ", "# ", "A title", "][1]", "][2]", "]", "[", "\n", "\n\n", "* 3 authors\n"),
    *("·\n", "May 30\n", "Published on May 30, 2025\n", "65\n", "-\n", "[65][1]\n", "[2][3]\n"),
    *("1. https://huggingface.co/papers/2601.98761\n", "[2]: /papers/2602.98762\n", "3. //[::\n"),
    *("byAK and the research community\n", INVITATION, "\u2028", "\r", "\x0b", "word " * 30),
    *("[GitHub 3][2]\n", "[2]: https://github.com/a/b\n", "[3]: /papers/2601.98761#community\n"),
)


@dataclass(frozen=True)
class Rendering:
    """How a program that dumps pages writes them."""

    definition: str = "{}. {}"
    host: str = HOST
    """What stands before the path of an address."""
    indent: str = ""
    bullet: str = "* "
    width: int = 120
    gap: str = "\n\n"
    """Between two blocks."""
    hashes: bool = False
    """Whether a heading's signs stand before each of its lines."""
    votes_above: bool = False
    votes_linked: bool = False
    own_link: bool = True
    """Whether the abstract's link has a number of its own."""


RENDERINGS = {
    "plain": Rendering(),
    "brackets": Rendering(definition="[{}]: {}"),
    "angles": Rendering(definition="  {}. <{}>"),
    "paths": Rendering(definition="[{}]: {}", host=""),
    "indented": Rendering(indent="   ", bullet="- "),
    "narrow": Rendering(width=78),
    "hashes": Rendering(width=78, hashes=True),
    "tight": Rendering(gap="\n"),
    "votes-above": Rendering(votes_above=True),
    "votes-above-tight": Rendering(votes_above=True, gap="\n"),
    "votes-linked": Rendering(votes_linked=True),
    "votes-linked-above": Rendering(votes_linked=True, votes_above=True),
    "one-link": Rendering(own_link=False),
}


def page(form: Rendering, abstract: str = ABSTRACT) -> str:
    """Return `PAPERS` as a page: navigation, papers, footer, and the list of links."""
    numbers = count(1)
    defined: list[str] = []

    def link(words: str, path: str, number: int | None = None) -> str:
        if number is None:
            number = next(numbers)
            defined.append(form.definition.format(number, form.host + path))
        return f"[{words}][{number}]"

    def wrapped(words: str, lead: str = "") -> str:
        lines = textwrap.wrap(lead + words, form.width, break_long_words=False)
        return f"\n{lead if form.hashes else ''}".join(lines)

    blocks = [f"{form.bullet}{link(word, '/' + word.lower())}" for word in ("Models", "Datasets")]
    blocks += [f"# {link('Daily Papers', '/papers')}", INVITATION, "Subscribe"]
    for title, number, votes, day in PAPERS:
        vote = "-" if votes is None else str(votes)
        vote = link(vote, "/login?next=%2Fpapers") if form.votes_linked else vote
        heading = link(title, f"/papers/{number}")
        own = None if form.own_link else len(defined)
        told = [wrapped(heading, "### "), wrapped(link(abstract, f"/papers/{number}", own))]
        told += [f"{form.bullet}3 authors", "·", day]
        blocks += [vote, *told] if form.votes_above else [*told, vote]
    blocks += ["Company", f"{form.bullet}{link('TOS', '/tos')}", "\n".join(defined)]
    return textwrap.indent(form.gap.join(blocks), form.indent) + "\n"


def read(text: str, name: str = "page.txt", form: str | None = None) -> Reading:
    return readers.read(Source(f"digests/{name}", text.encode()), Defaults(), KNOWN, form)


@pytest.mark.parametrize("name", RENDERINGS)
def test_each_rendering_is_read_alike(name: str) -> None:
    """Titles with brackets and over lines, abstracts, ids, votes, and the papers' own days."""
    reading = read(page(RENDERINGS[name]))
    assert (reading.format, reading.read, reading.rejected) == ("hf-linked", 3, 0)
    facts = [entry.facts for entry in reading.digests[0].entries]
    assert [(f.title, f.arxiv, f.votes) for f in facts] == [paper[:3] for paper in PAPERS]
    assert {f.abstract for f in facts} == {ABSTRACT.strip()}
    assert [f.published for f in facts] == ["2026-01-30", "2026-02-02", "2026-02-01"]
    assert [f.links.hf for f in facts] == [f"{HOST}/papers/{paper[1]}" for paper in PAPERS]
    assert [problem.severity for problem in reading.problems] == ["note"]


@pytest.mark.parametrize("name", RENDERINGS)
def test_the_lines_are_those_of_the_headings(name: str) -> None:
    """Counted from 1, also of a title that goes on below."""
    text = page(RENDERINGS[name])
    lines = text.splitlines()
    entries = read(text).digests[0].entries
    assert [lines[entry.line - 1].split()[1][:5] for entry in entries] == [
        "[Kett",
        "[[Re]",
        "[Cups",
    ]


@pytest.mark.parametrize(
    ("name", "head", "days", "date", "published"),
    [
        ("x.txt", "", ("Feb 3, 2026",) * 3, "2026-02-03", "2026-02"),
        ("x.txt", "Feb 3, 2026", ("Jan 30", "Feb 2", "Feb 1"), "2026-02-03", "2026-02-01"),
        ("x.txt", "Feb 3, 2026", ("Feb 3",) * 3, "2026-02-03", "2026-02"),
        ("2026-02-03.txt", "", ("Jan 30", "Feb 2", "Feb 1"), "2026-02-03", "2026-02-01"),
        ("x.txt", "[Feb 3, 2026][1]", ("Jan 30", "Feb 2", "Feb 1"), None, "2026-02-01"),
        ("x.txt", "Feb 3", ("Feb 3",) * 3, None, "2026-02"),
        ("x.txt", "", ("Jan 30", "Feb 2", "Published on Dec 1, 2026"), None, "2026-02"),
        ("x.txt", "", ("Jan 30", "Feb 2", "Published on Jan 31, 2026"), None, "2026-01-31"),
    ],
)
def test_the_digests_day_is_told_from_the_papers_own(
    name: str, head: str, days: tuple[str, ...], date: str | None, published: str
) -> None:
    """A day above the papers or one that all share is the digest's; a link leads elsewhere."""
    text = page(Rendering()).replace("Subscribe", head or "Subscribe")
    for (*_, old), new in zip(PAPERS, days, strict=True):
        text = text.replace(f"\n{old}\n", f"\n{new}\n")
    (digest,) = read(text, name).digests
    assert (digest.date, digest.entries[2].facts.published) == (date, published)


def test_two_pages_in_one_file_have_their_own_links() -> None:
    """A number means what the next list below says."""
    first = page(Rendering())
    reading = read(first + "\n" + first.replace("papers/26", "papers/25"))
    ids = [entry.facts.arxiv for entry in reading.digests[0].entries]
    assert ids == [p[1] for p in PAPERS] + [p[1].replace("26", "25", 1) for p in PAPERS]


def test_an_abstract_without_a_link_is_one() -> None:
    """A paragraph of some length; a short one is a part of the page."""
    text = page(Rendering()).replace("[We ask", "We ask")
    plain = text.replace(" do.", " do. ")
    for number in (5, 7, 9):
        plain = plain.replace(f"][{number}]\n", "\n")
    facts = [entry.facts for entry in read(plain).digests[0].entries]
    assert [(f.abstract or "")[:6] for f in facts] == ["We ask"] * 3
    short = [entry.facts for entry in read(page(Rendering(), "Too short.")).digests[0].entries]
    assert [f.abstract for f in short] == ["Too short."] * 3


def test_a_page_that_was_cut_has_whole_titles_and_ids() -> None:
    """What is half is refused or named by a problem."""
    text = page(Rendering())
    titles, ids = {paper[0] for paper in PAPERS}, {paper[1] for paper in PAPERS}
    for end in range(1, len(text), 7):
        reading = read(text[:end], form="hf-linked")
        assert sound(reading)
        entries = [entry for digest in reading.digests for entry in digest.entries]
        assert {entry.facts.title for entry in entries} <= titles
        assert {entry.facts.arxiv for entry in entries} <= ids | {None}
        halves = {e.line for e in entries if e.facts.abstract != ABSTRACT.strip()}
        assert halves <= {problem.line for problem in reading.problems}


def test_other_papers_in_the_file_are_not_passed_over() -> None:
    """A page without numbers above or below one with them is an error at its own line."""
    other = f"{INVITATION}\nKettles\n\n{ABSTRACT}\n\nTeapots\n\n{ABSTRACT}\n"
    linked = page(Rendering())
    lines = []
    for text in (other + linked, linked + other):
        reading = read(text)
        assert (reading.format, reading.read, reading.rejected) == ("hf-linked", 3, 1)
        lines += [p.line for p in reading.problems if p.severity == "error"]
    assert lines == [4, linked.count("\n") + 4]


def test_the_two_forms_of_saved_pages_are_told_apart() -> None:
    """Both may hold the invitation; only one has links with numbers."""
    linked = page(Rendering())
    plain = f"{INVITATION}\nSubscribe\n\n### [Kettles][1]\n\n{ABSTRACT}\n"
    bare = f"* [Models][1]\n* [Datasets][2]\n* [Papers][3]\n\n{INVITATION}\n"
    assert (sniff("x.txt", linked), sniff_page("x.txt", linked)) == (0.95, 0)
    assert (sniff("x.txt", plain), sniff_page("x.txt", plain)) == (0, 0.9)
    assert (sniff("x.txt", bare), sniff_page("x.txt", bare)) == (0.5, 0)
    assert read(bare).problems[-1].message.startswith("no papers found")


def test_markdown_with_numbered_links_is_not_taken() -> None:
    """A list of links below is not enough where the file is Markdown."""
    text = f"## [Kettles][1]\n\n{ABSTRACT}\n\n[1]: {HOST}/papers/2601.98761\n"
    assert 0 < sniff("x.md", text) < 0.5
    assert 0.5 < sniff("x.txt", text) < 0.9
    assert sniff("x.md", text.replace("/papers/", "/datasets/")) == 0


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_linked_page_stops_its_reader(text: str) -> None:
    """Pieces of the form in any order."""
    assert sound(read(text, form="hf-linked"))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_ends_of_lines_make_no_difference(end: str) -> None:
    """Of Windows and old Macs."""
    text = page(Rendering())
    assert read(text.replace("\n", end)) == read(text)


def only(text: str) -> Facts:
    """Return the one paper of a page."""
    (digest,) = read(text, form="hf-linked").digests
    (entry,) = digest.entries
    return entry.facts


def one_paper(below: str, number: str = "2601.98761") -> str:
    listed = f"1. {HOST}/papers/{number}\n2. {HOST}/papers/{number}#community\n"
    return f"### [Kettles][1]\n\n{below}\n\n{listed}3. {HOST}/mina\n4. {HOST}/papers?p=1\n"


@pytest.mark.parametrize(
    ("number", "told", "published"),
    [
        ("2601.98761", "Jan 28", "2026-01-28"),
        ("2601.98761", "Dec 31", "2025-12-31"),
        ("2602.98761", "Jan 31", "2026-01-31"),
        ("2602.98761", "Mar 1", "2026-02"),
        ("2402.98761", "Feb 29", "2024-02-29"),
    ],
)
def test_the_id_tells_the_year_of_a_papers_day(number: str, told: str, published: str) -> None:
    """In its own month or the one before; another day is not the paper's own."""
    text = f"Feb 3, 2026\n\n{one_paper(f'* 3 authors · {told}', number)}"
    assert only(text).published == published


@pytest.mark.parametrize(
    ("below", "votes"),
    [
        ("[2][2]\n\n65", 65),
        ("65\n\n[2][2]", 65),
        ("-\n\n2", None),
        ("* 3 authors · 65", 65),
        ("Upvote 65", 65),
        ("[2][4]", None),
        ("[65][9]", 65),
        ("1.2k", None),
    ],
)
def test_votes_are_told_from_other_numbers(below: str, votes: int | None) -> None:
    """A number that leads to comments or to another page of the list is none."""
    assert only(one_paper(below)).votes == votes


def test_votes_above_are_the_last_number_before_a_title() -> None:
    """What stands before it counts the comments of the paper above."""
    text = one_paper(f"[{ABSTRACT}][1]\n\n4\n\n65\n\n### [Teapots][1]\n\n2")
    (digest,) = read(f"12\n\n{text}").digests
    assert [entry.facts.votes for entry in digest.entries] == [12, 65]


@pytest.mark.parametrize(
    ("below", "abstract"),
    [
        ("[One.\n\nTwo.][1]", "One.\n\nTwo."),
        ("[One.]\n[1]", "One."),
        ("[Submitted by mina][3]\n\n[One.][1]", "One."),
        ("[View][1]\n\n[One.][1]", "One."),
        ("[Code: https://a.example/][1]", "Code: https://a.example/"),
        ("[Mina][3]\n\nA label\n\n[2][2]", None),
    ],
)
def test_the_abstract_is_the_link_to_the_paper(below: str, abstract: str | None) -> None:
    """Whatever its length and paragraphs; not a name, a button, or a number."""
    assert only(one_paper(below)).abstract == abstract
