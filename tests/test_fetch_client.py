"""How sources are asked: politely, once more where it helps, and never where it must not be."""

from __future__ import annotations

import gzip
import ssl
import tracemalloc
from pathlib import Path

import pytest
from fetching import HOST, Reply, Time, always, client, served

from generator.fetch import Failure, guard, is_public, wire
from generator.fetch.client import Marks, agent

GOOD = Reply(b"papers", headers={"Content-Type": "text/plain; charset=utf-8"})
CERTIFICATE = Path(__file__).parent / "keys" / "papers.example.pem"
"""For the name papers.example, with its key: made for these tests, and good for nothing else."""


def test_an_answer_is_handed_over_with_what_names_it() -> None:
    """Body, kind and marks of the answer arrive, and the request says who asks."""
    said = Reply(b"papers", headers={"ETag": 'W/"7"', "Last-Modified": "Thu, 05 Feb 2026"})
    with served(always(said)) as server:
        answer = client().ask(f"{server.base}/feed#top")
    assert (answer.body, answer.marks) == (b"papers", Marks('W/"7"', "Thu, 05 Feb 2026"))
    assert server.asked == ["/feed"]
    assert server.heads[0]["user-agent"] == "offprint-tests"
    assert server.heads[0]["host"] == server.base.removeprefix("http://")


def test_the_agent_names_program_version_and_site() -> None:
    """A source can find out who we are."""
    from generator import __version__

    assert agent("https://lab.example/") == f"offprint/{__version__} (+https://lab.example/)"
    assert agent(None) == f"offprint/{__version__} (+offprint-digest)"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_faults_are_tried_again_with_growing_pauses(status: int) -> None:
    """The pauses are 4, 8 and 16 seconds where chance says nothing else."""
    time = Time()
    with served(always(Reply(status=status), Reply(status=status), GOOD)) as server:
        assert client(time).ask(server.base).body == b"papers"
    assert time.slept == [4.0, 8.0]


def test_pauses_are_left_to_chance() -> None:
    """Between half and one and a half of the pause: not all who failed return at once."""
    for chance, pause in ((0.0, 2.0), (1.0, 6.0)):
        time = Time()
        with served(always(Reply(status=500), GOOD)) as server:
            client(time, chance=lambda c=chance: c).ask(server.base)
        assert time.slept == [pause]


def test_what_stays_broken_fails_with_the_number_of_tries() -> None:
    """Four tries, then the failure says what the server said."""
    with served(always(Reply(status=503))) as server:
        with pytest.raises(Failure, match=r"127\.0\.0\.1 answered 503.*\(4 tries\)"):
            client().ask(server.base)
        assert len(server.asked) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410, 204, 206, 304])
def test_what_will_not_pass_is_not_tried_again(status: int) -> None:
    """A refusal, a wrong address, a part of an answer, a 304 that nobody asked for."""
    with served(always(Reply(status=status))) as server:
        with pytest.raises(Failure, match=str(status)):
            client().ask(server.base)
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": "1"}, 4.0),
        ({"Retry-After": "soon"}, 4.0),
        ({"Retry-After": "-5"}, 4.0),
    ],
)
def test_retry_after_is_honoured(headers: dict[str, str], pause: float) -> None:
    """The source's own word counts where it asks for more than we would wait anyway."""
    time = Time()
    with served(always(Reply(status=429, headers=headers), GOOD)) as server:
        client(time).ask(server.base)
    assert time.slept == [pause]


def test_retry_after_can_be_a_moment_of_the_servers_clock() -> None:
    """It is counted from the answer's own date, whatever our clock says."""
    head = (
        b"HTTP/1.1 503 Busy\r\nDate: Thu, 05 Feb 2026 10:00:00 GMT\r\n"
        b"Retry-After: Thu, 05 Feb 2026 10:00:50 GMT\r\nContent-Length: 0\r\n\r\n"
    )
    time = Time()
    with served(always(Reply(raw=head), GOOD)) as server:
        client(time).ask(server.base)
    assert time.slept == [50.0]


def test_who_wants_to_be_left_alone_for_long_is_left_alone() -> None:
    """More than two minutes are not waited: the failure says when to come back."""
    time = Time()
    said = Reply(status=429, headers={"Retry-After": "3599"})
    with served(always(said)) as server:
        with pytest.raises(Failure) as failure:
            client(time).ask(server.base)
        assert len(server.asked) == 1
    assert "60 minutes" in failure.value.hint
    assert time.slept == []


def test_requests_keep_their_distance() -> None:
    """The pause lies between the end of a request and the next one, redirects included."""
    time = Time()
    moved = Reply(status=302, headers={"Location": "/there"})
    with served(always(moved, GOOD, GOOD)) as server:
        asking = client(time, pause=3.0)
        asking.ask(server.base)
        asking.ask(server.base)
    assert time.slept == [3.0, 3.0]


def test_all_together_has_an_end() -> None:
    """Where the pauses would take longer than the budget, the fetch is given up."""
    with (
        served(always(Reply(status=503, headers={"Retry-After": "100"}))) as server,
        pytest.raises(Failure, match="gave up"),
    ):
        client(budget=150.0).ask(server.base)


def test_a_refusal_in_a_good_answer_is_tried_again() -> None:
    """`Rate exceeded.` comes with a status of 200, and passes."""
    time = Time()
    with served(always(Reply(b"Rate exceeded."), GOOD)) as server:
        answer = client(time).ask(
            server.base, refusal=lambda body: "refused" if b"Rate" in body else None
        )
    assert (answer.body, time.slept) == (b"papers", [4.0])


def test_an_empty_answer_is_no_answer() -> None:
    """It is tried again, and fails in the end."""
    with served(always(Reply(b" \n"))) as server, pytest.raises(Failure, match="an empty answer"):
        client().ask(server.base)


def test_marks_are_sent_back_and_spare_the_answer() -> None:
    """What has not changed is not sent again."""
    with served(always(Reply(status=304))) as server:
        answer = client().ask(server.base, Marks('"7"', "Thu, 05 Feb 2026 00:00:00 GMT"))
    assert answer.unchanged
    assert server.heads[0]["if-none-match"] == '"7"'
    assert server.heads[0]["if-modified-since"] == "Thu, 05 Feb 2026 00:00:00 GMT"


def test_marks_that_are_no_plain_text_are_forgotten() -> None:
    """They would stand in a file and be sent back."""
    said = Reply(b"papers", headers={"ETag": "x" * 600, "Last-Modified": "h\xe9"})
    with served(always(said)) as server:
        assert client().ask(server.base).marks == Marks()


def test_redirects_are_followed_to_the_end() -> None:
    """The address of the answer is the last one."""
    steps = [Reply(status=code, headers={"Location": f"/{code}"}) for code in (301, 302, 307, 308)]
    with served(always(*steps, GOOD)) as server:
        answer = client().ask(f"{server.base}/start")
    assert answer.address == f"{server.base}/308"


def test_redirects_in_a_circle_end() -> None:
    """Five are enough for anybody."""
    with served(always(Reply(status=301, headers={"Location": "/again"}))) as server:
        with pytest.raises(Failure, match="redirected more than 5 times"):
            client().ask(server.base)
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://localhost./",
        "http://2130706433/",
        "http://127.1/",
        "//10.0.0.1/",
    ],
)
def test_no_redirect_leads_into_a_private_network(target: str) -> None:
    """However the place is written, nothing is sent there."""
    moved = Reply(status=302, headers={"Location": target})
    with served(always(moved)) as server:
        base = f"http://papers.example:{server.base.rpartition(':')[2]}/"

        def resolve(host: str, port: int) -> list[str]:
            return [HOST] if host == "papers.example" else guard.resolve(host, port)

        allowed = {f"{HOST}"}
        asking = client(resolve=resolve, allow=lambda n: n in allowed)
        # 127.0.0.1 plays the public server once; afterwards it is what it is.
        asking.exchange = lambda *given: (wire.exchange(*given), allowed.clear())[0]
        with pytest.raises(Failure, match=r"private network|no host is called"):
            asking.ask(base)
        assert len(server.asked) == 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://papers.example/", "http://", ""])
def test_redirects_lead_to_the_web_only(target: str) -> None:
    """Files of the machine and other schemes are none of ours."""
    moved = Reply(status=302, headers={"Location": target})
    with (
        served(always(moved)) as server,
        pytest.raises(Failure, match=r"address|nowhere|redirected"),
    ):
        client().ask(server.base)


def test_a_name_for_a_private_number_is_refused_before_anything_is_sent() -> None:
    """Also where only one of its numbers is private."""
    for numbers in ([HOST], ["93.184.216.34", "10.0.0.8"], ["::ffff:10.0.0.8"]):
        with served(always(GOOD)) as server:
            asking = client(resolve=lambda host, port, n=numbers: n, allow=is_public)
            with pytest.raises(Failure, match="private network"):
                asking.ask("http://papers.example/")
            assert server.asked == []


def test_the_number_that_was_checked_is_the_one_that_is_asked() -> None:
    """A name is looked up once: what it stands for a moment later does not matter."""
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return [HOST] if len(looked_up) == 1 else ["10.0.0.8"]

    with served(always(GOOD)) as server:
        port = server.base.rpartition(":")[2]
        assert client(resolve=resolve).ask(f"http://papers.example:{port}/").body == b"papers"
    assert looked_up == ["papers.example"]
    assert server.heads[0]["host"] == f"papers.example:{port}"


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1"),
        *("::ffff:127.0.0.1", "::ffff:a00:1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "x"),
    ],
)
def test_private_numbers_are_known_in_every_dress(number: str) -> None:
    """Mapped, tunnelled and translated ones too."""
    assert not is_public(number)


def test_public_numbers_are_public() -> None:
    """Of both kinds, also the old ones in new dress."""
    for number in ("8.8.8.8", "2606:2800:220:1::", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert is_public(number)


def test_https_does_not_become_http() -> None:
    """A redirect that takes the lock off is refused."""

    def exchange(place: guard.Place, headers: object, limits: object) -> wire.Reply:
        assert place.scheme == "https"
        return wire.Reply(301, {"location": "http://papers.example/"}, b"")

    asking = client(resolve=lambda host, port: [HOST], exchange=exchange)
    with pytest.raises(Failure, match="from https to http"):
        asking.ask("https://papers.example/")


@pytest.mark.parametrize("address", ["https://me:secret@papers.example/", "https://me@p.example"])
def test_passwords_in_addresses_are_refused(address: str) -> None:
    """They would be written into the collection, and published."""
    with pytest.raises(Failure, match="a user name or a password") as failure:
        client().ask(address)
    assert "secret" not in str(failure.value)


def test_a_name_that_nobody_knows_is_told() -> None:
    """After all tries, for it may have been the connection."""

    def resolve(host: str, port: int) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(Failure, match=r"no host is called 'papers\.example' \(4 tries\)"):
        client(resolve=resolve).ask("https://papers.example/")


def test_where_nobody_listens_the_next_number_is_tried() -> None:
    """A host has several numbers so that one of them may fail."""
    with served(always(GOOD)) as server:
        port = server.base.rpartition(":")[2]
        asking = client(resolve=lambda host, port: ["127.0.0.9", HOST], allow=lambda number: True)
        assert asking.ask(f"http://papers.example:{port}/").body == b"papers"


def test_a_closed_door_is_told() -> None:
    """The failure names the host."""
    with served(always(GOOD)) as server:
        base = server.base
    with pytest.raises(Failure, match=r"127\.0\.0\.1 cannot be reached \(4 tries\)"):
        client().ask(base)


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nhalf of",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nno gzip",
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 200 + b"\r\n",
    ],
)
def test_a_broken_answer_is_no_answer(raw: bytes) -> None:
    """Cut, damaged, or no HTTP at all: tried again, then told."""
    with served(always(Reply(raw=raw))) as server:
        with pytest.raises(Failure, match=r"broke before the answer was whole .*\(4 tries\)"):
            client().ask(server.base)
        assert len(server.asked) == 4


def test_a_cut_answer_is_made_good_by_the_next() -> None:
    """What passed does not matter."""
    cut = Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of")
    with served(always(cut, GOOD)) as server:
        assert client().ask(server.base).body == b"papers"


def test_more_than_was_promised_is_not_read() -> None:
    """Of an answer that is longer than it says, what was promised counts."""
    said = Reply(b"papersandmore", headers={"Content-Length": "6"})
    with served(always(said)) as server:
        assert client().ask(server.base).body == b"papers"


def test_packed_answers_are_unpacked() -> None:
    """Most servers send them so."""
    said = Reply(gzip.compress(b"papers"), headers={"Content-Encoding": "gzip"})
    with served(always(said)) as server:
        assert client().ask(server.base).body == b"papers"
    assert server.heads[0]["accept-encoding"] == "gzip"


def test_a_bomb_is_not_unpacked() -> None:
    """A gigabyte of nothing in a megabyte, twice packed too, ends at the limit."""
    bomb = gzip.compress(bytes(200_000_000), 9)
    twice = gzip.compress(bomb, 9)
    for body, coding in ((bomb, "gzip"), (twice, "gzip, gzip")):
        with served(always(Reply(body, headers={"Content-Encoding": coding}))) as server:
            tracemalloc.start()
            with pytest.raises(Failure, match=r"larger than 0\.95"):
                client().ask(server.base)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert most < 20_000_000
            assert len(server.asked) == 1


def test_what_says_that_it_is_too_large_is_not_read() -> None:
    """The head is enough."""
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    with (
        served(always(Reply(raw=raw, hold=True))) as server,
        pytest.raises(Failure, match="larger"),
    ):
        client().ask(server.base)


def test_what_does_not_say_how_large_it_is_ends_at_the_limit() -> None:
    """Also where no length was promised."""
    raw = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_500_000
    with served(always(Reply(raw=raw))) as server, pytest.raises(Failure, match="larger"):
        client().ask(server.base)


def test_silence_has_an_end() -> None:
    """A server that says nothing more is given up and tried again."""
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal"
    limits = wire.Limits(silence=0.1, whole=10.0)
    with served(always(Reply(raw=raw, hold=True), GOOD)) as server:
        assert client(limits=limits).ask(server.base).body == b"papers"
        assert len(server.asked) == 2


@pytest.mark.parametrize("raw", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\nhalf"])
def test_an_answer_has_an_end_however_slowly_it_comes(raw: bytes) -> None:
    """The watch hangs up, in the head and in the body, and half an answer is not taken."""
    limits = wire.Limits(silence=30.0, whole=0.1)
    with (
        served(always(Reply(raw=raw, hold=True))) as server,
        pytest.raises(Failure, match=r"longer than 0\.1 seconds \(4 tries\)"),
    ):
        client(limits=limits).ask(server.base)


def test_certificates_are_checked_by_name() -> None:
    """The right name with a trusted certificate is asked; another name, or no trust, is not."""
    trust = ssl.create_default_context(cafile=str(CERTIFICATE))

    def exchange(place: guard.Place, headers: dict[str, str], limits: wire.Limits) -> wire.Reply:
        return wire.exchange(place, headers, limits, trust)

    def resolve(host: str, port: int) -> list[str]:
        return [HOST]

    with served(always(GOOD), CERTIFICATE) as server:
        port = server.base.rpartition(":")[2]
        trusting = client(resolve=resolve, exchange=exchange)
        assert trusting.ask(f"https://papers.example:{port}/").body == b"papers"
        with pytest.raises(Failure, match="certificate is not trusted"):
            trusting.ask(f"https://other.example:{port}/")
        with pytest.raises(Failure, match="certificate is not trusted"):
            client(resolve=resolve).ask(f"https://papers.example:{port}/")
        assert len(server.asked) == 1
