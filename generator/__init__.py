"""Turn a folder of paper digests into a searchable static website."""

__version__ = "0.1.0"
