"""What people see of schedules: files, tables and a picture."""

from pysched.report.figure import figure_svg
from pysched.report.files import InputError, refuse_inputs, write_text, write_week
from pysched.report.tables import (
    breaches_table,
    by_rule,
    by_rule_table,
    levels_table,
    week_heading,
    week_line,
)
from pysched.report.trust import trust_svg

__all__ = [
    "InputError",
    "breaches_table",
    "by_rule",
    "by_rule_table",
    "figure_svg",
    "levels_table",
    "refuse_inputs",
    "trust_svg",
    "week_heading",
    "week_line",
    "write_text",
    "write_week",
]
