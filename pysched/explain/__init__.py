"""Explanation: differences between schedules, repair of a published week, alternatives."""
