"""Solving one week with clingo; the only package that calls it."""

from pysched.solver.options import Options
from pysched.solver.result import Level, Progress, Result, Status
from pysched.solver.solve import solve

__all__ = ["Level", "Options", "Progress", "Result", "Status", "solve"]
