"""Messages: one of each header, any text as it was, and the same bytes at every run."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import mail
from generator.mail.envelope import message_id
from generator.text import line
from tests.hostile import STRINGS

WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = mail.Mailbox("Ada Example", "ada", "lab.example")
FROM = mail.Mailbox("Reading group", "papers", "lab.example")
SENDER = mail.Sender(FROM, "tag:lab.example,2026:x", ("mailto:leave@lab.example",))
HEADERS = {
    "subject",
    "date",
    "from",
    "to",
    "message-id",
    "list-unsubscribe",
    "mime-version",
    "content-type",
}
EVIL = (
    "=?utf-8?q?a=0D=0ABcc=3A_all=40lab.example?=",
    "=?utf-8?b?DQpCY2M6IHg=?=",
    "Subject\u2028Bcc: all@lab.example",
    "a, b <c@d.example>; e:",
    "x" * 3000,
    "言" * 900,
    "words " * 200,
    'a "quoted" \\ name',
)


def parsed(
    letter: mail.Letter,
    to: mail.Mailbox | None = ADA,
    sender: mail.Sender | None = SENDER,
    digest: str = "spring",
) -> tuple[bytes, EmailMessage]:
    content = mail.message(letter, sender, digest, to, WHEN)
    return content, cast(EmailMessage, message_from_bytes(content, policy=default))


def letter(subject: str = "Spring", html: str = "<p>Hi</p>", text: str = "Hi\n") -> mail.Letter:
    return mail.Letter(subject, html, text)


def names(content: bytes) -> list[str]:
    """Return the names of the headers as a mail server sees them: by lines."""
    head = content.split(b"\r\n\r\n")[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")
    return [one.partition(b":")[0].decode().lower() for one in re.split(rb"\r\n(?![ \t])", head)]


def check_subject(text: str) -> None:
    subject = line(text)
    content, message = parsed(letter(subject))
    assert sorted(names(content)) == sorted(HEADERS)
    assert message["Subject"] == subject
    assert all(len(row) <= 998 for row in content.split(b"\r\n"))


@pytest.mark.parametrize("text", [*STRINGS, *EVIL])
def test_a_subject_says_what_it_said(text: str) -> None:
    """One Subject, no further header, and the text unchanged when it is read again."""
    check_subject(text)


def test_the_big_list_of_naughty_strings_says_what_it_said(samples: Path) -> None:
    """Each of them, as a subject and as a name."""
    for text in json.loads((samples / "hostile" / "naughty-strings.json").read_text("utf-8")):
        check_subject(text)
        check_name(text)


@given(st.text(max_size=300))
def test_a_subject_of_any_letters_says_what_it_said(text: str) -> None:
    """The same for any text at all."""
    check_subject(text)


def decoded(content: bytes, header: str) -> str:
    """Return a header as RFC 2047 says; the newer parser parts words that were only folded."""
    written = message_from_bytes(content)[header]
    return str(make_header(decode_header(written.replace("\r\n", ""))))


def check_name(text: str) -> None:
    name = line(text)
    box = mail.Mailbox(name, "papers", "lab.example")
    content, message = parsed(letter(), box, mail.Sender(box, "tag:x", ("mailto:a@b.example",)))
    assert sorted(names(content)) == sorted(HEADERS)
    for header in ("From", "To"):
        (found,) = message[header].addresses
        assert found.addr_spec == "papers@lab.example"
        assert decoded(content, header) == f"{name} <papers@lab.example>".strip() or not name
    assert message.defects == []


@pytest.mark.parametrize("text", [*STRINGS, *EVIL])
def test_a_name_says_what_it_said(text: str) -> None:
    """Sender and recipient may have any name; each header still holds one mailbox."""
    check_name(text)


@pytest.mark.parametrize("text", [*STRINGS, *EVIL])
def test_both_parts_say_what_they_said(text: str) -> None:
    """Text and HTML come back as they were, dots and long lines included."""
    said = f"{line(text)}\n.\n..\nFrom here\n--\n"
    content, message = parsed(letter(html=said, text=said))
    plain, rich = message.iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content() == rich.get_content() == said.replace("\n", "\r\n")
    assert all(len(row) <= 998 for row in content.split(b"\r\n"))
    assert content.isascii()


def test_the_same_message_has_the_same_bytes() -> None:
    """Nothing of it is random: boundary and id too."""
    assert parsed(letter())[0] == parsed(letter())[0]


def test_an_id_is_one_digest_for_one_address() -> None:
    """Another subject changes it not, another recipient or digest does; it tells no address."""
    ids = {
        parsed(made, to, digest=digest)[1]["Message-ID"]
        for made in (letter(), letter("Corrected"))
        for to in (ADA, mail.Mailbox("", "ADA", "lab.example"))
        for digest in ("spring",)
    }
    assert len(ids) == 1
    other = mail.Mailbox("", "bob", "lab.example")
    ids |= {message_id(SENDER, "spring", other), message_id(SENDER, "summer", ADA)}
    assert len(ids) == 3
    assert all(re.fullmatch(r"<[0-9a-f]{32}@lab\.example>", one) for one in ids)


@pytest.mark.parametrize(
    ("setting", "expected", "one_click"),
    [
        ("", "<mailto:papers@lab.example?subject=unsubscribe>", False),
        ("mailto:leave@lab.example", "<mailto:leave@lab.example>", False),
        ("https://lab.example/leave?who={email}", "<https://lab.example/leave?who={}>", True),
        (
            "mailto:leave@lab.example?subject={email} https://lab.example/leave/{email}",
            "<mailto:leave@lab.example?subject={}>, <https://lab.example/leave/{}>",
            True,
        ),
        (f"https://lab.example/{'a' * 300}", f"<https://lab.example/{'a' * 300}>", True),
    ],
)
def test_a_subscriber_can_leave(setting: str, expected: str, one_click: bool) -> None:
    """List-Unsubscribe names where, the address percent-encoded; one click where it is https."""
    sender = mail.sender(FROM, "tag:x", setting)
    assert sender is not None
    to = mail.Mailbox("", "a+b/c&d", "lab.example")
    _, message = parsed(letter(), to, sender)
    assert message["List-Unsubscribe"] == expected.replace("{}", "a%2Bb%2Fc%26d%40lab.example")
    post = message["List-Unsubscribe-Post"]
    assert post == ("List-Unsubscribe=One-Click" if one_click else None)


@pytest.mark.parametrize(
    "setting",
    [
        "http://lab.example/",
        "leave@lab.example",
        "https://",
        "mailto:",
        "javascript:x",
        "https://[x",
        "https://lab.example/<x>",
        "https://lab.example/ü",
    ],
)
def test_what_is_no_address_for_leaving_is_none(setting: str) -> None:
    """Only mailto and https, in letters that a header can hold."""
    assert mail.sender(FROM, "tag:x", setting) is None


def test_letters_beyond_ascii_before_the_at_stand_as_they_are() -> None:
    """RFC 6532: such a message has UTF-8 in its headers, since its server takes it."""
    zoe = mail.mailbox("Zoë <zoë@lab.example>")
    content, message = parsed(letter("Frühling"), zoe)
    assert "<zoë@lab.example>".encode() in content
    assert message["Subject"] == "Frühling"


def test_a_draft_is_for_nobody_yet() -> None:
    """Without a recipient it opens for writing, and tells nobody's address for leaving."""
    sender = mail.sender(FROM, "tag:x", "https://lab.example/leave?who={email}")
    assert sender is not None
    _, message = parsed(letter(), None, sender)
    assert message["X-Unsent"] == "1"
    assert message["To"] is message["List-Unsubscribe"] is None
    assert sender.shown(None) is None
    _, unsigned = parsed(letter(), None, None)
    assert unsigned["From"] is unsigned["Message-ID"] is None


def test_the_moment_is_the_date() -> None:
    """The Date is the one that was given."""
    assert parsed(letter())[1]["Date"].datetime == WHEN
