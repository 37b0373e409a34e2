"""Make the page of trends: papers over time, rising words, the busiest topics, the map."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from generator import addresses, maths
from generator.models import UNSORTED, OutputFile, Paper, Topic
from generator.pages.legend import data as legend_data
from generator.pages.legend import legend
from generator.pages.page import Page
from generator.pages.views import Mark, Overview, counted
from generator.trends import periods
from generator.trends.periods import Axis, Comparison

_BUSY = 8
"""Topics in the list of the busiest."""
_EXAMPLES = 3
"""Papers named for a rising word."""
_WIDE, _HIGH, _GAP = 120, 60, 2
"""Of a chart: its width, the height of its highest bar, the room between two bars."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """One topic's chart of papers over time."""

    mark: Mark
    words: str
    """The chart in words, e.g. `32 papers, most 8 in 2022`."""
    bars: str
    """Path of SVG."""
    hollow: str
    """Path of the last bar while its time goes on; else empty."""
    counts: tuple[int, ...]
    before: int
    """Papers from before the chart."""
    nowhere: int
    """Papers of which the date is not known well enough."""
    total: int


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of all topics, on one scale."""

    axis: Axis
    multiples: tuple[Multiple, ...]
    """Topics with most papers first."""
    width: int
    height: int
    most: int
    """Papers of the highest bar."""
    before: int
    """Papers of the collection from before the charts."""
    nowhere: int


@dataclass(frozen=True, slots=True)
class Rise:
    """A word or a topic, and how many of the new papers have it."""

    text: str
    uri: str
    ink: int | None
    """Slot of the palette of a topic."""
    new: int
    old: int
    before: str
    """How many there would be among as many old papers, in words."""
    width: float
    """Of its bar; 100 for the longest."""
    tick: float
    """Where the bar would have ended before."""
    papers: tuple[tuple[str, str], ...] = ()
    """Addresses and titles of some of the new papers."""


def trends(overview: Overview) -> Page:
    """Return the page of trends."""
    found = overview.compared
    values = {
        "charts": _charts(overview),
        "compared": found,
        "busy": _busy(overview, found) if found else [],
        "rising": _rising(overview, found) if found else [],
        "map": legend(overview, overview.atlas) if overview.atlas else None,
        "papers": counted(len(overview.catalog.papers), "paper"),
        "sides": [f"{len(side):,}" for side in (found.new, found.old)] if found else [],
        "several": len(overview.catalog.papers) > 1,
    }
    return Page(
        uri=addresses.TRENDS,
        kind="trends",
        title="Trends",
        description=f"What {overview.settings.site_name} is made of and where it is going: "
        "papers over time, rising words, and a map of all papers.",
        origin="the page of trends",
        values=values,
        changed=overview.latest_day,
    )


def map_files(overview: Overview) -> tuple[OutputFile, ...]:
    """Return the file that the map's script reads."""
    if overview.atlas is None:
        return ()
    text = json.dumps(
        legend_data(overview, overview.atlas), ensure_ascii=False, separators=(",", ":")
    )
    return (OutputFile(addresses.MAP_DATA, text.encode(), "the map"),)


def _charts(overview: Overview) -> Charts | None:
    """Return a chart for each topic that has papers; None where there is no time to show."""
    steps = periods.axis(overview.catalog)
    topics = [topic for topic in overview.catalog.topics if topic.slug != UNSORTED]
    papers = {topic.slug: overview.catalog.in_topic[topic.slug] for topic in topics}
    topics = sorted(
        filter(lambda topic: papers[topic.slug], topics), key=lambda t: -len(papers[t.slug])
    )
    if steps is None or not topics:
        return None
    most = max(max(steps.each(papers[topic.slug])) for topic in topics)
    if not most:
        return None
    _, before, nowhere = steps.counts(overview.catalog.papers)
    return Charts(
        steps,
        tuple(_multiple(overview.marks[t.slug], papers[t.slug], steps, most) for t in topics),
        _WIDE,
        _HIGH,
        most,
        before,
        nowhere,
    )


def _multiple(mark: Mark, papers: Sequence[Paper], steps: Axis, most: int) -> Multiple:
    counts = steps.each(papers)
    _, before, nowhere = steps.counts(papers)
    pitch = (_WIDE + _GAP) / len(counts)
    bars = [_bar(place * pitch, pitch - _GAP, count / most) for place, count in enumerate(counts)]
    best = max(counts)
    words = counted(len(papers), "paper")
    if best:
        words += f", most {best} in {steps.labels[counts.index(best)]}"
    hollow = bars.pop() if steps.open else ""
    return Multiple(mark, words, "".join(bars), hollow, counts, before, nowhere, len(papers))


def _bar(left: float, wide: float, part: float) -> str:
    high = round(_HIGH * part, 1)
    return f"M{left:.1f} {_HIGH}v-{high:g}h{wide:.1f}v{high:g}z" if part else ""


def _rising(overview: Overview, found: Comparison) -> list[Rise]:
    """Return the rising words as the page shows them."""
    widest = max((word.new for word in overview.rising), default=1)
    known = overview.catalog.by_slug
    rows = []
    for word in overview.rising:
        named = [known[slug] for slug in word.papers[:_EXAMPLES]]
        papers = tuple((paper.uri, maths.plain(paper.facts.title)) for paper in named)
        rows.append(
            _rise(
                word.text,
                addresses.search_for(word.text),
                None,
                word.new,
                word.old,
                found,
                widest,
                papers,
            )
        )
    return rows


def _busy(overview: Overview, found: Comparison) -> list[Rise]:
    """Return the topics with most new papers; none where there is nothing to choose from."""
    topics = [topic for topic in overview.catalog.topics if topic.slug != UNSORTED]
    new = {topic.slug: _held(found.new, topic) for topic in topics}
    topics = sorted(filter(lambda topic: new[topic.slug], topics), key=lambda t: -new[t.slug])
    widest = max(new.values(), default=1)
    if len(topics) < 2:
        return []
    return [
        _rise(
            topic.name,
            addresses.topic(topic.slug),
            topic.color,
            new[topic.slug],
            _held(found.old, topic),
            found,
            widest,
        )
        for topic in topics[:_BUSY]
    ]


def _held(papers: Sequence[Paper], topic: Topic) -> int:
    return sum(any(one.topic == topic.slug for one in paper.topics) for paper in papers)


def _rise(
    text: str,
    uri: str,
    ink: int | None,
    new: int,
    old: int,
    found: Comparison,
    widest: int,
    papers: tuple[tuple[str, str], ...] = (),
) -> Rise:
    usual = old * len(found.new) / len(found.old)
    scale = 100 / max(widest, 1)
    tick = round(min(100.0, usual * scale), 1)
    return Rise(text, uri, ink, new, old, _before(usual), round(new * scale, 1), tick, papers)


def _before(usual: float) -> str:
    if not usual:
        return "none before"
    return f"{round(usual):,} before" if usual >= 0.5 else "under 1 before"
