"""What a change after publication earns: the awards of the bank with it, less those without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from pysched.bank.case import Case, case_of
from pysched.bank.detection import sacrifices_of
from pysched.bank.valuation import awards_of
from pysched.bank.value_rules import ValueRules
from pysched.bank.versions import Version
from pysched.model import Network, Schedule, Week

NOTICE = timedelta(days=7)
"""How long before its Monday a week was published, where nothing else is known."""


class Earnings:
    """What physicians earn by changes of a published schedule, told at one moment.

    Args:
        network: physicians, tasks and the calendar.
        week: amended and under way; its `now` is when a change is told.
        schedule: in force.
        rules: what sacrifices are worth.
        versions: all that were published; by default the schedule in force, a week before Monday.
    """

    def __init__(
        self,
        network: Network,
        week: Week,
        schedule: Schedule,
        rules: ValueRules,
        versions: Sequence[Version] = (),
    ) -> None:
        """Value the schedule in force."""
        self._network, self._week, self._rules = network, week, rules
        self._now = week.moment(week.now)
        told = versions or (Version("in force", week.moment(0) - NOTICE, schedule),)
        # Nothing can have been published after now; who looks back on a week may say so.
        self._versions = tuple(
            replace(version, published_at=min(version.published_at, self._now)) for version in told
        )
        self._before = self._cents(schedule, self._versions)

    def of(self, schedule: Schedule) -> Mapping[str, int]:
        """Return physician -> cents of credit that he earns more than by the schedule in force.

        Those for whom nothing changes are left out; below 0 is what somebody does not earn now.
        """
        told = Version("changed", self._now, schedule)
        after = self._cents(schedule, (*self._versions, told))
        names = sorted(after.keys() | self._before.keys())
        changes = {name: after[name] - self._before[name] for name in names}
        return {name: cents for name, cents in changes.items() if cents}

    def _cents(self, schedule: Schedule, versions: tuple[Version, ...]) -> Counter[str]:
        case = case_of(self._network, self._week, versions, (), schedule, self._rules)
        return _awarded(case)


def _awarded(case: Case) -> Counter[str]:
    cents: Counter[str] = Counter()
    for award in awards_of(case, sacrifices_of(case), {}):
        cents[award.physician] += award.cents
    return cents
