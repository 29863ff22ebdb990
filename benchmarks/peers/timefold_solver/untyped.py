"""Timefold's names for constraints, without its types: they know functions of one value alone."""

from typing import Any

import timefold.solver.score as score

Joiners: Any = score.Joiners
ConstraintCollectors: Any = score.ConstraintCollectors
constraint_provider: Any = score.constraint_provider

Constraint = Any
ConstraintFactory = Any
Stream = Any
