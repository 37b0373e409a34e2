"""`mkdocs build` alone makes the same site, and `mkdocs serve` follows what a curator changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import frontmatter
import pytest
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from toy import publish_at, replace, toy, tree

from generator import writer
from generator.plugin import OffprintPlugin, _is_html

MKDOCS = Path(sys.executable).with_name("mkdocs")


def mkdocs(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` in the collection at `root`, as a curator would."""
    command = [str(MKDOCS), "build", *more]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def configured(root: Path) -> MkDocsConfig:
    """Return the settings of the collection at `root` as the plugin leaves them."""
    config = load_config(str(root / "mkdocs.yml"))
    return config.plugins.on_config(config)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a toy collection that MkDocs alone has built; tests only look at it."""
    root = toy(tmp_path_factory.mktemp("alone"))
    done = mkdocs(root, "--strict")
    assert done.returncode == 0, done.stderr
    return root


def test_mkdocs_alone_makes_the_same_site(alone: Path, tmp_path: Path) -> None:
    """`mkdocs build` and `offprint build` give the same site and the same docs/."""
    root = toy(tmp_path)
    assert publish_at(root) == []
    assert tree(alone / "site") == tree(root / "site")
    assert tree(alone / "docs") == tree(root / "docs")


def test_mkdocs_alone_remembers_the_slugs(tmp_path: Path) -> None:
    """papers.lock is written by `mkdocs build` too, with the same lines."""
    root = toy(tmp_path)
    lines = (root / "papers.lock").read_text()
    (root / "papers.lock").unlink()
    assert mkdocs(root).returncode == 0
    assert (root / "papers.lock").read_text() == lines


def test_mkdocs_tells_the_problems(tmp_path: Path) -> None:
    """What is wrong in a digest shows in MkDocs' log, and stops `--strict` only."""
    root = toy(tmp_path)
    writer.put(root / "digests/empty.md", b"")
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    assert "digests/empty.md: error: the file is empty" in done.stderr
    assert mkdocs(root, "--strict").returncode == 1


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("topics.yml", b"topics: [", "topics.yml:1: error"),
        ("docs/search.md", b"mine", "docs/search.md: error"),
        ("templates/pages/home.md.j2", b"{% if %}", "templates/pages/home.md.j2:1: error"),
    ],
)
def test_mkdocs_stops_where_no_site_can_be_made(
    tmp_path: Path, file: str, content: bytes, said: str
) -> None:
    """An unusable collection ends `mkdocs build` with the problem and without a traceback."""
    root = toy(tmp_path)
    writer.put(root / file, content)
    done = mkdocs(root)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    """A misspelt setting of the plugin stops MkDocs and names the right ones."""
    root = toy(tmp_path)
    replace(root / "mkdocs.yml", "year: 2025", "yaer: 2025")
    done = mkdocs(root)
    assert done.returncode == 1
    assert "unknown setting 'yaer'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_collection_without_nav_gets_a_short_one(tmp_path: Path) -> None:
    """Without `nav` in mkdocs.yml the menu holds no paper and no digest; a chosen one stays."""
    root = toy(tmp_path)
    chosen = configured(root).nav
    assert {"About": "about.md"} in chosen
    content = (root / "mkdocs.yml").read_text()
    start, end = content.index("nav:"), content.index("not_in_nav:")
    (root / "mkdocs.yml").write_text(content[:start] + content[end:])
    assert configured(root).nav == [
        "index.md",
        "topics/index.md",
        "digests/index.md",
        "trends.md",
        "search.md",
        "saved.md",
        "feeds/index.md",
        "status.md",
    ]


def test_the_collections_own_theme_stands_before_ours(tmp_path: Path) -> None:
    """A theme file in templates/theme is found first, then Offprint's, then Material's."""
    root = toy(tmp_path)
    (root / "templates/theme").mkdir(parents=True)
    first, second, third, *_ = configured(root).theme.dirs
    assert first == str(root / "templates/theme")
    assert Path(second, "main.html").is_file()
    assert "material" in third


def test_serve_watches_digests_topics_and_templates(tmp_path: Path) -> None:
    """`mkdocs serve` is told of each place whose change makes a new site, where it exists."""
    root = toy(tmp_path)
    watched: list[str] = []
    server = SimpleNamespace(watch=watched.append)
    config = SimpleNamespace(config_file_path=str(root / "mkdocs.yml"))
    serve = OffprintPlugin().on_serve
    serve(server, config=config, builder=print)  # type: ignore[arg-type]
    assert watched == [str(root / "digests"), str(root / "topics.yml")]
    (root / "templates").mkdir()
    serve(server, config=config, builder=print)  # type: ignore[arg-type]
    assert watched[-1] == str(root / "templates")


def test_a_second_build_of_serve_sees_new_digests(tmp_path: Path) -> None:
    """A plugin that lives on assembles anew at every build: nothing is kept from the first."""
    root = toy(tmp_path)
    plugin = OffprintPlugin()
    config = SimpleNamespace(
        config_file_path=str(root / "mkdocs.yml"), docs_dir=str(root / "docs"), extra={}
    )
    plugin.on_startup(command="serve", dirty=False)
    plugin.on_pre_build(config=config)  # type: ignore[arg-type]
    writer.put(root / "digests/2025-03-28-more.md", b"---\ntitle: More\n---\n\n## A New Vocoder\n")
    plugin.on_pre_build(config=config)  # type: ignore[arg-type]
    assert (root / "docs/papers/a-new-vocoder.md").is_file()
    assert config.extra["offprint"]["papers"] == 7
    assert config.extra["offprint"]["last_digest"] == "28 March 2025"


def test_what_markdown_is_spared_is_what_it_would_have_made(alone: Path) -> None:
    """Every generated page comes out of Markdown as it went in, so it need not go there."""
    config = configured(alone)
    pages = 0
    for path in sorted((alone / "docs").rglob("*.md")):
        head, body = frontmatter.parse(path.read_text(encoding="utf-8"))
        if head.get("page"):
            pages += 1
            assert _is_html(body), path
            made = Markdown(extensions=config["markdown_extensions"]).convert(body)
            assert made == body.strip(), path
    assert pages > 10


@pytest.mark.parametrize(
    "text",
    ["<div>\n</div>\n\nA *word*.", "# Title", "<div>\n\n</div>", "A word.\n<div>\n</div>", ""],
)
def test_a_template_with_markdown_in_it_is_rendered(text: str) -> None:
    """Only a page that is one block of HTML is left as it is."""
    assert not _is_html(text)
