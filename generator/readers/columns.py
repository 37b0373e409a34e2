"""Make facts of the rows of a table, and remember what its columns could not tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from generator import identity, text
from generator.models import Facts
from generator.problems import Problem, warning
from generator.readers import cells
from generator.readers.facts import completed, unescaped, with_addresses
from generator.readers.fields import RANK, is_known, names_title, plain

_GROUPS = frozenset({"links", "externalids"})
"""Members of a record that hold columns of their own."""
_INNER = ("/", "papers/")
_PROSE = ("abstract", "summary", "description", "note")

Row = Mapping[str, object]
"""Column → text, or what JSON holds there."""
_Found = Mapping[str, list[tuple[str, object]]]
"""Field → (column, value) of one row, the surest first; none of them empty."""
_T = TypeVar("_T")


@dataclass(slots=True)
class _Fault:
    """Values of one column that cannot be what the column promises."""

    line: int
    """Of the first."""
    shown: str
    """The first."""
    count: int = 0


@dataclass(slots=True)
class Columns:
    """What the columns of one table mean, and what was seen in them so far."""

    mapped: Mapping[str, str] = field(default_factory=dict)
    """Field → column, in the curator's word."""
    fields: set[str] = field(default_factory=set)
    """Fields for which a column was seen."""
    _places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """Column → the fields made of it, each with the column's rank; in the order of the table."""
    _stood_in: bool = False
    """Whether a summary was taken for a missing abstract."""
    _given: set[str] = field(default_factory=set)
    """Fields whose column, in the curator's word, was seen."""
    _faults: dict[tuple[str, str], _Fault] = field(default_factory=dict)

    def knows(self, column: str) -> bool:
        """Return whether a column of that name would be made a field."""
        return bool(self._wanted(column)) or is_known(column)

    def names_title(self, columns: Iterable[str]) -> bool:
        """Return whether one of the columns would hold titles."""
        if "title" not in self.mapped:
            return names_title(columns)
        return any("title" in self._wanted(column) for column in columns)

    def names(self) -> list[str]:
        """Return all columns that were seen, in the order of the table."""
        return list(self._places)

    def see(self, columns: Iterable[str]) -> None:
        """Learn columns from the head of a table: they may be empty in every row."""
        for column in columns:
            self._known(column)

    def facts(self, row: Row, line: int) -> tuple[Facts | None, tuple[str, ...]]:
        """Return the paper of the row at `line`, None without a title, and the topics named."""
        found = self._sorted(row)
        title = _first(_title, found.get("title"))
        if title is None:
            return None, ()
        abstract, note = self._prose(found)
        facts = Facts(
            title=title,
            authors=_first(cells.people, found.get("authors")) or (),
            abstract=abstract,
            note=note,
            version=_first(_line, found.get("version")),
            kind=_first(_line, found.get("kind")),
            venue=_first(_line, found.get("venue")),
            published=self._checked(cells.moment, "day", found.get("published"), line),
            categories=_first(cells.labels, found.get("categories")) or (),
            keywords=_first(cells.labels, found.get("keywords")) or (),
            votes=self._checked(cells.number, "number", found.get("votes"), line),
        )
        facts = self._with_ids(facts, found, line)
        facts = self._with_links(facts, found, line)
        return completed(facts), _first(cells.labels, found.get("topics")) or ()

    def missing(self) -> list[tuple[str, str]]:
        """Return (field, column) of each column that the curator named and nobody saw."""
        return [pair for pair in sorted(self.mapped.items()) if pair[0] not in self._given]

    def left_out(self) -> list[str]:
        """Return the columns that nothing is made of, in the order of the table."""
        idle = set() if self._stood_in else {"summary"}
        return [
            column
            for column, places in self._places.items()
            if not {one for one, _ in places} - idle
        ]

    def faults(self, path: str) -> list[Problem]:
        """Return one warning for each column with values that cannot be right."""
        problems = []
        for (column, wanted), fault in self._faults.items():
            name = text.shorten(text.line(column), 40)
            what = f"'{fault.shown}' is no {wanted}"
            if fault.count > 1:
                what = f"{fault.count:,} values are no {wanted}, such as '{fault.shown}'"
            message = f"{name}: {what}; left out"
            hint = "mend it, or leave it: the paper is shown without"
            problems.append(warning(path, fault.line, message, hint))
        return problems

    def _known(self, column: str) -> list[tuple[str, int]]:
        """Return the fields that a column holds, each with its rank among their columns."""
        places = self._places.get(column)
        if places is None:
            wanted = self._wanted(column)
            self._given.update(wanted)
            places = [(one, -1) for one in wanted]
            recognised = RANK.get(plain(column))
            # The curator's word stands alone, but for links: there may be several.
            if recognised and not places and recognised[0] not in {*self.mapped} - {"links"}:
                places = [recognised]
            self._places[column] = places
            self.fields.update(one for one, _ in places)
        return places

    def _wanted(self, column: str) -> list[str]:
        """Return the fields that the curator made of a column."""
        if not self.mapped:
            return []
        name = text.line(column)
        return [one for one, given in self.mapped.items() if text.line(given) == name]

    def _sorted(self, row: Row) -> _Found:
        ranked: dict[str, list[tuple[int, str, object]]] = {}
        for column, value in self._flat(row):
            for one, rank in self._known(column):
                # A paper may be called None.
                if not cells.is_empty(value) or (one == "title" and value):
                    ranked.setdefault(one, []).append((rank, column, value))
        return {
            one: [(column, value) for _, column, value in sorted(places, key=lambda p: p[0])]
            for one, places in ranked.items()
        }

    def _flat(self, row: Row) -> Iterator[tuple[str, object]]:
        """Yield columns and values, the members of a group such as `links` in its place."""
        for column, value in row.items():
            if isinstance(value, dict) and plain(column) in _GROUPS:
                # Links of a kind that no column is known for are links all the same.
                for name, inner in value.items():
                    yield (name if is_known(name) else column), inner
            else:
                yield column, value

    def _prose(self, found: _Found) -> tuple[str | None, str | None]:
        """Return abstract and note.

        Beside an abstract a description is the curator's word; alone it is the abstract.
        """
        whole = {name: _first(_paragraphs, found.get(name)) for name in _PROSE}
        abstract, note = whole["abstract"] or whole["summary"], whole["note"]
        self._stood_in = self._stood_in or (bool(abstract) and not whole["abstract"])
        if self.fields & {"abstract", "summary"}:
            note = note or whole["description"]
        else:
            abstract = whole["description"]
        return unescaped(abstract) if abstract else None, note

    def _with_ids(self, facts: Facts, found: _Found, line: int) -> Facts:
        arxiv = self._checked(_arxiv, "arXiv id", found.get("arxiv"), line)
        doi = self._checked(_doi, "DOI", found.get("doi"), line)
        # An id may be anything; only what is one of these two is known.
        arxiv = arxiv or _first(_arxiv, found.get("id"))
        doi = doi or _first(_doi, found.get("id"))
        if arxiv:
            facts = replace(facts, arxiv=arxiv[0], version=facts.version or arxiv[1])
        return replace(facts, doi=doi) if doi else facts

    def _with_links(self, facts: Facts, found: _Found, line: int) -> Facts:
        given = {
            one: self._addresses(found.get(one), line)
            for one in ("links", "pdf", "code", "project", "hf")
        }
        facts = with_addresses(facts, given["links"] + [a for a in given["pdf"] if _arxiv(a)])
        links = facts.links
        pdf = next((address for address in given["pdf"] if not _arxiv(address)), None)
        return replace(
            facts,
            links=replace(
                links,
                pdf=pdf or links.pdf,
                hf=next(iter(given["hf"]), links.hf),
                code=tuple(dict.fromkeys((*links.code, *given["code"]))),
                project=tuple(dict.fromkeys((*links.project, *given["project"]))),
            ),
        )

    def _addresses(self, places: list[tuple[str, object]] | None, line: int) -> list[str]:
        found: list[str] = []
        for column, value in places or ():
            addresses = cells.addresses(value)
            found += addresses
            # A path within the site that the table comes from leads nowhere from here.
            if not addresses and isinstance(value, str) and not value.startswith(_INNER):
                self._doubt(column, "web address", value, line)
        return found

    def _checked(
        self,
        understand: Callable[[object], _T | None],
        wanted: str,
        places: list[tuple[str, object]] | None,
        line: int,
    ) -> _T | None:
        """Return the first value that is understood; those that are not are remembered."""
        for column, value in places or ():
            understood = understand(value)
            if understood is not None:
                return understood
            self._doubt(column, wanted, cells.whole(value), line)
        return None

    def _doubt(self, column: str, wanted: str, value: str, line: int) -> None:
        shown = text.shorten(text.line(value[:200]), 40)
        fault = self._faults.setdefault((column, wanted), _Fault(line, shown))
        fault.count += 1


def _first(
    understand: Callable[[object], _T | None], places: list[tuple[str, object]] | None
) -> _T | None:
    """Return what is understood of the first value that says anything."""
    return next((found for _, value in places or () if (found := understand(value))), None)


def _title(value: object) -> str | None:
    return text.line(cells.whole(value)) or None


def _line(value: object) -> str | None:
    return text.line(cells.whole(value)) or None


def _paragraphs(value: object) -> str | None:
    return text.paragraphs(cells.whole(value)) or None


def _arxiv(value: object) -> tuple[str, str | None] | None:
    return identity.arxiv_id(cells.whole(value))


def _doi(value: object) -> str | None:
    return identity.doi(cells.whole(value))
