"""Whole weeks: random ones, priced and solved, and those that are hard to get right."""
