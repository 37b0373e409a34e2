"""`offprint topics suggest` writes a topics.yml that says what was found, and reads back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator import topics
from generator.models import Catalog, Paper, Source
from generator.topics import discover, suggestions, topicfile
from tests import factories, fields, hostile
from tests.toy import offprint, toy


def catalog(papers: tuple[Paper, ...]) -> Catalog:
    """Return the catalogue of `papers` in their discovered topics."""
    return suggestions.suggest(factories.catalog(papers))


def written(root: Path) -> Path:
    """Return the toy collection at `root` with papers of five fields, and without topics.yml."""
    root = toy(root)
    (root / "topics.yml").unlink()
    rows = (
        f"## {paper.facts.title}\n\n### Abstract\n\n{paper.facts.abstract}\n"
        for paper in fields.papers(8)
    )
    text = "---\ntitle: Fields\n---\n\n" + "\n".join(rows)
    (root / "digests/2025-05-01-fields.md").write_text(text, encoding="utf-8")
    return root


def test_the_file_gives_the_same_topics() -> None:
    """It reads back without a problem, as the very topics, and each paper has its place again."""
    made = catalog(fields.papers(9))
    text = suggestions.render(made)
    found, problems = topicfile.read(Source("topics.yml", text.encode()))
    assert problems == ()
    assert [replace(topic, line=None) for topic in found] == list(discover.topics(made.papers))
    again, _ = topics.assign(factories.catalog(made.papers, topics=found))
    assert [p.topics for p in again.papers] == [p.topics for p in made.papers]


def test_the_comments_tell_what_a_topic_holds() -> None:
    """Each topic has its number of papers and three titles above it, and the file its rules."""
    made = catalog((*fields.papers(9), factories.paper("stray", "Zzz")))
    lines = suggestions.render(made).splitlines()
    at = lines.index("  - name: Honey bees")
    assert lines[at - 4] == "  # 9 papers"
    titles = {line.removeprefix("  #   ") for line in lines[at - 3 : at]}
    assert titles <= {paper.facts.title for paper in made.papers if "bees" in paper.slug}
    assert lines[at + 1 : at + 3] == ["    slug: honey-bees", "    keywords: ["]
    assert lines[-1] == "# 1 paper in none of them."
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("title", [*hostile.STRINGS, "x\u2028b: c", "x\x85- y", "\u202eleft", "#"])
def test_hostile_titles_stay_in_their_comment(title: str) -> None:
    """No title ends its line, turns the writing around or makes the file unreadable."""
    papers = tuple(
        factories.paper(f"p{n}", f"Honey bees {title}", abstract="Honey bees, wax.")
        for n in range(4)
    )
    text = suggestions.render(catalog(papers))
    assert yaml.safe_load(text)["topics"]
    assert topicfile.read(Source("topics.yml", text.encode()))[1] == ()
    assert all(sign.isprintable() or sign == "\n" for sign in text)


@pytest.mark.parametrize("word", ["no", "1.5", "null", "key: value", "a, b", "it's", "#x", "- x"])
def test_what_yaml_would_misread_is_quoted(word: str) -> None:
    """A name or a keyword that looks like something else stays the text that it is."""
    topic = factories.topic("vision", word, keywords=(word, "second"))
    text = suggestions.render(factories.catalog(topics=[topic]))
    (found,), problems = topicfile.read(Source("topics.yml", text.encode()))
    assert problems == ()
    assert (found.name, found.keywords) == (word, topic.keywords)


def test_nothing_is_suggested_for_papers_that_share_nothing() -> None:
    """Without topics there is no file."""
    assert suggestions.render(catalog(fields.papers(1))) == ""


def test_a_site_without_topics_file_has_topics(tmp_path: Path) -> None:
    """The build finds them, says so, and puts papers there."""
    root = written(tmp_path)
    result = offprint("build", root=root)
    assert result.exit_code == 0, result.output
    assert "hint: topics come from the papers' own words" in result.output
    assert (root / "site/topics/honey-bees/index.html").is_file()
    assert "Honey bees" in (root / "site/topics/index.html").read_text(encoding="utf-8")


def test_an_empty_topics_file_is_the_choice_of_none(tmp_path: Path) -> None:
    """What the curator emptied is not filled again."""
    root = written(tmp_path)
    (root / "topics.yml").write_text("topics: []\n", encoding="utf-8")
    assert offprint("build", root=root).exit_code == 0
    assert [path.name for path in (root / "site/topics").iterdir() if path.is_dir()] == ["unsorted"]


def test_what_is_suggested_can_be_put_in_place(tmp_path: Path) -> None:
    """The file, written to topics.yml, makes the same site as no file."""
    root = written(tmp_path)
    assert offprint("build", root=root).exit_code == 0
    before = (root / "site/data/papers.jsonl").read_bytes()
    result = offprint("topics", "suggest", "-o", root / "topics.yml", root=root)
    assert result.exit_code == 0, result.output
    assert "topics written to" in result.output
    assert offprint("build", root=root).exit_code == 0
    assert (root / "site/data/papers.jsonl").read_bytes() == before


def test_a_file_of_comments_makes_room(tmp_path: Path) -> None:
    """What `init` wrote names no topic: papers get found ones, and these may take its place."""
    root = written(tmp_path)
    (root / "topics.yml").write_text("# later\n", encoding="utf-8")
    result = offprint("topics", "suggest", "-o", root / "topics.yml", root=root)
    assert result.exit_code == 0, result.output
    assert "Honey bees" in (root / "topics.yml").read_text(encoding="utf-8")


def test_the_topics_of_a_new_collection_make_room(tmp_path: Path) -> None:
    """Where they hold little, the build says so; as long as nobody changed them, they go."""
    root = tmp_path / "new"
    assert offprint("init", root).exit_code == 0
    for path in (written(tmp_path) / "digests").glob("*.md"):
        (root / "digests" / path.name).write_bytes(path.read_bytes())
    hint = "papers are in none of its topics\n  hint: 'offprint topics suggest' finds topics"
    assert hint in offprint("check", root=root).output
    result = offprint("topics", "suggest", "-o", root / "topics.yml", root=root)
    assert result.exit_code == 0, result.output
    assert "stays as it is" not in result.output
    assert hint not in offprint("check", root=root).output
    assert offprint("topics", "suggest", "-o", root / "topics.yml", root=root).exit_code == 2


def test_they_are_printed_without_a_file(tmp_path: Path) -> None:
    """The standard output holds the file alone; the rest goes to the error output."""
    root = written(tmp_path)
    result = offprint("topics", "suggest", root=root)
    assert result.exit_code == 0
    assert topicfile.read(Source("topics.yml", result.stdout.encode()))[1] == ()
    assert "Reading digests" in result.stderr


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    """An existing file is wrong use: it stays, and the message names it."""
    root = toy(tmp_path)
    before = (root / "topics.yml").read_bytes()
    result = offprint("topics", "suggest", "-o", root / "topics.yml", root=root)
    assert (result.exit_code, (root / "topics.yml").read_bytes()) == (2, before)
    assert "topics.yml exists already" in result.output
    link = root / "link.yml"
    link.symlink_to(root / "nowhere.yml")
    assert offprint("topics", "suggest", "-o", link, root=root).exit_code == 2
    assert not (root / "nowhere.yml").exists()


def test_with_topics_of_ones_own_it_suggests_beside_them(tmp_path: Path) -> None:
    """They are found as if topics.yml were not there, and a line says that it stays."""
    root = written(tmp_path)
    bare = offprint("topics", "suggest", root=root).stdout
    (root / "topics.yml").write_text("- Everything\n", encoding="utf-8")
    result = offprint("topics", "suggest", root=root)
    assert result.stdout == bare
    assert "topics.yml stays as it is" in result.stderr


def test_too_few_papers_are_told(tmp_path: Path) -> None:
    """Where nothing is found no file is written, and the exit code is 1."""
    root = toy(tmp_path)
    for path in (root / "digests").rglob("*"):
        if path.is_file():
            path.unlink()
    (root / "digests/2025-05-01-one.md").write_text("## Alone\n", encoding="utf-8")
    result = offprint("topics", "suggest", "-o", root / "t.yml", root=root)
    assert (result.exit_code, (root / "t.yml").exists()) == (1, False)
    assert "no two papers share a phrase" in result.output
