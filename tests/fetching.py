"""A server on 127.0.0.1 that answers like the real sources, and lies like them; no clock runs."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from generator.fetch import Client
from generator.fetch.wire import Limits

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """What the server says to one request."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    """The whole answer as it is, head included; then the connection ends."""
    hold: bool = False
    """Whether nothing more comes, until the server ends."""


@dataclass
class Server:
    """A server at work, and what it was asked."""

    base: str
    asked: list[str] = field(default_factory=list)
    """Paths with their queries, in order."""
    heads: list[dict[str, str]] = field(default_factory=list)
    """Headers of the requests, names in lower case."""

    def questions(self, name: str) -> list[str]:
        """Return the value of one parameter in each request."""
        return [parse_qs(urlsplit(path).query).get(name, [""])[0] for path in self.asked]


Answer = Callable[[str, int], Reply]
"""(path with query, number of the request from 0) → what is said."""


@contextmanager
def served(answer: Answer, certificate: Path | None = None) -> Iterator[Server]:
    """Serve while the block runs; over TLS with a certificate, whose file holds its key too."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        """Says what the test wants to be said."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = Server("", seen.asked, seen.heads)
            found.asked.append(self.path)
            found.heads.append({name.lower(): value for name, value in self.headers.items()})
            self.close_connection = True
            self._say(answer(self.path, len(found.asked) - 1))

        def _say(self, reply: Reply) -> None:
            if reply.raw is not None:
                self.wfile.write(reply.raw)
                self.wfile.flush()
            else:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in reply.headers:
                    self.send_header("Content-Length", str(len(reply.body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(reply.body)
            if reply.hold:
                over.wait()

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep the tests' output free of requests."""

    class Quiet(ThreadingHTTPServer):
        """Says nothing where the client hung up, which it may."""

        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing."""

    server = Quiet((HOST, 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    seen = Server(f"http://{HOST}:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def always(*replies: Reply) -> Answer:
    """Return an answer that gives the replies one after another, the last for ever."""
    return lambda path, number: replies[min(number, len(replies) - 1)]


@dataclass
class Time:
    """A clock that only moves when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.now += seconds


def client(time: Time | None = None, **changes: Any) -> Client:
    """Return a client that may ask 127.0.0.1 and need not wait."""
    time = time or Time()
    given: dict[str, Any] = {
        "sleep": time.sleep,
        "clock": lambda: time.now,
        "chance": lambda: 0.5,
        "allow": lambda number: number == HOST,
        "limits": Limits(silence=5.0, whole=10.0, size=1_000_000),
    }
    return Client("offprint-tests", **{**given, **changes})


def hf_paper(number: int, day: str, **changes: object) -> dict[str, object]:
    """Return one element of an answer of Hugging Face, made up."""
    paper = {
        "id": f"2602.{number:05}",
        "authors": [
            {"_id": "a", "name": "Ada Example", "hidden": False},
            {"_id": "b", "name": "Bo Sample", "hidden": False},
        ],
        "publishedAt": "2026-02-01T00:00:00.000Z",
        "submittedOnDailyAt": f"{day}T03:00:00.000Z",
        "title": f"Sorting Pebbles by Ear, Part {number}",
        "summary": f"We listen to pebbles as they fall.\nPart {number} compares nine beaches with "
        "each other, and finds that no two of them sound alike.",
        "upvotes": number,
        "ai_keywords": ["pebble acoustics", "beaches"],
        "githubRepo": f"https://github.com/example/pebbles-{number}",
        "projectPage": f"https://pebbles.example/{number}",
        **changes,
    }
    return {"paper": paper, "publishedAt": paper["publishedAt"], "title": paper["title"]}


def hf_answers(days: Mapping[str, list[int]]) -> Answer:
    """Return what Hugging Face says when each day has the papers of these numbers."""

    def answer(path: str, number: int) -> Reply:
        asked = parse_qs(urlsplit(path).query)
        day, page = asked["date"][0], int(asked.get("p", ["0"])[0])
        size = int(asked["limit"][0])
        papers = [hf_paper(n, day) for n in days.get(day, [])][page * size : (page + 1) * size]
        return as_json(papers)

    return answer


def as_json(value: object) -> Reply:
    """Return `value` as a server of JSON sends it."""
    return Reply(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


def arxiv_entry(number: int, day: str, version: int = 1) -> str:
    """Return one entry of an answer of arXiv's API, made up."""
    return f"""  <entry>
    <id>http://arxiv.org/abs/2602.{number:05}v{version}</id>
    <title>How Snails Choose
  a Wall, Part {number}</title>
    <updated>{day}T12:00:00Z</updated>
    <published>{day}T11:00:00Z</published>
    <link href="https://arxiv.org/abs/2602.{number:05}v{version}" rel="alternate"/>
    <summary>  Snails were offered {number} walls of different age.
They took the oldest one in most of the cases that we could watch in a wet summer.</summary>
    <arxiv:comment>Code at https://github.com/example/snails</arxiv:comment>
    <author><name>Cy Trial</name></author>
    <author><name>Di Pattern</name></author>
    <arxiv:primary_category term="cs.CL"/>
    <category term="cs.CL"/><category term="cs.LG"/>
  </entry>
"""


def arxiv_feed(entries: str, total: int | None, start: int = 0) -> bytes:
    """Return an answer of arXiv's API with these entries."""
    told = (
        f"<opensearch:totalResults>{total}</opensearch:totalResults>" if total is not None else ""
    )
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up</id>
  <title>arXiv Query: search_query=cat:cs.CL&amp;id_list=&amp;start={start}</title>
  <updated>2026-02-05T10:00:00Z</updated>
  {told}
{entries}</feed>
""".encode()


def arxiv_answers(papers: list[tuple[int, str]]) -> Answer:
    """Return what arXiv's API says when it has papers of these numbers and days, newest first."""

    def answer(path: str, number: int) -> Reply:
        asked = parse_qs(urlsplit(path).query)
        start, size = int(asked["start"][0]), int(asked["max_results"][0])
        first = asked["search_query"][0].partition("submittedDate:[")[2][:8]
        found = [one for one in papers if not first or one[1].replace("-", "") >= first]
        entries = "".join(arxiv_entry(*one) for one in found[start : start + size])
        return Reply(arxiv_feed(entries, len(found), start))

    return answer


def rss_item(number: int, kind: str = "new", title: str = "") -> str:
    """Return one item of arXiv's daily feed, made up."""
    title = title or f"Kites over Flat Land {number}"
    return f"""    <item>
      <title>{escape(title)}</title>
      <link>https://arxiv.org/abs/2602.{number:05}</link>
      <description>arXiv:2602.{number:05}v1 Announce Type: {kind}
Abstract: We fly kites over flat land and count how often they come back to whoever let them go.
</description>
      <guid isPermaLink="false">oai:arXiv.org:2602.{number:05}v1</guid>
      <category>cs.CL</category>
      <pubDate>Thu, 05 Feb 2026 00:00:00 -0500</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:creator>Eve Mockup, Flo Dummy</dc:creator>
    </item>
"""


def rss_feed(items: str, stamp: str = "Thu, 05 Feb 2026 00:00:00 -0500") -> bytes:
    """Return a daily feed of arXiv with these items, of the day of `stamp`."""
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>cs.CL updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <description>cs.CL updates on the arXiv.org e-print archive.</description>
    <lastBuildDate>{stamp}</lastBuildDate>
    <pubDate>{stamp}</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
{items}  </channel>
</rss>
""".encode()
