"""Write papers in each form that Offprint reads, as the programs that make such files do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from generator.readers.keyed import heading_parts


def curated(titles: Iterable[str]) -> str:
    """Return Offprint's own form, each title also in note, abstract, author, keyword and venue."""
    titles = list(titles)
    quoted = json.dumps(titles[0], ensure_ascii=False)
    head = f"---\ntitle: {quoted}\ndate: 2025-03-14\ncurator: {quoted}\nintro: {quoted}\n---\n\n"
    return head + "\n".join(
        f"## {title}\n\nThe note says {title}\n\n- authors: {title};\n- keywords: {title};\n"
        f"- venue: {title}\n- abstract: It reads {title}\n"
        for title in titles
    )


def hf_page(titles: Iterable[str]) -> str:
    """Return a page saved from Hugging Face's daily papers, in the spaced rendering."""
    invitation = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\n"
    head = f"{invitation}byA community\n\nMar 13\n\n"
    filler = "What was done is told at length, so that nobody takes it for a title. " * 4
    return head + "".join(f"{title}\n\nIt reads {title} {filler}\n\n" for title in titles)


def plain_heading(title: str) -> bool:
    """Return whether a curated heading means `title` itself, and not a link."""
    return heading_parts(title)[0] == title


FORMS: Mapping[str, tuple[str, Callable[[Iterable[str]], str]]] = {
    "curated": ("hostile.md", curated),
    "hf-page": ("2025-03-13-hostile.txt", hf_page),
}
"""Name of each reader → a file name and what writes its form."""
