"""Check what was made: no two files in one place, no link that leads nowhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.models import OutputFile
from generator.problems import Problem, error
from generator.settings import Settings

_LOADED = frozenset({"script", "img", "iframe", "source", "video", "audio", "embed"})
_LINKS = {"a": "href", "link": "href", "form": "action", **dict.fromkeys(sorted(_LOADED), "src")}
_SELECTOR = ",".join(f"{element}[{name}]" for element, name in _LINKS.items())
_LEADING = frozenset({"/", *map(chr, range(0x21))})
_TOP = frozenset({"", "top"})
"""Places that every page has."""
_LOADING_RELATIONS = frozenset({"stylesheet", "preload", "icon", "modulepreload"})


def clashes(files: Iterable[OutputFile]) -> list[Problem]:
    """Return an error for each two files that want one place, also where case is ignored."""
    seen: dict[str, OutputFile] = {}
    problems = []
    for file in files:
        other = seen.setdefault(file.path.casefold(), file)
        if other is not file:
            message = f"{file.origin} wants the same place as {other.origin}"
            hint = "give one of them another slug or title"
            problems.append(error(f"docs/{file.path}", None, message, hint))
    return problems


@dataclass(frozen=True, slots=True)
class _Page:
    """What the check needs of a built page."""

    path: str
    """Relative to the site, e.g. `papers/x/index.html`."""
    anchors: frozenset[str]
    links: tuple[tuple[str, str, bool], ...]
    """(element, address as written, whether the browser loads it by itself)."""


def built(folder: Path, settings: Settings, expected: Iterable[OutputFile]) -> list[Problem]:
    """Return an error for each page that is missing, each dead link and each outside request."""
    pages = {page.path: page for page in _pages(folder)}
    files = set(_files(folder))
    # Most links of thousands of pages are the same few, once the way up is taken off.
    leads = cache(partial(_target, settings.site_url))
    problems = [
        error(path, None, f"{file.origin} is missing from the built site", "report this as a bug")
        for file in expected
        if (path := _place(file.path)) not in files
    ]
    for page in pages.values():
        problems += _faults(page, pages, files, leads)
    return problems


_Leads = Callable[[str, str], tuple[str, str] | None]


def _faults(
    page: _Page, pages: Mapping[str, _Page], files: Container[str], leads: _Leads
) -> Iterator[Problem]:
    """Yield an error for each dead link and each outside request of `page`."""
    for element, address, loads in page.links:
        target = leads(*_upwards(page.path, address))
        if target is None:
            if loads and not address.startswith("data:"):
                message = f"<{element}> would load {address} from another host"
                hint = "keep the file in the site, or link to it"
                yield error(page.path, None, message, hint)
            continue
        path, anchor = target
        if path not in files or (path in pages and anchor not in pages[path].anchors):
            what = "place on the page" if path in files else "page"
            message = f"the link '{address}' leads to no {what}"
            yield error(page.path, None, message, f"mend it in the source of {page.path}")


def _pages(folder: Path) -> Iterator[_Page]:
    for file in sorted(folder.rglob("*.html")):
        # A person's page may have any encoding; its links are plain in all of them.
        tree = LexborHTMLParser(file.read_text(encoding="utf-8", errors="replace"))
        anchors = {node.attributes.get("id") or "" for node in tree.css("[id]")}
        anchors |= {node.attributes.get("name") or "" for node in tree.css("a[name]")}
        links = []
        for node in tree.css(_SELECTOR):
            address = node.attributes.get(_LINKS[node.tag or "a"]) or ""
            relation = (node.attributes.get("rel") or "").split()
            loads = node.tag in _LOADED or not _LOADING_RELATIONS.isdisjoint(relation)
            links.append((node.tag or "a", address, loads))
        path = file.relative_to(folder).as_posix()
        yield _Page(path, _TOP | anchors, tuple(links))


def _files(folder: Path) -> Iterator[str]:
    """Yield the path of every file below `folder`."""
    for place, _, names in os.walk(folder):
        inner = Path(place).relative_to(folder)
        yield from ((inner / name).as_posix() for name in names)


def _place(path: str) -> str:
    """Return where MkDocs puts the file `path` of docs/."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    return f"{stem}.html" if stem.rpartition("/")[2] == "index" else f"{stem}/index.html"


def _upwards(page: str, address: str) -> tuple[str, str]:
    """Return a shorter way for the same link: the place it starts from, and the address there."""
    folder, rest = page.rpartition("/")[0], address
    while rest.startswith("../") and folder:
        folder, rest = folder.rpartition("/")[0], rest[3:]
    # With a colon the rest could begin a whole address, with a slash one from the host's root,
    # with a blank it could be cut.
    if rest == address or ":" in rest or (rest and rest[0] in _LEADING):
        return page, address
    return f"{folder}/" if folder else "", rest or "./"


def _target(site_url: str, start: str, address: str) -> tuple[str, str] | None:
    """Return file and anchor that `address` leads to from the place `start`, None outside."""
    try:
        whole = urljoin(site_url + start, address)
    except ValueError:
        # Only what names a host can be that wrong, so it does not lead to this site.
        return None
    if not whole.startswith(site_url):
        return None
    parts = urlsplit(whole)
    path = unquote(parts.path)[len(urlsplit(site_url).path) :]
    if not path or path.endswith("/"):
        path += "index.html"
    return path, unquote(parts.fragment)
