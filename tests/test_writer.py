"""docs/ holds what was generated beside what people wrote, and neither spoils the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import writer
from generator.models import OutputFile
from generator.problems import Severity
from generator.writer import MANIFEST, write


def file(path: str, content: str = "generated\n", origin: str = "the paper “Fog”") -> OutputFile:
    return OutputFile(path, content.encode(), origin)


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_all_files_are_written_at_first(tmp_path: Path) -> None:
    """A first build makes docs/ and writes every file, folders included."""
    docs = tmp_path / "docs"
    done = write(docs, [file("index.md"), file("papers/fog.md")])
    assert (done.changed, done.removed, done.problems) == (2, 0, ())
    assert names(docs) == [MANIFEST, "index.md", "papers/fog.md"]


def test_only_changed_files_are_written(tmp_path: Path) -> None:
    """A file with the same content keeps its place on the disk; a changed one is new."""
    write(tmp_path, [file("same.md"), file("other.md")])
    same, other = ((tmp_path / name).stat().st_ino for name in ("same.md", "other.md"))
    done = write(tmp_path, [file("same.md"), file("other.md", "new\n")])
    assert done.changed == 1
    assert (tmp_path / "same.md").stat().st_ino == same
    assert (tmp_path / "other.md").stat().st_ino != other
    assert (tmp_path / "other.md").read_text() == "new\n"


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    """A second build of the same files touches no file, not even the manifest."""
    write(tmp_path, [file("index.md")])
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in names(tmp_path)}
    assert write(tmp_path, [file("index.md")]).changed == 0
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in names(tmp_path)} == before


def test_the_manifest_lists_what_was_written(tmp_path: Path) -> None:
    """The manifest names every generated file, sorted, and no page of a person."""
    (tmp_path / "about.md").write_text("mine\n")
    write(tmp_path, [file("b.md"), file("a.md")])
    lines = (tmp_path / MANIFEST).read_text().splitlines()
    assert [line.partition("  ")[2] for line in lines] == ["a.md", "b.md"]


def test_a_page_written_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    """Where a person's page stands, nothing at all is written, and the error names both."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/fog.md").write_text("mine\n")
    done = write(tmp_path, [file("index.md"), file("papers/fog.md")])
    (problem,) = done.problems
    assert problem.severity is Severity.ERROR
    assert problem.path == f"{tmp_path.name}/papers/fog.md"
    assert "the paper “Fog”" in problem.message
    assert "written by hand" in problem.message
    assert names(tmp_path) == ["papers/fog.md"]
    assert (tmp_path / "papers/fog.md").read_text() == "mine\n"


def test_an_edited_generated_file_is_not_overwritten(tmp_path: Path) -> None:
    """A generated file that a person changed stays; deleting it brings it back."""
    write(tmp_path, [file("index.md")])
    (tmp_path / "index.md").write_text("edited\n")
    done = write(tmp_path, [file("index.md")])
    assert "changed by hand" in done.problems[0].message
    assert "delete it" in done.problems[0].hint
    assert (tmp_path / "index.md").read_text() == "edited\n"
    (tmp_path / "index.md").unlink()
    assert write(tmp_path, [file("index.md")]).problems == ()
    assert (tmp_path / "index.md").read_text() == "generated\n"


def test_a_page_without_its_source_goes_with_its_empty_folders(tmp_path: Path) -> None:
    """What no digest makes any more is removed, and the folders that stand empty then."""
    write(tmp_path, [file("index.md"), file("topics/fog/page/1.md")])
    done = write(tmp_path, [file("index.md")])
    assert done.removed == 1
    assert names(tmp_path) == [MANIFEST, "index.md"]
    assert not (tmp_path / "topics").exists()


def test_a_folder_with_a_page_of_a_person_stays(tmp_path: Path) -> None:
    """Removing generated pages leaves the folder in which a person's page stands."""
    write(tmp_path, [file("topics/fog.md")])
    (tmp_path / "topics/mine.md").write_text("mine\n")
    write(tmp_path, [])
    assert names(tmp_path) == [MANIFEST, "topics/mine.md"]


def test_an_edited_page_without_its_source_is_kept(tmp_path: Path) -> None:
    """A changed page whose source is gone stays with a warning, and is the person's from then."""
    write(tmp_path, [file("fog.md")])
    (tmp_path / "fog.md").write_text("edited\n")
    (problem,) = write(tmp_path, []).problems
    assert problem.severity is Severity.WARNING
    assert (tmp_path / "fog.md").read_text() == "edited\n"
    assert write(tmp_path, []).problems == ()
    assert write(tmp_path, [file("fog.md")]).problems[0].severity is Severity.ERROR


def test_a_build_killed_between_manifest_and_files_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a kill at any write the next build, of yet other content, takes no file for foreign."""
    paths = ("a.md", "b.md", "old.md")
    write(tmp_path, [file(path, "first\n") for path in paths])
    put = writer.put
    for survived in range(4):
        with monkeypatch.context() as killed:
            calls = iter(range(9))

            def stop(path: Path, content: bytes, calls=calls, survived=survived) -> None:  # type: ignore[no-untyped-def]
                if next(calls) == survived:
                    raise KeyboardInterrupt
                put(path, content)

            killed.setattr(writer, "put", stop)
            content = f"{survived}\n"
            with pytest.raises(KeyboardInterrupt):
                write(
                    tmp_path, [file(path, content) for path in ("a.md", "b.md", f"{survived}.md")]
                )
    done = write(tmp_path, [file("a.md", "last\n"), file("b.md", "last\n")])
    assert done.problems == ()
    assert names(tmp_path) == [MANIFEST, "a.md", "b.md"]


def test_a_folder_in_the_place_of_a_page_is_an_error(tmp_path: Path) -> None:
    """A folder or file of a person in the way is named, and nothing is written."""
    (tmp_path / "index.md").mkdir()
    (tmp_path / "papers").write_text("a file\n")
    done = write(tmp_path, [file("index.md"), file("papers/fog.md")])
    assert [problem.severity for problem in done.problems] == [Severity.ERROR] * 2
    assert names(tmp_path) == ["papers"]


def test_a_page_of_a_person_with_the_same_address_is_an_error(tmp_path: Path) -> None:
    """A hand-written page that MkDocs would serve at a generated page's address is named too."""
    (tmp_path / "papers/fog").mkdir(parents=True)
    for mine in ("topics.md", "papers/fog/index.md"):
        (tmp_path / mine).write_text("mine\n")
    done = write(tmp_path, [file("topics/index.md", origin="the topics"), file("papers/fog.md")])
    docs = tmp_path.name
    assert [(p.severity, p.path) for p in done.problems] == [
        (Severity.ERROR, f"{docs}/topics.md"),
        (Severity.ERROR, f"{docs}/papers/fog/index.md"),
    ]
    assert "the topics" in done.problems[0].message
    assert not (tmp_path / MANIFEST).exists()


def test_a_broken_manifest_never_costs_a_page(tmp_path: Path) -> None:
    """With a manifest that is no text nothing counts as generated, so nothing is overwritten."""
    write(tmp_path, [file("index.md")])
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe\x00")
    done = write(tmp_path, [file("index.md", "new\n")])
    assert done.problems[0].severity is Severity.ERROR
    assert (tmp_path / "index.md").read_text() == "generated\n"


def test_a_manifest_never_leads_out_of_docs(tmp_path: Path) -> None:
    """A line of the manifest that points outside docs/ removes nothing there."""
    docs = tmp_path / "docs"
    write(docs, [file("index.md")])
    (tmp_path / "mine.md").write_text("generated\n")
    manifest = (docs / MANIFEST).read_text()
    (docs / MANIFEST).write_text(manifest.replace("index.md", "../mine.md"))
    write(docs, [file("index.md")])
    assert (tmp_path / "mine.md").exists()


def test_the_lock_is_written_only_where_it_changed(tmp_path: Path) -> None:
    """papers.lock is left alone as long as it holds the same lines."""
    writer.remember(tmp_path, "fog title:fog\n")
    before = (tmp_path / "papers.lock").stat()
    writer.remember(tmp_path, "fog title:fog\n")
    assert (tmp_path / "papers.lock").stat().st_ino == before.st_ino
    (tmp_path / "papers.lock").write_bytes(b"\xff\n")
    writer.remember(tmp_path, "fog title:fog\n")
    assert (tmp_path / "papers.lock").read_text() == "fog title:fog\n"
