"""robots.txt, llms.txt and the schemas: what programs find at the root and beside the data."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import markdown
import odd
import pytest
import toy
from factories import HOSTILE, catalog, digest, paper, topic
from hostile import STRINGS
from jsonschema import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser

from generator import addresses, exports, pipeline, signposts
from generator.exports import bundles
from generator.models import Catalog, Related
from generator.settings import Settings
from generator.signposts import schemas
from generator.text import line

SITE = Settings(
    site_name="Reading list",
    site_url="https://lists.example/papers/",
    site_description="All of it.",
)
WEEK = digest("week", "2025-03-14", curator="Ada Example")
ROOT = Path(__file__).parents[1]


def files(found: Catalog, settings: Settings = SITE) -> dict[str, str]:
    """Return the files by their paths."""
    return {file.path: file.content.decode() for file in signposts.files(found, settings)}


def known() -> Catalog:
    """Return a catalogue with a topic and two digests."""
    papers = [paper(name, digests=[WEEK], topics=["vision"]) for name in ("fog", "mist")]
    return catalog(papers, [WEEK, digest("once", None)], [topic("vision", scope="Seeing.")])


def test_robots_name_the_map() -> None:
    """robots.txt lets everybody in and gives the whole address of the map."""
    lines = files(known())["robots.txt"].splitlines()
    address = "https://lists.example/papers/sitemap.xml"
    assert lines == ["User-agent: *", "Allow: /", f"Sitemap: {address}"]


def read(text: str) -> LexborHTMLParser:
    """Return Markdown as HTML."""
    return LexborHTMLParser(markdown.markdown(text))


def test_the_overview_tells_what_there_is() -> None:
    """Name, sentence, counts, and lists of links: data, feeds, topics, digests."""
    page = read(files(known())["llms.txt"])
    assert [node.text() for node in page.css("h1, blockquote")] == [
        "Reading list",
        "\nAll of it.\n",
    ]
    assert "2 papers from 2 digests, in 1 topic. The newest digest is of 2025-03-14." in (
        page.css("p")[1].text()
    )
    assert [node.text() for node in page.css("h2")] == [
        *("Data", "Feeds", "Topics", "Newest digests", "Optional")
    ]
    links = {
        node.attributes["href"]: node.parent.text() for node in page.css("li a") if node.parent
    }
    site = SITE.site_url
    assert links[f"{site}topics/vision/"] == "Vision: 2 papers. Seeing."
    assert links[f"{site}digests/week/"] == "Digest week: 2025-03-14, chosen by Ada Example"
    assert links[f"{site}digests/once/"] == "Digest once: undated"
    assert {f"{site}data/papers.{suffix}" for suffix in bundles.SUFFIXES} <= links.keys()
    assert f"{site}feeds/all.atom" in links


def test_each_address_of_the_overview_leads_somewhere(tmp_path: Path) -> None:
    """Each file that it links to is one of the site's."""
    _, site = toy.written(toy.toy(tmp_path))
    paths = {file.path for file in site.files} | {"sitemap.xml"}
    text = next(file.content.decode() for file in site.files if file.path == "llms.txt")
    for link in read(text).css("a"):
        uri = (link.attributes["href"] or "").removeprefix("https://toy.example/repo/")
        place = addresses.document(uri) if uri.endswith("/") else uri
        assert place in paths


@pytest.mark.parametrize("text", [*STRINGS, HOSTILE, "1. one", "- two", "+ three", "= #", "C#"])
def test_hostile_names_stay_text_in_the_overview(text: str) -> None:
    """No name becomes a link, a heading, a list or an element, and none loses a letter."""
    text = line(text)
    week = digest("week", title=text, curator=text)
    found = catalog(
        [paper("x", digests=[week], topics=["vision"])],
        [week],
        [topic("vision", text, scope=text)],
    )
    settings = replace(SITE, site_name=text, site_description=text)
    page = read(files(found, settings)["llms.txt"])
    assert page.css_first("h1").text().strip() == text
    assert page.css_first("blockquote").text().strip() == text
    parts = {f"{text}: 1 paper. {text}", f"{text}: 2025-03-14, chosen by {text}"}
    assert parts <= {node.text() for node in page.css("li")}
    assert len(page.css("h1")) == len(page.css("blockquote")) == 1
    assert not page.css(
        "script, img, em, strong, code, iframe, li li, blockquote ul, blockquote ol"
    )
    assert all(
        (link.attributes["href"] or "").startswith(SITE.site_url) for link in page.css("a[href]")
    )


def strict(schema: Any) -> Any:
    """Return a schema that also refuses fields that it does not name."""
    found = copy.deepcopy(schema)
    waiting = [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if "properties" in part:
                part["additionalProperties"] = False
                assert part["required"] == list(part["properties"])
            waiting += part.values()
    return found


def faults(schema: dict[str, Any], value: object) -> list[str]:
    """Return what the schema finds wrong with `value`."""
    return [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in Draft202012Validator(strict(schema)).iter_errors(value)
    ]


@cache
def assembled(root: Path) -> dict[str, str]:
    """Return the data of the collection at `root` by its path."""
    site = pipeline.assemble(pipeline.collect(root))
    return {f.path: f.content.decode() for f in site.files if f.path.startswith("data/")}


@pytest.fixture(params=["bundled", "toy", "odd", "bare", "broken"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Return the data of one of several collections."""
    if request.param == "bundled":
        return assembled(ROOT)
    if request.param in {"odd", "bare"}:
        {"odd": odd.write_odd, "bare": odd.write_bare}[request.param](tmp_path)
        return assembled(tmp_path)
    root = toy.toy(tmp_path)
    if request.param == "broken":
        text = "---\ntitle: Broken\n---\n\n## [](https://x.example)\n\n## A Quiet Vocoder\n"
        (root / "digests/broken.md").write_text(text, encoding="utf-8")
    return assembled(root)


def test_the_schemas_hold_what_is_published(data: dict[str, str]) -> None:
    """Each line of papers.jsonl and of a topic's or digest's, and build.json, fit exactly."""
    line_of, build = (json.loads(data[f"data/{name}.schema.json"]) for name in ("papers", "build"))
    for path in (path for path in data if path.endswith(".jsonl")):
        rows = data[path].split("\n")
        assert rows.pop() == ""
        for row in rows:
            assert faults(line_of, json.loads(row)) == []
    assert faults(build, json.loads(data["data/build.json"])) == []


@pytest.mark.parametrize("text", [*STRINGS, HOSTILE])
def test_the_schema_holds_hostile_text(text: str) -> None:
    """Any text fits where text may stand."""
    text = line(text)
    one = paper(
        "x",
        digests=[WEEK],
        topics=["vision"],
        tldr=text,
        **dict.fromkeys(("title", "abstract", "note", "venue", "kind"), text),
        **dict.fromkeys(("authors", "keywords", "categories"), (text,)),
    )
    one = replace(one, related=(Related("other", 0.5, (text,)),))
    assert faults(schemas.paper("https://x.example/s"), exports.record(one)) == []


def test_the_schemas_are_valid_and_say_where_they_are() -> None:
    """Both follow the draft, name their own address, and say what each field of a paper means."""
    found = files(known())
    for path in (addresses.PAPERS_SCHEMA, addresses.BUILD_SCHEMA):
        schema = json.loads(found[path])
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == SITE.site_url + path
    fields = json.loads(found[addresses.PAPERS_SCHEMA])["properties"]
    assert [name for name, field in fields.items() if not field.get("description")] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "2503.00001"),
        ("title", ""),
        ("authors", [""]),
        ("published", "March 2025"),
        ("featured", []),
        ("topics", [{"slug": "a b", "score": 2, "why": [], "by": "chance"}]),
        ("links", {}),
        ("votes", "many"),
    ],
)
def test_the_schema_refuses_what_was_not_promised(field: str, value: object) -> None:
    """A wrong value in a field is a fault."""
    right = exports.record(paper("x", digests=[WEEK], topics=["vision"]))
    assert faults(schemas.paper("https://x.example/s"), right) == []
    assert faults(schemas.paper("https://x.example/s"), right | {field: value})
    assert faults(schemas.paper("https://x.example/s"), right | {"surplus": None})


CSL_TYPES = (
    *("article", "article-journal", "paper-conference", "book", "chapter", "thesis", "report"),
    *("manuscript", "webpage", "pamphlet", "document"),
)
_TEXT = {"type": "string", "minLength": 1}
_CSL_NAME = {
    "type": "object",
    "properties": dict.fromkeys(
        (
            *("family", "given", "literal", "suffix"),
            *("non-dropping-particle", "dropping-particle"),
        ),
        _TEXT,
    ),
    "anyOf": [{"required": ["literal"]}, {"required": ["family"]}],
    "additionalProperties": False,
}
_CSL_TEXT = (
    *("title", "abstract", "container-title", "DOI", "URL", "keyword", "number", "publisher"),
    *("genre", "note", "language", "archive", "version", "source", "citation-key"),
    *("archive_location", "event-title", "publisher-place"),
)
CSL = {
    "type": "object",
    "required": ["id", "type", "title"],
    "properties": {
        "id": {"type": ["string", "number"]},
        "type": {"enum": list(CSL_TYPES)},
        "author": {"type": "array", "items": _CSL_NAME, "minItems": 1},
        "issued": {
            "type": "object",
            "required": ["date-parts"],
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 3,
                        "items": {"type": "integer", "minimum": 1},
                    },
                }
            },
            "additionalProperties": False,
        },
        **dict.fromkeys(_CSL_TEXT, _TEXT),
    },
    "additionalProperties": False,
}
"""What CSL-JSON 1.0.2 says of the types, names, dates and fields that papers can have."""


def test_csl_items_fit_the_form_of_csl(data: dict[str, str]) -> None:
    """Each item of each CSL file has fields, types, names and dates that CSL-JSON knows."""
    check = Draft202012Validator(CSL)
    for path in (path for path in data if path.endswith(".csl.json")):
        for item in json.loads(data[path]):
            assert [fault.message for fault in check.iter_errors(item)] == []
