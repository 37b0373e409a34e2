"""Hold what the box of citations on a paper's page shows."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.exports import bibliographies
from generator.exports.citations import Citation
from generator.text import escape


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a paper's citation, to be read or copied."""

    id: str
    """Part of an id in the page."""
    name: str
    text: Markup
    """Lines parted by references: the page's HTML is one line."""


@dataclass(frozen=True, slots=True)
class CiteFile:
    """A file of a paper's citation."""

    name: str
    uri: str
    download: str
    """Name under which browsers keep it."""


@dataclass(frozen=True, slots=True)
class Cite:
    """What the box of citations holds, written when a template asks for it."""

    citation: Citation

    @property
    def forms(self) -> tuple[Form, ...]:
        """The citation in each form."""
        forms = (
            ("bibtex", "BibTeX", bibliographies.bibtex(self.citation)),
            ("ris", "RIS", bibliographies.ris(self.citation)),
            ("plain", "Plain", bibliographies.plain(self.citation)),
        )
        return tuple(Form(key, name, _verbatim(text)) for key, name, text in forms)

    @property
    def files(self) -> tuple[CiteFile, ...]:
        """The files of the citation."""
        uri, key = self.citation.paper.uri, self.citation.key
        return tuple(
            CiteFile(f"cite.{suffix}", f"{uri}cite.{suffix}", f"{key}.{suffix}")
            for suffix in ("bib", "ris", "json")
        )


def _verbatim(text: str) -> Markup:
    """Return `text` as HTML in one line: line ends and tabs become references."""
    return Markup("&#10;".join(map(_verbatim_line, text.strip("\n").split("\n"))))


def _verbatim_line(line: str) -> str:
    text = line.lstrip("\t")
    return "&#9;" * (len(line) - len(text)) + escape(text)
