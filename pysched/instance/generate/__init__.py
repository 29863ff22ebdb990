"""Scenarios drawn at random from a seed, written to folders and compared with real ones."""

from pysched.instance.generate.compare import Row, compare
from pysched.instance.generate.generator import generate
from pysched.instance.generate.profile import Profile, describe
from pysched.instance.generate.write import write_scenario

__all__ = ["Profile", "Row", "compare", "describe", "generate", "write_scenario"]
