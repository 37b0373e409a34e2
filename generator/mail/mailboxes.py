"""Read email addresses as people write them: `address` or `Name <address>`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from generator.text import line

_LONGEST_LOCAL, _LONGEST = 64, 254
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
# Quoted local parts are legal and unused; here they would only hide mistakes.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where an email goes to or comes from."""

    name: str
    """Plain text in one line, empty where none is given."""
    local: str
    """Before the @, as written."""
    domain: str
    """Behind the @, lower case, letters beyond ASCII in the form of the domain name system."""

    @property
    def address(self) -> str:
        """The address, as a mail server takes it."""
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """The same for all spellings of one address: nobody has two that differ by case."""
        return f"{self.local.casefold()}@{self.domain}"

    @property
    def international(self) -> bool:
        """Whether only a mail server with SMTPUTF8 (RFC 6531) can take it."""
        return not self.local.isascii()


def mailbox(text: str) -> Mailbox | None:
    """Return the mailbox that `text` names, None where it names none or several."""
    named = _NAMED.fullmatch(text.strip())
    name, address = (named["name"], named["address"]) if named else ("", text)
    local, at, host = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    domain = _domain(host)
    fits = at and domain and _LOCAL.fullmatch(local) and len(local.encode()) <= _LONGEST_LOCAL
    if not fits or len(f"{local}@{domain}".encode()) > _LONGEST:
        return None
    return Mailbox(_unquoted(line(name)), local, str(domain))


def _domain(host: str) -> str | None:
    try:
        domain = host.encode("idna").decode("ascii").lower() if host else ""
    except UnicodeError:
        return None
    return domain if domain and all(map(_LABEL.fullmatch, domain.split("."))) else None


def _unquoted(name: str) -> str:
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        return re.sub(r"\\(.)", r"\1", name[1:-1])
    return name
