"""Turn topics.yml into topics, and its mistakes into problems with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import yaml

from generator.identity import slug
from generator.models import UNSORTED, Example, Source, Topic
from generator.problems import Problem, error, note, warning
from generator.text import line, shorten
from generator.topics import keywords
from generator.yamltext import compose, did_you_mean, is_null, line_of, unknown_key

TOPICS = "topics.yml"
SLOTS = 18
"""Colours of the palette."""

# Five and eighteen have no common divisor: all slots are used before one comes again.
_STEP = 5
_RESERVED = frozenset({UNSORTED, "index", "page"})
_KEYS = ("name", "slug", "scope", "keywords", "not", "parent", "examples", "code", "color")
_LISTS = ("keywords", "not", "examples")
_FOUND = "topics come from the papers' own words; yours: offprint topics suggest -o topics.yml"
_EXAMPLE = "the file is a list under 'topics:', each entry with at least '- name: …'"


@dataclass(frozen=True, slots=True)
class _Draft:
    """One entry of the file as far as it could be read."""

    topic: Topic
    colored: bool
    """Whether the curator chose the colour."""
    parent_line: int | None = None
    """Line of `parent:`."""


@dataclass(slots=True)
class _Fields:
    """The values of one entry, and what was wrong with them."""

    path: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, dict[str, int]] = field(default_factory=dict)
    """Each text of a list with its line."""
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(source: Source | None) -> tuple[tuple[Topic, ...] | None, tuple[Problem, ...]]:
    """Return the topics in the file's order and what is wrong with it; None is a missing file.

    Without a word on topics, be it no file or one of comments, they are None: an empty list is
    the wish for none. Any error means that the file as a whole must not be used.
    """
    if source is None:
        return None, (note(TOPICS, None, "no topics.yml", _FOUND),)
    root, problems = compose(source, _EXAMPLE)
    if problems:
        return (), tuple(problems)
    entries, problems = _entries(root, source.path)
    if entries is None:
        return None, tuple(problems)
    drafts: list[_Draft] = []
    for entry in entries:
        draft, found = _draft(entry, source.path)
        problems += found
        drafts += [draft] if draft else []
    problems += _clashes(drafts, source.path)
    for draft in drafts:
        problems += _word_problems(draft.topic, source.path)
    topics, found = _finished(drafts, source.path)
    return topics, (*problems, *found)


def marked(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """Return topics that no file defines with the codes and colours that a file would give."""
    return _finished([_Draft(topic, colored=False) for topic in topics], TOPICS)[0]


def _entries(root: yaml.Node | None, path: str) -> tuple[list[yaml.Node] | None, list[Problem]]:
    if root is None:
        return None, [note(path, None, "topics.yml names no topic", _FOUND)]
    if isinstance(root, yaml.SequenceNode):
        return list(root.value), []
    if not isinstance(root, yaml.MappingNode):
        return [], [error(path, line_of(root), "topics.yml holds no list of topics", _EXAMPLE)]
    pairs = {key.value: (key, value) for key, value in root.value}
    problems = [
        unknown_key(key, ["topics"], path) for name, (key, _) in pairs.items() if name != "topics"
    ]
    if "topics" not in pairs:
        return [], [*problems, error(path, 1, "topics.yml holds no 'topics:'", _EXAMPLE)]
    listed = pairs["topics"][1]
    if isinstance(listed, yaml.SequenceNode):
        return list(listed.value), problems
    if isinstance(listed, yaml.ScalarNode) and is_null(listed):
        return None, [*problems, note(path, line_of(listed), "topics.yml names no topic", _FOUND)]
    return [], [*problems, error(path, line_of(listed), "'topics:' is not a list", _EXAMPLE)]


def _draft(entry: yaml.Node, path: str) -> tuple[_Draft | None, list[Problem]]:
    at = line_of(entry)
    if isinstance(entry, yaml.ScalarNode) and not is_null(entry):
        pairs: list[tuple[yaml.Node, yaml.Node]] = [(yaml.ScalarNode("", "name"), entry)]
    elif isinstance(entry, yaml.MappingNode):
        pairs = entry.value
    else:
        return None, [error(path, at, "a topic must be a name or a set of keys", _EXAMPLE)]
    fields = _Fields(path, at)
    for key, value in pairs:
        _take(fields, key, value)
    name = fields.texts.get("name", "")
    if not name:
        if "name" not in fields.lines:
            fields.problems.append(error(path, at, "a topic without a name", "add 'name: …'"))
        return None, fields.problems
    chosen = fields.texts.get("slug", "")
    found = slug(chosen or name)
    fields.problems += _slug_problems(chosen, found, name, fields)
    color, problems = _color(fields)
    words, without = fields.lists.get("keywords", {}), fields.lists.get("not", {})
    topic = Topic(
        slug=found,
        name=name,
        scope=fields.texts.get("scope", ""),
        keywords=tuple(words),
        without=tuple(without),
        parent=fields.texts.get("parent") or None,
        examples=tuple(Example(*one) for one in fields.lists.get("examples", {}).items()),
        code=fields.texts.get("code", "")[:2],
        color=color or 1,
        line=at,
        lines=without | words,
    )
    return _Draft(topic, color is not None, fields.lines.get("parent")), fields.problems + problems


def _take(fields: _Fields, key: yaml.Node, value: yaml.Node) -> None:
    """Add one key of an entry to `fields`, or the problem that it has."""
    path, at = fields.path, line_of(value)
    name = key.value if isinstance(key, yaml.ScalarNode) else ""
    if name not in _KEYS:
        fields.problems.append(unknown_key(key, _KEYS, path))
        return
    if name in fields.lines:
        hint = "keep one of the two"
        fields.problems.append(error(path, line_of(key), f"'{name}' is given twice", hint))
        return
    fields.lines[name] = at
    if name in _LISTS:
        words, problems = _words(name, value, path)
        fields.lists[name] = words
        fields.problems += problems
    elif isinstance(value, yaml.ScalarNode):
        fields.texts[name] = "" if is_null(value) else line(value.value)
        if name == "name" and not fields.texts[name]:
            fields.problems.append(error(path, at, "a topic without a name", "add 'name: …'"))
    else:
        fields.problems.append(error(path, at, f"'{name}' is not a text", f"write '{name}: …'"))


def _words(name: str, value: yaml.Node, path: str) -> tuple[dict[str, int], list[Problem]]:
    """Return the texts of a list, or of one text with commas, each once with its line."""
    hint = f"write '{name}: [one, two words, three]'"
    if isinstance(value, yaml.ScalarNode):
        # A title may hold commas.
        parts = [value.value] if name == "examples" else value.value.split(",")
        return _once((part, line_of(value)) for part in parts if not is_null(value)), []
    if not isinstance(value, yaml.SequenceNode):
        return {}, [error(path, line_of(value), f"'{name}' is not a list", hint)]
    problems = [
        error(path, line_of(item), f"'{name}' holds something that is not a text", hint)
        for item in value.value
        if not isinstance(item, yaml.ScalarNode)
    ]
    texts = [item for item in value.value if isinstance(item, yaml.ScalarNode)]
    return _once((item.value, line_of(item)) for item in texts), problems


def _once(texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text, at in texts:
        if line(text):
            found.setdefault(line(text), at)
    return found


def _slug_problems(chosen: str, found: str, name: str, fields: _Fields) -> Iterator[Problem]:
    at = fields.lines.get("slug", fields.lines["name"])
    if not found:
        hint = "add 'slug: …' with letters a to z, digits and '-'"
        yield error(fields.path, at, f"no address can be made of the name '{name}'", hint)
    elif found in _RESERVED:
        hint = "the site needs this address itself: add another 'slug: …'"
        yield error(fields.path, at, f"reserved slug '{found}'", hint)
    elif chosen and chosen != found:
        hint = "a slug has letters a to z, digits and '-'"
        yield warning(fields.path, at, f"slug '{chosen}' is used as '{found}'", hint)


def _color(fields: _Fields) -> tuple[int | None, list[Problem]]:
    """Return the slot that the curator chose, None without a choice."""
    text = fields.texts.get("color", "")
    if not text:
        return None, []
    if text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= SLOTS:
        return int(text), []
    at = fields.lines["color"]
    return None, [error(fields.path, at, f"color '{text}' is no slot", f"use 1 to {SLOTS}")]


def _clashes(drafts: Sequence[_Draft], path: str) -> Iterator[Problem]:
    """Yield an error for each slug that an earlier topic has, and a warning for each name."""
    first: dict[str, Topic] = {}
    for topic in (draft.topic for draft in drafts):
        other = first.setdefault(topic.slug, topic)
        if other is not topic and topic.slug:
            hint = f"'{other.name}' in line {other.line} has it: give one of them another 'slug: …'"
            yield error(path, topic.line, f"duplicate slug '{topic.slug}'", hint)

    names: dict[str, Topic] = {}
    for topic in (draft.topic for draft in drafts):
        other = names.setdefault(topic.name.casefold(), topic)
        if other is not topic and other.slug != topic.slug:
            hint = f"line {other.line} has it too: in digests it means the first of them"
            yield warning(path, topic.line, f"two topics have the name '{topic.name}'", hint)


def _word_problems(topic: Topic, path: str) -> Iterator[Problem]:
    """Yield a warning for each word that can say nothing."""
    wanted = {keywords.key(word) for word in topic.keywords}
    for word in dict.fromkeys((*topic.keywords, *topic.without)):
        at = topic.lines.get(word)
        if len(word) > keywords.LONGEST:
            message = f"a keyword of {len(word):,} characters: '{shorten(word, 60)}'"
            hint = f"a term has at most {keywords.LONGEST}; put a ',' between two"
            yield warning(path, at, message, hint)
        elif not keywords.key(word):
            yield warning(path, at, f"'{word}' has no letter and no digit", "take it out")
        elif word in topic.without and keywords.key(word) in wanted:
            message = f"'{word}' speaks for the topic '{topic.name}' and against it"
            yield warning(path, at, message, "keep it in 'keywords' or in 'not'")


def _finished(drafts: list[_Draft], path: str) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Return the topics with parent, code and colour resolved."""
    problems: list[Problem] = []
    slugs = {d.topic.name.casefold(): d.topic.slug for d in drafts[::-1]}
    slugs |= {d.topic.slug: d.topic.slug for d in drafts}
    taken = {draft.topic.code for draft in drafts if draft.topic.code}
    topics: list[Topic] = []
    for place, draft in enumerate(drafts):
        topic = draft.topic
        parent = slugs.get(topic.parent.casefold()) if topic.parent else None
        if topic.parent and (parent is None or parent == topic.slug):
            problems.append(_no_parent(topic, draft.parent_line, slugs, path))
            parent = None
        code = topic.code or _code(topic.name, taken)
        taken.add(code)
        color = topic.color if draft.colored else place * _STEP % SLOTS + 1
        topics.append(replace(topic, parent=parent, code=code, color=color))
    return tuple(topics), problems + _loops(topics, path)


def _no_parent(topic: Topic, at: int | None, slugs: Mapping[str, str], path: str) -> Problem:
    others = sorted(set(slugs.values()) - {topic.slug})
    meant = did_you_mean(topic.parent or "", others)
    hint = f"{meant}topics.yml has: {', '.join(others) or 'no other'}"
    return error(path, at, f"unknown parent '{topic.parent}'", hint)


def _loops(topics: Iterable[Topic], path: str) -> list[Problem]:
    """Return an error for each topic that is its own ancestor."""
    parents = {topic.slug: topic.parent for topic in topics}
    problems = []
    for topic in topics:
        above, seen = topic.parent, set[str]()
        while above and above != topic.slug and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == topic.slug:
            hint = "take one 'parent:' of the circle away"
            problems.append(error(path, topic.line, f"'{topic.slug}' is its own parent", hint))
    return problems


def _code(name: str, taken: set[str]) -> str:
    """Return two letters for `name`: initials of two words, else a later letter that is free."""
    parts = [part.upper() for part in slug(name).split("-") if part] or ["T"]
    second = parts[1] if len(parts) > 1 else ""
    letters = f"{second}{parts[0][1:]}ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    codes = [parts[0][0] + letter for letter in letters]
    return next((code for code in codes if code not in taken), codes[0])
