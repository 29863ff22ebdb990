"""A ground program as a linear program: bounds that clasp cannot see, and schedules on the way.

It is generic: it knows atoms, rules and the objective, and whose day an assignment belongs to.
"""

from pysched.solver.linear.bounding import Bounding, DayOf
from pysched.solver.linear.ground import Ground
from pysched.solver.linear.highs import available

__all__ = ["Bounding", "DayOf", "Ground", "available"]
