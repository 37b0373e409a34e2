"""Whatever lies in a file: papers or problems, and every entry is accounted for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.models import Digest, Reading, Source
from generator.problems import Problem, Severity, error
from generator.readers import Defaults, Reader
from generator.readers.hf_page import READER as PAGE

KNOWN = readers.installed()
INVITATION = "Get trending papers in your email inbox!\n"
FEED = (
    "<feed xmlns='http://www.w3.org/2005/Atom'>\u2028\x0b\r\n<entry><title>A\x85</title></entry>\n"
    "\r<entry><title>B</title></entry>\r\n\x0c\r<entry><title>C</title></entry></feed>"
)


def read(data: bytes, name: str = "digests/x.md", form: str | None = None) -> Reading:
    return readers.read(Source(name, data), Defaults(), KNOWN, form)


def sound(reading: Reading) -> bool:
    """Return whether each entry is read or refused by one error, and each problem tells enough."""
    for problem in reading.problems:
        assert problem.hint
        assert problem.message
        assert len((problem.message + problem.hint).splitlines()) == 1
        assert problem.line is None or problem.line > 0
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    assert reading.read or errors
    assert not reading.rejected or len(errors) == reading.rejected
    assert all(digest.entries for digest in reading.digests)
    assert all(entry.facts.title for digest in reading.digests for entry in digest.entries)
    return True


# What each form acts upon, so that the examples reach behind its first line.
CURATED = (
    *(
        "---\n",
        "title: ",
        "date: ",
        "Mar 3",
        "2026-01-05",
        "# ",
        "## ",
        "### Abstract\n",
        "\n",
        "  ",
    ),
    *(
        "- arxiv: ",
        "- authors: ",
        "- votes: ",
        "- links: ",
        "- autors: ",
        "9" * 5000,
        "[",
        "](",
        ")",
    ),
    *(
        "https://",
        "https://[",
        "{",
        "&a ",
        "*a",
        "? ",
        "!!python/name:x ",
        "\u2028",
        "\x0b",
        "é",
        " x",
    ),
)
SAVED = (
    *("Subscribe", "byAK and the research community\n", "Mar 14\n", "Feb 30, 2026\n", "\n", "\r"),
    *(
        "A title",
        "A sentence. Another one. ",
        "https://[::",
        "https://x.org/a{b.} ",
        "10.1/",
        "\\%",
    ),
    *("$x$", "\u2028", "\x0b", "\ufeff", "é", " and the", "word " * 60),
)


@given(st.binary(max_size=300), st.sampled_from(["x.md", "x.txt", "x"]))
def test_no_bytes_stop_the_reading(data: bytes, name: str) -> None:
    """Any file is papers or problems."""
    assert sound(read(data, name))


@pytest.mark.parametrize("form", sorted(KNOWN))
@given(text=st.text(max_size=300))
def test_no_text_stops_a_reader(form: str, text: str) -> None:
    """Also a reader that was named for a file of another form."""
    assert sound(read(text.encode(), "x.txt", form))


@given(st.lists(st.sampled_from(CURATED), max_size=25).map("".join))
def test_no_front_matter_or_list_stops_the_curated_reader(text: str) -> None:
    """Pieces of the form in any order."""
    assert sound(read(text.encode(), "x.md", "curated"))


@given(st.lists(st.sampled_from(SAVED), max_size=25).map("".join))
def test_no_page_stops_its_reader(text: str) -> None:
    """Pieces of a saved page in any order."""
    assert sound(read((INVITATION + text).encode(), "x.txt", "hf-page"))


# A file of one paper has one entry: tests/readers/test_markdown_forms.py.
@pytest.mark.parametrize("form", sorted(set(KNOWN) - {"markdown-paper"}))
def test_every_entry_knows_its_line(form: str) -> None:
    """The line of the file stands where an editor shows it, strange separators or not."""
    texts = {
        "curated": "intro\u2028\x0b\x0c\x85\n\n## A\r\n\r\n## B\r\r## C\n",
        "markdown-list": "\u2028\x0b\n\n- [T](http://x)\r\n\r\n- [U](http://x)\r\r- [V](http://x)\n",
        "markdown-table": "\x0c|Title|\n|-|\n|[T](http://x)|\r\n|\u2028|\r|[U](http://x)|\n||\r|V|",
        "hf-page": f"new\x0c\n{INVITATION}Subscribe\u2028\n\r\nA\r\rB\nC\n",
        "hf-linked": "\u2028\x0b\r\n### [A][1]\r\r### [B\x85\nB][2]\n\n### [C][3]\n",
        "hf-weekly": "Title: A\u2028\x0b\nSummary:\r\n---\rTitle: B\r---\n\n\nTitle: C\n---",
        **dict.fromkeys(["arxiv-atom", "arxiv-feed"], FEED),
        "arxiv-json": '{"title": "A\u2028\x85"}\r\n\r\n{"title": "B\x0c"}\r\r{"title": "C"}\n',
    }
    texts["bibtex"] = (
        "x\u2028\x0b\n\n@a{a, title={A\r}}\r\n\r\n@a{b, title={B}}\r\r@a{c, title={C}}"
    )
    texts["csl-json"] = '[{"title": "A\u2028\x85"},\r\n\r\n{"title": "B\x0c"},\r\r{"title": "C"}]'
    texts["ris"] = "x\u2028\x0b\n" + "TY  - GEN\r\nTI  - A\u2028\x85\rER  - \n\r\n" * 3
    texts["hf-json"] = '[{"title": "A\u2028\x85"},\r\n\r\n{"title": "B"},\r\r{"title": "C"}]'
    texts["hf-rss"] = (
        "<rss><channel>\r\n" + "<item><title>A\x85</title></item>\r\r\n" * 3 + ("</channel></rss>")
    )
    texts["table"] = 'title\x0c,note\u2028\n\r\nA,"\r\n"\r\r"B",\n\u2028C,\n'
    (digest,) = read(texts[form].encode(), "x.md", form).digests
    lines = {"curated": [3, 5, 7], "hf-page": [5, 7, 8], "arxiv-json": [1, 3, 5]}
    lines |= {"hf-linked": [2, 4, 7], "hf-weekly": [1, 4, 8]}
    lines |= {"arxiv-atom": [2, 4, 6], "arxiv-feed": [2, 4, 6]}
    lines |= {"markdown-list": [3, 5, 7], "markdown-table": [3, 5, 7]}
    lines |= {"bibtex": [3, 6, 8], "csl-json": [1, 3, 5], "ris": [2, 6, 10]}
    lines |= {"hf-json": [1, 3, 5], "hf-rss": [2, 4, 6], "table": [3, 6, 7]}
    assert [entry.line for entry in digest.entries] == lines[form]
    assert [entry.position for entry in digest.entries] == [1, 2, 3]


def test_the_form_is_told_by_content() -> None:
    """A saved page is known whatever its name, Markdown by its name or its front matter."""
    saved = f"{INVITATION}SubscribeKettles\nA kettle. It whistles."
    for name in ("x.txt", "x.md", "x"):
        assert read(saved.encode(), name).format == "hf-page"
    assert read(b"## A\n", "x.md").format == "curated"
    assert read(b"## A\n", "X.MARKDOWN").format == "curated"
    assert read(b"---\ntitle: x\n---\n## A\n", "x.txt").format == "curated"
    assert read(b"## A\n", "x.txt").format is None


def test_a_named_form_is_not_guessed() -> None:
    """`--format` skips the guessing."""
    assert read(b"## A\n", "x.txt", "curated").read == 1


def test_bytes_that_are_no_text_name_their_line() -> None:
    """The first broken line, also behind a mark of byte order."""
    for start in (b"", b"\xef\xbb\xbf"):
        (problem,) = read(start + b"## A\n\ncaf\xe9\n").problems
        assert (problem.line, problem.message) == (3, "not UTF-8 text")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_of_either_width_is_read(encoding: str) -> None:
    """UTF-8 with and without its mark, UTF-16 with one."""
    text = "## Käfer 言語 🐈\n"
    marked = text if encoding[-2:] not in {"le", "be"} else "\ufeff" + text
    (digest,) = read(marked.encode(encoding)).digests
    assert digest.entries[0].facts.title == "Käfer 言語 🐈"


def test_front_matter_nested_beyond_measure_is_an_error() -> None:
    """It exhausts the YAML reader, not the program."""
    (problem,) = read(b"---\ntitle: " + b"[" * 1500 + b"\n---\n## A\n").problems
    assert problem.message.startswith("broken front matter")


def test_a_binary_file_is_an_error() -> None:
    """No reader sees it."""
    reading = read(b"## A\n\x00\x01\x02")
    assert (reading.format, reading.read) == (None, 0)
    assert reading.problems[0].message == "a binary file, no text"


def made(form: str, sure: float) -> Reader:
    def refuse(path: str, text: str, defaults: Defaults) -> Reading:
        digest = Digest(path, "x", "x", None, ())
        return Reading(path, form, (digest,), 1, (error(path, 1, "refused", "mend it"),))

    return Reader(form, form, lambda path, text: sure, refuse)


def test_the_surest_reader_reads() -> None:
    """Equally sure ones in the order of their names; none that is not sure at all."""
    known = {"a": made("a", 0.2), "b": made("b", 0.8), "c": made("c", 0.8), "d": made("d", 0.0)}
    chosen = readers.recognise("x", "text", known)
    assert chosen is known["b"]
    assert readers.recognise("x", "text", {"d": known["d"]}) is None


def test_a_digest_whose_entries_were_all_refused_makes_no_page() -> None:
    """The refused entries are still counted."""
    source = Source("x", b"text")
    reading = readers.read(source, Defaults(), {"a": made("a", 1)})
    assert reading.digests == ()
    assert (reading.entries, reading.read, reading.rejected) == (1, 0, 1)


def test_readers_come_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Built-in ones are entry points; two of one name are refused with both in sight."""
    assert {"curated", "hf-page"} <= set(KNOWN)

    class Point:
        name = value = "twin"

        def load(self) -> Reader:
            return replace(PAGE, about="another")

    monkeypatch.setattr(readers, "entry_points", lambda group: [Point(), Point()])
    with pytest.raises(readers.ReaderClash, match="'hf-page'"):
        readers.installed()


def test_a_problem_is_one_line_whatever_it_quotes() -> None:
    """A line break in the input does not look like another problem."""
    problem = error("x", 1, "unknown\nx:2: error: 'b'", "did\u2028you")
    assert isinstance(problem, Problem)
    assert str(problem) == "x:1: error: unknown x:2: error: 'b'\n  hint: did you"
