"""Find and render the templates; what they print is escaped once, here."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.exceptions import TemplateSyntaxError
from markupsafe import Markup

from generator.text import escape

_FOLDER = "templates"


class TemplateFault(Exception):
    """A template that cannot be used: where, and what is wrong."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        """Relative to the collection, e.g. `templates/pages/paper.md.j2`."""
        self.line = line
        """Counted from 1; None where the whole file is meant."""
        self.message = message

    def __str__(self) -> str:
        """Return `file:line: what`."""
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


def folder() -> Path:
    """Return the folder of the templates that come with the generator."""
    package = Path(__file__).parent
    # An editable install has no copy inside the package: the checkout's own folder serves.
    packaged = package / _FOLDER
    return packaged if packaged.is_dir() else package.parent / _FOLDER


def environment(overrides: Path | None = None) -> Environment:
    """Return an environment that finds a template in `overrides` first, else in `folder()`.

    Whatever a template prints passes `generator.text.escape`, unless it is Markup.
    An unknown name is an error.
    """
    found = Environment(
        loader=FileSystemLoader([*([overrides] if overrides else []), folder()]),
        # Jinja's choice by suffix would switch escaping off for names in `.j2`.
        autoescape=True,
        finalize=printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    # Jinja's own filters know HTML only and would let `{{` through to MkDocs.
    found.filters["e"] = found.filters["escape"] = found.filters["forceescape"] = printed
    return found


@lru_cache(maxsize=2)  # Each has compiled templates of its own.
def words_only(environment: Environment) -> Environment:
    """Return the same for templates of plain text, where nothing is escaped."""
    return environment.overlay(autoescape=False, finalize=_said)


def _said(value: object) -> object:
    return "" if value is None else value


def fingerprint(environment: Environment) -> str:
    """Return what changes whenever any template does that `environment` can find."""
    found = hashlib.sha256()
    for number, root in enumerate(_roots(environment)):
        for path in sorted(root.rglob("*.j2")):
            name = path.relative_to(root).as_posix()
            content = path.read_bytes() if path.is_file() else b""
            found.update(f"{number} {name} {len(content)}\n".encode("utf-8", "surrogateescape"))
            found.update(content)
    return found.hexdigest()


def printed(value: object) -> Markup:
    """Return `value` as it may stand in a page: Markup as it is, None as nothing, else escaped."""
    if isinstance(value, Markup):
        return value
    return Markup("" if value is None else escape(str(value)))


def render(environment: Environment, name: str, values: Mapping[str, object]) -> str:
    """Return the template `name` filled with `values`; a fault in it raises TemplateFault."""
    try:
        return environment.get_template(name).render(values)
    except TemplateNotFound as reason:
        raise TemplateFault(f"{_FOLDER}/{reason.name}", None, "no such template") from reason
    except UnicodeDecodeError as reason:
        raise TemplateFault(f"{_FOLDER}/{name}", None, "is not UTF-8 text") from reason
    except Exception as reason:
        raise _fault(environment, name, reason) from reason


def _fault(environment: Environment, name: str, reason: Exception) -> Exception:
    """Return the fault with the innermost template line, or `reason` where none took part."""
    message = (reason.message if isinstance(reason, TemplateError) else None) or str(reason)
    if isinstance(reason, TemplateSyntaxError):
        return TemplateFault(_shown(environment, reason.filename, name), reason.lineno, message)
    frames = [
        frame
        for frame in traceback.extract_tb(reason.__traceback__)
        if _is_template(environment, frame.filename)
    ]
    if not frames:
        return reason
    path = _shown(environment, frames[-1].filename, name)
    return TemplateFault(path, frames[-1].lineno, f"{type(reason).__name__}: {message}")


def _roots(environment: Environment) -> list[Path]:
    loader = environment.loader
    return (
        [Path(root) for root in loader.searchpath] if isinstance(loader, FileSystemLoader) else []
    )


def _is_template(environment: Environment, filename: str) -> bool:
    return filename.endswith(".j2") and any(
        Path(filename).is_relative_to(root) for root in _roots(environment)
    )


def _shown(environment: Environment, filename: str | None, name: str) -> str:
    """Return the template file as the curator knows it, without the folders of this machine."""
    for root in _roots(environment):
        if filename and Path(filename).is_relative_to(root):
            return f"{_FOLDER}/{Path(filename).relative_to(root).as_posix()}"
    return f"{_FOLDER}/{name}"
