"""RSS copies of the daily papers: an item a paper, the abstract in escaped HTML."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from generator import readers
from generator.models import Facts, Reading, Source
from generator.problems import Severity
from generator.readers import Defaults

KNOWN = readers.installed()


def read(content: str, name: str = "x.xml", form: str | None = None) -> Reading:
    return readers.read(Source(f"digests/{name}", content.encode()), Defaults(), KNOWN, form)


def feed(items: str, head: str = "") -> str:
    """Return a feed of `items`, with more in its head."""
    title = "<title>Hugging Face Daily Papers</title>"
    return f'<rss version="2.0"><channel>{title}{head}\n{items}\n</channel></rss>'


def facts(description: str, more: str = "") -> Facts:
    """Return the paper of one item."""
    item = (
        f"<item><title>A</title><description>{html.escape(description)}</description>{more}</item>"
    )
    return read(feed(item)).digests[0].entries[0].facts


@pytest.mark.parametrize(
    ("markup", "abstract"),
    [
        ("Plain   text\nin lines.", "Plain text in lines."),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p><b>Abstract:</b> One.</p>Two.", "One.\n\nTwo."),
        ("Authors: Ada One<br/>Summary: One<br>Two", "One\n\nTwo"),
        ("where a < b, <i>n</i> > 3 and x<y", "where a < b, n > 3 and x<y"),
        ("R&amp;D &lt;b&gt; &amp;lt;", "R&D <b> &lt;"),
        ("<!-- hidden --><p>Shown</p><!-- open", "Shown"),
        ('<p>Shown</p><p><a href="https://a.example/">PDF</a> | <a href="x">Code</a></p>', "Shown"),
        ('See <a href="https://a.example/">here</a>.', "See here."),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("45\\% more", "45% more"),
        ("<p>Authors: Ada One</p>", None),
        ("", None),
    ],
)
def test_an_abstract_is_taken_out_of_its_html(markup: str, abstract: str | None) -> None:
    """Tags that dress it go, what is no tag stays; entities are decoded once."""
    assert facts(markup).abstract == abstract


def test_labels_tell_authors_and_votes() -> None:
    """Else the people are those that the item names."""
    found = facts("<p><b>Authors:</b> Ada One, Bo Two</p><p>Upvotes: 12</p><p>Summary: It is.</p>")
    assert (found.authors, found.votes, found.abstract) == (("Ada One", "Bo Two"), 12, "It is.")
    assert facts("It is.", "<author>Ada One</author>").authors == ("Ada One",)


@pytest.mark.parametrize(
    ("day", "published"),
    [
        ("Mon, 05 Jan 2026 00:00:00 +0000", "2026-01-05"),
        ("Wed, 31 Dec 2025 00:00:00 GMT", "2025-12-31"),
        ("Sun, 30 Nov 2025 00:00:00 GMT", "2026-01"),
        ("Sun, 01 Feb 2026 00:00:00 GMT", "2026-01"),
        ("soon", "2026-01"),
    ],
)
def test_a_day_is_the_paper_s_own_where_its_id_allows(day: str, published: str) -> None:
    """Some feeds date items by the day on which they were featured."""
    more = f"<link>https://arxiv.org/abs/2601.00001</link><pubDate>{day}</pubDate>"
    assert facts("It is.", more).published == published


@pytest.mark.parametrize(
    ("name", "head", "date"),
    [
        ("2026-02-02.xml", "<pubDate>Mon, 05 Jan 2026 00:00:00 +0000</pubDate>", "2026-01-05"),
        (
            "2026-02-02.xml",
            "<lastBuildDate>Mon, 05 Jan 2026 00:00:00 +0000</lastBuildDate>",
            "2026-02-02",
        ),
        ("x.xml", "<lastBuildDate>Mon, 05 Jan 2026 00:00:00 +0000</lastBuildDate>", "2026-01-05"),
        ("x.xml", "", None),
    ],
)
def test_a_digest_is_dated_by_the_surest_word(name: str, head: str, date: str | None) -> None:
    """The feed's day, the name's, and last the day on which the feed was made, which is told."""
    reading = read(feed("<item><title>A</title></item>", head), name)
    assert reading.digests[0].date == date
    notes = [p for p in reading.problems if p.severity is Severity.NOTE]
    assert len(notes) == (name == "x.xml")


def test_another_feed_is_not_taken() -> None:
    """Only the head tells whose feed it is, not the papers in it."""
    other = feed("<item><title>A model on Hugging Face</title></item>").replace(
        "Hugging Face Daily Papers", "Kettle news"
    )
    assert KNOWN["hf-rss"].sniff("x.xml", other) == 0
    assert KNOWN["hf-rss"].sniff("x.txt", feed("")) > 0.5


def test_declared_entities_are_refused_at_once() -> None:
    """A bomb of them does not go off."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    items = feed("<item><title>&e11;</title></item>")
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "kettle">{levels}]>\n{items}'
    (problem,) = read(bomb).problems
    assert problem.severity is Severity.ERROR
    assert problem.message.startswith("refused")


def test_a_feed_of_thirty_papers_is_read_whole(samples: Path) -> None:
    """Authors, votes, ids, days and abstracts of each, on the line of its item."""
    path = samples / "corpora/hf-rss/daily.xml"
    reading = read(path.read_text("utf-8"), path.name)
    (digest,) = reading.digests
    assert (reading.format, reading.read, reading.rejected) == ("hf-rss", 30, 0)
    assert (digest.title, digest.date) == ("Hugging Face Daily Papers", "2026-08-08")
    found = [entry.facts for entry in digest.entries]
    assert all(one.arxiv and one.authors and one.votes is not None for one in found)
    assert all(len(one.abstract or "") > 300 for one in found)
    assert not [
        one for one in found if "<" in (one.abstract or "") or "Upvotes" in str(one.abstract)
    ]
    assert (found[0].arxiv, found[0].votes, found[0].published) == ("2607.28609", 52, "2026-07-30")
    assert found[0].authors[-1] == "Lingpeng Kong"
    lines = path.read_text("utf-8").split("\n")
    assert all(lines[entry.line - 1].strip() == "<item>" for entry in digest.entries)
