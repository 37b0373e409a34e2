"""Papers to be cited: hostile, odd, and real ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator import readers
from generator.exports.kinds import KINDS
from generator.models import Facts, Paper, Source
from generator.text import line, paragraphs
from tests.factories import HOSTILE, paper
from tests.hostile import STRINGS

CROWD = Facts("Signed by thousands", tuple(f"Given{n} von Family{n}" for n in range(3000)))
"""A paper of 3,000 authors."""


def of(facts: Facts, slug: str = "some-paper") -> Paper:
    """Return a paper with these facts."""
    return Paper(slug, facts, ())


def hostile(text: str, slug: str = "one") -> Paper:
    """Return a paper with `text` in every field, as a reader would have cleaned it."""
    said = line(text)
    return of(
        Facts(
            title=said,
            authors=(said, f"Ada {said}", "Bo Bee"),
            abstract=paragraphs(f"{text}\n\n{text} again."),
            kind="inproceedings",
            venue=f"Proceedings {said}",
            published="2024-03",
            keywords=(f"a {said}",),
        ),
        slug,
    )


def odd() -> list[Paper]:
    """Return papers with next to nothing, equal titles, each kind, and very many authors."""
    papers = [of(Facts("Bare"), "bare"), of(Facts("Bare"), "bare-2"), of(CROWD, "crowd")]
    papers += [of(Facts("2048", kind="article"), "2048"), of(Facts("Mine", ("Plato",)), "mine")]
    kinds = sorted({*KINDS, "weird"})
    known = {"venue": "A & B", "authors": ("Ada Bee",), "published": "2020", "doi": "10.1000/x"}
    return papers + [paper(f"kind-{kind}", kind=kind, **known) for kind in kinds]


def everything() -> list[Paper]:
    """Return all hostile and odd papers."""
    return [*(hostile(text, f"h-{n}") for n, text in enumerate((*STRINGS, HOSTILE))), *odd()]


@cache
def real(samples: Path) -> tuple[Paper, ...]:
    """Return every paper of the sample digests once, as its reader gives it."""
    known = readers.installed()
    found: dict[tuple[str, tuple[str, ...]], Paper] = {}
    for folder in ("corpora", "seeds"):
        for path in sorted((samples / folder).rglob("*")):
            if path.is_file() and path.name != "README.md":
                source = Source(f"digests/{path.name}", path.read_bytes())
                reading = readers.read(source, readers.Defaults(2025), known)
                for digest in reading.digests:
                    for entry in digest.entries:
                        key = (entry.facts.title, entry.facts.authors)
                        found.setdefault(key, of(entry.facts, f"p-{len(found)}"))
    assert len(found) > 1000
    return tuple(found.values())
