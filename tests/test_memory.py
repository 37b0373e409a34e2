"""What a build remembers makes the next one cheaper, and never other than a fresh one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toy import FOG, offprint, replace, run, toy, tree

from generator import memory, pages, pipeline, writer
from generator.memory import Memory, pack, unpack
from generator.pages.page import Page

MEMORY = f"{writer.CACHE}/memory"
NEW = "---\ntitle: Kettles\ndate: 2025-04-01\n---\n\n## How kettles sing\n\n- note: They do.\n"


def add(root: Path) -> None:
    (root / "digests/2025-04-01-kettles.md").write_text(NEW)


def rename(root: Path) -> None:
    replace(root / "topics.yml", "name: Vision", "name: Seeing")


def shorten(root: Path) -> None:
    replace(root / FOG, "Object Detection in Heavy Fog", "Object Detection in Light Fog")


def dress(root: Path) -> None:
    own = (Path(pages.__file__).parents[2] / "templates/pages/paper.md.j2").read_text()
    target = root / "templates/pages/paper.md.j2"
    target.parent.mkdir(parents=True)
    target.write_text(own.replace("Featured in", "Seen in"))


def settle(root: Path) -> None:
    replace(root / "mkdocs.yml", "site_name: ", "site_name: The new ")


def remove(root: Path) -> None:
    (root / "digests/2025-03-21-equinox.md").unlink()


def teach(root: Path) -> None:
    replace(root / "topics.yml", "vocoder]", "vocoder, fog, kettle]")


CHANGES = (add, rename, teach, shorten, dress, settle, remove)


def test_a_new_digest_draws_no_page_that_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scores move with every new paper; what no page shows of them makes none anew."""
    root = toy(tmp_path)
    assert offprint("build", root=root).exit_code == 0
    before = {path.stem: alone(path) for path in (root / "docs/papers").glob("*.md")}
    add(root)
    drawn = spied(monkeypatch)
    assert offprint("build", root=root).exit_code == 0
    after = {path.stem: alone(path) for path in (root / "docs/papers").glob("*.md")}
    changed = {slug for slug in after if after[slug] != before.get(slug)}
    assert {page.uri.split("/")[1] for page in drawn if page.kind == "paper"} == changed
    assert "how-kettles-sing" in changed
    assert len(changed) < len(after)


def alone(path: Path) -> str:
    """Return the file of a paper's page without its related papers."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r'<section [^>]*"s-related">.*?</section>', "", text, flags=re.DOTALL)


def spied(monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    """Return the list that every page joins which is drawn from now on."""
    drawn: list[Page] = []
    text = pages._text

    def spy(page: Page, **rest: Any) -> str:
        drawn.append(page)
        return text(page, **rest)

    monkeypatch.setattr(pages, "_text", spy)
    return drawn


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_build_that_remembers_equals_a_fresh_one(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """After any change of the collection the two sites agree to the byte, docs/ included."""
    old, fresh = toy(tmp_path / "old"), toy(tmp_path / "fresh")
    assert offprint("build", root=old).exit_code == 0
    for root in (old, fresh):
        change(root)
        (root / "papers.lock").unlink(missing_ok=True)
        assert offprint("build", root=root).exit_code == 0
    assert tree(old / "site") == tree(fresh / "site")
    assert tree(old / "docs") == tree(fresh / "docs")
    assert (old / MEMORY).read_bytes() == (fresh / MEMORY).read_bytes()


def test_a_second_build_renders_no_paper_and_reads_no_abstract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in every key says the same in every process: nothing is asked for in vain."""
    root = toy(tmp_path)
    # A process of its own, in which sets have another order.
    assert run("build", cwd=root).code == 0
    drawn = spied(monkeypatch)
    monkeypatch.setattr("generator.summaries.summary", lambda *_: pytest.fail("read again"))
    before = (root / MEMORY).stat().st_mtime_ns
    assert offprint("build", root=root).exit_code == 0
    assert drawn
    assert not [page for page in drawn if page.kind == "paper"]
    assert (root / MEMORY).stat().st_mtime_ns == before


def test_a_key_names_no_place_in_the_memory_of_the_computer(tmp_path: Path) -> None:
    """All that a paper's page shows says itself what it is; an address would never come again."""
    seen: list[str] = []
    collection = pipeline.collect(toy(tmp_path))

    class Spy(Memory):
        def recall(self, source: str, make: Callable[[], str]) -> str:
            assert not re.search(r"\bat 0x[0-9a-f]+", source)
            seen.append(source)
            return make()

    site = pipeline.understand(collection, pipeline.read(collection), memory=Spy())
    pipeline.render(collection, site, memory=Spy())
    assert len(seen) == 3 * len(site.catalog.papers)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content[:200] + bytes([content[200] ^ 1]) + content[201:],
        lambda content: b"\0" * 40,
    ],
    ids=["empty", "cut", "longer", "one bit", "zeros"],
)
def test_a_damaged_memory_is_no_memory(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    """Whatever became of the file, the build is that of a collection without one."""
    root = toy(tmp_path)
    assert offprint("build", root=root).exit_code == 0
    site, whole = tree(root / "site"), (root / MEMORY).read_bytes()
    (root / MEMORY).write_bytes(spoil(whole))
    assert offprint("build", root=root).exit_code == 0
    assert tree(root / "site") == site
    assert (root / MEMORY).read_bytes() == whole


def test_another_program_does_not_trust_it() -> None:
    """With other code or other libraries nothing is recalled."""
    made = Memory()
    assert made.recall("a", lambda: "x") == "x"
    stamp = b"s" * 32
    assert unpack(pack(made, stamp), stamp).recall("a", lambda: "y") == "x"
    assert unpack(pack(made, stamp), b"t" * 32).recall("a", lambda: "y") == "y"


def test_a_stamp_knows_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed line of the program makes another stamp; without a distribution there is none."""
    before = memory.stamp.__wrapped__()
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: read(path) + (b"#" if path.name == "text.py" else b"")
    )
    assert memory.stamp.__wrapped__() != before
    monkeypatch.setattr(memory, "_DISTRIBUTION", "offprint-that-nobody-has")
    assert memory.stamp.__wrapped__() is None


def test_what_is_not_asked_for_is_forgotten() -> None:
    """A memory never outgrows the collection."""
    made = Memory()
    for source in ("a", "b"):
        made.recall(source, str)
    later = unpack(pack(made, b"s"), b"s")
    later.recall("a", str)
    assert unpack(pack(later, b"s"), b"s").known.keys() == later.used.keys()
    assert len(later.used) == 1


def test_a_memory_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """A file in the way of the folder costs time, and nothing else."""
    root = toy(tmp_path)
    (root / writer.CACHE).write_text("mine")
    assert offprint("build", root=root).exit_code == 0
    assert (root / writer.CACHE).read_text() == "mine"


def test_git_does_not_see_the_memory(tmp_path: Path) -> None:
    """The folder tells Git itself that nothing in it is to be kept."""
    root = toy(tmp_path)
    offprint("build", root=root)
    assert (root / writer.CACHE / ".gitignore").read_text() == "*\n"
