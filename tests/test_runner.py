"""With `--github` problems stand at their places, and nothing that is printed is an order."""

from __future__ import annotations

import re
from pathlib import Path

from toy import FOG, run, toy

from generator.cli import runner
from generator.problems import Problem, error, note, warning
from tools.actions import Command, obeyed

# This form is obeyed anywhere in a line.
ORDER = "##[add-mask]x"


def read(*problems: Problem) -> list[Command]:
    """Return the annotations as a runner reads them."""
    return list(obeyed("\n".join(runner.annotated(problems))))


def test_a_problem_is_shown_at_its_place() -> None:
    """File, line, severity, message and hint arrive as they were, whatever signs they hold."""
    text = "50%25 of a:b, c %0A::error::x"
    (found,) = read(error("digests/a,b:c%.md", 12, text, "quote it"))
    assert found.name == "error"
    assert found.properties == {
        "file": "digests/a,b:c%.md",
        "line": "12",
        "title": "Offprint: error",
    }
    assert found.text == f"{text}\nhint: quote it"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    """No line is made up where none is known."""
    (found,) = read(note("mkdocs.yml", None, "site_url is not set", ""))
    assert (found.name, found.properties.get("line")) == ("notice", None)
    assert found.text == "site_url is not set"


def test_the_worst_come_first_and_ten_of_each_are_told() -> None:
    """Beyond ten GitHub drops what a step says, so the tenth counts the rest."""
    many = [warning("a.md", number, "doubtful", "") for number in range(1, 13)]
    found = read(*many, error("b.md", 1, "wrong", ""))
    assert [one.name for one in found] == ["error"] + ["warning"] * 10
    assert found[-1].text.startswith("… and 3 more")
    assert len(read(*many[:10])) == 10


def test_characters_that_act_are_shown_as_question_marks() -> None:
    """A name or message with control characters stays one annotation."""
    (found,) = read(Problem("a\n::error::b\r.md", None, "error", "c\n::warning::d\x1b", ""))  # type: ignore[arg-type]
    assert found.properties["file"] == "a?::error::b?.md"
    assert found.text == "c?::warning::d?"


def test_nothing_that_a_digest_says_is_an_order(tmp_path: Path) -> None:
    """Whatever a command prints stands between two lines of which nobody can guess the second."""
    root = toy(tmp_path)
    file = root / FOG
    file.write_text(file.read_text("utf-8") + f"\n## A Paper\n\n- topics: {ORDER}\n", "utf-8")
    done = run("--github", "check", cwd=root)
    assert done.err == ""
    assert ORDER in done.out
    told = list(obeyed(done.out))
    assert {one.name for one in told} == {"warning", "notice"}
    assert told[0].properties["file"] == FOG
    tokens = re.findall(r"^::stop-commands::(\w{32})$", done.out, re.MULTILINE)
    again = re.findall(r"^::stop-commands::(\w+)$", run("--github", "check", cwd=root).out, re.M)
    assert tokens != again


def test_the_word_of_a_command_is_the_same(tmp_path: Path) -> None:
    """Exit codes do not change, and without the option nothing is said to a runner."""
    root = toy(tmp_path)
    assert run("--github", "check", cwd=root).code == run("check", cwd=root).code == 0
    assert "::" not in run("check", cwd=root).out
    (root / "topics.yml").write_text("topics: [\n", encoding="utf-8")
    done = run("--github", "check", cwd=root)
    assert done.code == 1
    assert [one.name for one in obeyed(done.out)] == ["error"]
