"""Benchmarks: instances, engines, seeds and time limits, row by row."""

from pysched.bench.engine import Answer, Engine, Job, UnavailableError

__all__ = ["Answer", "Engine", "Job", "UnavailableError"]
