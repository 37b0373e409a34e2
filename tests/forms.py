"""Write papers in each form that Offprint reads, as the programs that make such files do."""

from __future__ import annotations

import csv
import html
import io
import json
import re
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


def hf_linked(titles: Iterable[str]) -> str:
    """Return a daily-papers page as text with numbered links."""
    body, links = [], []
    for number, title in enumerate(titles, 1):
        body.append(
            f"### [{title}][{number}]\n\n[{FILLER}][{number}]\n\n* 3 authors\n\n·\n\nMay 30\n"
        )
        links.append(f"[{number}]: https://huggingface.co/papers/{paper_number(number)}")
    return "[Daily Papers][900]\n\n" + "\n".join(body) + "\n" + "\n".join(links) + "\n"


def hf_weekly(titles: Iterable[str]) -> str:
    """Return a weekly text file."""
    return "".join(
        f"Title: {title}\nPDF: https://arxiv.org/pdf/{paper_number(n)}\nSummary: {FILLER}\n---\n"
        for n, title in enumerate(titles, 1)
    )


def hf_json(titles: Iterable[str]) -> str:
    """Return an answer of Hugging Face's daily papers."""
    papers = (
        {"id": paper_number(n), "title": title, "summary": FILLER, "authors": [{"name": "A. Bee"}]}
        for n, title in enumerate(titles, 1)
    )
    rows = [{"paper": paper, "publishedAt": "2025-03-12T00:00:00.000Z"} for paper in papers]
    return json.dumps(rows, ensure_ascii=False)


def hf_rss(titles: Iterable[str]) -> str:
    """Return an RSS copy of the daily papers."""
    items = "".join(
        f"<item><title>{html.escape(title)}</title>"
        f"<link>https://huggingface.co/papers/{paper_number(n)}</link>"
        f"<description>{html.escape(f'<p>{FILLER}</p>')}</description></item>\n"
        for n, title in enumerate(titles, 1)
    )
    head = "<title>Hugging Face Daily Papers</title><link>https://huggingface.co/papers</link>"
    return f'<?xml version="1.0"?>\n<rss version="2.0"><channel>{head}\n{items}</channel></rss>\n'


def arxiv_atom(titles: Iterable[str]) -> str:
    """Return an answer of arXiv's API."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{paper_number(n)}v1</id>"
        f"<published>2025-03-12T00:00:00Z</published><title>{html.escape(title)}</title>"
        f"<summary>{FILLER}</summary><author><name>A. Bee</name></author></entry>\n"
        for n, title in enumerate(titles, 1)
    )
    head = "<title>ArXiv Query: all</title><id>http://arxiv.org/api/x</id>"
    return f'<?xml version="1.0"?>\n<feed xmlns="{ATOM}">{head}\n{entries}</feed>\n'


def arxiv_feed(titles: Iterable[str]) -> str:
    """Return arXiv's daily feed of new papers, in its RSS form."""
    items = "".join(
        f"<item><title>{html.escape(title)}</title>"
        f"<link>https://arxiv.org/abs/{paper_number(n)}</link><description>"
        f"arXiv:{paper_number(n)}v1 Announce Type: new \nAbstract: {FILLER}</description>"
        f"<arxiv:announce_type>new</arxiv:announce_type><dc:creator>A. Bee</dc:creator></item>\n"
        for n, title in enumerate(titles, 1)
    )
    spaces = (
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    head = "<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>"
    start = f'<?xml version="1.0"?>\n<rss {spaces} version="2.0"><channel>{head}\n'
    return f"{start}{items}</channel></rss>\n"


def arxiv_json(titles: Iterable[str]) -> str:
    """Return arXiv metadata as JSON lines."""
    return "".join(
        json.dumps(
            {"id": paper_number(n), "title": title, "abstract": FILLER, "categories": "cs.CL"},
            ensure_ascii=False,
        )
        + "\n"
        for n, title in enumerate(titles, 1)
    )


def bibtex(titles: Iterable[str]) -> str:
    """Return BibTeX, maths as it is, every other active sign of LaTeX escaped."""
    return "".join(
        f"@article{{key{number},\n  title = {{{title}}},\n  author = {{{{{title}}}}},\n"
        f"  keywords = {{{title};}},\n  journal = {{{title}}},\n  annote = {{It says {title}}},\n"
        f"  abstract = {{It reads {title}, and {FILLER}.}}\n}}\n\n"
        for number, title in enumerate(map(_tex, titles))
    )


def _tex(title: str) -> str:
    parts = _MATHS.split(title)
    parts[::2] = [part.translate(_LATEX) for part in parts[::2]]
    return "".join(parts)


def ris(titles: Iterable[str]) -> str:
    """Return RIS whose texts may hold tags, each title also as author, keyword and journal."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - {title}\nKW  - {title};\nJO  - {title}\n"
        f"AB  - It reads {title}, and {FILLER}.\nN1  - It says {title}\nER  - \n\n"
        for title in (html.escape(raw, quote=False) for raw in titles)
    )


def csl_json(titles: Iterable[str]) -> str:
    """Return CSL-JSON, whose texts may hold tags, each title also in all other places."""
    items = [
        {
            "id": f"x{number}",
            "type": "article-journal",
            "title": title,
            "author": [{"literal": title}, {"family": title, "given": title}],
            "container-title": title,
            "keyword": f"{title};",
            "abstract": f"<jats:p>It reads {title}, and {FILLER}.</jats:p>",
            "note": f"It says {title}",
        }
        for number, title in enumerate(html.escape(raw, quote=False) for raw in titles)
    ]
    return json.dumps(items, ensure_ascii=False)


def table(titles: Iterable[str]) -> str:
    """Return a CSV file."""
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(["Title", "Abstract", "Year"])
    rows.writerows([title, FILLER, "2025"] for title in titles)
    return sheet.getvalue()


def markdown_list(titles: Iterable[str]) -> str:
    """Return a bullet list of links, with every active sign of Markdown escaped."""
    lines = (
        f"- [{escaped(title)}](https://example.org/{n}) — some words\n"
        for n, title in enumerate(titles, 1)
    )
    return "# A list\n\n" + "".join(lines)


def markdown_table(titles: Iterable[str]) -> str:
    """Return a table in the manner of the weekly lists."""
    rows = (
        f"| {n}) **{escaped(title)}** - some words | [Paper](https://example.org/{n}) |\n"
        for n, title in enumerate(titles, 1)
    )
    head = "## Top ML Papers of the Week (March 3 - March 9) - 2025\n| **Paper** | **Links** |\n"
    return head + "| --- | --- |\n" + "".join(rows)


def markdown_paper(titles: Iterable[str]) -> str:
    """Return a file that is one paper: the first of `titles`."""
    (title,) = titles
    quoted = json.dumps(escaped(title), ensure_ascii=False)
    return f"---\ntitle: {quoted}\nauthor:\n- given: A.\n  family: Bee\nabstract: {FILLER}\n---\n"


FILLER = "What was done is told at length so that nobody takes it for a title"
ATOM = "http://www.w3.org/2005/Atom"
ALONE = frozenset({"markdown-paper"})
"""Forms whose files hold one paper each."""
_MATHS = re.compile(r"(\$\$[^$]+\$\$|\$[^$]+\$|\\\(.*?\\\)|\\\[.*?\\\])")
_LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "%#_{}"},
        **{sign: f"{{{sign}}}" for sign in "<`'-"},
        **{"\\": r"\textbackslash{}", "~": r"\~{}", "&": r"{\&}"},
    }
)
_DOLLARS = re.compile(r"(\$\$[^$]+\$\$|\$[^$]+\$)")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~])")


def paper_number(number: int) -> str:
    """Return an arXiv id that no other paper of the file has."""
    return f"2503.{number:05d}"


def escaped(title: str) -> str:
    """Return `title` with every sign that Markdown acts upon behind a backslash, but for maths."""
    return "".join(
        part if number % 2 else _MARKDOWN.sub(r"\\\1", part)
        for number, part in enumerate(_DOLLARS.split(title))
    )


def plain_heading(title: str) -> bool:
    """Return whether a curated heading means `title` itself, and not a link."""
    return heading_parts(title)[0] == title


FORMS: Mapping[str, tuple[str, Callable[[Iterable[str]], str]]] = {
    "arxiv-atom": ("atom.xml", arxiv_atom),
    "arxiv-feed": ("feed.xml", arxiv_feed),
    "arxiv-json": ("arxiv.jsonl", arxiv_json),
    "bibtex": ("papers.bib", bibtex),
    "csl-json": ("papers.csl.json", csl_json),
    "curated": ("hostile.md", curated),
    "hf-json": ("papers.json", hf_json),
    "hf-linked": ("linked.txt", hf_linked),
    "hf-page": ("2025-03-13-hostile.txt", hf_page),
    "hf-rss": ("daily.xml", hf_rss),
    "hf-weekly": ("weekly.txt", hf_weekly),
    "markdown-list": ("list.md", markdown_list),
    "markdown-paper": ("paper.md", markdown_paper),
    "markdown-table": ("weeks.md", markdown_table),
    "ris": ("papers.ris", ris),
    "table": ("papers.csv", table),
}
"""Name of each reader → a file name and what writes its form."""
