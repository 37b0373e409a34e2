"""The command `offprint`: the only place that prints and that decides on exit codes."""

from generator.cli import building, exporting, looking, mailing, searching, starting
from generator.cli.group import main

__all__ = ["building", "exporting", "looking", "mailing", "main", "searching", "starting"]
