"""Make a new collection: the files that a curator starts from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import identity, templating, writer
from generator.problems import Problem, error
from generator.text import line

_FOLDER = "collection"
_SUFFIX = ".j2"
_DOTTED = {"gitignore": ".gitignore"}
"""Files that start with a dot in the collection, which packages would leave out."""


def name_of(directory: Path) -> str:
    """Return a site's name made from the name of its folder: `my-papers` → `My papers`."""
    words = directory.absolute().name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Paper digests"


def write(directory: Path, name: str, url: str) -> tuple[list[str], list[Problem]]:
    """Return the files written into `directory`, or the errors that forbid it, then none.

    `url` is the site's address, empty where it is not known yet.
    """
    if problems := _refusals(directory, url):
        return [], problems
    values = {"name": line(name), "url": url, "feed_id": _feed_id(name, url)}
    files = {place: _content(source, values) for place, source in _files().items()}
    for place, content in files.items():
        writer.put(directory / place, content.encode())
    return [str(directory / place) for place in files], []


def _refusals(directory: Path, url: str) -> list[Problem]:
    if url and not identity.is_address(url):
        hint = "write it as https://name.github.io/papers/"
        return [error(url, None, "is no web address", hint)]
    if directory.exists() and not directory.is_dir():
        return [error(str(directory), None, "is a file", "name a folder")]
    hint = "choose another folder, or move the file away"
    taken = dict.fromkeys(path for place in _files() for path in _in_the_way(directory, place))
    return [error(str(path), None, "exists already: nothing was written", hint) for path in taken]


def _in_the_way(directory: Path, place: str) -> Iterator[Path]:
    """Yield what stands at `place`, be it a link to nothing, and each file where a folder goes."""
    path = directory / place
    if path.exists() or path.is_symlink():
        yield path
    for folder in Path(place).parents:
        if (directory / folder).exists() and not (directory / folder).is_dir():
            yield directory / folder


def _files() -> dict[str, str]:
    """Return place in the collection → template, sorted by place."""
    root = templating.folder() / _FOLDER
    found = {}
    for path in root.rglob("*"):
        if path.is_file():
            source = path.relative_to(root).as_posix()
            place = source.removesuffix(_SUFFIX)
            found[_DOTTED.get(place, place)] = source
    return dict(sorted(found.items()))


def _content(source: str, values: dict[str, str]) -> str:
    # Settings and prose, no HTML: the values are quoted as YAML by `tojson` where it matters.
    environment = Environment(
        loader=FileSystemLoader(templating.folder() / _FOLDER),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    return environment.get_template(source).render(values)


def _feed_id(name: str, url: str) -> str:
    """Return a `tag:` URI (RFC 4151) for the collection, fixed from now on."""
    # The year in which the address was theirs is part of the name: the one clock that init reads.
    year = datetime.datetime.now(tz=datetime.UTC).year
    authority = urlsplit(url).hostname or f"{identity.slug(name) or 'papers'}.example"
    return f"tag:{authority},{year}:{identity.slug(name) or 'papers'}"
