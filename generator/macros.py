r"""Undo the LaTeX commands that stand in prose: accents, signs, emphasis, names of macros.

Abstracts are full of commands outside of formulas, and of macros that only their paper defines:
`na\"ive`, `360{\deg}`, `{\em both}`, `we propose \method`. Formulas must be taken out before.
Addresses, paths and escape sequences (`C:\new\table`, `\n`, `\u003c`) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

# A command begins a word, or follows a figure or another command's brace; a path does neither.
_FREE = r"(?<![A-Za-z\\:/])"
_DRESS = (
    "emph|textit|textbf|texttt|textsc|textrm|textsf|textsl|textup|textmd|textnormal|text|mbox"
    "|underline|uline|url|path|mathbf|mathrm|mathit|mathcal|mathbb|mathsf|mathtt|boldsymbol"
)
_DRESSED = re.compile(rf"\\(?P<how>{_DRESS})[ ]?\{{(?P<what>[^{{}}]*)\}}")
_SWITCHES = {
    **dict.fromkeys(("em", "it", "sl", "itshape"), "emph"),
    **dict.fromkeys(("bf", "bfseries"), "textbf"),
    **dict.fromkeys(("tt", "ttfamily"), "texttt"),
    **dict.fromkeys(("sc", "rm", "sf", "small", "large", "footnotesize"), "text"),
}
_SWITCHED = re.compile(
    rf"\{{\s*\\(?P<how>{'|'.join(_SWITCHES)})(?![A-Za-z])\s*(?P<what>[^{{}}]*)\}}"
)
_ELEMENTS = {"emph": "em", "textit": "em", "textsl": "em", "mathit": "em"}
_ELEMENTS |= {"textbf": "strong", "mathbf": "strong", "texttt": "code"}

# `Schr\"odinger`, `\'Eclair`, `\c{c}`; but in `said \"all\"` and `object\'s` it is no accent.
_ACCENT = re.compile(
    r"""\\(?: ["'`^~=.] \{ (?:[A-Za-z]|\\[ij]) \} | [cHkruvbd] \{ [A-Za-z] \}
      | (?<=[A-Za-z]\\)["] (?: [aeiouyAEIOUY] | \{\\i\} ) | ['`^] [aeiouyAEIOUY](?!\b'?s\b)
      | (?<=[A-Za-z]\\)['`^] [a-z](?=[a-z]) | ~[nNaAoO] | (?:ss|o|O|ae|AE|l|L)(?![A-Za-z]) (?:\{\})?
    )""",
    re.VERBOSE,
)
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|d|m|re|ve|ll)\b)")
# `foo\_bar` and `(\$5)` are LaTeX; a face with an arm `\_`, or `/\%`, is none.
_SIGN = re.compile(r"(?<![^\w\s(])\\([%&#$])|(?<=\w)\\(_)")
_BLANK = re.compile(r"(?<=[\w\s.,)])\\[,;:][ ]*(?=[\s\w])|(?<=\w)\\[-/](?=\w)")
_NOTED = re.compile(r"\\(?:cite[a-z]*|ref|label|vspace|hspace)\*?(?:\[[^\[\]]*\])?\{[^{}]*\}")
_LINKED = re.compile(r"\\href[ ]?\{[^{}]*\}[ ]?\{(?P<shown>[^{}]*)\}")
_FOOTNOTE = re.compile(r"[ ]?\\footnote[ ]?\{(?P<said>[^{}]*)\}")
_COLORED = re.compile(r"\\textcolor[ ]?\{[^{}]*\}[ ]?\{(?P<said>[^{}]*)\}")
_SHORT = {"eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "wrt": "w.r.t."}
_SHORTENED = re.compile(rf"{_FREE}~?\\({'|'.join(_SHORT)})(?![A-Za-z])(?:\{{\}})?\.?")
_HALF_LINKED = re.compile(r"[ ]?\\href[ ]?(?=\{)")
_GLUED = re.compile(r"\\(text[a-z]+|times|allowbreak)(?![A-Za-z])(?:\{\}|(?!\{))[ ]?")
_SYMBOL = re.compile(
    rf"(?P<open>\{{)?{_FREE}\\(?P<name>[A-Za-z]+)(?![A-Za-z\\])(?(open)\}}|(?:\{{\}})?)"
)
_UNKNOWN = re.compile(
    r"(?P<before>~)?(?P<open>\{)?(?<![\w\\:/])\\(?P<name>[A-Za-z]{2,})(?![\w\\])"
    r"(?(open)\}|(?:\{(?P<what>[^{}]*)\})?)(?P<after>~[ ]?)?"
)
_NESTED = re.compile(
    rf"\\(?:{_DRESS})[ ]?\{{(?P<left>[^{{}}\\]*)"
    rf"(?P<inner>\\(?:{_DRESS})\{{[^{{}}]*\}})(?P<right>[^{{}}\\]*)\}}"
)
_SAID = {"deg": "°", "textgreater": ">", "textless": "<", "textendash": "–", "textemdash": "—"}
_TO_TEXT = LatexNodes2Text()
_ROUNDS = 3
"""Commands within commands that are undone."""


def prose(text: str) -> Iterator[tuple[str | None, str]]:
    r"""Yield the pieces of `text` in order, each with the element that fits its dress.

    `\emph{…}` and `{\it …}` are `em`, bold is `strong`, typewriter is `code`; all else is None.
    """
    if "\\" not in text:
        yield None, text
        return
    text = _undone(text)
    at = 0
    for found in _DRESSED.finditer(text):
        if found.start() > at:
            yield None, _bare(text[at : found.start()])
        yield _ELEMENTS.get(found["how"]), _bare(found["what"])
        at = found.end()
    if at < len(text):
        yield None, _bare(text[at:])


def undressed(text: str) -> str:
    """Return `text` without the commands that dress its words."""
    for _ in range(_ROUNDS):
        text, count = _DRESSED.subn(r"\g<what>", text)
        if not count:
            break
    return text


def _undone(text: str) -> str:
    """Return `text` with known commands said in characters; those of dress stay, unnested."""
    text = _ACCENT.sub(lambda found: _accented(found.group()), text)
    text = _APOSTROPHE.sub("'", text)
    for pattern, said in ((_NOTED, ""), (_LINKED, r"\g<shown>"), (_COLORED, r"\g<said>")):
        text = pattern.sub(said, text)
    text = _HALF_LINKED.sub(" ", _FOOTNOTE.sub(r" (\g<said>)", text))
    text = _SWITCHED.sub(lambda found: rf"\{_SWITCHES[found['how']]}{{{found['what']}}}", text)
    text = _SHORTENED.sub(lambda found: _SHORT[found[1]], text)
    text = _SYMBOL.sub(_signed, text)
    text = _GLUED.sub(lambda found: _symbol(found[1]) or "", text) if "\\" in text else text
    return _NESTED.sub(r"\g<left>\g<inner>\g<right>", _BLANK.sub(" ", text))


def _bare(text: str) -> str:
    """Return a piece without what was left of commands."""
    if "\\" not in text:
        return text
    text = _SIGN.sub(r"\1\2", text)
    return _UNKNOWN.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    """Return the argument of a macro that only its paper defines, without one its name."""
    # A tilde beside a macro is LaTeX's blank; elsewhere it says "about".
    blanks = (" " if found[side] else "" for side in ("before", "after"))
    return (found["what"] or found["name"]).join(blanks)


def _signed(found: re.Match[str]) -> str:
    return _symbol(found["name"]) or found.group()


@lru_cache(maxsize=512)
def _symbol(name: str) -> str | None:
    """Return the sign that a command without arguments stands for, None where it has none."""
    if name in _SAID:
        return _SAID[name]
    spec = _specs().get_macro_spec(name)
    said = spec.simplify_repl if spec else None
    known = isinstance(said, str) and len(said) == 1 and not said.isascii()
    return said if known or (name.startswith("text") and isinstance(said, str)) else None


@cache
def _specs() -> Any:
    """Return what pylatexenc knows of commands; making it takes a hundredth of a second."""
    return get_default_latex_context_db()


@lru_cache(maxsize=512)
def _accented(latex: str) -> str:
    said = str(_TO_TEXT.latex_to_text(latex.replace(r"{\i}", "{i}").replace(r"{\j}", "{j}")))
    return said if len(said) <= 2 and "\\" not in said else latex
