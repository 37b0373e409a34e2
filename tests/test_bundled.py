"""The bundled collection: all papers of the sample pages, true facts, notes in our own words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline, readers, topics
from generator.identity import addresses, fingerprint
from generator.models import Catalog, Entry, Facts, Source
from generator.readers import hf_page
from generator.text import words
from generator.topics import keywords
from generator.topics.evidence import texts

REPOSITORY = Path(__file__).resolve().parents[1]
COPIED = 8
"""Words in a row that count as copied."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def bundled() -> Catalog:
    """Return the catalogue of the repository's own digests."""
    collection = pipeline.collect(REPOSITORY)
    return pipeline.understand(collection, pipeline.read(collection)).catalog


@pytest.fixture(scope="module")
def abstracts(samples: Path) -> dict[str, str]:
    """Return each sample paper's abstract by the fingerprint of its title."""
    return {fingerprint(e.facts.title): e.facts.abstract or "" for e in sample_entries(samples)}


@pytest.fixture(scope="module")
def facts(samples: Path) -> dict[str, dict[str, object]]:
    """Return what public pages say of each sample paper, by the fingerprint of its title."""
    rows = json.loads((samples / "seed-facts.json").read_text("utf-8"))
    return {fingerprint(row["title"]): row for row in rows}


def sample_entries(samples: Path) -> Iterable[Entry]:
    """Yield the entries of the four sample pages."""
    for path in sorted((samples / "seeds").glob("*.txt")):
        source = Source(f"digests/{path.name}", path.read_bytes())
        content = readers.decode(source)
        assert isinstance(content, str)
        yield from hf_page.read(source.path, content, readers.Defaults()).digests[0].entries


def noted(catalog: Catalog) -> list[Facts]:
    """Return what each entry says, the same note of the same paper once; each must have one."""
    entries = [entry.facts for digest in catalog.digests for entry in digest.entries]
    assert all(one.note for one in entries), [one.title for one in entries if not one.note]
    return list({(one.title, one.note): one for one in entries}.values())


def test_four_digests_hold_285_entries_and_246_papers(bundled: Catalog):
    """58, 64, 44 and 119 entries are 246 papers, and each has a topic of the curator."""
    assert sorted(len(digest.entries) for digest in bundled.digests) == [44, 58, 64, 119]
    assert len(bundled.papers) == 246
    assert "unsorted" not in bundled.topic
    assert len(bundled.topics) == 18


def test_the_bundled_collection_has_no_errors_and_no_warnings():
    """Offprint's own digests are read without complaint, but for notes."""
    collection = pipeline.collect(REPOSITORY)
    site = pipeline.understand(collection, pipeline.read(collection))
    assert {str(problem.severity) for problem in site.problems} <= {"note"}


def test_papers_lock_remembers_every_bundled_paper(bundled: Catalog):
    """A fresh clone builds without adding a line to papers.lock."""
    collection = pipeline.collect(REPOSITORY)
    site = pipeline.understand(collection, pipeline.read(collection))
    assert site.lock == collection.lock


def test_each_note_has_one_to_three_sentences(bundled: Catalog):
    """A note is short: at most three sentences and sixty words."""
    for one in noted(bundled):
        sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", one.note or "")
        assert 1 <= len(sentences) <= 3, one.note
        assert len((one.note or "").split()) <= 60, one.note


def test_notes_do_not_begin_alike(bundled: Catalog):
    """No opening of two words stands over more than one note in twenty."""
    notes = [one.note or "" for one in noted(bundled)]
    openings = Counter(" ".join(words(note)[:2]) for note in notes)
    opening, count = openings.most_common(1)[0]
    assert count <= len(notes) / 20, opening


def test_repeated_papers_share_their_note(bundled: Catalog):
    """A paper in two digests says the same in both."""
    notes: dict[str, set[str | None]] = {}
    for digest in bundled.digests:
        for entry in digest.entries:
            notes.setdefault(fingerprint(entry.facts.title), set()).add(entry.facts.note)
    assert [title for title, found in notes.items() if len(found) != 1] == []


def test_every_digest_has_an_intro_a_curator_and_its_assumed_year(bundled: Catalog):
    """An intro says what is in the digest; the source says that the year is assumed."""
    for digest in bundled.digests:
        assert digest.intro
        assert digest.curator == "AK and the research community"
        assert digest.date is None or "assumed" in (digest.source or "")


def test_no_note_copies_its_abstract(bundled: Catalog, abstracts: dict[str, str]):
    """No eight words in a row of a note, title aside, are the abstract's."""
    for one in noted(bundled):
        theirs = words(abstracts[fingerprint(one.title)])
        runs = {tuple(theirs[n : n + COPIED]) for n in range(len(theirs) - COPIED + 1)}
        ours = words(one.note or "")
        mine = [tuple(ours[n : n + COPIED]) for n in range(len(ours) - COPIED + 1)]
        assert runs.isdisjoint(mine), one.title


def test_no_note_invents_a_number_or_a_link(
    bundled: Catalog, abstracts: dict[str, str], facts: dict[str, dict[str, object]]
):
    """Each number of a note stands in title, abstract or facts; notes hold no link of their own."""
    for one in noted(bundled):
        key = fingerprint(one.title)
        known = f"{one.title} {abstracts[key]} {json.dumps(facts[key])}"
        assert set(_NUMBER.findall(one.note or "")) <= set(_NUMBER.findall(known)), one.note
        assert addresses(one.note or "") == []


def test_titles_are_those_of_the_sample_pages_in_their_order(bundled: Catalog, samples: Path):
    """Every entry of the sample pages stands in a bundled digest, in the page's order."""
    theirs = [entry.facts.title for entry in sample_entries(samples)]
    ours = [e.facts.title for d in in_page_order(bundled) for e in d.entries]
    assert ours == theirs


def in_page_order(catalog: Catalog):
    """Return the digests in the order of the sample pages: 58, 64, 44 and 119 entries."""
    by_length = {len(digest.entries): digest for digest in catalog.digests}
    return [by_length[length] for length in (58, 64, 44, 119)]


def test_facts_are_those_seen_and_unknown_ones_stay_unknown(
    bundled: Catalog, facts: dict[str, dict[str, object]]
):
    """Ids, authors, days, categories, DOI and venue are the known ones, else empty."""
    for paper in bundled.papers:
        seen = facts[fingerprint(paper.facts.title)]
        assert paper.facts.arxiv == seen["arxiv"], paper.slug
        assert list(paper.facts.authors) == seen["authors"], paper.slug
        assert paper.facts.doi == (str(seen["doi"]).lower() if seen["doi"] else None), paper.slug
        assert paper.facts.venue == seen["venue"], paper.slug
        assert list(paper.facts.categories) == seen["categories"], paper.slug
        if seen["submitted"] or not seen["arxiv"]:
            assert paper.facts.published == seen["submitted"], paper.slug


def test_links_are_the_abstracts_own(bundled: Catalog, samples: Path):
    """Code and project links are those that stand in the paper's abstract, no others."""
    theirs: dict[str, set[str]] = {}
    for entry in sample_entries(samples):
        links = entry.facts.links
        found = theirs.setdefault(fingerprint(entry.facts.title), set())
        found |= {*links.code, *links.project, *links.other}
    for paper in bundled.papers:
        links = paper.facts.links
        ours = {*links.code, *links.project, *links.other}
        assert ours == theirs[fingerprint(paper.facts.title)], paper.slug


def test_no_topic_lives_on_keywords_of_single_papers(bundled: Catalog):
    """Without the keywords that one paper has, nine in ten papers keep their first topic.

    Though the bundled papers have only titles and short notes.
    """
    lexicon = keywords.lexicon(bundled.topics)
    papers = Counter(
        key
        for paper in bundled.papers
        for key in {k for _, text in texts(paper.facts) for k in keywords.present(text, lexicon)}
    )
    general = tuple(
        replace(t, keywords=tuple(w for w in t.keywords if papers[keywords.key(w)] != 1))
        for t in bundled.topics
    )
    found = topics.assign(replace(bundled, topics=general))[0]
    first = {paper.slug: paper.topics[0].topic for paper in bundled.papers}
    kept = sum(first[paper.slug] == paper.topics[0].topic for paper in found.papers)
    assert kept >= 0.9 * len(first)
