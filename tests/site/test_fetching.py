"""What the steps of fetch.yml deliver, and when: run here, with stand-ins for offprint and gh."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from clones import ROOT

from tools.actions import Job, run

FETCH = ROOT / "templates/collection/github/workflows/fetch.yml"
# Takes what stands in $BRINGS and ends as the files there say.
OFFPRINT = """\
#!/bin/sh
case "$*" in
    *fetch*) cp -R "$BRINGS/." . ; rm -f ends-* ; [ ! -e "$BRINGS/ends-badly" ] ;;
    *build*) echo "built" >> papers.lock ; [ ! -e "$BRINGS/ends-red" ] ;;
esac
"""
GH = """\
#!/bin/sh
echo "$*" >> "$GH_LOG"
if [ "$1 $2" = "pr list" ]; then echo "$GH_OPEN"; fi
"""
LONG_AGO = "2026-01-05T12:00:00Z"
# Later than any clock that runs these tests.
JUST_NOW = "2099-01-05T12:00:00Z"
HEALTHY = "hf:\n  tried: '2026-01-06'\n"


@dataclass(frozen=True, slots=True)
class Desk:
    """A collection with its repository, and what the next fetch brings."""

    folder: Path

    @property
    def clone(self) -> Path:
        """The checkout of the runner."""
        return self.folder / "clone"

    def git(self, *arguments: str, bare: bool = False) -> str:
        """Return what git prints in the checkout, or in the repository."""
        at = self.folder / "origin.git" if bare else self.clone
        done = subprocess.run(["git", *arguments], cwd=at, capture_output=True, text=True)
        return done.stdout.strip()

    def bring(self, name: str, content: str = "") -> None:
        """Let the next fetch bring a file."""
        path = self.folder / "brings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def fetch(self, deliver: str = "commit", *, job: str = "fetch") -> Job:
        """Run a job of fetch.yml."""
        context = {
            "github.token": "t",
            "inputs.deliver": "",
            "vars.OFFPRINT_FETCH": deliver,
            # The program is there: see the stand-in.
            "steps.kept.outputs.cache-hit": "true",
        }
        return run(FETCH, job, self.clone, self.folder / "runner", context)

    def new(self, branch: str = "main") -> list[str]:
        """Return the files that the newest commit of the repository has changed, if it is new."""
        log = self.git("log", "-1", "--format=%an", "--name-only", branch, bare=True).split("\n")
        return log[2:] if log[0] == "github-actions[bot]" else []

    def said(self) -> list[str]:
        """Return what gh was asked to do."""
        log = self.folder / "gh.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a collection whose last commit is old."""
    made = Desk(tmp_path)
    (made.clone / "digests").mkdir(parents=True)
    (made.clone / "papers.lock").write_text("one\n")
    (made.clone / "digests/one.md").write_text("one\n")
    (made.clone / ".gitignore").write_text("/.venv/\n")
    for name, content in (("clone/.venv/bin/offprint", OFFPRINT), ("bin/gh", GH)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        path.chmod(0o755)
    (tmp_path / "brings").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("BRINGS", str(tmp_path / "brings"))
    monkeypatch.setenv("GH_LOG", str(tmp_path / "gh.log"))
    monkeypatch.setenv("GH_OPEN", "0")
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", tmp_path / "origin.git"])
    made.git("init", "-q", "-b", "main")
    made.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    committed(made, LONG_AGO)
    return made


def committed(desk: Desk, when: str) -> None:
    """Commit and push, at a time of the past or the future."""
    desk.git("add", "--all")
    environment = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    who = ["-c", "user.name=A Curator", "-c", "user.email=a@example.org"]
    command = ["git", *who, "commit", "-q", "--allow-empty", "-m", "Mine"]
    subprocess.run(command, cwd=desk.clone, env=environment, check=True)
    desk.git("push", "-q", "origin", "main")


def test_a_new_digest_is_committed_and_published(desk: Desk) -> None:
    """It is built first, pushed with the lock, and the job that starts Publish is asked for."""
    desk.bring("digests/two.md", "two\n")
    desk.bring("formats.yml", "{}\n")
    job = desk.fetch()
    assert job.passed
    assert desk.new() == ["digests/two.md", "formats.yml", "papers.lock"]
    assert job.step("Deliver").files["OUTPUT"] == "pushed=true\n"
    assert desk.said() == ["auth setup-git"]


def test_publish_is_started_by_name(desk: Desk) -> None:
    """The second job starts publish.yml on the branch, as a push of a workflow starts nothing."""
    (desk.folder / "gh.log").touch()
    assert desk.fetch(job="publish").passed
    assert desk.said() == ["workflow run publish.yml --repo octo/papers --ref main"]


def test_a_day_without_news_leaves_no_trace(desk: Desk) -> None:
    """Nothing is built, committed or pushed, and the run is green."""
    committed(desk, JUST_NOW)
    desk.bring("fetched.yml", HEALTHY)
    job = desk.fetch()
    assert job.passed
    assert job.step("Build").outcome == job.step("Deliver").outcome == "skipped"
    assert desk.new() == []


def test_a_quiet_week_is_committed(desk: Desk) -> None:
    """How the sources are is committed after a week, so that the schedule never ends."""
    desk.bring("fetched.yml", HEALTHY)
    assert desk.fetch().passed
    assert desk.new() == ["fetched.yml", "papers.lock"]


def test_a_source_that_fails_is_told_at_once(desk: Desk) -> None:
    """That it fails, and why, is on the site the same day, however new the last commit is."""
    committed(desk, JUST_NOW)
    desk.bring("fetched.yml", f"{HEALTHY}  failed: no answer\n")
    desk.bring("ends-badly")
    assert not desk.fetch().passed
    assert "fetched.yml" in desk.new()


def test_a_failure_is_red_and_keeps_nothing_back(desk: Desk) -> None:
    """One source fails, the other's digest is published all the same."""
    desk.bring("digests/two.md", "two\n")
    desk.bring("ends-badly")
    job = desk.fetch()
    assert not job.passed
    assert "digests/two.md" in desk.new()
    assert job.step("Deliver").files["OUTPUT"] == "pushed=true\n"


def test_what_cannot_be_built_is_not_delivered(desk: Desk) -> None:
    """A digest that the strict build refuses never reaches the branch."""
    desk.bring("digests/two.md", "two\n")
    desk.bring("ends-red")
    job = desk.fetch()
    assert not job.passed
    assert job.step("Deliver").outcome == "skipped"
    assert desk.new() == []


@pytest.mark.parametrize(("open_ones", "made"), [("0", 1), ("1", 0)], ids=["first", "second"])
def test_a_pull_request_is_opened_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, open_ones: str, made: int
) -> None:
    """With the other setting the branch stays as it is; one request holds all that is new."""
    monkeypatch.setenv("GH_OPEN", open_ones)
    desk.bring("digests/two.md", "two\n")
    job = desk.fetch("pull-request")
    assert job.passed
    assert desk.new() == []
    assert "digests/two.md" in desk.new("offprint-fetch")
    assert sum(line.startswith("pr create --base main") for line in desk.said()) == made
    # Nothing to publish before it is merged.
    assert job.step("Deliver").files["OUTPUT"] == ""


def test_another_word_is_refused(desk: Desk) -> None:
    """A setting that means nothing is red, says what may stand there, and nothing is pushed."""
    desk.bring("digests/two.md", "two\n")
    job = desk.fetch("yes")
    assert not job.passed
    assert "must be 'commit' or 'pull-request'" in job.step("Deliver").output
    assert desk.new() == []
