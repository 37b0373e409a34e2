"""Name the site's pages and feeds: every address is written here, and only here."""

from __future__ import annotations

from urllib.parse import quote_plus

HOME = ""
TOPICS = "topics/"
DIGESTS = "digests/"
SEARCH = "search/"
SAVED = "saved/"
TRENDS = "trends/"
STATUS = "status/"
FEEDS = "feeds/"
AUTHORS = "authors/"
ALL_FEED = "feeds/all"
"""Without suffix, as all addresses of feeds: each is there as `.atom`, `.rss` and `.json`."""
DIGESTS_FEED = "feeds/digests"
OPML = "feeds/all.opml"
PAPERS_DATA = "data/papers.jsonl"
PAPERS_SCHEMA = "data/papers.schema.json"
BUILD_DATA = "data/build.json"
BUILD_SCHEMA = "data/build.schema.json"
MAP_DATA = "data/map.json"
BUILD_DATA = "data/build.json"
_FOLDERS = frozenset({HOME, TOPICS, DIGESTS, FEEDS, AUTHORS})
"""Pages whose document is the `index.md` of a folder."""


def topic(slug: str) -> str:
    """Return the site path of a topic's newest papers."""
    return f"topics/{slug}/"


def older(slug: str, number: int) -> str:
    """Return the site path of a topic's full page `number`, counted from the oldest."""
    return f"topics/{slug}/page/{number}/"


def digest(slug: str) -> str:
    """Return the site path of a digest."""
    return f"digests/{slug}/"


def paper(slug: str) -> str:
    """Return the site path of a paper."""
    return f"papers/{slug}/"


def author(slug: str) -> str:
    """Return the site path of an author with several papers."""
    return f"authors/{slug}/"


def topic_feed(slug: str) -> str:
    """Return the site path, without suffix, of a topic's feed."""
    return f"feeds/topics/{slug}"


def author_feed(slug: str) -> str:
    """Return the site path, without suffix, of an author's feed."""
    return f"feeds/authors/{slug}"


def data(folder: str, slug: str) -> str:
    """Return the site path, without suffix, of the data of a topic, digest or author."""
    return f"data/{folder}/{slug}"


def search_for(term: str) -> str:
    """Return the site path of the search for a term; one of several words in quotes."""
    asked = f'"{term}"' if " " in term else term
    return f"{SEARCH}?q={quote_plus(asked)}"


def document(uri: str) -> str:
    """Return the file under docs/ that MkDocs serves at the site path `uri`."""
    return f"{uri}index.md" if uri in _FOLDERS else f"{uri.removesuffix('/')}.md"


def relative(page: str, target: str) -> str:
    """Return the way from the page at site path `page` to the site path `target`."""
    return "../" * page.count("/") + target or "./"
