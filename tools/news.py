"""Say in Markdown what a build has that an earlier commit had not: papers, topics, problems.

Run in the collection, by the Python that Offprint is installed for.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from generator import catalog, lock, pipeline, sources
from generator.console import plural
from generator.problems import Severity
from generator.text import shorten

# GitHub takes a megabyte; nobody reads half as much.
MOST_PAPERS = 100
MOST_PROBLEMS = 50
LONGEST = 200
_COMMIT = re.compile(r"[0-9a-f]{40,64}|HEAD\^")
_ACTIVE = {code: f"&#{code};" for code in range(0x21, 0x7F) if not chr(code).isalnum()}
# Without its next character an @ names nobody; the blank between them has no width.
_ACTIVE[ord("@")] += "&#8203;"


def shown(text: str) -> str:
    """Return `text` as Markdown that shows it as written: no link, picture, mention or HTML.

    GitHub looks for mentions and issue numbers everywhere but in code.
    """
    visible = "".join(char for char in " ".join(text.split()) if char.isprintable())
    return f"<code>{shorten(visible, LONGEST).translate(_ACTIVE)}</code>"


def news(papers: Sequence[Mapping[str, Any]], known: frozenset[str]) -> list[Mapping[str, Any]]:
    """Return the lines of papers.jsonl whose paper is in `known` by neither slug nor id."""
    return [paper for paper in papers if known.isdisjoint((paper["slug"], paper["id"]))]


def known_at(commit: str, root: Path) -> frozenset[str]:
    """Return slugs and ids of all papers that the collection at `root` had at `commit`."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        _git(root, "worktree", "add", "--quiet", "--detach", str(tree), commit)
        try:
            return _known(tree, root)
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))


def _known(tree: Path, root: Path) -> frozenset[str]:
    file = tree / lock.NAME
    remembered, _ = lock.parse(file.read_text("utf-8", "replace") if file.is_file() else "")
    # Today's settings, so that a commit with broken ones still tells what it had.
    earlier = replace(pipeline.collect(root), digests=sources.walk(tree)[0])
    digests = chain.from_iterable(reading.digests for reading in pipeline.read(earlier))
    papers = catalog.build(digests, remembered)[0].papers
    return frozenset(name for paper in papers for name in (paper.slug, paper.id))


def earlier_commit(root: Path, wishes: Iterable[str]) -> str | None:
    """Return the first of `wishes` that is a commit here: a full hash, or `HEAD^`."""
    for wish in wishes:
        # The hash before a first push is all zeros, that before a forced one may be gone.
        if _COMMIT.fullmatch(wish):
            ask = ("rev-parse", "--verify", "--quiet", f"{wish}^{{commit}}")
            if found := _git(root, *ask, check=False):
                return found
    return None


def _git(root: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(
        ["git", "-C", str(root), *arguments], check=check, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def summary(site: Path, report: Path, root: Path, wishes: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs of the summary."""
    if (site / "data/papers.jsonl").is_file():
        text = (site / "data/papers.jsonl").read_text(encoding="utf-8")
        # Not splitlines: a title may hold other separators.
        papers = [json.loads(line) for line in text.split("\n") if line]
        commit = earlier_commit(root, wishes)
        yield from _papers(papers, commit, known_at(commit, root) if commit else frozenset())
    else:
        yield "## No site was built"
    if report.is_file():
        yield from _problems(json.loads(report.read_text(encoding="utf-8"))["problems"])


def _papers(
    papers: Sequence[Mapping[str, Any]], commit: str | None, known: frozenset[str]
) -> Iterator[str]:
    new = news(papers, known)
    since = f"since `{commit[:12]}`" if commit else "as there is no earlier commit to compare with"
    yield f"## {plural(len(new), 'new paper') if new else 'No new paper'}"
    yield f"{plural(len(papers), 'paper')} in all; new are those {since}."
    yield _list((shown(paper["title"]) for paper in new), MOST_PAPERS)
    topics = Counter(topic["slug"] for paper in new for topic in paper["topics"])
    if topics:
        yield "### Topics that they are in"
        ranked = sorted(topics.items(), key=lambda one: (-one[1], one[0]))
        yield _list((f"{shown(slug)} {number}" for slug, number in ranked), MOST_PROBLEMS)


def _problems(problems: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    ranks = list(Severity)
    ordered = sorted(problems, key=lambda one: ranks.index(one["severity"]))
    counted = Counter(problem["severity"] for problem in problems)
    if problems:
        tally = (plural(counted[name], str(name)) for name in ranks if counted[name])
        yield f"### {', '.join(tally)}"
        yield _list(map(_problem, ordered), MOST_PROBLEMS)


def _problem(problem: Mapping[str, Any]) -> str:
    where = problem["file"] + (f":{problem['line']}" if problem["line"] else "")
    return f"{problem['severity']} in {shown(where)}: {shown(problem['message'])}"


def _list(items: Iterable[str], most: int) -> str:
    lines = [f"- {item}" for item in items]
    more = [f"- … and {len(lines) - most:,} more"] if len(lines) > most else []
    return "\n".join([*lines[:most], *more])


def main(arguments: Sequence[str]) -> int:
    """Print the summary of one build; return the exit code."""
    parser = argparse.ArgumentParser(description="Say what a build has that was not there before.")
    parser.add_argument("--site", type=Path, required=True, help="the built site, if there is one")
    parser.add_argument("--report", type=Path, required=True, help="the report of the build")
    since = "a commit to compare with; of several the first that is at hand"
    parser.add_argument("--since", action="append", default=[], help=since)
    asked = parser.parse_args(arguments)
    paragraphs = summary(asked.site, asked.report, Path.cwd(), asked.since)
    print("\n\n".join(part for part in paragraphs if part), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
