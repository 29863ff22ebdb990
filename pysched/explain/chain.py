"""Chains of moves that fill one duty: one move, or two where the taker gives away a duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from pysched.bank.versions import Move
from pysched.check import Pricing
from pysched.check.soft_fairness import classes_of
from pysched.model import Assignment, Duty, DutyKey, Schedule


def applied(schedule: Schedule, moves: Iterable[Move]) -> Schedule:
    """Return a schedule with some moves made."""
    rows = set(schedule.assignments)
    for move in moves:
        rows.discard(Assignment(move.day, move.task, move.giver))
        rows.add(Assignment(move.day, move.task, move.taker))
    return Schedule(schedule.monday, frozenset(rows))


class Chains:
    """The moves by which a duty can be filled otherwise, every hard rule kept.

    Args:
        pricing: of the schedule in force.
        duty: to be filled.
        holder: who has it, empty if it is open.
    """

    def __init__(self, pricing: Pricing, duty: Duty, holder: str) -> None:
        """Look at the schedule without the duty."""
        self.pricing = pricing
        self.duty = duty
        self.holder = holder
        schedule = pricing.case.schedule
        gone = Assignment(duty.day, duty.task, holder)
        self.left_open = Schedule(schedule.monday, schedule.assignments - {gone})
        self._fits: dict[tuple[str, frozenset[Assignment]], bool] = {}
        self._own: dict[tuple[str, frozenset[Assignment]], tuple[int, ...]] = {}

    def direct(self) -> Iterator[tuple[Move, ...]]:
        """Yield a single move for each who can take the duty as his schedule stands."""
        for name in self._able(self.duty):
            if self._fit(name, self._rows(name) | {self._row(self.duty, name)}):
                yield (Move(*self.duty.key, self.holder, name),)

    def of_two(self) -> Iterator[tuple[Move, ...]]:
        """Yield two moves for each who can take the duty only without another one, which moves.

        Who can take it directly is left out: a chain would only move more.
        """
        at_once = {moves[0].taker for moves in self.direct()}
        for name in self._able(self.duty):
            if name in at_once:
                continue
            with_it = self._rows(name) | {self._row(self.duty, name)}
            for row in self._movable(name):
                if not self._fit(name, with_it - {row}):
                    continue
                given = self._duties[row.duty]
                for other in self._takers(given, name):
                    yield (
                        Move(*self.duty.key, self.holder, name),
                        Move(*given.key, name, other),
                    )

    def own_price(self, moves: tuple[Move, ...]) -> tuple[int, ...]:
        """Return by level what the moves cost by the rules that look at one physician alone."""
        after = applied(self.pricing.case.schedule, moves)
        names = {move.taker for move in moves}
        vectors = []
        for name in sorted(names):
            rows = frozenset(r for r in after.assignments if r.physician == name)
            key = name, rows
            if key not in self._own:
                self._own[key] = self.pricing.own_price(name, Schedule(after.monday, rows))
            vectors.append(self._own[key])
        return tuple(map(sum, zip(*vectors, strict=True)))

    def past_class(self, physician: str) -> int:
        """Return the memory class, 0 to 3, of a physician in the category of the duty."""
        case = self.pricing.case
        return classes_of(case, case.network.tasks[self.duty.task].category).get(physician, 0)

    @cached_property
    def _duties(self) -> dict[DutyKey, Duty]:
        return dict(self.pricing.case.duties)

    def _able(self, duty: Duty) -> list[str]:
        """Return who else may take a duty by skill, absences and agreements by duty."""
        case = self.pricing.case
        holders = case.by_duty[duty.key]
        return [
            name
            for name in sorted(case.network.physicians)
            if name not in holders and case.may_take(name, duty)
        ]

    def _takers(self, given: Duty, giver: str) -> list[str]:
        """Return who can take the duty that is given away; the holder gets it for his own."""
        return [
            name
            for name in self._able(given)
            if name != giver and self._fit(name, self._rows(name) | {self._row(given, name)})
        ]

    def _movable(self, name: str) -> list[Assignment]:
        case = self.pricing.case
        published = case.week.published is not None
        return [
            row
            for row in sorted(self._rows(name) - case.week.fixed)
            if not (published and self._duties[row.duty].start <= case.week.now)
        ]

    def _rows(self, name: str) -> frozenset[Assignment]:
        """Return what somebody has beside the duty to be filled."""
        return self._by_physician.get(name, frozenset())

    @cached_property
    def _by_physician(self) -> dict[str, frozenset[Assignment]]:
        rows: dict[str, set[Assignment]] = {}
        for row in self.left_open.assignments:
            if row.duty in self._duties:
                rows.setdefault(row.physician, set()).add(row)
        return {name: frozenset(found) for name, found in rows.items()}

    @staticmethod
    def _row(duty: Duty, name: str) -> Assignment:
        return Assignment(duty.day, duty.task, name)

    def _fit(self, name: str, rows: frozenset[Assignment]) -> bool:
        key = name, rows
        if key not in self._fits:
            schedule = Schedule(self.left_open.monday, rows)
            self._fits[key] = self.pricing.fits(name, schedule)
        return self._fits[key]
