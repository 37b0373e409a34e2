"""Pages that a curator writes by hand: what Markdown and Material offer there works."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from toy import offprint

PAGE = """# Our rules

!!! warning "Mind the gap"

    Bring your own tea.

??? note "More"

    Hidden at first.

=== "Monday"

    We read.

=== "Tuesday"

    We talk.

```python
def brew(leaves):
    return leaves * 2
```

```console
$ kettle --on
warming up
$ kettle --pour 2
```
"""


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a hand-written page at `rules/`."""
    root = tmp_path_factory.mktemp("written") / "papers"
    assert offprint("init", root).exit_code == 0
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "rules.md").write_text(PAGE, encoding="utf-8")
    assert offprint("build", root=root).exit_code == 0
    return root / "site"


def test_admonitions_and_details_are_drawn(page: Page, serve, written: Path):
    """The box has its title and its sign; what is folded opens at a click."""
    page.goto(serve(written) + "rules/")
    box = page.locator(".admonition.warning")
    expect(box.locator(".admonition-title")).to_have_text("Mind the gap")
    sign = "one => getComputedStyle(one, '::before').maskImage"
    assert "svg" in box.locator(".admonition-title").evaluate(sign)
    hidden = page.get_by_text("Hidden at first.")
    expect(hidden).not_to_be_visible()
    page.get_by_text("More", exact=True).click()
    expect(hidden).to_be_visible()


def test_tabs_change_by_mouse_and_by_key(page: Page, serve, written: Path):
    """One tab is shown at a time."""
    page.goto(serve(written) + "rules/")
    monday, tuesday = page.get_by_text("We read."), page.get_by_text("We talk.")
    expect(monday).to_be_visible()
    expect(tuesday).not_to_be_visible()
    page.get_by_text("Tuesday", exact=True).click()
    expect(tuesday).to_be_visible()
    expect(monday).not_to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(monday).to_be_visible()


def test_code_is_copied_as_it_stands(browser: Browser, serve, written: Path):
    """The button puts the block on the clipboard, of a terminal the commands, and says so."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(serve(written) + "rules/")
    said = []
    for block in page.locator(".op-code").all():
        block.hover()
        block.get_by_role("button").click()
        expect(block.get_by_role("button", name="Copied")).to_be_visible()
        said.append(page.evaluate("navigator.clipboard.readText()"))
    context.close()
    assert said[0] == "def brew(leaves):\n    return leaves * 2\n"
    assert said[1] == "kettle --on\nkettle --pour 2\n"


def test_a_page_without_code_loads_no_script_for_it(page: Page, serve, written: Path):
    """Generated pages have no use for it."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    home = serve(written)
    page.goto(home)
    assert not [url for url in seen if "code.js" in url]
    page.goto(home + "rules/")
    assert [url for url in seen if "code.js" in url]
