"""The subscribe box: a form for any newsletter service, and none where none is set up."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.subscribing import Box, Unfit, box
from tests.toy import publish_at, replace, toy

LISTMONK = "l=1b2c3d4e-0000-4000-8000-000000000000"
MAILCHIMP = "https://lab.us5.list-manage.com/subscribe/post?u=0a1b&id=2c3d&f_id=4e"
EMBED = "https://buttondown.com/api/emails/embed-subscribe/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"action": "https://a.example/x?y=1"}, Box("https://a.example/x?y=1", "email")),
        (
            {"action": "https://a.example/", "field": "EMAIL", "hidden": "list=7&tag=a+b&tag="},
            Box("https://a.example/", "EMAIL", (("list", "7"), ("tag", "a b"), ("tag", ""))),
        ),
        *(
            (
                {"service": "buttondown", "action": it},
                Box(EMBED + "lab", "email", (("embed", "1"),)),
            )
            for it in ("lab", "https://buttondown.com/lab/", "https://buttondown.email/lab")
        ),
        (
            {"service": "buttondown", "action": EMBED + "lab"},
            Box(EMBED + "lab", "email", (("embed", "1"),)),
        ),
        *(
            ({"service": "mailchimp", "action": it}, Box(MAILCHIMP, "EMAIL", (), ("b_0a1b_2c3d",)))
            for it in (MAILCHIMP, escape(MAILCHIMP))
        ),
        *(
            (
                {"service": "listmonk", "action": it, "hidden": LISTMONK},
                Box(
                    "https://lists.example/subscription/form",
                    "email",
                    (("l", LISTMONK[2:]),),
                    ("nonce",),
                ),
            )
            for it in ("https://lists.example/", "https://lists.example/subscription/form")
        ),
    ],
)
def test_a_box_is_made_of_what_a_curator_has(given: dict[str, str], expected: Box) -> None:
    """Any form's address, or what is at hand of the three known services."""
    assert box(**given) == expected


def test_without_settings_there_is_none() -> None:
    """Nothing is asked for."""
    assert box("") is None


@pytest.mark.parametrize(
    ("given", "setting"),
    [
        ({"action": "", "service": "listmonk"}, "subscribe_action"),
        ({"action": "https://a.example/", "service": "mailgorilla"}, "subscribe_service"),
        ({"action": "https://a.example/", "hidden": "=&"}, "subscribe_hidden"),
        ({"action": "http://a.example/"}, "subscribe_action"),
        ({"action": "lab"}, "subscribe_action"),
        ({"action": "javascript:alert(1)"}, "subscribe_action"),
        ({"action": "https://user:word@a.example/"}, "subscribe_action"),
        ({"action": "https://a.example; script-src */x"}, "subscribe_action"),
        ({"action": "https://a.example,*/x"}, "subscribe_action"),
        ({"action": "https://[x"}, "subscribe_action"),
        ({"action": "https://a.example/\nx"}, "subscribe_action"),
        ({"action": "https://a.example/", "service": "buttondown"}, "subscribe_action"),
        ({"action": "https://buttondown.com/", "service": "buttondown"}, "subscribe_action"),
        ({"action": "https://a.example/", "service": "mailchimp"}, "subscribe_action"),
        ({"action": "https://a.example/", "service": "listmonk"}, "subscribe_hidden"),
    ],
)
def test_what_makes_no_form_is_told(given: dict[str, str], setting: str) -> None:
    """By the setting to mend, with a hint."""
    with pytest.raises(Unfit) as unfit:
        box(**given)
    assert unfit.value.setting == setting
    assert unfit.value.hint


def forms(page: Path) -> list[LexborNode]:
    return LexborHTMLParser(page.read_text(encoding="utf-8")).css("form.op-subscribe")


def policies(root: Path) -> dict[str, set[str]]:
    """Return what pages allow forms to call, each with the pages that do."""
    found: dict[str, set[str]] = {}
    for page in root.rglob("*.html"):
        (allowed,) = re.findall("form-action ([^;]*);", page.read_text(encoding="utf-8"))
        found.setdefault(allowed, set()).add(page.relative_to(root).as_posix())
    return found


def test_a_site_without_a_box_calls_nobody(tmp_path: Path) -> None:
    """No form, and the policy of every page allows the site itself only."""
    root = toy(tmp_path)
    assert publish_at(root) == []
    assert set(policies(root / "site")) == {"'self'"}
    assert not any(map(forms, (root / "site").rglob("*.html")))


def test_a_site_with_a_box_calls_that_host_alone(tmp_path: Path) -> None:
    """The box is on home, digests, topics and feeds; hostile values stay values."""
    root = toy(tmp_path)
    lines = (
        "subscribe_action: https://news.example/in?list=1&x=%22",
        "subscribe_field: 'mail\"><script>'",
        "subscribe_hidden: 'tag=%3Cb%3E%7B%7B+7*7+%7D%7D'",
    )
    replace(root / "mkdocs.yml", "year: 2025", "\n      ".join(("year: 2025", *lines)))
    assert publish_at(root) == []
    site = root / "site"
    assert set(policies(site)) == {"'self' https://news.example"}
    wanted = ["index.html", "feeds/index.html"]
    wanted += [p.relative_to(site).as_posix() for p in site.glob("digests/*/index.html")]
    wanted += [p.relative_to(site).as_posix() for p in site.glob("topics/*/index.html")]
    having = {p.relative_to(site).as_posix() for p in site.rglob("*.html") if forms(p)}
    assert having == set(wanted)
    (form,) = forms(site / "index.html")
    assert form.attributes["action"] == "https://news.example/in?list=1&x=%22"
    assert form.attributes["method"] == "post"
    named = {n.attributes["name"]: n.attributes.get("value") for n in form.css("input")}
    assert named == {'mail"><script>': None, "tag": "<b>{{ 7*7 }}"}
    assert "news.example" in form.text()
