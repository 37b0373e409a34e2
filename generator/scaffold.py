"""Make a new collection: the files that a curator starts from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import identity, lock, pipeline, templating, wheels, writer
from generator.problems import Problem, error
from generator.text import line

REQUIREMENTS = "requirements.txt"
_FOLDER = "collection"
_SUFFIX = ".j2"
_DOTTED = ("gitignore", "github")
"""Names that start with a dot in the collection, which packages would leave out."""
_REPOSITORY = re.compile(
    r"(?:https://github\.com/|git@github\.com:)?"
    r"([A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?)/([A-Za-z0-9._-]{1,100}?)(?:\.git)?/?"
)


def name_of(directory: Path) -> str:
    """Return a site's name made from the name of its folder: `my-papers` → `My papers`."""
    words = directory.absolute().name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Paper digests"


def repository(text: str) -> str | None:
    """Return `owner/name` of a repository on GitHub, given so or as its address; else None."""
    found = _REPOSITORY.fullmatch(text.strip())
    return None if found is None or found[2] in {".", ".."} else f"{found[1]}/{found[2]}"


def address(repository: str) -> str:
    """Return where GitHub Pages shows the repository `owner/name`; nothing for no repository."""
    if not repository:
        return ""
    owner, _, name = repository.partition("/")
    host = f"{owner.lower()}.github.io"
    # A repository with the name of the host is shown at its root.
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def write(
    directory: Path, name: str, url: str = "", repository: str = "", install: str | None = None
) -> tuple[list[str], list[Problem]]:
    """Return the files written into `directory`, or the errors that forbid it, then none.

    `url` is the site's address, empty where it is that of the `repository`, which is `owner/name`
    or empty. `install` names the program that the workflows install: see `wheels.named`.
    """
    if problems := _refusals(directory, url):
        return [], problems
    url = url or address(repository)
    try:
        wheel = wheels.named(install)
        program = _program(wheel)
    except wheels.NoWheel as reason:
        what, hint = reason.args
        return [], [error(str(directory), None, f"{what}: nothing was written", hint)]
    if problems := _taken(directory, program):
        return [], problems
    values = {
        "name": line(name),
        "url": url,
        "feed_id": _feed_id(name, url),
        "repository": repository,
        "vendored": not wheel.release,
    }
    files = {place: _content(source, values).encode() for place, source in _files().items()}
    files |= program
    for place, content in files.items():
        writer.put(directory / place, content)
    found = pipeline.collect(directory)
    writer.remember(directory, pipeline.understand(found, pipeline.read(found)).lock)
    return [str(directory / place) for place in sorted((*files, lock.NAME))], []


def _program(wheel: wheels.Wheel) -> dict[str, bytes]:
    """Return the files by which a workflow installs Offprint."""
    files = {REQUIREMENTS: wheel.requirements().encode()}
    return files if wheel.release else {**files, f"{wheels.FOLDER}/{wheel.name}": wheel.content}


def _refusals(directory: Path, url: str) -> list[Problem]:
    if url and not identity.is_address(url):
        hint = "write it as https://name.github.io/papers/"
        return [error(url, None, "is no web address", hint)]
    if directory.exists() and not directory.is_dir():
        return [error(str(directory), None, "is a file", "name a folder")]
    return _taken(directory, (*_files(), lock.NAME))


def _taken(directory: Path, places: Iterable[str]) -> list[Problem]:
    """Return an error for each file that stands where one of `places` should go."""
    hint = "choose another folder, or move the file away"
    taken = dict.fromkeys(path for place in places for path in _in_the_way(directory, place))
    return [error(str(path), None, "exists already: nothing was written", hint) for path in taken]


def _in_the_way(directory: Path, place: str) -> Iterator[Path]:
    """Yield what stands at `place`, be it a link to nothing, and each file where a folder goes."""
    path = directory / place
    if path.exists() or path.is_symlink():
        yield path
    for folder in Path(place).parents:
        if (directory / folder).exists() and not (directory / folder).is_dir():
            yield directory / folder


def wrote(place: str, content: bytes) -> bool:
    """Tell whether `content` is what every new collection has at `place`, a file without blanks.

    A line end of another system is no change.
    """
    own = (templating.folder() / _FOLDER / place).read_bytes()
    return content.replace(b"\r\n", b"\n") == own


def _files() -> dict[str, str]:
    """Return place in the collection → template, sorted by place."""
    root = templating.folder() / _FOLDER
    found = {}
    for path in root.rglob("*"):
        if path.is_file():
            source = path.relative_to(root).as_posix()
            place = source.removesuffix(_SUFFIX)
            found[f".{place}" if place.partition("/")[0] in _DOTTED else place] = source
    return dict(sorted(found.items()))


def _content(source: str, values: dict[str, object]) -> str:
    if not source.endswith(_SUFFIX):
        return (templating.folder() / _FOLDER / source).read_text(encoding="utf-8")
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
