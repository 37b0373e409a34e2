"""Papers get the topics that their words point to, and the reason can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from generator.models import UNSORTED, Assignment, Catalog, Example, Facts, Mention, Paper, Topic
from generator.problems import Severity
from generator.topics import CHOSEN, assign, rank

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
        paper(f"{title} {n}", slug=f"{title}-{n}".lower(), abstract=f"Heard {n} of {other}.")
        for n in range(9)
        for title, other in (("Vocoder", "tone"), ("Graph of speech", "edges"), ("ASR", "tone"))
    ]
    there, back = assign(catalog(*papers))[0], assign(catalog(*papers[::-1]))[0]
    assert {p.slug: p.topics for p in there.papers} == {p.slug: p.topics for p in back.papers}
    assert rank(catalog(*papers)) == rank(catalog(*papers[::-1]))


def test_chosen_without_topics() -> None:
    """Where there are no topics the hint says so."""
    _, problems = assign(catalog(paper("A vocoder", pinned=("voice",)), topics=()))
    assert problems[0].hint == "there are no topics yet: list them in topics.yml"


HEARD = "Microphones, transcripts and hours of talk."
LINKED = "Nodes, edges and their neighbours."


def heard(number: int, title: str = "Speech recognition", **facts: object) -> Paper:
    return paper(f"{title} {number}", slug=f"heard-{number}", abstract=HEARD, **facts)


def linked(number: int, title: str = "Graph") -> Paper:
    return paper(f"{title} {number}", slug=f"linked-{number}", abstract=LINKED)


def collection(*papers: Paper) -> Catalog:
    many = [*(heard(n) for n in range(20)), *(linked(n) for n in range(20))]
    return assign(catalog(*many, *papers))[0]


def test_the_collection_teaches() -> None:
    """A word in passing decides nothing where all others go along with another topic."""
    text = f"Drawn once as a graph. Beside a vocoder. {HEARD}"
    assert assign(catalog(paper("On talk", abstract=text)))[0].papers[0].topics[0].topic != "speech"
    found = collection(paper("On the speech of all", slug="new", abstract=text)).by_slug["new"]
    assert found.topics[0].topic == "speech"


def test_learned_words_are_told_as_written() -> None:
    """Beside few keywords the paper's own words are reasons, after them and in full."""
    found = collection(paper("Speech at home", slug="new", abstract=HEARD)).by_slug["new"]
    keyword, *learned = found.topics[0].why
    assert keyword == "speech"
    assert learned
    assert set(learned) <= {"Microphones", "transcripts", "hours", "talk"}


def test_learned_words_alone_place_nothing() -> None:
    """A paper without any keyword stays unsorted, whatever its other words say."""
    found = collection(paper("Bread and butter", slug="bread", abstract=HEARD)).by_slug["bread"]
    assert [place.topic for place in found.topics] == [UNSORTED]


def test_single_words_of_keywords_place_no_stranger() -> None:
    """Of a topic with many words some stand in any text: its papers must be alike, too."""
    words = ("weather forecast", "ocean current", "solar wind", "river bed", "storm", "tide table")
    topic = (Topic("it", "Storms", keywords=words),)
    known = [
        paper(f"Storm {n}", slug=f"s{n}", abstract="Pressure falls, gales rise and rain comes.")
        for n in range(20)
    ]
    text = "Knead the dough by the table, bake, rest. A current of wind and a bed of flour."
    strangers = [
        paper(f"Bread, table and weather {n}", slug=f"b{n}", abstract=f"{text} Solar oven.")
        for n in range(20)
    ]
    found = assign(catalog(*known, *strangers, topics=topic))[0]
    assert {p.slug for p in found.in_topic["it"]} == {p.slug for p in known}


def test_ranking_has_all_topics() -> None:
    """Each topic stands once in a paper's ranking, best first, also those that it is not in."""
    ranking = rank(catalog(paper("Speech recognition and a vocoder")))["p"]
    assert [one.topic for one in ranking][:2] == ["speech", "voice"]
    assert {one.topic for one in ranking} == {topic.slug for topic in TOPICS}
    assert all(first.points >= second.points for first, second in pairwise(ranking))
    assert [one.proved for one in ranking] == [True, True, False, False]


def test_rank_of_nothing() -> None:
    """Without papers, or without topics, there is nothing to rank."""
    assert rank(catalog()) == {}
    assert rank(catalog(paper("Speech"), topics=())) == {"p": ()}
    assert assign(catalog())[0].papers == ()


def test_an_example_teaches_its_neighbours() -> None:
    """A paper much like an example moves to its topic; one that is not stays."""
    odd = "Whistled messages cross a valley from hill to hill."
    papers = [
        paper("A vocoder of whistles", slug="typical", abstract=odd),
        paper("A voice of whistles", slug="alike", abstract=odd),
        paper("A voice for trains", slug="other", abstract="Stations call out the next stop."),
        *(heard(n) for n in range(9)),
    ]
    taught = Topic("graphs", "Graphs", keywords=("graph",), examples=(Example("typical"),))
    before = assign(catalog(*papers))[0]
    after = assign(catalog(*papers, topics=(SPEECH, VOICE, taught)))[0]

    def points(of: tuple[Topic, ...], slug: str) -> float:
        ranking = rank(catalog(*papers, topics=of))[slug]
        return next(one.points for one in ranking if one.topic == "graphs")

    plain = (SPEECH, VOICE, Topic("graphs", "Graphs", keywords=("graph",)))
    with_example = (SPEECH, VOICE, taught)
    gain = points(with_example, "alike") - points(plain, "alike")
    assert gain > 20
    assert abs(points(with_example, "other") - points(plain, "other")) < gain / 10
    assert after.by_slug["other"].topics[0].topic == before.by_slug["other"].topics[0].topic
    assert "graphs" in [place.topic for place in after.by_slug["alike"].topics]


def test_an_example_is_not_pinned() -> None:
    """The words of an example decide on itself."""
    topic = Topic("graphs", "Graphs", keywords=("graph",), examples=(Example("p"),))
    assert slugs(paper("A vocoder"), (VOICE, topic)) == ["voice"]


def test_a_pinned_paper_teaches_as_an_example_does() -> None:
    """Both say the same of the other papers."""
    others = [heard(n) for n in range(9)] + [paper("A voice of whistles", slug="alike")]
    pinned = catalog(paper("Whistles", slug="typical", pinned=("graphs",)), *others)
    example = Topic("graphs", GRAPHS.name, keywords=GRAPHS.keywords, examples=(Example("typical"),))
    named = catalog(paper("Whistles", slug="typical"), *others, topics=(*TOPICS[:3], example))
    assert rank(pinned)["alike"] == rank(named)["alike"]


def test_a_parent_lists_the_papers_of_its_parts() -> None:
    """After its own topics a paper is listed in their parents, with the reason."""
    sound = Topic("sound", "Sound", keywords=("audio",))
    speech = Topic("speech", "Speech", keywords=("speech",), parent="sound")
    small = Topic("small", "Small speech", keywords=("wake word",), parent="speech")
    found = assign(catalog(paper("A wake word"), topics=(sound, speech, small)))[0]
    first, *above = found.papers[0].topics
    assert first.topic == "small"
    assert [(one.topic, one.why, one.by) for one in above] == [
        ("speech", ("in Small speech",), "rule"),
        ("sound", ("in Small speech",), "rule"),
    ]
    assert [p.slug for p in found.in_topic["sound"]] == ["p"]


def test_a_parent_that_has_its_own_reason_keeps_it() -> None:
    """A paper on both is listed once in each."""
    sound = Topic("sound", "Sound", keywords=("audio",))
    speech = Topic("speech", "Speech", keywords=("speech",), parent="sound")
    found = assign(catalog(paper("Speech and audio"), topics=(sound, speech)))[0]
    assert {one.topic: one.why[0] for one in found.papers[0].topics} == {
        "sound": "audio",
        "speech": "speech",
    }


def test_a_chosen_part_is_listed_in_its_parent() -> None:
    """The curator's own topics have their parents too."""
    speech = Topic("speech", "Speech", keywords=("speech",), parent="voice")
    found = assign(catalog(paper("Bread", pinned=("speech",)), topics=(speech, VOICE)))[0]
    assert found.papers[0].topics[1] == Assignment("voice", 1.0, ("in Speech",), "curator")


def test_the_scope_lends_weight_but_proves_nothing() -> None:
    """Words of a scope alone place no paper; beside a keyword they help."""
    scope = "Talk at the kitchen table, in cars and on mountains."
    topic = Topic("it", "Listening", scope=scope, keywords=("speech",))
    text = "Talk at the kitchen table."
    assert slugs(paper("Of cars and mountains", abstract=text), (topic, VOICE)) == [UNSORTED]

    def points(of: Topic) -> float:
        ranking = rank(catalog(paper("Speech", abstract=text), topics=(of, VOICE)))["p"]
        return next(one.points for one in ranking if one.topic == "it")

    assert points(topic) > points(Topic("it", "Listening", keywords=("speech",)))


@pytest.mark.parametrize(
    "facts",
    [
        {"abstract": ""},
        {"abstract": "x" * 10_000},
        {"abstract": "speech " * 5_000},
        {"abstract": "大規模言語モデルの評価 🙂 ‮ \u0000 <script>"},
        {"title": ""},
    ],
)
def test_odd_texts_are_sorted_too(facts: dict[str, str]) -> None:
    """Whatever a paper holds, it has a topic and a score from 0 to 1."""
    title = facts.pop("title", "Speech")
    twins = [paper(title, slug=f"p{n}", **facts) for n in range(2)]
    found = assign(catalog(*twins, *(heard(n) for n in range(3))))[0]
    assert all(0 <= one.score <= 1 for p in found.papers for one in p.topics)
    assert found.by_slug["p0"].topics == found.by_slug["p1"].topics
