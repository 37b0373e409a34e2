"""A real feed reader, newsboat, sees each paper once, also after rebuilds and corrections."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from served import start
from toy import FOG, replace, toy, written

MORE = """\
---
title: Late digest
date: 2025-04-04
---

## Teaching Owls to Whistle

In $x^2$ lessons.

## Object Detection in Heavy Fog

Seen before.
"""


class Reader:
    """Newsboat with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for name in ("urls", "config"):
            (home / name).touch()

    def run(self, *arguments: object) -> str:
        command = ["newsboat", "-q", "-u", "urls", "-c", "cache.db", "-C", "config"]
        done = subprocess.run(
            [*command, *map(str, arguments)],
            cwd=self.home,
            env={"HOME": str(self.home), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/usr/local/bin"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def fetch(self) -> set[str]:
        """Fetch every feed; return the titles that are new to the reader, who reads them all."""
        urls = (self.home / "urls").read_text(encoding="utf-8").splitlines()
        # Else a feed that is written anew within a second would count as unchanged.
        always = "".join(f"always-download {url.split()[0]}\n" for url in urls)
        (self.home / "config").write_text(always, encoding="utf-8")
        self.run("-x", "reload")
        with closing(sqlite3.connect(self.home / "cache.db")) as cache, cache:
            found = cache.execute("SELECT guid, title FROM rss_item WHERE unread = 1").fetchall()
            cache.execute("UPDATE rss_item SET unread = 0")
        assert len({guid for guid, _ in found}) == len(found)
        return {title for _, title in found}

    @property
    def items(self) -> list[tuple[str, ...]]:
        """Guid, title, author, address and content of all that it knows."""
        with closing(sqlite3.connect(self.home / "cache.db")) as cache:
            rows = cache.execute("SELECT guid, title, author, url, content FROM rss_item")
            return rows.fetchall()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return toy(tmp_path)


@pytest.fixture
def home(root: Path) -> Iterator[str]:
    """Return the address at which the collection is served, and which it takes for its own."""
    folder = root / "docs"
    folder.mkdir(exist_ok=True)
    with ExitStack() as servers:
        address = start(servers, folder, "/")
        replace(root / "mkdocs.yml", "https://toy.example/repo/", address)
        yield address


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    home = tmp_path / "home"
    home.mkdir()
    return Reader(home)


def subscribed(reader: Reader, root: Path) -> int:
    """Import the list of feeds; return how many there are."""
    reader.run("-i", root / "docs/feeds/all.opml")
    return len((reader.home / "urls").read_text(encoding="utf-8").splitlines())


def test_each_paper_is_seen_once(root: Path, home: str, reader: Reader) -> None:
    """Subscribed by OPML and fetched twice, all papers and digests are there, each once."""
    written(root)
    assert subscribed(reader, root) == 6
    first = reader.fetch()
    assert len(first) == 6 + 2
    assert "Object Detection in Heavy Fog" in first
    assert reader.fetch() == set()
    assert len(reader.items) == len({guid for guid, *_ in reader.items}) == 8
    fog = next(item for item in reader.items if item[1] == "Object Detection in Heavy Fog")
    assert fog[:4] == (
        "tag:toy.example,2025:toy:object-detection-in-heavy-fog",
        "Object Detection in Heavy Fog",
        "Ada Example, Zoë Müller",
        f"{home}papers/object-detection-in-heavy-fog/",
    )


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_nothing_that_is_known_comes_again(
    root: Path, home: str, reader: Reader, form: str
) -> None:
    """A rebuild, a title, a topic and an address change nothing; a digest brings its new papers."""
    written(root)
    feeds = [f"{home}feeds/{name}.{form}" for name in ("all", "digests", "topics/vision")]
    (reader.home / "urls").write_text("\n".join(feeds) + "\n", encoding="utf-8")
    assert len(reader.fetch()) == 8
    written(root)
    assert reader.fetch() == set()

    replace(root / FOG, "Object Detection in Heavy Fog", "Finding Things in Light Mist")
    written(root)
    assert reader.fetch() == set()

    word = "papers:\n  a-robot-that-folds-b-nothing-b-regrets-it:\n    topics: [vision]\n"
    (root / "corrections.yml").write_text(word, encoding="utf-8")
    _, site = written(root)
    moved = [paper.slug for paper in site.catalog.in_topic["vision"] if "robot" in paper.slug]
    assert moved
    assert reader.fetch() == set()

    (root / "digests/2025-04-04-late.md").write_text(MORE, encoding="utf-8")
    written(root)
    assert reader.fetch() == {"Teaching Owls to Whistle", "Late digest"}

    # The old address goes on, as hosts redirect it; all within the feeds has the new one.
    replace(root / "mkdocs.yml", home, "https://moved.example/")
    written(root)
    assert reader.fetch() == set()
    assert len(reader.items) == 10
