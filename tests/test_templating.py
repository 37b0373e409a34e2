from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from generator import templating
from generator.templating import TemplateFault, environment, render


def own(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a curator's template and return the folder of overrides."""
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "templates"


def test_what_a_template_prints_is_escaped_also_for_markdown_and_jinja(tmp_path: Path) -> None:
    """A template in `.j2` prints no character that HTML, Markdown or Jinja would act upon."""
    folder = own(tmp_path, "pages/x.md.j2", "{{ text }}")
    out = render(environment(folder), "pages/x.md.j2", {"text": "<b>{{ a }} `b` [c] \\ $d$ %}"})
    assert not set("<>{}[]`\\$%") & set(out)


@pytest.mark.parametrize(
    "kind",
    ["e", "escape", "lower"],
)
def test_filters_do_not_lead_around_the_escaping(tmp_path: Path, kind: str) -> None:
    """Jinja's own escape filter leaves no braces for MkDocs either."""
    folder = own(tmp_path, "pages/x.md.j2", f"{{{{ text | {kind} }}}}")
    assert "{" not in render(environment(folder), "pages/x.md.j2", {"text": "<b>{{ a }}"})


def test_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    """Text that was escaped before is not escaped twice."""
    folder = own(tmp_path, "pages/x.md.j2", "{{ text }}")
    assert render(environment(folder), "pages/x.md.j2", {"text": Markup("<b>")}) == "<b>"


def test_text_set_aside_is_escaped_once(tmp_path: Path) -> None:
    """What a template collects in a block and prints later is not escaped a second time."""
    folder = own(tmp_path, "pages/x.md.j2", "{% set kept %}<b>{{ text }}{% endset %}{{ kept }}")
    assert render(environment(folder), "pages/x.md.j2", {"text": "&"}) == "<b>&amp;"


def test_nothing_is_printed_for_none(tmp_path: Path) -> None:
    """What is not known leaves no word `None` in the page."""
    folder = own(tmp_path, "pages/x.md.j2", "[{{ text }}]")
    assert render(environment(folder), "pages/x.md.j2", {"text": None}) == "[]"


def test_an_override_replaces_one_template_and_no_other(tmp_path: Path) -> None:
    """A curator's partial serves the shipped pages; the rest stays as shipped."""
    folder = own(tmp_path, "partials/search-field.md.j2", "<p>my own field</p>\n")
    found = environment(folder)
    assert found.get_template("partials/search-field.md.j2").render() == "<p>my own field</p>\n"
    shipped = templating.folder() / "pages/home.md.j2"
    assert found.get_template("pages/home.md.j2").filename == str(shipped)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("one\n{% if %}\n", 2, "expression"),
        ("one\ntwo\n{{ absent }}\n", 3, "'absent' is undefined"),
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
        ("{% include 'partials/none.md.j2' %}", None, "no such template"),
        (b"\xff\xfe", None, "UTF-8"),
    ],
)
def test_a_fault_names_the_file_and_line(
    tmp_path: Path, text: str | bytes, line: int | None, said: str
) -> None:
    """A curator's mistake comes out with its place, without folders of the machine."""
    folder = own(tmp_path, "pages/x.md.j2", text)
    with pytest.raises(TemplateFault) as caught:
        render(environment(folder), "pages/x.md.j2", {})
    fault = caught.value
    assert fault.line == line
    assert said in fault.message
    assert str(tmp_path) not in str(fault)
    assert fault.path in {"templates/pages/x.md.j2", "templates/partials/none.md.j2"}


def test_a_fault_in_a_partial_names_the_partial(tmp_path: Path) -> None:
    """The innermost template is named, not the page that includes it."""
    own(tmp_path, "partials/y.md.j2", "\n{{ absent }}")
    folder = own(tmp_path, "pages/x.md.j2", "{% include 'partials/y.md.j2' %}")
    with pytest.raises(TemplateFault, match=r"^templates/partials/y\.md\.j2:2: "):
        render(environment(folder), "pages/x.md.j2", {})


def test_the_shipped_folder_holds_every_page(tmp_path: Path) -> None:
    """The folder that is told exists and has the pages' templates."""
    assert (templating.folder() / "pages" / "paper.md.j2").is_file()


def test_a_copy_inside_the_package_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed from a wheel the package's own folder serves, in a checkout the one beside it."""
    monkeypatch.setattr(templating, "__file__", str(tmp_path / "generator" / "templating.py"))
    assert templating.folder() == tmp_path / "templates"
    (tmp_path / "generator" / "templates").mkdir(parents=True)
    assert templating.folder() == tmp_path / "generator" / "templates"
