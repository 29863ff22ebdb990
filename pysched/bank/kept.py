"""What is kept of a closed week: for the weeks after it, for corrections and for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pysched.bank.alerts import YEAR_WEEKS, Alert, late_pairs_of
from pysched.bank.close import Close, WorkedWeek
from pysched.bank.settlement import BankSettlement, Past
from pysched.bank.versions import Agreed, Version
from pysched.fairness.equalize import WeekBurden
from pysched.model import Schedule


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
        schedule: as worked.
        versions: as published.
        agreed: changes that all concerned consented to.
        revision: 0 as closed, from 1 on as corrected.
    """

    burden: WeekBurden
    closes_over: Mapping[str, int]
    owed: frozenset[str]
    reconciliation: Mapping[str, int]
    late_pairs: Mapping[tuple[str, str], int]
    alerts: tuple[Alert, ...]
    sacrifices: tuple[str, ...]
    schedule: Schedule
    versions: tuple[Version, ...]
    agreed: tuple[Agreed, ...]
    revision: int = 0

    @property
    def monday(self) -> date:
        """The week."""
        return self.burden.monday


def kept_of(worked: WorkedWeek, close: Close) -> KeptWeek:
    """Return what is kept of a week that closes."""
    return _kept(worked, close.settlement, close.alerts, close.settlement.closes_over, 0)


def kept_again(worked: WorkedWeek, settlement: BankSettlement, before: KeptWeek) -> KeptWeek:
    """Return what is kept of a week that is corrected; what followed from it then stays."""
    return _kept(
        worked, settlement, before.alerts, before.closes_over, revision=before.revision + 1
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


def _kept(
    worked: WorkedWeek,
    settlement: BankSettlement,
    alerts: tuple[Alert, ...],
    closes_over: Mapping[str, int],
    revision: int,
) -> KeptWeek:
    return KeptWeek(
        burden=settlement.burden,
        closes_over=dict(closes_over),
        owed=settlement.owed,
        reconciliation=dict(settlement.reconciliation),
        late_pairs=late_pairs_of(settlement.sacrifices),
        alerts=alerts,
        sacrifices=tuple(row.key for row in settlement.sacrifices),
        schedule=worked.schedule,
        versions=worked.versions,
        agreed=worked.agreed,
        revision=revision,
    )
