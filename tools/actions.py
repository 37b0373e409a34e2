"""A stand-in for GitHub's runner: the `run` steps of a job for real, each `uses` step as a note.

Of the actions only the cache does something: it keeps a folder from one run to the next.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

# What a runner obeys when it reads a line of output.
KNOWN = {
    *("add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group"),
    *("notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands"),
    *("warning", "internal-set-repo-path"),
}
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_TERM = re.compile(r"(steps\.[\w-]+\.(?:outcome|outputs\.[\w-]+)) (==|!=) '([^']*)'")
_HASHED = re.compile(r"hashFiles\((.*)\)")
_VERSION = platform.python_version()
_RUNNER = {"runner.os": "Linux", "runner.arch": "X64", "github.run_id": "1"}
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
    restored: Mapping[str, Path] = field(default_factory=dict)
    """Folder of the cache from which each path was put back, by the path."""

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


def run(
    path: Path,
    job: str,
    root: Path,
    temp: Path,
    context: Mapping[str, str],
    cache: Path | None = None,
) -> Job:
    """Run the steps of one job in the checkout `root`.

    `context` has what the expressions of the workflow ask for, by their names. `cache` is the
    folder of what the cache keeps; without it, it keeps nothing.
    """
    workflow = load(path)
    assert workflow["defaults"]["run"]["shell"] == "bash"
    temp.mkdir()
    asked = workflow["jobs"][job]
    values = {**_RUNNER, **context, "runner.temp": str(temp), "root": str(root)}
    values |= {f"env.{key}": _filled(one, values) for key, one in asked.get("env", {}).items()}
    steps: list[Step] = []
    handed: dict[str, Path] = {}
    store = _Cache(cache) if cache else None
    for number, step in enumerate(asked["steps"]):
        failed = any(done.outcome == "failure" for done in steps)
        if not _wanted(step.get("if"), failed, values):
            done = Step(step["name"], "skipped")
        elif "uses" in step:
            done = _use(step, root, values, handed, store)
        else:
            done = _shell(step, root, temp / f"step-{number}", values)
        steps.append(done)
        values |= _results(step.get("id", ""), done)
    made = Job(tuple(steps), handed, store.restored if store else {})
    if store and made.passed:
        store.keep()
    return made


def _results(name: str, done: Step) -> dict[str, str]:
    """Return what later steps can ask of a step that has ended."""
    rows = (line.partition("=") for line in done.files.get("OUTPUT", "").splitlines())
    outputs = {f"steps.{name}.outputs.{key}": value for key, _, value in rows}
    return {f"steps.{name}.outcome": done.outcome, **outputs}


def _wanted(condition: str | None, failed: bool, values: Mapping[str, str]) -> bool:
    """Tell whether a step runs, by its condition: terms between `&&`, each of a form known here."""
    text = (condition or "").removeprefix("${{").removesuffix("}}").strip()
    terms = text.split(" && ") if text else []
    if "!cancelled()" in terms:
        terms.remove("!cancelled()")
    elif failed:
        return False
    found = [_TERM.fullmatch(term) for term in terms]
    # Any other form has to be taught here first.
    assert all(found), text
    return all((values.get(term[1], "") == term[3]) is (term[2] == "==") for term in found if term)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: _value(found[1], values), text)


def _value(expression: str, values: Mapping[str, str]) -> str:
    if hashed := _HASHED.fullmatch(expression):
        names = re.findall(r"'([^']+)'", hashed[1])
        found = [path for name in names if (path := Path(values["root"]) / name).is_file()]
        content = b"".join(path.read_bytes() for path in found)
        return hashlib.sha256(content).hexdigest()
    # Of `a || b` the first that is not empty; what a step did not tell is empty.
    names = expression.split(" || ")
    told = (values.get(name, "") if ".outputs." in name else values[name] for name in names)
    return next(filter(None, told), "")


def _use(
    step: Mapping[str, Any],
    root: Path,
    values: Mapping[str, str],
    handed: dict[str, Path],
    cache: _Cache | None,
) -> Step:
    action = step["uses"].partition("@")[0]
    given = {key: _filled(value, values) for key, value in step.get("with", {}).items()}
    if action == "actions/cache":
        return cache.take(step["name"], root, given) if cache else Step(step["name"], "success")
    if action == "actions/setup-python":
        return Step(step["name"], "success", files={"OUTPUT": f"python-version={_VERSION}\n"})
    if "path" in given:
        handed[action] = root / given["path"]
        if not (root / given["path"] / "index.html").is_file():
            return Step(step["name"], "failure", (f"{given['path']}: no site there",))
    return Step(step["name"], "success")


@dataclass(slots=True)
class _Cache:
    """What is kept from run to run, and what one run takes from it and adds to it."""

    folder: Path
    restored: dict[str, Path] = field(default_factory=dict)
    missed: list[tuple[Path, Path]] = field(default_factory=list)

    def take(self, name: str, root: Path, given: Mapping[str, str]) -> Step:
        """Put back what is kept under a key, else see to it that it is kept this time.

        A key that begins as `restore-keys` says will do, the newest first, but is no hit.
        """
        self.folder.mkdir(exist_ok=True)
        path, key = given["path"], quote(given["key"], safe="")
        kept = {one.name.partition(" ")[2]: one for one in sorted(self.folder.iterdir())}
        start = quote(given.get("restore-keys", ""), safe="")
        near = [one for found, one in kept.items() if start and found.startswith(start)]
        if found := kept.get(key) or next(reversed(near), None):
            _copy(found, root / path)
            self.restored[path] = found
        if key in kept:
            return Step(name, "success", files={"OUTPUT": "cache-hit=true\n"})
        # Numbered in the order in which they are kept.
        number = len(kept) + len(self.missed)
        self.missed.append((root / path, self.folder / f"{number:04} {key}"))
        return Step(name, "success")

    def keep(self) -> None:
        """Keep what was not there at the start of the run and is at its end."""
        for source, kept in self.missed:
            if source.is_dir():
                _copy(source, kept)


def _copy(source: Path, target: Path) -> None:
    # Thousands of files that nobody changes: links are as good as copies, and quick.
    shutil.copytree(source, target, symlinks=True, copy_function=os.link)


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
        "GITHUB_REF_NAME": "main",
        "GITHUB_REPOSITORY": "octo/papers",
        "RUNNER_TEMP": values["runner.temp"],
        **{f"GITHUB_{name}": str(own / name) for name in names},
        **{key: _filled(value, values) for key, value in step.get("env", {}).items()},
        **{key.removeprefix("env."): one for key, one in values.items() if key[:4] == "env."},
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
