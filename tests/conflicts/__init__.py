"""Conflicts and how they are decided."""
