"""The search of the page and the search of the terminal are one: same papers, same scores."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator import words
from generator.models import Assignment, Catalog, Facts, Paper, Topic
from generator.search import SMALL, files
from generator.search.finding import Answer, find

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).resolve().parents[2] / "templates" / "theme" / "assets"

SUBJECTS = (
    *("streaming speech recognition", "replay of experience", "key-value caches"),
    *("survey of arrays", "state-of-the-art decoding", "end-to-end training", "naïve Bayes"),
    *("Große Sprachmodelle", "Łukasz’s attention", "言語モデルの評価", "大语言模型"),
    *("GPT-4 and GPT-3.5", "RNN-T on device", "multi-modal retrieval", "multimodal retrieval"),
    *("quantum annealing", "spiking neurons", "sparse autoencoders", "protein folding"),
    *("optimization by optimizers", "Обучение без учителя", "ελληνικός λόγος", "حروف عربية"),
    *("한국어 음성", "constructor of toString", "hasOwnProperty and __proto__"),
    *("sky, fly and try", "layered displays", "½ of the x² tokens", "𝔸ffine maps"),
)

QUERIES = (
    *(
        "streaming",
        "streaming speech",
        "speech -recognition",
        "stream",
        "strea",
        "s",
        "RNN-T",
        "rnnt",
    ),
    *("multimodal", "multi-modal", "multi modal", "end-to-end", "end to end", "state-of-the-art"),
    *(
        "naive bayes",
        "NAÏVE BAYES",
        "grosse",
        "Große ",
        "Lukasz",
        "łukasz's",
        "gpt-4",
        "gpt4",
        "3.5",
    ),
    *("言語モデル", "言", "語モ", "语言模型", "обучение", "ΛΌΓΟΣ", "한국", "عربية", "½", "𝔸ffine"),
    *("replay", "replays", "survey", "surveyed", "array", "tries", "sky", "flying", "display"),
    *(
        "optimizatio",
        "optimi",
        "recog",
        "quantum zzzz spiking",
        "zzzz",
        "the of and",
        "-speech",
        "-",
    ),
    *("2503.10007", "arXiv:2503.10007v3", "https://arxiv.org/pdf/2503.10007v2.pdf", "math/0211159"),
    *("constructor", "__proto__", "hasOwnProperty", "toString valueOf", "Survey of arrays: part 7"),
    *(
        '+a -b :c *d ~2 ^3 "e \\f',
        '"streaming speech"',
        "*",
        "speech^10",
        "title:speech",
        "sp*ch~1",
    ),
    *(
        "speech  \t recognition ",
        "a" * 3000,
        "-" * 50,
        "speech " * 60,
        "\x00\ud800",
        "--speech key",
    ),
    "one long query of many words about streaming speech recognition with protein folding in it",
    *(
        '"streaming speech"',
        "“streaming SPEECH” protein",
        '"state of the art"',
        '"art of the state"',
    ),
    *(
        'speech -"streaming speech"',
        '-"streaming speech"',
        '"speech',
        '""',
        '"the of"',
        '-"',
        '"言語モデル"',
    ),
    *(
        '"ana šimić"',
        '"protein folding" and further words beside these quotes here now, more words yet again',
    ),
    *("KVC", "kvc -quantum", "key value caches", "key-value caches", "a survey of KVCs"),
    *("strem recognition", "protien foldng", "quantm zzzz", "обучениие", "recogntion of spech"),
    *("key boards", "multi modal models", "training end to end training end", "sparse autoen"),
    *("speech 2503.10007", "2503.1", "2503.10007v9 -speech", "arxiv.org/abs/math/0211159v1"),
    *("🙂 speech", "speech\u202e", "שלום speech", "\x07speech", "speech " * 300, "“" * 400),
    *("stroxe ", "key-board-s", "strobe light"),
    *("Who is it for", "who is it", "Speech", "quantum annealing: part", "part 7"),
)


def collection(count: int = 300) -> Catalog:
    """Return papers whose texts mix all subjects, the same ones at every call."""
    chance = random.Random(7)
    topics = tuple(Topic(f"topic-{n}", name, color=n) for n, name in enumerate(SUBJECTS[:6], 1))
    papers = []
    for number in range(count):
        subject = SUBJECTS[number % len(SUBJECTS)]
        facts = Facts(
            title=f"{subject[0].upper()}{subject[1:]}: part {number}",
            authors=(f"Ana Č. {chance.choice(('Šimić', 'Ngũgĩ', 'O’Neil'))}",),
            abstract=" ".join(chance.choices(" ".join(SUBJECTS).split(), k=40)),
            note=chance.choice((None, chance.choice(SUBJECTS))),
            arxiv="math/0211159" if number == 3 else f"2503.{10000 + number}",
            published="2025-03",
        )
        topic = Assignment(chance.choice(topics).slug, 0.5, (), "rule")
        papers.append(Paper(f"paper-{number}", facts, (), topics=(topic,)))
    papers.append(Paper("stop-words", Facts("Who is it for?"), (), topics=()))
    spelt = "A key-value cache (KVC) for multimodal keyboards."
    papers.append(Paper("spelt-out", Facts("Caches", abstract=spelt), (), topics=()))
    for number, light in enumerate(("strobes, stroke", "stroke", "strobe stroke")):
        papers.append(Paper(f"light-{number}", Facts("Lights", abstract=light), (), topics=()))
    papers.append(Paper("short", Facts("KVC eviction", note="Keys."), (), topics=()))
    return Catalog(tuple(papers), (), topics)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return collection()


@pytest.fixture(scope="module", params=[SMALL, 5], ids=["whole", "parted"])
def site(
    catalog: Catalog, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """Return a folder with the index and an empty page that loads what search needs."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "search").mkdir()
    for file in files(catalog, small=request.param):
        (folder / file.path).write_bytes(file.content)
    for script in ASSETS.glob("search-*.js"):
        (folder / script.name).write_bytes(script.read_bytes())
    (folder / "index.html").write_text(
        '<!doctype html><title>Bench</title><script src="search/lunr.js"></script>',
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def bench(site: Path, browser: Browser, serve: Callable[..., str]) -> Iterator[Page]:
    """Return a page on which `core` and `words` are modules and `shelf` the opened index."""
    page = browser.new_page()
    page.goto(serve(site))
    page.evaluate(
        """async () => {
            window.core = await import("./search-core.js");
            window.words = await import("./search-words.js");
            window.load = async (name) => (await fetch(`search/${name}`)).json();
            window.shelf = await core.open(lunr, load);
        }"""
    )
    yield page
    page.close()


def here(site: Path, query: str) -> Answer:
    """Return what the terminal answers, all of it."""
    return find(cache(lambda name: (site / "search" / name).read_bytes()), query, sys.maxsize)


def there(page: Page, query: str) -> Any:
    """Return what the page answers: slugs and scores, and what it says about words."""
    return page.evaluate(
        """async (text) => {
            const { hits, complete, guesses, missing } = await core.search(shelf, text);
            const papers = await core.papers(shelf, hits.map(({ number }) => number));
            return {
                slugs: papers.map(({ slug }) => slug),
                scores: hits.map(({ score }) => score),
                complete,
                guesses: guesses.map(({ typed, shown }) => [typed, shown]),
                missing,
            };
        }""",
        query,
    )


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: ascii(query[:40]))
def test_both_find_the_same_papers_with_the_same_scores(
    bench: Page, site: Path, query: str
) -> None:
    """The page gives the slugs of the terminal in the same order, scores equal to 1e-9.

    They also agree on how many papers have all words, which words none has, and the guesses.
    """
    own, other = here(site, query), there(bench, query)
    assert other["slugs"] == [hit.slug for hit in own.hits]
    assert other["scores"] == pytest.approx([hit.score for hit in own.hits], abs=1e-9)
    assert other["complete"] == own.complete
    assert other["guesses"] == [list(guess) for guess in own.guesses]
    assert other["missing"] == list(own.missing)


def test_most_queries_of_the_comparison_find_something(site: Path) -> None:
    """Two empty answers agree too: five of six queries find papers."""
    found = sum(bool(here(site, query).hits) for query in QUERIES)
    assert found >= 5 / 6 * len(QUERIES)


def test_lunr_in_the_browser_loads_each_index(bench: Page, site: Path) -> None:
    """The form is lunr's: its own loader takes the index, or each part of it."""
    names = sorted(file.name for file in (site / "search").glob("index*.json"))
    terms = bench.evaluate(
        """async (names) => {
            const files = await Promise.all(names.map(load));
            return files.map((file) => Object.keys(lunr.Index.load(file).invertedIndex).length);
        }""",
        names,
    )
    assert sum(terms) > 100


def test_every_character_folds_alike(bench: Page) -> None:
    """Each character that both know becomes the same words in both."""
    chars = [
        char
        for char in map(chr, range(0x20, 0x32000))
        if unicodedata.category(char) not in {"Cn", "Cs", "Co"}
    ]
    there = bench.evaluate("chars => chars.map((char) => words.key(`a${char}b ${char}`))", chars)
    different = [
        (hex(ord(char)), theirs)
        for char, theirs in zip(chars, there, strict=True)
        if words.key(f"a{char}b {char}") != theirs
    ]
    assert different == []


def test_every_stem_and_stop_word_is_alike(bench: Page) -> None:
    """lunr.js and the Python side take the same endings off and skip the same words."""
    chance = random.Random(11)
    endings = (
        "s es ies ed eed ied ing y ying yed ly ization ator ement ness ful ance ible e ll sses"
    )
    made = [
        "".join(chance.choices("aeiouybcdlnstzrgm", k=chance.randint(0, 6))) + ending
        for ending in endings.split()
        for _ in range(400)
    ]
    known = [*made, *words.STOP_WORDS, *" ".join(SUBJECTS).lower().split()]
    there = bench.evaluate("list => list.map((word) => words.stem(lunr, word))", known)
    assert dict(zip(known, there, strict=True)) == {word: words.stem(word) for word in known}
    skipped = bench.evaluate(
        "words => words.filter((word) => !lunr.stopWordFilter(new lunr.Token(word)))", known
    )
    assert set(skipped) == words.STOP_WORDS


def test_marks_cover_what_was_found(bench: Page) -> None:
    """Inflected, accented, joined and CJK words of the query are marked as they are written."""
    mark = """async ([query, text]) => {
        const { marker } = await import("./search-marks.js");
        const { asked } = await core.search(shelf, query);
        const pieces = marker(shelf, asked)(text);
        return pieces.map(({text, hit}) => hit ? `[${text}]` : text).join("");
    }"""
    cases = {
        ("stream", "A Streaming model streams"): "A [Streaming] model [streams]",
        ("grosse modelle", "Große Modelle"): "[Große] [Modelle]",
        ("rnnt decoding", "An RNN-T, decoded."): "An [RNN-T], [decoded].",
        ("語モデル ", "GPT言語モデル評価"): "GPT言[語モデル]評価",
        ("th", "The theory"): "The [theory]",
        ("the <b>", "The <b>bold</b>"): "The <[b]>bold</[b]>",
        ("-speech streaming", "speech and streaming"): "speech and [streaming]",
        (
            '"streaming speech"',
            "Streaming, then streaming speech",
        ): "Streaming, then [streaming speech]",
        ('"state of the art"', "The state-of-the-art, a state"): "The [state-of-the-art], a state",
        ("KVC", "The KVC is a key-value cache of keys"): "The [KVC] is a [key-value cache] of keys",
        ("key value cache", "KVC and values"): "[KVC] and [values]",
        ("multi modal", "Multimodal, multi-modal"): "[Multimodal], [multi-modal]",
        ("streming ", "A stream"): "A [stream]",
    }
    assert {case: bench.evaluate(mark, list(case)) for case in cases} == cases
