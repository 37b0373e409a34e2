"""A stand-in for GitHub's runner: the `run` steps of a job for real, each `uses` step as a note."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

# What a runner obeys when it reads a line of output.
KNOWN = {
    *("add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group"),
    *("notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands"),
    *("warning", "internal-set-repo-path"),
}
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_OUTCOME = re.compile(r"steps\.([\w-]+)\.outcome != 'skipped'")
_PRIVATE = ("PYTHON", "VIRTUAL_ENV", "GITHUB_", "OFFPRINT_", "PYTEST_", "GIT_", "BASH_ENV", "MAKE")


@dataclass(frozen=True, slots=True)
class Command:
    """An order that the runner took from the output of a step."""

    name: str
    properties: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step that has run, or was passed over."""

    name: str
    outcome: str
    """`success`, `failure` or `skipped`."""
    streams: tuple[str, ...] = ()
    """Output and error output of a `run` step."""
    files: Mapping[str, str] = field(default_factory=dict)
    """What it wrote for the runner, by the name of the variable without `GITHUB_`."""

    @property
    def output(self) -> str:
        """Return both streams, one after the other."""
        return "".join(self.streams)

    @property
    def commands(self) -> list[Command]:
        """Return what the runner obeyed.

        It reads the streams side by side, in no order that a step could rely on.
        """
        return [one for stream in self.streams for one in obeyed(stream)]


@dataclass(frozen=True, slots=True)
class Job:
    """A job that has run."""

    steps: tuple[Step, ...]
    handed: Mapping[str, Path]
    """Folder that each action took over, by the action's name."""

    @property
    def passed(self) -> bool:
        """Return whether the job is green."""
        return all(step.outcome != "failure" for step in self.steps)

    @property
    def summary(self) -> str:
        """Return the Markdown of all steps."""
        return "\n".join(step.files.get("STEP_SUMMARY", "") for step in self.steps)

    @property
    def annotations(self) -> list[Command]:
        """Return the errors, warnings and notices of all steps."""
        levels = ("error", "warning", "notice")
        return [one for step in self.steps for one in step.commands if one.name in levels]

    def step(self, name: str) -> Step:
        """Return the step with that name."""
        return next(step for step in self.steps if step.name == name)


def load(path: Path) -> dict[str, Any]:
    """Return a workflow; all scalars are text, so that `on` is no truth."""
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(content, dict)
    return content


def obeyed(output: str) -> Iterator[Command]:
    """Yield what a runner takes for an order: `::name …::` at the start, `##[name …]` anywhere."""
    token = None
    for line in re.split(r"\r\n|\r|\n", output):
        found = _command(line, KNOWN | {token})
        if found is None or (token and found.name != token):
            continue
        if found.name == token:
            token = None
        elif found.name == "stop-commands":
            token = found.text
        else:
            yield found


def _command(line: str, known: set[str | None]) -> Command | None:
    new = re.match(r"\s*::(.*?)::(.*)", line)
    old = re.search(r"##\[(.*?)\](.*)", line)
    for found, comma in ((new, ","), (old, ";")):
        if found:
            name, _, rest = found[1].strip().partition(" ")
            if name in known:
                pairs = (part.partition("=") for part in rest.split(comma) if "=" in part)
                values = {key.strip(): _plain(value) for key, _, value in pairs}
                return Command(name, values, _plain(found[2]))
    return None


def _plain(text: str) -> str:
    for char in "\r\n:,%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def run(path: Path, job: str, root: Path, temp: Path, context: Mapping[str, str]) -> Job:
    """Run the steps of one job in the checkout `root`.

    `context` has what the expressions of the workflow ask for, by their names.
    """
    workflow = load(path)
    assert workflow["defaults"]["run"]["shell"] == "bash"
    temp.mkdir()
    values = {**context, "runner.temp": str(temp)}
    steps: list[Step] = []
    outcomes: dict[str, str] = {}
    handed: dict[str, Path] = {}
    for number, step in enumerate(workflow["jobs"][job]["steps"]):
        failed = any(done.outcome == "failure" for done in steps)
        if not _wanted(step.get("if"), failed, outcomes):
            done = Step(step["name"], "skipped")
        elif "uses" in step:
            done = _use(step, root, values, handed)
        else:
            done = _shell(step, root, temp / f"step-{number}", values)
        steps.append(done)
        outcomes[step.get("id", "")] = done.outcome
    return Job(tuple(steps), handed)


def _wanted(condition: str | None, failed: bool, outcomes: Mapping[str, str]) -> bool:
    if condition is None:
        return not failed
    terms = condition.removeprefix("${{").removesuffix("}}").strip().split(" && ")
    # Any other form has to be taught here first.
    assert terms.pop(0) == "!cancelled()"
    asked = [_OUTCOME.fullmatch(term) for term in terms]
    return all(outcomes[found[1]] != "skipped" for found in asked if found or 1 / 0)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: values[found[1]], text)


def _use(
    step: Mapping[str, Any], root: Path, values: Mapping[str, str], handed: dict[str, Path]
) -> Step:
    action = step["uses"].partition("@")[0]
    given = {key: _filled(value, values) for key, value in step.get("with", {}).items()}
    if "path" in given:
        handed[action] = root / given["path"]
        if not (root / given["path"] / "index.html").is_file():
            return Step(step["name"], "failure", (f"{given['path']}: no site there",))
    return Step(step["name"], "success")


def _shell(step: Mapping[str, Any], root: Path, own: Path, values: Mapping[str, str]) -> Step:
    own.mkdir()
    script = own / "script.sh"
    script.write_text(_filled(step["run"], values), encoding="utf-8")
    names = ("STEP_SUMMARY", "OUTPUT", "ENV", "PATH", "STATE")
    for name in names:
        (own / name).touch()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(_PRIVATE)}
    environment = {
        **inherited,
        "PATH": f"{_python(own)}{os.pathsep}{os.environ['PATH']}",
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(root),
        "RUNNER_TEMP": values["runner.temp"],
        **{f"GITHUB_{name}": str(own / name) for name in names},
        **{key: _filled(value, values) for key, value in step.get("env", {}).items()},
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    outcome = "failure" if done.returncode else "success"
    files = {name: (own / name).read_text(encoding="utf-8") for name in names}
    streams = tuple(stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    return Step(step["name"], outcome, streams, files)


def _python(own: Path) -> Path:
    """Return a folder with the Python that setup-python would put first."""
    folder = own / "bin"
    folder.mkdir()
    base = getattr(sys, "_base_executable", sys.executable)
    for name in ("python", "python3"):
        (folder / name).write_text(f'#!/bin/sh\nexec "{base}" "$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder
