"""Know the columns of a table by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

FORMAT = "table"
"""Name of the reader whose columns these are."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "papername", "documenttitle", "articletitle"),
    "abstract": ("abstract", "abstractnote", "abstracttext", "paperabstract"),
    "summary": ("summary",),
    "description": ("description",),
    "note": ("note", "notes"),
    "authors": ("authors", "authorfullnames", "author", "authorlist", "authornames", "creators"),
    "arxiv": ("arxiv", "arxivid", "eprint"),
    "doi": ("doi",),
    "id": ("id", "paperid"),
    "links": (
        *("url", "link", "links", "paperurl", "paperlink", "urlabs", "absurl", "abs", "href"),
        *("arxivurl", "arxivlink", "arxivpageurl", "pageurl", "doiurl", "tweeturl"),
    ),
    "pdf": ("pdf", "pdfurl", "pdflink", "urlpdf", "openaccesspdf"),
    "code": (
        *("code", "codeurl", "codelink", "github", "githuburl", "githubrepo", "githublinks"),
        *("repo", "repourl", "repository"),
    ),
    "project": ("project", "projectpage", "projecturl", "homepage", "website"),
    "hf": ("hf", "hfurl", "huggingface"),
    "published": (
        *("published", "publishedat", "publicationdate", "publisheddate", "datepublished"),
        *("pubdate", "date", "publicationyear", "year"),
    ),
    "venue": (
        *("venue", "journal", "conference", "booktitle", "publicationtitle", "sourcetitle"),
        *("proceedings", "proceeding", "journalref"),
    ),
    "keywords": ("keywords", "keyword", "authorkeywords", "aikeywords", "tags", "tag"),
    "categories": ("categories", "category", "primarycategory", "subjects"),
    "votes": ("votes", "upvotes", "likes"),
    "version": ("version",),
    "kind": ("kind", "itemtype", "documenttype"),
    # Only in the curator's word: another's table has another's topics.
    "topics": (),
}
"""Field of a paper → names of columns that hold it, without case and signs, the surest first."""
MAPPABLE = tuple(sorted(set(FIELDS) - {"summary", "description", "id"}))
"""Fields that a curator may give a column."""
RANK = {name: (one, rank) for one, known in FIELDS.items() for rank, name in enumerate(known)}
"""Name of a column → its field, and its place among the columns of that field."""


def names_title(columns: Iterable[str]) -> bool:
    """Return whether one of the columns holds a paper's title."""
    return any(RANK.get(plain(column), ("",))[0] == "title" for column in columns)


def is_known(column: str) -> bool:
    """Return whether a column is recognised by its name."""
    return plain(column) in RANK


def plain(column: str) -> str:
    """Return a column's name without case, blanks and signs: `Paper_URL` → `paperurl`."""
    return "".join(char for char in column.casefold() if char.isalnum())
