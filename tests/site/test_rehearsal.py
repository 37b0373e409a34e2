"""A collection's life on GitHub, rehearsed: what a push publishes, and what it leaves alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tools import rehearsal
from tools.actions import Job
from tools.rehearsal import Push, Stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Return a collection that a curator has made with the wheel of this checkout."""
    return rehearsal.begin(tmp_path_factory.mktemp("rehearsal") / "github")


@pytest.fixture(scope="module")
def lines(stage: Stage) -> list[str]:
    """Return what the rehearsal says of each promise."""
    return list(rehearsal.rehearse(stage))


def test_a_collection_publishes_itself(lines: list[str]) -> None:
    """Made by `init` and pushed, it is published; a digest makes news; a broken one is red."""
    assert lines[0].startswith("first push: published, ")
    assert lines[1] == "second push: 2 papers, in language-models, vision"
    assert lines[-1].startswith("third push: red, digests/2026-02-09-broken.md:2: broken front")


def test_the_second_run_is_cheaper(lines: list[str]) -> None:
    """What the first run has installed and made, the second one finds."""
    pattern = r"\w+ push: (?:published, )?(\d+) packages installed, (\d+) texts made"
    found = (re.fullmatch(pattern, line) for line in lines)
    first, second = ((int(one[1]), int(one[2])) for one in found if one)
    assert second[0] == 0 < first[0]
    assert 0 < 4 * second[1] < first[1]


def test_a_digest_changes_few_files(lines: list[str]) -> None:
    """More than four of five files stay byte for byte as they were."""
    words = lines[2].replace(",", "").split()
    new, changed, same = (int(words[number]) for number in (2, 5, 7))
    assert same > 4 * (new + changed)


@pytest.fixture
def pushes(stage: Stage, lines: list[str]) -> tuple[Push, Push]:
    """Return what the second push led to, and what was there before, made of it."""
    new = Push(Job((), {}), stage.published, 0, 0)
    records = [json.dumps(one) for slug, one in new.papers.items() if slug not in rehearsal.PAPERS]
    words = ("kettle", "kessel")
    site = {
        name: content
        for name, content in stage.published.items()
        if not any(word in name for word in words)
    }
    site["data/papers.jsonl"] = "\n".join(records).encode()
    for name in ("all", "topics/language-models", "topics/vision"):
        site[f"feeds/{name}.atom"] = b""
    return replace(new, site=site), new


def test_the_rehearsal_is_content_with_what_it_should_see(pushes: tuple[Push, Push]) -> None:
    """The made-up state before passes, so that each fault below is the one that is seen."""
    assert list(rehearsal.compared(*pushes))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("papers/attention-is-all-you-need/index.html", None, "no file is gone|no reason"),
        ("assets/style.css", b"", "style.css has no reason to change"),
        ("strange.html", b"", "no file is gone"),
    ],
)
def test_the_rehearsal_sees_what_should_not_be(
    pushes: tuple[Push, Push], name: str, content: bytes | None, why: str
) -> None:
    """A page that changes without a reason, or vanishes, is a surprise."""
    old, new = pushes
    if content is None:
        slug = next(slug for slug in old.papers if slug not in rehearsal.PAPERS)
        name, content, why = f"papers/{slug}/index.html", b"", "has no reason to change"
    with pytest.raises(rehearsal.Surprise, match=why):
        list(rehearsal.compared(replace(old, site={**old.site, name: content}), new))


def test_the_rehearsal_misses_what_is_not_there(pushes: tuple[Push, Push]) -> None:
    """A feed without the new papers, or a search that does not find them, is a surprise."""
    old, new = pushes
    feed = {**new.site, "feeds/all.atom": b"<feed/>"}
    with pytest.raises(rehearsal.Surprise, match=r"news: feeds/all\.atom"):
        list(rehearsal.compared(old, replace(new, site=feed)))
    found = {k: b"" if k.startswith("search/") else v for k, v in new.site.items()}
    with pytest.raises(rehearsal.Surprise, match="search finds"):
        list(rehearsal.compared(old, replace(new, site=found)))


def test_the_script_wants_a_new_folder(tmp_path: Path) -> None:
    """It never works in a folder that is there."""
    assert rehearsal.main([str(tmp_path)]) == rehearsal.main([]) == 2
