"""Runs and their settled weeks in a database; the only package with SQL."""

from pysched.store.repository import Repository, StoredWeek, StoreError, WeekTakenError

__all__ = ["Repository", "StoreError", "StoredWeek", "WeekTakenError"]
