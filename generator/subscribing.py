"""Turn the settings of the subscribe box into the form that a page shows."""

from __future__ import annotations

import html
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

from generator.identity import is_address

_BUTTONDOWN = "https://buttondown.com/api/emails/embed-subscribe/"
_BUTTONDOWN_HOSTS = frozenset({"buttondown.com", "www.buttondown.com", "buttondown.email"})
_LISTMONK = "/subscription/form"
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_BLANKS = frozenset(" \t\r\n")


@dataclass(frozen=True, slots=True)
class Box:
    """A form that takes a reader's address to a newsletter service."""

    action: str
    """Absolute address that the form is posted to."""
    field: str
    """Name of the field that takes the reader's address."""
    sent: tuple[tuple[str, str], ...] = ()
    """Hidden fields with their values, in the order of the settings."""
    empty: tuple[str, ...] = ()
    """Hidden fields that only robots fill, by which the service knows them."""

    @property
    def host(self) -> str:
        """Name of the host that gets the address."""
        return urlsplit(self.action).netloc

    @property
    def origin(self) -> str:
        """Scheme and host, as a content security policy names them."""
        return f"{urlsplit(self.action).scheme}://{self.host}"


class Unfit(Exception):
    """The settings make no form: the setting, what is wrong with it, and the cure."""

    def __init__(self, setting: str, message: str, hint: str) -> None:
        super().__init__(setting, message, hint)
        self.setting, self.message, self.hint = setting, message, hint


def box(action: str, service: str = "", field: str = "", hidden: str = "") -> Box | None:
    """Return the form that the settings ask for, None where they ask for none, or raise Unfit.

    `service` is a name of SERVICES, or empty for any other; `hidden` is written as in the query
    of an address. Sources: the forms that the three services hand out for other sites.
    """
    if not action:
        if service or field or hidden:
            hint = "give the address of the form, or leave the other settings out"
            raise Unfit("subscribe_action", "is missing", hint)
        return None
    if service not in ("", *SERVICES):
        hint = f"known are: {', '.join(SERVICES)}; leave it out for any other"
        raise Unfit("subscribe_service", f"'{service}' is not known", hint)
    sent = tuple(parse_qsl(hidden, keep_blank_values=True))
    if hidden and not (sent and all(name for name, _ in sent)):
        raise Unfit("subscribe_hidden", f"'{hidden}' names no field", "write it as name=value")
    # Who copies an address out of a page's source copies `&amp;` too.
    action = html.unescape(action).strip()
    try:
        made = SERVICES[service](action, sent) if service else Box(action, "email", sent)
    except ValueError:
        made = Box(action, "")
    _check(made.action)
    return Box(made.action, field or made.field, made.sent, made.empty)


def _buttondown(action: str, sent: tuple[tuple[str, str], ...]) -> Box:
    """Return the form of a newsletter given by its name, its page or its form's address."""
    parts = urlsplit(action)
    if parts.scheme and parts.netloc not in _BUTTONDOWN_HOSTS:
        hint = "give the newsletter's name, as in https://buttondown.com/name"
        raise Unfit("subscribe_action", f"'{action}' is not at buttondown.com", hint)
    name = parts.path.rstrip("/").rpartition("/")[2]
    if not name:
        hint = "write it as https://buttondown.com/name"
        raise Unfit("subscribe_action", f"'{action}' names no newsletter", hint)
    return Box(_BUTTONDOWN + quote(name, safe="-_.~%"), "email", (*sent, ("embed", "1")))


def _mailchimp(action: str, sent: tuple[tuple[str, str], ...]) -> Box:
    """Return the form whose address Mailchimp's embedded form has, with its trap for robots."""
    query = parse_qs(urlsplit(action).query)
    if not ("u" in query and "id" in query):
        hint = "copy the address after action= in Mailchimp's embedded form, with u= and id="
        raise Unfit("subscribe_action", f"'{action}' names no audience", hint)
    return Box(action, "EMAIL", sent, (f"b_{query['u'][0]}_{query['id'][0]}",))


def _listmonk(action: str, sent: tuple[tuple[str, str], ...]) -> Box:
    """Return the form of a Listmonk given by its address; the lists are among the hidden fields."""
    if not any(name == "l" for name, _ in sent):
        hint = "name the list's UUID there, as in: l=1b2c3d4e-…"
        raise Unfit("subscribe_hidden", "names no list of Listmonk", hint)
    base = action.partition("?")[0].rstrip("/").removesuffix(_LISTMONK)
    return Box(base + _LISTMONK, "email", sent, ("nonce",))


SERVICES = {"buttondown": _buttondown, "mailchimp": _mailchimp, "listmonk": _listmonk}
"""Services whose form is known, each with how it is made."""


def _check(action: str) -> None:
    """Raise Unfit where `action` cannot be a form's address."""
    try:
        parts = urlsplit(action)
        local = parts.hostname in _LOCAL
    except ValueError:
        parts, local = urlsplit(""), False
    # What parts a policy's sources, or ends the attribute it stands in, is in no host's name.
    named = bool(parts.netloc) and not set(parts.netloc) & set(" ;,'\"<>@\\")
    if not (is_address(action) and named and action.isascii() and not set(action) & _BLANKS):
        hint = "give the whole address of the form, from https:// on"
        raise Unfit("subscribe_action", f"'{action}' is no web address", hint)
    if parts.scheme != "https" and not local:
        hint = "start it with https://"
        raise Unfit("subscribe_action", "would send readers' addresses in the clear", hint)
