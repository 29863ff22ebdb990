"""Runs, their settled weeks and the bank in a database; the only package with SQL."""

from pysched.store.engine import StoreError
from pysched.store.repository import Repository, StoredWeek, WeekTakenError

__all__ = ["Repository", "StoreError", "StoredWeek", "WeekTakenError"]
