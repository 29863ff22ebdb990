"""The variables of a week and the literals and counts derived from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar, LinearExpr, LinearExprT

from pysched.model import Duty, Network, State, Task, Week, duty_on

from .arithmetic import started
from .candidates import candidates


class Program:
    """A model under construction: who may fill what, what is fixed, what last week left.

    `x` holds one literal for each (physician, duty) that can be, those of fixed assignments being
    constantly true; `own` the duties of each physician's literals, `tail` those of last week.
    """

    def __init__(self, network: Network, week: Week, state: State) -> None:
        self.network, self.week, self.state = network, week, state
        self.model = cp_model.CpModel()
        self.physicians = sorted(network.physicians)
        self.may = {duty: candidates(network, week, duty) for duty in week.duties}
        self.fixed = _fixed(network, week)
        self.x: dict[tuple[str, Duty], IntVar] = {}
        for duty in week.duties:
            self._fill(duty)
        self.own = {p: [d for d in week.duties if (p, d) in self.x] for p in self.physicians}
        self.follows = state.last_week == week.monday - timedelta(days=7)
        self.tail = _tail(network, week, state) if self.follows else {}
        self._joined: dict[tuple[str, tuple[int, ...]], IntVar] = {}

    def _fill(self, duty: Duty) -> None:
        """Make the literals of a duty; one that is fixed takes nobody else."""
        stay = [p for p in self.physicians if (p, duty) in self.fixed]
        for physician in stay:
            self.x[physician, duty] = self.model.new_constant(1)
        if not stay:
            for physician in sorted(self.may[duty]):
                self.x[physician, duty] = self.model.new_bool_var("")
            self.model.add_at_most_one(self.filling(duty))

    def task(self, duty: Duty) -> Task:
        """Return the task of a duty."""
        return self.network.tasks[duty.task]

    def is_fixed(self, duty: Duty) -> bool:
        """Return whether a fixed assignment fills a duty."""
        return any((p, duty) in self.fixed for p in self.physicians)

    def filling(self, duty: Duty) -> list[IntVar]:
        """Return the literals of all who can fill a duty."""
        return [self.x[p, duty] for p in self.physicians if (p, duty) in self.x]

    def of(self, physician: str) -> list[tuple[Duty, IntVar]]:
        """Return the duties a physician can have, with their literals."""
        return [(duty, self.x[physician, duty]) for duty in self.own[physician]]

    def on_day(self, physician: str, day: date) -> IntVar:
        """Return whether a physician has any duty that belongs to a day."""
        return self.any_of(literal for duty, literal in self.of(physician) if duty.day == day)

    def any_of(self, literals: Iterable[IntVar]) -> IntVar:
        """Return the literal that holds if and only if one of these does."""
        return self._join("any", literals)

    def all_of(self, literals: Iterable[IntVar]) -> IntVar:
        """Return the literal that holds if and only if each of these does."""
        return self._join("all", literals)

    def _join(self, how: str, literals: Iterable[IntVar]) -> IntVar:
        parts = {literal.index: literal for literal in literals}
        if len(parts) == 1:
            return next(iter(parts.values()))
        key = how, tuple(sorted(parts))
        if key not in self._joined:
            bound = max if how == "any" else min
            self._joined[key] = self._bounded(bound, list(parts.values()))
        return self._joined[key]

    def _bounded(self, bound: Callable[..., object], parts: list[IntVar]) -> IntVar:
        if not parts:
            return self.model.new_constant(int(bound is min))
        joined = self.model.new_bool_var("")
        if bound is max:
            self.model.add_bool_or([*parts, joined.negated()])
            for part in parts:
                self.model.add_implication(part, joined)
        else:
            self.model.add_bool_or([*(part.negated() for part in parts), joined])
            for part in parts:
                self.model.add_implication(joined, part)
        return joined

    def worked(self, physician: str, day: date | None = None) -> LinearExprT:
        """Return the worked minutes of a physician, of one day or the whole week."""
        return LinearExpr.sum(
            [
                self.task(duty).credited_minutes * self.x[physician, duty]
                for duty in self.own[physician]
                if day in (None, duty.day)
            ]
        )

    def most_worked(self, physician: str, *, fixed_alone: bool = False) -> int:
        """Return the minutes of all duties a physician can have, or of those he has anyway."""
        return sum(
            self.task(duty).credited_minutes
            for duty in self.own[physician]
            if not fixed_alone or (physician, duty) in self.fixed
        )

    def positive(self, amount: LinearExprT, most: int, size: int = 1) -> IntVar:
        """Return a number no smaller than the started portions of an amount, nor than 0.

        Args:
            amount: what is measured; costs that hold the number press it down to its least value.
            most: the highest the amount can be.
            size: of one portion, in units of the amount.
        """
        number = self.model.new_int_var(0, started(most, size), "")
        self.model.add(size * number >= amount)
        return number


def _fixed(network: Network, week: Week) -> frozenset[tuple[str, Duty]]:
    by_key = {duty.key: duty for duty in week.duties}
    return frozenset(
        (row.physician, by_key[row.duty])
        for row in week.fixed
        if row.duty in by_key and row.physician in network.physicians
    )


def _tail(network: Network, week: Week, state: State) -> dict[str, list[Duty]]:
    """Return last week's duties by physician, their times counted from this week's Monday."""
    tail: dict[str, list[Duty]] = {}
    for row in sorted(state.tail):
        task = network.tasks[row.task]
        duty = duty_on(task, row.day, week.monday, week.timezone)
        tail.setdefault(row.physician, []).append(duty)
    return tail
