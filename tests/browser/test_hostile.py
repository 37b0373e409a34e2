"""Digest text is hostile until escaped: nothing of it runs, and all of it is shown as written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import feedparser
import pytest
from forms import ALONE, FORMS, plain_heading
from hostile import STRINGS
from playwright.sync_api import Page, expect

from generator import maths
from generator.text import line, readable

CONFIG = """\
site_name: {name}
site_url: http://127.0.0.1:8000/
theme: {{name: material, font: false}}
plugins:
  - offprint: {{feed_id: "tag:hostile.example,2025:x"}}
validation: {{anchors: warn, absolute_links: warn, unrecognized_links: warn}}
"""
FORMULAS = {
    r"$O(n_1)$ and \(x^2\) and \[y\] and $z$": (
        "O(n1) and x2 and y and z",
        "O(n₁) and x² and y and z",
    )
}
"""Titles with formulas: the letters of the typeset heading, and what the browser's tab says."""
DANGEROUS = """() => {
const isData = element => element.type === 'application/ld+json'
    && element.parentElement === document.head && JSON.parse(element.text)['@context'];
return [...document.querySelectorAll('*')].filter(element =>
    ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'MARQUEE', 'APPLET'].includes(element.tagName)
    || (element.tagName === 'SCRIPT' && !element.src && !isData(element))
    || [...element.attributes].some(a => a.name.startsWith('on') || a.name === 'style'
        || (['href', 'src', 'action'].includes(a.name)
            && /^\\s*(javascript|data|vbscript):/i.test(a.value)))
).map(element => element.outerHTML.slice(0, 200));
}"""


def collection(root: Path, strings: Iterable[str], forms: Iterable[str]) -> dict[str, str]:
    """Build a site at `root` with each string as title, note, abstract, author, topic and more.

    Return the slug of each paper with the title that its page must show.
    """
    titles = [text for text in dict.fromkeys(map(line, strings)) if plain_heading(text)]
    quoted = json.dumps(titles[0])
    (root / "digests").mkdir(parents=True)
    for form in forms:
        name, write = FORMS[form]
        for number, group in enumerate(
            [[title] for title in titles] if form in ALONE else [titles]
        ):
            path = root / "digests" / (f"alone/{number}-{name}" if form in ALONE else name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(write(group), encoding="utf-8")
    topics = [
        {"name": f"{title} {n}", "keywords": [f"w{n}"]} for n, title in enumerate(titles[:30])
    ]
    topics[0]["keywords"] = ["note", "abstract"]
    (root / "topics.yml").write_text(json.dumps({"topics": topics}), encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG.format(name=quoted), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "build", "-C", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # Some strings are no title in some form: an error that names them, and the rest is built.
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    rows = (root / "site" / "data" / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    shown = {row["slug"]: readable(row["title"]) for row in map(json.loads, rows)}
    # Some forms give a title another look, and those that differ in signs alone may be one paper.
    assert len({row["title"] for row in map(json.loads, rows)} & set(titles)) > 0.8 * len(titles)
    return shown


def inspect(page: Page, address: str) -> None:
    """Open the page and fail where anything of the text became an element or ran."""
    page.goto(address, wait_until="domcontentloaded")
    assert page.evaluate(DANGEROUS) == [], address


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return the site of the made-up strings and the title of each paper."""
    root = tmp_path_factory.mktemp("hostile")
    shown = collection(root, STRINGS, FORMS)
    return root / "site", shown


def test_every_kind_of_page_shows_hostile_text_as_written(page: Page, made_up, serve):
    """Made-up hostile strings stay text on all pages: papers, topics, digests, home, feeds."""
    site, shown = made_up
    home = serve(site)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    for file in sorted(site.rglob("*.html")):
        uri = file.relative_to(site).as_posix().removesuffix("index.html")
        inspect(page, home + uri)
        if uri.startswith("papers/"):
            title = shown[uri.split("/")[1]]
            heading, tab = FORMULAS.get(title, (title, title))
            assert page.locator("h1").text_content() == heading
            assert page.title().startswith(tab)


def test_search_shows_hostile_text_as_written(page: Page, made_up, serve):
    """Results that hold hostile titles and notes are text too, highlighted words included."""
    site, shown = made_up
    home = serve(site)
    for query in ("script alert", "note", "<b>bold</b>", "{{ config }}", '" onload=', "\\", "言語"):
        page.goto(home + "search/")
        page.locator("[data-search-form] input[name=q]").fill(query)
        expect(page.locator("[data-search-status]")).to_have_text(re.compile(r"\w{3}"))
        assert page.evaluate(DANGEROUS) == [], query
    page.goto(home + "search/?q=note")
    page.wait_for_selector("[data-search-results] .op-entry__title a")
    titles = page.locator("[data-search-results] .op-entry__title a").all_text_contents()
    assert titles
    # Formulas are said in signs; all else is as it was written.
    assert set(titles) <= set(map(maths.plain, shown.values()))


def test_feeds_carry_hostile_text_unchanged(made_up):
    """Each feed is well-formed and its titles read as written after parsing back."""
    site, shown = made_up
    for feed in [site / "feeds/all.atom", *sorted((site / "feeds/topics").glob("*.atom"))]:
        parsed = feedparser.parse(feed.read_bytes(), sanitize_html=False)
        assert not parsed.bozo, feed
        for entry in parsed.entries:
            assert entry.title_detail.type == "text/plain"
            # Formulas are said in signs; all else is as it was written.
            assert entry.title == maths.plain(shown[entry.link.rstrip("/").rpartition("/")[2]])


def test_the_big_list_of_naughty_strings_runs_nothing(page: Page, samples: Path, tmp_path, serve):
    """The strings of the public list as titles, notes and abstracts run nothing and stay text."""
    strings = json.loads((samples / "hostile" / "naughty-strings.json").read_text("utf-8"))
    texts = [text for text in strings if line(text) and not line(text).startswith("#")]
    assert len(texts) > 400
    shown = collection(tmp_path, texts, ["curated", "hf-page"])
    home = serve(tmp_path / "site")
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    for uri in ("", "topics/", "digests/", "feeds/", "search/?q=script+alert"):
        inspect(page, home + uri)
    for folder in ("digests", "topics"):
        for file in sorted((tmp_path / "site" / folder).rglob("index.html")):
            inspect(page, home + file.relative_to(tmp_path / "site").as_posix())
    for slug, title in shown.items():
        inspect(page, f"{home}papers/{slug}/")
        assert page.locator("h1").text_content() == title
