"""`offprint email`: files, sending, and going on after whatever ended a run midway."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from generator import mail
from tests.postoffice import HOST, PostOffice, running
from tests.toy import OFFPRINT, offprint, replace, toy, tree

SPRING = "2025-03-14-spring"
LIST = "ada@lab.example\nBob <bob@lab.example>\ncyd@lab.example\ndan@lab.example\n"
EVERYBODY = [f"{name}@lab.example" for name in ("ada", "bob", "cyd", "dan")]
FROM = "feed_id: tag:toy.example,2025:toy"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a toy collection that knows who sends, with a list of subscribers."""
    root = toy(tmp_path)
    replace(root / "mkdocs.yml", FROM, f"{FROM}\n      mail_from: Toys <toys@toy.example>")
    replace(root / "mkdocs.yml", FROM, f"{FROM}\n      mail_rate: 60000")
    (root / "list.txt").write_text(LIST, encoding="utf-8")
    return root


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """Return a mail server that the environment names."""
    with running(PostOffice()) as found:
        for name, value in variables(found).items():
            monkeypatch.setenv(name, value)
        yield found


def variables(office: PostOffice) -> dict[str, str]:
    values = {"HOST": HOST, "PORT": str(office.port), "SECURITY": "none"}
    return {f"OFFPRINT_SMTP_{name}": value for name, value in values.items()}


def slug(root: Path) -> str:
    """Return the slug of the newest digest."""
    (path,) = (p for p in (root / "mail").glob("*.eml"))
    return path.stem


def send(root: Path, *more: str, to: str = "list.txt") -> Result:
    return offprint("email", "latest", "--send", "--list", root / to, *more, root=root)


def test_three_files_are_written(root: Path) -> None:
    """As .eml, .html and .txt under mail/, the same bytes at every run, dated by the digest."""
    assert offprint("email", "latest", root=root).exit_code == 0
    first = tree(root / "mail")
    assert sorted(Path(name).suffix for name in first) == [".eml", ".html", ".txt"]
    assert offprint("email", "latest", root=root).exit_code == 0
    assert tree(root / "mail") == first
    message = message_from_bytes((root / f"mail/{slug(root)}.eml").read_bytes(), policy=default)
    assert message["Date"].datetime.isoformat() == "2025-03-21T00:00:00+00:00"
    assert message["From"] == "Toys <toys@toy.example>"


def test_a_digest_is_named_in_three_ways(root: Path, tmp_path: Path) -> None:
    """By slug, by file, or as the newest; -o says where the files go."""
    found = []
    offprint("email", "latest", root=root)
    for n, name in enumerate((slug(root), "digests/2025-03-21-equinox.md", "latest")):
        assert offprint("email", name, "-o", tmp_path / str(n), root=root).exit_code == 0
        found.append(tree(tmp_path / str(n)))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["email"],
        ["email", "no-such-digest"],
        ["email", "latest", "--to", "ada@lab.example"],
        ["email", "latest", "--dry-run"],
        ["email", "latest", "--again"],
        ["email", "latest", "--send"],
        ["email", "latest", "--send", "--to", "nobody"],
        ["email", "latest", "--send", "--to", "a@b.example", "--list", "list.txt"],
        ["email", "latest", "--send", "--list", "missing.txt"],
        ["email", "latest", "--send", "--list", "list.txt", "--again"],
        ["email", "latest", "--send", "--to", "a@b.example", "--rate", "0"],
    ],
)
def test_wrong_use_is_refused(
    arguments: list[str], root: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With exit code 2, and nothing is sent."""
    monkeypatch.chdir(root)
    assert offprint(*arguments).exit_code == 2
    assert office.got == []


def test_what_is_missing_is_named(root: Path, office: PostOffice) -> None:
    """Server, sender and site are asked for before anything is sent, in a dry run too."""
    replace(root / "mkdocs.yml", "\n      mail_from: Toys <toys@toy.example>", "")
    replace(root / "mkdocs.yml", "https://toy.example/repo/", "http://127.0.0.1:8000/")
    del os.environ["OFFPRINT_SMTP_HOST"]
    for more in ([], ["--dry-run"]):
        done = send(root, *more)
        assert done.exit_code == 1
        for said in ("OFFPRINT_SMTP_HOST: error: is not set", "mail_from is not set", "local one"):
            assert said in done.stderr
        assert done.stderr.count("hint:") >= 3
    assert office.steps == []


def test_wrong_addresses_in_the_settings_are_named(root: Path) -> None:
    """Who sends and where to leave must be addresses."""
    config = root / "mkdocs.yml"
    replace(config, FROM, f"{FROM}\n      mail_unsubscribe: http://lab.example/leave")
    done = offprint("email", "latest", root=root)
    assert done.exit_code == 1
    assert "mkdocs.yml: error: mail_unsubscribe 'http://lab.example/leave'" in done.stderr
    replace(config, "Toys <toys@toy.example>", "the toys")
    done = offprint("email", "latest", root=root)
    assert done.exit_code == 1
    assert "mkdocs.yml: error: mail_from 'the toys' is no email address" in done.stderr


def test_each_subscriber_gets_it_once(root: Path, office: PostOffice) -> None:
    """One message each; the same command again sends none."""
    done = send(root)
    assert (done.exit_code, office.recipients) == (0, EVERYBODY)
    assert "4 sent\n" in done.stdout
    again = send(root)
    assert (again.exit_code, office.recipients) == (0, EVERYBODY)
    assert "4 done before\n" in again.stdout
    (root / "list.txt").write_text(f"{LIST}eve@lab.example\n", encoding="utf-8")
    assert "1 sent, 4 done before\n" in send(root).stdout
    assert office.recipients == [*EVERYBODY, "eve@lab.example"]
    for message, address in zip(office.messages(), office.recipients, strict=True):
        assert message["To"].addresses[0].addr_spec == address
        assert message["List-Unsubscribe"] == "<mailto:toys@toy.example?subject=unsubscribe>"
    assert len({message["Message-ID"] for message in office.messages()}) == 5


def test_each_has_a_way_to_leave_of_its_own(root: Path, office: PostOffice) -> None:
    """In the header, the HTML and the text alike."""
    where = "https://toy.example/leave?who={email}"
    replace(root / "mkdocs.yml", FROM, f'{FROM}\n      mail_unsubscribe: "{where}"')
    assert send(root).exit_code == 0
    for message, address in zip(office.messages(), EVERYBODY, strict=True):
        own = where.replace("{email}", address.replace("@", "%40"))
        assert message["List-Unsubscribe"] == f"<{own}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        plain, rich = message.iter_parts()
        assert own in plain.get_content()
        assert own in rich.get_content()


def test_a_dry_run_touches_nothing(root: Path, office: PostOffice) -> None:
    """It says who would get it, and neither calls the server nor writes a file."""
    before = tree(root)
    done = send(root, "--dry-run")
    assert done.exit_code == 0
    assert all(f"would get it  {address}" in done.stdout for address in EVERYBODY)
    assert "4 messages" in done.stdout
    assert tree(root) == before
    assert office.sessions == 0


def test_one_address_may_have_it_again(root: Path, office: PostOffice) -> None:
    """Only with --again, and only by --to."""
    one = ("email", "latest", "--send", "--to", "Me <me@lab.example>")
    assert "1 sent" in offprint(*one, root=root).stdout
    assert "1 done before" in offprint(*one, root=root).stdout
    assert "1 sent" in offprint(*one, "--again", root=root).stdout
    assert office.recipients == ["me@lab.example"] * 2


def test_bad_lines_do_not_stop_the_others(root: Path, office: PostOffice) -> None:
    """They are told with their lines, and the exit code is 1."""
    (root / "list.txt").write_text("ada@lab.example\nwho\nADA@lab.example\n", encoding="utf-8")
    done = send(root)
    assert (done.exit_code, office.recipients) == (1, ["ada@lab.example"])
    assert "list.txt:2: error: 'who' is no email address" in done.stderr
    assert "list.txt:3: warning: ADA@lab.example stands on line 1 already" in done.stderr


def test_a_refusal_is_told_and_tried_at_the_next_run(root: Path, office: PostOffice) -> None:
    """The others get theirs; the server's own words are shown."""
    office.script = lambda step, to: (
        "550 no such user" if (step, to[:3]) == ("rcpt", "bob") else None
    )
    done = send(root)
    assert done.exit_code == 1
    assert "3 sent, 1 refused\n" in done.stdout
    assert "bob@lab.example: error: refused: 550 no such user" in done.stderr
    office.script = lambda step, to: None
    assert "1 sent, 3 done before\n" in send(root).stdout


def test_a_corrected_title_is_not_sent_again(root: Path, office: PostOffice) -> None:
    """The digest has another slug then, and is still the one that everybody has."""
    assert send(root).exit_code == 0
    before = slug(root)
    path = root / "digests/2025-03-21-equinox.md"
    text = path.read_text(encoding="utf-8")
    title = next(row for row in text.splitlines() if row.startswith(("title:", "# ")))
    replace(path, title, f"{title} corrected")
    assert "4 done before" in send(root).stdout
    assert sorted(p.stem for p in (root / "mail").glob("*.eml")) != [before]
    assert len(office.got) == 4


def test_an_interruption_is_told_and_gone_on_from(
    root: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C says how far it came; the same command sends the rest."""
    real = mail.message

    def interrupted(*given: Any) -> bytes:
        if given[3] and given[3].local == "bob":
            raise KeyboardInterrupt
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(mail, "message", interrupted)
        done = send(root)
    assert done.exit_code == 1
    assert "1 sent, 3 not tried\n" in done.stdout
    assert "interrupted" in done.stderr
    assert send(root).exit_code == 0
    assert office.recipients == EVERYBODY


def test_a_broken_ledger_sends_nothing(root: Path, office: PostOffice) -> None:
    """Better nobody than somebody twice: the line is named."""
    (root / "mail").mkdir()
    (root / "mail/sent.jsonl").write_text("not a line\n", encoding="utf-8")
    done = send(root)
    assert (done.exit_code, office.got) == (1, [])
    assert "sent.jsonl:1: error: is no line of the ledger" in done.stderr


def test_a_faulty_template_is_told(root: Path) -> None:
    """With its file and line, as for pages."""
    (root / "templates/email").mkdir(parents=True)
    (root / "templates/email/letter.html.j2").write_text("<p>\n{{ nothing }}\n", encoding="utf-8")
    done = offprint("email", "latest", root=root)
    assert done.exit_code == 1
    assert "templates/email/letter.html.j2:2: error:" in done.stderr


def test_papers_that_no_build_has_seen_are_told(root: Path) -> None:
    """Their pages are not there yet, to which the email links."""
    (root / "papers.lock").unlink()
    done = offprint("email", "latest", root=root)
    assert done.exit_code == 0
    assert "papers.lock: warning:" in done.stderr


def killed(root: Path, office: PostOffice, step: str) -> None:
    """Send in a process of its own, and kill it while the server holds Bob's `step`."""
    office.script = lambda at, to: "hold" if (at, to[:3]) == (step, "bob") else None
    command = [OFFPRINT, "email", "latest", "--send", "--list", "list.txt"]
    running_ = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, **variables(office)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert office.held.wait(60)
    running_.send_signal(signal.SIGKILL)
    running_.wait()
    office.script = lambda at, to: None
    office.release.set()


def test_killed_before_a_message_was_complete_nobody_is_left_out(
    root: Path, office: PostOffice
) -> None:
    """Whoever has it is passed over, and the one whose turn it was gets it: once."""
    killed(root, office, "rcpt")
    assert office.recipients == EVERYBODY[:1]
    done = send(root)
    assert (done.exit_code, office.recipients) == (0, EVERYBODY)
    assert "3 sent, 1 done before\n" in done.stdout


def test_killed_before_the_answer_nobody_gets_it_twice(root: Path, office: PostOffice) -> None:
    """The server took the message and the record is missing: told as in doubt, not sent again."""
    killed(root, office, "data")
    rows = (root / "mail/sent.jsonl").read_text(encoding="utf-8").splitlines()
    assert [(json.loads(row)["address"][:3], json.loads(row)["state"]) for row in rows] == [
        ("ada", "sending"),
        ("ada", "sent"),
        ("bob", "sending"),
    ]
    done = send(root)
    assert "bob@lab.example: warning: in doubt, not sent again" in done.stderr
    assert "--to bob@lab.example --again" in done.stderr
    assert "2 sent, 2 done before\n" in done.stdout
    assert sorted(office.recipients) == EVERYBODY
    assert send(root).stdout.endswith("4 done before\n")
    assert len(office.got) == 4
