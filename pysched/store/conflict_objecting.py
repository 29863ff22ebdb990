"""Objections: who asks for a bargain in the place of a decision, and that bargain in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, insert, select

from pysched.conflicts.conflict import ConflictError
from pysched.conflicts.decision import Decision
from pysched.conflicts.hybrid import check_objection
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.sealed import LateError
from pysched.store import conflict_money, conflict_rows
from pysched.store import conflict_tables as tables
from pysched.store.conflict_keeping import insert_decided, is_kept, keep_decision
from pysched.store.conflict_opening import refuse_closed
from pysched.store.conflict_phase import said
from pysched.store.conflict_rows import AGAIN, ConflictRow, DecisionRow
from pysched.store.conflict_seen import Seen, read_seen, result_of
from pysched.store.conflict_store import ChangedError, ConflictStore
from pysched.store.writer import Writer


def object_to(store: ConflictStore, name: str, physician: str, rules: ConflictRules) -> bool:
    """Keep that a loser objects to a decision; return whether he had not before.

    Args:
        store: of the conflicts.
        name: id of the conflict.
        physician: who objects.
        rules: how long he has, and over how many dates he may.

    Raises:
        StoreError: there is no such conflict or claim, or its week is closed.
        ConflictError: it is not decided by auction, he lost nothing, it is of too few dates, or it
            is too late.
    """

    def work(writer: Writer) -> bool:
        connection = writer.connection
        row = conflict_rows.read_conflict(connection, name)
        row.claim_of(physician)
        if physician in _objectors(connection, name):
            return False
        decided = conflict_rows.read_decision(connection, name)
        if decided is None or row.status == "overruled":
            holds = f"{name}{AGAIN} holds" if row.status == "overruled" else "nothing is decided"
            raise ConflictError(f"conflict {name} is {row.status}: {holds}")
        refuse_closed(writer, row.monday)
        check_objection(
            row.kind, result_of(decided.result), row.claim_of(physician).days, physician, rules
        )
        until = decided.decided + timedelta(hours=rules.objection_hours)
        if writer.recorded >= until:
            raise LateError(
                f"conflict {name}: objections could come until {said(until)}; it is "
                f"{said(writer.recorded)}"
            )
        values = {"conflict": name, "physician": physician, "made": writer.recorded}
        connection.execute(insert(tables.objection).values(values))
        return True

    return store.ledger.write(work)


def objectors(store: ConflictStore, name: str) -> frozenset[str]:
    """Return who objects to the decision of a conflict."""
    return store.database.read(lambda c: _objectors(c, name))


def again_of(row: ConflictRow) -> ConflictRow:
    """Return the conflict by which a decided one is decided once more: the same claims, no bids."""
    claims = tuple(replace(claim, agreed_to=None) for claim in row.claims)
    name = f"{row.id}{AGAIN}"
    return replace(row, id=name, status="open", proposal=None, claims=claims, bids=())


def overrule(
    store: ConflictStore, row: DecisionRow, decision: Decision, seen: Seen, members: Iterable[str]
) -> bool:
    """Put a decision in the place of another, which stays to be read; return whether it is new.

    What winners paid into the escrow of the first comes back to them, all in one transaction.

    Args:
        store: of the conflicts.
        row: the new decision as it is stored.
        decision: the same, to be carried out.
        seen: what it was made from.
        members: physicians on the wheel of its kind.

    Raises:
        ChangedError: what it was made from has changed.
        StoreError: the week is closed.
    """

    def work(writer: Writer) -> bool:
        connection, new = writer.connection, seen.row
        if is_kept(writer, row):
            return False
        first = conflict_rows.read_conflict(connection, str(new.overrules))
        refuse_closed(writer, first.monday)
        before = conflict_rows.read_decision(connection, first.id)
        if before is None or first.status != "decided":
            raise ConflictError(f"conflict {first.id} is {first.status} already")
        if read_seen(connection, new, writer.rules, seen.available) != seen:
            raise ChangedError(f"conflict {first.id} changed while it was decided again")
        conflict_money.refund(writer, first, result_of(before.result))
        conflict_rows.set_status(connection, first.id, "overruled")
        insert_decided(writer, new)
        keep_decision(writer, row, decision, seen, members)
        return True

    return store.ledger.write(work)


def _objectors(connection: Connection, name: str) -> frozenset[str]:
    table = tables.objection
    query = select(table.c.physician).where(table.c.conflict == name)
    return frozenset(connection.execute(query).scalars())
