"""Sort the links of an entry: by what they are called, then by where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from generator import identity, text
from generator.models import Facts, Links
from generator.readers.facts import with_addresses, with_mentioned
from generator.readers.inline import Link


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PAPER = _set(
    "abs abstract acl acm aclanthology article arxiv biorxiv book dblp doi fulltext full html ieee"
    " link manuscript medrxiv openreview paper pdf pmlr preprint publication report springer"
    " technical text url"
)
_CODE = _set("code codebase github gitlab implementation repo repository")
_PROJECT = _set("homepage page project site web webpage website")
_TALK = _set(
    "announcement app appendix benchmark bibtex blog card chat checkpoint citation colab data"
    " dataset demo discussion evaluation explained here hf huggingface media model news notebook"
    " official podcast post poster presentation review slide supplement supplementary system talk"
    " thread toot tweet twitter video weights youtube"
)
_SMALL = _set("a and for in more of on the to with")
_KNOWN = _PAPER | _CODE | _PROJECT | _TALK | _SMALL | {""}


def is_label(words: str) -> bool:
    """Return whether a link's words say what lies there, as `[Paper]` or `[Code & Data]` do.

    A link without words, as badges are, says no title either.
    """
    stems = {_stem(word) for word in text.words(words)}
    return stems <= _KNOWN and not (stems and stems <= _SMALL)


def _stem(word: str) -> str:
    word = re.sub(r"\d+$", "", word)
    return word if not word or word in _KNOWN else word.removesuffix("s")


def _kind(label: str) -> str:
    stems = {stem for word in text.words(label) if (stem := _stem(word))}
    kinds = {"paper": _PAPER, "code": _CODE, "project": _PROJECT, "talk": _TALK}
    found = (kind for kind, words in kinds.items() if stems & words)
    return next(found, "paper" if not stems else "other")


def with_links(facts: Facts, links: Iterable[Link]) -> Facts:
    """Return `facts` with the links that belong to the paper.

    What is called a paper comes first, because the first arXiv id and the first DOI are the
    paper's own; what is called a tweet, a blog or data tells no id.
    """
    for link in sorted(links, key=lambda link: _kind(link.label) != "paper"):
        if identity.is_address(link.address):
            facts = _with_link(facts, link.address, _kind(link.label))
    return facts


def with_words(facts: Facts, addresses: Iterable[str]) -> Facts:
    """Return `facts` with the addresses of running text, but for that of the paper itself."""
    for address in addresses:
        own = identity.arxiv_id(address)
        if identity.is_address(address) and not (own and own[0] == facts.arxiv):
            facts = with_mentioned(facts, [address])
    return facts


def _with_link(facts: Facts, address: str, kind: str) -> Facts:
    if kind == "talk":
        return with_mentioned(facts, [address])
    if _is_of_another(facts, address):
        return with_mentioned(facts, [address])
    found = with_addresses(facts, [address])
    if kind in {"code", "project"} and address in set(found.links.other) - set(facts.links.other):
        return replace(found, links=_moved(facts.links, address, kind))
    return found


def _is_of_another(facts: Facts, address: str) -> bool:
    """Return whether an address tells another id than the paper has."""
    arxiv = identity.arxiv_id(address)
    doi = identity.doi(address) if "doi.org/" in address else None
    return bool(
        (arxiv and facts.arxiv and arxiv[0] != facts.arxiv)
        or (doi and facts.doi and doi != facts.doi)
    )


def _moved(links: Links, address: str, kind: str) -> Links:
    if kind == "code":
        return replace(links, code=(*links.code, address))
    return replace(links, project=(*links.project, address))
