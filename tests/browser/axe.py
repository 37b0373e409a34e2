"""What axe-core finds on a page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What laws ask for, what is new in WCAG 2.2, and axe's own advice.
EVERYTHING = (
    *(f"wcag{version}{level}" for version in ("2", "21", "22") for level in ("a", "aa")),
    "best-practice",
)
# The rules that look at colours: the only ones for which another scheme makes a difference.
COLOURS = ("color-contrast", "link-in-text-block")
_RUN = """options => axe.run(document, options).then(result => result.violations)"""


def violations(page: Page, *, colours_only: bool = False) -> list[str]:
    """Return the rule, the element and the fault of each violation on `page`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only: dict[str, object] = {"type": "tag", "values": list(EVERYTHING)}
    if colours_only:
        only = {"type": "rule", "values": list(COLOURS)}
    return [
        f"{rule['id']}: {node['html'][:200]}: {' '.join(node['failureSummary'].split())}"
        for rule in page.evaluate(_RUN, {"resultTypes": ["violations"], "runOnly": only})
        for node in rule["nodes"]
    ]
