"""The catalogue for programs: exactly the promised fields, and counts that add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from factories import HOSTILE, catalog, digest, paper, topic
from toy import toy, written

from generator import __version__, exports, writer
from generator.models import Catalog, Links, Reading
from generator.problems import error, note

# In the order of the contract.
FIELDS = [
    *("id", "slug", "url", "title", "authors", "abstract", "note", "tldr"),
    *("kind", "venue", "version", "categories", "keywords", "votes"),
    *("published", "featured", "topics", "related", "links"),
]
LINKS = ["arxiv", "pdf", "doi", "hf", "code", "project", "other"]
MARCH = digest("2025-03-14-spring", "2025-03-14")


def lines(found: Catalog) -> list[dict[str, Any]]:
    """Return the lines of papers.jsonl, each with its keys in their order."""
    content = {file.path: file.content for file in exports.files(found, exports.Build())}
    rows = content["data/papers.jsonl"].decode().split("\n")
    assert rows.pop() == ""
    return [json.loads(row) for row in rows]


def test_a_line_has_exactly_the_promised_fields() -> None:
    """Names and order are those of the contract, in the lists within a line too."""
    known = paper("fog", digests=[MARCH], topics=["vision"])
    (line,) = lines(catalog([known], [MARCH], [topic("vision")]))
    assert list(line) == FIELDS
    assert list(line["links"]) == LINKS
    assert list(line["featured"][0]) == ["digest", "date", "position", "file", "line"]
    assert list(line["topics"][0]) == ["slug", "score", "why", "by"]


def test_unknown_facts_are_null_or_empty() -> None:
    """A paper of which only the title is known has nothing invented."""
    (line,) = lines(catalog([paper("fog", "Fog", digests=[MARCH])], [MARCH]))
    known = {"id": "offprint:fog", "slug": "fog", "url": "papers/fog/", "title": "Fog"}
    known_links = dict.fromkeys(LINKS[:4]) | {name: [] for name in LINKS[4:]}
    unknown = {name: line[name] for name in FIELDS if name not in {*known, "featured", "links"}}
    assert {name: line[name] for name in known} == known
    assert line["links"] == known_links
    lists = {"authors", "categories", "keywords", "topics", "related"}
    assert unknown == {name: [] if name in lists else None for name in unknown}


def test_known_facts_stand_as_they_are() -> None:
    """Every fact of a paper is in its line, maths and line breaks as the source has them."""
    facts = {
        "authors": ("Ada Example",),
        "abstract": "With $O(n)$.\n\nTwice.",
        "note": "A note.",
        "kind": "article",
        "venue": "Toy",
        "version": "v2",
        "categories": ("cs.CV",),
        "keywords": ("fog",),
        "votes": 0,
        "published": "2014-09",
    }
    known = paper(
        "fog", digests=[MARCH], tldr="Short.", links=Links(code=("https://x.y",)), **facts
    )
    (line,) = lines(catalog([known], [MARCH]))
    assert line["tldr"] == "Short."
    assert line["links"]["code"] == ["https://x.y"]
    assert {name: line[name] for name in facts} == {
        name: list(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()
    }


def test_the_id_is_the_best_known() -> None:
    """An arXiv id comes before a DOI, and a DOI before the slug."""
    papers = [
        paper("one", arxiv="2503.00001", doi="10.1/x"),
        paper("two", doi="10.1/x"),
        paper("three"),
    ]
    assert [line["id"] for line in lines(catalog(papers))] == [
        "arxiv:2503.00001",
        "doi:10.1/x",
        "offprint:three",
    ]


def test_hostile_text_comes_back_unchanged() -> None:
    """A title stands on one line of JSON, even with separators that some readers break at."""
    title = f'{HOSTILE} \u2028\x85 "end"'
    (line,) = lines(catalog([paper("x", title)]))
    assert line["title"] == title


def test_a_paper_featured_twice_has_one_line(tmp_path: Path) -> None:
    """The toy collection's six papers have six lines, with each mention in its place."""
    root = toy(tmp_path)
    written(root)
    content = (root / "docs/data/papers.jsonl").read_text(encoding="utf-8")
    found = {line["slug"]: line for line in map(json.loads, content.splitlines())}
    assert len(found) == 6
    assert [
        (mention["digest"], mention["position"], mention["line"])
        for mention in found["on-the-length-of-a-piece-of-string"]["featured"]
    ] == [("2025-03-14-spring-digest", 4, 25), ("2025-03-21-equinox-digest", 4, 21)]
    assert found["image-generation-without-images"]["topics"][0]["by"] == "curator"
    assert found["speech-recognition-for-whispering-libraries"]["topics"][0] | {"score": 0} == {
        "slug": "speech",
        "score": 0,
        "why": ["speech recognition"],
        "by": "rule",
    }


def test_build_json_counts(tmp_path: Path) -> None:
    """The account of a build holds its counts, its days, its version and each file's account."""
    root = toy(tmp_path)
    broken = "---\ntitle: Broken\n---\n\n## [](https://x.example)\n\n## A Quiet Vocoder\n"
    writer.put(root / "digests/broken.md", broken.encode())
    collection, site = written(root)
    found = json.loads((root / "docs/data/build.json").read_text(encoding="utf-8"))
    files = found.pop("files")
    assert found == {
        "offprint": __version__,
        "data_version": 1,
        "papers": 7,
        "entries": 9,
        "digests": 3,
        "topics": {"speech": 2, "vision": 2, "robots": 2, "unsorted": 1},
        "oldest_digest": "2025-03-14",
        "newest_digest": "2025-03-21",
        "problems": {"error": 1, "warning": 0, "note": 1},
        "stale_after": 45,
        "built_from": None,
        "versions": exports.builds.versions(),
        "sources": [],
        "other_problems": [],
    }
    assert [(f["file"], f["entries"], f["read"], f["rejected"]) for f in files] == [
        ("digests/2025-03-14-spring.md", 4, 4, 0),
        ("digests/2025-03-21-equinox.md", 4, 4, 0),
        ("digests/broken.md", 2, 1, 1),
    ]
    assert sum(problem["severity"] == "error" for problem in files[-1]["problems"]) == 1
    assert len(site.problems) == 2
    assert collection.problems == ()


def test_an_account_has_the_promised_shape() -> None:
    """A report names file, form, counts and problems; entries are those read and rejected."""
    problems = (
        error("x.md", 3, "a paper without a title", "write it"),
        note("x.md", None, "n", ""),
    )
    found = exports.account(Reading("x.md", "curated", rejected=1, problems=problems))
    assert list(found) == ["file", "format", "entries", "read", "rejected", "problems"]
    assert found["entries"] == found["read"] + found["rejected"] == 1
    assert found["problems"][0] == {
        "line": 3,
        "severity": "error",
        "message": "a paper without a title",
        "hint": "write it",
    }


def test_days_of_undated_digests_are_unknown() -> None:
    """A collection without dates has null days in its account."""
    found = exports.summary(catalog([], [digest("once", None)]), exports.Build())
    assert found["oldest_digest"] is found["newest_digest"] is None
