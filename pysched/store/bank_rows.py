"""Trust with its evidence, loans and closed weeks as rows, within a writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from pysched.bank.close import WorkedWeek
from pysched.bank.kept import KeptWeek
from pysched.bank.profile import BankProfile
from pysched.bank.sacrifice import Sacrifice
from pysched.bank.week_end import week_name
from pysched.fairness.equalize import Equalization
from pysched.model import Week
from pysched.store import social_tables as tables
from pysched.store.bank_json import (
    kept_from_json,
    kept_to_json,
    worked_from_json,
    worked_to_json,
)
from pysched.store.kept_profile import profile_to_json
from pysched.store.social import EqualizationRow, SacrificeRow
from pysched.trust import Edge, edges_of, graph_of, new_graph, score_of, stored
from pysched.trust.rules import TrustRules

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

Pair = tuple[str, str]


def read_kept(connection: Connection) -> list[KeptWeek]:
    """Return the closed weeks in order, each as last corrected."""
    table = tables.bank_week
    columns = (table.c.monday, table.c.revision, table.c.record)
    query = select(*columns).order_by(table.c.monday, table.c.revision)
    rows = {row.monday: row for row in connection.execute(query)}
    return [kept_from_json(row.record, row.monday, row.revision) for row in rows.values()]


def run_of(connection: Connection, monday: date) -> str | None:
    """Return the key of the run that closed a week, None if it is not closed."""
    table = tables.bank_week
    query = select(table.c.run).where(table.c.monday == monday, table.c.revision == 0)
    return connection.execute(query).scalar()


def record_before(connection: Connection, monday: date) -> str | None:
    """Return the text of the last week closed before a week, as it was closed; None if none was."""
    table = tables.bank_week
    query = select(table.c.record).where(table.c.monday < monday, table.c.revision == 0)
    return connection.execute(query.order_by(table.c.monday.desc()).limit(1)).scalar()


def last_closed(connection: Connection) -> date | None:
    """Return the Monday of the last week closed, None before the first."""
    return connection.execute(select(func.max(tables.bank_week.c.monday))).scalar()


def read_worked(connection: Connection, week: Week) -> WorkedWeek:
    """Return a closed week as it was worked, by its last correction.

    Raises:
        ValueError: it is not closed.
    """
    table = tables.bank_week
    query = select(table.c.worked).where(table.c.monday == week.monday)
    text = connection.execute(query.order_by(table.c.revision.desc()).limit(1)).scalar()
    if text is None:
        raise ValueError(f"week {week.monday} is not closed")
    return worked_from_json(text, week)


def insert_kept(
    connection: Connection, run: str, kept: KeptWeek, worked: WorkedWeek, profile: BankProfile
) -> None:
    """Add a closed week, or a correction of one."""
    row = {
        "week": week_name(kept.monday),
        "revision": kept.revision,
        "monday": kept.monday,
        "run": run,
        "record": kept_to_json(kept),
        "worked": worked_to_json(worked),
        "profile": profile_to_json(profile),
    }
    connection.execute(insert(tables.bank_week).values(row))


def read_graph(
    connection: Connection, physicians: Iterable[str], week: date | None, rules: TrustRules
) -> TrustGraph:
    """Return the graph of trust.

    Args:
        connection: in a transaction.
        physicians: who are in it even if nothing is stored of them.
        week: Monday of the last update.
        rules: with the score of those who know nothing of each other.
    """
    edges = {
        (row.from_physician_id, row.to_physician_id): _edge(row.exact_score, row.evidence or {})
        for row in connection.execute(select(tables.trust))
    }
    names = {*physicians, *(name for pair in edges for name in pair)}
    return graph_of(names, edges_of(new_graph(names, rules)) | edges, week)


def save_graph(
    connection: Connection, week: str, before: TrustGraph, after: TrustGraph, now: datetime
) -> None:
    """Save what changed of trust, and keep each new score in the history.

    Args:
        connection: in a transaction.
        week: such as 2023-W22, not saved yet.
        before: as stored.
        after: as it is now.
        now: with a time zone.
    """
    table, old = tables.trust, edges_of(before)
    known = {tuple(r) for r in connection.execute(select(*table.primary_key.columns))}
    changed = {p: e for p, e in edges_of(after).items() if old.get(p) != e or p not in known}
    stamp = now.astimezone(UTC).replace(tzinfo=None)
    rows = [_trust_row(pair, edge, stamp) for pair, edge in changed.items()]
    new = [row | {"version": 1} for row in rows if _pair(row) not in known]
    again = [{f"new_{k}": v for k, v in row.items()} for row in rows if _pair(row) in known]
    if new:
        connection.execute(insert(table), new)
    if again:
        connection.execute(_CHANGE, again)
    scores = [
        {"from_physician_id": i, "to_physician_id": j, "week": week}
        | {"exact_score": stored(edge.score), "metadata": {}}
        for (i, j), edge in changed.items()
        if (i, j) not in old or old[i, j].score != edge.score
    ]
    if scores:
        connection.execute(insert(tables.trust_history), scores)


_CHANGED = ("trust_score", "exact_score", "last_updated", "evidence")
_CHANGE = (
    update(tables.trust)
    .where(
        tables.trust.c.from_physician_id == bindparam("new_from_physician_id"),
        tables.trust.c.to_physician_id == bindparam("new_to_physician_id"),
    )
    .values(version=tables.trust.c.version + 1, **{n: bindparam(f"new_{n}") for n in _CHANGED})
)


def sacrifice_rows(sacrifices: Iterable[Sacrifice]) -> list[SacrificeRow]:
    """Return sacrifices as they are stored, at full value."""
    return [
        SacrificeRow(row.key, row.physician, row.day, row.kind, row.cents, row.beneficiaries)
        for row in sacrifices
    ]


def equalization_rows(week: str, snapshot: Equalization) -> list[EqualizationRow]:
    """Return a snapshot as it is stored."""
    return [
        EqualizationRow(
            week,
            name,
            row.burden_cents,
            row.target_cents,
            row.deviation_cents,
            {"active": f"{row.active:.4f}"},
        )
        for name, row in snapshot.positions.items()
    ]


def _edge(score: Decimal, evidence: dict[str, Any]) -> Edge:
    kinds = frozenset(evidence.get("evidence", ()))
    return Edge(**(evidence | {"score": score_of(score), "evidence": kinds}))


def _trust_row(pair: Pair, edge: Edge, stamp: datetime) -> dict[str, Any]:
    exact = stored(edge.score)
    evidence = {name: getattr(edge, name) for name in Edge.__dataclass_fields__ if name != "score"}
    return {
        "from_physician_id": pair[0],
        "to_physician_id": pair[1],
        "trust_score": exact.quantize(Decimal("0.01"), rounding=ROUND_DOWN),
        "exact_score": exact,
        "last_updated": stamp,
        "evidence": evidence | {"evidence": sorted(edge.evidence)},
    }


def _pair(row: dict[str, Any]) -> Pair:
    return row["from_physician_id"], row["to_physician_id"]
