"""Hold feeds against what the feed validator of the W3C calls an error or a warning.

The validator itself is a service and comes in no package, so its rules are kept here: what a
schema can say in schemas/, the rest as code. Source: its documentation of errors and warnings.
"""

from __future__ import annotations

import email.utils
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
HTML_TAGS = {"p", "a", "em", "strong", "code", "sub", "sup", "br", "ol", "li"}
"""All that feeds may use; the validator takes each for safe."""
MATHML_TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "mfrac"),
    *("msqrt", "mroot", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle"),
    *("mpadded", "mphantom", "mmultiscripts", "mprescripts", "none"),
}
MATHML_ATTRIBUTES = {
    *("columnspan", "depth", "display", "displaystyle", "fence", "height", "linethickness"),
    *("lspace", "maxsize", "minsize", "rowspan", "rspace", "scriptlevel", "separator"),
    *("stretchy", "width"),
}
TAG_URI = re.compile(
    r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*"
)
CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
PERHAPS_HTML = re.compile("<(?:title|category|dc:creator)>[^<]*&(?:lt|amp);[^<]*")
EARLIEST = "1990"
LARGEST = 5_000_000
"""Bytes of a feed that the validator reads."""


def faults(path: str, content: bytes) -> list[str]:
    """Return what is wrong with the feed `content`, whose form its `path` tells."""
    if path.endswith(".json"):
        return list(_json_faults(json.loads(content)))
    if not content.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<'):
        return ["no XML declaration"]
    tree = etree.fromstring(content)
    kind = path.rpartition(".")[2]
    schema = _schema(kind)
    told = [] if schema.validate(tree) else [str(one.message) for one in schema.error_log]
    more = {"atom": _atom_faults, "rss": _rss_faults, "opml": lambda _: iter(())}[kind]
    text = content.decode()
    bad = [f"the character {found!r}" for found in CHARACTERS.findall(text)]
    # In RSS only a hexadecimal reference tells that a text is no HTML.
    bad += PERHAPS_HTML.findall(text) if kind == "rss" else []
    large = ["too large for the validator"] if len(content) > LARGEST else []
    return [*told, *more(tree), *bad, *large]


@cache
def _schema(kind: str) -> Any:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{kind}.rng"))


def _atom_faults(tree: Any) -> Iterator[str]:
    entries = tree.findall(f"{ATOM}entry")
    yield from _ids([tree.findtext(f"{ATOM}id"), *(one.findtext(f"{ATOM}id") for one in entries)])
    moments = [one.findtext(f"{ATOM}updated") for one in entries]
    yield from (f"two entries of {day}" for day, n in Counter(moments).items() if n > 1)
    yield from (f"implausible: {day}" for day in moments if day[:4] < EARLIEST)
    for element in (tree, *entries):
        links = Counter((link.get("rel"), link.get("type")) for link in element.iter(f"{ATOM}link"))
        if element is not tree and links["alternate", "text/html"] != 1:
            yield "an entry has one link to its page"
    if not any(link.get("rel") == "self" for link in tree.findall(f"{ATOM}link")):
        yield "no link to the feed itself"
    for div in tree.iter(f"{XHTML}div"):
        yield from _content_faults(div)
        if not "".join(div.itertext()).strip():
            yield "an empty content"


def _rss_faults(tree: Any) -> Iterator[str]:
    yield from _ids([guid.text for guid in tree.iter("guid")])
    for day in (one.text for name in ("pubDate", "lastBuildDate") for one in tree.iter(name)):
        moment = email.utils.parsedate_to_datetime(day)
        if moment.strftime("%a") != day[:3] or moment.year < int(EARLIEST):
            yield f"implausible: {day}"
    for name in ("title", "category"):
        yield from (f"HTML in a {name}" for one in tree.iter(name) if _seems_html(one.text))
    for description in tree.find("channel").iterfind("item/description"):
        yield from _html_faults(description.text, {*HTML_TAGS})


def _seems_html(text: str) -> bool:
    return any(name in HTML_TAGS for name in re.findall(r"</(\w+)>", text))


def _content_faults(div: Any) -> Iterator[str]:
    for element in div.iterdescendants():
        name = etree.QName(element)
        if element.tag.startswith(MATHML):
            if name.localname not in MATHML_TAGS:
                yield f"no MathML: {name.localname}"
            yield from (
                f"{name.localname} {at}" for at in element.attrib if at not in MATHML_ATTRIBUTES
            )
        elif not element.tag.startswith(XHTML) or name.localname not in HTML_TAGS:
            yield f"no XHTML: {element.tag}"
        yield from _link_faults(element.get("href"), name.localname == "a")


def _html_faults(text: str, known: set[str]) -> Iterator[str]:
    """Yield what is wrong with HTML in a text: each element must be closed and known."""
    try:
        strict = etree.fromstring(f"<div>{text}</div>")
    except etree.XMLSyntaxError as reason:
        yield f"unclean HTML: {reason}"
        return
    for element in strict.iterdescendants():
        if element.tag not in known:
            yield f"no HTML: {element.tag}"
        yield from (f"attribute {at}" for at in element.attrib if at != "href")
        yield from _link_faults(element.get("href"), element.tag == "a")
    # What a browser makes of it is what was written.
    page = LexborHTMLParser(f"<div>{text}</div>").css_first("div")
    if page is None or page.text() != "".join(strict.itertext()):
        yield "browsers read it otherwise"


def _link_faults(address: str | None, is_link: bool) -> Iterator[str]:
    if is_link and not re.fullmatch(r"https?://[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+", address or ""):
        yield f"no absolute link: {address}"


def _ids(found: list[str | None]) -> Iterator[str]:
    yield from (f"twice: {one}" for one, n in Counter(found).items() if n > 1)
    yield from (f"no tag URI: {one}" for one in found if not TAG_URI.fullmatch(one or ""))


@cache
def _json_schema() -> Any:
    schema = json.loads((SCHEMAS / "json-feed.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _json_faults(feed: dict[str, Any]) -> Iterator[str]:
    yield from (f"{error.json_path}: {error.message}" for error in _json_schema().iter_errors(feed))
    yield from _ids([item["id"] for item in feed["items"]])
    for item in feed["items"]:
        # MathML brings its own namespace along, which HTML allows.
        text = re.sub(r'(<\w+) xmlns="[^"]*"', r"\1", item["content_html"])
        bare = re.sub(r"(<m\w+) [^<>]*?(/?>)", r"\1\2", text)
        yield from _html_faults(bare, HTML_TAGS | MATHML_TAGS)


def shown(markup: str) -> str:
    """Return what a reader that knows no element shows of `markup`."""
    return html.unescape(re.sub(r"<[^<>]*>", "", markup))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, faults(name, Path(name).read_bytes()))
