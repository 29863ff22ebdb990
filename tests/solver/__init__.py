"""The search: limits, repeatability, bounds."""
