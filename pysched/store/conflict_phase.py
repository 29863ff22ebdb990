"""When what may be done with a conflict: by the time that rows are recorded at, and no other."""

from __future__ import annotations

from datetime import datetime, timedelta

from pysched.conflicts.conflict import ConflictError
from pysched.conflicts.sealed import LateError, Timetable
from pysched.store.conflict_rows import ConflictRow, read_conflict, set_times
from pysched.store.writer import Writer

INSTANT = timedelta(microseconds=1)
"""The shortest time for bids; times are stored to it."""


def still_open(writer: Writer, name: str) -> ConflictRow:
    """Return a conflict that is not decided.

    Raises:
        StoreError: there is none of that id.
        ConflictError: it is decided.
    """
    row = read_conflict(writer.connection, name)
    if row.status != "open":
        raise ConflictError(f"conflict {name} is {row.status} already")
    return row


def in_phase(writer: Writer, name: str, phase: str) -> ConflictRow:
    """Return an open conflict if it is the time for something.

    Raises:
        LateError: it is not.
    """
    row = still_open(writer, name)
    times = Timetable(row.opened, row.bids_close, row.reveals_close)
    found = times.phase(writer.recorded)
    if found != phase:
        now = said(writer.recorded)
        raise LateError(f"conflict {name}: {_said(row, phase, found)}; it is {now}")
    return row


def close_bidding(writer: Writer, name: str) -> ConflictRow:
    """End the time for bids of an open conflict now, if it is not over; that for revealing begins.

    It lasts as long as it would have lasted.

    Raises:
        StoreError, ConflictError: see `still_open`.
    """
    row = still_open(writer, name)
    closes = max(writer.recorded, row.opened + INSTANT)
    if closes >= row.bids_close:
        return row
    set_times(writer.connection, name, closes, closes + (row.reveals_close - row.bids_close))
    return read_conflict(writer.connection, name)


def said(moment: datetime) -> str:
    """Return a moment in words, to the second."""
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _said(row: ConflictRow, wanted: str, found: str) -> str:
    """Return why it is not the time for something."""
    if wanted == "open":
        return f"needs, bids and agreements could come until {said(row.bids_close)}"
    if found == "open":
        return f"bids are revealed from {said(row.bids_close)} on"
    return f"bids could be revealed until {said(row.reveals_close)}"
