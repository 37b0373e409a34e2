"""The command `offprint`: the only place that prints and that decides on exit codes."""

from generator.cli import building, looking, searching, starting
from generator.cli.group import main

__all__ = ["building", "looking", "main", "searching", "starting"]
