"""The manual and the README: what they say of commands, settings, forms, addresses, modules."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from generator import addresses, cli, corrections, exports, readers, settings
from generator.exports import bundles
from generator.exports.citations import citations
from generator.models import Reading, Source
from generator.pages import metadata
from generator.readers import keyed
from generator.signposts import schemas
from generator.topics import topicfile
from tests import factories

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs/manual"
WRITTEN = [
    *sorted(MANUAL.glob("*.md")),
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
]
COMMANDS = {
    f"{group} {name}".strip(): command
    for group, found in (("", cli.main), *cli.main.commands.items())
    if isinstance(found, click.Group)
    for name, command in found.commands.items()
    if not isinstance(command, click.Group)
}
"""Each command by its words; those of a group have two."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)\s#]*)(?:#([^)\s]*))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_COMMAND = re.compile(r"(?:^\$ |`)offprint((?: [^\n`|]+)?)", re.MULTILINE)
_SECONDS = re.compile(r"\d+\.\d s\b")


def page(name: str) -> str:
    """Return the text of a page of the manual."""
    return (MANUAL / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands under `heading`, up to the next heading of its depth or above."""
    depth = heading.index(" ")
    _, _, rest = text.partition(f"\n{heading}\n")
    assert rest, f"there is no heading '{heading}'"
    end = re.search(rf"^#{{1,{depth}}} ", without_blocks(rest), re.MULTILINE)
    return rest[: end.start()] if end else rest


def without_blocks(text: str) -> str:
    """Return `text` with its fenced blocks blanked out, as long as before."""
    return _BLOCK.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text)


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of one language."""
    return [content for found, content in _BLOCK.findall(text) if found == language]


def column(text: str, number: int = 0) -> set[str]:
    """Return all code in one column of the tables of `text`."""
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row[number])}


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as MkDocs and GitHub make them alike."""
    titles = _HEADING.findall(without_blocks(path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def reading(path: str, content: str) -> Reading:
    """Return what the installed readers make of `content`."""
    source = Source(path, content.encode())
    return readers.read(source, readers.Defaults(), readers.installed())


def options(command: click.Command) -> set[str]:
    """Return every option of `command`."""
    return {name for param in command.params for name in param.opts if name.startswith("-")}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_shown(name: str) -> None:
    """Each command has a section, with an example and exactly its own options."""
    text = section(page("commands"), f"## `offprint {name}`")
    assert f"$ offprint {name}" in "".join(blocks(text, "console"))
    said = set(re.findall(r"^- `(--?\w[\w-]*)", text, re.MULTILINE))
    assert said == options(COMMANDS[name]) - {"-C", "--report"}


def test_shared_options_are_said_once() -> None:
    """The head of the page says which commands know --report, and -C is known but to init."""
    named = re.search(r"`--report FILE`: \(([^)]*)\)", page("commands"))
    assert named
    knowing = {name for name, command in COMMANDS.items() if "--report" in options(command)}
    assert set(re.findall(r"`([\w ]+)`", named[1])) == knowing
    assert {n for n, command in COMMANDS.items() if "-C" not in options(command)} == {"init"}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_no_page_shows_a_command_that_is_not_there(path: Path) -> None:
    """Each `offprint …` of a page, with its options, is one that the command line knows."""
    for words in map(str.split, _COMMAND.findall(path.read_text(encoding="utf-8"))):
        if words and not words[0].startswith("-"):
            name = next((n for n in (words[0], " ".join(words[:2])) if n in COMMANDS), None)
            assert name, f"offprint {words[0]}"
            said = {word for word in words if re.fullmatch(r"--[\w-]+|-[A-Z]", word)}
            assert said <= options(COMMANDS[name]) | {"--help"}


@pytest.mark.parametrize("arguments", [["--nosuch"], ["build", "--nosuch"], ["add"]])
def test_wrong_use_has_the_exit_code_of_the_manual(arguments: list[str]) -> None:
    """An unknown option and a missing argument exit with the code of wrong use."""
    code = CliRunner().invoke(cli.main, arguments).exit_code
    assert f"| {code} | wrong use" in page("commands")


@pytest.mark.parametrize("name", settings.option_names())
def test_every_setting_has_its_section_and_default(name: str) -> None:
    """Each setting of the plugin has a section that begins with its default."""
    default = getattr(settings.Settings(), name)
    said = section(page("settings"), f"### `{name}`").strip()
    assert said.startswith(f"Default: `{default}`." if default else "Default: ")


def test_no_setting_is_made_up() -> None:
    """The manual has no section on a setting that the plugin lacks."""
    said = re.findall(r"^### `(\w+)`$", page("settings"), re.MULTILINE)
    assert set(said) == set(settings.option_names())


@pytest.mark.parametrize("name", ["site_name", "site_url", "docs_dir", "site_dir"])
def test_settings_of_the_site_have_their_defaults(name: str) -> None:
    """The table of MkDocs' own settings says what Offprint takes without them."""
    default = getattr(settings.Settings(), name)
    assert f"| `{name}` | `{default}` |" in page("settings")


def test_the_settings_shown_are_accepted(tmp_path: Path) -> None:
    """The mkdocs.yml of the manual causes no problem, not even a note."""
    (tmp_path / "mkdocs.yml").write_text(blocks(page("settings"), "yaml")[0], encoding="utf-8")
    found, problems = settings.load(tmp_path)
    assert found
    assert problems == []


def test_the_templates_are_those_of_the_table() -> None:
    """Each page template is named, and each name is there."""
    said = column(section(page("settings"), "## Templates of your own"))
    assert [name for name in said if not (ROOT / "templates" / name).exists()] == []
    there = {f"pages/{path.name}" for path in (ROOT / "templates/pages").iterdir()}
    assert {name for name in said if name.endswith(".j2")} == there


def test_every_reader_is_named() -> None:
    """Each form that Offprint itself reads is named, by the name that reports use."""
    own = [e for e in entry_points(group=readers.GROUP) if e.value.startswith("generator.")]
    table = page("first-digest").partition("## A digest in Markdown")[0]
    assert column(table) == {entry.name for entry in own}


def test_every_key_of_a_paper_is_named() -> None:
    """The table has the keys of the curated form, and their other spellings beside them."""
    table = section(page("first-digest"), "### A paper")
    assert column(table) == {*keyed._SETTERS, "topics"}
    assert column(table, 2) == set(keyed._ALIASES)


def test_every_key_of_the_front_matter_is_named() -> None:
    """The table has the keys that the reader offers where one is unknown."""
    found = reading("x.md", "---\nzzz: 1\ndate: 2026-03-02\n---\n\n## A paper\n")
    known = found.problems[0].hint.removeprefix("known are: ").split(", ")
    assert column(section(page("first-digest"), "### Front matter")) == set(known)


def test_the_digest_shown_is_read_whole() -> None:
    """The digest of the manual is read without a problem, its abstract and facts too."""
    found = reading("digests/march.md", blocks(page("first-digest"), "markdown")[0])
    assert (found.format, found.read, found.problems) == ("curated", 2, ())
    facts = found.digests[0].entries[0].facts
    assert facts.abstract == "The authors' own summary, if you want it on the page."
    assert facts.note
    assert facts.links.code == ("https://github.com/example/pretraining",)


def test_the_topics_shown_are_accepted() -> None:
    """The topics.yml of the manual causes no problem."""
    content = blocks(page("topics"), "yaml")[0]
    found, problems = topicfile.read(Source("topics.yml", content.encode()))
    assert problems == ()
    assert [(topic.slug, topic.parent) for topic in found] == [
        ("speech", None),
        ("speech-on-small-devices", "speech"),
    ]


def test_every_key_of_a_topic_is_named() -> None:
    """The table has the keys that topics.yml may hold."""
    _, problems = topicfile.read(Source("topics.yml", b"topics: [{name: A, zzz: 1}]"))
    known = problems[0].hint.rpartition("known: ")[2].split(", ")
    assert column(section(page("topics"), "## Keys of a topic")) == set(known)


def test_the_corrections_shown_are_accepted() -> None:
    """The corrections.yml of the manual causes no problem, and says what it seems to say."""
    content = blocks(page("corrections"), "yaml")[0]
    found, problems = corrections.read(Source("corrections.yml", content.encode()))
    assert problems == ()
    assert [len(row) for row in (*found.same, *found.different)] == [2, 3, 2]
    assert found.papers[0].links == (("code", "https://github.com/example/code"),)
    assert found.papers[1].hide


def test_every_key_of_the_corrections_is_named() -> None:
    """The tables have the keys of the file and of a paper, and the kinds of links."""
    text = page("corrections")
    said = column(section(text, "## corrections.yml"))
    assert said == {*corrections._KEYS, *corrections._CHANGES}
    kinds = text.partition("Kinds of links are ")[2].partition("\n")[0]
    assert re.findall(r"`(\w+)`", kinds) == list(corrections._KINDS)


def test_every_address_is_named() -> None:
    """Each kind of address that the program can make stands on the page."""
    said = column(page("addresses"))
    names = (addresses.HOME, addresses.TOPICS, addresses.DIGESTS, addresses.SEARCH)
    made = [*names, addresses.SAVED, addresses.FEEDS, addresses.OPML]
    makers = (addresses.topic, addresses.digest, addresses.paper)
    made += [make("<slug>") for make in makers]
    feeds = [make("<slug>") for make in (addresses.topic_feed, addresses.author_feed)]
    made += [f"{feed}.*" for feed in (addresses.ALL_FEED, addresses.DIGESTS_FEED, *feeds)]
    made += [addresses.older("<slug>", "<N>")]  # type: ignore[arg-type]
    assert {f"/{uri}" for uri in made} <= said


def test_every_field_of_the_catalogue_is_named() -> None:
    """The table has the fields of a line of data/papers.jsonl, and the parts of its lists."""
    text = section(page("data"), "## A line of `data/papers.jsonl`")
    day = factories.digest()
    record = exports.record(factories.paper(digests=[day], topics=["vision"]))
    assert column(text) == set(record)
    parts = {*record["featured"][0], *record["topics"][0], *record["links"]}
    assert parts <= column(text, 1)


def test_every_field_of_the_schemas_is_named() -> None:
    """The tables have the fields of both schemas and the parts of their lists, and no others."""
    for heading, schema in (
        ("## A line of `data/papers.jsonl`", schemas.paper("")),
        ("## `data/build.json`", schemas.build("")),
    ):
        text = section(page("data"), heading)
        assert column(text) == set(schema["properties"])
        assert inner_fields(schema) <= column(text, 1)


def inner_fields(schema: Mapping[str, Any]) -> set[str]:
    """Return the fields of the objects within the fields of a schema."""
    found: set[str] = set()
    for field in schema["properties"].values():
        inner = field.get("items", field)
        if "properties" in inner:
            found |= inner["properties"].keys() | inner_fields(inner)
    return found


def test_every_column_of_a_table_is_named() -> None:
    """The manual has the columns of a CSV file."""
    text = section(page("data"), "## Columns of a CSV file")
    assert column(text) == set(bundles.columns("csv"))


def test_the_example_with_the_data_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Python of the manual counts the papers of each topic."""
    one = factories.paper(digests=[factories.digest()], topics=["vision"])
    lines = [json.dumps(exports.record(one)).encode()] * 3
    monkeypatch.setattr("urllib.request.urlopen", lambda _: nullcontext(lines))
    exec(blocks(page("data"), "python")[0], {})
    assert capsys.readouterr().out == "Counter({'vision': 3})\n"


def test_every_tag_of_a_paper_is_named() -> None:
    """The manual has the tags of a paper's page that its text does not put into words."""
    one = factories.paper(authors=("A",), published="2025", arxiv="2503.00001", doi="10.1/x")
    told = metadata.tags(citations([one])[one.slug])
    said = set(re.findall(r"`([\w.]+)`", section(page("data"), "## What pages tell programs")))
    worded = {"citation_public_url", "citation_abstract_html_url", "citation_publisher"}
    assert {name for name, _ in told} <= said | worded


def test_every_room_is_named() -> None:
    """The table of rooms has each module and folder of the program, and no other."""
    said = column(section(page("architecture"), "## The rooms").partition("###")[0], 1)
    folders = {f"{path.parent.name}/" for path in (ROOT / "generator").glob("*/__init__.py")}
    there = {path.name for path in (ROOT / "generator").glob("*.py")} - {"__init__.py"}
    assert said == there | folders


def test_every_module_within_a_room_is_named() -> None:
    """The second table has each module of each folder, below its folder."""
    said: dict[str, set[str]] = {}
    room = ""
    for line in section(page("architecture"), "### Inside the rooms").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 3 and "`" in cells[1]:
            room = cells[0].strip("`/") or room
            said.setdefault(room, set()).update(re.findall(r"`(\w+)\.py`", cells[1]))
    # What each reader is called, and reads, stands in the table of forms.
    del said["readers"]
    there: dict[str, set[str]] = {}
    for path in (ROOT / "generator").glob("*/*.py"):
        if path.stem != "__init__" and path.parent.name != "readers":
            there.setdefault(path.parent.name, set()).add(path.stem)
    assert said == there


def rows() -> dict[str, int]:
    """Return the row of each module in the table of modules, the uppermost first."""
    found: dict[str, int] = {}
    number = -1
    for line in section(page("architecture"), "## The rooms").partition("###")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 3 and "`" in cells[1]:
            number += bool(cells[0])
            names = re.findall(r"`(\w+)(?:\.py|/)`", cells[1])
            found |= dict.fromkeys(names, number)
    return found


def imports(path: Path) -> Iterator[str]:
    """Yield the modules of the program that the module at `path` imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            yield (node.module or "").split(".")[1]


def room_of(path: Path) -> str:
    """Return the room in which the module at `path` stands."""
    return path.relative_to(ROOT / "generator").with_suffix("").parts[0]


def test_modules_import_only_downwards() -> None:
    """A module imports from its own row of the table and from rows below, as the page says."""
    known = rows()
    upwards = [
        f"{path.stem} imports {name}"
        for path in (ROOT / "generator").rglob("*.py")
        for name in imports(path)
        if name in known and known[name] < known.get(room_of(path), 99)
    ]
    assert upwards == []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_links_between_pages_resolve(path: Path) -> None:
    """Each link to another page, or to a place on one, leads somewhere."""
    dead = []
    for file, anchor in _LINK.findall(without_blocks(path.read_text(encoding="utf-8"))):
        target = path.parent / file if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(f"{file}#{anchor}")
    assert dead == []


def test_every_page_of_the_manual_is_in_the_menu() -> None:
    """mkdocs.yml names each page of the manual, and the overview and the README link to it."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    overview, readme = page("index"), (ROOT / "README.md").read_text(encoding="utf-8")
    for path in MANUAL.glob("*.md"):
        assert f"- manual/{path.name}\n" in config
        assert f"docs/manual/{path.name})" in readme
        assert f"]({path.name})" in overview or path.name == "index.md"


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of the console blocks of `text` with the output shown below it."""
    for block in blocks(text, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def alike(output: str, folder: Path) -> str:
    """Return `output` without what differs between machines: times, and the folder's path."""
    return _SECONDS.sub("0.0 s", output.replace(str(folder), "/home/you"))


@pytest.mark.parametrize("heading", ["## Your first digest", "## Read what you already have"])
def test_the_commands_of_the_readme_print_what_it_shows(heading: str, tmp_path: Path) -> None:
    """Run in their order, they print what is shown but for times and paths."""
    text = section((ROOT / "README.md").read_text(encoding="utf-8"), heading)
    for digest in blocks(text, "markdown"):
        (tmp_path / "february.md").write_text(digest, encoding="utf-8")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    path = os.pathsep.join((sysconfig.get_path("scripts"), os.environ["PATH"]))
    for command, shown in steps(text):
        if command.startswith("offprint serve"):
            continue  # It would run until interrupted.
        done = subprocess.run(
            command,
            shell=True,
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert alike(done.stdout, tmp_path) == alike(shown, tmp_path)
        assert done.returncode == 0


def test_the_reader_shown_works(tmp_path: Path) -> None:
    """The reader of the manual, installed, reads a sheet and accounts for each row."""
    text = section(page("architecture"), "## A reader of your own")
    module, project = blocks(text, "python")[0], tomllib.loads(blocks(text, "toml")[0])["project"]
    assert len(module.splitlines()) <= 40
    install(tmp_path / "packages", module, project)
    sheet = "A title\thttps://arxiv.org/abs/2401.12340\tA note\n\thttps://example.org\t\n"
    (tmp_path / "2026-03-02-list.tsv").write_text(sheet, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        yaml.safe_dump({"site_name": "A", "plugins": ["offprint"]}), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "generator", "add", "2026-03-02-list.tsv"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "packages")},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith("2026-03-02-list.tsv: sheet, 1 of 2 entries read, 1 rejected\n")
    assert "2026-03-02-list.tsv:2: error: a row without a title" in done.stderr
    lock = (tmp_path / "papers.lock").read_text(encoding="utf-8")
    assert lock == "a-title arxiv:2401.12340 title:a-title\n"


def install(folder: Path, module: str, project: dict[str, object]) -> None:
    """Put a module into `folder` with the metadata that pip would write for its project."""
    info = folder / f"{str(project['name']).replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (folder / "offprint_sheet.py").write_text(module, encoding="utf-8")
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    groups = project["entry-points"]
    assert isinstance(groups, dict)
    lines = [
        line
        for group, entries in groups.items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in entries.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
