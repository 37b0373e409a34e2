"""What the steps of the workflows do, run here: the site, the summary and the annotations."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

import cmarkgfm
import pytest
from clones import ROOT, Repository
from cmarkgfm.cmark import Options
from selectolax.lexbor import LexborHTMLParser

from tests import hostile
from tools.actions import Job, run

FOLDER = ROOT / ".github/workflows"
ADDRESS = "https://readers.example.org/papers"
NOWHERE = "0" * 40
GONE = "c0ffee" * 6 + "beef"
DIGEST = "---\ntitle: {title}\ndate: {day}\n---\n\n"
# What a title, a topic or a file name could carry to a runner, a shell or a Markdown page.
ORDERS = (
    "::error file=README.md,line=1::injected",
    "::stop-commands::injected",
    "##[add-matcher]injected.json",
    "%0A::warning::injected",
    "$(touch injected) `touch injected` ; touch injected",
    "${{ github.token }} %25 100%",
    "</code><img src=x onerror=alert(1)>",
    "@octocat and #1 and octo/repo#2 and a@example.org",
    "![x](https://example.org/x.png) <https://example.org> www.example.org",
    "` `` ``` | *a* _b_ ~c~ :smile: $x$ &lt;b&gt;",
)


def digest(titles: list[str], day: str = "2026-02-02") -> str:
    """Return a curated digest of papers without links."""
    head = DIGEST.format(title=json.dumps(f"Of {day}"), day=day)
    return head + "".join(f"## {title}\n\nA note.\n\n" for title in titles)


def publish(repository: Repository, temp: Path, before: str = "") -> Job:
    """Run the build of publish.yml; `before` is what the event says, empty when started by hand."""
    context = {
        "github.event.before": before,
        "inputs.ref": "",
        "steps.pages.outputs.base_url": ADDRESS,
    }
    return run(FOLDER / "publish.yml", "build", repository.root, temp / "runner", context)


def check(repository: Repository, temp: Path) -> Job:
    """Run check.yml, with the commit above as the merge of a pull request."""
    context = {"github.repository_owner": "octo", "github.event.repository.name": "papers"}
    return run(FOLDER / "check.yml", "build", repository.root, temp / "runner", context)


def rendered(summary: str) -> LexborHTMLParser:
    """Return the summary as GitHub's own Markdown parser has it, raw HTML included."""
    extensions = ["table", "autolink", "strikethrough", "tasklist"]
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    made = cmarkgfm.markdown_to_html_with_extensions(summary, options, extensions)
    return LexborHTMLParser(made)


def listed(summary: str) -> dict[str, list[str]]:
    """Return the items of the list below each heading, as a reader sees them."""
    found: dict[str, list[str]] = {}
    heading = ""
    body = rendered(summary).body
    assert body
    for node in body.iter():
        if node.tag in {"h2", "h3"}:
            heading = node.text()
            found[heading] = []
        elif node.tag == "ul":
            items = (item.text().replace("\u200b", "") for item in node.css("li"))
            found[heading] = [item.strip() for item in items]
    return found


def test_a_first_push_publishes_the_whole_site(repository: Repository, tmp_path: Path) -> None:
    """The site is handed over, with the host's own address, and all its papers are new."""
    job = publish(repository, tmp_path, before=NOWHERE)
    assert job.passed
    assert job.handed == {"actions/upload-pages-artifact": repository.root / "site"}
    feed = (repository.root / "site/feeds/all.atom").read_text(encoding="utf-8")
    assert f'href="{ADDRESS}/feeds/all.atom"' in feed
    papers = (repository.root / "site/data/papers.jsonl").read_text(encoding="utf-8").splitlines()
    heading, *_ = found = listed(job.summary)
    assert heading == f"{len(papers)} new papers"
    assert found[heading][-1] == f"… and {len(papers) - 100} more"


@pytest.mark.parametrize("remembered", [True, False], ids=["lock", "no-lock"])
def test_the_summary_names_exactly_the_new_papers(
    repository: Repository, tmp_path: Path, remembered: bool
) -> None:
    """A push of two commits: its papers are new, those of an earlier push are not.

    Whether papers.lock was committed with the digests makes no difference.
    """
    earlier = digest(["Known Birds in Fog", "Known Birds at Night"])
    before = repository.commit({"digests/2026-02-02-known.md": earlier})
    if remembered:
        assert publish(repository, tmp_path / "earlier", before=repository.first).passed
        before = repository.commit({})
    two = {"2026-02-09-one.md": ["New Owls", "Known Birds in Fog"], "2026-02-10-two.md": ["Newts"]}
    for name, titles in two.items():
        repository.commit({f"digests/{name}": digest(titles, name[:10])})
    job = publish(repository, tmp_path / "now", before=before)
    assert job.passed
    assert sorted(listed(job.summary)["2 new papers"]) == ["New Owls", "Newts"]
    assert f"since {before[:12]}" in rendered(job.summary).text()


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> None:
    for name in ("earlier", "now"):
        (tmp_path / name).mkdir()


@pytest.mark.parametrize("before", [GONE, "", NOWHERE], ids=["forced", "by-hand", "new-branch"])
def test_without_an_earlier_push_the_last_commit_counts(
    repository: Repository, tmp_path: Path, before: str
) -> None:
    """Where the commit before the push is not at hand, the parent of the newest one is taken."""
    repository.commit({"digests/2026-02-02-one.md": digest(["Known Birds in Fog"])})
    repository.commit({"digests/2026-02-09-two.md": digest(["New Owls"], "2026-02-09")})
    job = publish(repository, tmp_path, before=before)
    assert listed(job.summary)["1 new paper"] == ["New Owls"]


def test_a_moved_digest_is_no_news(repository: Repository, tmp_path: Path) -> None:
    """Renaming a digest, or changing a template, makes no paper new."""
    name = sorted(path.name for path in (repository.root / "digests").iterdir())[0]
    repository.git("mv", f"digests/{name}", f"digests/moved-{name}")
    repository.commit({})
    assert "No new paper" in listed(publish(repository, tmp_path, repository.first).summary)


def test_topics_of_new_papers_are_counted(repository: Repository, tmp_path: Path) -> None:
    """Below the papers stand the topics that they are in."""
    text = digest(["New Owls"]) + "- topics: Neuroscience\n"
    repository.commit({"digests/2026-02-02-one.md": text})
    found = listed(check(repository, tmp_path).summary)
    assert found["Topics that they are in"] == ["neuroscience 1"]


def test_a_check_keeps_the_site_apart(repository: Repository, tmp_path: Path) -> None:
    """The site of a pull request is built outside the checkout and kept as an artifact."""
    repository.commit({"digests/2026-02-02-one.md": digest(["New Owls"])})
    job = check(repository, tmp_path)
    assert job.passed
    assert job.handed == {"actions/upload-artifact": tmp_path / "runner/site"}
    assert not (repository.root / "site").exists()
    assert listed(job.summary)["1 new paper"] == ["New Owls"]


BROKEN = {
    "digest": ("digests/2026-02-02-one.md", digest(["New Owls", ""]), 10),
    "topics": ("topics.yml", "topics:\n  - name: [\n", 3),
    "settings": ("mkdocs.yml", "site_name: A\nplugins: [\n", 3),
    "lock": ("papers.lock", "<<<<<<< ours\n", 1),
    "template": ("templates/pages/home.md.j2", "{% if %}\n", 1),
}
"""A file, what breaks it, and the line that must be named."""


@pytest.mark.parametrize("start", [publish, check], ids=["publish", "check"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_shown_where_it_is(
    repository: Repository, tmp_path: Path, name: str, start: type[publish]
) -> None:
    """The job is red, nothing is handed over, and an error stands at file and line."""
    path, content, line = BROKEN[name]
    repository.commit({path: content})
    job = start(repository, tmp_path)
    assert job.step("Build").outcome == "failure"
    assert job.handed == {}
    errors = [one for one in job.annotations if one.name == "error"]
    assert [(one.properties["file"], one.properties["line"]) for one in errors] == [
        (path, str(line))
    ]
    assert "\nhint: " in errors[0].text
    found = listed(job.summary)
    assert "No site was built" in found
    assert any(f"error in {path}:{line}: " in item for items in found.values() for item in items)


def test_a_warning_stops_a_check(repository: Repository, tmp_path: Path) -> None:
    """What is doubtful is not published: an unknown topic is shown at its line, and is red."""
    text = digest(["New Owls"]) + "- topics: Owlery\n"
    repository.commit({"digests/2026-02-02-one.md": text})
    job = check(repository, tmp_path)
    assert not job.passed
    shown = [(one.name, one.properties.get("line")) for one in job.annotations]
    assert shown[0] == ("warning", "6")


def test_a_dead_link_is_shown(repository: Repository, tmp_path: Path) -> None:
    """What MkDocs complains of while it builds is an annotation too."""
    page = "# A page\n\n[nowhere](nowhere.md)\n"
    repository.commit({"docs/manual/index.md": page})
    job = check(repository, tmp_path)
    errors = [one for one in job.annotations if one.name == "error"]
    assert errors
    assert "nowhere.md" in errors[0].text


def hostile_digest() -> tuple[str, list[str]]:
    """Return a digest with hostile titles, and the titles."""
    titles = [f"{number} {text}" for number, text in enumerate((*ORDERS, *hostile.STRINGS), 100)]
    return digest(titles), titles


@pytest.mark.parametrize("start", [publish, check], ids=["publish", "check"])
def test_hostile_titles_stay_text(
    repository: Repository, tmp_path: Path, start: type[publish]
) -> None:
    """Titles order the runner nothing, and the summary shows each of them as written."""
    text, titles = hostile_digest()
    repository.commit({"digests/2026-02-02-hostile.md": text})
    job = start(repository, tmp_path)
    assert job.passed, [step.output for step in job.steps if step.outcome == "failure"]
    untouched(job, repository)
    papers = (job.handed.popitem()[1] / "data/papers.jsonl").read_text(encoding="utf-8")
    read = [json.loads(line)["title"] for line in papers.split("\n") if line]
    assert {title for title in read if re.match(r"1\d\d ", title)} >= set(titles[: len(ORDERS)])
    heading = next(heading for heading in listed(job.summary) if heading.endswith("new papers"))
    items = listed(job.summary)[heading]
    assert {bare(item) for item in items} == {bare(t) for t in read if re.match(r"1\d\d ", t)}


def bare(text: str) -> str:
    """Return `text` without what has no width."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def untouched(job: Job, repository: Repository) -> None:
    """Assert that no outside text acted: on the runner, in a shell, in the summary."""
    assert job.step("Set up Offprint").commands == []
    assert job.step("Say what is new").commands == []
    told = job.step("Build").commands
    assert {one.name for one in told} <= {"error", "warning", "notice"}
    assert all(set(one.properties) <= {"file", "line", "title"} for one in told)
    assert all(one.properties["title"].startswith("Offprint: ") for one in told if one.properties)
    for step in (one for one in job.steps if one.streams):
        assert not any(step.files.get(name) for name in ("ENV", "PATH", "OUTPUT", "STATE"))
    assert not list(repository.root.glob("**/injected*"))
    assert tags(job.summary) <= {"h2", "h3", "p", "ul", "li", "code"}
    assert html.unescape(job.summary).count("@\u200b") == html.unescape(job.summary).count("@")
    # The only HTML of the source is our own.
    assert set(re.findall(r"<[^>]*>", job.summary)) <= {"<code>", "</code>"}


def tags(summary: str) -> set[str]:
    """Return the elements of the rendered summary."""
    body = rendered(summary).body
    assert body
    return {str(node.tag) for node in body.traverse(include_text=False)} - {"body"}


NAMES = (
    "::error file=README.md,line=1::injected.md",
    "##[add-matcher]injected.md",
    "%0A::warning::injected.md",
    "$(touch injected).md",
    "`touch injected`;touch injected;.md",
    "-rf * 'quoted' \"twice\".md",
    "<img src=x onerror=alert(1)>.md",
    "@octocat #1 ![x](y).md",
    "a\n::error::injected.md",
    "a\r##[warning]injected.md",
    "${{ github.token }},line=7,col=8.md",
)


@pytest.mark.parametrize("start", [publish, check], ids=["publish", "check"])
def test_hostile_file_names_stay_text(
    repository: Repository, tmp_path: Path, start: type[publish]
) -> None:
    """Files whose names are orders are shown as broken, each once, and do nothing."""
    broken = {
        f"digests/{name}": digest([f"Owls {number}"]) + "- topics: ##[add-mask]x\n"
        for number, name in enumerate(NAMES)
    }
    repository.commit(broken)
    job = start(repository, tmp_path)
    assert not job.passed
    untouched(job, repository)
    shown = {one.properties["file"] for one in job.annotations if "file" in one.properties}
    written = {f"digests/{name}" for name in NAMES if name.isprintable()}
    assert written <= shown


def test_many_problems_are_cut_and_counted(repository: Repository, tmp_path: Path) -> None:
    """GitHub drops annotations beyond ten a level, so the tenth says how many are left."""
    text = digest([f"Owl {number}" for number in range(30)])
    text = text.replace("A note.\n", "A note.\n\n- topics: Owlery\n")
    repository.commit({"digests/2026-02-02-one.md": text})
    warnings = [one for one in check(repository, tmp_path).annotations if one.name == "warning"]
    assert len(warnings) == 10
    assert warnings[-1].text.startswith("… and 21 more")


def test_the_stand_in_would_see_an_order(tmp_path: Path) -> None:
    """The runner of these tests obeys both forms of an order, and none while it is stopped."""
    from tools.actions import obeyed

    orders: Mapping[str, str] = {
        "::error file=a%2Cb,line=3::one%0Atwo": "error",
        "  ::add-mask::x": "add-mask",
        "text ##[warning]x": "warning",
    }
    for line, name in orders.items():
        assert [one.name for one in obeyed(f"text\n{line}\n")] == [name]
        assert list(obeyed(f"::stop-commands::abc\n{line}\n::abc::\n")) == []
    assert list(obeyed("a ::error::b\n::unknown::x\n")) == []
