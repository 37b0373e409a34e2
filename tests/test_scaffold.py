"""`init` makes a collection that builds as it is, and never writes over a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from toy import offprint, run, tree

from generator import scaffold, settings

FILES = [
    ".gitignore",
    "README.md",
    "digests/2026-01-05-first-digest.md",
    "mkdocs.yml",
    "topics.yml",
]


def test_a_new_collection_has_what_a_curator_needs(tmp_path: Path) -> None:
    """The promised files are there, and each is named on a line of its own."""
    result = offprint("init", tmp_path / "my-papers")
    assert result.exit_code == 0
    assert sorted(tree(tmp_path / "my-papers")) == FILES
    for name in FILES:
        assert f"wrote {tmp_path / 'my-papers' / name}\n" in result.output
    assert f"offprint build -C {tmp_path / 'my-papers'}" in result.output


def test_a_new_collection_builds_at_once(tmp_path: Path) -> None:
    """The example digest makes a site without a warning; only the address is still unknown."""
    offprint("init", tmp_path / "new")
    result = offprint("build", "--strict", root=tmp_path / "new")
    assert result.exit_code == 0, result.output
    assert "mkdocs.yml: note: site_url is not set" in result.output
    named = tmp_path / "named"
    offprint("init", named, "--url", "https://name.example/papers/")
    assert "site_url" not in offprint("check", root=named).output


def test_what_is_generated_is_ignored_by_git(tmp_path: Path) -> None:
    """Each generated file of docs/, and the site, is under a line of .gitignore."""
    root = tmp_path / "new"
    offprint("init", root)
    offprint("build", root=root)
    lines = [
        line.strip("/")
        for line in (root / ".gitignore").read_text().splitlines()
        if line.startswith("/")
    ]
    known = {*FILES, "papers.lock"}
    for name in tree(root).keys() - known:
        assert any(name == line or name.startswith(f"{line}/") for line in lines), name


def test_init_never_waits_outside_a_terminal(tmp_path: Path) -> None:
    """Without a terminal the folder's name is taken and nothing is asked."""
    done = run("init", "reading-group", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    found, _ = settings.load(tmp_path / "reading-group")
    assert found is not None
    assert found.site_name == "Reading group"


@pytest.mark.parametrize("taken", FILES)
def test_nothing_is_written_where_a_file_is(tmp_path: Path, taken: str) -> None:
    """One file in the way, or a link to nothing, stops init before it writes anything."""
    place = tmp_path / "c" / taken
    place.parent.mkdir(parents=True)
    place.write_text("mine\n")
    result = offprint("init", tmp_path / "c")
    assert result.exit_code == 1
    assert f"{taken}: error: exists already: nothing was written" in result.output
    assert tree(tmp_path / "c") == {taken: b"mine\n"}


def test_a_link_to_nothing_and_a_file_for_a_folder_are_in_the_way(tmp_path: Path) -> None:
    """Names that are taken in odder ways stop init too."""
    (tmp_path / "mkdocs.yml").symlink_to("nowhere")
    (tmp_path / "digests").write_text("mine\n")
    result = offprint("init", tmp_path)
    assert result.exit_code == 1
    assert "mkdocs.yml: error: exists already" in result.output
    assert "digests: error: " in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digests", "mkdocs.yml"]


def test_a_folder_with_other_files_is_taken(tmp_path: Path) -> None:
    """A collection may begin in a folder that holds other things, such as a .git."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "thesis.tex").write_text("mine\n")
    assert offprint("init", tmp_path).exit_code == 0
    assert sorted(tree(tmp_path)) == sorted([*FILES, "thesis.tex"])


@pytest.mark.parametrize("url", ["name.example", "ftp://name.example", "https://", "http://[x"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    """A site's address starts with http and names a host, else nothing is written."""
    result = offprint("init", tmp_path / "c", "--url", url)
    assert result.exit_code == 1
    assert "is no web address" in result.output
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    "name",
    [
        "Papers: 'quoted' \"twice\" # and {{ more }}",
        "{% raw %} <script>alert(1)</script>",
        "- !ENV [HOME]",
        "論文 \\n é",
        "no",
    ],
)
def test_any_name_is_kept_as_it_is(tmp_path: Path, name: str) -> None:
    """A name with the signs of YAML, Jinja or HTML stands in mkdocs.yml as it was given."""
    assert offprint("init", tmp_path / "c", "--name", name).exit_code == 0
    found, problems = settings.load(tmp_path / "c")
    assert found is not None
    assert found.site_name == name
    assert [problem.message for problem in problems] == ["site_url is not set"]
    assert name in (tmp_path / "c/README.md").read_text()


@pytest.mark.parametrize(
    ("folder", "name"), [("my-papers", "My papers"), ("a_b", "A b"), ("-", "Paper digests")]
)
def test_a_folder_gives_a_name(folder: str, name: str) -> None:
    """The folder's name is made readable; where nothing is left there is a general one."""
    assert scaffold.name_of(Path(folder)) == name


def test_the_feed_id_is_fixed_by_init(tmp_path: Path) -> None:
    """The feed id is a tag of the host, or of the collection's name, and a plain setting."""
    for folder, more, authority in (
        ("a", ["--url", "https://host.example/x/"], "host.example"),
        ("b", [], "my-papers.example"),
        ("c", ["--name", "論文"], "papers.example"),
    ):
        offprint("init", tmp_path / folder, *(more or ["--name", "My papers"]))
        content = yaml.safe_load((tmp_path / folder / "mkdocs.yml").read_text())
        feed_id = content["plugins"][0]["offprint"]["feed_id"]
        tag, _, rest = feed_id.partition(":")
        assert (tag, rest.partition(",")[0]) == ("tag", authority)
