"""Days, names and addresses, as several readers need them."""

from __future__ import annotations

import pytest

from generator import readers
from generator.models import Facts, Links, Source
from generator.readers import Defaults
from generator.readers.facts import (
    completed,
    day,
    day_of_name,
    is_day,
    month_of_arxiv,
    names,
    names_year,
    with_addresses,
    with_mentioned,
)

PAGE = (
    "Get trending papers in your email inbox!\nSubscribe\n{day}\nKettles\nA kettle. It whistles.\n"
)
CURATED = "---\ndate: {day}\n---\n## Kettles\n"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Mar 14, 2025", "2025-03-14"),
        ("March 14 2025", "2025-03-14"),
        ("Sept. 1st, 2025", "2025-09-01"),
        (" MAY 2nd, 2025 ", "2025-05-02"),
        ("Feb 29, 2024", "2024-02-29"),
        ("Feb 29, 2025", None),
        ("Mar 14", None),
        ("Marc 14, 2025", None),
        ("14 Mar 2025", None),
        ("", None),
    ],
)
def test_a_day_in_words_is_understood(written: str, found: str | None) -> None:
    """Only days that the calendar has, and never with a guessed year."""
    assert day(written) == found


def test_a_year_from_outside_stands_in_only_where_none_is_named() -> None:
    """The text's own year counts more; a year beyond all calendars makes no day."""
    assert day("Mar 14", 2025) == "2025-03-14"
    assert day("Mar 14, 2024", 2025) == "2024-03-14"
    assert day("Feb 29", 2025) is None
    assert day("Mar 14", 10**30) is None


def test_a_day_line_is_told_from_a_title() -> None:
    """With a year and without; 29 February is one."""
    assert is_day("Feb 29")
    assert is_day("Mar 14, 2025")
    assert not is_day("May the Force 4")
    assert names_year("Mar 14, 2025")
    assert not names_year("Mar 14")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("digests/2025-03-14-daily.txt", "2025-03-14"),
        ("digests/daily_2025-03-14.md", "2025-03-14"),
        ("2025-03-14/daily.md", None),
        ("digests/2025-02-30.md", None),
        ("digests/12025-03-14.md", None),
    ],
)
def test_a_file_name_tells_its_day(path: str, found: str | None) -> None:
    """The file's own name, not its folder's."""
    assert day_of_name(path) == found


@pytest.mark.parametrize(
    ("form", "name", "written", "year", "date"),
    [
        (PAGE, "2020-01-01.txt", "Mar 14, 2025", 2019, "2025-03-14"),
        (PAGE, "2020-01-01.txt", "Mar 14", 2019, "2020-01-01"),
        (PAGE, "x.txt", "Mar 14", 2019, "2019-03-14"),
        (PAGE, "x.txt", "Mar 14", None, None),
        (PAGE, "x.txt", "", 2019, None),
        (CURATED, "2020-01-01.md", "2025-03-14", 2019, "2025-03-14"),
        (CURATED, "2020-01-01.md", "Mar 14", 2019, "2020-01-01"),
        (CURATED, "x.md", "Mar 14", 2019, "2019-03-14"),
        (CURATED, "x.md", "Mar 14", None, None),
    ],
)
def test_a_digest_is_dated_by_the_surest_word(
    form: str, name: str, written: str, year: int | None, date: str | None
) -> None:
    """The content with its year, then the file's name, then the content with the given year."""
    source = Source(f"digests/{name}", form.format(day=written).encode())
    reading = readers.read(source, Defaults(year), readers.installed())
    assert reading.digests[0].date == date
    undated = [problem for problem in reading.problems if "undated" in problem.message]
    assert len(undated) == (date is None)


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Ada One, Bo Two and Cy Three", ("Ada One", "Bo Two", "Cy Three")),
        ("Ada One, Bo Two, and Cy Three", ("Ada One", "Bo Two", "Cy Three")),
        ("One, Ada; Two, Bo;", ("One, Ada", "Two, Bo")),
        ("Anand Andersen & Sand Land", ("Anand Andersen", "Sand Land")),
        (" , ", ()),
    ],
)
def test_names_are_parted(written: str, people: tuple[str, ...]) -> None:
    """A semicolon shows that commas belong to the names."""
    assert names(written) == people


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("https://github.com/a/b", Links(code=("https://github.com/a/b",))),
        ("https://www.gitlab.com/a", Links(code=("https://www.gitlab.com/a",))),
        ("https://a.github.io/x", Links(project=("https://a.github.io/x",))),
        ("https://a.example/p.PDF?x", Links(pdf="https://a.example/p.PDF?x")),
        ("https://a.example/", Links(other=("https://a.example/",))),
        ("https://evilgithub.com/a", Links(other=("https://evilgithub.com/a",))),
        ("https://github.com.evil.example/", Links(other=("https://github.com.evil.example/",))),
    ],
)
def test_an_address_finds_its_place(address: str, links: Links) -> None:
    """By its host, the whole host; once, however often it is named."""
    assert with_addresses(Facts("x"), [address, address]).links == links


def test_an_address_that_the_curator_gives_tells_the_id() -> None:
    """Of arXiv, of Hugging Face and of DOI resolvers; a known id is not overruled."""
    given = ["https://arxiv.org/abs/2401.00001v2", "https://doi.org/10.1000/X"]
    facts = with_addresses(Facts("x"), given)
    assert (facts.arxiv, facts.version, facts.doi) == ("2401.00001", "v2", "10.1000/x")
    page = "https://www.huggingface.co/papers/2402.00002"
    assert with_addresses(Facts("x"), [page]).arxiv == "2402.00002"
    assert with_addresses(facts, [page]).arxiv == "2401.00001"
    assert with_addresses(Facts("x"), ["https://evilarxiv.org/abs/2401.00001"]).arxiv is None


def test_an_address_in_running_text_tells_no_id() -> None:
    """An abstract also points to other papers and to data: nothing is guessed."""
    given = ["https://arxiv.org/abs/2401.00001", "https://doi.org/10.1000/data"]
    facts = with_mentioned(Facts("x"), given)
    assert (facts.arxiv, facts.doi) == (None, None)
    assert facts.links == Links(other=tuple(given))


def test_ids_imply_their_addresses_and_month() -> None:
    """What the curator said himself stays."""
    facts = completed(Facts("x", arxiv="math/0211159", links=Links(pdf="https://a.example/p")))
    assert facts.links.arxiv == "https://arxiv.org/abs/math/0211159"
    assert facts.links.pdf == "https://a.example/p"
    assert facts.published == "2002-11"
    assert completed(Facts("x", arxiv="2401.00001", published="2023-12-31")).published == (
        "2023-12-31"
    )
    assert month_of_arxiv("hep-th/9901001") == "1999-01"
