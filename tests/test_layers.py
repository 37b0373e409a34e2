"""Each room of the house imports only rooms on its own floor or below it, and in no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import generator

HOUSE = Path(generator.__file__).parent
# From the ground up. A folder is one room.
FLOORS = {
    "ground": (
        "models problems identity text dates addresses words sentences maths mathml macros"
        " progress memory"
    ),
    "record": (
        "readers sources settings subscribing lock yamltext formats corrections catalog"
        " health origin"
    ),
    "understanding": "topics summaries related authors",
    "outputs": "templating exports signposts feeds search atlas trends pages checks budget",
    "composition": "pipeline writer publish adding wheels scaffold",
    "edge": "console cli plugin mail news fetch __main__",
}
FLOOR = {room: number for number, rooms in enumerate(FLOORS.values()) for room in rooms.split()}
TALKERS = {"cli", "console"}
MKDOCS = {"plugin", "publish"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield the room and the content of each module."""
    for path in sorted(HOUSE.rglob("*.py")):
        room = path.relative_to(HOUSE).with_suffix("").parts[0]
        if room != "__init__":
            yield room, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the full name of everything that a module imports, also within functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def module(path: Path) -> str:
    """Return the dotted name of a module within the house."""
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path) for path in HOUSE.rglob("*.py")}


def owner_of(name: str) -> str | None:
    """Return the module that `name`, e.g. `topics.keywords.fold`, belongs to."""
    return next((n for n in (name, name.rpartition(".")[0]) if n in MODULES), None)


def neighbours(tree: ast.AST) -> set[str]:
    """Return the rooms that a module imports from."""
    parts = (name.split(".") for name in imported(tree))
    return {one[1] for one in parts if one[0] == "generator" and one[1] != "__version__"}


def test_every_room_has_a_floor() -> None:
    """A new module finds its floor in the table, and the table names no room that is gone."""
    assert {room for room, _ in modules()} == set(FLOOR)


def test_imports_point_downwards() -> None:
    """No room imports from a floor above its own."""
    upwards = [
        (room, other)
        for room, tree in modules()
        for other in sorted(neighbours(tree))
        if FLOOR[other] > FLOOR[room]
    ]
    assert upwards == []


def test_rooms_stand_in_no_circle() -> None:
    """Rooms of one floor have an order too."""
    graph: dict[str, set[str]] = {}
    for room, tree in modules():
        graph.setdefault(room, set()).update(neighbours(tree) - {room})
    assert set(TopologicalSorter(graph).static_order()) == set(FLOOR)


def test_modules_of_a_room_stand_in_no_circle() -> None:
    """A room's door imports what is inside; nothing inside imports the door."""
    graph: dict[str, set[str]] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        named = {name.removeprefix("generator.") for name in imported(ast.parse(path.read_bytes()))}
        graph[module(path)] = {owner for name in named if (owner := owner_of(name))}
    for name, others in graph.items():
        others.discard(name)
    assert set(TopologicalSorter(graph).static_order()) >= {"cli", "search.ranking"}


def test_only_two_rooms_know_mkdocs() -> None:
    """MkDocs is imported by the plugin and by publish alone."""
    users = {
        room for room, tree in modules() if any(n.split(".")[0] == "mkdocs" for n in imported(tree))
    }
    assert users == MKDOCS


@pytest.mark.parametrize("voice", ["print", "input", "click", "stdout", "stderr", "exit"])
def test_only_the_command_talks(voice: str) -> None:
    """Nothing below the command prints, asks, or decides on an exit code."""
    heard = {
        room
        for room, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == voice)
        or (isinstance(node, ast.Attribute) and node.attr == voice)
        or (isinstance(node, ast.Import) and any(name.name == voice for name in node.names))
    }
    assert heard <= TALKERS


def test_no_room_asks_the_clock_or_the_network() -> None:
    """`init`, `fetch` and the Date of an email read the clock, once each; nothing else does.

    The stages of the console, and the rate at which emails leave, measure time. Only the rooms
    `fetch` and `mail` dial, and only the pauses of `fetch` are left to chance.
    """
    clocks = {"now", "today", "time", "time_ns", "random", "urlopen", "socket", "requests"}
    users = {
        (room, node.attr)
        for room, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in clocks
    }
    asked = {("scaffold", "now"), ("cli", "now"), ("fetch", "random"), ("fetch", "socket")}
    assert users == asked
    dialling = {"random", "socket", "requests", "http", "secrets", "ssl", "urllib3", "uuid"}
    dialling |= {"smtplib"}
    dialled = {
        (room, name.split(".")[0])
        for room, tree in modules()
        for name in imported(tree)
        if name.split(".")[0] in dialling and room != "fetch"
    }
    assert dialled == {("mail", "smtplib"), ("mail", "ssl")}
