"""Tables of conflicts: who claims what, what each mechanism would decide, who was granted what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from pysched.bank.amount import credits_of
from pysched.conflicts import Conflict, Decision
from pysched.conflicts.decision import MILLION

PARTS_OF_A_PERCENT = MILLION // 100


def conflicts_table(rows: Iterable[tuple[str, ...]], title: str) -> Table:
    """Return conflicts as a table.

    Args:
        rows: id, kind, claims, status, outcome.
        title: of the table.
    """
    table = Table("conflict", "kind", "claims", "status", title=title, title_justify="left")
    table.add_column("off")
    for row in rows:
        table.add_row(*row)
    return table


def trials_table(
    conflict: Conflict,
    trials: Sequence[tuple[str, Decision | None, Mapping[str, int]]],
    title: str,
) -> Table:
    """Return what each mechanism would decide: a row a claimant, a column a mechanism.

    A cell says what he would get with one seed, what he would pay, and his chance of all he asks
    for over many seeds.

    Args:
        conflict: the claims.
        trials: mechanism, decision, chances in parts per million.
        title: of the table.
    """
    table = Table("claimant", title=title, title_justify="left")
    for name, _, _ in trials:
        table.add_column(name)
    for claim in conflict.claims:
        cells = [
            "-" if decision is None else _cell(conflict, decision, chances, claim.physician)
            for _, decision, chances in trials
        ]
        table.add_row(claim.physician, *cells)
    return table


def percent(parts: int) -> str:
    """Return parts per million in percent."""
    return f"{parts / PARTS_OF_A_PERCENT:.0f} %"


def _cell(
    conflict: Conflict, decision: Decision, chances: Mapping[str, int], physician: str
) -> str:
    got = decision.grants.get(physician, ())
    asked = conflict.claim_of(physician).days
    said = "off" if got == asked else f"{len(got)} of {len(asked)}" if got else "no"
    paid = decision.paid_cents(physician)
    lines = [said]
    if paid:
        lines.append(f"{'pays' if paid > 0 else 'gets'} {credits_of(abs(paid))}")
    lines.append(percent(chances[physician]) if physician in chances else "")
    return "\n".join(filter(None, lines))
