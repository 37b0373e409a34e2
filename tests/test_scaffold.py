"""`init` makes a collection that builds as it is, and never writes over a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from toy import offprint, run, tree

from generator import __version__, scaffold, settings

FILES = [
    ".github/workflows/check.yml",
    ".github/workflows/fetch.yml",
    ".github/workflows/publish.yml",
    ".gitignore",
    "README.md",
    "digests/2026-01-05-first-digest.md",
    "mkdocs.yml",
    "papers.lock",
    "requirements.txt",
    "topics.yml",
    f"vendor/offprint_digest-{__version__}-py3-none-any.whl",
]


def test_a_new_collection_has_what_a_curator_needs(tmp_path: Path) -> None:
    """The promised files are there, and each is named on a line of its own."""
    result = offprint("init", tmp_path / "my-papers")
    assert result.exit_code == 0
    assert sorted(tree(tmp_path / "my-papers")) == FILES
    for name in FILES:
        assert f"wrote {tmp_path / 'my-papers' / name}\n" in result.output
    assert f"offprint build -C {tmp_path / 'my-papers'}" in result.output
    assert f"five lines in {tmp_path / 'my-papers' / 'README.md'}" in result.output


def test_the_lock_is_there_from_the_start(tmp_path: Path) -> None:
    """A first build has nothing to add to papers.lock, so a workflow need not write."""
    root = tmp_path / "new"
    offprint("init", root)
    before = (root / "papers.lock").read_bytes()
    assert before.count(b"\n") == 2
    offprint("build", root=root)
    assert (root / "papers.lock").read_bytes() == before


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("octo/papers", "https://octo.github.io/papers/"),
        ("Octo-Lab/My.Papers", "https://octo-lab.github.io/My.Papers/"),
        ("octo/octo.github.io", "https://octo.github.io/"),
        ("Octo/Octo.GitHub.io", "https://octo.github.io/"),
        ("https://github.com/octo/papers.git", "https://octo.github.io/papers/"),
        ("git@github.com:octo/papers.git", "https://octo.github.io/papers/"),
    ],
)
def test_a_repository_gives_the_address(tmp_path: Path, repository: str, address: str) -> None:
    """Its Pages are under its name, those of the owner's own repository at the root."""
    assert offprint("init", tmp_path / "c", "--repository", repository).exit_code == 0
    found, problems = settings.load(tmp_path / "c")
    assert problems == []
    assert found is not None
    assert found.site_url == address
    host = address.split("/")[2]
    assert found.feed_id.startswith(f"tag:{host},")
    name = scaffold.repository(repository)
    assert f"git remote add origin https://github.com/{name}.git" in (
        (tmp_path / "c/README.md").read_text("utf-8")
    )


@pytest.mark.parametrize("repository", ["octo", "octo/", "/x", "a/b/c", "a b/c", "-a/b", "a/.."])
def test_what_is_no_repository_is_wrong_use(tmp_path: Path, repository: str) -> None:
    """It is told as wrong use, and nothing is written."""
    result = offprint("init", tmp_path / "c", f"--repository={repository}")
    assert result.exit_code == 2
    assert "write it as owner/name" in result.output
    assert not (tmp_path / "c").exists()


def test_an_address_of_ones_own_wins(tmp_path: Path) -> None:
    """With a domain the repository only says where to push."""
    url = "https://papers.example.org/"
    offprint("init", tmp_path / "c", "--repository", "octo/papers", "--url", url)
    found, _ = settings.load(tmp_path / "c")
    assert found is not None
    assert found.site_url == url


def test_the_host_has_the_last_word_on_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a workflow passes as the host's own address counts more than what the file says."""
    offprint("init", tmp_path / "c", "--repository", "octo/papers")
    monkeypatch.setenv("OFFPRINT_SITE_URL", "https://papers.example.org")
    found, _ = settings.load(tmp_path / "c")
    assert found is not None
    assert found.site_url == "https://papers.example.org/"


def test_on_a_terminal_name_repository_and_address_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers are taken; the address that the repository has is offered."""
    answers = iter(["Our papers", "octo/papers", "https://octo.github.io/papers/"])
    asked = []

    def prompt(text: str, **options: object) -> object:
        asked.append((text, options.get("default")))
        return next(answers)

    monkeypatch.setattr("generator.cli.starting.click.prompt", prompt)
    monkeypatch.setattr("generator.cli.starting.sys", Terminal)
    assert offprint("init", tmp_path / "c").exit_code == 0
    assert [default for _, default in asked] == ["C", "", "https://octo.github.io/papers/"]
    found, _ = settings.load(tmp_path / "c")
    assert found is not None
    assert (found.site_name, found.site_url) == ("Our papers", "https://octo.github.io/papers/")


class Terminal:
    """A `sys` whose input is a terminal."""

    class stdin:  # as in sys
        """Says so."""

        @staticmethod
        def isatty() -> bool:
            return True


def test_the_readme_says_how_to_publish_in_five_lines(tmp_path: Path) -> None:
    """A numbered list of five, from the empty repository to the published site."""
    offprint("init", tmp_path / "c", "--repository", "octo/papers")
    text = (tmp_path / "c/README.md").read_text("utf-8")
    steps = text.partition("## Publish it\n\n")[2].partition("\n\n")[0].splitlines()
    assert [step[:2] for step in steps] == ["1.", "2.", "3.", "4.", "5."]
    for word in ("git init", "git push", "*Pages*", "*GitHub Actions*", "*Publish*"):
        assert any(word in step for step in steps), word


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
    for name in tree(root).keys() - set(FILES):
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
    (tmp_path / "vendor").mkdir()
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
        found, _ = settings.load(tmp_path / folder)
        assert found is not None
        tag, _, rest = found.feed_id.partition(":")
        assert (tag, rest.partition(",")[0]) == ("tag", authority)
