"""The bank's part of a week-end: awards, history, burdens, where all stand, and alerts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

from pysched.bank.alerts import Alert, alerts_of
from pysched.bank.bonus import Bonus, with_bonuses
from pysched.bank.capacity import most_of
from pysched.bank.case import Case, case_of
from pysched.bank.detection import sacrifices_of
from pysched.bank.policy import Policy
from pysched.bank.sacrifice import Sacrifice
from pysched.bank.valuation import MINT, Award, Compensation, awards_of
from pysched.bank.versions import Agreed, Version
from pysched.fairness.equalize import Equalization, WeekBurden, equalize
from pysched.fairness.reconcile import is_due, settlement_of
from pysched.model import Network, Schedule, Week


@dataclass(frozen=True)
class Past:
    """What the weeks before hand to the bank's week-end.

    Args:
        weeks: burdens of past weeks; those before the window do no harm.
        closes_over: physician -> week-ends in a row that he was over the hard limit.
        late_pairs: (asker, who was asked) -> days off lost late at his request in the past year.
        compensation: (physician, day) -> cents received in auctions for days of this week.
        weeks_settled: how many week-ends there were.
        bonuses: for who covers a duty of this week in an emergency.
    """

    weeks: tuple[WeekBurden, ...] = ()
    closes_over: Mapping[str, int] = field(default_factory=dict)
    late_pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    compensation: Compensation = field(default_factory=dict)
    weeks_settled: int = 0
    bonuses: tuple[Bonus, ...] = ()


@dataclass(frozen=True)
class BankSettlement:
    """What a week-end posts, records and announces for the bank; nothing of it is stored yet.

    Args:
        awards: to be posted, each under its natural key.
        sacrifices: rows of the sacrifice history, at full value.
        burden: what equalization keeps of the week.
        equalization: where all stand after it.
        closes_over: physician -> week-ends in a row over the hard limit, this one included.
        owed: whose next contested request is to be granted for nothing.
        reconciliation: physician -> cents that a settlement would pay, where one is due.
        alerts: what somebody has to look at.
    """

    awards: tuple[Award, ...]
    sacrifices: tuple[Sacrifice, ...]
    burden: WeekBurden
    equalization: Equalization
    closes_over: Mapping[str, int]
    owed: frozenset[str]
    reconciliation: Mapping[str, int]
    alerts: tuple[Alert, ...]


def bank_settlement(
    network: Network,
    week: Week,
    versions: Sequence[Version],
    worked: Schedule,
    agreed: Sequence[Agreed],
    past: Past,
    policy: Policy,
) -> BankSettlement:
    """Return the bank's part of the week-end; it depends on nothing but what is given.

    Args:
        network: physicians, tasks, categories, calendar.
        week: that was worked.
        versions: of its schedule, as published.
        worked: its schedule, as worked.
        agreed: requests that all concerned consented to.
        past: what the weeks before hand on.
        policy: the numbers.

    Raises:
        ValueError: a schedule is of another week, somebody is unknown, or a time is not UTC.
    """
    case = case_of(network, week, versions, agreed, worked, policy.values)
    sacrifices = sacrifices_of(case)
    awards = with_bonuses(case, awards_of(case, sacrifices, past.compensation), past.bonuses)
    burden = burden_of(case, sacrifices, awards)
    weeks, snapshot = _with_week(burden, past, policy)
    closes = _closes_over(snapshot, past, policy)
    due = _reconciled(snapshot, past, policy)
    alerts = alerts_of(case, sacrifices, snapshot, closes, weeks, past.late_pairs, policy, due)
    owed = _owed(closes, policy)
    return BankSettlement(awards, sacrifices, burden, snapshot, closes, owed, due, alerts)


def _with_week(
    burden: WeekBurden, past: Past, policy: Policy
) -> tuple[list[WeekBurden], Equalization]:
    """Return the weeks of the past with the one that ends, and where all stand after it."""
    weeks = [*(week for week in past.weeks if week.monday != burden.monday), burden]
    end = burden.monday + timedelta(days=7)
    return weeks, equalize(weeks, end, policy.equalization)


def _closes_over(snapshot: Equalization, past: Past, policy: Policy) -> dict[str, int]:
    limit = policy.equalization.limit_cents
    over = sorted(name for name, cents in snapshot.deviations.items() if cents > limit)
    return {name: past.closes_over.get(name, 0) + 1 for name in over}


def _owed(closes: Mapping[str, int], policy: Policy) -> frozenset[str]:
    least = policy.equalization.closes_to_compensation
    return frozenset(name for name, count in closes.items() if count >= least)


def _reconciled(snapshot: Equalization, past: Past, policy: Policy) -> dict[str, int]:
    if not is_due(past.weeks_settled + 1, policy.equalization):
        return {}
    return settlement_of(snapshot.deviations, policy.equalization)


def burden_of(case: Case, sacrifices: Sequence[Sacrifice], awards: Sequence[Award]) -> WeekBurden:
    """Return what equalization keeps of a week.

    Args:
        case: the worked week.
        sacrifices: of it, which count in full whoever paid.
        awards: for them.
    """
    burdens: Counter[str] = Counter()
    volumes: Counter[frozenset[str]] = Counter()
    for row in sacrifices:
        burdens[row.physician] += row.cents
        volumes[case.skill_class[row.duty] | {row.physician}] += row.cents
    minted = sum(award.cents for award in awards if award.debtor == MINT)
    return WeekBurden(
        monday=case.week.monday,
        burdens=dict(burdens),
        volumes=dict(volumes),
        active=active_of(case),
        minted_cents=minted,
        most=most_of(case, sacrifices),
    )


def active_of(case: Case) -> dict[str, float]:
    """Return full-time equivalent times the fraction of days present, by physician."""
    full = Fraction(case.network.rules.limits.full_time_hours)
    days = case.week.days
    return {
        person.id: float(
            Fraction(person.weekly_hours)
            / full
            * Fraction(sum(case.week.is_present(person.id, day) for day in days), len(days))
        )
        for person in case.network.physicians.values()
    }
