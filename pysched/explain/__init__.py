"""Explanation: why a duty is not served, why somebody has one; differences between schedules."""
