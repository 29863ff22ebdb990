"""Emergencies in a database: who works a duty that fell open, decided once for each emergency."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from pysched.bank.bonus import Bonus
from pysched.conflicts.decision import Decision
from pysched.conflicts.emergency import Emergency, emergency_of
from pysched.store import conflict_rows
from pysched.store.conflict_keeping import insert_decided, is_kept, keep_decision
from pysched.store.conflict_rows import ConflictRow, DecisionRow
from pysched.store.conflict_seen import Seen, read_seen, result_of
from pysched.store.conflict_store import ChangedError, ConflictStore
from pysched.store.writer import Writer


@dataclass(frozen=True)
class Covering:
    """An emergency that is decided.

    Args:
        row: its conflict, whose claims are those of volunteers.
        emergency: which duty fell open.
        decision: who works, and for what bonus.
        is_late: whether it was asked for less than the notice before the duty.
    """

    row: ConflictRow
    emergency: Emergency
    decision: Decision
    is_late: bool

    @property
    def physician(self) -> str:
        """Who works the duty."""
        (name,) = self.decision.grants
        return name


def coverages(store: ConflictStore, monday: date) -> list[Covering]:
    """Return the emergencies of a week, in the order in which they were decided."""
    return store.database.read(lambda c: list(read_coverages(c, monday)))


def bonuses_of(connection: Connection, monday: date) -> tuple[Bonus, ...]:
    """Return what the emergencies of a week earn those who really work the duties.

    Of several emergencies of one duty that came to the same physician the last one counts.
    """
    found: dict[tuple[str, date, str], Bonus] = {}
    for one in read_coverages(connection, monday):
        for name, cents in one.decision.bonus_cents.items():
            bonus = Bonus(name, one.emergency.day, one.emergency.task, cents, one.row.id)
            found[name, one.emergency.day, one.emergency.task] = bonus
    return tuple(found[key] for key in sorted(found))


def read_coverages(connection: Connection, monday: date) -> Iterator[Covering]:
    """Yield the emergencies of a week, by day and number, within a transaction."""
    rows = [r for r in conflict_rows.read_conflicts(connection, monday) if r.kind == "coverage"]
    for row in sorted(rows, key=lambda r: (r.day, len(r.id), r.id)):
        decided = conflict_rows.read_decision(connection, row.id)
        if decided is not None:
            body = json.loads(decided.inputs)
            yield Covering(
                row,
                emergency_of(body["emergency"]),
                result_of(decided.result),
                body["conflict"]["short_notice"],
            )


def keep_coverage(store: ConflictStore, row: DecisionRow, decision: Decision, seen: Seen) -> bool:
    """Write an emergency with its decision, in one transaction; return whether it is new.

    The week may be closed: then who worked is paid when the week is corrected.

    Raises:
        ChangedError: what it was made from has changed, or it is decided otherwise.
    """

    def work(writer: Writer) -> bool:
        connection = writer.connection
        if is_kept(writer, row):
            return False
        if read_seen(connection, seen.row, writer.rules, seen.available) != seen:
            raise ChangedError(f"conflict {row.conflict} changed while it was decided")
        insert_decided(writer, seen.row)
        keep_decision(writer, row, decision, seen, ())
        return True

    return store.ledger.write(work)
