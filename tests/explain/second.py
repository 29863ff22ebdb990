"""A second model of what can be had at which cost: CP-SAT, written from the rules' description."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import floor

from e2e.worlds import World
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar

from pysched.facts.question import Question
from pysched.model import Agreement, Assignment, Duty, DutyKey
from pysched.model.network import WEEKDAYS

from .naming import COSTS, MOST_HOURS, RULES, Key, agreement_key, duty_of, grade_of, keeps_apart


@dataclass
class Second:
    """The week with some rules and facts kept; all else may be laid aside, at a cost or for free.

    Args:
        world: network, week and state.
        question: what is asked.
        kept: says what must hold.
        apart: pairs of duties by rule and physician that are known to be apart; None for all that
            the rules say.
        duties: of this week that are looked at; nobody has to have any other.
    """

    world: World
    question: Question
    kept: Callable[[Key], bool]
    apart: frozenset[tuple[str, str, DutyKey, DutyKey]] | None
    duties: tuple[Duty, ...]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    aside: dict[Key, IntVar] = field(default_factory=dict)
    x: dict[tuple[str, DutyKey], IntVar] = field(default_factory=dict)
    costs: list[tuple[int, IntVar]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Build the model."""
        network, week = self.world.network, self.world.week
        self.people = sorted(network.physicians)
        keys = {duty.key for duty in self.duties}
        fixed = [row for row in week.fixed if row.duty in keys]
        self.fixed = {
            (row.physician, row.duty): ("worked" if row in week.worked else "pin", *_row(row))
            for row in fixed
        }
        self.tail = {
            (row.physician, row.duty): ("tail", *_row(row))
            for row in self.world.state.tail
            if row.task in network.tasks
            and row.physician in network.physicians
            and -7 <= (row.day - week.monday).days < 0
        }
        self._fill()
        for physician in self.people:
            self._forbid_single(physician)
            self._forbid_pairs(physician)
            self._limit(physician)
        self._demand()

    def off(self, key: Key) -> IntVar:
        """Return the literal that something is laid aside."""
        if key not in self.aside:
            literal = self.model.new_bool_var(str(key))
            if self.kept(key):
                self.model.add(literal == 0)
            self.aside[key] = literal
        return self.aside[key]

    def stays(self, physician: str, key: DutyKey) -> object:
        """Return 1 where a fixed assignment is kept, as an expression."""
        name = self.fixed.get((physician, key))
        return 0 if name is None else 1 - self.off(name)

    def _fill(self) -> None:
        network = self.world.network
        for duty in self.duties:
            key, held = duty.key, []
            for physician in self.people:
                x = self.x[physician, key] = self.model.new_bool_var("")
                stays = self.stays(physician, key)
                held.append(stays)
                self.model.add(x >= stays)
                if (physician, duty.task) not in network.skills:
                    free = 0
                    if duty.task in self.question.skills:
                        free = self.off(("skill", duty.task))
                    self.model.add(x <= stays + free)
            some = self.model.new_bool_var("")
            self.model.add_max_equality(some, held)
            for physician, stays in zip(self.people, held, strict=True):
                self.model.add(self.x[physician, key] <= stays + 1 - some)
            own = [self.x[p, key] - h for p, h in zip(self.people, held, strict=True)]
            self.model.add(sum(own) <= 1)

    def _forbid_single(self, physician: str) -> None:
        week, network = self.world.week, self.world.network
        for duty in self.duties:
            x, stays = self.x[physician, duty.key], self.stays(physician, duty.key)
            for day in (week.monday + timedelta(days=n) for n in range(9)):
                touches = duty.start < week.midnight(day + timedelta(days=1))
                if (
                    touches
                    and week.midnight(day) < duty.end
                    and not week.is_present(physician, day)
                ):
                    self.model.add(x <= stays + self.off(("absence", physician, day)))
            for row in network.agreements:
                if row.physician == physician and _forbids(row, network.tasks[duty.task], duty):
                    self.model.add(x <= stays + self.off(agreement_key(row)))

    def _forbid_pairs(self, physician: str) -> None:
        own = [(duty.key, self.x[physician, duty.key]) for duty in self.duties]
        for (who, key), name in self.tail.items():
            if who == physician:
                held = self.model.new_bool_var("")
                self.model.add(held == 1 - self.off(name))
                own.append((key, held))
        stay = {key: self.stays(physician, key) for key, _ in own}
        stay |= {key: held for key, held in own if (physician, key) in self.tail}
        for (one, x), (other, y) in combinations(own, 2):
            for rule in RULES:
                if self._are_apart(rule, physician, one, other):
                    both = self._both(stay[one], stay[other])
                    self.model.add(x + y <= 1 + both + self.off((rule, physician)))
        self._forbid_threes(physician, own, stay)

    def _forbid_threes(self, physician: str, own: list, stay: dict) -> None:
        for three in combinations(own, 3):
            times = [duty_of(self.world, key) for key, _ in three]
            if max(d.start for d in times) < min(d.end for d in times):
                all_stay = self._both(*(stay[key] for key, _ in three))
                free = self.off(("overlap", physician))
                self.model.add(sum(x for _, x in three) <= 2 + all_stay + free)

    def _both(self, *stays: object) -> object:
        if any(isinstance(one, int) and one == 0 for one in stays):
            return 0
        both = self.model.new_bool_var("")
        for one in stays:
            self.model.add(both <= one)
        return both

    def _are_apart(self, rule: str, physician: str, one: DutyKey, other: DutyKey) -> bool:
        if self.world.week.monday > max(one[1], other[1]):
            return False
        if self.apart is not None:
            said = {(rule, physician, one, other), (rule, physician, other, one)}
            return bool(said & self.apart)
        return keeps_apart(self.world, rule, one, other)

    def _limit(self, physician: str) -> None:
        network = self.world.network
        limits, tasks = network.rules.limits, network.tasks
        part = Fraction(network.physicians[physician].weekly_hours) / Fraction(
            limits.full_time_hours
        )
        most = floor(60 * Fraction(limits.maximum_hours) * part)
        self._hold(("hours", physician), lambda t: tasks[t].credited_minutes, most, 60)
        self._hold(
            ("nights_a_week", physician), lambda t: int(tasks[t].is_night), limits.max_nights, 1
        )
        for row in network.agreements:
            if row.physician == physician and row.kind == "max_per_week":
                counts = lambda t, c=row.value: int(tasks[t].category == c)  # noqa: E731
                self._hold(agreement_key(row), counts, row.limit, None)
        self._break_windows(physician)

    def _hold(
        self, key: Key, measure: Callable[[str], int], limit: int, portion: int | None
    ) -> None:
        """Hold a sum to a limit, which what stays may raise; beyond it portions cost."""
        physician = key[1]
        rows = [(measure(d.task), d.key) for d in self.duties]
        total = sum(n * self.x[physician, k] for n, k in rows)
        fixed = sum(n * self.stays(physician, k) for n, k in rows)
        bound = self.model.new_int_var(0, 100_000, "")
        self.model.add_max_equality(bound, [limit, fixed])
        beyond = self.model.new_int_var(0, 100_000, "")
        self.model.add(total <= bound + beyond)
        self.model.add(beyond == 0).only_enforce_if(self.off(key).negated())
        if portion is not None:
            units = self.model.new_int_var(0, 100_000, "")
            self.model.add(portion * units >= beyond)
            self.costs.append((COSTS[str(key[0])], units))
            if key[0] == "hours" and self.apart is None:
                self.model.add(units <= MOST_HOURS)

    def _break_windows(self, physician: str) -> None:
        length = self.world.network.rules.limits.days_in_a_row + 1
        monday = self.world.week.monday
        for start in range(1 - length, 7):
            window = [monday + timedelta(days=start + n) for n in range(length)]
            if not any(0 <= (day - monday).days < 7 for day in window):
                continue
            busy, stay = zip(*(self._busy(physician, day) for day in window), strict=True)
            all_stay = self.model.new_bool_var("")
            for each in stay:
                self.model.add(all_stay <= each)
            broken = self.model.new_bool_var("")
            self.model.add(sum(busy) <= length - 1 + all_stay + broken)
            self.model.add(broken == 0).only_enforce_if(self.off(("days", physician)).negated())
            self.costs.append((COSTS["days"], broken))

    def _busy(self, physician: str, day: date) -> tuple[IntVar, IntVar]:
        """Return whether somebody has a duty on a day, and whether one that stays."""
        rows = [
            (self.x[physician, d.key], self.stays(physician, d.key))
            for d in self.duties
            if d.day == day
        ]
        for (who, key), name in self.tail.items():
            if who == physician and key[1] == day:
                rows.append((1 - self.off(name), 1 - self.off(name)))
        busy, stay = self.model.new_bool_var(""), self.model.new_bool_var("")
        self.model.add_max_equality(busy, [0, *(x for x, _ in rows)])
        self.model.add_max_equality(stay, [0, *(s for _, s in rows)])
        return busy, stay

    def _demand(self) -> None:
        question = self.question
        if question.duty is not None:
            self.model.add(sum(self.x[p, question.duty] for p in self.people) >= 1)
        if question.assignment is not None:
            who, *duty = question.assignment
            self.model.add(self.x[who, tuple(duty)] == 1)
        for key in question.needed:
            served = sum(self.x[p, key] for p in self.people)
            self.model.add(served + self.off(("needed", *key)) >= 1)
        for row in question.given:
            self.model.add(self.x[row.physician, row.duty] + self.off(("given", *_row(row))) >= 1)
        self._leave_free()

    def _leave_free(self) -> None:
        off = self.question.off
        for physician, day in self.world.week.granted | ({off} if off else set()):
            for duty in self.duties:
                if duty.day == day:
                    given = 0 if (physician, day) == off else self.off(("granted", physician, day))
                    self.model.add(self.x[physician, duty.key] <= given)

    def is_possible(self, kept: Iterable[Key] = ()) -> bool:
        """Return whether what is asked for can be had while these are kept as well."""
        self.model.clear_assumptions()  # type: ignore[no-untyped-call]
        self.model.add_assumptions([self.off(key).negated() for key in kept])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
        return status != cp_model.INFEASIBLE

    def least_cost(self) -> int | None:
        """Return the least cost of changes that are enough, None if there are none."""
        total = sum(cost * units for cost, units in self.costs)
        total += sum(COSTS[grade_of(key)] * off for key, off in self.aside.items() if grade_of(key))
        self.model.minimize(total)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return None if status == cp_model.INFEASIBLE else round(solver.objective_value)


def _row(row: Assignment) -> tuple[str, str, date]:
    return row.physician, row.task, row.day


def _forbids(row: Agreement, task: object, duty: Duty) -> bool:
    if row.kind == "free_weekday":
        return WEEKDAYS[duty.day.weekday()] == row.value
    if row.kind == "no_nights":
        return bool(task.is_night)  # type: ignore[attr-defined]
    return row.kind == "not_at_hospital" and task.hospital == row.value  # type: ignore[attr-defined]
