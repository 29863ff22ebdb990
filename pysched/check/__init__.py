"""The independent checker: every hard rule and the whole cost again, in plain Python."""

from pysched.check.checker import check, fixed_breaches
from pysched.check.pricing import Pricing
from pysched.check.report import Breach, Report

__all__ = ["Breach", "Pricing", "Report", "check", "fixed_breaches"]
