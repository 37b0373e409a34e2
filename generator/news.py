"""Say in Markdown what a built site has that an earlier commit lacked: papers, topics, problems."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from generator import addresses, catalog, lock, pipeline, sources
from generator.console import plural
from generator.models import UNSORTED, Source
from generator.problems import Severity
from generator.text import shorten
from generator.topics import topicfile

# GitHub takes a megabyte; nobody reads half as much.
_MOST_PAPERS = 100
_MOST = 50
_LONGEST = 200
_ACTIVE = {code: f"&#{code};" for code in range(0x21, 0x7F) if not chr(code).isalnum()}
# Without its next character an @ names nobody; the blank between them has no width.
_ACTIVE[ord("@")] += "&#8203;"


@dataclass(frozen=True, slots=True)
class Before:
    """What a collection had at an earlier commit."""

    commit: str = ""
    """Its hash; empty where there is no earlier commit."""
    papers: frozenset[str] = frozenset()
    """Slugs and ids of all papers."""
    topics: frozenset[str] | None = None
    """Slugs of the topics of topics.yml; None where there was none, or none that could be read."""


def shown(text: str) -> str:
    """Return `text` as Markdown that shows it as written: no link, picture, mention or HTML.

    GitHub looks for mentions and issue numbers everywhere but in code.
    """
    visible = "".join(char for char in " ".join(text.split()) if char.isprintable())
    return f"<code>{shorten(visible, _LONGEST).translate(_ACTIVE)}</code>"


def built(site: Path) -> bool:
    """Tell whether the folder `site` holds a site."""
    return (site / addresses.PAPERS_DATA).is_file()


def before(root: Path, now: pipeline.Collection, commits: Iterable[str]) -> Before:
    """Return what the collection at `root` had at the first of `commits` that is at hand.

    What cannot be read there counts as absent. Without Git, nothing was there.
    """
    commit = _first(root, commits)
    if not commit:
        return Before()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        _git(root, "worktree", "add", "--quiet", "--detach", str(tree), commit)
        try:
            # The collection may be a folder of the repository.
            within = _git(root, "rev-parse", "--show-prefix")
            return Before(commit, *_known(tree / within, now))
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))


def _first(root: Path, commits: Iterable[str]) -> str:
    """Return the hash of the first of `commits` that names one here; empty where none does."""
    for wish in filter(None, commits):
        # The hash before a first push is all zeros, that before a forced one may be gone.
        ask = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{wish}^{{commit}}")
        if found := _git(root, *ask):
            return found
    return ""


def _git(root: Path, *arguments: str) -> str:
    """Return what git prints; nothing where it fails or is not installed."""
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.check_output(command, stderr=subprocess.DEVNULL, text=True).strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _known(tree: Path, now: pipeline.Collection) -> tuple[frozenset[str], frozenset[str] | None]:
    file = tree / lock.NAME
    remembered, _ = lock.parse(file.read_text("utf-8", "replace") if file.is_file() else "")
    # Today's settings, so that a commit with broken ones still tells what it had.
    earlier = replace(now, digests=sources.walk(tree)[0])
    digests = chain.from_iterable(reading.digests for reading in pipeline.read(earlier))
    papers = catalog.build(digests, remembered)[0].papers
    return frozenset(name for paper in papers for name in (paper.slug, paper.id)), _topics(tree)


def _topics(tree: Path) -> frozenset[str] | None:
    file = tree / topicfile.TOPICS
    if not file.is_file():
        return None
    found, _ = topicfile.read(Source(topicfile.TOPICS, file.read_bytes()))
    return None if found is None else frozenset(topic.slug for topic in found)


def told(
    site: Path, problems: Sequence[Mapping[str, Any]] | None, earlier: Before
) -> Iterator[str]:
    """Yield the paragraphs on the site in the folder `site` and on the problems of its build.

    `problems` are those of a report; None where there is none. Without a site they say so.
    """
    if built(site):
        text = (site / addresses.PAPERS_DATA).read_text(encoding="utf-8")
        # Not splitlines: a title may hold other separators.
        yield from _papers([json.loads(line) for line in text.split("\n") if line], earlier)
        yield from _new_topics(site, earlier)
    else:
        yield "## No site was built"
    yield from _problems(problems or ())


def fresh(papers: Iterable[Mapping[str, Any]], known: frozenset[str]) -> list[Mapping[str, Any]]:
    """Return the lines of papers.jsonl whose paper is in `known` by neither slug nor id."""
    return [paper for paper in papers if known.isdisjoint((paper["slug"], paper["id"]))]


def _papers(papers: Sequence[Mapping[str, Any]], earlier: Before) -> Iterator[str]:
    new = fresh(papers, earlier.papers)
    since = (
        f"since `{earlier.commit[:12]}`"
        if earlier.commit
        else "as there is no earlier commit to compare with"
    )
    yield f"## {plural(len(new), 'new paper') if new else 'No new paper'}"
    yield f"{plural(len(papers), 'paper')} in all; new are those {since}."
    yield _list((shown(paper["title"]) for paper in new), _MOST_PAPERS)
    topics = Counter(topic["slug"] for paper in new for topic in paper["topics"])
    if topics:
        yield "### Topics that they are in"
        ranked = sorted(topics.items(), key=lambda one: (-one[1], one[0]))
        yield _list((f"{shown(slug)} {number}" for slug, number in ranked), _MOST)


def _new_topics(site: Path, earlier: Before) -> Iterator[str]:
    """Yield the topics that topics.yml did not have before; nothing where it was not there."""
    build = site / "data/build.json"
    if earlier.topics is None or not build.is_file():
        return
    counted = json.loads(build.read_text(encoding="utf-8"))["topics"]
    new = [slug for slug in counted if slug not in earlier.topics and slug != UNSORTED]
    if new:
        yield f"### {plural(len(new), 'new topic')}"
        yield _list((f"{shown(slug)} {counted[slug]}" for slug in new), _MOST)


def _problems(problems: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    ranks = list(Severity)
    ordered = sorted(problems, key=lambda one: ranks.index(one["severity"]))
    counted = Counter(problem["severity"] for problem in problems)
    if problems:
        tally = (plural(counted[name], str(name)) for name in ranks if counted[name])
        yield f"### {', '.join(tally)}"
        yield _list(map(_problem, ordered), _MOST)


def _problem(problem: Mapping[str, Any]) -> str:
    where = problem["file"] + (f":{problem['line']}" if problem["line"] else "")
    return f"{problem['severity']} in {shown(where)}: {shown(problem['message'])}"


def _list(items: Iterable[str], most: int) -> str:
    lines = [f"- {item}" for item in items]
    more = [f"- … and {len(lines) - most:,} more"] if len(lines) > most else []
    return "\n".join([*lines[:most], *more])
