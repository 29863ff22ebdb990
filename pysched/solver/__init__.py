"""Solving one week with clingo; the only package that calls it."""

from pysched.solver.engine import search
from pysched.solver.options import Options
from pysched.solver.problem import Parts, Problem
from pysched.solver.result import Level, Progress, Result, Status
from pysched.solver.solve import Extras, solve
from pysched.solver.stop import Asked, Conflicts, Gap, NoImprovement, Seen, Stop, Time, When

__all__ = [
    "Asked",
    "Conflicts",
    "Extras",
    "Gap",
    "Level",
    "NoImprovement",
    "Options",
    "Parts",
    "Problem",
    "Progress",
    "Result",
    "Seen",
    "Status",
    "Stop",
    "Time",
    "When",
    "search",
    "solve",
]
