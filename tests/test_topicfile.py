"""topics.yml is read as the curator meant it, and each mistake has its line and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.models import Example, Source, Topic
from generator.problems import Problem, Severity, worst
from generator.topics import topicfile


def read(text: str) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    topics, problems = topicfile.read(Source("topics.yml", text.encode()))
    return topics or (), problems


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def test_a_name_is_enough() -> None:
    """A topic with a name only gets slug, code and colour."""
    topics, problems = read("topics:\n  - name: Speech synthesis\n")
    assert problems == ()
    assert topics == (
        Topic(slug="speech-synthesis", name="Speech synthesis", code="SS", color=1, line=2),
    )


def test_every_key_arrives() -> None:
    """All keys of a topic are read, white space in them repaired."""
    topics, problems = read(
        "topics:\n"
        "  - name: Sound\n"
        "  - slug: asr\n"
        "    name: Speech\n"
        "    scope: >-\n"
        "      Machines\n"
        "      that listen.\n"
        "    keywords: [ASR, speech  recognition, ASR]\n"
        "    not: music\n"
        "    parent: Sound\n"
        "    examples: ['2401.00001', Growing, trees]\n"
        "    code: SP\n"
        "    color: 7\n"
    )
    assert problems == ()
    assert topics[1] == Topic(
        slug="asr",
        name="Speech",
        scope="Machines that listen.",
        keywords=("ASR", "speech recognition"),
        without=("music",),
        parent="sound",
        examples=(Example("2401.00001", 11), Example("Growing", 11), Example("trees", 11)),
        code="SP",
        color=7,
        line=3,
    )
    assert topics[1].lines == {"ASR": 8, "speech recognition": 8, "music": 9}


def test_values_are_text() -> None:
    """What YAML would take for a number or a truth value stays as it is written."""
    topics, _ = read("topics:\n  - name: no\n    keywords: [2401.12340, yes, 1e3]\n")
    assert topics[0].name == "no"
    assert topics[0].keywords == ("2401.12340", "yes", "1e3")


def test_short_forms() -> None:
    """A bare list, a name without a key and keywords with commas are understood."""
    topics, problems = read("- Vision\n- name: Speech\n  keywords: ASR, speech\n")
    assert problems == ()
    assert [topic.name for topic in topics] == ["Vision", "Speech"]
    assert topics[1].keywords == ("ASR", "speech")


def test_colours_are_far_apart() -> None:
    """Eighteen topics have eighteen colours, neighbours five slots apart; then they repeat."""
    topics, _ = read("".join(f"- name: topic {letter}\n" for letter in "abcdefghijklmnopqrs"))
    colors = [topic.color for topic in topics]
    assert sorted(colors[:18]) == list(range(1, 19))
    assert colors[:4] == [1, 6, 11, 16]
    assert colors[18] == colors[0]


def test_codes_differ() -> None:
    """A code that is taken makes way for the next letter; the curator's own come first."""
    topics, _ = read("- Speech synthesis\n- Sound studies\n- {name: Sea salt, code: SO}\n")
    assert [topic.code for topic in topics] == ["SS", "ST", "SO"]


def test_the_curators_code_stays() -> None:
    """A code that the curator gave is not handed out, even to an earlier topic."""
    topics, _ = read("- Speech synthesis\n- {name: Sea salt, code: SS}\n")
    assert [topic.code for topic in topics] == ["SY", "SS"]


def test_no_file() -> None:
    """A missing topics.yml is a note with a hint, not an error."""
    topics, problems = topicfile.read(None)
    problem = only(problems)
    assert topics is None
    assert (problem.severity, problem.message) == (Severity.NOTE, "no topics.yml")
    assert "offprint topics suggest" in problem.hint


@pytest.mark.parametrize("text", ["", "# later\n", "topics:\n"])
def test_an_empty_file(text: str) -> None:
    """A file that says nothing is a note, as if there were none; an empty list is a choice."""
    topics, problems = topicfile.read(Source("topics.yml", text.encode()))
    assert topics is None
    assert only(problems).severity == Severity.NOTE
    assert topicfile.read(Source("topics.yml", b"topics: []\n")) == ((), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("topics:\n  - name: a\n   keywords: [b\n", 3),
        ("topics:\n  - name: a: b\n", 2),
        ("topics: *nothing\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
    ],
)
def test_broken_yaml(text: str, line: int) -> None:
    """YAML that cannot be parsed is an error at its line."""
    topics, problems = read(text)
    problem = only(problems)
    assert topics == ()
    assert (problem.line, problem.severity) == (line, Severity.ERROR)
    assert problem.message.startswith("topics.yml cannot be read")


@pytest.mark.parametrize("data", [b"topics:\n- name: \xff\n", b"[" * 20_000])
def test_unreadable_bytes(data: bytes) -> None:
    """Bytes that are no UTF-8, or nested without end, are an error."""
    topics, problems = topicfile.read(Source("topics.yml", data))
    assert topics == ()
    assert only(problems).severity == Severity.ERROR


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("just words\n", 1, "topics.yml holds no list of topics"),
        ("topics: 3\n", 1, "'topics:' is not a list"),
        ("topics:\n  - [a]\n", 2, "a topic must be a name or a set of keys"),
        ("topics:\n  - slug: a\n", 2, "a topic without a name"),
        ("topics:\n  - slug: a\n    name:\n", 3, "a topic without a name"),
        ("- name: [a]\n", 1, "'name' is not a text"),
        ("- name: a\n  scope: [b]\n", 2, "'scope' is not a text"),
        ("- name: a\n  keywords: {b: c}\n", 2, "'keywords' is not a list"),
        ("- name: a\n  not:\n  - b\n  - [c]\n", 4, "'not' holds something that is not a text"),
        ("- name: a\n  name: b\n", 2, "'name' is given twice"),
        ("- name: a\n  color: 19\n", 2, "color '19' is no slot"),
        ("- name: a\n  color: red\n", 2, "color 'red' is no slot"),
        ("- name: '???'\n", 1, "no address can be made of the name '???'"),
        ("- name: Unsorted\n", 1, "reserved slug 'unsorted'"),
        ("- name: a\n  slug: page\n", 2, "reserved slug 'page'"),
        ("- name: Vision\n- name: vision\n", 2, "duplicate slug 'vision'"),
        ("- name: a\n- name: b\n  parent: c\n", 3, "unknown parent 'c'"),
        ("- name: a\n  parent: a\n", 2, "unknown parent 'a'"),
    ],
)
def test_errors(text: str, line: int, message: str) -> None:
    """Each mistake is one error that names its line and has a hint."""
    problem = only(read(text)[1])
    assert (problem.line, problem.severity, problem.message) == (line, Severity.ERROR, message)
    assert problem.hint


def test_parents_in_a_circle() -> None:
    """Topics that are their own grandparents are errors, not an endless walk."""
    _, problems = read("- {name: a, parent: b}\n- {name: b, parent: a}\n- {name: c, parent: a}\n")
    assert [problem.message for problem in problems] == [
        "'a' is its own parent",
        "'b' is its own parent",
    ]


def test_unknown_key() -> None:
    """A misspelt key is a warning that asks what was meant; the topic is kept."""
    topics, problems = read("- name: a\n  keyword: [b]\n")
    problem = only(problems)
    assert len(topics) == 1
    assert (problem.line, problem.severity) == (2, Severity.WARNING)
    assert problem.message == "unknown key 'keyword'"
    assert problem.hint.startswith("did you mean 'keywords'?")


def test_slug_is_made_clean() -> None:
    """A slug that is no address is cleaned, with a warning."""
    topics, problems = read("- name: a\n  slug: Big Topic\n")
    assert topics[0].slug == "big-topic"
    assert only(problems).severity == Severity.WARNING


def test_unknown_parent_is_guessed() -> None:
    """The hint names the nearest topic and all that there are."""
    _, problems = read("- name: Vision\n- name: Speech\n  parent: vison\n")
    assert only(problems).hint == "did you mean 'vision'? topics.yml has: vision"


def test_bundled_topics() -> None:
    """The repository's own topics.yml has no problem, and no two marks alike."""
    data = (Path(__file__).parents[1] / "topics.yml").read_bytes()
    topics, problems = topicfile.read(Source("topics.yml", data))
    assert worst(problems) is None
    assert len({topic.code for topic in topics}) == len(topics)
    assert len({topic.color for topic in topics}) == len(topics)
    assert all(topic.scope and len(topic.keywords) >= 25 for topic in topics)


def test_one_example_may_hold_commas() -> None:
    """A single title is one example, not a list."""
    topics, problems = read("topics:\n  - name: A\n    examples: Red, green and blue\n")
    assert problems == ()
    assert topics[0].examples == (Example("Red, green and blue", 3),)


def test_examples_that_are_no_list() -> None:
    """A mapping is an error at its line."""
    problem = only(read("topics:\n  - name: A\n    examples: {a: b}\n")[1])
    assert (problem.line, problem.severity) == (3, Severity.ERROR)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "  - name: A\n    keywords:\n      - trees\n    not: [Tree]\n",
            5,
            "'Tree' speaks for the topic 'A' and against it",
        ),
        ("  - name: A\n    keywords: [trees, '+++']\n", 3, "'+++' has no letter and no digit"),
        (
            f"  - name: A\n    keywords: ['{'tree ' * 30}']\n",
            3,
            f"a keyword of 149 characters: '{'tree ' * 11}tree…'",
        ),
        (
            "  - name: A\n  - name: a\n    slug: b\n",
            3,
            "two topics have the name 'a'",
        ),
    ],
)
def test_words_that_can_say_nothing(text: str, line: int, message: str) -> None:
    """A keyword or a name that cannot do its work is a warning at its line."""
    topics, problems = read(f"topics:\n{text}")
    problem = only(problems)
    assert topics
    assert (problem.line, problem.severity, problem.message) == (line, Severity.WARNING, message)


def test_a_keyword_of_two_topics_is_allowed() -> None:
    """It speaks for both."""
    text = "topics:\n  - name: A\n    keywords: [tree]\n  - name: B\n    keywords: [tree]\n"
    assert read(text)[1] == ()
