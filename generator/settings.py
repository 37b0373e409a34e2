"""Read mkdocs.yml: one file holds the site's settings and the generator's."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any
from urllib.parse import urlsplit

import yaml
import yaml_env_tag

from generator import subscribing
from generator.identity import is_address
from generator.problems import Problem, error, note
from generator.text import line

CONFIG = "mkdocs.yml"
DOMAIN = "CNAME"
"""File in docs/ that names the site's own domain."""
LOCAL_URL = "http://127.0.0.1:8000/"
PLUGIN = "offprint"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the curator decided about the site as a whole."""

    site_name: str = "Paper digests"
    site_url: str = LOCAL_URL
    """Absolute address of the site, with a slash at its end."""
    site_description: str = ""
    """One sentence on the home page and in feeds; empty where the curator gave none."""
    feed_id: str = ""
    """`tag:` URI before the `:<slug>` of each feed id."""
    year: int | None = None
    """Year of digests whose own date has none."""
    epoch: str = "2000-01-01"
    """Day that stands where a format obliges a date and none is known."""
    page_size: int = 30
    """Papers on an older page of a topic; the newest page holds up to twice as many."""
    feed_limit: int = 100
    """Items of a feed at the most."""
    subscribe_action: str = ""
    """Address of a newsletter service's form; without one there is no subscribe box."""
    subscribe_service: str = ""
    """Name of the service, where its form is known."""
    subscribe_field: str = ""
    """Name of the form's field for the reader's address; empty for the service's own."""
    subscribe_hidden: str = ""
    """Further fields of the form, as `name=value&name=value`."""
    mail_from: str = ""
    """Who sends digests by email: `address` or `Name <address>`."""
    mail_unsubscribe: str = ""
    """Where a subscriber leaves, parted by blanks: `mailto:` or `https:`, `{email}` filled in."""
    mail_imprint: str = ""
    """One line at the foot of each email, such as a postal address."""
    mail_rate: int = 60
    """Emails a minute at the most."""
    stale_after: int = 45
    """Days after the newest digest when a collection counts as stale."""
    docs_dir: str = "docs"
    site_dir: str = "site"

    @property
    def subscribe(self) -> subscribing.Box | None:
        """The subscribe box, None where there is none."""
        return subscribing.box(
            self.subscribe_action,
            self.subscribe_service,
            self.subscribe_field,
            self.subscribe_hidden,
        )


class _Loader(yaml.SafeLoader):
    """Safe YAML that knows `!ENV` and lets MkDocs' other tags pass."""


def _unknown(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("!", _unknown)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _unknown)

_FIELDS: dict[str, type] = {
    "feed_id": str,
    "year": int,
    "epoch": str,
    "page_size": int,
    "feed_limit": int,
    "subscribe_action": str,
    "subscribe_service": str,
    "subscribe_field": str,
    "subscribe_hidden": str,
    "mail_from": str,
    "mail_unsubscribe": str,
    "mail_imprint": str,
    "mail_rate": int,
    "stale_after": int,
}
"""Settings of the plugin, each with the type that it must have."""
_KINDS: dict[object, str] = {
    str: "text in quotes",
    int: "a whole number above 0",
    "epoch": "a day, YYYY-MM-DD",
}
"""What a curator reads of a type."""


def option_names() -> tuple[str, ...]:
    """Return the names of the settings that stand under the plugin in mkdocs.yml."""
    return tuple(_FIELDS)


def load(root: Path) -> tuple[Settings | None, list[Problem]]:
    """Return the settings of the collection at `root`, or None with the error that forbids them."""
    path = root / CONFIG
    try:
        with path.open("rb") as file:
            content = yaml.load(file, _Loader)
    except FileNotFoundError:
        hint = "run 'offprint init DIR' for a new collection, or name one with -C DIR"
        return None, [error(CONFIG, None, "no mkdocs.yml here", hint)]
    except OSError as reason:
        return None, [
            error(CONFIG, None, f"cannot be read: {reason.strerror}", "check the file's rights")
        ]
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        mark = getattr(reason, "problem_mark", None)
        what = getattr(reason, "problem", None) or f"not readable as YAML: {reason}"
        return None, [
            error(CONFIG, mark.line + 1 if mark else None, str(what), "mend the YAML there")
        ]
    if not isinstance(content, dict):
        return None, [
            error(CONFIG, None, "holds no settings", "it needs at least site_name and plugins")
        ]
    return _settings(content, _domain(root / str(content.get("docs_dir") or "docs")))


def _domain(docs: Path) -> str:
    """Return the domain that the file CNAME in `docs` names, empty where there is none.

    Hosts that take a site from a branch look for it; MkDocs copies it as any other file.
    """
    try:
        content = (docs / DOMAIN).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return line(content.strip().partition("\n")[0]).lower()


def _misled(domain: str, site_url: str, docs_dir: str) -> list[Problem]:
    """Return a note where CNAME names another domain than the site's address."""
    host = urlsplit(site_url).hostname
    if not domain or domain == host:
        return []
    hint = "let both name the same one: absolute links and feeds go by site_url"
    message = f"names {domain}, but site_url is on {host}"
    return [note(f"{docs_dir}/{DOMAIN}", 1, message, hint)]


def _settings(content: Mapping[str, Any], domain: str) -> tuple[Settings | None, list[Problem]]:
    options, problems = _options(content.get("plugins"))
    problems += _misfits(options)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    docs_dir = str(content.get("docs_dir") or "docs")
    site_url = str(content.get("site_url") or "")
    if not site_url and is_address(f"https://{domain}/"):
        site_url = f"https://{domain}/"
    if not site_url:
        hint = f"set it to the site's address; until then absolute links start with {LOCAL_URL}"
        problems.append(note(CONFIG, None, "site_url is not set", hint))
        site_url = LOCAL_URL
    elif not is_address(site_url):
        return None, [
            error(
                CONFIG, None, f"site_url '{site_url}' is no web address", "start it with https://"
            )
        ]
    site_url = site_url.rstrip("/") + "/"
    problems += _misled(domain, site_url, docs_dir)
    chosen = {name: _FIELDS[name](value) for name, value in options.items() if value is not None}
    if not chosen.get("feed_id"):
        chosen["feed_id"] = f"tag:{urlsplit(site_url).hostname},{Settings().epoch[:4]}:offprint"
        hint = (
            "set feed_id under the offprint plugin, so that moving the site delivers nothing twice"
        )
        problems.append(
            note(CONFIG, None, f"feed_id is not set: {chosen['feed_id']} is used", hint)
        )
    found = Settings(
        site_name=line(str(content.get("site_name") or "")) or Settings().site_name,
        site_url=site_url,
        site_description=line(str(content.get("site_description") or "")),
        docs_dir=docs_dir,
        site_dir=str(content.get("site_dir") or "site"),
        **chosen,
    )
    try:
        _ = found.subscribe
    except subscribing.Unfit as reason:
        return None, [error(CONFIG, None, f"{reason.setting} {reason.message}", reason.hint)]
    return found, problems


def _options(plugins: object) -> tuple[dict[str, Any], list[Problem]]:
    """Return what mkdocs.yml says under the plugin, in whichever form MkDocs allows."""
    entries = plugins.items() if isinstance(plugins, dict) else _pairs(plugins)
    for name, options in entries:
        if name == PLUGIN and not isinstance(options, (dict, NoneType)):
            hint = "write each on a line of its own, as 'name: value'"
            return {}, [
                error(CONFIG, None, f"the settings of '{PLUGIN}' are no list of names", hint)
            ]
        if name == PLUGIN:
            return dict(options or {}), []
    hint = f"add '- {PLUGIN}' to the list of plugins, else 'mkdocs build' makes no pages"
    return {}, [error(CONFIG, None, f"the plugin '{PLUGIN}' is not switched on", hint)]


def _pairs(plugins: object) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for entry in plugins if isinstance(plugins, list) else []:
        found += entry.items() if isinstance(entry, dict) else [(str(entry), None)]
    return found


def _misfits(options: Mapping[str, Any]) -> list[Problem]:
    """Return an error for each setting that is unknown or of the wrong kind."""
    problems = []
    for name, value in options.items():
        if name not in _FIELDS:
            known = ", ".join(sorted(_FIELDS))
            problems.append(error(CONFIG, None, f"unknown setting '{name}'", f"known are: {known}"))
        elif value is not None and not _fits(name, value):
            hint = f"write it as {_KINDS['epoch' if name == 'epoch' else _FIELDS[name]]}"
            problems.append(error(CONFIG, None, f"setting '{name}' cannot be {value!r}", hint))
    return problems


def _fits(name: str, value: object) -> bool:
    if name == "epoch":
        # YAML makes a date of an unquoted day.
        return _is_day(str(value))
    if _FIELDS[name] is int:
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
    return isinstance(value, str)


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
