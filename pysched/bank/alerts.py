"""Alerts: what of a week-end somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pysched.bank.amount import credits_of
from pysched.bank.case import Case
from pysched.bank.granted import BROKEN
from pysched.bank.policy import Policy
from pysched.bank.sacrifice import Sacrifice
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import Equalization, WeekBurden

AlertKind = Literal[
    "over_limit",
    "compensation_due",
    "uneven",
    "minted",
    "late_pair",
    "unpaid",
    "reconcile",
    "broken_grant",
]
YEAR_WEEKS = 52
PAIRS_FLAGGED = 3
"""Days off lost late at one's request to the same other in a year from which on they are shown."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is to be looked at; `who` is a physician, two with a comma, or empty for all."""

    kind: AlertKind
    who: str
    sentence: str


def alerts_of(
    case: Case,
    sacrifices: Sequence[Sacrifice],
    snapshot: Equalization,
    closes: Mapping[str, int],
    weeks: Sequence[WeekBurden],
    late_pairs: Mapping[tuple[str, str], int],
    policy: Policy,
    reconciliation: Mapping[str, int] | None = None,
) -> tuple[Alert, ...]:
    """Return the alerts of a week-end.

    Args:
        case: the worked week.
        sacrifices: of it.
        snapshot: where all stand.
        closes: physician -> week-ends in a row over the hard limit.
        weeks: burdens of the past and of this week.
        late_pairs: (asker, asked) -> days off lost late in the past year.
        policy: the numbers.
        reconciliation: what a settlement would pay, where one is due.
    """
    return (
        *_over(snapshot, closes, policy),
        *uneven(snapshot, policy.equalization),
        *_minted(weeks, policy),
        *_late(sacrifices, late_pairs),
        *_reconcile(reconciliation or {}),
        *_broken(sacrifices),
    )


def late_pairs_of(sacrifices: Sequence[Sacrifice]) -> dict[tuple[str, str], int]:
    """Return how many days off were lost late, by (asker, who was asked)."""
    found: dict[tuple[str, str], int] = {}
    for row in sacrifices:
        if row.kind == "sdo" and row.grade == "late" and row.asker:
            key = row.asker, row.physician
            found[key] = found.get(key, 0) + 1
    return found


def minted_a_year(weeks: Sequence[WeekBurden]) -> float | None:
    """Return credits minted a full-time year over the last 52 weeks; None with less than 13."""
    last = sorted(weeks, key=lambda week: week.monday)[-YEAR_WEEKS:]
    activity = sum(sum(week.active.values()) for week in last)
    if len(last) < YEAR_WEEKS // 4 or activity == 0:
        return None
    return sum(week.minted_cents for week in last) / 100 / activity * YEAR_WEEKS


def _over(snapshot: Equalization, closes: Mapping[str, int], policy: Policy) -> Iterator[Alert]:
    rules = policy.equalization
    for name, count in sorted(closes.items()):
        ahead = credits_of(snapshot.positions[name].deviation_cents)
        limit = credits_of(rules.limit_cents)
        yield Alert("over_limit", name, f"{name} bore {ahead} more than his share, over {limit}.")
        if count >= rules.closes_to_compensation:
            text = f"{name} is over the limit for {count} week-ends: he is owed compensation."
            yield Alert("compensation_due", name, text)


def uneven(snapshot: Equalization, rules: EqualizationRules) -> Iterator[Alert]:
    """Yield the alerts of how uneven burdens are, by the numbers of a snapshot."""
    for name, value, floor, most in (
        ("Gini", snapshot.gini, snapshot.floor_gini, rules.gini_percent),
        ("CV", snapshot.cv, snapshot.floor_cv, rules.cv_percent),
    ):
        if value > most / 100:
            text = f"{name} of burdens is {value:.2f}, above {most / 100:.2f}; floor {floor:.2f}."
            yield Alert("uneven", "", text)


def _minted(weeks: Sequence[WeekBurden], policy: Policy) -> Iterator[Alert]:
    low, high = policy.values.minted_band
    minted = minted_a_year(weeks)
    if minted is not None and not low <= minted <= high:
        text = f"{minted:.0f} credits minted a full-time year, not within {low} to {high}."
        yield Alert("minted", "", text)


def _reconcile(amounts: Mapping[str, int]) -> Iterator[Alert]:
    total = sum(cents for cents in amounts.values() if cents > 0)
    if amounts:
        text = f"A reconciliation is due: {credits_of(total)} credits would even the burdens out."
        yield Alert("reconcile", "", text)


def _late(
    sacrifices: Sequence[Sacrifice], before: Mapping[tuple[str, str], int]
) -> Iterator[Alert]:
    for (asker, asked), count in sorted(late_pairs_of(sacrifices).items()):
        total = count + before.get((asker, asked), 0)
        if total >= PAIRS_FLAGGED:
            text = f"{asked} lost {total} days off within a year to late requests of {asker}."
            yield Alert("late_pair", f"{asker},{asked}", text)


def _broken(sacrifices: Sequence[Sacrifice]) -> Iterator[Alert]:
    for row in sacrifices:
        if row.grade in BROKEN:
            text = (
                f"{row.physician} had to work {row.duty[0]} on {row.day}, a day off granted to "
                f"him: what he paid for it is returned, and he is owed {credits_of(row.cents)}."
            )
            yield Alert("broken_grant", row.physician, text)
