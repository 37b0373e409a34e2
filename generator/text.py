"""Outside text crosses here: cleaned once at the readers, escaped once at the outputs."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote

# XML 1.0 allows no other control characters, and feeds must carry the text as it is.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_WORD = re.compile(r"\w+")
# Characters that Markdown, Jinja, MkDocs' extensions or a macro plugin could act upon.
_ACTIVE = {ord(char): f"&#{ord(char)};" for char in "{}%[]\\$`"}
_DOLLARS = re.compile(r"\$([^$\s](?:[^$]{0,200}?[^$\s\\])?)\$")
_PLAIN_MATHS = re.compile(r"[A-Za-z0-9 .,+\-]+")


def clean(text: str) -> str:
    """Return `text` in Unicode's composed form, without control characters; lines are kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", text))


def printable(text: str) -> str:
    """Return `text` without the characters that XML forbids and UTF-8 cannot write."""
    return _FORBIDDEN.sub("", text)


def uri(address: str) -> str:
    """Return a web address in the characters that RFC 3986 allows; others are %-encoded."""
    return quote(address, safe="/:?#@!$&'()*+,;=%~")


def lines(text: str) -> list[str]:
    """Return the lines of `text` as editors count them: other separators part nothing."""
    return _LINE_END.split(text)


def line(text: str) -> str:
    """Return `text` cleaned and in one line, each run of white space one blank."""
    return _SPACE.sub(" ", clean(text)).strip()


def paragraphs(text: str) -> str:
    """Return `text` cleaned, wrapped lines joined, paragraphs parted by one empty line."""
    parts = (_SPACE.sub(" ", part).strip() for part in _PARAGRAPH.split(clean(text)))
    return "\n\n".join(part for part in parts if part)


def escape(text: str) -> str:
    """Return `text` so that HTML inside a Markdown page shows it as written.

    The result is one line. Besides HTML's own characters those that Markdown
    extensions, Jinja or macros act upon become numeric references.
    """
    return html.escape(_SPACE.sub(" ", text), quote=True).translate(_ACTIVE)


def readable(text: str) -> str:
    r"""Return `text` with LaTeX that is only dress taken off: `$gen$CNN` reads genCNN.

    Maths with commands or operators stays as the source has it.
    """
    return _DOLLARS.sub(_undressed, text)


def _undressed(found: re.Match[str]) -> str:
    inner = found.group(1)
    return (
        inner if _PLAIN_MATHS.fullmatch(inner) and re.search("[A-Za-z]", inner) else found.group()
    )


def fold(text: str) -> str:
    """Return `text` without case, accents and width forms, for comparing: `Straße` → `strasse`."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def word_set(text: str) -> frozenset[str]:
    """Return what stands between the blanks of `text`."""
    return frozenset(text.split())


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order."""
    return _WORD.findall(fold(text).replace("_", " "))


def shorten(text: str, limit: int) -> str:
    """Return `text` cut at a word to at most `limit` characters, with … where it was cut."""
    if len(text) <= limit:
        return text
    head, blank, _ = text[:limit].rpartition(" ")
    return (head if blank else text[: limit - 1]).rstrip(" ,;:.-") + "…"
