"""Ids, fingerprints and slugs tell papers apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import identity


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2401.12340", ("2401.12340", None)),
        (" 2401.12340v2 ", ("2401.12340", "v2")),
        ("arXiv:2401.12340v12", ("2401.12340", "v12")),
        ("arxiv: 1409.4842", ("1409.4842", None)),
        ("https://arxiv.org/abs/2401.12340", ("2401.12340", None)),
        ("http://arxiv.org/pdf/2401.12340v1.pdf", ("2401.12340", "v1")),
        ("https://arxiv.org/html/2401.12340v3#S1", ("2401.12340", "v3")),
        ("https://huggingface.co/papers/2401.12340", ("2401.12340", None)),
        ("https://hf.co/papers/2401.12340", ("2401.12340", None)),
        ("https://www.alphaxiv.org/abs/2401.12340", ("2401.12340", None)),
        ("math/0211159", ("math/0211159", None)),
        ("arXiv:math.GT/0309136v1", ("math/0309136", "v1")),
        ("https://arxiv.org/abs/hep-th/9901001", ("hep-th/9901001", None)),
    ],
)
def test_an_arxiv_id_is_known_in_every_form(written: str, found: tuple[str, str | None]) -> None:
    """Bare, prefixed, old and new, and in the addresses of three hosts."""
    assert identity.arxiv_id(written) == found


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2401.1234",
        "2401.123456",
        "https://arxiv.org/abs/2401.123456",
        "2413.12345",
        "1409.48421",
        "see 2401.12340",
        "https://github.com/a/2401.12340",
        "https://arxiv.org/list/cs.CL/recent",
        "3.14159",
        "10.48550/arXiv.2401.12340",
    ],
)
def test_a_number_is_no_arxiv_id(written: str) -> None:
    """Too short, too long, a thirteenth month, in a sentence, at another host: no guess."""
    assert identity.arxiv_id(written) is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://doi.org/10.1109/TPAMI.2016.2646371", "10.1109/tpami.2016.2646371"),
        ("doi: 10.1016/S0140-6736(20)30183-5.", "10.1016/s0140-6736(20)30183-5"),
        ("(10.1145/3292500)", "10.1145/3292500"),
        ("11.1145/3292500", None),
        ("10.1145", None),
    ],
)
def test_a_doi_is_found_without_its_surroundings(written: str, found: str | None) -> None:
    """Lower case, no resolver, no full stop."""
    assert identity.doi(written) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("at https://github.com/ridgerchu/SpikeGPT.", ["https://github.com/ridgerchu/SpikeGPT"]),
        ("code https://x.org/README.md{here.}", ["https://x.org/README.md"]),
        ("(see https://x.org/a_(b))", ["https://x.org/a_(b)"]),
        ("<https://x.org/a>, and http://y.org/b!", ["https://x.org/a", "http://y.org/b"]),
        ("**https://x.org/a**", ["https://x.org/a"]),
        ("https://x.org/a?b=c.d,", ["https://x.org/a?b=c.d"]),
        ("at https://. and https://", []),
        ("at https://[foo and http://[::1", []),
        ("ftp://x.org javascript:alert(1) data:text/html,x", []),
    ],
)
def test_addresses_lose_what_a_sentence_glued_on(sentence: str, found: list[str]) -> None:
    """The full stop, brackets that the address did not open, and half addresses are no link."""
    assert identity.addresses(sentence) == found


@given(st.text(st.sampled_from("https://[]().{}@:a1%*\u2100 "), max_size=60))
def test_addresses_never_raises(sentence: str) -> None:
    """Whatever stands behind `https://`, the result is a list of whole web addresses."""
    assert all(identity.is_address(found) for found in identity.addresses(sentence))


@pytest.mark.parametrize(
    "title", ["genCNN: A Model", "$gen$CNN — a model.", "GENCNN:  a  model", "genĆNN a model"]
)
def test_a_fingerprint_ignores_dress(title: str) -> None:
    """Case, accents, punctuation, blanks and maths signs make no other paper."""
    assert identity.fingerprint(title) == "gencnn-a-model"


def test_a_fingerprint_keeps_every_script() -> None:
    """Titles that are not Latin stay apart; one of signs alone has none."""
    assert identity.fingerprint("言語モデル") != identity.fingerprint("言語データ")
    assert identity.fingerprint("???") == ""


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("$gen$CNN: A Convolutional Architecture", "gencnn-a-convolutional-architecture"),
        ("Don't Stop: Café & Straße", "dont-stop-cafe-strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("言語モデル", ""),
        ("a" * 90, "a" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
    ],
)
def test_a_slug_is_readable_and_safe(title: str, slug: str) -> None:
    """Words of a to z and digits, cut between words."""
    assert identity.slug(title) == slug


@given(st.text(max_size=300))
def test_a_slug_holds_nothing_else(title: str) -> None:
    """No sign that a file system, an address or Markdown would act upon."""
    slug = identity.slug(title)
    assert len(slug) <= 80
    assert not slug or re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)


def test_a_taken_slug_gets_a_number() -> None:
    """The first number that is free, and names that systems keep are never given."""
    assert identity.unique_slug("nets", ()) == "nets"
    assert identity.unique_slug("nets", {"nets", "nets-2"}) == "nets-3"
    assert identity.unique_slug("index", ()) == "index-2"
    assert identity.unique_slug("con", {"con-2"}) == "con-3"
