"""Write what an item says as HTML for feed readers: note, abstract and links, or a digest's list.

It has no classes, styles or scripts, and every element is closed, so that it is XHTML too. Each
content is written in two hands: with MathML, and without, for mail and old readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator import addresses, macros, maths
from generator.feeds.formulas import Node, filled, laid_out, spelled
from generator.models import Catalog, Digest, Links, Paper
from generator.text import printable, uri

_NAMED = 3
"""Authors of a paper that a digest's list names."""

Hand = Callable[[str], list[Node]]
"""How a text becomes nodes of HTML."""


def rich(text: str) -> list[Node]:
    """Return `text` with its formulas as MathML."""
    return list(_nodes(text, laid_out_nodes))


def simple(text: str) -> list[Node]:
    """Return `text` with its formulas as letters, signs, `sup` and `sub`."""
    return list(_nodes(text, spelled))


def laid_out_nodes(latex: str, display: bool) -> tuple[Node, ...] | None:
    """Return a formula as one element."""
    tree = laid_out(latex, display)
    return None if tree is None else (tree,)


def of_paper(paper: Paper, hand: Hand, site_url: str) -> list[Element]:
    """Return the paragraphs of a paper: the note, the whole abstract, and where to read on."""
    facts = paper.facts
    parts = [_paragraph(hand, part) for part in (*_parts(facts.note), *_parts(facts.abstract))]
    links = [("This paper’s page", site_url + paper.uri), *_links(facts.links)]
    return [*parts, filled(Element("p"), _listed(_link(*link) for link in links))]


def of_digest(digest: Digest, catalog: Catalog, hand: Hand, site_url: str) -> list[Element]:
    """Return a digest: its introduction, then its papers with their notes, as one list."""
    papers = catalog.in_digest[digest.slug]
    shown = Element("ol")
    # Lists, since the faults of a generator would be told as its own by ElementTree.
    shown.extend([_entry(paper, hand, site_url) for paper in papers])
    page = _link("This digest’s page", site_url + addresses.digest(digest.slug))
    return [
        *(_paragraph(hand, part) for part in _parts(digest.intro)),
        *([shown] if papers else []),
        filled(Element("p"), [page]),
    ]


def written(elements: Iterable[Element]) -> str:
    """Return elements as text that is HTML and XHTML alike."""
    shown = (ElementTree.tostring(element, encoding="unicode") for element in elements)
    return printable("".join(shown))


def _entry(paper: Paper, hand: Hand, site_url: str) -> Element:
    title = filled(Element("a", href=uri(site_url + paper.uri)), hand(paper.facts.title))
    head = filled(Element("p"), [filled(Element("strong"), [title]), *_names(paper.facts.authors)])
    row = Element("li")
    row.append(head)
    text = paper.facts.note or paper.tldr
    row.extend([_paragraph(hand, part) for part in _parts(text)])
    links = [_link(*link) for link in _links(paper.facts.links)]
    row.extend([filled(Element("p"), _listed(links))] if links else [])
    return row


def _names(authors: tuple[str, ...]) -> list[Node]:
    """Return the first authors in a line of their own."""
    if not authors:
        return []
    named = authors if len(authors) <= _NAMED + 1 else authors[:_NAMED]
    others = len(authors) - len(named)
    more = f" and {others:,} others" if others else ""
    return [Element("br"), ", ".join(named) + more]


def _nodes(text: str, formula: Callable[[str, bool], tuple[Node, ...] | None]) -> Iterator[Node]:
    for piece in maths.parts(text):
        if piece.source is None:
            for element, words in macros.prose(piece.said):
                yield filled(Element(element), [words]) if element else words
        else:
            found = None if piece.is_name else formula(piece.said, piece.display)
            yield from (maths.said(piece),) if found is None else found


def _paragraph(hand: Hand, text: str) -> Element:
    return filled(Element("p"), hand(text))


def _parts(text: str | None) -> list[str]:
    return [part for part in (text or "").split("\n\n") if part.strip()]


def _listed(nodes: Iterable[Element]) -> Iterator[Node]:
    for place, node in enumerate(nodes):
        if place:
            yield " · "
        yield node


def _link(name: str, address: str) -> Element:
    return filled(Element("a", href=uri(address)), [name])


def _links(links: Links) -> Iterator[tuple[str, str]]:
    """Yield where a paper can be read, each with its name."""
    single = (("arXiv", links.arxiv), ("PDF", links.pdf), ("DOI", links.doi))
    for name, address in (*single, ("Hugging Face", links.hf)):
        if address:
            yield name, address
    yield from _numbered("Code", links.code)
    yield from _numbered("Project page", links.project)
    for address in links.other:
        yield urlsplit(address).netloc or address, address


def _numbered(name: str, found: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number, address in enumerate(found, 1):
        yield name if number == 1 else f"{name} {number}", address
