"""The mail server as the environment names it: secured, let in, and no password told."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path

import pytest
import trustme

from generator import mail
from generator.mail.smtp import Lost, Server, Unreachable, answer, connect
from tests.postoffice import HOST, PostOffice, running

SECRET = "open sesame"


def problems(**given: str) -> dict[str, str]:
    """Return what is wrong with a variable, by its name."""
    found, faults = mail.server({f"OFFPRINT_SMTP_{name}": text for name, text in given.items()})
    assert (found is None) == bool(faults)
    return {fault.path.removeprefix("OFFPRINT_SMTP_"): fault.message for fault in faults}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (587, "starttls")),
        ({"PORT": "465"}, (465, "tls")),
        ({"SECURITY": "TLS"}, (465, "tls")),
        ({"SECURITY": "none"}, (25, "none")),
        ({"SECURITY": "starttls", "PORT": "2525"}, (2525, "starttls")),
    ],
)
def test_port_and_security_have_defaults(given: dict[str, str], expected: tuple[int, str]) -> None:
    """Secured unless it is said otherwise, on the usual port."""
    variables = {f"OFFPRINT_SMTP_{name}": text for name, text in given.items()}
    found, _ = mail.server({"OFFPRINT_SMTP_HOST": "mail.lab.example", **variables})
    assert found is not None
    assert (found.port, found.security) == expected


def test_each_wrong_variable_is_named() -> None:
    """What is missing or wrong is told by its name, with a hint."""
    assert "HOST" in problems()
    assert "PORT" in problems(HOST="a.example", PORT="99999")
    assert "SECURITY" in problems(HOST="a.example", SECURITY="ssl")
    assert "PASSWORD" in problems(HOST="a.example", USER="me")
    assert "USER" in problems(HOST="a.example", PASSWORD=SECRET)
    assert "PASSWORD" in problems(HOST="a.example", USER="me", PASSWORD="pässword")
    assert "SECURITY" in problems(HOST="a.example", USER="me", PASSWORD=SECRET, SECURITY="none")


def test_the_password_is_in_no_text() -> None:
    """Neither the server's own text nor a problem nor an answer that repeats it shows it."""
    variables = {"HOST": "a.example", "USER": "me", "PASSWORD": SECRET, "PORT": "x"}
    assert SECRET not in repr(Server("a.example", 25, "tls", "me", SECRET))
    _, faults = mail.server({f"OFFPRINT_SMTP_{name}": text for name, text in variables.items()})
    assert SECRET not in "".join(map(str, faults))
    assert answer(535, f"wrong password {SECRET}".encode(), SECRET) == "535 wrong password …"


@pytest.fixture(scope="module")
def certificate() -> tuple[ssl.SSLContext, trustme.CA]:
    """Return what a server with a certificate for 127.0.0.1 needs, and who vouches for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    return context, authority


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_secured_connection_logs_in(
    security: str,
    certificate: tuple[ssl.SSLContext, trustme.CA],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With a certificate that this machine trusts, user and password get through, and no log."""
    context, authority = certificate
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    caplog.set_level(logging.DEBUG)
    with running(PostOffice(), tls=context, implicit=security == "tls", login=True) as office:
        connection = connect(Server(HOST, office.port, security, "me", SECRET), "lab.example")
        connection.quit()
    assert office.logins == [("me", SECRET)]
    own = [r.getMessage() for r in caplog.records if not r.name.startswith(("mail.", "asyncio"))]
    assert SECRET not in "".join(own) + "".join(capsys.readouterr())


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_certificate_stops(
    security: str, certificate: tuple[ssl.SSLContext, trustme.CA]
) -> None:
    """Nothing is said to a server that nobody vouches for."""
    with (
        running(PostOffice(), tls=certificate[0], implicit=security == "tls", login=True) as office,
        pytest.raises(mail.Stopped, match=r"no secure connection.*certificate"),
    ):
        connect(Server(HOST, office.port, security, "me", SECRET), "lab.example")
    assert office.logins == []


def test_a_server_without_starttls_stops() -> None:
    """The password never goes in the clear because a server offers nothing better."""
    with (
        running(PostOffice(), login=True) as office,
        pytest.raises(mail.Stopped, match="offers no STARTTLS"),
    ):
        connect(Server(HOST, office.port, "starttls", "me", SECRET), "lab.example")
    assert office.logins == []


def test_tls_to_a_plain_port_stops() -> None:
    """The wrong port says so."""
    with (
        running(PostOffice()) as office,
        pytest.raises(mail.Stopped, match="no secure connection"),
    ):
        connect(Server(HOST, office.port, "tls"), "lab.example")


def test_a_wrong_password_stops_and_is_not_told() -> None:
    """The variables are named, not what they hold."""
    with (
        running(PostOffice(), login=True) as office,
        pytest.raises(mail.Stopped, match="does not accept user and password: 535") as stopped,
    ):
        connect(Server(HOST, office.port, "none", "me", "not this"), "lab.example")
    assert "OFFPRINT_SMTP_PASSWORD" in stopped.value.hint
    assert "not this" not in f"{stopped.value.message} {stopped.value.hint}"


def test_a_login_that_nobody_asks_for_stops() -> None:
    """A server without login and a user in the environment do not fit together."""
    with (
        running(PostOffice()) as office,
        pytest.raises(mail.Stopped, match="offers no login"),
    ):
        connect(Server(HOST, office.port, "none", "me", SECRET), "lab.example")


def test_nobody_there_stops() -> None:
    """A port where nothing listens is told with host and port."""
    with running(PostOffice()) as office:
        port = office.port
    with pytest.raises(Unreachable, match=f"cannot reach {HOST}:{port}"):
        connect(Server(HOST, port, "none"), "lab.example")


def test_a_busy_greeting_is_no_end() -> None:
    """`421` to begin with means later."""
    import socket
    import threading

    with socket.create_server((HOST, 0)) as listening:

        def greet() -> None:
            with listening.accept()[0] as one:
                one.sendall(b"421 too many connections\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(Lost, match="421 too many"):
            connect(Server(HOST, listening.getsockname()[1], "none"), "lab.example")
        thread.join()
