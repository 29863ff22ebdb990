"""What is kept of a closed week: for the weeks after it, for corrections and for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pysched.bank.alerts import YEAR_WEEKS, Alert, late_pairs_of
from pysched.bank.close import Close
from pysched.bank.settlement import BankSettlement, Past
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import WeekBurden


@dataclass(frozen=True)
class KeptWeek:
    """A closed week.

    Args:
        burden: what equalization keeps of it.
        closes_over: physician -> week-ends in a row over the hard limit, this one included.
        owed: whose next contested request is to be granted for nothing.
        reconciliation: physician -> cents that a settlement would pay, where one is due.
        late_pairs: (asker, who was asked) -> days off lost late in the week.
        alerts: of the week-end.
        sacrifices: keys of its rows of the sacrifice history.
        rules: of equalization, that were in force.
        revision: 0 as closed, from 1 on as corrected.
    """

    burden: WeekBurden
    closes_over: Mapping[str, int]
    owed: frozenset[str]
    reconciliation: Mapping[str, int]
    late_pairs: Mapping[tuple[str, str], int]
    alerts: tuple[Alert, ...]
    sacrifices: tuple[str, ...]
    rules: EqualizationRules
    revision: int = 0

    @property
    def monday(self) -> date:
        """The week."""
        return self.burden.monday


def kept_of(close: Close, rules: EqualizationRules) -> KeptWeek:
    """Return what is kept of a week that closes."""
    kept = _kept(close.settlement, rules)
    return replace(kept, alerts=close.alerts)


def kept_again(settlement: BankSettlement, before: KeptWeek, rules: EqualizationRules) -> KeptWeek:
    """Return what is kept of a week that is corrected; what it announced when it closed stays."""
    return replace(
        _kept(settlement, rules),
        alerts=before.alerts,
        closes_over=before.closes_over,
        owed=before.owed,
        reconciliation=before.reconciliation,
        revision=before.revision + 1,
    )


def past_of(kept: Sequence[KeptWeek], monday: date) -> Past:
    """Return what the weeks before a week hand to its end.

    Args:
        kept: closed weeks, in order.
        monday: of the week that is to be closed.
    """
    before = [row for row in kept if row.monday < monday]
    late: Counter[tuple[str, str]] = Counter()
    for row in before:
        if row.monday > monday - timedelta(weeks=YEAR_WEEKS):
            late.update(row.late_pairs)
    return Past(
        weeks=tuple(row.burden for row in before),
        closes_over=before[-1].closes_over if before else {},
        late_pairs=dict(late),
        weeks_settled=len(before),
    )


def _kept(settlement: BankSettlement, rules: EqualizationRules) -> KeptWeek:
    return KeptWeek(
        burden=settlement.burden,
        closes_over=dict(settlement.closes_over),
        owed=settlement.owed,
        reconciliation=dict(settlement.reconciliation),
        late_pairs=late_pairs_of(settlement.sacrifices),
        alerts=settlement.alerts,
        sacrifices=tuple(row.key for row in settlement.sacrifices),
        rules=rules,
    )
