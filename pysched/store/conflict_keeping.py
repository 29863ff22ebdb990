"""A decision as it is kept: its row, the seed that it used, and the wheel that it turned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pysched.conflicts.decision import Decision
from pysched.store import conflict_rows, draw_rows
from pysched.store.conflict_rows import ConflictRow, DecisionRow
from pysched.store.conflict_seen import Seen
from pysched.store.writer import Writer


def is_kept(writer: Writer, row: DecisionRow) -> bool:
    """Return whether the very same decision is there already."""
    before = conflict_rows.read_decision(writer.connection, row.conflict)
    return before is not None and before.digest == row.digest


def keep_decision(
    writer: Writer, row: DecisionRow, decision: Decision, seen: Seen, members: Iterable[str]
) -> None:
    """Write a decision; its time is that of the transaction.

    Args:
        writer: in a transaction, in which the conflict is there.
        row: the decision as it is stored.
        decision: the same, to be carried out.
        seen: what it was made from.
        members: physicians on the wheel of its kind.
    """
    connection, conflict = writer.connection, seen.row
    conflict_rows.insert_decision(connection, replace(row, decided=writer.recorded))
    if row.number is not None and seen.chain is not None:
        draw_rows.use_seed(connection, seen.chain)
    if decision.moved:
        draw_rows.admit(connection, conflict.kind, members, conflict.day, writer.recorded)
        draw_rows.turn(connection, conflict.kind, decision.moved, conflict.id, conflict.day)


def insert_decided(writer: Writer, row: ConflictRow) -> None:
    """Add a conflict that is decided in the same transaction."""
    conflict_rows.insert_conflict(writer.connection, replace(row, status="decided"))
