"""Papers get the topics that their words point to, and the reason can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from generator.models import UNSORTED, Catalog, Facts, Mention, Paper, Topic
from generator.problems import Severity
from generator.topics import CHOSEN, assign

SPEECH = Topic("speech", "Listening", keywords=("speech recognition", "ASR", "speech"))
VOICE = Topic("voice", "Speaking", keywords=("text-to-speech", "vocoder", "voice"))
SPIKES = Topic(
    "spikes", "Spikes", keywords=("spiking neural network", "SNN"), without=("recordings",)
)
GRAPHS = Topic("graphs", "Graphs", keywords=("graph neural network", "link prediction", "graph"))
TOPICS = (SPEECH, VOICE, SPIKES, GRAPHS)


def paper(title: str, slug: str = "p", pinned: tuple[str, ...] = (), **facts: object) -> Paper:
    mention = Mention("a-digest", "2026-01-05", 1, "digests/a.md", 14)
    known = Facts(title=title, **facts)  # type: ignore[arg-type]
    return Paper(slug=slug, facts=known, featured=(mention,), pinned=pinned)


def catalog(*papers: Paper, topics: tuple[Topic, ...] = TOPICS) -> Catalog:
    return Catalog(papers=papers, digests=(), topics=topics)


def slugs(one: Paper, topics: tuple[Topic, ...] = TOPICS) -> list[str]:
    return [place.topic for place in assign(catalog(one, topics=topics))[0].papers[0].topics]


def why(of: Catalog) -> tuple[str, ...]:
    return assign(of)[0].papers[0].topics[0].why


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Listening to birds", "speech"),
        ("Streaming Speech Recognition", "speech"),
        ("Text to speech at last", "voice"),
        ("Text-to-Speech at last", "voice"),
        ("Téxt‑to‑speech at last", "voice"),
        ("Two vocoders compared", "voice"),
        ("How SNNs learn", "spikes"),
        ("Graph neural networks", "graphs"),
    ],
)
def test_a_keyword_finds_its_topic(title: str, slug: str) -> None:
    """Case, accents, hyphens and plurals make no difference."""
    assert slugs(paper(title))[0] == slug


@pytest.mark.parametrize(
    ("keyword", "title"),
    [
        ("language modelling", "Language modeling in small rooms"),
        ("optimise", "To optimize or not"),
        ("behaviours", "Strange behavior"),
        ("pre-training", "Pretraining for all"),
        ("pretraining", "Pre-training for all"),
        ("言語モデル", "大規模言語モデルの評価"),
    ],
)
def test_spellings_meet(keyword: str, title: str) -> None:
    """British and American spelling, one word and two, and text without blanks agree."""
    assert slugs(paper(title), (Topic("it", "It", keywords=(keyword,)),)) == ["it"]


def test_capitals_are_acronyms() -> None:
    """A keyword in capitals matches in capitals only, also in the plural."""
    topic = (Topic("it", "It", keywords=("MOS",)),)
    assert slugs(paper("Rating by MOS"), topic) == ["it"]
    assert slugs(paper("On mos and moss"), topic) == [UNSORTED]


def test_a_longer_phrase_hides_a_shorter() -> None:
    """`text-to-speech` is no word on `speech`."""
    assert slugs(paper("A text-to-speech system")) == ["voice"]


def test_title_beats_abstract() -> None:
    """A keyword of the title decides against one of the abstract."""
    one = paper("A vocoder", abstract="Trained beside a spiking neural network.")
    assert slugs(one)[0] == "voice"


def test_note_beats_abstract() -> None:
    """The curator's note weighs more than the abstract."""
    one = paper("On learning", note="Builds a vocoder.", abstract="We use link prediction.")
    assert slugs(one)[0] == "voice"


@pytest.mark.parametrize("facts", [{"keywords": ("vocoder",)}, {"categories": ("vocoder",)}])
def test_tags_count(facts: dict[str, object]) -> None:
    """Keywords and categories of the source are evidence."""
    assert slugs(paper("On learning", **facts)) == ["voice"]  # type: ignore[arg-type]


def test_phrases_beat_words() -> None:
    """A phrase says more than a single word in the same place."""
    assert slugs(paper("Voice and link prediction"))[0] == "graphs"


def test_rare_keywords_beat_common_ones() -> None:
    """What every paper of the collection mentions decides little."""
    many = [paper(f"Speech number {i}", slug=f"s{i}") for i in range(30)]
    found, _ = assign(catalog(*many, paper("Speech and graph", slug="both")))
    assert found.by_slug["both"].topics[0].topic == "graphs"


def test_phrases_are_the_stronger_reason() -> None:
    """Of two keywords in one title the phrase is named first."""
    topic = (Topic("it", "It", keywords=("ant", "zebra fish")),)
    assert why(catalog(paper("Ant and zebra fish"), topics=topic)) == ("zebra fish", "ant")


def test_rare_keywords_are_the_stronger_reason() -> None:
    """Of two keywords in one title the one that fewer papers have is named first."""
    topic = (Topic("it", "It", keywords=("ant", "zebra")),)
    ants = [paper(f"Ant {i}", slug=f"a{i}") for i in range(9)]
    assert why(catalog(paper("Ant and zebra"), *ants, topics=topic)) == ("zebra", "ant")


def test_only_the_longest_keyword_is_a_reason() -> None:
    """Of keywords that begin alike the longest one that fits is met."""
    topic = (Topic("it", "It", keywords=("graph", "graph neural network", "graph neural")),)
    assert why(catalog(paper("Graph neural networks"), topics=topic)) == ("graph neural network",)


def test_repetition_saturates() -> None:
    """Ten mentions in an abstract do not outweigh the title."""
    cats, dogs = (
        Topic("cats", "Of cats", keywords=("cat",)),
        Topic("dogs", "Of dogs", keywords=("dog",)),
    )
    one = paper("A cat", abstract="A dog. " * 10)
    assert slugs(one, (dogs, cats))[0] == "cats"


def test_words_against() -> None:
    """A word under `not` takes the topic away."""
    assert slugs(paper("SNN")) == ["spikes"]
    assert "spikes" not in slugs(paper("Recordings and SNN simulations of recordings"))


def test_second_topic_only_where_it_is_a_subject() -> None:
    """Two subjects of a title are two topics; a word in passing is none."""
    both = slugs(paper("Speech recognition with graph neural networks"))
    passing = slugs(paper("Speech recognition, ASR", abstract="Drawn as a graph."))
    assert sorted(both) == ["graphs", "speech"]
    assert passing == ["speech"]


def test_loose_words_need_company() -> None:
    """Single words of longer keywords count where three come together, not alone."""
    topic = (Topic("it", "It", keywords=("weather forecast", "ocean current", "solar wind")),)
    alone = slugs(paper("The weather of May"), topic)
    together = slugs(paper("Weather, ocean and wind", abstract="Solar forecast."), topic)
    assert alone == [UNSORTED]
    assert together == ["it"]


def test_reasons_are_the_curators_words() -> None:
    """`why` has at most five keywords, as written in topics.yml, the strongest first."""
    topic = Topic("it", "It", keywords=("Text-To-Speech", "b1", "c1", "d1", "e1", "f1"))
    one = paper("Text to speech", abstract="F1, e1, d1, c1 and b1.")
    place = assign(catalog(one, topics=(topic,)))[0].papers[0].topics[0]
    assert place.why[0] == "Text-To-Speech"
    assert len(place.why) == 5
    assert set(place.why) < set(topic.keywords)
    assert place.by == "rule"


def test_scores_fall() -> None:
    """Scores lie between 0 and 1, best first."""
    one = paper("Speech recognition with graph neural networks", abstract="A vocoder. ASR.")
    scores = [p.score for p in assign(catalog(one))[0].papers[0].topics]
    assert all(0 < score < 1 for score in scores)
    assert all(first >= second for first, second in pairwise(scores))


def test_no_evidence_is_unsorted() -> None:
    """A paper on something else is unsorted, and the topic stands at the end."""
    found, problems = assign(catalog(paper("Bread", slug="b"), paper("Vocoder", slug="v")))
    assert problems == ()
    assert [topic.slug for topic in found.topics] == [
        "speech",
        "voice",
        "spikes",
        "graphs",
        UNSORTED,
    ]
    assert [place.topic for place in found.by_slug["b"].topics] == [UNSORTED]
    assert found.by_slug["b"].topics[0].score == 0


def test_unsorted_only_where_it_has_papers() -> None:
    """Without unsorted papers there is no such topic."""
    found, _ = assign(catalog(paper("Vocoder")))
    assert found.topics == TOPICS


def test_without_topics_all_are_unsorted() -> None:
    """An empty list of topics leaves every paper unsorted."""
    found, problems = assign(catalog(paper("Vocoder"), topics=()))
    assert [place.topic for place in found.papers[0].topics] == [UNSORTED]
    assert problems == ()


def test_the_curator_wins() -> None:
    """Chosen topics come in the curator's order and replace what the words say."""
    one = paper("A vocoder", pinned=("Graphs", "SPEECH"))
    places = assign(catalog(one))[0].papers[0].topics
    assert [(p.topic, p.score, p.why, p.by) for p in places] == [
        ("graphs", 1.0, (CHOSEN,), "curator"),
        ("speech", 1.0, (CHOSEN,), "curator"),
    ]


def test_a_topic_is_chosen_by_name_too() -> None:
    """A topic's name and slug mean the same topic, once."""
    assert slugs(paper("A vocoder", pinned=("listening", "speech"))) == ["speech"]


def test_unknown_chosen_topic() -> None:
    """An unknown name is a warning at the paper's line, and the words decide."""
    found, problems = assign(catalog(paper("A vocoder", pinned=("spikse",))))
    assert [place.topic for place in found.papers[0].topics] == ["voice"]
    assert [(p.path, p.line, p.severity) for p in problems] == [
        ("digests/a.md", 14, Severity.WARNING)
    ]
    assert problems[0].message == "unknown topic 'spikse'"
    assert (
        problems[0].hint == "did you mean 'spikes'? topics.yml has: speech, voice, spikes, graphs"
    )


def test_a_name_alone_is_a_keyword() -> None:
    """A topic without keywords is found by its name and by the parts that `&` joins."""
    topic = (Topic("it", "Birds & bees", keywords=()),)
    assert slugs(paper("On bees"), topic) == ["it"]


def test_assigning_twice_changes_nothing() -> None:
    """The result depends on words only, not on topics given before."""
    once, _ = assign(catalog(paper("Vocoder", slug="v"), paper("Bread", slug="b")))
    assert assign(once)[0] == once


def test_order_of_papers_does_not_matter() -> None:
    """Each paper gets the same topics wherever it stands."""
    papers = [
        paper("Vocoder", slug="a"),
        paper("Graph of speech", slug="b"),
        paper("ASR", slug="c"),
    ]
    there, back = assign(catalog(*papers))[0], assign(catalog(*papers[::-1]))[0]
    assert {p.slug: p.topics for p in there.papers} == {p.slug: p.topics for p in back.papers}


def test_chosen_without_topics() -> None:
    """Where there are no topics the hint says so."""
    _, problems = assign(catalog(paper("A vocoder", pinned=("voice",)), topics=()))
    assert problems[0].hint == "there are no topics yet: list them in topics.yml"
