"""A fault that is planted in a built site is found, and nothing else is called one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import publish_at, toy, tree, written

from generator import checks, writer
from generator.models import OutputFile
from generator.problems import Severity
from generator.settings import Settings

SETTINGS = Settings(site_url="https://toy.example/repo/")
HEAD = "<!doctype html><title>x</title>"
PIECES = (
    *("..", "../", "./", ".", "/", "//", "a", "b/", "index.html", "#x", "?q", ";p", ":", " ", "\t"),
    *("mailto:", "http://", "https://toy.example/repo/", "%2e%2e/", "\\", "é"),
)


def file(path: str, origin: str = "a paper") -> OutputFile:
    return OutputFile(path, b"", origin)


def faults(folder: Path, body: str, *expected: OutputFile, page: str = "a/index.html") -> list[str]:
    """Return what is wrong with a site of two pages, one of them with `body`."""
    writer.put(folder / "index.html", f"{HEAD}<h1 id=top-of-it>Home</h1>".encode())
    writer.put(folder / "picture.svg", b"<svg/>")
    writer.put(folder / page, f"{HEAD}{body}".encode())
    problems = checks.built(folder, SETTINGS, expected)
    assert all(problem.severity is Severity.ERROR and problem.hint for problem in problems)
    return [f"{problem.path}: {problem.message}" for problem in problems]


@given(
    st.sampled_from(("index.html", "404.html", "papers/x/index.html", "t/p/page/1/index.html")),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
)
@settings(max_examples=2_000)
def test_a_shorter_way_leads_to_the_same_place(page: str, address: str) -> None:
    """However odd an address is, taking the way up off it changes nothing of where it leads."""
    whole = checks._target(SETTINGS.site_url, page, address)
    assert checks._target(SETTINGS.site_url, *checks._upwards(page, address)) == whole


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../">home</a>',
        '<a href="..">home</a>',
        '<a href="../index.html#top-of-it">home</a>',
        '<a href="/repo/">home</a>',
        '<a href="https://toy.example/repo/#top-of-it">home</a>',
        '<a href="?q=1">here</a>',
        '<p id=x></p><a href="#x">here</a>',
        '<p id="é"></p><a href="#%C3%A9">here</a>',
        '<a name=x></a><a href="#x">here</a>',
        '<a href="#">up</a><a href="#top">up</a>',
        '<img src="../picture.svg">',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<form action="../"></form>',
        '<link rel="alternate" href="https://elsewhere.example/">',
        '<a href="https://elsewhere.example/">out</a>',
        '<a href="mailto:a@b.example">write</a>',
        '<a href="https://toy.example/other/">a neighbour</a>',
        '<a href="http://[broken">out</a>',
        "<a>no address</a>",
    ],
)
def test_a_good_link_is_no_fault(tmp_path: Path, body: str) -> None:
    """Links within the site in every way of writing, and links out of it, are left alone."""
    assert faults(tmp_path, body) == []


@pytest.mark.parametrize(
    "address",
    [
        "nowhere/",
        "../nowhere/",
        "../nowhere.html",
        "/repo/nowhere/",
        "https://toy.example/repo/nowhere/",
        "../a",
        "%00",
        "x" * 300,
    ],
)
def test_a_dead_link_is_found(tmp_path: Path, address: str) -> None:
    """A link to a page that is not there is named with the page that holds it."""
    (fault,) = faults(tmp_path, f'<a href="{address}">x</a>')
    assert fault == f"a/index.html: the link '{address}' leads to no page"


@pytest.mark.parametrize("address", ["#nowhere", "../#nowhere", "../index.html#Top-of-it"])
def test_a_dead_anchor_is_found(tmp_path: Path, address: str) -> None:
    """A link to a place that its page does not have is named."""
    (fault,) = faults(tmp_path, f'<a href="{address}">x</a>')
    assert fault == f"a/index.html: the link '{address}' leads to no place on the page"


@pytest.mark.parametrize(
    "body",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<script src="//cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="https://cdn.example/x.css">',
        '<link rel="preload" as="font" href="https://cdn.example/x.woff2">',
        '<link rel="shortcut icon" href="https://cdn.example/x.ico">',
        '<img src="http://cdn.example/x.png">',
        '<iframe src="https://cdn.example/x"></iframe>',
        '<video src="https://cdn.example/x.mp4"></video>',
        '<audio><source src="https://cdn.example/x.mp3"></audio>',
    ],
)
def test_an_outside_request_is_found(tmp_path: Path, body: str) -> None:
    """Whatever a browser would load from another host without being asked is named."""
    (fault,) = faults(tmp_path, body)
    assert "cdn.example" in fault
    assert "from another host" in fault


def test_a_dead_picture_and_a_dead_script_are_found(tmp_path: Path) -> None:
    """What a page loads from the site itself must be there."""
    assert len(faults(tmp_path, '<img src="../no.svg"><script src="../no.js"></script>')) == 2


def test_a_missing_file_is_found(tmp_path: Path) -> None:
    """Each generated file must stand in the site, a page as the index of its folder."""
    here = (file("index.md"), file("a.md"), file("picture.svg"))
    gone = file("papers/fog.md", "the paper “Fog”")
    (fault,) = faults(tmp_path, "", *here, gone)
    assert fault == "papers/fog/index.html: the paper “Fog” is missing from the built site"


def test_a_page_that_is_no_utf8_is_read_all_the_same(tmp_path: Path) -> None:
    """A person's old page in another encoding is checked like any other."""
    writer.put(tmp_path / "old.html", b'<p>caf\xe9</p><a href="nowhere.html">x</a>')
    (fault,) = faults(tmp_path, "")
    assert fault.startswith("old.html: the link 'nowhere.html'")


def test_the_toy_site_is_clean(tmp_path: Path) -> None:
    """A real site has no fault, and each link that is broken in it is found."""
    root = toy(tmp_path)
    assert publish_at(root) == []
    collection, site = written(root)
    assert checks.built(root / "site", collection.settings, site.files) == []
    (root / "site/papers/legged-locomotion-on-custard/index.html").unlink()
    problems = checks.built(root / "site", collection.settings, site.files)
    where = {problem.path for problem in problems}
    assert {"index.html", "topics/robots/index.html"} <= where
    assert "papers/legged-locomotion-on-custard/index.html" in where


def test_two_files_in_one_place_are_an_error() -> None:
    """Files whose names differ in case only clash, and the error names what both come from."""
    one, other = file("papers/a.md", "the paper “A”"), file("papers/A.md", "the paper “a”")
    (problem,) = checks.clashes([one, file("papers/b.md"), other])
    assert problem.severity is Severity.ERROR
    assert problem.message == "the paper “a” wants the same place as the paper “A”"


def test_no_two_generated_files_clash(tmp_path: Path) -> None:
    """The toy collection's files have places of their own, all without upper case."""
    root = toy(tmp_path)
    written(root)
    mine = {"about.md", writer.MANIFEST}
    assert all(name == name.lower() for name in tree(root / "docs").keys() - mine)
