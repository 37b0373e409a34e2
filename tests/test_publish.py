"""The site changes whole or not at all, and two builds agree to the byte."""

from __future__ import annotations

import datetime
import gzip
import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from toy import FOG, publish_at, replace, toy, tree, written

from generator import publish, writer
from generator.problems import Severity


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the toy collection with its site; tests only look at it."""
    root = toy(tmp_path_factory.mktemp("built"))
    assert publish_at(root) == []
    return root


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """Return a toy collection with an older site, which must still stand after the test."""
    root = toy(tmp_path)
    site = root / "site"
    for name in ("index.html", "data/build.json"):
        writer.put(site / name, b"the older site\n")
    before = tree(site)
    yield root
    assert tree(site) == before
    assert not list(root.glob(".site*"))


def messages(root: Path) -> str:
    problems = publish_at(root)
    assert {problem.severity for problem in problems} == {Severity.ERROR}
    return "\n".join(map(str, problems))


def test_a_dead_link_leaves_the_old_site(old: Path) -> None:
    """A link in raw HTML, which MkDocs does not look at, stops the swap."""
    replace(old / "docs/about.md", "None of them", '<a href="../papers/nowhere/">x</a>')
    assert "about/index.html: error: the link '../papers/nowhere/'" in messages(old)


def test_a_warning_of_mkdocs_leaves_the_old_site(old: Path) -> None:
    """What MkDocs warns of, such as a dead Markdown link, stops the swap and is said."""
    replace(old / "docs/about.md", "topics/index.md", "nowhere.md")
    assert "MkDocs: Doc file 'about.md' contains a link 'nowhere.md'" in messages(old)


def test_a_dead_anchor_leaves_the_old_site(old: Path) -> None:
    """A Markdown link to a heading that is not there stops the swap."""
    replace(old / "docs/about.md", "(#why)", "(#wherefore)")
    assert "#wherefore" in messages(old)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("name: material", "name: nothing", "nothing"),
        ("  - toc", "  - no_such_extension", "no_such_extension"),
        ("  - About: about.md", "  - About: nowhere.md", "nowhere.md"),
        ("nav:\n", "navigation:\n", "navigation"),
    ],
    ids=["theme", "extension", "nav", "unknown setting"],
)
def test_a_bad_setting_of_mkdocs_leaves_the_old_site(
    old: Path, right: str, wrong: str, said: str
) -> None:
    """What only MkDocs can refuse in mkdocs.yml is an error there, not a traceback."""
    replace(old / "mkdocs.yml", right, wrong)
    found = messages(old)
    assert found.startswith("mkdocs.yml: error: MkDocs: ")
    assert said in found


def test_a_broken_theme_of_the_collection_leaves_the_old_site(old: Path) -> None:
    """An override that Jinja cannot read is an error that names it."""
    writer.put(old / "templates/theme/main.html", b"{% if %}")
    assert "main.html" in messages(old)


def test_a_page_that_stops_markdown_leaves_the_old_site(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a hand-written page or an extension raises is an error that names the page."""

    def stop(*_: object, **__: object) -> None:
        raise AssertionError("we should not get here!")

    monkeypatch.setattr("markdown.Markdown.convert", stop)
    assert "we should not get here!" in messages(old)


def test_a_missing_page_leaves_the_old_site(old: Path) -> None:
    """A page that MkDocs leaves out is missed."""
    replace(old / "mkdocs.yml", "not_in_nav:", "exclude_docs: /papers/legged*\nnot_in_nav:")
    assert "papers/legged-locomotion-on-custard/index.html" in messages(old)


def test_an_interrupted_build_leaves_the_old_site(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever presses Ctrl-C during the build keeps the old site and finds no debris."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.checks.built", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish_at(old)


def test_the_swap_is_whole(tmp_path: Path) -> None:
    """After the swap the site holds the new files only, and the old ones are aside."""
    site, fresh = tmp_path / "site", tmp_path / ".site.1"
    writer.put(site / "old.html", b"old")
    writer.put(fresh / "new.html", b"new")
    publish.swap(fresh, site)
    assert tree(site) == {"new.html": b"new"}


@pytest.mark.parametrize("existing", [True, False])
def test_the_swap_works_without_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool
) -> None:
    """Where the system cannot exchange two folders, nothing of the old site stays behind."""
    monkeypatch.setattr("sys.platform", "elsewhere")
    site, fresh = tmp_path / "site", tmp_path / ".site.1"
    if existing:
        writer.put(site / "old.html", b"old")
    writer.put(fresh / "new.html", b"new")
    publish.swap(fresh, site)
    assert tree(tmp_path) == {"site/new.html": b"new"}


def test_a_link_to_the_site_stays_a_link(tmp_path: Path) -> None:
    """Where site/ is a link to a host's folder, that folder gets the new site."""
    root = toy(tmp_path)
    (tmp_path / "host").mkdir()
    (root / "site").symlink_to(tmp_path / "host")
    assert publish_at(root) == []
    assert (root / "site").is_symlink()
    assert (tmp_path / "host/index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["host", "toy"]


def test_a_build_tells_how_far_it_is(tmp_path: Path) -> None:
    """Each part is named in its order, and of the pages as many are done as there are."""
    root = toy(tmp_path)
    collection, site = written(root)
    told: list[tuple[str, int, int]] = []

    def tell(part: str, done: int = 0, total: int = 0) -> None:
        told.append((part, done, total))

    assert publish.build(root, collection.settings, site, root / "site", tell) == []
    parts = list(dict.fromkeys(part for part, _, _ in told))
    assert parts == [
        *("settings", "reading pages", "copying files", "dressing pages"),
        *("checking links", "swapping"),
    ]
    pages = len(list((root / "docs").rglob("*.md")))
    dressed = [(done, total) for part, done, total in told if part == "dressing pages"]
    assert dressed == [(number, pages) for number in range(1, pages + 1)]


def test_a_second_build_replaces_the_whole_site(tmp_path: Path) -> None:
    """A page whose paper is gone is gone from the site too."""
    root = toy(tmp_path)
    page = root / "site/papers/legged-locomotion-on-custard/index.html"
    publish_at(root)
    assert page.is_file()
    (root / "digests/2025-03-21-equinox.md").unlink()
    assert publish_at(root) == []
    assert not page.exists()
    assert (root / "site/papers/object-detection-in-heavy-fog/index.html").is_file()


def test_two_builds_are_equal_to_the_byte(built: Path, tmp_path: Path) -> None:
    """A build elsewhere, at another time zone and hash seed, gives the same files."""
    root = toy(tmp_path)
    again = "from toy import *; import sys; sys.exit(len(publish_at(Path(sys.argv[1]))))"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    environment["PYTHONPATH"] = os.pathsep.join(
        [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    )
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-c", again, str(root)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert tree(root / "site") == tree(built / "site")
    assert tree(root / "docs") == tree(built / "docs")


def test_the_order_of_the_file_system_changes_nothing(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders listed the other way round give the same site."""
    walk = os.walk

    def backwards(*arguments: object, **more: object):  # type: ignore[no-untyped-def]
        for place, folders, files in walk(*arguments, **more):  # type: ignore[call-overload]
            folders.sort(reverse=True)
            yield place, folders, sorted(files, reverse=True)

    monkeypatch.setattr(os, "walk", backwards)
    root = toy(tmp_path)
    assert publish_at(root) == []
    assert tree(root / "site") == tree(built / "site")


def test_the_site_names_no_path_of_this_machine(built: Path) -> None:
    """No file of the site tells where it was built."""
    place = str(built).encode()
    assert [name for name, content in tree(built / "site").items() if place in content] == []


def test_leftovers_of_killed_builds_are_swept(tmp_path: Path) -> None:
    """Folders of builds that run no more go; of one that runs, and of others, they stay."""
    root = toy(tmp_path)
    # Process 1 always runs; a number as large as this is never given.
    for name in (".site.99999999", ".site.1", ".site.mine", f".site.{os.getpid()}"):
        (root / name).mkdir()
    assert publish_at(root) == []
    assert sorted(path.name for path in root.glob(".site*")) == [".site.1", ".site.mine"]


@pytest.mark.parametrize("content", ["thesis.tex", "index.html", ".git/HEAD"])
def test_a_foreign_folder_is_refused(tmp_path: Path, content: str) -> None:
    """A folder that Offprint did not build is not taken for the site."""
    writer.put(tmp_path / "out" / content, b"mine")
    refused = publish.refusal(tmp_path / "out")
    assert refused is not None
    assert refused.severity is Severity.ERROR
    assert "--site-dir" in refused.hint


def test_a_repository_is_refused(built: Path, tmp_path: Path) -> None:
    """A site of Offprint with a .git of its own is a person's checkout: it stays."""
    for name in ("data/build.json", ".git"):
        writer.put(tmp_path / "out" / name, (built / "site/data/build.json").read_bytes())
    assert publish.refusal(tmp_path / "out") is not None


def test_the_folder_of_the_pages_is_refused(built: Path) -> None:
    """docs/ holds data/build.json too, and yet is no site."""
    assert publish.refusal(built / "docs") is not None


def test_a_file_is_refused(tmp_path: Path) -> None:
    """A file where the site should go is named."""
    (tmp_path / "out").write_text("mine")
    refused = publish.refusal(tmp_path / "out")
    assert refused is not None
    assert "is a file" in refused.message


def test_an_older_site_and_an_empty_folder_are_accepted(built: Path, tmp_path: Path) -> None:
    """What Offprint built, what is empty and what is not there may become the site."""
    (tmp_path / "empty").mkdir()
    for folder in (built / "site", tmp_path / "empty", tmp_path / "new"):
        assert publish.refusal(folder) is None


def test_the_site_works_below_a_sub_path(built: Path) -> None:
    """No page loads or links by a path from the host's root, and the map has the whole address."""
    for name, content in tree(built / "site").items():
        if name.endswith(".html") and name != "404.html":
            for mark in (b'href="/', b'src="/', b'action="/'):
                assert mark not in content, name
    missing = (built / "site/404.html").read_text()
    assert 'href="/repo/' in missing
    sitemap = (built / "site/sitemap.xml").read_text()
    assert "<loc>https://toy.example/repo/papers/object-detection-in-heavy-fog/</loc>" in sitemap
    assert "https://toy.example/repo/sitemap.xml" in (built / "site/robots.txt").read_text()


def test_the_days_of_the_site_are_those_of_digests(built: Path) -> None:
    """No day of the sitemap is the clock's, nor is the hour at which it was packed."""
    sitemap = (built / "site/sitemap.xml").read_text()
    days = {"2025-03-14", "2025-03-21"}
    assert set(re.findall("<lastmod>(.*?)</lastmod>", sitemap)) == days
    newest = datetime.datetime(2025, 3, 21, tzinfo=datetime.UTC).timestamp()
    packed = (built / "site/sitemap.xml.gz").read_bytes()
    assert struct.unpack("<L", packed[4:8]) == (int(newest),)
    assert gzip.decompress(packed).decode() == sitemap


def test_a_new_note_changes_no_other_paper(tmp_path: Path) -> None:
    """A new note on one paper changes its own page and the lists, and no other paper's page."""
    root = toy(tmp_path)
    written(root)
    before = tree(root / "docs/papers")
    replace(root / FOG, "Nobody knows.", "Everybody knows.")
    written(root)
    after = tree(root / "docs/papers")
    changed = [name for name in after if after[name] != before[name]]
    assert changed == ["on-the-length-of-a-piece-of-string.md"]
