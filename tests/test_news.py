"""`offprint news` names what the built site has and an earlier commit had not."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from toy import offprint, toy

from generator import news

DIGEST = "---\ntitle: More\ndate: 2025-04-02\n---\n\n## {title}\n\nA note on robots.\n"
TOPIC = "\n  - name: Kettles\n    keywords:\n      - kettle\n"


def git(root: Path, *arguments: str) -> str:
    """Return what git prints, with nobody's settings."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = {
        f"GIT_{a}_{b}": "a@b.example" for a in ("AUTHOR", "COMMITTER") for b in ("NAME", "EMAIL")
    }
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(
        command, env={**os.environ, **own, **who}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(root: Path) -> str:
    """Commit all and return the hash."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "A change")
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Return the toy collection in a repository with one commit."""
    root = toy(tmp_path)
    (root / ".gitignore").write_text("/site/\n/docs/\n", encoding="utf-8")
    git(root, "init", "--quiet")
    commit(root)
    return root


def add(root: Path, title: str) -> None:
    """Add a digest of one paper, commit it and build."""
    (root / "digests/more.md").write_text(DIGEST.format(title=title), encoding="utf-8")
    commit(root)
    assert offprint("build", root=root).exit_code == 0


def told(root: Path, *arguments: object) -> str:
    """Return what the command prints, with the signs that it has written as numbers."""
    result = offprint("news", *arguments, root=root)
    assert result.exit_code == 0, result.output
    return html.unescape(result.output)


def test_new_papers_and_topics_are_named(collection: Path) -> None:
    """Since the commit before: one paper, the topic that it is in, and a topic that is new."""
    topics = collection / "topics.yml"
    topics.write_text(topics.read_text("utf-8").rstrip() + TOPIC, encoding="utf-8")
    add(collection, "A Kettle That Sings")
    said = told(collection)
    assert "## 1 new paper" in said
    assert "- <code>A Kettle That Sings</code>" in said
    assert re.search(r"### Topics that they are in\n\n- <code>kettles</code> 1", said)
    assert re.search(r"### 1 new topic\n\n- <code>kettles</code> 1", said)
    assert "7 papers in all" in said


def test_without_news_it_says_so(collection: Path) -> None:
    """A commit that changes no digest brings no paper."""
    assert offprint("build", root=collection).exit_code == 0
    commit(collection)
    assert "## No new paper" in told(collection)


def test_the_first_commit_at_hand_counts(collection: Path) -> None:
    """Hashes of nothing, of what is gone, and empty words are passed over."""
    before = git(collection, "rev-parse", "HEAD")
    add(collection, "A Kettle")
    add(collection, "Another Kettle")
    wishes = [
        word for one in ("0" * 40, "c0ffee" * 6 + "beef", "", before) for word in ("--since", one)
    ]
    assert f"since `{before[:12]}`" in told(collection, *wishes)
    assert "since `" in told(collection)


@pytest.mark.parametrize("word", ["--upload-pack=touch injected", "-x", "$(touch injected)"])
def test_a_word_that_names_no_commit_does_nothing(collection: Path, word: str) -> None:
    """It is no option of git's and no command: there is just nothing to compare with."""
    add(collection, "A Kettle")
    assert "no earlier commit" in told(collection, f"--since={word}")
    assert not list(collection.rglob("injected"))


def test_without_a_repository_all_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It works without Git, and where Git is not installed."""
    root = toy(tmp_path)
    assert offprint("build", root=root).exit_code == 0
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert "## 6 new papers" in told(root)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "## 6 new papers" in told(root)


def test_the_problems_of_a_build_are_told(collection: Path, tmp_path: Path) -> None:
    """Those of its report, errors first, also where no site was built; appended to a file."""
    (collection / "topics.yml").write_text("topics: [\n", encoding="utf-8")
    report, target = tmp_path / "report.json", tmp_path / "summary.md"
    assert offprint("build", "--strict", "--report", report, root=collection).exit_code == 1
    target.write_text("Before\n", encoding="utf-8")
    where = ("--site-dir", tmp_path / "nowhere", "--problems", report, "-o", target)
    assert told(collection, *where) == ""
    text = html.unescape(target.read_text(encoding="utf-8"))
    assert text.startswith("Before\n## No site was built\n\n### 1 error")
    assert "error in <code>topics.yml:2</code>" in text


def test_a_report_that_is_not_there_is_passed_over(collection: Path, tmp_path: Path) -> None:
    """A build that ended before it could write one leaves nothing to tell."""
    where = ("--site-dir", tmp_path / "nowhere", "--problems", tmp_path / "none.json")
    assert told(collection, *where) == "## No site was built\n"


def test_no_tree_is_left_behind(collection: Path) -> None:
    """The look at the earlier commit leaves no trace in the repository."""
    add(collection, "A Kettle")
    told(collection)
    assert len(git(collection, "worktree", "list").splitlines()) == 1
    assert git(collection, "status", "--porcelain") == "M papers.lock"


def test_hostile_titles_are_shown_as_written() -> None:
    """No sign of Markdown or HTML is left to act."""
    for title in ("<img src=x>", "@octocat #1", "`x` ![a](b)", "a\n\n# b", "https://x.example"):
        text = news.shown(title)
        assert set(re.findall(r"<[^>]*>", text)) == {"<code>", "</code>"}
        assert html.unescape(text.removeprefix("<code>").removesuffix("</code>")).replace(
            "\u200b", ""
        ) == " ".join(title.split())


def test_many_papers_are_cut_and_counted(tmp_path: Path) -> None:
    """A summary of thousands stays short, and says how many are left out."""
    (tmp_path / "data").mkdir()
    rows = (
        {"slug": f"p{number}", "id": f"offprint:p{number}", "title": f"P {number}", "topics": []}
        for number in range(250)
    )
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (tmp_path / "data/papers.jsonl").write_text(lines, encoding="utf-8")
    text = "\n\n".join(news.told(tmp_path, None, news.Before()))
    assert "## 250 new papers" in text
    assert text.count("\n- ") == 101
    assert text.rstrip().endswith("- … and 150 more")
