"""Read answers of arXiv's API: Atom with an entry a paper."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from generator import identity, text
from generator.models import Facts, Reading
from generator.problems import Problem, error
from generator.readers import Defaults, Reader
from generator.readers.arxiv import (
    categories,
    finished,
    gathered,
    numbered,
    one_line,
    paragraphs,
    reading,
    untitled,
)
from generator.readers.facts import with_addresses
from generator.readers.xml import ARXIV, ATOM, Node, parse, stamp_day

FORMAT = "arxiv-atom"
_ROOT = re.compile(r"<feed[\s>]")
_OURS = re.compile(r"arxiv\.org/api/|>\s*arxiv query:", re.IGNORECASE)
_REFUSAL = "rate exceeded"
_ERRORS = "arxiv.org/api/errors"
_MACHINE_MADE = re.compile(r"arxiv query:.*?(?:search_query=([^&]*)|$)", re.IGNORECASE | re.DOTALL)
_LATER = "wait a few minutes and ask again: arXiv wants three seconds between two requests"


def sniff(path: str, content: str) -> float:
    """Return 1 for arXiv's refusal, 0.9 for Atom whose head names arXiv's API, else 0."""
    if _is_refusal(content):
        return 1.0
    start = _ROOT.search(content, 0, 4000)
    if not start or not content.lstrip("\ufeff \t\r\n").startswith("<"):
        return 0.0
    return 0.9 if _OURS.search(content, start.start(), start.start() + 3000) else 0.0


def read(path: str, content: str, defaults: Defaults) -> Reading:
    """Return the one digest of an answer, dated by the day of the answer."""
    if _is_refusal(content):
        refused = error(path, 1, "arXiv refused the request: too many in a short time", _LATER)
        return Reading(path, FORMAT, problems=(refused,))
    root = parse(path, content)
    if isinstance(root, Problem):
        return Reading(path, FORMAT, problems=(root,))
    nodes = list(root.children(f"{ATOM}entry"))
    if not nodes:
        hint = "ask for something else: 'search_query' and 'id_list' name what is wanted"
        problem = error(path, root.line, "no papers: arXiv found none for this query", hint)
        return Reading(path, FORMAT, problems=(problem,))
    entries, rejected = gathered(path, nodes, _facts)
    day = stamp_day(root.text_of(f"{ATOM}updated") or "")
    return reading(path, FORMAT, entries, rejected, day, _title(root))


def _is_refusal(content: str) -> bool:
    return content[:200].strip("\ufeff \t\r\n.").lower() == _REFUSAL and len(content) < 200


def _title(root: Node) -> str | None:
    """Return the feed's own title; of one that arXiv made of the query only what was asked."""
    title = one_line(root.text_of(f"{ATOM}title") or "")
    made = _MACHINE_MADE.match(title)
    if not made:
        return title or None
    asked = text.line(unquote_plus(made[1] or ""))
    return f"arXiv: {asked}" if asked else None


def _facts(path: str, node: Node) -> Facts | Problem:
    number = node.text_of(f"{ATOM}id") or ""
    title = one_line(node.text_of(f"{ATOM}title") or "")
    summary = node.text_of(f"{ATOM}summary") or ""
    if _ERRORS in number or (title == "Error" and not identity.arxiv_id(number)):
        said = text.shorten(text.line(summary), 200) or "it does not say why"
        hint = "mend the query, and ask again"
        return error(path, node.line, f"arXiv answered with an error: {said}", hint)
    if not title:
        return untitled(path, node.line)
    venue = node.text_of(f"{ARXIV}journal_ref")
    facts = Facts(
        title=title,
        authors=_authors(node),
        abstract=paragraphs(summary),
        doi=identity.doi(node.text_of(f"{ARXIV}doi") or ""),
        venue=one_line(venue) or None if venue else None,
        published=stamp_day(node.text_of(f"{ATOM}published") or ""),
        categories=_categories(node),
    )
    facts = with_addresses(numbered(facts, number), _addresses(node))
    return finished(facts, node.text_of(f"{ARXIV}comment") or "")


def _authors(node: Node) -> tuple[str, ...]:
    names = (author.text_of(f"{ATOM}name") or "" for author in node.children(f"{ATOM}author"))
    return tuple(name for raw in names if (name := one_line(raw).strip(" ,;")))


def _categories(node: Node) -> tuple[str, ...]:
    """Return the categories, the primary one first."""
    first = node.children(f"{ARXIV}primary_category")
    nodes = (*first, *node.children(f"{ATOM}category"))
    return categories(one.attributes.get("term", "") for one in nodes)


def _addresses(node: Node) -> list[str]:
    found = (link.attributes.get("href", "").strip() for link in node.children(f"{ATOM}link"))
    return [address for address in found if identity.is_address(address)]


READER = Reader(FORMAT, "an answer of arXiv's API (Atom)", sniff, read)
