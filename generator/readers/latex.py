"""Turn LaTeX in titles, names and abstracts into plain text; maths stays as it is."""

from __future__ import annotations

import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

from generator import maths

_LATEX = re.compile(r"[\\{}~]|--|``|''")
_LETTERS = "aa|AA|ae|AE|oe|OE|dh|DH|dj|DJ|ng|NG|ss|SS|th|TH|o|O|l|L|i|j"
_RAISED = re.compile(r"[\w+-]")
_TOKEN = re.compile(
    rf"""
      (?P<maths> \$\$ [^$]+ \$\$ | \$ (?:[^$\\]|\\.)+ \$ )
    | (?P<address> https?://(?:[^\s{{}}$\\]|\\[&%_\#~])+ )
    | (?P<accent> \\ (?: ["'`^~=.] | [bcdHkrtuv](?![A-Za-z]) )
        [ ]? (?: \{{ [ ]? (?: \\(?:{_LETTERS}) | \w{{1,2}} ) [ ]? \}}
               | \\[ij](?![A-Za-z])(?:\{{\}}|[ ])? | [^\W\d_] ) )
    | (?P<letter> \\ (?:{_LETTERS}) (?![A-Za-z]) ) [ \n]?
    | \\href [ ]? \{{ (?P<place>[^{{}}]*) \}} [ ]? \{{ (?P<shown>[^{{}}]*) \}}
    | (?P<macro> \\[A-Za-z]+ ) (?P<space> [ \n]* )
    | (?P<sign> \\(?s:.) (?:\{{\}})? | ~ | -{{2,3}} | `` | '' )
    | (?P<brace> [{{}}] )
    """,
    re.VERBOSE,
)
_DRESS = re.compile(
    r"""\\(?: bf(?:series)? | em(?:ph)? | enquote | ensuremath | [fhm]box | it(?:shape)? | large
      | normal(?:font|size) | path | protect | relax | rm(?:family)? | s[cfl](?:family|shape)?
      | small | text(?:bf|it|md|normal|rm|sc|sf|sl|tt|up)? | tt(?:family)? | underline | uline
      | upshape | url )""",
    re.VERBOSE,
)
"""Commands that only dress their text: the text stays."""
_SIGNS = {
    **{"\\" + char: char for char in "&%_#{}"},
    **{"\\" + char: " " for char in " ,;:>\n\t\\"},
    **{"\\" + char: "" for char in "-/!@"},
    **{"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"},
    **{r"\~{}": "~", r"\^{}": "^", r"\'{}": "'", r"\`{}": "`"},
}
_NAMES = {
    **{r"\LaTeX": "LaTeX", r"\TeX": "TeX", r"\BibTeX": "BibTeX", r"\par": "\n\n"},
    **{r"\copyright": "©", r"\S": "§", r"\P": "¶", r"\pounds": "£", r"\euro": "€"},
    **{r"\textless": "<", r"\textgreater": ">", r"\textbar": "|", r"\textunderscore": "_"},
    **{r"\textbraceleft": "{", r"\textbraceright": "}", r"\textbackslash": "\\"},
    **{r"\textasciitilde": "~", r"\textasciicircum": "^"},
}
_CLOSERS = {r"\(": r"\)", r"\[": r"\]"}
_BARE = r"\1"
_ESCAPED = re.compile(r"\\([&%_#~])")


def plain(text: str) -> str:
    r"""Return `text` with LaTeX's accents, signs, quotes, dashes and braces as plain characters.

    Maths in `$…$`, `$$…$$`, `\(…\)` and `\[…\]` stays as it is, and so do commands without
    a known meaning and braces without a partner. `\$` stays where `$` would open maths.
    White space is not repaired. Linear in len(text).
    """
    return _with_dollars(_converted(text)) if _LATEX.search(text) else text


def accented(text: str) -> str:
    r"""Return `text` with its accents and letters such as `\'e` and `\o` as plain characters.

    Braces and everything else stay: they tell where a name begins and ends.
    """
    return _TOKEN.sub(_with_accent, text) if "\\" in text else text


def _with_accent(found: re.Match[str]) -> str:
    kind = found.lastgroup
    return _translated(found[kind]) if kind in {"accent", "letter"} else found.group()


def _converted(text: str) -> str:
    parts: list[str] = []
    open_braces: list[int | None] = []
    # Looked for once: a search that fails would be repeated at each further opening sign.
    last = {opener: text.rfind(closer) for opener, closer in _CLOSERS.items()}
    at = 0
    while found := _TOKEN.search(text, at):
        parts.append(text[at : found.start()])
        at = found.end()
        if brace := found["brace"]:
            _fit(parts, open_braces, brace, text[at : at + 1])
        elif (sign := found["sign"]) in {r"\(", r"\["}:
            at = text.index(_CLOSERS[sign], at) + 2 if at <= last[sign] else at
            parts.append(text[found.start() : at])
        elif sign == r"\$":
            parts.append(sign)
        else:
            parts.append(_said(found))
            if found["macro"] and parts[-1].startswith(found["macro"]) and text[at : at + 1] == "{":
                # The braces of a command that is kept belong to it.
                parts.append("{")
                open_braces.append(None)
                at += 1
    return "".join((*parts, text[at:]))


def _with_dollars(text: str) -> str:
    r"""Return `text` with `$` for `\$` in each paragraph where it opens no maths."""
    if r"\$" not in text:
        return text
    return "\n\n".join(map(_with_dollar, text.split("\n\n")))


def _with_dollar(paragraph: str) -> str:
    bare = paragraph.replace(r"\$", "$")
    return bare if _formulas(bare) == _formulas(paragraph) else paragraph


def _formulas(paragraph: str) -> list[str]:
    return [source for _, source in maths.pieces(paragraph) if source]


def _fit(parts: list[str], open_braces: list[int | None], brace: str, after: str) -> None:
    """Add a brace to `parts`, and take it away with its partner once both are known."""
    if brace == "}" and open_braces:
        partner = open_braces.pop()
        if partner is not None:
            parts[partner] = brace = ""
    elif brace == "{":
        # Behind ^ and _ it is maths that lost its dollars: there the braces say how far it goes.
        raised = bool(parts) and parts[-1].endswith(("^", "_")) and _RAISED.match(after)
        open_braces.append(None if raised else len(parts))
    parts.append(brace)


def _said(found: re.Match[str]) -> str:
    """Return what one token of LaTeX says, the token itself where that is not known."""
    kind = found.lastgroup
    whole = found.group()
    if kind == "address":
        return _ESCAPED.sub(_BARE, whole)
    if kind in {"accent", "letter"}:
        return _translated(found[kind])
    if kind == "shown":
        return f"{plain(found['shown'])} ({_ESCAPED.sub(_BARE, found['place'])})"
    if kind == "sign":
        # The braces keep the next character from joining in.
        return _SIGNS.get(whole) or _SIGNS.get(whole.removesuffix("{}"), whole)
    if found["macro"] is None:
        return whole
    return _meaning(found["macro"], found["space"])


def _meaning(macro: str, space: str) -> str:
    if _DRESS.fullmatch(macro):
        return ""
    said = _symbol(macro)
    # LaTeX swallows blanks here; an abstract's `\alpha is` means two words all the same.
    return said if said and macro.startswith(r"\text") else (said or macro) + space


@lru_cache(maxsize=4096)
def _translated(token: str) -> str:
    return _TO_TEXT.latex_to_text(token) or token


def _symbol(macro: str) -> str | None:
    r"""Return the sign that a command without arguments stands for, such as `\ldots`."""
    if macro in _NAMES:
        return _NAMES[macro]
    spec = _SPECS.get_macro_spec(macro[1:])
    said = spec.simplify_repl if spec else None
    return said if isinstance(said, str) and 0 < len(said) <= 3 and "%" not in said else None


_TO_TEXT = LatexNodes2Text(math_mode="verbatim")
_SPECS = get_default_latex_context_db()
