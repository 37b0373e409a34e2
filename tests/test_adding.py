"""`add` says what it read, and copies a digest byte for byte, once, over nothing."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from toy import FOG, offprint, run, toy, tree

from generator import writer

HEAD = "---\ntitle: New\n"
DATED = f"{HEAD}date: 2025-04-01\n---\n\n## A New Vocoder\n".encode()
UNDATED = f"{HEAD}---\n\n## A New Vocoder\n".encode()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a fresh toy collection."""
    return toy(tmp_path)


def saved(root: Path, name: str, content: bytes = DATED) -> Path:
    """Return a file beside the collection, as a curator has it in a folder of downloads."""
    path = root.parent / "downloads" / name
    writer.put(path, content)
    return path


def digests(root: Path) -> list[str]:
    """Return the names in digests/ that the toy collection has not from the start."""
    known = {FOG.removeprefix("digests/"), "2025-03-21-equinox.md"}
    return sorted({path.name for path in (root / "digests").iterdir()} - known)


@pytest.mark.parametrize(
    ("name", "content", "options", "copy"),
    [
        ("saved.md", DATED, [], "2025-04-01-saved.md"),
        ("2025-04-01.md", DATED, [], "2025-04-01.md"),
        ("2025-04-01-x.md", DATED, [], "2025-04-01-x.md"),
        ("2025-03-31-x.md", DATED, [], "2025-04-01-x.md"),
        ("2025-03-31.md", DATED, [], "2025-04-01-digest.md"),
        ("two words é.md", DATED, [], "2025-04-01-two words é.md"),
        ("saved.md", UNDATED, [], "saved.md"),
        ("saved.md", UNDATED, ["--date", "2025-04-02"], "2025-04-02-saved.md"),
        ("2025-04-03-x.md", UNDATED, [], "2025-04-03-x.md"),
        ("README.md", DATED, [], "2025-04-01-digest.md"),
        ("readme.md", UNDATED, [], "digest.md"),
        (".saved.md", UNDATED, [], "saved.md"),
    ],
)
def test_the_copy_is_named_by_its_day(
    root: Path, name: str, content: bytes, options: list[str], copy: str
) -> None:
    """The copy has the digest's day before the file's stem, and is read at the next build."""
    result = offprint("add", saved(root, name, content), *options, root=root)
    assert result.exit_code == 0, result.output
    assert f"copied: digests/{copy}" in result.output
    assert digests(root) == [copy]
    assert (root / "digests" / copy).read_bytes() == content
    assert "a-new-vocoder " in (root / "papers.lock").read_text()
    assert "3 files, 9 entries" in offprint("check", root=root).output


def test_every_byte_is_kept(root: Path) -> None:
    """Line ends, a byte order mark and trailing blanks stand in the copy as they were."""
    content = b"\xef\xbb\xbf" + DATED.replace(b"\n", b"\r\n") + b"  \r\n\r\n"
    offprint("add", saved(root, "x.md", content), root=root)
    assert (root / "digests/2025-04-01-x.md").read_bytes() == content


def test_the_same_bytes_again_are_already_there(root: Path) -> None:
    """A file that is there under any name is not copied again, and that is no error."""
    first = offprint("add", saved(root, "x.md"), root=root)
    again = offprint("add", saved(root, "y.md"), root=root)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "already there: digests/2025-04-01-x.md" in again.output
    assert digests(root) == ["2025-04-01-x.md"]


def test_the_same_file_twice_in_one_command_is_copied_once(root: Path) -> None:
    """Files of one command are told apart as those of two."""
    result = offprint("add", saved(root, "x.md"), saved(root, "y.md"), root=root)
    assert result.exit_code == 0
    assert digests(root) == ["2025-04-01-x.md"]


def test_another_file_is_never_overwritten(root: Path) -> None:
    """Other content under a taken name gets a number; what was there stays."""
    for number in range(3):
        offprint("add", saved(root, "x.md", DATED + b"\nMore.\n" * number), root=root)
    assert digests(root) == ["2025-04-01-x-2.md", "2025-04-01-x-3.md", "2025-04-01-x.md"]
    assert (root / "digests/2025-04-01-x.md").read_bytes() == DATED


def test_a_link_to_nothing_is_never_overwritten(root: Path) -> None:
    """A name that only a broken link holds is taken too."""
    (root / "digests/2025-04-01-x.md").symlink_to("nowhere")
    offprint("add", saved(root, "x.md"), root=root)
    assert (root / "digests/2025-04-01-x.md").is_symlink()
    assert (root / "digests/2025-04-01-x-2.md").read_bytes() == DATED


def test_a_digest_in_its_place_is_already_there(root: Path) -> None:
    """Adding a file of digests/ itself changes nothing."""
    before = tree(root)
    result = offprint("add", root / FOG, root=root)
    assert (result.exit_code, f"already there: {FOG}" in result.output) == (0, True)
    assert tree(root) == before


def test_a_day_that_contradicts_the_digest_does_not_count(root: Path) -> None:
    """The digest's own date stands before --date, with a warning that says so."""
    result = offprint("add", saved(root, "x.md"), "--date", "2025-05-05", root=root)
    assert result.exit_code == 0
    assert (
        "warning: the digest itself says 2025-04-01, so 2025-05-05 does not count" in result.output
    )
    assert digests(root) == ["2025-04-01-x.md"]


def test_a_day_given_for_an_undated_digest_is_no_note(root: Path) -> None:
    """With --date the copy's name tells the day, and nothing says undated."""
    result = offprint("add", saved(root, "x.md", UNDATED), "--date", "2025-05-05", root=root)
    assert "undated" not in result.output
    assert "undated" in offprint("add", saved(root, "z.md", UNDATED + b"\n"), root=root).output


def test_a_folder_of_digests_is_made(root: Path) -> None:
    """A collection without digests/ gets the folder with its first digest."""
    for path in (root / "digests").iterdir():
        path.unlink()
    (root / "digests").rmdir()
    assert offprint("add", saved(root, "x.md"), root=root).exit_code == 0
    assert (root / "digests/2025-04-01-x.md").is_file()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.md", b"", "the file is empty"),
        ("blank.md", b" \n\n", "the file is empty"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "text"),
        ("zeros.md", b"# x\x00", "binary"),
        ("latin.md", b"## caf\xe9\n", "not UTF-8 text"),
        ("shopping.txt", b"eggs\nflour\n", "no reader knows this form"),
        ("prose.md", b"Only prose.\n", "no papers found"),
        ("broken.md", b"---\na: b: c\n---\n\n## X\n", "broken front matter"),
    ],
)
def test_what_cannot_be_read_is_not_copied(
    root: Path, name: str, content: bytes, said: str
) -> None:
    """An empty, binary, unknown or broken file is explained, and the collection stays."""
    before = tree(root)
    result = offprint("add", saved(root, name, content), root=root)
    assert result.exit_code == 1
    assert f"{name}" in result.output
    assert said in result.output
    assert "hint: " in result.output
    assert tree(root) == before


def test_what_is_no_file_is_explained(root: Path) -> None:
    """A missing file and a folder are errors; the good file beside them is taken all the same."""
    good = saved(root, "x.md")
    result = offprint("add", root / "nowhere.md", good.parent, good, root=root)
    assert result.exit_code == 1
    assert "nowhere.md: error: does not exist" in result.output
    assert "downloads: error: is a folder" in result.output
    assert digests(root) == ["2025-04-01-x.md"]


def test_a_file_without_rights_is_explained(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is an error, with the system's own word for it."""
    path, read = saved(root, "x.md"), Path.read_bytes

    def refuse(wanted: Path) -> bytes:
        if wanted == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(wanted))
        return read(wanted)

    # Root may read every file, so a refusal is played.
    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = offprint("add", path, root=root)
    assert result.exit_code == 1
    assert "x.md: error: cannot be read: Permission denied" in result.output


def test_a_part_that_was_rejected_is_counted(root: Path) -> None:
    """A digest with a bad entry is copied for its good ones, and the exit code is 1."""
    content = DATED + b"\n## [](https://example.org/)\n"
    result = offprint("add", saved(root, "x.md", content), root=root)
    assert result.exit_code == 1
    assert "curated, 1 of 2 entries read, 1 rejected" in result.output
    assert digests(root) == ["2025-04-01-x.md"]


def test_the_report_accounts_for_each_file(root: Path) -> None:
    """The report holds every file of the command, also those that could not be read."""
    report = root.parent / "report.json"
    files = [saved(root, "x.md"), saved(root, "empty.md", b"")]
    offprint("add", *files, "--report", report, root=root)
    found = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert [(one["file"], one["format"], one["entries"]) for one in found] == [
        (str(files[0]), "curated", 1),
        (str(files[1]), None, 0),
    ]


def test_a_folder_that_is_no_collection_takes_nothing(tmp_path: Path) -> None:
    """Without mkdocs.yml nothing is copied anywhere."""
    (tmp_path / "x.md").write_bytes(DATED)
    done = run("add", "x.md", cwd=tmp_path)
    assert done.code == 1
    assert "no mkdocs.yml here" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["x.md"]


def test_a_name_that_is_no_text_is_no_traceback(root: Path) -> None:
    """A file name with a byte that is no UTF-8, as Linux allows, ends without a traceback."""
    path = os.fsdecode(os.fsencode(root.parent) + b"/odd\xff.md")
    try:
        Path(path).write_bytes(DATED)
    except OSError:
        pytest.skip("this disk keeps names as text")
    done = run("add", path, cwd=root)
    assert "Traceback" not in done.err
    assert run("check", cwd=root).code == 0


TABLE = b"Name;Who\nA New Vocoder;Ada One\n"
MAP = ("--map", "title=Name, authors=Who")


def test_the_choice_of_a_form_lasts(root: Path) -> None:
    """What --map says is written to formats.yml, and the next build reads the copy by it."""
    result = offprint("add", saved(root, "x.csv", TABLE), *MAP, "--date", "2025-04-01", root=root)
    assert (result.exit_code, digests(root)) == (0, ["2025-04-01-x.csv"])
    assert (root / "formats.yml").read_text(encoding="utf-8").splitlines()[1:] == [
        "digests/2025-04-01-x.csv:",
        "  format: table",
        "  map: {authors: Who, title: Name}",
    ]
    assert "a-new-vocoder " in (root / "papers.lock").read_text()
    assert "3 files, 9 entries" in offprint("check", root=root).output


def test_without_a_choice_nothing_is_written(root: Path) -> None:
    """Nor where nothing could be read."""
    offprint("add", saved(root, "x.md"), root=root)
    offprint("add", saved(root, "y.csv", TABLE), "--map", "title=Nosuch", root=root)
    assert not (root / "formats.yml").exists()


def test_choices_are_added_to_those_that_are_there(root: Path) -> None:
    """Also for a file that was copied before; each has one line, sorted."""
    for name in ("z.txt", "a.txt", "z.txt"):
        content = DATED + name.encode()
        offprint("add", saved(root, name, content), "--format", "curated", root=root)
    lines = (root / "formats.yml").read_text(encoding="utf-8").splitlines()[1:]
    assert lines == [f"digests/2025-04-01-{x}.txt: {{format: curated}}" for x in "az"]


def test_a_choice_can_be_made_later(root: Path) -> None:
    """For a file that is there already, whose form was guessed before."""
    path = saved(root, "x.md")
    offprint("add", path, root=root)
    result = offprint("add", path, "--format", "curated", root=root)
    assert "already there: digests/2025-04-01-x.md" in result.output
    assert "digests/2025-04-01-x.md: {format: curated}" in (root / "formats.yml").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "nosuch"], "'nosuch' is no form; there are: "),
        (["--map", "titel=Name"], "'titel' is no field; there are: abstract, "),
        (["--map", "title"], "write title=COLUMN"),
        (["--map", "title=A,title=B"], "'title' is given twice"),
    ],
)
def test_a_choice_that_cannot_be_is_wrong_use(root: Path, options: list[str], said: str) -> None:
    """Nothing is copied, and what there is to choose from is named."""
    result = offprint("add", saved(root, "x.csv", TABLE), *options, root=root)
    assert (result.exit_code, digests(root)) == (2, [])
    assert said in result.output
