"""The way of the data: sources and settings in, a site of files and problems out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from jinja2 import Environment

from generator import (
    catalog,
    corrections,
    exports,
    formats,
    health,
    lock,
    readers,
    settings,
    sources,
    summaries,
    templating,
    topics,
)
from generator.exports.builds import public
from generator.health import Health
from generator.memory import Memory
from generator.models import Reading, Site, Source
from generator.origin import Commit
from generator.problems import Problem, Severity, error
from generator.progress import Tell, silent
from generator.settings import Settings
from generator.topics import discover, topicfile

TEMPLATES = "templates"


class Unusable(Exception):
    """The collection makes no site; what was published before must stay as it is."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)


@dataclass(frozen=True, slots=True)
class Collection:
    """All that a site is made from, read from the disk."""

    settings: Settings
    digests: tuple[Source, ...]
    topics: Source | None
    """topics.yml, None where there is none."""
    corrections: Source | None
    """corrections.yml, None where there is none."""
    lock: str
    """papers.lock, empty where there is none."""
    templates: Environment
    choices: Mapping[str, formats.Choice] = field(default_factory=dict)
    """How to read a digest, by its path, where the curator said it."""
    problems: tuple[Problem, ...] = ()
    """What could not be read."""
    fetched: tuple[Health, ...] = ()
    """How the sources are that digests are fetched from."""
    commit: Commit | None = None
    """The state of the collection, where `origin` was asked for it."""


def collect(root: Path) -> Collection:
    """Read the collection at `root`. Without readable settings and formats raise Unusable."""
    found, problems = settings.load(root)
    if found is None:
        raise Unusable(problems)
    digests, faults = sources.walk(root)
    topic_file = _optional(root, topicfile.TOPICS)
    word = _optional(root, corrections.CORRECTIONS)
    lock_file = _optional(root, lock.NAME)
    if (
        isinstance(topic_file, Problem)
        or isinstance(word, Problem)
        or isinstance(lock_file, Problem)
    ):
        raise Unusable(p for p in (topic_file, word, lock_file) if isinstance(p, Problem))
    choices, mistakes = _choices(root, digests)
    fetched, doubts = _fetched_from(root)
    return Collection(
        settings=found,
        digests=digests,
        topics=topic_file,
        corrections=word,
        lock=lock_file.data.decode("utf-8", "replace") if lock_file else "",
        templates=templating.environment(root / TEMPLATES),
        choices=choices,
        problems=(*problems, *faults, *mistakes, *doubts),
        fetched=fetched,
    )


def _choices(
    root: Path, digests: Iterable[Source]
) -> tuple[Mapping[str, formats.Choice], list[Problem]]:
    """Return how to read which digest, and notes. What is wrong in formats.yml raises Unusable."""
    source = _optional(root, formats.NAME)
    if isinstance(source, Problem):
        raise Unusable([source])
    choices, problems = formats.parse(source, formats.known()) if source else ({}, [])
    if problems:
        raise Unusable(problems)
    return choices, formats.missing(choices, (digest.path for digest in digests))


def _fetched_from(root: Path) -> tuple[tuple[Health, ...], list[Problem]]:
    """Return how the sources are, and what is wrong with fetched.yml: it stops no build."""
    source = _optional(root, health.NAME)
    if isinstance(source, Problem):
        return (), [replace(source, severity=Severity.WARNING)]
    return health.parse(source.data.decode("utf-8", "replace")) if source else ((), [])


def _optional(root: Path, name: str) -> Source | Problem | None:
    path = root / name
    return sources.read(path, name) if path.exists() or path.is_symlink() else None


def read(collection: Collection, tell: Tell = silent) -> tuple[Reading, ...]:
    """Return what the readers make of each digest, in the order of the files."""
    known = readers.installed()
    readings = []
    for number, source in enumerate(collection.digests):
        tell("files", number, len(collection.digests))
        choice = formats.choice_of(collection.choices, source.path)
        defaults = readers.Defaults(collection.settings.year, choice.columns)
        reading = readers.read(source, defaults, known, choice.format)
        readings.append(_fetched(reading, choice.source) if choice.source else reading)
    return tuple(readings)


def _fetched(reading: Reading, address: str) -> Reading:
    """Return `reading` with the address that its file was fetched from."""
    told = (replace(d, source=d.source or address, query=address) for d in reading.digests)
    return replace(reading, digests=tuple(told))


def understand(
    collection: Collection,
    readings: Iterable[Reading],
    tell: Tell = silent,
    memory: Memory | None = None,
) -> Site:
    """Return the site without its files: catalogue, topics, problems and the new lock.

    Raise Unusable where topics.yml, corrections.yml or papers.lock cannot be read, or no paper
    is left.
    """
    readings = tuple(readings)
    remembered, lock_problems = lock.parse(collection.lock)
    wanted, topic_problems = topicfile.read(collection.topics)
    word, word_problems = corrections.read(collection.corrections)
    problems = [
        *collection.problems,
        *chain.from_iterable(reading.problems for reading in readings),
        *lock_problems,
        *topic_problems,
        *word_problems,
    ]
    faults = (*lock_problems, *topic_problems, *word_problems)
    spoiled = any(problem.severity is Severity.ERROR for problem in faults)
    tell("merging")
    made = catalog.gather(
        chain.from_iterable(reading.digests for reading in readings), remembered, word
    )
    papers = made.catalog
    problems += made.problems
    if not papers.papers:
        hint = "put a digest there, for instance with: offprint add FILE"
        problems.append(error(sources.DIGESTS, None, "no paper in any digest", hint))
    if spoiled or not papers.papers:
        raise Unusable(_sorted(problems))
    if wanted is None:
        wanted = discover.with_pinned(papers.papers)
    tell("topics")
    papers, doubts = topics.assign(replace(papers, topics=wanted), memory)
    tell("summaries")
    papers = summaries.pick(papers, memory)
    problems += doubts
    return Site(papers, (), readings, _sorted(problems), lock.render(made.lock), made.likenesses)


def render(
    collection: Collection, site: Site, tell: Tell = silent, memory: Memory | None = None
) -> Site:
    """Return `site` with all its files: pages, feeds, search and data.

    Related papers join here: only what is shown needs them, and a check does not.
    """
    # A check makes no files: it need not load what makes them.
    from generator import checks, feeds, pages, related, search, signposts
    from generator.exports import bundles
    from generator.pages import trends, views

    tell("related papers")
    site = replace(site, catalog=related.link(site.catalog))
    build = _build(collection, site)
    try:
        overview = views.Overview(site.catalog, collection.settings)
        made = pages.rendered(overview, collection.templates, build, memory, tell)
    except templating.TemplateFault as fault:
        hint = "mend the template, or delete it to use Offprint's own"
        raise Unusable(
            [*site.problems, error(fault.path, fault.line, fault.message, hint)]
        ) from fault
    files = [*made, *signposts.files(site.catalog, collection.settings)]
    tell("search")
    files += search.files(site.catalog)
    tell("feeds and data")
    files += feeds.files(site.catalog, collection.settings, overview.people)
    files += bundles.files(site.catalog, bundles.selections(site.catalog, overview.people.known))
    files += trends.map_files(overview)
    files += exports.files(site.catalog, build)
    files.sort(key=lambda file: file.path)
    if clashes := checks.clashes(files):
        raise Unusable(_sorted([*site.problems, *clashes]))
    return replace(site, files=tuple(files))


def _build(collection: Collection, site: Site) -> exports.Build:
    return exports.Build(
        readings=site.readings,
        problems=site.problems,
        sources=tuple(map(public, collection.fetched)),
        commit=collection.commit,
        stale_after=collection.settings.stale_after,
    )


def assemble(collection: Collection) -> Site:
    """Return the whole site of `collection`. Pure but for the templates on the disk."""
    return render(collection, understand(collection, read(collection)))


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.path, p.line or 0, p.severity, p.message)))
