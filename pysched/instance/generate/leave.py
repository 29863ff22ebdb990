"""Who is away when: waves of whole weeks in summer and winter, and scattered days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pysched.instance.calendar import mondays
from pysched.instance.weeks import monday_of
from pysched.model import Absence, Physician

_SUMMER_WEIGHTS = {6: 2, 7: 4, 8: 6, 9: 1}
"""How popular a week of leave is by month."""
_OTHER_MONTHS = frozenset({2, 3, 4, 5, 10, 11})
_LEAVE_SHARE, _AWAY_SHARE = 0.3, 0.45
"""Of a cluster, the most on leave at once, and the most away once days are added."""
_SCATTERED_CHANCE = 0.13
"""A week."""
_SCATTERED_DAYS, _SCATTERED_WEIGHTS = (1, 2, 3), (4, 4, 3)
_SCATTERED_KINDS = ("sick", "sick", "family", "family", "training", "congress")


@dataclass
class Presence:
    """Who of a cluster is away on which day, and whether one more may be.

    Args:
        members: ids of its physicians.
        night_members: those who can take all its nights.
        nights: how many nights must be covered each day.
    """

    members: Sequence[str]
    night_members: frozenset[str]
    nights: int
    away: dict[date, set[str]] = field(default_factory=lambda: defaultdict(set))

    def can_leave(self, physician: str, days: Iterable[date], share: float) -> bool:
        """Return whether he is not away already and enough would stay each day.

        Of those who take nights, two for each night and one more stay: nobody has two nights in a
        row.

        Args:
            physician: who wants to be away.
            days: when.
            share: of the cluster that may be away at once.
        """
        return all(self._can_leave_on(physician, day, share) for day in days)

    def leave(self, physician: str, days: Iterable[date]) -> None:
        """Note that a physician is away."""
        for day in days:
            self.away[day].add(physician)

    def _can_leave_on(self, physician: str, day: date, share: float) -> bool:
        away = self.away[day] | {physician}
        if physician in self.away[day] or len(away) > max(1, int(share * len(self.members))):
            return False
        stays = len(self.night_members - away)
        return physician not in self.night_members or stays > 2 * self.nights


def absences_of(presence: Presence, first_day: date, last_day: date, rng: Random) -> list[Absence]:
    """Return the absences of a cluster within a horizon, by first day."""
    spells = [
        (physician, monday, 7, "vacation")
        for year in range(first_day.year - 1, last_day.year + 1)
        for physician, monday in _vacations(presence, year, rng)
        if first_day <= monday <= last_day
    ]
    spells += _scattered(presence, first_day, last_day, rng)
    absences = [
        Absence(physician, first, first + timedelta(days=length - 1), kind)
        for physician, first, length, kind in spells
    ]
    position = {physician: n for n, physician in enumerate(presence.members)}
    return sorted(absences, key=lambda row: (row.first_day, position[row.physician]))


def leave_shares(
    absences: Iterable[Absence], physicians: Sequence[Physician], horizon: Iterable[date]
) -> dict[date, float]:
    """Return the share of the contractual hours of some physicians on leave, by Monday."""
    hours = {physician.id: physician.weekly_hours for physician in physicians}
    away = dict.fromkeys(horizon, Decimal(0))
    for absence in absences:
        if absence.kind == "vacation":
            away[absence.first_day] += hours[absence.physician]
    return {monday: float(lost / sum(hours.values())) for monday, lost in away.items()}


def _vacations(presence: Presence, year: int, rng: Random) -> Iterator[tuple[str, date]]:
    """Yield the weeks of leave that begin in the waves of a year: two, one and one for each."""
    all_year = mondays(monday_of(date(year, 1, 7)), date(year, 12, 15))
    summer = [day for day in all_year if date(year, 6, 10) <= day <= date(year, 9, 5)]
    others = [day for day in all_year if day.month in _OTHER_MONTHS]
    winter = mondays(monday_of(date(year, 12, 22)), date(year + 1, 1, 6))
    for wave, length in ((summer, 2), (others, 1), (winter, 1)):
        for physician in rng.sample(presence.members, len(presence.members)):
            for monday in _block(presence, physician, wave, length, rng):
                yield physician, monday


def _block(
    presence: Presence, physician: str, wave: Sequence[date], length: int, rng: Random
) -> list[date]:
    """Return the Mondays of weeks of leave, in a row if they are free, and note them."""
    free = [
        start
        for start in wave
        if presence.can_leave(physician, _days(start, 7 * length), _LEAVE_SHARE)
        and start + timedelta(weeks=length - 1) <= wave[-1]
    ]
    if not free:
        singly = range(length if length > 1 else 0)
        return [day for _ in singly for day in _block(presence, physician, wave, 1, rng)]
    start = rng.choices(free, [_SUMMER_WEIGHTS.get(day.month, 1) for day in free])[0]
    presence.leave(physician, _days(start, 7 * length))
    return [start + timedelta(weeks=n) for n in range(length)]


def _scattered(
    presence: Presence, first_day: date, last_day: date, rng: Random
) -> Iterator[tuple[str, date, int, str]]:
    for monday in mondays(first_day, last_day):
        for physician in presence.members:
            length = rng.choices(_SCATTERED_DAYS, _SCATTERED_WEIGHTS)[0]
            start = monday + timedelta(days=rng.randint(0, 7 - length))
            kind = rng.choice(_SCATTERED_KINDS)
            days = _days(start, length)
            is_away = rng.random() < _SCATTERED_CHANCE
            if is_away and presence.can_leave(physician, days, _AWAY_SHARE):
                presence.leave(physician, days)
                yield physician, start, length, kind


def _days(start: date, length: int) -> list[date]:
    return [start + timedelta(days=n) for n in range(length)]
