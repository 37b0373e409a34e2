"""Saved papers, notes, read and new marks in a browser: kept there, whole, and nowhere else."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from hostile import STRINGS
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator import maths, readers
from generator.models import Source

CONFIG = """\
site_name: Kitchen papers
site_url: https://lab.example/repo/
theme: {name: material, font: false}
plugins:
  - offprint: {feed_id: "tag:kitchen.example,2026:x"}
"""
TOPICS = "topics:\n  - name: Kettles & pots\n    keywords: [kettle, teapot]\n"
NOTE = "Sings in D.\n- 100% {true} & $5"
KETTLE = "Kettles that Sing: RNN-T at the Stove"
CROWD = [*(f"Cook{n} Stove{n}" for n in range(7)), "Ludwig van der Pot"]
FIRST = [
    {
        "title": KETTLE,
        "author": [{"literal": name} for name in CROWD],
        "issued": {"date-parts": [[2026, 1, 3]]},
        "number": "arXiv:2601.00001",
        "note": "A kettle hears itself.",
    },
    {
        "title": "Teapots & 50% Less_Steam",
        "type": "article-journal",
        "container-title": "Journal of Cups & Saucers",
        "author": [
            {"family": "Tasse", "given": "Zoë"},
            {"literal": "The Board of Cups and Mugs"},
            {"literal": "Kitchen Group"},
        ],
        "issued": {"date-parts": [[2025, 11]]},
        "DOI": "10.9999/cups_(1)",
    },
    {"title": "Boiling in $O(n_1^2)$ Steps"},
]
NEWEST = [{"title": "Ladles"}, {"title": "Spoons, a Survey"}]
BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("not allowed", "SecurityError"); },
});"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("too much", "QuotaExceededError");
};"""
DANGEROUS = """() => [...document.querySelectorAll('*')].filter(element =>
    ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'MARQUEE', 'IMG'].includes(element.tagName)
    || (element.tagName === 'SCRIPT' && !element.src)
    || [...element.attributes].some(a => a.name.startsWith('on') || a.name === 'style'
        || /^\\s*(javascript|data|vbscript):/i.test(a.value))
).map(element => element.outerHTML.slice(0, 200))"""


def csl(items: list[dict[str, Any]]) -> str:
    """Return a digest file of `items`."""
    filled = [{"id": f"i{n}", "type": "document", **item} for n, item in enumerate(items)]
    return json.dumps(filled, ensure_ascii=False)


@pytest.fixture(scope="session")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site: three papers in January, hostile ones in February, two in March."""
    root = tmp_path_factory.mktemp("kitchen")
    (root / "digests").mkdir()
    hostile = [{"title": text, "author": [{"literal": text}], "note": text} for text in STRINGS]
    digests = {
        "2026-01-05-first": FIRST,
        "2026-02-02-hostile": hostile[:20],
        "2026-02-03-hostile": hostile[20:],
        "2026-03-02-newest": NEWEST,
    }
    for name, items in digests.items():
        (root / "digests" / f"{name}.json").write_text(csl(items), encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (root / "topics.yml").write_text(TOPICS, encoding="utf-8")
    command = [sys.executable, "-m", "generator", "build", "-C", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (root / "site" / "saved" / "index.html").is_file(), done.stderr
    return root / "site"


@pytest.fixture
def home(kitchen: Path, serve) -> str:
    """Return the address of the site, below a sub-path."""
    return serve(kitchen, "/repo/")


def rows(site: Path) -> dict[str, dict[str, Any]]:
    """Return the catalogue's lines by slug."""
    lines = (site / "data" / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["slug"]: row for row in map(json.loads, lines)}


def slug(site: Path, title: str) -> str:
    """Return the slug of the paper of that title."""
    return next(row["slug"] for row in rows(site).values() if row["title"] == title)


def shelf(page: Page) -> dict[str, Any]:
    """Return what the site keeps in this browser."""
    found: dict[str, Any] = page.evaluate(
        "JSON.parse(localStorage.getItem('offprint.shelf:/repo/') ?? '{\"papers\": []}')"
    )
    return found


def kept(page: Page, title: str) -> dict[str, Any]:
    """Return what is kept of the paper of that title."""
    return next(paper for paper in shelf(page)["papers"] if paper["title"] == title)


def settled(page: Page, test: str) -> None:
    """Wait until `test` holds of what is `kept`; the pages' policy forbids Playwright's own way."""
    page.evaluate(
        """async () => {
          const end = performance.now() + 10_000;
          for (;;) {
            const kept = JSON.parse(localStorage["offprint.shelf:/repo/"]);
            if (TEST) return;
            if (performance.now() > end) throw new Error(JSON.stringify(kept));
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }""".replace("TEST", test)
    )


def note(page: Page, title: str):
    """Return the field of a paper's note."""
    return page.get_by_role("textbox", name=f"Your note {title}")


def button(page: Page, name: str, title: str):
    """Return a paper's button in a list."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(f'{name} {title}')}"))


def save(page: Page, home: str, *titles: str) -> None:
    """Save papers of January in their digest's list, and wait until all is known of them."""
    page.goto(home + "digests/2026-01-05-first/")
    for title in titles:
        button(page, "Save", title).click()
        expect(button(page, "Saved", title)).to_have_attribute("aria-pressed", "true")
    settled(page, "kept.papers.every(paper => !paper.cut)")


def exported(page: Page, name: str, folder: Path) -> str:
    """Press one of the export buttons and return the file."""
    with page.expect_download() as begun:
        page.get_by_role("button", name=name, exact=True).click()
    begun.value.save_as(folder / begun.value.suggested_filename)
    return (folder / begun.value.suggested_filename).read_bytes().decode()


# ---- saving ----


def test_a_paper_saved_in_a_list_stays(page: Page, home: str) -> None:
    """The button and the masthead say so; after a reload and in another window it is still so."""
    save(page, home, KETTLE)
    expect(page.get_by_role("link", name="Saved 1")).to_be_visible()
    page.reload()
    expect(button(page, "Saved", KETTLE)).to_be_visible()
    other = page.context.new_page()
    other.goto(home + "saved/")
    expect(other.locator(".op-entry__title a")).to_have_text(KETTLE)
    expect(other.locator(".op-entry__by")).to_have_text(
        "Cook0 Stove0, Cook1 Stove1, Cook2 Stove2, and others · 2026"
    )
    other.locator(".op-entry__title a").click()
    expect(other.locator("h1")).to_have_text(KETTLE)


def test_what_a_list_leaves_out_is_fetched(page: Page, home: str, kitchen: Path) -> None:
    """Of a paper saved in a list all authors and ids are kept, and the reader's own day."""
    save(page, home, KETTLE, "Teapots", "Boiling")
    paper = kept(page, KETTLE)
    assert paper["authors"] == CROWD
    assert (paper["arxiv"], paper["published"]) == ("2601.00001", "2026-01-03")
    assert (paper["more"], paper["cut"], paper["note"]) == (False, False, "")
    assert [mark["name"] for mark in paper["topics"]] == ["Kettles & pots"]
    assert paper["saved"] == page.evaluate("new Date().toLocaleDateString('sv')")
    teapots = kept(page, "Teapots & 50% Less_Steam")
    assert (teapots["doi"], teapots["kind"]) == ("10.9999/cups_(1)", "article")
    assert teapots["venue"] == "Journal of Cups & Saucers"
    boiling = shelf(page)["papers"][2]
    assert boiling["tex"] == "Boiling in $O(n_1^2)$ Steps"
    assert boiling["title"] == maths.plain(boiling["tex"])


def test_a_paper_saved_without_network_is_listed_and_completed_later(
    page: Page, home: str, faults: list[str]
) -> None:
    """What the list shows is enough to list it; the page of saved papers fetches the rest."""
    page.goto(home + "digests/2026-01-05-first/")
    page.route("**/papers/**", lambda route: route.abort())
    button(page, "Save", KETTLE).click()
    expect(button(page, "Saved", KETTLE)).to_be_visible()
    paper = kept(page, KETTLE)
    assert (paper["authors"], paper["more"], paper["cut"]) == (CROWD[:3], True, True)
    assert (paper["arxiv"], paper["published"]) == ("2601.00001", "2026")
    page.unroute("**/papers/**")
    page.goto(home + "saved/")
    settled(page, "JSON.stringify(kept).includes('Ludwig')")
    assert kept(page, KETTLE)["authors"] == CROWD
    assert all("ERR_FAILED" in fault for fault in faults)
    faults.clear()


def test_a_paper_is_saved_and_read_on_its_page(page: Page, home: str, kitchen: Path) -> None:
    """Both buttons say their state; a second press takes it back; lists follow."""
    page.goto(f"{home}papers/{slug(kitchen, KETTLE)}/")
    keep = page.get_by_role("button", name="Save", exact=True)
    keep.click()
    expect(page.get_by_role("button", name="Saved", pressed=True)).to_be_visible()
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("button", name="Read", exact=True, pressed=True)).to_be_visible()
    assert kept(page, KETTLE)["authors"] == CROWD
    page.goto(home + "digests/2026-01-05-first/")
    entry = page.locator("article", has_text=KETTLE)
    assert (
        entry.locator("h3").evaluate("h => getComputedStyle(h, '::after').content") == '" · read"'
    )
    button(page, "Saved", KETTLE).click()
    expect(button(page, "Save", KETTLE)).to_have_attribute("aria-pressed", "false")
    assert shelf(page)["papers"] == []
    assert [name for name, _ in shelf(page)["read"]] == [slug(kitchen, KETTLE)]


def test_the_page_of_a_saved_paper_brings_its_newest_facts(
    page: Page, home: str, kitchen: Path
) -> None:
    """A title mended on the site is mended in the list; day and note stay."""
    save(page, home, KETTLE)
    page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage['offprint.shelf:/repo/']);
          Object.assign(kept.papers[0], {title: 'Old', note: 'Mine', saved: '2020-02-02'});
          localStorage['offprint.shelf:/repo/'] = JSON.stringify(kept);
        }"""
    )
    page.goto(f"{home}papers/{slug(kitchen, KETTLE)}/")
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    paper = kept(page, KETTLE)
    assert (paper["note"], paper["saved"]) == ("Mine", "2020-02-02")


def test_results_of_the_search_can_be_saved(page: Page, home: str) -> None:
    """Entries that a script wrote get the button too."""
    page.goto(home + "search/?q=kettles")
    button(page, "Save", KETTLE).click()
    expect(button(page, "Saved", KETTLE)).to_be_visible()
    settled(page, "!kept.papers[0].cut")
    assert kept(page, KETTLE)["authors"] == CROWD


def test_two_sites_on_one_host_have_two_lists(
    page: Page, kitchen: Path, serve, tmp_path: Path
) -> None:
    """What is saved on one does not show on the other."""
    for name in ("one", "two"):
        (tmp_path / name).symlink_to(kitchen)
    root = serve(tmp_path)
    page.goto(root + "one/digests/2026-03-02-newest/")
    button(page, "Save", "Ladles").click()
    expect(page.get_by_role("link", name="Saved 1")).to_be_visible()
    page.goto(root + "two/digests/2026-03-02-newest/")
    expect(button(page, "Save", "Ladles")).to_be_visible()
    expect(page.get_by_role("link", name="Saved", exact=True)).to_be_visible()


# ---- the list ----


def test_a_note_is_kept_as_it_is_typed(page: Page, home: str) -> None:
    """A pause keeps it, and so does leaving the page in the middle of a word."""
    save(page, home, KETTLE, "Teapots")
    page.goto(home + "saved/")
    field = note(page, KETTLE)
    field.press_sequentially("Compare <b>")
    settled(page, "JSON.stringify(kept).includes('Compare <b>')")
    field.press_sequentially(" with FNO")
    page.goto(home)
    page.go_back()
    expect(note(page, KETTLE)).to_have_value("Compare <b> with FNO")
    assert kept(page, KETTLE)["note"] == "Compare <b> with FNO"


def test_removing_can_be_undone(page: Page, home: str) -> None:
    """Note, day and read mark come back, and the focus is where it was."""
    save(page, home, KETTLE, "Teapots")
    page.goto(home + "saved/")
    note(page, KETTLE).fill("Sings in D")
    button(page, "Mark as read", KETTLE).click()
    expect(page.locator("[data-read-count]")).to_have_text("1 of 2")
    before = kept(page, KETTLE)
    button(page, "Remove", KETTLE).click()
    assert [paper["title"] for paper in shelf(page)["papers"]] == ["Teapots & 50% Less_Steam"]
    expect(page.locator("[data-shelf]")).to_contain_text(f"Removed: {KETTLE}")
    expect(page.get_by_role("link", name="Saved 1")).to_be_visible()
    undo = button(page, "Undo", KETTLE)
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(note(page, KETTLE)).to_have_value("Sings in D")
    expect(button(page, "Remove", KETTLE)).to_be_focused()
    expect(button(page, "Read", KETTLE)).to_have_attribute("aria-pressed", "true")
    assert kept(page, KETTLE) == before


def test_an_empty_list_says_what_belongs_there(page: Page, home: str) -> None:
    """Nothing to export, nothing to order, and a way onward."""
    page.goto(home + "saved/")
    expect(page.locator("main")).to_contain_text("Nothing saved yet")
    for name in ("BibTeX", "RIS", "Markdown", "JSON"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_disabled()
    expect(page.get_by_role("combobox")).to_be_hidden()
    page.get_by_role("link", name="Start with the latest digest").click()
    expect(page.locator("h1")).to_contain_text("newest")


def test_order_and_choice_are_in_the_address(page: Page, home: str) -> None:
    """By the day of saving, title, year; the unread alone; and again after the way back."""
    save(page, home, KETTLE, "Teapots", "Boiling")
    page.goto(home + "saved/")
    titles = page.locator(".op-entry__title a")
    shown = [KETTLE, "Teapots & 50% Less_Steam", maths.plain("Boiling in $O(n_1^2)$ Steps")]
    expect(titles).to_have_text(list(reversed(shown)))
    page.get_by_role("combobox").select_option("title")
    expect(titles).to_have_text(sorted(shown))
    page.get_by_role("combobox").select_option("year")
    expect(titles).to_have_text([shown[0], shown[1], shown[2]])
    button(page, "Mark as read", KETTLE).click()
    expect(titles).to_have_count(3)
    page.get_by_label("hide what I have read").check()
    expect(titles).to_have_text(shown[1:])
    expect(page).to_have_url(home + "saved/?order=year&unread=on")
    titles.first.click()
    page.wait_for_url("**/papers/**")
    page.go_back()
    expect(titles).to_have_text(shown[1:])
    expect(page.get_by_role("combobox")).to_have_value("year")
    page.goto(home + "saved/?order=constructor")
    expect(titles).to_have_text(list(reversed(shown)))
    expect(page.get_by_role("combobox")).to_have_value("saved")


def test_a_list_that_is_all_read_says_so(page: Page, home: str) -> None:
    """No blank page where the choice leaves nothing."""
    save(page, home, KETTLE)
    page.goto(home + "saved/?unread=on")
    button(page, "Mark as read", KETTLE).click()
    page.reload()
    expect(page.get_by_text("You have read all of it")).to_be_visible()


def test_a_paper_that_left_the_site_stays_in_the_list(
    page: Page, home: str, faults: list[str]
) -> None:
    """It is listed and exported with what is known, and asked for only once."""
    plant(page, home, papers=[{"slug": "gone", "title": "Gone", "cut": True, "note": "n"}])
    page.goto(home + "saved/")
    expect(page.locator(".op-entry__title a")).to_have_text("Gone")
    settled(page, "!kept.papers[0].cut")
    page.reload()
    expect(page.locator("textarea")).to_have_value("n")
    assert len(faults) == 1
    faults.clear()


def plant(page: Page, home: str, **content: object) -> None:
    """Put a shelf into the browser's storage, as another day left it."""
    page.goto(home + "assets/mark.svg")
    shelf = {"offprint": "shelf", "version": 1, "papers": [], "read": [], **content}
    page.evaluate("text => localStorage.setItem('offprint.shelf:/repo/', text)", json.dumps(shelf))


# ---- several windows ----


def test_windows_follow_each_other(context: BrowserContext, home: str) -> None:
    """What one window saves, marks and removes, the other shows without a reload."""
    one, two = context.new_page(), context.new_page()
    two.goto(home + "saved/")
    save(one, home, KETTLE, "Teapots")
    titles = two.locator(".op-entry__title a")
    expect(titles).to_have_text(["Teapots & 50% Less_Steam", KETTLE])
    note(two, KETTLE).press_sequentially("Typed")
    button(one, "Saved", "Teapots").click()
    expect(two.locator("[data-shelf]")).to_contain_text("Removed: Teapots")
    expect(note(two, KETTLE)).to_be_focused()
    expect(note(two, KETTLE)).to_have_value("Typed")
    button(two, "Undo", "Teapots").click()
    expect(button(one, "Saved", "Teapots")).to_be_visible()
    settled(two, "JSON.stringify(kept).includes('Typed')")


def test_windows_do_not_undo_each_other(page: Page, home: str) -> None:
    """A change starts from what is there now, also before this window heard of the other's."""
    save(page, home, KETTLE)
    page.evaluate(
        """() => {
          const kept = JSON.parse(localStorage['offprint.shelf:/repo/']);
          kept.papers.push({slug: 'theirs', title: 'Theirs'});
          localStorage['offprint.shelf:/repo/'] = JSON.stringify(kept);
          document.querySelector("[data-save][aria-pressed=false]").click();
        }"""
    )
    expect(page.get_by_role("link", name="Saved 3")).to_be_visible()
    assert [paper["title"] for paper in shelf(page)["papers"]][:2] == [KETTLE, "Theirs"]


def test_news_from_another_window_does_not_touch_what_is_being_typed(page: Page, home: str) -> None:
    """Letters that are not kept yet stay in the field."""
    save(page, home, KETTLE)
    page.goto(home + "saved/")
    field = note(page, KETTLE)
    field.focus()
    typed = field.evaluate(
        """field => {
          field.value = "Half a wo";
          field.dispatchEvent(new Event("input"));
          dispatchEvent(new StorageEvent("storage", {key: null}));
          return field.value;
        }"""
    )
    assert typed == "Half a wo"
    settled(page, "kept.papers[0].note === 'Half a wo'")


# ---- files ----


@pytest.fixture
def filled(page: Page, home: str) -> Page:
    """Return the page of saved papers with three papers, one with a note of two lines."""
    save(page, home, KETTLE, "Teapots", "Boiling")
    page.goto(home + "saved/?order=year")
    note(page, KETTLE).fill(NOTE)
    button(page, "Mark as read", KETTLE).click()
    settled(page, "JSON.stringify(kept).includes('Sings in D')")
    return page


def test_bibtex_holds_what_is_known(filled: Page, tmp_path: Path) -> None:
    """Another program reads types, names, ids, venue and note; formulas and capitals stay."""
    library = bibtexparser.parse_string(exported(filled, "BibTeX", tmp_path))
    assert library.failed_blocks == []
    kettle, teapots, boiling = (
        {"type": one.entry_type, "key": one.key, **{field.key: field.value for field in one.fields}}
        for one in library.entries
    )
    assert kettle == {
        "type": "misc",
        "key": "kettles-that-sing-rnn-t-at-the-stove",
        "title": "Kettles that Sing: {RNN-T} at the Stove",
        "author": " and ".join(", ".join(name.split(" ", 1)[::-1]) for name in CROWD),
        "year": "2026",
        "month": "jan",
        "day": "3",
        "eprint": "2601.00001",
        "archivePrefix": "arXiv",
        "url": "https://arxiv.org/abs/2601.00001",
        "annote": r"Sings in D. - 100\% \textbraceleft{}true\textbraceright{} \& \$5",
    }
    assert teapots["type"] == "article"
    assert teapots["journal"] == r"Journal of Cups \& Saucers"
    assert teapots["title"] == r"Teapots \& 50\% Less\_Steam"
    assert teapots["author"] == "Tasse, Zoë and {The Board of Cups and Mugs} and {Kitchen Group}"
    assert teapots["doi"] == "10.9999/cups_(1)"
    assert teapots["url"] == "https://doi.org/10.9999/cups_(1)"
    assert boiling["title"] == "Boiling in $O(n_1^2)$ Steps"
    assert "author" not in boiling
    assert re.fullmatch(
        r"http://127.0.0.1:\d+/repo/papers/boiling-in-o-n-1-2-steps/", boiling["url"]
    )


def test_citations_are_those_of_the_site(filled: Page, home: str, tmp_path: Path) -> None:
    """A saved paper has the fields of its cite.bib and cite.ris, but for what no list keeps."""
    ours = bibtexparser.parse_string(exported(filled, "BibTeX", tmp_path)).entries
    tagged = rispy.loads(exported(filled, "RIS", tmp_path).replace("\r\n", "\n"))
    for one, record in zip(ours, tagged, strict=True):
        cited = f"{home}papers/{one.key}/cite"
        (its,) = bibtexparser.parse_string(filled.request.get(f"{cited}.bib").text()).entries
        assert one.entry_type == its.entry_type
        assert told(one) == told(its)
        (its_record,) = rispy.loads(filled.request.get(f"{cited}.ris").text())
        assert told_in_ris(record) == told_in_ris(its_record)


def told(entry: bibtexparser.model.Entry) -> dict[str, str]:
    """Return the fields of an entry without note, keywords and the page, which only a list has."""
    fields = {field.key: field.value for field in entry.fields}
    named = fields.get("doi") or fields.get("eprint")
    left_out = {"annote", "keywords", "primaryClass", *(() if named else ("url",))}
    return {name: value for name, value in fields.items() if name not in left_out}


def told_in_ris(record: dict[str, object]) -> dict[str, object]:
    """Return the fields of a record without note, keywords and addresses."""
    return {k: v for k, v in record.items() if k not in {"notes", "keywords", "urls"}}


def test_ris_holds_what_is_known(filled: Page, tmp_path: Path) -> None:
    """Another program reads each record; lines end as the form asks, and a note is one of them."""
    text = exported(filled, "RIS", tmp_path)
    assert all(line.endswith("\r\n") for line in text.splitlines(keepends=True))
    kettle, teapots, boiling = rispy.loads(text.replace("\r\n", "\n"))
    assert (kettle["type_of_reference"], kettle["title"]) == ("GEN", KETTLE)
    assert kettle["authors"] == [", ".join(name.split(" ", 1)[::-1]) for name in CROWD]
    assert (kettle["year"], kettle["date"]) == ("2026", "2026/01/03")
    assert kettle["notes"] == ["Sings in D. - 100% {true} & $5"]
    assert teapots["type_of_reference"] == "JOUR"
    assert teapots["secondary_title"] == "Journal of Cups & Saucers"
    assert teapots["doi"] == "10.9999/cups_(1)"
    assert (boiling["type_of_reference"], "authors" in boiling) == ("GEN", False)
    assert boiling["title"] == "Boiling in $O(n_1^2)$ Steps"


@pytest.mark.parametrize("form", ["BibTeX", "RIS", "Markdown"])
def test_offprint_itself_reads_the_files(filled: Page, tmp_path: Path, form: str) -> None:
    """What a reader takes along makes a digest again, with the same titles and ids."""
    text = exported(filled, form, tmp_path)
    path = next(tmp_path.iterdir()).name
    found = readers.read(Source(path, text.encode()), readers.Defaults(), readers.installed())
    entries = [entry.facts for entry in found.digests[0].entries]
    assert found.rejected == 0
    assert [entry.title for entry in entries][:2] == [KETTLE, "Teapots & 50% Less_Steam"]
    assert (entries[0].arxiv, entries[1].doi) == ("2601.00001", "10.9999/cups_(1)")
    assert entries[0].authors == tuple(CROWD) or form == "Markdown"


def test_markdown_is_a_list_to_read(filled: Page, tmp_path: Path) -> None:
    """Titles are links, names and year follow, the note is a quotation; signs stay signs."""
    lines = exported(filled, "Markdown", tmp_path).splitlines()
    assert lines[:2] == ["# Saved papers", ""]
    assert lines[2].startswith(f"- [{KETTLE}](https://arxiv.org/abs/2601.00001) · Cook0 Stove0, ")
    assert lines[2].endswith("Ludwig van der Pot · 2026")
    assert lines[4:6] == ["  > Sings in D.", r"  > \- 100% \{true\} \& \$5"]
    assert lines[7].startswith(r"- [Teapots \& 50% Less\_Steam](https://doi.org/10.9999/cups_(1))")


def test_json_makes_the_same_list_elsewhere(
    filled: Page, browser: Browser, home: str, tmp_path: Path
) -> None:
    """Another browser that imports the file has papers, notes, days and read marks alike."""
    text = exported(filled, "JSON", tmp_path)
    assert json.loads(text)["papers"][0]["page"].startswith(home + "papers/")
    other = browser.new_context()
    page = other.new_page()
    imported(page, home, tmp_path / "saved-papers.json")
    expect(page.get_by_role("status")).to_have_text("3 papers added.")
    expect(page.locator(".op-entry__title a")).to_have_count(3)
    expect(note(page, KETTLE)).to_have_value(NOTE)
    expect(button(page, "Read", KETTLE)).to_be_visible()
    assert shelf(page) == shelf(filled)
    other.close()


def imported(page: Page, home: str, file: Path) -> None:
    """Choose `file` for the import."""
    page.goto(home + "saved/")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import a list").click()
    chooser.value.set_files(file)


def test_an_import_adds_and_keeps_both_notes(page: Page, home: str, tmp_path: Path) -> None:
    """The earlier day and the read mark win; what is here stays; a second time changes nothing."""
    mine = {"slug": "both", "title": "Both", "saved": "2026-02-02", "note": "Mine"}
    theirs = {"slug": "both", "title": "Other", "saved": "2026-01-01", "note": "Theirs"}
    plant(page, home, papers=[mine, {"slug": "here", "title": "Here", "saved": "2026-02-03"}])
    new = {"slug": "new", "title": "New", "saved": "2026-02-04", "authors": ["A", 7], "topics": 3}
    content = {"offprint": "shelf", "version": 1, "papers": [theirs, new, {"slug": "no title"}, 7]}
    file = tmp_path / "list.json"
    file.write_text(json.dumps({**content, "read": [["both", "2026-01-03"], 4, ["x"]]}))
    for told in (
        "1 paper added. 1 paper was here already; notes of both lists are kept. "
        "2 papers could not be read.",
        "0 papers added. 2 papers were here already; notes of both lists are kept. "
        "2 papers could not be read.",
    ):
        imported(page, home, file)
        expect(page.get_by_role("status")).to_have_text(told)
    assert {p["slug"]: (p["title"], p["saved"], p["note"]) for p in shelf(page)["papers"]} == {
        "both": ("Both", "2026-01-01", "Mine\n\nTheirs"),
        "here": ("Here", "2026-02-03", ""),
        "new": ("New", "2026-02-04", ""),
    }
    assert shelf(page)["read"] == [["both", "2026-01-03"]]
    assert shelf(page)["papers"][2]["authors"] == ["A"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no JSON", "is no list of saved papers"),
        (b"{}", "is no list of saved papers"),
        (b'{"slug": "x"}\n{"slug": "y"}\n', "is no list of saved papers"),
        (b"[1, 2]", "is no list of saved papers"),
        (b"null", "is no list of saved papers"),
        (b"\x00\xff\xfe", "is no list of saved papers"),
        (b'{"offprint": "shelf", "version": 2, "papers": []}', "comes from a newer version"),
    ],
)
def test_a_wrong_file_changes_nothing_and_is_named(
    page: Page, home: str, tmp_path: Path, content: bytes, told: str
) -> None:
    """The message says which file, and what can be imported."""
    plant(page, home, papers=[{"slug": "here", "title": "Here", "saved": "2026-02-03"}])
    file = tmp_path / "wrong.json"
    file.write_bytes(content)
    imported(page, home, file)
    expect(page.get_by_role("status")).to_contain_text(f"“wrong.json” {told}")
    assert [paper["title"] for paper in shelf(page)["papers"]] == ["Here"]


# ---- new since the last visit ----


def visited(page: Page, home: str, ago: datetime.timedelta, **state: str) -> None:
    """Put the last visit into the browser's storage."""
    page.goto(home + "assets/mark.svg")
    page.evaluate(
        "([state, ago]) => localStorage.setItem('offprint.visit:/repo/',"
        " JSON.stringify({...state, at: Date.now() - ago}))",
        [state, ago.total_seconds() * 1000],
    )


def stamps(page: Page) -> int:
    """Return how many marks are seen."""
    return page.locator(".op-new:visible").count()


HOUR = datetime.timedelta(hours=1)
LEAF = "digests/2026-03-02-newest/"


def test_at_the_first_visit_nothing_is_new(page: Page, home: str) -> None:
    """Nor on the pages after it."""
    for uri in ("", LEAF, "digests/", "topics/unsorted/"):
        page.goto(home + uri)
        expect(page.locator("[data-saved-count]")).to_be_attached()
        assert stamps(page) == 0


def test_what_came_after_the_last_visit_is_new(page: Page, home: str) -> None:
    """Papers by their first day, in every list; the digest on home; all through the visit."""
    visited(page, home, HOUR, seen="2026-02-03", since="2026-01-05")
    page.goto(home + LEAF)
    expect(page.locator(".op-entry__title .op-new")).to_have_text(["New", "New"])
    page.goto(home + "digests/2026-02-03-hostile/")
    assert stamps(page) == 0
    page.goto(home)
    expect(page.locator(".op-contents h2")).to_have_text(re.compile("^New .*newest"))
    assert stamps(page) == 1
    page.goto(home + "digests/")
    assert stamps(page) == 1
    page.goto(home + "saved/")
    expect(page.locator("aside")).to_contain_text("papers that came after 3 February")


def test_a_visit_ends_after_half_an_hour_without_a_touch(page: Page, home: str) -> None:
    """Within it the marks stay; the next one starts from what was there."""
    visited(page, home, datetime.timedelta(minutes=29), seen="2026-03-02", since="2026-02-03")
    page.goto(home + LEAF)
    assert stamps(page) == 2
    visited(page, home, datetime.timedelta(minutes=31), seen="2026-03-02", since="2026-02-03")
    page.goto(home + LEAF)
    assert stamps(page) == 0


def test_reading_on_keeps_the_visit_alive(page: Page, home: str) -> None:
    """Who scrolls through one page for an hour finds the marks on the next one."""
    page.clock.install()
    visited(page, home, HOUR, seen="2026-02-03", since="2026-01-05")
    page.goto(home + LEAF)
    for _ in range(4):
        page.clock.fast_forward("20:00")
        page.keyboard.press("ArrowDown")
    page.goto(home + LEAF)
    assert stamps(page) == 2


@pytest.mark.parametrize("ago", [-24 * 365 * HOUR, 24 * 365 * HOUR])
def test_a_wrong_clock_hides_nothing_that_is_new(
    page: Page, home: str, ago: datetime.timedelta
) -> None:
    """Days are compared with days of digests: a clock a year off only ends the visit."""
    visited(page, home, ago, seen="2026-02-03", since="2026-01-05")
    page.goto(home + LEAF)
    assert stamps(page) == 2


def test_a_digest_taken_back_does_not_hide_what_comes(page: Page, home: str) -> None:
    """After a misdated digest of 2090 is gone, the next ones are new again."""
    visited(page, home, HOUR, seen="2090-01-01", since="2026-02-03")
    page.goto(home + LEAF)
    assert stamps(page) == 0
    assert page.evaluate("JSON.parse(localStorage['offprint.visit:/repo/']).seen") == "2026-03-02"


@pytest.mark.parametrize("state", ["{", "[]", "7", '{"seen": 3, "at": "x"}', "null"])
def test_a_broken_visit_is_a_first_one(page: Page, home: str, state: str) -> None:
    """What others wrote there does no harm."""
    page.goto(home + "assets/mark.svg")
    page.evaluate("state => localStorage.setItem('offprint.visit:/repo/', state)", state)
    page.goto(home + LEAF)
    assert stamps(page) == 0
    assert page.evaluate("JSON.parse(localStorage['offprint.visit:/repo/']).seen") == "2026-03-02"


# ---- storage that fails, no script, no mouse ----


def test_blocked_storage_is_told(page: Page, home: str, kitchen: Path) -> None:
    """Buttons are off and struck through, the page of saved papers says why, all else works."""
    page.add_init_script(BLOCKED)
    page.goto(home + "digests/2026-01-05-first/")
    off = button(page, "Save", KETTLE)
    expect(off).to_be_disabled()
    assert "line-through" in off.locator("span").evaluate("s => getComputedStyle(s).textDecoration")
    page.goto(f"{home}papers/{slug(kitchen, KETTLE)}/")
    expect(page.get_by_role("button", name="Mark as read")).to_be_disabled()
    page.goto(home + "saved/")
    expect(page.locator("main")).to_contain_text("This browser keeps nothing for this site")
    expect(page.get_by_text("Nothing saved yet")).to_be_hidden()
    expect(page.get_by_role("button", name="Import a list")).to_be_disabled()


def test_a_browser_that_grants_no_room_is_blocked_too(page: Page, home: str) -> None:
    """Some block storage by a limit of zero."""
    page.add_init_script(FULL)
    page.goto(home + "saved/")
    expect(page.locator("main")).to_contain_text("This browser keeps nothing for this site")


def test_a_full_storage_loses_nothing(page: Page, home: str) -> None:
    """The button and the note say that there is no room; what was kept stays."""
    plant(page, home, papers=[{"slug": "here", "title": "Here", "saved": "2026-02-03"}])
    page.add_init_script(FULL)
    page.goto(home + "digests/2026-01-05-first/")
    press = page.locator("article", has_text=KETTLE).get_by_role("button")
    press.click()
    expect(press).to_have_text("No room to keep it")
    expect(press).to_have_attribute("aria-pressed", "false")
    page.goto(home + "saved/")
    page.locator("textarea").fill("Long")
    expect(page.locator(".op-yournote label")).to_have_text(
        "Your note: there is no room to keep it"
    )
    assert [paper["title"] for paper in shelf(page)["papers"]] == ["Here"]


@pytest.mark.parametrize(
    "raw",
    ["", "{", "null", "7", "[]", '"x"', '{"papers": [{"slug": "x"}]}', '{"offprint": "other"}'],
)
def test_what_others_wrote_there_does_no_harm(page: Page, home: str, raw: str) -> None:
    """It is an empty list; before it is written over, it is laid aside."""
    page.goto(home + "assets/mark.svg")
    page.evaluate("raw => localStorage.setItem('offprint.shelf:/repo/', raw)", raw)
    page.goto(home + "saved/")
    expect(page.locator("main")).to_contain_text("Nothing saved yet")
    save(page, home, KETTLE)
    assert [paper["title"] for paper in shelf(page)["papers"]] == [KETTLE]
    assert page.evaluate("localStorage.getItem('offprint.shelf:/repo/.broken')") == raw


def test_broken_papers_are_left_out_of_a_list(page: Page, home: str) -> None:
    """Wrong types, addresses and scripts in the storage become empty, never links."""
    odd = {
        "slug": "odd",
        "title": "<img src=x onerror=alert(1)>",
        "authors": "nobody",
        "arxiv": "javascript:alert(1)",
        "doi": 7,
        "published": "soon",
        "saved": "2026-13",
        "topics": [{"slug": "../../x", "name": "x"}, {"slug": "a", "name": 1, "ink": 99}, None],
    }
    others = [{"slug": "../up", "title": "Up"}, {"slug": "..", "title": "Dots"}, "x", None, [1]]
    plant(page, home, papers=[odd, *others], read="x")
    page.goto(home + "saved/")
    expect(page.locator(".op-entry__title a")).to_have_text([odd["title"]])
    assert page.locator(".op-do a").count() == 0
    assert page.locator(".op-topic").all_text_contents() == ["a"]
    assert page.evaluate(DANGEROUS) == []


def test_a_list_of_a_newer_version_is_left_alone(page: Page, home: str) -> None:
    """An old page in the browser's cache neither shows it wrongly nor writes over it."""
    plant(page, home, version=2, papers=[{"slug": "x", "title": "X", "mood": "new"}])
    before = page.evaluate("localStorage.getItem('offprint.shelf:/repo/')")
    page.goto(home + "digests/2026-01-05-first/")
    expect(button(page, "Save", KETTLE)).to_be_disabled()
    page.goto(home + "saved/")
    expect(page.locator("main")).to_contain_text("A newer version of this page wrote your list")
    assert page.evaluate("localStorage.getItem('offprint.shelf:/repo/')") == before


def test_a_newer_version_that_comes_while_a_page_is_open_is_left_alone(
    page: Page, home: str
) -> None:
    """The old page's buttons change nothing any more."""
    save(page, home, KETTLE)
    newer = json.dumps({"offprint": "shelf", "version": 2})
    page.evaluate(
        """newer => {
          localStorage['offprint.shelf:/repo/'] = newer;
          document.querySelector("[data-save][aria-pressed=false]").click();
        }""",
        newer,
    )
    assert page.evaluate("localStorage.getItem('offprint.shelf:/repo/')") == newer


def test_without_script_there_is_nothing_to_press(
    browser: Browser, home: str, kitchen: Path
) -> None:
    """Buttons and marks are not there, and the page of saved papers says what it needs."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for uri in (LEAF, f"papers/{slug(kitchen, KETTLE)}/", f"papers/{slug(kitchen, 'Ladles')}/"):
        page.goto(home + uri)
        assert page.locator("[data-save]:visible, [data-read]:visible").count() == 0
        assert page.locator(".op-head .op-actions:visible").count() == (KETTLE in page.title())
    page.goto(home + "saved/")
    expect(page.get_by_text("A reading list needs JavaScript")).to_be_visible()
    assert page.locator("main :is(button, select, input, textarea):visible").count() == 0
    context.close()


def test_all_of_it_works_by_keyboard(page: Page, home: str) -> None:
    """Save with Space, note, mark and remove with Tab and Enter; the focus is always seen."""
    page.goto(home + LEAF)
    press = page.locator("article").first.get_by_role("button")
    for _ in range(40):
        page.keyboard.press("Tab")
        if press.evaluate("b => b === document.activeElement"):
            break
    expect(press).to_be_focused()
    assert press.evaluate("b => getComputedStyle(b).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(press).to_have_text("Saved")
    expect(press).to_be_focused()
    page.goto(home + "saved/")
    page.locator(".op-entry__title a").focus()
    for name in ("Mark as read Ladles", "Remove Ladles"):
        while page.evaluate("document.activeElement.tagName") != "BUTTON" or not page.evaluate(
            "name => document.activeElement.getAttribute('aria-labelledby').startsWith(name)",
            name.split()[0].lower().replace("mark", "read"),
        ):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(button(page, "Undo", "Ladles")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(note(page, "Ladles")).to_be_focused()
    page.keyboard.type("By keys")
    settled(page, "JSON.stringify(kept).includes('By keys')")
    assert len(shelf(page)["read"]) == 1


def test_under_a_finger_controls_are_large(browser: Browser, home: str) -> None:
    """Each is at least 44 pixels high on a phone, and nothing is wider than the screen."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    save(page, home, KETTLE, "Teapots")
    for uri in ("saved/", "digests/2026-01-05-first/"):
        page.goto(home + uri)
        expect(page.get_by_role("link", name="Saved 2")).to_be_visible()
        controls = "main :is(button, select, textarea, .op-filter__tick):visible"
        heights = [
            one.bounding_box()["height"]
            for one in page.locator(controls).all()  # type: ignore[index]
        ]
        assert min(heights) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".op-nav a").first.bounding_box() is not None
    context.close()


# ---- hostile text ----


@pytest.fixture
def hostile(page: Page, home: str, kitchen: Path) -> dict[str, str]:
    """Save every hostile paper in its list; return each title as the site shows it, by slug."""
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    for name in ("02-hostile", "03-hostile"):
        page.goto(f"{home}digests/2026-02-{name}/")
        for press in page.locator("[data-save]").all():
            press.click()
    page.goto(home + "saved/")
    settled(page, "kept.papers.every(paper => !paper.cut)")
    february = [row for row in rows(kitchen).values() if row["featured"][0]["digest"] > "2026-02"]
    return {
        row["slug"]: maths.plain(row["title"])
        for row in february
        if row["featured"][0]["digest"] < "2026-03"
    }


def test_hostile_text_is_kept_and_shown_as_text(page: Page, hostile: dict[str, str]) -> None:
    """Nothing runs, nothing becomes an element, no title is lost."""
    assert {paper["slug"]: paper["title"] for paper in shelf(page)["papers"]} == hostile
    titles = page.locator(".op-entry__title a").all_text_contents()
    assert sorted(titles) == sorted(hostile.values())
    page.locator("textarea").first.fill(STRINGS[0])
    button(page, "Remove", titles[3]).click()
    expect(page.locator(".op-undo bdi")).to_have_text(titles[3])
    assert page.evaluate(DANGEROUS) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_text_comes_back_from_the_files(
    page: Page, hostile: dict[str, str], tmp_path: Path
) -> None:
    """Other programs read as many papers as were saved, with their titles."""
    library = bibtexparser.parse_string(exported(page, "BibTeX", tmp_path))
    assert library.failed_blocks == []
    assert len(library.entries) == len(hostile)
    text = exported(page, "RIS", tmp_path).replace("\r\n", "\n")
    found = [" ".join(one["title"].split()) for one in rispy.loads(text)]
    assert sorted(found) == sorted(" ".join(title.split()) for title in hostile.values())
    assert len(exported(page, "Markdown", tmp_path).split("\n- [")) == len(hostile) + 1
    assert len(json.loads(exported(page, "JSON", tmp_path))["papers"]) == len(hostile)
