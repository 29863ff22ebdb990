"""The encodings as clingo alone solves them: one configuration, one run, no search of our own."""

from .engine import run

__all__ = ["run"]
