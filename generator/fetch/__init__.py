"""Bring new digests from the net: the only room that dials, and never part of a build.

It asks a source (`client`, which knows manners), checks that the answer is whole, leaves out
what the collection has from there already, and writes the rest into digests/ (`store`).
"""

from generator.fetch import arxiv, hf, rss, store, web
from generator.fetch.client import Client, agent
from generator.fetch.failure import Failure
from generator.fetch.finds import Haul
from generator.fetch.guard import is_public

__all__ = ["Client", "Failure", "Haul", "agent", "arxiv", "hf", "is_public", "rss", "store", "web"]
