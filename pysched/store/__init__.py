"""Runs, their settled weeks and the bank in a database; the only package with SQL."""

from pysched.store.backup import back_up, bring_back, is_sqlite
from pysched.store.bank_store import BankStore
from pysched.store.conflict_store import ChangedError, ConflictStore
from pysched.store.database import Database
from pysched.store.dump import dump, restore
from pysched.store.engine import StoreError
from pysched.store.ledger_store import LedgerStore, utc_now
from pysched.store.repository import Repository, StoredWeek, WeekTakenError, insert_week
from pysched.store.version_store import StoredLock, StoredVersion, VersionStore, WeekLockedError
from pysched.store.writer import KeyReuseError, WeekClosedError, Writer

__all__ = [
    "BankStore",
    "ChangedError",
    "ConflictStore",
    "Database",
    "KeyReuseError",
    "LedgerStore",
    "Repository",
    "StoreError",
    "StoredLock",
    "StoredVersion",
    "StoredWeek",
    "VersionStore",
    "WeekClosedError",
    "WeekLockedError",
    "WeekTakenError",
    "Writer",
    "back_up",
    "bring_back",
    "dump",
    "insert_week",
    "is_sqlite",
    "restore",
    "utc_now",
]
