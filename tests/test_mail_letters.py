"""The letter: what a digest says, in HTML that mail programs show and in plain text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import mail, maths, templating
from generator.mail.letters import LARGEST, wrapped
from generator.models import UNSORTED, Catalog, Links
from generator.settings import Settings
from generator.text import line
from tests.factories import catalog, digest, paper, topic
from tests.hostile import STRINGS

SITE = "https://lab.example/papers/"
SETTINGS = Settings(site_name="Small papers", site_url=SITE, mail_imprint="1 Lab Lane")
ENVIRONMENT = templating.environment()
TEMPLATES = templating.folder()
LEAVE = "https://lab.example/leave?a=1&b=2"


def written(found: Catalog, settings: Settings = SETTINGS) -> mail.Letter:
    draft = mail.draft(found, found.digests[0], settings)
    return mail.letter(mail.fitted(draft, ENVIRONMENT), ENVIRONMENT, LEAVE)


def of(*papers: dict[str, Any], **more: Any) -> Catalog:
    """Return a catalogue of one digest with these papers."""
    found = digest(**more)
    made = [paper(f"p{n}", digests=[found], **facts) for n, facts in enumerate(papers)]
    return catalog(made, [found], [topic("vision", "Vision & sight", color=3), topic(UNSORTED)])


FULL: dict[str, Any] = {
    "title": r"Scaling to $\alpha \le x^2$ birds",
    "authors": ("Ada Example", "Bo Sample"),
    "published": "2024-05-06",
    "note": "First thought.\n\nSecond, with $O(n^2)$.",
    "arxiv": "2405.01234",
    "topics": ("vision",),
    "links": Links(code=("https://code.example/birds",)),
}


def test_both_parts_say_all_of_a_paper() -> None:
    """Title, authors, year, note, topics, page and sources, formulas in characters."""
    letter = written(of(FULL, title="Spring", intro="What we *read*.", curator="The group"))
    tree = LexborHTMLParser(letter.html)
    shown = line(tree.body.text()) if tree.body else ""
    for said in (
        *("Small papers", "Spring", "14 March 2025", "1 paper", "The group", "What we *read*."),
        *("Scaling to α ≤ x² birds", "Ada Example, Bo Sample", "2024", "First thought."),
        *("Second, with O(n²).", "Vision & sight", "1 Lab Lane"),
    ):
        assert said in shown
        assert said in letter.text
    addresses = {node.attributes["href"] for node in tree.css("a")}
    for address in (
        *(SITE, f"{SITE}digests/2025-03-14-weekly/", f"{SITE}papers/p0/", f"{SITE}feeds/"),
        *("https://arxiv.org/abs/2405.01234", "https://arxiv.org/pdf/2405.01234"),
        *("https://code.example/birds", LEAVE),
    ):
        assert address in addresses
        assert address in letter.text
    assert f"{SITE}topics/vision/" in addresses
    assert "$" not in shown + letter.text


def test_the_subject_names_the_day_once() -> None:
    """A title that names it stands alone; an undated digest has none."""
    assert written(of(FULL, title="Weekly")).subject == "Weekly · 14 March 2025"
    assert written(of(FULL, title="Digest of 14 March 2025")).subject == "Digest of 14 March 2025"
    assert written(of(FULL, title="Old ones", date=None)).subject == "Old ones"


def test_the_first_words_are_the_introduction_or_titles() -> None:
    """What stands beside the subject is hidden in the mail itself."""
    tree = LexborHTMLParser(written(of(FULL, intro="Read this first.")).html)
    first = tree.css_first(".first")
    assert first is not None
    assert first.text().startswith("Read this first.")
    assert "display: none" in (first.attributes["style"] or "")
    tree = LexborHTMLParser(written(of({"title": "One"}, {"title": "Two"})).html)
    assert (first := tree.css_first(".first")) is not None
    assert first.text().startswith("2 papers: One; Two")


def test_a_summary_stands_where_there_is_no_note() -> None:
    """Marked as such; with a note it is left out."""
    short = written(of({"tldr": "We count $n$ birds."}))
    assert "In short: We count n birds." in short.text
    assert "In short" in short.html
    assert "In short" not in written(of({**FULL, "tldr": "We count."})).text


def test_a_paper_of_which_only_the_title_is_known_is_shown() -> None:
    """Nothing is invented: no authors, no year, no links, no empty lines for them."""
    letter = written(of({"title": "Alone", "topics": (UNSORTED,)}))
    tree = LexborHTMLParser(letter.html)
    assert tree.css(".by, .note, .meta") == []
    assert "Alone\n\n    Page:   https://lab.example/papers/papers/p0/\n" in letter.text
    assert "nsorted" not in letter.html + letter.text


def test_three_thousand_authors_are_three() -> None:
    """As in lists of the site."""
    letter = written(of({"authors": tuple(f"A. Author{n}" for n in range(3000))}))
    assert "A. Author0, A. Author1, A. Author2, and others" in letter.text
    assert "Author3," not in letter.html


def check(text: str) -> None:
    """Check that `text` in every field is shown, and that no element comes of it."""
    facts = {"title": text, "authors": (text,), "note": text, "topics": ("vision",)}
    found = of(facts, title=text, intro=text, curator=text)
    letter = written(found, Settings(site_name=line(text) or "x", site_url=SITE, mail_imprint=text))
    tree = LexborHTMLParser(letter.html)
    plain = LexborHTMLParser(written(of({"title": "x", "authors": ("y",), "note": "z"})).html)
    assert {node.tag for node in tree.css("*")} <= {node.tag for node in plain.css("*")} | {"span"}
    for node in tree.css("*"):
        assert set(node.attributes) <= {
            *("class", "style", "dir", "href", "lang", "role", "aria-hidden", "colspan"),
            *("charset", "name", "content"),
        }
        assert (node.attributes.get("href") or SITE).startswith(("https://", "mailto:"))
    for selector in (".name", "h1", ".entry h2", ".by"):
        shown = tree.css_first(selector)
        assert shown is not None
        assert line(shown.text()) in {line(maths.plain(text)), line(text)}
    assert len(letter.subject.splitlines()) == 1


@pytest.mark.parametrize("text", STRINGS)
def test_any_text_is_shown_and_does_nothing(text: str) -> None:
    """In every field: the text is there as it was, and no element comes of it."""
    check(text)


def test_the_big_list_of_naughty_strings_is_shown_and_does_nothing(samples: Path) -> None:
    """The same for each of them that leaves a title once it is cleaned."""
    for text in json.loads((samples / "hostile" / "naughty-strings.json").read_text("utf-8")):
        if cleaned := line(text):
            check(cleaned)


def test_nothing_is_loaded_or_run() -> None:
    """No script, no picture, no font, no style sheet from anywhere."""
    html = written(of(FULL)).html
    tree = LexborHTMLParser(html)
    assert tree.css("script, img, link, iframe, svg, object, [src], [background], form") == []
    assert "url(" not in html
    assert "@import" not in html
    assert "@font-face" not in html


def test_styles_are_inlined_and_the_dark_ones_kept() -> None:
    """Mail programs without style sheets see the light look, the others both and a phone's."""
    html = written(of(FULL)).html
    tree = LexborHTMLParser(html)
    title = tree.css_first(".entry h2 a")
    assert title is not None
    assert "color: #15191d" in (title.attributes["style"] or "")
    (style,) = tree.css("style")
    kept = style.text()
    assert kept.count("@media") == 2
    assert "prefers-color-scheme: dark" in kept
    outside = re.sub(r"@media[^{]*\{(?:[^{}]|\{[^}]*\})*\}", "", kept)
    assert outside.strip() == ""
    # Without it an inlined style would win.
    rules = re.findall(r"[\w-]+: [^;{}]+;", kept)
    assert rules
    assert all("!important" in rule for rule in rules)


def test_every_class_of_the_dark_look_exists() -> None:
    """A rule for a class that the letter lost would leave dark on dark."""
    style = (TEMPLATES / "email/letter.css").read_text(encoding="utf-8").partition("*/")[2]
    page = (TEMPLATES / "email/letter.html.j2").read_text(encoding="utf-8")
    for name in set(re.findall(r"\.([a-z]+)\b(?=[^{}]*\{)", style)):
        assert re.search(rf'class="[^"]*\b{name}\b', page), name


def test_the_colours_are_those_of_the_site() -> None:
    """Each topic's ink by day and by night, and the papers, as in tokens.css."""
    tokens = (TEMPLATES / "theme/assets/tokens.css").read_text(encoding="utf-8")
    style = (TEMPLATES / "email/letter.css").read_text(encoding="utf-8")
    inks = re.findall(r'\[data-ink="(\d+)"\] \{[^}]*--day: (#\w+); --night: (#\w+)', tokens)
    assert len(inks) == 19
    for slot, day, night in inks:
        assert f".ink-{slot} {{ color: {day}; }}" in style
        assert f".ink-{slot} {{ color: {night} !important; }}" in style
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    for name in ("paper", "ink", "ink-2", "rule", "link"):
        found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", tokens)
        assert found
        assert found[1] in light
        assert found[2] in dark


def test_the_encoding_is_named_where_browsers_look() -> None:
    """Within the first 1024 bytes, and before any text."""
    assert b'<meta charset="utf-8">' in written(of(FULL)).html.encode()[:100]


@pytest.mark.parametrize("number", [1, 40, 400])
def test_a_mail_is_small_enough(number: int) -> None:
    """Mail programs cut off what is too long: the rest is named, or counted and linked."""
    papers = [{**FULL, "title": f"Paper {n} of many"} for n in range(number)]
    letter = written(of(*papers))
    assert len(letter.html.encode()) <= LARGEST
    tree = LexborHTMLParser(letter.html)
    shown = len(tree.css(".entry h2")) + len(tree.css(".brief.entry"))
    left = re.search(r"(\d+) more on the web", letter.html)
    assert shown + (int(left[1]) if left else 0) == number
    assert f"{number} papers" in letter.html or number == 1


def test_titles_without_end_leave_a_mail_small_enough() -> None:
    """Fewer of them are named then."""
    letter = written(of(*({"title": f"{n} " + "a" * 9000} for n in range(50))))
    assert len(letter.html.encode()) <= LARGEST
    assert "more on the web" in letter.html


def test_lines_of_the_text_are_short() -> None:
    """At most 72 columns, but for addresses and words without an end."""
    papers = [{**FULL, "note": "a few words " * 60, "title": "Many words in a title " * 9}]
    for row in written(of(*papers, intro="some words " * 50)).text.splitlines():
        assert len(row) <= 72 or "https://" in row
    assert wrapped("a" * 90) == "a" * 90


def test_a_template_of_the_collection_comes_first(tmp_path: Path) -> None:
    """Curators change the letter as they change pages."""
    (tmp_path / "email").mkdir()
    (tmp_path / "email/letter.txt.j2").write_text("Only {{ letter.title }} & <this>\n")
    found = of(FULL, title="Spring")
    environment = templating.environment(tmp_path)
    letter = mail.letter(mail.draft(found, found.digests[0], SETTINGS), environment)
    assert letter.text == "Only Spring & <this>\n"
    (tmp_path / "email/letter.txt.j2").write_text("\n{{ nothing }}\n")
    with pytest.raises(templating.TemplateFault) as fault:
        mail.letter(mail.draft(found, found.digests[0], SETTINGS), templating.environment(tmp_path))
    assert str(fault.value).startswith("templates/email/letter.txt.j2:2:")
