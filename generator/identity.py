"""What makes a paper that paper: arXiv ids, DOIs, title fingerprints, slugs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from urllib.parse import urlsplit

from generator.text import fold, words

# Four digits until December 2014, five since: a shorter number is a number, not an id.
_ARXIV_NEW = (
    r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-8]\d)(?:0[1-9]|1[0-2])\.\d{5})"
)
_ARXIV_OLD = r"[a-z]{1,8}(?:-[a-z]{2,8})?(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ARXIV = re.compile(rf"(?P<id>{_ARXIV_NEW}|{_ARXIV_OLD})(?P<version>v[1-9]\d?)?(?![\d.]*\d)")
_GLUED = frozenset(".,;:!?'\"*_~}>")
_SUBJECT_CLASS = re.compile(r"\.[A-Z]{2}/")
_ARXIV_PLACE = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|(?:huggingface|hf)\.co/papers/|alphaxiv\.org/abs/|arxiv:\s*)",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
# Names that a file system, MkDocs or the site's own addresses keep for themselves.
_RESERVED = frozenset({"index", "readme", "page", "con", "prn", "aux", "nul"})
_SLUG_LENGTH = 80


def arxiv_id(text: str) -> tuple[str, str | None] | None:
    """Return (id, version) of the arXiv paper that `text` is or points to, else None.

    Knows bare ids, `arXiv:…`, and addresses of arXiv, Hugging Face and alphaXiv.
    """
    text = text.strip()
    place = _ARXIV_PLACE.search(text)
    found = _ARXIV.match(text, place.end()) if place else _ARXIV.fullmatch(text)
    # An old id may name its subject class, `math.GT/0211159`: the paper is the same without.
    return (_SUBJECT_CLASS.sub("/", found["id"]), found["version"]) if found else None


def doi(text: str) -> str | None:
    """Return the DOI that `text` is or holds, in lower case, else None."""
    found = _DOI.search(text)
    return unglue(found.group()).lower() if found else None


def addresses(text: str) -> list[str]:
    """Return the web addresses that stand in `text`, without the punctuation glued to them."""
    found = (unglue(match.group()) for match in _ADDRESS.finditer(text))
    return [address for address in found if is_address(address)]


def is_address(text: str) -> bool:
    """Return whether `text` is a web address that names a host: `https://` alone is none."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def unglue(address: str) -> str:
    """Return `address` without what a sentence stuck to its end: `…/SpikeGPT.`, `README.md{here.}`.

    A closing bracket stays where the address itself opened it.
    """
    address = address.split("{")[0]
    counts = Counter(address)
    end = len(address)
    while end:
        last = address[end - 1]
        opener = {")": "(", "]": "["}.get(last)
        if last not in _GLUED and not (opener and counts[last] > counts[opener]):
            break
        counts[last] -= 1
        end -= 1
    return address[:end]


def fingerprint(title: str) -> str:
    """Return what stays of a title without case, accents, punctuation and maths signs.

    Words joined by `-`; equal for `$gen$CNN` and `genCNN`. Empty where nothing is left.
    """
    return "-".join(words(title.replace("$", "")))


def slug(text: str, limit: int = _SLUG_LENGTH) -> str:
    """Return an address part of a to z, 0 to 9 and `-`, at most `limit` long; may be empty."""
    ascii_words = re.findall(
        "[a-z0-9]+", fold(text.replace("$", "").replace("'", "").replace("’", ""))
    )
    found = ""
    for word in ascii_words:
        longer = f"{found}-{word}" if found else word[:limit]
        if len(longer) > limit:
            break
        found = longer
    return found


def unique_slug(wanted: str, taken: Container[str], number: int = 2) -> str:
    """Return `wanted`, or with `-2`, `-3`, … the first that is neither taken nor reserved.

    The numbers below `number` are known to be taken.
    """
    if wanted not in taken and wanted not in _RESERVED:
        return wanted
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
