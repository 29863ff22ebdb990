"""Conflicts at the end of their week: refunds, shares of those who worked, the end of escrows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from pysched.bank.case import case_of
from pysched.bank.close import WorkedWeek
from pysched.bank.detection import sacrifices_of
from pysched.bank.granted import broken_days
from pysched.bank.value_rules import ValueRules
from pysched.conflicts.canonical import conflict_of
from pysched.conflicts.decision import escrow_of
from pysched.conflicts.paying import paying_of
from pysched.model import Network
from pysched.store import conflict_rows, conflict_tables
from pysched.store import ledger_tables as tables
from pysched.store.conflict_money import post_paying, void
from pysched.store.conflict_rows import ConflictRow
from pysched.store.conflict_seen import Day, result_of
from pysched.store.ledger_rows import read_rows
from pysched.store.writer import Writer


def settle_conflicts(
    writer: Writer, network: Network, worked: WorkedWeek, rules: ValueRules
) -> dict[Day, int]:
    """Pay what the conflicts of a week still hold; what was never decided gives all back.

    Args:
        writer: in a transaction that closes the week.
        network: physicians and tasks.
        worked: the week.
        rules: what sacrifices are worth.

    Returns:
        (physician, day) -> cents received for a day of the week.
    """
    connection, week = writer.connection, worked.week
    case = case_of(network, week, worked.versions, worked.agreed, worked.schedule, rules)
    broken = broken_days(sacrifices_of(case)) if week.granted else frozenset()
    on_duty = {(a.physician, a.day) for a in worked.schedule.assignments}
    received: dict[Day, int] = {}
    for row in conflict_rows.read_conflicts(connection, week.monday):
        decided = conflict_rows.read_decision(connection, row.id)
        if row.status == "overruled":
            continue
        if decided is None:
            void(writer, row, "its week is over")
        else:
            conflict = conflict_of(json.loads(decided.inputs)["conflict"])
            paying = paying_of(conflict, result_of(decided.result), on_duty, broken)
            post_paying(writer, row, paying, worked.sunday)
            for key, cents in paying.compensation.items():
                received[key] = received.get(key, 0) + cents
        conflict_rows.set_status(connection, row.id, "settled")
    return received


def compensation_of(connection: Connection, monday: date) -> dict[Day, int]:
    """Return what was received for days of a closed week, (physician, day) -> cents."""
    rows: list[ConflictRow] = conflict_rows.read_conflicts(connection, monday)
    keys = [f"bid_settle|{row.id}" for row in rows]
    received: dict[Day, int] = {}
    for posted in read_rows(connection, tables.txn.c.key.in_(keys)) if keys else ():
        parts: Any = posted.metadata["compensation"]
        for name, day, cents in parts:
            key = name, date.fromisoformat(day)
            received[key] = received.get(key, 0) + cents
    return received


def open_escrows(connection: Connection) -> set[str]:
    """Return the accounts of conflicts that may still hold something."""
    table = conflict_tables.conflict
    query = select(table.c.id).where(table.c.status.in_(("open", "decided")))
    return {escrow_of(name) for name in connection.execute(query).scalars()}
