"""Which acronyms texts spell out."""

from __future__ import annotations

import pytest

from generator.search.acronyms import FORMS, learn, pairs


@pytest.mark.parametrize(
    ("text", "short", "form"),
    [
        ("We study text-to-speech (TTS).", "tt", ("text", None, "speech")),
        ("Recurrent neural networks (RNNs) learn.", "rnn", ("recurr", "neural", "network")),
        ("an RNN transducer (RNN-T)", "rnnt", ("rnn", "transduc")),
        ("byte-pair encoding (BPE; see below)", "bpe", ("byte", "pair", "encod")),
        ("mixture of experts (MoE)", "moe", ("mixtur", None, "expert")),
        ("in-context learning (ICL)", "icl", ("context", "learn")),
        ("a GRU (gated recurrent unit)", "gru", ("gate", "recurr", "unit")),
    ],
)
def test_a_pair_is_known_by_its_letters(
    text: str, short: str, form: tuple[str | None, ...]
) -> None:
    """Plurals and hyphens do not hide it, little words keep their place; both orders are known."""
    assert list(pairs(text)) == [(short, form)]


@pytest.mark.parametrize(
    "text",
    [
        *("shown before (ICML 2020)", "see above (Table 3)", "of the (A) kind", "it (IT)"),
        *("networks are deep. Learning (DL)", "a thing of no such letters (XYZ)", "(ABC)"),
        *("a (b) c (", "BERT (a model)", "x" * 10_000 + " (XX)", "(" * 5000),
    ],
)
def test_what_is_no_pair_is_left(text: str) -> None:
    """Years, tables, single letters, sentences that end before, letters that do not fit."""
    assert list(pairs(text)) == []


def test_a_pair_that_leads_nowhere_is_not_kept() -> None:
    """Where one paper alone has acronym and words, nothing further would be found."""
    text = "our zebra kernel network (ZKN)"
    alone = {"zkn": 1, "zebra": 1, "kernel": 5, "network": 9}
    assert learn([text], alone) == {}
    assert learn([text], alone | {"zkn": 2}) == {"zkn": [("zebra", "kernel", "network")]}
    assert learn([text], alone | {"zebra": 2}) == {"zkn": [("zebra", "kernel", "network")]}


def test_the_most_told_forms_are_kept() -> None:
    """Those of most texts, whatever their order; ties by their words."""
    texts = ["mutual learning (ML)", "machine learning (ML)", "mutual learning (ML)"]
    texts.append("maximum likelihood (ML)")
    found = learn(texts, {"ml": 9})
    assert found == {"ml": [("mutual", "learn"), ("machin", "learn")]}
    assert found == learn(reversed(texts), {"ml": 9})
    assert len(found["ml"]) == FORMS
