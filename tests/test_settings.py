"""One file holds the settings, and each mistake in it has its hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import Problem, Severity
from generator.settings import CONFIG, LOCAL_URL, Settings, load, option_names

WHOLE = """
site_name: Small papers
site_url: https://papers.example/list
site_description: What we read.
plugins:
  - offprint:
      feed_id: tag:papers.example,2026:offprint
      year: 2026
      epoch: 2001-02-03
      page_size: 5
      feed_limit: 7
      subscribe_action: https://news.example/in
      subscribe_service: listmonk
      subscribe_field: address
      subscribe_hidden: l=7
      mail_from: We <we@papers.example>
      mail_unsubscribe: https://papers.example/leave
      mail_imprint: 1 Lab Lane
      mail_rate: 9
"""


def settings(root: Path, content: str) -> tuple[Settings | None, list[Problem]]:
    (root / CONFIG).write_text(content, encoding="utf-8")
    return load(root)


def refused(root: Path, content: str) -> Problem:
    """Return the only error of settings that cannot be used."""
    found, problems = settings(root, content)
    assert found is None
    (problem,) = problems
    assert problem.severity is Severity.ERROR
    assert problem.path == CONFIG
    assert problem.hint
    assert "\n" not in problem.message + problem.hint
    return problem


def test_all_settings_are_read(tmp_path: Path) -> None:
    """What the curator wrote is what counts, an unquoted day too."""
    found, problems = settings(tmp_path, WHOLE)
    assert problems == []
    assert found == Settings(
        site_name="Small papers",
        site_url="https://papers.example/list/",
        site_description="What we read.",
        feed_id="tag:papers.example,2026:offprint",
        year=2026,
        epoch="2001-02-03",
        page_size=5,
        feed_limit=7,
        subscribe_action="https://news.example/in",
        subscribe_service="listmonk",
        subscribe_field="address",
        subscribe_hidden="l=7",
        mail_from="We <we@papers.example>",
        mail_unsubscribe="https://papers.example/leave",
        mail_imprint="1 Lab Lane",
        mail_rate=9,
    )


def test_every_setting_of_the_plugin_has_its_type(tmp_path: Path) -> None:
    """Nothing that YAML makes of a value gets into the settings: days are text."""
    found, _ = settings(tmp_path, WHOLE)
    kinds = {name: type(getattr(found, name)) for name in option_names()}
    numbers = {"year", "page_size", "feed_limit", "mail_rate", "stale_after"}
    assert kinds == {name: int if name in numbers else str for name in option_names()}


def test_a_subscribe_box_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    """It is named before anything is built."""
    problem = refused(
        tmp_path,
        "site_url: https://a.example/\nplugins: [offprint: {subscribe_action: http://b.example}]\n",
    )
    assert "subscribe_action would send" in problem.message


@pytest.mark.parametrize(
    "plugins",
    ["[offprint]", "[search, offprint]", "{offprint: {}}", "[offprint: {}]", "{offprint: null}"],
)
def test_the_plugin_is_found_in_every_form(tmp_path: Path, plugins: str) -> None:
    """MkDocs takes a list of names, of mappings, or one mapping."""
    found, problems = settings(tmp_path, f"site_url: https://a.example/\nplugins: {plugins}\n")
    assert found is not None
    assert found.page_size == 30
    assert [problem.severity for problem in problems] == [Severity.NOTE]


def test_without_an_address_the_site_is_local_and_says_so(tmp_path: Path) -> None:
    """site_url and feed_id have defaults, each with a note of its own."""
    found, problems = settings(tmp_path, "plugins: [offprint]\n")
    assert found is not None
    assert found.site_url == LOCAL_URL
    assert found.feed_id == "tag:127.0.0.1,2000:offprint"
    assert [problem.severity for problem in problems] == [Severity.NOTE] * 2
    assert "site_url" in problems[0].message
    assert found.feed_id in problems[1].message


def test_env_reads_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`!ENV` is MkDocs' own: its value, else its default, else unset."""
    monkeypatch.setenv("SITE", "https://host.example/repo/")
    monkeypatch.delenv("NO_SITE", raising=False)
    content = "site_url: !ENV SITE\nsite_name: !ENV [NO_SITE, Here]\nplugins: [offprint]\n"
    found, _ = settings(tmp_path, content)
    assert found is not None
    assert (found.site_url, found.site_name) == ("https://host.example/repo/", "Here")
    found, problems = settings(tmp_path, "site_url: !ENV NO_SITE\nplugins: [offprint]\n")
    assert found is not None
    assert found.site_url == LOCAL_URL
    assert "site_url" in problems[0].message


def test_tags_of_other_plugins_pass(tmp_path: Path) -> None:
    """Tags that name Python objects or files run nothing and disturb nothing."""
    content = (
        "plugins: [offprint]\nmarkdown_extensions:\n- x:\n"
        "    a: !!python/name:os.system\n    b: !!python/object/apply:os.abort []\n"
        "    c: !relative $docs_dir\n    d: !INCLUDE {x: 1}\n"
    )
    assert settings(tmp_path, content)[0] is not None


def test_no_file_is_an_error(tmp_path: Path) -> None:
    """The hint names the command for a new collection."""
    found, (problem,) = load(tmp_path)
    assert found is None
    assert problem.severity is Severity.ERROR
    assert "offprint init" in problem.hint


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    """The system's reason is told."""
    (tmp_path / CONFIG).mkdir()
    found, (problem,) = load(tmp_path)
    assert found is None
    assert "cannot be read" in problem.message


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "only text\n", "null\n"])
def test_a_file_without_settings_is_an_error(tmp_path: Path, content: str) -> None:
    """An empty file, a list and plain text hold none."""
    assert refused(tmp_path, content).message == "holds no settings"


def test_broken_yaml_names_its_line(tmp_path: Path) -> None:
    """The curator is led to the place."""
    problem = refused(tmp_path, "site_name: a\nplugins: b: c\n")
    assert problem.line == 2


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", b"a: \x00", b"[" * 5000, b"? [a]\n: b\n\t"])
def test_rubbish_is_an_error(tmp_path: Path, data: bytes) -> None:
    """No bytes lead to a traceback."""
    (tmp_path / CONFIG).write_bytes(data)
    found, (problem,) = load(tmp_path)
    assert found is None
    assert problem.severity is Severity.ERROR
    assert problem.hint


@pytest.mark.parametrize("plugins", ["plugins: [search]\n", "plugins: 5\n", "plugins:\n", ""])
def test_a_collection_without_the_plugin_is_an_error(tmp_path: Path, plugins: str) -> None:
    """`mkdocs build` alone would make no pages."""
    assert "'offprint' is not switched on" in refused(tmp_path, f"site_name: x\n{plugins}").message


@pytest.mark.parametrize("options", ["[a]", "5", "text", "[[a, b]]"])
def test_settings_that_are_no_mapping_are_an_error(tmp_path: Path, options: str) -> None:
    """A list or a word under the plugin is told, not tried."""
    refused(tmp_path, f"plugins:\n- offprint: {options}\n")


def test_a_day_that_no_calendar_has_is_told(tmp_path: Path) -> None:
    """YAML itself refuses it; its reason is passed on."""
    problem = refused(tmp_path, "plugins:\n- offprint:\n    epoch: 2001-02-30\n")
    assert "day is out of range" in problem.message


def test_an_unknown_setting_names_the_known_ones(tmp_path: Path) -> None:
    """So that the curator finds the right one."""
    problem = refused(tmp_path, "plugins:\n- offprint:\n    pagesize: 3\n")
    assert "'pagesize'" in problem.message
    assert all(name in problem.hint for name in option_names())


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("page_size: 0", "whole number"),
        ("page_size: -1", "whole number"),
        ("page_size: 2.5", "whole number"),
        ("page_size: many", "whole number"),
        ("feed_limit: true", "whole number"),
        ("year: '2026'", "whole number"),
        ("epoch: yesterday", "YYYY-MM-DD"),
        ("epoch: '2001-02-30'", "YYYY-MM-DD"),
        ("epoch: 20010203", "YYYY-MM-DD"),
        ("epoch: 2001-W05-3", "YYYY-MM-DD"),
        ("epoch: 2001-02-03 10:00:00", "YYYY-MM-DD"),
        ("feed_id: 5", "text"),
        ("feed_id: [a]", "text"),
    ],
)
def test_a_value_of_the_wrong_kind_says_the_right_one(
    tmp_path: Path, setting: str, kind: str
) -> None:
    """In words that a curator knows, not in names of types."""
    problem = refused(tmp_path, f"plugins:\n- offprint:\n    {setting}\n")
    assert f"'{setting.split(':')[0]}'" in problem.message
    assert kind in problem.hint


@pytest.mark.parametrize(
    "address", ["papers.example", "ftp://a.example/", "https://", "http://[", "javascript:alert(1)"]
)
def test_an_address_that_is_none_is_an_error(tmp_path: Path, address: str) -> None:
    """Feeds and the site map need a whole address."""
    problem = refused(tmp_path, f"site_url: '{address}'\nplugins: [offprint]\n")
    assert address in problem.message
