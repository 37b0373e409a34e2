"""The command `offprint`: the only place that prints and that decides on exit codes."""

from generator.cli import (
    building,
    exporting,
    fetching,
    looking,
    mailing,
    searching,
    starting,
    telling,
)
from generator.cli.group import main

__all__ = [
    "building",
    "exporting",
    "fetching",
    "looking",
    "mailing",
    "main",
    "searching",
    "starting",
    "telling",
]
