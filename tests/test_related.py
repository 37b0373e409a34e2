"""Each paper is linked to its kindred ones, with the words that both use."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import factories
import pytest
from factories import paper
from toy import toy

from generator import pipeline
from generator.models import Catalog, Paper
from generator.related import CHOSEN, kinship, link, ranking

SPEECH = (
    "Streaming speech recognition with a small transducer",
    "A transducer for speech recognition on telephones",
    "Speech recognition of noisy telephone calls",
    "Keyword spotting and speech recognition for noisy rooms",
)
PROTEINS = (
    "Folding of proteins by attention over residues",
    "Protein folding with residues as a graph",
    "Attention maps of protein residues",
    "Which residues of a protein bind",
)
KITCHEN = (
    "Onions fried in butter need patience and a heavy iron pan; salt comes last and the crust"
    " of cheese is baked until brown, while nobody answers any telephones"
)
_PLACES = ("harbour", "orchard", "glacier", "market", "tunnel", "cellar", "meadow", "attic")
_THINGS = ("lantern", "kettle", "ladder", "violin", "compass", "bellows", "anvil", "saddle")
_DEEDS = ("repair", "painting", "weighing", "trading", "cleaning", "casting", "drawing")


def catalog(*titles: str, **facts: str) -> Catalog:
    """Return papers called `p00`, `p01`, …."""
    return factories.catalog(paper(f"p{n:02}", title, **facts) for n, title in enumerate(titles))


def links(found: Catalog) -> dict[str, list[str]]:
    return {one.slug: [other.slug for other in one.related] for one in link(found).papers}


def studies(size: int) -> list[Paper]:
    """Return papers on a place, a thing and a deed each, in ever other ways."""
    made = []
    for n in range(size):
        place, thing, deed = (
            words[n * k % len(words)] for words, k in ((_PLACES, 1), (_THINGS, 3), (_DEEDS, 5))
        )
        title = f"{deed} a {thing} in the {place}"
        abstract = f"The {thing} of a {place} and its {deed}. {_DEEDS[n % 3]} {_THINGS[n % 5]}."
        made.append(paper(f"study-{n:03}", title, abstract=abstract))
    return made


def test_papers_on_one_subject_are_related() -> None:
    """Nearest first; what both speak of is said."""
    found = link(catalog(*SPEECH, *PROTEINS)).by_slug
    first = found["p00"].related[0]
    assert first.slug == "p01"
    assert first.why[0] in {"speech recognition", "transducer"}
    for one in found.values():
        scores = [other.score for other in one.related]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < other.score <= 1 and other.why for other in one.related)
        subject = {"p00", "p01", "p02", "p03"}
        assert {other.slug in subject for other in one.related} == {one.slug in subject}


def test_a_paper_on_something_else_has_none() -> None:
    """Neither way: a recipe among papers on speech."""
    found = links(catalog(*SPEECH, "The right onion soup: " + KITCHEN))
    assert found["p04"] == []
    assert all("p04" not in others for others in found.values())
    more = f"{KITCHEN.replace('nions', 'lives')}. Flour and water become dough within an hour"
    more += ", then loaves, in a bowl from the market, by the light of a lantern."
    soup = paper("soup", "Onion soup", abstract=f"{KITCHEN}. {more}")
    assert links(factories.catalog((*studies(60), soup)))["soup"] == []


def test_one_word_in_common_can_be_chance() -> None:
    """It is enough only where there is little else."""
    assert links(catalog(*SPEECH, "Cords, plugs and sockets of telephones"))["p04"] == []
    assert links(catalog(*SPEECH, "Telephones"))["p04"] == ["p01", "p02"]


def test_relations_go_both_ways() -> None:
    """Three of four at least: the lists are cut at eight, the scores are the same."""
    found = link(factories.catalog(studies(60))).by_slug
    pairs = [(one, other) for one in found.values() for other in one.related]
    back = [
        {third.slug: third.score for third in found[other.slug].related}.get(one.slug)
        for one, other in pairs
    ]
    assert sum(score is not None for score in back) > 0.75 * len(pairs)
    assert all(score in (None, other.score) for score, (_, other) in zip(back, pairs, strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Speech  Recognition of RNNs"}, {"title": "speech recognition of RNNs!"}),
        ({"arxiv": "2401.00001"}, {"arxiv": "2401.00001"}),
        ({"doi": "10.1/a"}, {"doi": "10.1/a"}),
    ],
)
def test_a_double_is_not_related(one: dict[str, str], other: dict[str, str]) -> None:
    """Equal titles, however written, or an id in common; others still are."""
    pair = (
        paper("one", **{"title": "Speech recognition for ships"} | one),
        paper("other", **{"title": "Speech recognition on ships"} | other),
        paper("third", "Speech recognition for large ships"),
    )
    found = links(factories.catalog(pair))
    assert found["one"] == found["other"] == ["third"]


def test_at_most_eight() -> None:
    """And never the paper itself."""
    found = links(factories.catalog(studies(60)))
    assert max(len(others) for others in found.values()) == 8
    assert all(slug not in others for slug, others in found.items())


def test_the_order_of_papers_changes_nothing() -> None:
    """Nor does the day on which they came."""
    papers = studies(50)
    forth = link(Catalog(tuple(papers), ()))
    back = link(Catalog(tuple(reversed(papers)), ()))
    assert forth.by_slug == back.by_slug


def test_unrelated_papers_change_little() -> None:
    """A fifth more papers on other things: neighbours keep their order, nine pairs of ten."""
    papers = studies(60)
    strangers = [
        paper(f"x-{n}", f"{a} of {b}s", abstract=f"{a} {b} {KITCHEN.split()[n]}")
        for n, (a, b) in enumerate(
            combinations(("soup", "flour", "yeast", "oven", "sugar", "crumb"), 2)
        )
    ][:12]
    before = link(Catalog(tuple(papers), ())).by_slug
    after = link(Catalog((*papers, *strangers), ())).by_slug
    kept = ordered = pairs = 0
    for slug, one in before.items():
        old = [other.slug for other in one.related]
        new = [other.slug for other in after[slug].related]
        assert not any(other.startswith("x-") for other in new)
        kept += len({*old[:5]} & {*new[:5]})
        both = [other for other in old if other in new]
        pairs += len(list(combinations(both, 2)))
        ordered += sum(new.index(a) < new.index(b) for a, b in combinations(both, 2))
    assert kept >= 0.9 * 5 * len(before)
    assert ordered >= 0.9 * pairs


def test_topics_and_authors_in_common_count_a_little() -> None:
    """They tip the scales between papers that are as like otherwise."""
    own = paper("own", "Speech of birds", topics=["a"], authors=("Ada Örn", "Bo Ek"))
    rest = [paper("bats", "Speech of bats"), paper("cats", "Speech of cats")]
    plain = factories.catalog((own, *rest))
    assert links(plain)["own"] == ["bats", "cats"]
    topic = paper("cats", "Speech of cats", topics=["a"])
    assert links(factories.catalog((own, rest[0], topic)))["own"] == ["cats", "bats"]
    author = paper("cats", "Speech of cats", authors=("Ada Örn",))
    found = link(factories.catalog((own, rest[0], author))).by_slug["own"].related
    assert [other.slug for other in found] == ["cats", "bats"]
    assert "Ada Örn" in found[0].why


def test_the_curator_s_choice_replaces_the_program_s() -> None:
    """In the curator's order; an empty one is none; papers that are gone are left out."""
    papers = [paper(f"p{n}", title) for n, title in enumerate(SPEECH)]
    chosen = Paper("mine", papers[0].facts, (), kin=("p3", "gone", "p1"))
    none = Paper("none", papers[1].facts, (), kin=())
    found = link(Catalog((*papers, chosen, none), ())).by_slug
    assert [(one.slug, one.score, one.why) for one in found["mine"].related] == [
        ("p3", 1.0, (CHOSEN,)),
        ("p1", 1.0, (CHOSEN,)),
    ]
    assert found["none"].related == ()
    assert found["p2"].related


def test_ranking_of_any_papers() -> None:
    """All others, nearest first, the same scores as the links; or those asked for."""
    found = catalog(*SPEECH, *PROTEINS, "Onion soup")
    kin = kinship(found.papers)
    order = ranking(kin, "p00")
    assert [slug for slug, _ in order[:3]] == links(found)["p00"][:3]
    assert len(order) == 8
    assert order[-1][1] == 0
    some = ranking(kin, "p00", ["p08", "p04", "p01", "p00"])
    assert [slug for slug, _ in some] == ["p01", "p04", "p08"]


@pytest.mark.parametrize(
    "titles",
    [
        (),
        ("One paper",),
        ("?!", "?!", "…"),
        ("the of and", "of the and"),
        ("x" * 10_000, "x" * 10_000 + "y"),
        (factories.HOSTILE, factories.HOSTILE + " again"),
    ],
)
def test_nearly_nothing(titles: tuple[str, ...]) -> None:
    """No paper, one, no words, no blanks, hostile text: no relation or a sensible one."""
    found = links(catalog(*titles))
    assert len(found) == len(titles)
    assert all(slug not in others for slug, others in found.items())


def test_other_scripts() -> None:
    """Chinese has no blanks between words, and is compared all the same."""
    found = link(catalog("语音识别的神经网络", "流式语音识别", "蛋白质折叠", "Speech")).by_slug
    assert [other.slug for other in found["p00"].related] == ["p01"]
    assert "语音" in "".join(found["p00"].related[0].why)


def test_the_site_has_them(tmp_path: Path) -> None:
    """In the data as on the pages; titles and a curator's notes are enough."""
    root = toy(tmp_path)
    entries = (f"## {title}\n\nOn speech, heard.\n" for title in SPEECH)
    (root / "digests" / "speech.md").write_text("\n".join(entries), encoding="utf-8")
    site = pipeline.assemble(pipeline.collect(root))
    found = next(one for one in site.catalog.papers if one.facts.title == SPEECH[0])
    assert found.related
    files = {file.path: file.content.decode() for file in site.files}
    assert f'"related":[{{"slug":"{found.related[0].slug}"' in files["data/papers.jsonl"]
    assert "Related papers" in files[f"papers/{found.slug}.md"]
