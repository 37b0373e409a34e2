"""The commands as a curator meets them: what they say, leave behind, and exit with."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from toy import FOG, OFFPRINT, SITES, offprint, replace, run, toy, tree

from generator import __version__, readers, writer
from generator.cli import main
from generator.console import Console, plural, tally
from generator.problems import Problem, error, note, warning

COMMANDS = sorted(main.commands)
CASES = sorted(path.name for path in (SITES / "invalid").iterdir() if path.is_dir())
EXPECTED = "expected.txt"
SPOILED = [
    name
    for name in CASES
    if re.search(": (error|warning): ", (SITES / "invalid" / name / EXPECTED).read_text())
]
"""Cases with more than notes."""
_STAGE = re.compile(r".*\(\d+\.\d s\)\n")


def case(name: str, where: Path) -> Path:
    """Return the toy collection with the case's files laid over it; `x.gone` removes x."""
    root = toy(where)
    for path in sorted((SITES / "invalid" / name).rglob("*")):
        inner = path.relative_to(SITES / "invalid" / name)
        if path.suffix == ".gone":
            (root / inner).with_suffix("").unlink()
        elif path.is_file() and inner.name != EXPECTED:
            writer.put(root / inner, path.read_bytes())
    return root


def with_old_site(root: Path) -> dict[str, bytes]:
    """Give the collection at `root` an older site and return its files."""
    for name in ("index.html", "data/build.json"):
        writer.put(root / "site" / name, b"the older site\n")
    return tree(root / "site")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the toy collection, built; tests only look at it."""
    root = toy(tmp_path_factory.mktemp("built"))
    assert offprint("build", "--strict", root=root).exit_code == 0
    return root


# The whole way


def test_from_nothing_to_a_searchable_site(tmp_path: Path) -> None:
    """init, add, build and search work one after the other, as processes, in a plain folder."""
    digest = "---\ntitle: Mine\ndate: 2025-04-01\n---\n\n## A Whispering Vocoder\n"
    (tmp_path / "saved.md").write_text(digest)
    made = run("init", "reading-group", "--name", "Reading group", cwd=tmp_path)
    assert (made.code, made.err) == (0, "")
    added = run("add", "-C", "reading-group", "saved.md", cwd=tmp_path)
    assert added.code == 0, added.err
    assert "curated, 1 of 1 entry read" in added.out
    assert "copied: digests/2025-04-01-saved.md" in added.out
    root = tmp_path / "reading-group"
    assert (root / "digests/2025-04-01-saved.md").read_text() == digest
    assert "a-whispering-vocoder" in (root / "papers.lock").read_text()
    done = run("build", cwd=root)
    assert done.code == 0, done.err
    assert "3 papers, 2 digests" in done.out
    assert f"Site: {root / 'site'}" in done.out
    assert (root / "site/papers/a-whispering-vocoder/index.html").is_file()
    found = run("search", "whispering", cwd=root)
    assert (found.code, found.err) == (0, "")
    assert "A Whispering Vocoder\n     papers/a-whispering-vocoder/" in found.out


def test_the_module_is_the_command() -> None:
    """`python -m generator` is `offprint`."""
    command = [sys.executable, "-m", "generator", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"offprint, version {__version__}\n"


# Help and wrong use


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    """The help of each command ends with a line that can be tried, whose options exist."""
    result = offprint(command, "--help")
    assert result.exit_code == 0
    example = result.output.partition("Example:\n")[2].strip()
    assert example.startswith(f"offprint {command}")
    known = {option for param in main.commands[command].params for option in param.opts}
    assert set(re.findall(r"(?<= )--?[a-z-]+", example)) <= known


def test_the_help_of_add_names_every_form() -> None:
    """The hint of a file that no reader knows leads here: each form with what it is."""
    shown = " ".join(offprint("add", "--help").output.split())
    for reader in readers.installed().values():
        assert f"{reader.name} {reader.about}" in shown


def test_the_help_of_all_names_every_command() -> None:
    """`offprint --help` and `-h` list the commands and the first three steps."""
    result = offprint("-h")
    assert result.exit_code == 0
    assert result.output == offprint("--help").output
    for command in COMMANDS:
        assert f"\n  {command} " in result.output
    assert "offprint init my-papers\n" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--stricter"],
        ["build", "more"],
        ["add"],
        ["add", "x.md", "--date", "2025-02-30"],
        ["add", "x.md", "--date", "20250301"],
        ["add", "x.md", "--year", "99"],
        ["init"],
        ["search"],
        ["search", "x", "--limit", "0"],
        ["serve", "--port", "0"],
        ["check", "-C", "nowhere"],
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    """A misspelt command, option or value is wrong use, and says how it is used."""
    result = offprint(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.output
    assert "Error: " in result.output


# Severities and exit codes


@pytest.mark.parametrize("name", CASES)
def test_a_bad_collection_is_explained(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each kind of bad input gives the expected problems, each with its place and a hint."""
    result = offprint("check", root=case(name, tmp_path))
    found = f"exit {result.exit_code}\n{_STAGE.sub('', result.output)}"
    golden = SITES / "invalid" / name / EXPECTED
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
    assert "Traceback" not in found
    assert str(tmp_path) not in found


LIKE = """---
title: Twins
date: 2025-03-28
---

## Growing Small Trees

- authors: Ada Example, Ben Beispiel

## Growing Small Trees: A Study

- authors: Ada Example, Ben Beispiel

## Counting Birds at Night

- authors: Ada Example
- arxiv: 2401.00001

## Counting Birds at Night

- authors: Ada Example
- arxiv: 2402.00002
"""


def test_merges_are_listed_with_their_reasons(tmp_path: Path) -> None:
    """Places, titles, what speaks for each and what against; the problems as ever."""
    root = toy(tmp_path)
    writer.put(root / "digests/2025-03-28-twins.md", LIKE.encode())
    said = offprint("check", "--merges", root=root).stdout
    assert re.search(
        r"Merged without .*:\n +\d+%  digests/2025-03-28-twins.md:6  Growing Small Trees\n"
        r" +digests/2025-03-28-twins.md:10  Growing Small Trees: A Study\n"
        r" +titles equal but for a subtitle, authors equal\n",
        said,
    )
    assert re.search(r"Not merged though alike, .*:\n(.*\n)+?.*apart: arXiv ids differ\n", said)
    assert "Your word wins: 'same:' and 'different:' in corrections.yml\n" in said


def test_topics_are_reviewed(tmp_path: Path) -> None:
    """What to look at is told on the standard output, before the count of problems."""
    said = offprint("check", "--topics", root=toy(tmp_path)).stdout
    heads = [line for line in said.splitlines() if not line.startswith(" ")]
    assert [head.split(",")[0].split(":")[0].split(" (")[0] for head in heads[:-1]] == [
        "Unsure papers",
        "Papers without a topic",
        "Thin topics",
        "Overfull topics",
        "Keywords in a single paper",
        "Keywords in no paper",
    ]


def test_no_merge_is_no_news(tmp_path: Path) -> None:
    """Where all is clear the lists say so."""
    said = offprint("check", "--merges", root=toy(tmp_path)).stdout
    assert "Merged without a shared id or an equal title: none\n" in said
    assert "Not merged though alike: none\n" in said


def test_broken_corrections_leave_the_old_site(tmp_path: Path) -> None:
    """Without --strict too: half of the curator's word is not his word."""
    root = case("broken-corrections", tmp_path)
    before = with_old_site(root)
    assert offprint("build", root=root).exit_code == 1
    assert tree(root / "site") == before


@pytest.mark.parametrize("name", SPOILED)
def test_with_strict_an_error_leaves_the_old_site(name: str, tmp_path: Path) -> None:
    """`build --strict` stops on every error and warning, before anything is touched."""
    root = case(name, tmp_path)
    before = with_old_site(root)
    assert offprint("build", "--strict", root=root).exit_code == 1
    assert tree(root / "site") == before
    assert sorted(path.name for path in (root / "docs").iterdir()) == ["about.md"]


@pytest.mark.parametrize(
    "name", ["broken-topics", "duplicate-topics", "broken-settings", "lock-conflict", "no-digests"]
)
def test_an_unusable_collection_leaves_the_old_site(name: str, tmp_path: Path) -> None:
    """Where settings, topics or lock cannot be read, or no paper is left, nothing is touched."""
    root = case(name, tmp_path)
    before = with_old_site(root)
    result = offprint("build", root=root)
    assert result.exit_code == 1
    assert tree(root / "site") == before
    assert "Site: " not in result.output


def test_build_leaves_out_what_errors_name(tmp_path: Path) -> None:
    """Without --strict the rest is published, and the exit code is 1 all the same."""
    root = case("no-title", tmp_path)
    result = offprint("build", root=root)
    assert result.exit_code == 1
    assert "1 error" in result.output
    assert (root / "site/papers/a-paper-with-a-name/index.html").is_file()


def test_a_missing_topics_file_is_a_note(tmp_path: Path) -> None:
    """Without topics.yml the site is built all the same, --strict or not; digests name topics."""
    root = case("missing-topics", tmp_path)
    result = offprint("build", "--strict", root=root)
    assert result.exit_code == 0, result.output
    assert "topics.yml: note: no topics.yml" in result.output
    assert (root / "site/topics/vision/index.html").is_file()


@pytest.mark.parametrize(("strict", "code"), [([], 0), (["--strict"], 1)])
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_warning_counts_with_strict_only(
    tmp_path: Path, command: str, strict: list[str], code: int
) -> None:
    """A warning alone exits with 0, and with 1 under --strict."""
    root = case("unknown-topic", tmp_path)
    result = offprint(command, *strict, root=root)
    assert "unknown topic 'Robotz'" in result.output
    assert result.exit_code == code


def test_a_page_that_was_kept_stops_a_strict_build(tmp_path: Path) -> None:
    """A warning from writing docs/ leaves the old site too where --strict was asked for."""
    root = toy(tmp_path)
    assert offprint("build", root=root).exit_code == 0
    before = tree(root / "site")
    replace(root / "docs/papers/legged-locomotion-on-custard.md", "Custard", "Porridge")
    replace(root / "digests/2025-03-21-equinox.md", "## Legged Locomotion on Custard", "")
    result = offprint("build", "--strict", root=root)
    assert result.exit_code == 1
    assert "but it was changed by hand: kept" in result.output
    assert tree(root / "site") == before


def test_a_hand_written_page_stops_the_build(tmp_path: Path) -> None:
    """A person's page in the place of a generated one is named with what wants its place."""
    root = toy(tmp_path)
    (root / "docs/search.md").write_text("mine\n")
    before = with_old_site(root)
    result = offprint("build", root=root)
    assert result.exit_code == 1
    assert "docs/search.md: error: is written by hand, and " in result.output
    assert (root / "docs/search.md").read_text() == "mine\n"
    assert tree(root / "site") == before


def test_a_broken_template_stops_the_build(tmp_path: Path) -> None:
    """A collection's own template that Jinja refuses is an error with its line."""
    root = toy(tmp_path)
    writer.put(root / "templates/pages/paper.md.j2", b"fine\n{{ no.such.thing }}\n")
    before = with_old_site(root)
    result = offprint("build", root=root)
    assert result.exit_code == 1
    assert "templates/pages/paper.md.j2:2: error: " in result.output
    assert tree(root / "site") == before


def test_a_dead_link_stops_the_build(tmp_path: Path) -> None:
    """What the check of the finished site finds exits with 1 and says that nothing changed."""
    root = toy(tmp_path)
    replace(root / "docs/about.md", "None of them", '<a href="../nowhere/">None</a> of them')
    before = with_old_site(root)
    result = offprint("build", root=root)
    assert result.exit_code == 1
    assert f"{root / 'site'} stays as it was" in result.output
    assert tree(root / "site") == before


def test_a_foreign_site_folder_stops_the_build(tmp_path: Path) -> None:
    """--site-dir never replaces a folder that Offprint did not build, docs/ least of all."""
    root = toy(tmp_path)
    assert offprint("build", root=root).exit_code == 0
    writer.put(tmp_path / "thesis/chapter.tex", b"mine")
    for folder in (tmp_path / "thesis", root / "docs", root):
        before = tree(folder)
        result = offprint("build", "--site-dir", folder, root=root)
        assert result.exit_code == 1
        assert "holds files that Offprint did not build" in result.output
        assert tree(folder) == before


def test_the_site_can_go_elsewhere(built: Path, tmp_path: Path) -> None:
    """--site-dir takes a folder that is not there yet; the collection's own site stays."""
    root = toy(tmp_path)
    result = offprint("build", "--site-dir", tmp_path / "new/place", root=root)
    assert result.exit_code == 0
    assert tree(tmp_path / "new/place") == tree(built / "site")
    assert not (root / "site").exists()


@pytest.mark.parametrize("option", ["--site-dir", "--report"])
def test_a_place_that_the_disk_refuses_is_no_traceback(tmp_path: Path, option: str) -> None:
    """Where a file cannot be written the command says which, and exits with 1."""
    root = toy(tmp_path)
    (tmp_path / "file").write_text("mine\n")
    result = offprint("build", option, tmp_path / "file/below", root=root)
    assert result.exit_code == 1
    assert f"{tmp_path / 'file'}" in result.output
    assert ": error: " in result.output


def test_a_reader_who_leaves_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed pipe, as behind `head`, is left to click, which ends in silence."""

    def leave(*_: object) -> None:
        raise OSError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(click.Group, "invoke", leave)
    assert offprint("check").output == ""


def test_two_readers_of_one_name_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed twice is a plain word with a hint, no traceback."""

    def clash() -> None:
        raise readers.ReaderClash("two readers are named 'sheet': uninstall one of them")

    monkeypatch.setattr(readers, "installed", clash)
    result = offprint("check", root=SITES / "toy")
    assert result.exit_code == 1
    assert "error: two readers are named 'sheet'" in result.output


def test_without_git_and_outside_the_folder(built: Path, tmp_path: Path) -> None:
    """-C names the collection from anywhere, and no command needs Git."""
    checked = run("check", "-C", built, cwd=tmp_path)
    assert (checked.code, checked.out) == (0, "no problems\n")
    assert run("check", cwd=tmp_path).code == 1
    assert list(tmp_path.iterdir()) == []


def test_check_builds_nothing(tmp_path: Path) -> None:
    """`check` leaves every file of the collection as it is."""
    root = case("missing-lock", tmp_path)
    before = tree(root)
    assert offprint("check", root=root).exit_code == 0
    assert tree(root) == before


# Reports


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("name", ["no-title", "broken-topics"])
def test_the_report_accounts_for_every_entry(tmp_path: Path, command: str, name: str) -> None:
    """A report has the promised shape and adds up, also where no site could be made."""
    root = case(name, tmp_path)
    report = tmp_path / "reports/report.json"
    assert offprint(command, "--report", report, root=root).exit_code == 1
    found = json.loads(report.read_text(encoding="utf-8"))
    files, problems = found["files"], found["problems"]
    assert list(problems[0]) == ["file", "line", "severity", "message", "hint"]
    assert any(one["severity"] == "error" for one in problems)
    assert [file["file"] for file in files] == sorted(
        f"digests/{path.name}" for path in (root / "digests").iterdir()
    )
    for file in files:
        assert list(file) == ["file", "format", "entries", "read", "rejected", "problems"]
        assert file["entries"] == file["read"] + file["rejected"]
        errors = [one for one in file["problems"] if one["severity"] == "error"]
        assert len(errors) == file["rejected"]
        assert all(list(one) == ["line", "severity", "message", "hint"] for one in errors)


# Search


def test_search_ranks_as_the_engine_does(built: Path) -> None:
    """The title's words find the paper first, as lines and as JSON of the promised shape."""
    found = json.loads(offprint("search", "custard", "--json", root=built).stdout)
    assert [(hit["slug"], hit["title"], hit["url"]) for hit in found] == [
        (
            "legged-locomotion-on-custard",
            "Legged Locomotion on Custard",
            "papers/legged-locomotion-on-custard/",
        )
    ]
    assert list(found[0]) == ["slug", "title", "url", "score"]
    assert isinstance(found[0]["score"], float)
    assert offprint("search", "custard", root=built).output.startswith("  1. Legged Locomotion")


def test_search_keeps_to_its_limit(built: Path) -> None:
    """--limit bounds the hits, and a query without any is no error."""
    assert len(json.loads(offprint("search", "on", "--json", root=built).stdout)) <= 10
    many = json.loads(offprint("search", "the", "--json", "--limit", "1", root=built).stdout)
    assert len(many) <= 1
    none = offprint("search", "xylophone", root=built)
    assert (none.exit_code, none.output) == (0, "no paper for “xylophone”\n")


def test_search_says_what_it_guessed(built: Path) -> None:
    """A misspelt word is told on the error output; the list for programs stays a list."""
    found = offprint("search", "custrad", "--json", root=built)
    assert "no paper has “custrad”: showing results for “custard”" in found.stderr
    assert [hit["slug"] for hit in json.loads(found.stdout)] == ["legged-locomotion-on-custard"]


def test_search_before_the_first_build_says_so(tmp_path: Path) -> None:
    """Without a built site there is nothing to search, and the hint says what to do."""
    result = offprint("search", "custard", root=toy(tmp_path))
    assert result.exit_code == 1
    assert "run 'offprint build' first" in result.output


# The terminal


def test_lines_are_plain_elsewhere(tmp_path: Path) -> None:
    """Into a pipe or a file go whole lines without colours or signs that move the cursor."""
    done = run("build", cwd=case("no-title", tmp_path))
    assert done.code == 1
    assert not set("\r\x1b\x08") & set(done.out + done.err)
    stages = [line.split("  ")[0] for line in done.err.splitlines() if _STAGE.match(f"{line}\n")]
    assert stages == ["Reading digests", "Sorting papers", "Writing pages", "Building the site"]


def test_a_terminal_sees_what_is_going_on(tmp_path: Path) -> None:
    """On a terminal each stage shows while it runs, and problems have colours."""
    root = case("no-title", tmp_path)
    ours, theirs = pty.openpty()
    try:
        command = [str(OFFPRINT), "check"]
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        subprocess.run(
            command,
            cwd=root,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            check=False,
        )
        seen = os.read(ours, 65536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "Reading digests      …" in seen
    assert "\r\x1b[K" in seen
    assert "\x1b[31merror" in seen


def test_text_never_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Signs of control in a problem are shown as question marks, colours or not."""
    odd = Problem(
        "x\x1b[2J.md", 1, error("", None, "", "").severity, "\x1b]0;x\x07\u202e", "\x9b1m"
    )
    Console().problems([odd])
    assert capsys.readouterr().err == "x?[2J.md:1: error: ?]0;x??\n  hint: ?1m\n"


def test_many_notes_are_cut_and_no_error_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Of notes the first twenty show and the rest is counted; errors show all."""
    notes = [note("x", number, f"note {number}", "") for number in range(30)]
    errors = [error("x", number, f"error {number}", "") for number in range(30)]
    Console().problems([*notes, *errors])
    lines = capsys.readouterr().err.splitlines()
    assert sum(": note: " in line for line in lines) == 20
    assert sum(": error: " in line for line in lines) == 30
    assert lines[-1] == "… and 10 more notes"


def test_numbers_read_well() -> None:
    """Counts come with the right noun, thousands are parted, problems come worst first."""
    assert [plural(n, "paper") for n in (0, 1, 1234)] == ["0 papers", "1 paper", "1,234 papers"]
    assert plural(2, "entry") == "2 entries"
    problems = [note("", None, "", ""), warning("", None, "", ""), error("", None, "", "")]
    assert tally(problems) == "1 error, 1 warning, 1 note"
    assert tally([]) == "no problems"


def test_the_summary_counts(tmp_path: Path) -> None:
    """The last lines tell papers, digests, topics, pages, seconds, problems and the place."""
    root = toy(tmp_path)
    result = offprint("build", root=root)
    *_, counts, place = result.stdout.splitlines()
    counted = r"6 papers, 2 digests, 4 topics, \d+ pages in \d+\.\d s; no problems"
    assert re.fullmatch(counted, counts)
    assert place == f"Site: {root / 'site'}"
    assert FOG not in result.output
