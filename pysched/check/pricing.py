"""Reports on small changes of a schedule: only what can differ is computed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pysched.check import hard_single, soft_rules, soft_service, soft_wishes
from pysched.check.case import Case
from pysched.check.checker import HARD, SOFT, breaches_by, report_of, units_by
from pysched.check.report import Breach, Report, Units
from pysched.check.soft_hours import maximum_overtime
from pysched.model import Network, Schedule, State, Week

WHOLE_SOFT: tuple[Callable[[Case], Iterator[Units]], ...] = (
    soft_service.coverage,
    soft_service.debt_limit,
    soft_service.continuity,
    soft_service.ward_six,
    soft_service.stability,
    maximum_overtime,
    soft_rules.first_year,
    soft_wishes.team,
    soft_wishes.mentor,
)
"""Rules that look at several physicians at once; all others add up what each has by himself."""
OWN_SOFT = tuple(rule for rule in SOFT if rule not in WHOLE_SOFT)
WHOLE_HARD: tuple[Callable[[Case], Iterator[Breach]], ...] = (hard_single.duty, hard_single.pin)
OWN_HARD = tuple(rule for rule in HARD if rule not in WHOLE_HARD)


class Pricing:
    """The reports on changes of one schedule, each equal to that of a whole check.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: what is known of the week.
        state: what the weeks before handed over.
        schedule: the one to be changed.
    """

    def __init__(self, network: Network, week: Week, state: State, schedule: Schedule) -> None:
        """Check the schedule once."""
        self.case = Case(network, week, state, schedule)
        self._whole_units = units_by(self.case, WHOLE_SOFT)
        self._whole_breaches = breaches_by(self.case, WHOLE_HARD)
        self._units = units_by(self.case, OWN_SOFT)
        self._units.update(self._whole_units)
        self._breaches = breaches_by(self.case, OWN_HARD) | self._whole_breaches
        self.report = report_of(self.case, self._breaches, self._units)

    def breaks(self, schedule: Schedule) -> tuple[Breach, ...]:
        """Return the breaches, accepted ones aside, that another schedule has and this has not."""
        case, before, after = self._changed(schedule)
        found = breaches_by(after, OWN_HARD) | breaches_by(case, WHOLE_HARD)
        new = found - breaches_by(before, OWN_HARD) - self._whole_breaches
        return tuple(sorted(breach for breach in new if not breach.accepted))

    def fits(self, physician: str, schedule: Schedule) -> bool:
        """Return whether what one physician has in another schedule breaks nothing of his own."""
        names = frozenset((physician,))
        before, after = (self.case.of_some(names, s) for s in (self.case.schedule, schedule))
        new = breaches_by(after, OWN_HARD) - breaches_by(before, OWN_HARD)
        return all(breach.accepted for breach in new)

    def own_price(self, physician: str, schedule: Schedule) -> tuple[int, ...]:
        """Return by level what one physician costs more by himself in another schedule.

        Rules that look at several physicians at once are left out, so this is a first look.
        """
        names = frozenset((physician,))
        before, after = (self.case.of_some(names, s) for s in (self.case.schedule, schedule))
        totals = dict.fromkeys(self.report.by_level, 0)
        weights = self.case.network.rules.weights
        for sign, case in ((-1, before), (1, after)):
            for (rule, grade, _), number in units_by(case, OWN_SOFT).items():
                if (rule, grade) in weights:
                    weight, level = weights[rule, grade]
                    totals[level] += sign * weight * number
        return tuple(totals.values())

    def price(self, schedule: Schedule) -> Report:
        """Return what a check would say of another schedule of the week."""
        case, before, after = self._changed(schedule)
        units = self._units.copy()
        units.subtract(units_by(before, OWN_SOFT))
        units.subtract(self._whole_units)
        units.update(units_by(after, OWN_SOFT))
        units.update(units_by(case, WHOLE_SOFT))
        breaches = self._breaches - breaches_by(before, OWN_HARD) - self._whole_breaches
        breaches |= breaches_by(after, OWN_HARD) | breaches_by(case, WHOLE_HARD)
        return report_of(case, breaches, units)

    def _changed(self, schedule: Schedule) -> tuple[Case, Case, Case]:
        """Return the other case, and what those who change have before and after."""
        old, new = self.case.schedule.assignments, schedule.assignments
        names = frozenset(row.physician for row in old ^ new)
        before, after = (self.case.of_some(names, one) for one in (self.case.schedule, schedule))
        return self.case.with_schedule(schedule), before, after
