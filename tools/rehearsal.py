"""Rehearse a collection's life on GitHub, on this machine: rehearsal.py FOLDER.

A curator installs the wheel, makes a collection with the bundled digests, and pushes it to a bare
repository. The very steps of its workflow publish it, each time in a clean clone. Then comes a
new digest, then a broken one.
Ends with 1 where something is not as promised.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generator import memory
from tools.actions import Job, run

ROOT = Path(__file__).resolve().parents[1]
MEMORY = ".offprint-cache"
HOST = "https://octo.github.io/papers"
NEW = """\
---
title: A week of kettles
date: 2026-02-02
---

## Kettle Segmentation from Steam Alone

A made-up paper on images of kettles.

- authors: Robin Rohr, Kim Kessel

## Why Kettles Sing: a Language Model Account

Another made-up one.

- authors: Kim Kessel
"""
# A colon in a title, unquoted: the mistake that hand-written front matter invites most.
BROKEN = """\
---
title: A broken week: no kettle in sight
date: 2026-02-09
---

## A Paper That Is Fine

Words.
"""
BROKEN_LINE = 2
PAPERS = ("kettle-segmentation-from-steam-alone", "why-kettles-sing-a-language-model-account")
# Pages and data on the collection as a whole; each says how many papers there are.
WHOLE = re.compile(
    r"(?:(?:topics|digests|authors|trends|feeds|search|saved|status)/)?index\.html|404\.html|llms\.txt"
    r"|sitemap\.xml(?:\.gz)?|feeds/[^/]+|data/[^/]+|search/.*"
)
# What is on every page of a list: the newest day, the way to its neighbours, counts in the foot.
_FRAME = re.compile(
    r' data-newest="[^"]*"|<a [^>]*rel="(?:next|prev)">.*?</a>\s*'
    r'|<h2 id="foot-collection">.*?</section>',
    re.DOTALL,
)


class Surprise(Exception):
    """What is not as promised."""


@dataclass(frozen=True, slots=True)
class Push:
    """What one push led to."""

    job: Job
    """The build; its site is deployed only where it is green."""
    site: Mapping[str, bytes]
    """What readers see afterwards: each file by its path."""
    installed: int
    """Packages that pip installed."""
    made: int
    """Pages and findings that the build made anew, and did not remember."""

    @property
    def papers(self) -> dict[str, dict[str, Any]]:
        """Lines of papers.jsonl by slug."""
        lines = self.site["data/papers.jsonl"].decode().split("\n")
        return {paper["slug"]: paper for paper in map(json.loads, filter(None, lines))}


@dataclass(slots=True)
class Stage:
    """Folders of one rehearsal, as on a curator's machine and at GitHub."""

    folder: Path
    before: str = "0" * 40
    runs: int = 0
    published: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def desk(self) -> Path:
        """The curator's clone."""
        return self.folder / "desk"

    def git(self, *arguments: str, at: Path | None = None) -> str:
        """Return what git prints, with nobody's settings."""
        who = {f"GIT_{a}_{b}": "a@example.org" for a in ("AUTHOR", "COMMITTER") for b in _WHO}
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return shell(["git", *arguments], at or self.desk, {**who, **own}).strip()

    def push(self, files: Mapping[str, str], message: str) -> Push:
        """Commit `files` and push them, and run what the push starts."""
        for name, content in files.items():
            (self.desk / name).write_text(content, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        self.git("push", "--quiet", "origin", "main")
        made = self._publish()
        self.before = self.git("rev-parse", "HEAD")
        return made

    def _publish(self) -> Push:
        """Run the job `build` in a clean clone, and deploy what it hands over."""
        # At the same place each time, as on the runners: environments know where they are.
        clone = self.folder / "work/papers"
        shutil.rmtree(clone, ignore_errors=True)
        self.git("clone", "--quiet", str(self.folder / "origin.git"), str(clone), at=self.folder)
        self.runs += 1
        job = run(
            clone / ".github/workflows/publish.yml",
            "build",
            clone,
            self.folder / f"run-{self.runs}",
            {
                "inputs.ref": "",
                "github.event.before": self.before,
                "github.run_id": str(self.runs),
                "steps.pages.outputs.base_url": HOST,
            },
            self.folder / "cache",
        )
        if job.passed:
            self.published = tree(job.handed["actions/upload-pages-artifact"])
        installed = re.search(r"Successfully installed (.*)", job.step("Set up Offprint").output)
        known = _remembered(job.restored.get(MEMORY, Path()) / "memory")
        made = len(_remembered(clone / MEMORY / "memory") - known)
        return Push(job, self.published, len(installed[1].split()) if installed else 0, made)


_WHO = ("NAME", "EMAIL")


def _remembered(path: Path) -> frozenset[bytes]:
    """Return the keys of what a build has kept for the next one."""
    content = path.read_bytes() if path.is_file() else b""
    # The stamp of the program stands behind the checksum.
    return frozenset(memory.unpack(content, content[32:64]).known)


def shell(command: Sequence[str | Path], folder: Path, more: Mapping[str, str]) -> str:
    """Return what a command prints; raise with it where the command fails."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GIT_", "OFFPRINT"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**kept, **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise Surprise(f"{command[0]} failed:\n{done.stdout}")
    return done.stdout


def tree(folder: Path) -> dict[str, bytes]:
    """Return each file of a folder by its path; like the real action, none that has a dot first."""
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in found.items() if not re.search(r"(?:^|/)\.", name)}


def begin(folder: Path) -> Stage:
    """Install the wheel of this checkout into an empty environment, and make a collection by it."""
    folder.mkdir(parents=True)
    shell([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT, {})
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "curator", with_pip=True)
    python = folder / "curator/bin/python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    shell([*pip, "--require-hashes", "-r", ROOT / "requirements/program.txt"], folder, {})
    shell([*pip, "--no-deps", "--no-index", wheel], folder, {})
    stage = Stage(folder)
    offprint = folder / "curator/bin/offprint"
    shell([offprint, "init", stage.desk, "--repository", "octo/papers"], folder, {})
    for digest in (ROOT / "digests").iterdir():
        shutil.copy(digest, stage.desk / "digests")
    stage.git("init", "--quiet", "--bare", "--initial-branch", "main", "origin.git", at=folder)
    stage.git("init", "--quiet", "--initial-branch", "main")
    stage.git("remote", "add", "origin", str(folder / "origin.git"))
    return stage


def rehearse(stage: Stage) -> Iterator[str]:
    """Yield a line for each promise that was kept; raise Surprise at the first that was not."""
    first = stage.push({}, "Begin the collection")
    expect(first.job.passed, "the first push is published", told(first))
    yield f"first push: published, {first.installed} packages installed, {first.made} texts made"
    second = stage.push({"digests/2026-02-02-kettles.md": NEW}, "Add a digest")
    expect(second.job.passed, "a digest is published", told(second))
    summary = second.job.summary
    expect("## 2 new papers" in summary, "the run says what is new", summary)
    for line in compared(first, second):
        yield f"second push: {line}"
    expect(second.installed == 0 < first.installed, "the second run installs nothing")
    expect(0 < 4 * second.made < first.made, "the second run makes less anew", f"{second.made}")
    yield f"second push: {second.installed} packages installed, {second.made} texts made"
    third = stage.push({"digests/2026-02-09-broken.md": BROKEN}, "Add a broken digest")
    expect(not third.job.passed, "a broken digest is red")
    place = ("digests/2026-02-09-broken.md", str(BROKEN_LINE))
    errors = [one for one in third.job.annotations if one.name == "error"]
    shown = [(one.properties.get("file"), one.properties.get("line")) for one in errors]
    expect(shown == [place], "the problem is shown at its line", repr(shown))
    expect(third.site == second.site, "the published site is untouched")
    expect(third.job.handed == {}, "nothing is handed over")
    yield f"third push: red, {place[0]}:{place[1]}: {errors[0].text.splitlines()[0]}"


def told(push: Push) -> str:
    """Return what the steps that failed have printed."""
    return "\n".join(step.output for step in push.job.steps if step.outcome == "failure")


def expect(kept: bool, promise: str, more: str = "") -> None:
    """Raise where a promise is not kept."""
    if not kept:
        raise Surprise(f"not so: {promise}\n{more}".rstrip())


def compared(old: Push, new: Push) -> Iterator[str]:
    """Yield what a digest has changed; raise Surprise where that is not what it should change."""
    fresh = new.papers.keys() - old.papers.keys()
    expect(fresh == set(PAPERS), "exactly the new papers are there", repr(fresh))
    expect(not old.papers.keys() - new.papers.keys(), "no paper is gone")
    topics = {topic["slug"] for slug in fresh for topic in new.papers[slug]["topics"]}
    changed = {name for name in new.site if old.site.get(name) != new.site[name]}
    gone = sorted(old.site.keys() - new.site.keys())
    expect(not gone, "no file is gone", repr(gone))
    added = new.site.keys() - old.site.keys()
    strange = {name for name in added if not re.search("kettle|kessel", name)}
    expect(not strange, "only files of the new papers are new", repr(sorted(strange)))
    for name in sorted(changed - added):
        expect(allowed(name, old, new, topics), f"{name} has no reason to change")
    yield f"{len(fresh)} papers, in {', '.join(sorted(topics))}"
    yield f"{len(added)} files new, {len(changed - added)} changed, {_same(old, new)} as they were"
    for feed in ("feeds/all.atom", *(f"feeds/topics/{topic}.atom" for topic in sorted(topics))):
        expect(all(has(new, feed, slug) for slug in fresh if _in(new, slug, feed)), f"news: {feed}")
        expect(not any(has(old, feed, slug) for slug in fresh), f"no news before: {feed}")
    yield f"in the feeds of all papers and of {len(topics)} topics"
    found = {slug for slug in fresh if _searched(new, slug)}
    expect(found == fresh, "search finds the new papers", repr(found))
    yield "found by search"


def allowed(name: str, old: Push, new: Push, topics: Iterable[str]) -> bool:
    """Tell whether a file may change: it is on the whole, on these topics, or its paper changed."""
    if WHOLE.fullmatch(name) or name.split("/")[-1].partition(".")[0] in topics:
        return True
    place = re.fullmatch(r"(papers|digests|topics|authors)/([^/]+)/.*", name)
    if place and place[1] == "papers":
        # A new paper can be related to an old one, and take another one's place.
        return old.papers[place[2]] != new.papers[place[2]]
    if place and (place[2] in topics or _bare(old.site[name]) == _bare(new.site[name])):
        return True
    # Lists of old papers tell what each one is related to.
    return bool(re.fullmatch(r"data/(?:digests|topics|authors)/[^/]+\.jsonl", name))


def _bare(page: bytes) -> str:
    return _FRAME.sub("", page.decode())


def _same(old: Push, new: Push) -> int:
    return sum(old.site.get(name) == content for name, content in new.site.items())


def has(push: Push, feed: str, slug: str) -> bool:
    """Tell whether a feed has the paper."""
    return f"/papers/{slug}/".encode() in push.site[feed]


def _in(push: Push, slug: str, feed: str) -> bool:
    topics = {f"feeds/topics/{topic['slug']}.atom" for topic in push.papers[slug]["topics"]}
    return feed in {"feeds/all.atom", *topics}


def _searched(push: Push, slug: str) -> bool:
    """Tell whether the files of the search name the paper."""
    return any(slug.encode() in data for name, data in push.site.items() if name[:7] == "search/")


def main(arguments: Sequence[str]) -> int:
    """Rehearse in a new folder; return the exit code."""
    if len(arguments) != 1 or Path(arguments[0]).exists():
        print("usage: rehearsal.py FOLDER, which must not be there yet", file=sys.stderr)
        return 2
    try:
        for line in rehearse(begin(Path(arguments[0]).absolute())):
            print(line, flush=True)
    except Surprise as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
