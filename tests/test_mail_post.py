"""The post against a real mail server: one message each, and nobody twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator import mail
from generator.mail import post as postal
from generator.mail.ledger import Ledger
from tests.postoffice import HOST, PostOffice, running

NAMES = ("ada", "bob", "cyd", "dan", "eve")
BOXES = tuple(mail.Mailbox("", name, "lab.example") for name in NAMES)
SENDER = mail.Sender(mail.Mailbox("Lab", "papers", "lab.example"), "tag:x", ())
EDITION = mail.Edition("spring", "digests/spring.md", "2026-03-01")


@dataclass
class Watch:
    """A clock that goes on only while somebody sleeps."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    @property
    def clock(self) -> mail.Clock:
        start = datetime(2026, 3, 1, tzinfo=UTC)
        return mail.Clock(
            lambda: start + timedelta(seconds=self.seconds), lambda: self.seconds, self.sleep
        )


def content(to: mail.Mailbox, moment: datetime) -> bytes:
    return f"To: {to.address}\r\nSubject: x\r\n\r\n.a line\r\n..\r\n".encode()


@contextmanager
def ready(
    office: PostOffice,
    folder: Path,
    watch: Watch | None = None,
    rate: int = 6000,
    compose: Callable[[mail.Mailbox, datetime], bytes] = content,
) -> Iterator[mail.Post]:
    """Open the ledger in `folder` for a post to `office`."""
    server = mail.Server(HOST, office.port, "none")
    with mail.opened(folder / "sent.jsonl", EDITION) as (ledger, problems):
        assert problems == []
        yield mail.Post(server, SENDER, ledger, compose, (watch or Watch()).clock, rate)


def outcomes(reports: Iterator[mail.Report]) -> dict[str, str]:
    """Return the last outcome for each name."""
    return {report.mailbox.local: str(report.outcome) for report in reports}


def states(folder: Path) -> dict[str, str]:
    found, problems = mail.known(folder / "sent.jsonl", EDITION)
    assert problems == []
    return {key.partition("@")[0]: str(state) for key, state in found.items()}


def answers(wanted: dict[tuple[str, str], list[str]]) -> Callable[[str, str], str | None]:
    """Return a script that gives each answer once, in order, for a step and a name."""

    def script(step: str, address: str) -> str | None:
        left = wanted.get((step, address.partition("@")[0]))
        return left.pop(0) if left else None

    return script


def test_each_gets_one_message(tmp_path: Path) -> None:
    """One message each over one connection, byte for byte, leading dots included."""
    with running(PostOffice()) as office, ready(office, tmp_path) as post:
        assert set(outcomes(post.deliver(BOXES)).values()) == {"sent"}
    assert office.recipients == [box.address for box in BOXES]
    assert [taken for _, taken in office.got] == [content(b, datetime.now(UTC)) for b in BOXES]
    assert office.sessions == 1
    assert states(tmp_path) == dict.fromkeys(NAMES, "sent")


def test_a_refused_address_does_not_stop_the_others(tmp_path: Path) -> None:
    """550 to one recipient, 554 to another's message: both told, all others get theirs."""
    script = answers({("rcpt", "bob"): ["550 no such user"], ("data", "dan"): ["554 not here"]})
    with running(PostOffice(script)) as office, ready(office, tmp_path) as post:
        reports = list(post.deliver(BOXES))
    assert [str(r.outcome) for r in reports] == ["sent", "refused", "sent", "refused", "sent"]
    assert reports[1].answer == "550 no such user"
    assert reports[3].answer == "554 not here"
    assert states(tmp_path) == {"ada": "sent", "cyd": "sent", "dan": "failed", "eve": "sent"}


def test_a_server_that_hangs_up_after_a_refusal_is_called_again(tmp_path: Path) -> None:
    """Who was refused is not asked for anew, and the next one gets the message."""
    with running(PostOffice()) as office:

        def script(step: str, address: str) -> str | None:
            return "550 no, and good bye" if (step, address[:3]) == ("rcpt", "ada") else None

        office.script = script
        with ready(office, tmp_path) as post:
            reports = post.deliver(BOXES[:2])
            assert next(reports).outcome is mail.Outcome.REFUSED
            assert post._connection is not None
            assert post._connection.sock is not None
            post._connection.sock.close()
            assert outcomes(reports) == {"bob": "sent"}
    assert [step for step in office.steps if step[0] == "rcpt"] == [
        ("rcpt", "ada@lab.example"),
        ("rcpt", "bob@lab.example"),
    ]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_who_is_put_off_is_tried_again(step: str, tmp_path: Path) -> None:
    """451 at any step: after a pause the message goes out, once."""
    watch, office = Watch(), PostOffice()
    name = "papers" if step == "mail" else "bob"
    office.script = answers({(step, name): ["451 later, please"]})
    with running(office), ready(office, tmp_path, watch) as post:
        assert outcomes(post.deliver(BOXES)) == dict.fromkeys(NAMES, "sent")
    assert sorted(office.recipients) == [box.address for box in BOXES]
    assert 30.0 in watch.slept


def test_who_is_put_off_thrice_is_left_for_the_next_run(tmp_path: Path) -> None:
    """Three tries, then told; the next run begins with that one only."""
    office = PostOffice(answers({("rcpt", "bob"): ["450 busy"] * 3}))
    with running(office):
        with ready(office, tmp_path) as post:
            assert outcomes(post.deliver(BOXES))["bob"] == "deferred"
        assert "bob" not in states(tmp_path)
        with ready(office, tmp_path) as post:
            assert outcomes(post.deliver(BOXES[1:2])) == {"bob": "sent"}
    assert sorted(office.recipients) == [box.address for box in BOXES]


@pytest.mark.parametrize("step", ["mail", "rcpt"])
@pytest.mark.parametrize("answer", ["hang up", "421 closing down"])
def test_a_broken_connection_is_made_anew(step: str, answer: str, tmp_path: Path) -> None:
    """Before a message is complete nothing is lost: over a new connection all get theirs."""
    name = "papers" if step == "mail" else "cyd"
    office = PostOffice(answers({(step, name): [answer]}))
    with running(office), ready(office, tmp_path) as post:
        assert outcomes(post.deliver(BOXES)) == dict.fromkeys(NAMES, "sent")
    assert sorted(office.recipients) == [box.address for box in BOXES]
    assert office.sessions == 2


def test_a_break_after_the_whole_message_leaves_doubt(tmp_path: Path) -> None:
    """No answer to a complete message: not sent again, told, and the others get theirs."""
    office = PostOffice(answers({("data", "bob"): ["hang up"]}))
    with running(office), ready(office, tmp_path) as post:
        found = outcomes(post.deliver(BOXES))
    assert found.pop("bob") == "in doubt"
    assert set(found.values()) == {"sent"}
    assert [step for step in office.steps if step == ("data", "bob@lab.example")] == [
        ("data", "bob@lab.example")
    ]
    assert states(tmp_path)["bob"] == "sending"


def test_a_server_that_only_breaks_off_ends_the_run(tmp_path: Path) -> None:
    """Three losses in a row are enough; what is left stays for the next run."""
    office = PostOffice(lambda step, address: "hang up" if step == "rcpt" else None)
    with (
        running(office),
        ready(office, tmp_path) as post,
        pytest.raises(mail.Stopped, match="breaks off") as stopped,
    ):
        list(post.deliver(BOXES))
    assert "goes on from here" in stopped.value.hint
    assert office.got == []
    assert states(tmp_path) == {}


def test_a_refused_sender_ends_the_run(tmp_path: Path) -> None:
    """Every message would be refused: the setting is named."""
    office = PostOffice(lambda step, address: "553 not your address" if step == "mail" else None)
    with (
        running(office),
        ready(office, tmp_path) as post,
        pytest.raises(mail.Stopped, match="553 not your address") as stopped,
    ):
        list(post.deliver(BOXES))
    assert "mail_from" in stopped.value.hint


def test_the_rate_is_kept(tmp_path: Path) -> None:
    """Ten a minute are six seconds between two messages, and none before the first."""
    watch = Watch()
    with running(PostOffice()) as office, ready(office, tmp_path, watch, rate=10) as post:
        list(post.deliver(BOXES))
    assert watch.slept == [6.0] * 4


def test_the_ledger_knows_before_the_server_does(tmp_path: Path) -> None:
    """When the server gets the whole message, the file on the disk says `sending` already."""
    seen = []

    def script(step: str, address: str) -> str | None:
        if step == "data":
            seen.append(states(tmp_path)[address.partition("@")[0]])
        return None

    with running(PostOffice(script)) as office, ready(office, tmp_path) as post:
        list(post.deliver(BOXES))
    assert seen == ["sending"] * 5


def test_a_ledger_that_cannot_be_written_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No message leaves that is not recorded: a full disk stops the run before its full stop."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with running(PostOffice()) as office, ready(office, tmp_path) as post:
        monkeypatch.setattr(Ledger, "record", full)
        with pytest.raises(mail.Stopped, match="No space left"):
            list(post.deliver(BOXES))
    assert office.got == []


def test_letters_beyond_ascii_need_a_server_for_them(tmp_path: Path) -> None:
    """With SMTPUTF8 they go out as written, without it they are refused here, in words."""
    zoe = mail.mailbox("zoë@bücher.example")
    assert zoe is not None
    with running(PostOffice()) as office, ready(office, tmp_path) as post:
        assert outcomes(post.deliver([zoe])) == {"zoë": "sent"}
    assert office.recipients == ["zoë@xn--bcher-kva.example"]
    other = mail.mailbox("ana@bücher.example")
    assert other is not None
    with running(PostOffice(), utf8=False) as office, ready(office, tmp_path) as post:
        reports = list(post.deliver([zoe, other]))
    assert [str(report.outcome) for report in reports] == ["refused", "sent"]
    assert "beyond ASCII" in reports[0].answer


def test_a_message_that_cannot_be_made_harms_nobody(tmp_path: Path) -> None:
    """A fault while composing leaves the connection unused and the ledger empty."""

    def broken(to: mail.Mailbox, moment: datetime) -> bytes:
        raise RuntimeError("no letter")

    with (
        running(PostOffice()) as office,
        ready(office, tmp_path, compose=broken) as post,
        pytest.raises(RuntimeError),
    ):
        list(post.deliver(BOXES))
    assert office.got == []
    assert states(tmp_path) == {}


def test_pauses_are_within_reason() -> None:
    """A run with a deferred address ends within minutes, not hours."""
    assert sum(postal._PAUSES) <= 300
