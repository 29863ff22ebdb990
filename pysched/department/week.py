"""One week: planned, checked and settled, with what a person is told when it cannot be."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pysched.bank.profile import BankProfile
from pysched.check import Breach, Report, check, fixed_breaches
from pysched.department.record import by_rule, record_of
from pysched.instance import Problem, Scenario
from pysched.instance.schedule_file import ScheduleRecord
from pysched.instance.wording import rule_in_words
from pysched.model import Network, State, Week
from pysched.settle import apply, settle
from pysched.solver import Options, Progress, Result, solve

_SAID_BY_ROW = frozenset(("skill", "absence", "duty"))
"""Rules about one pin or one duty: the reader names the rows of pins that break them."""


class NoScheduleError(RuntimeError):
    """A search ended without a schedule; `status` says whether there is none."""

    def __init__(self, result: Result) -> None:
        """Say which week, and why."""
        self.status = result.status
        self.interrupted = result.interrupted
        why = "there is none" if result.status == "infeasible" else "none within the limits"
        super().__init__(f"week of {result.monday}: no schedule, {why}")


class PinsError(ValueError):
    """Pins that clash with each other, with a rule or with no duty at all; `clashes` names all."""

    def __init__(self, clashes: list[str]) -> None:
        """Keep the clashes and say them, a line each."""
        self.clashes = clashes
        super().__init__("\n".join(clashes))


@dataclass(frozen=True)
class Order:
    """What is to be planned.

    Args:
        scenario: its network holds the rules in force.
        weeks: in order; the first is planned from `state`.
        state: what the weeks before hand on.
        options: of each search.
        without: rules that were switched off.
        strict_pins: whether pins that clash are errors.
        bank: the numbers of the bank; None to plan without it.
    """

    scenario: Scenario
    weeks: tuple[Week, ...]
    state: State
    options: Options
    without: tuple[str, ...] = ()
    strict_pins: bool = False
    bank: BankProfile | None = None

    @property
    def network(self) -> Network:
        """The network under the rules in force."""
        return self.scenario.network


@dataclass(frozen=True)
class PlannedWeek:
    """A week with its schedule.

    Args:
        record: schedule, cost and how it came about.
        before: the state it was planned from.
        after: the state it hands on.
        faults: what the independent checker has against the schedule, a line each.
        is_settled: whether the next week may build on it.
        is_stored: whether it was settled before, and read from the database.
        week: with what came up once it was published; None if it is as in the scenario.
    """

    record: ScheduleRecord
    before: State
    after: State
    faults: tuple[str, ...] = ()
    is_settled: bool = True
    is_stored: bool = False
    week: Week | None = None


def plan_week(
    order: Order,
    week: Week,
    state: State,
    on_improvement: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> PlannedWeek:
    """Plan a week, check its schedule independently and settle it.

    Args:
        order: scenario and options.
        week: one of the scenario's.
        state: what the weeks before hand on.
        on_improvement: called from other threads at each better schedule or bound.
        stop: set it to end the search and keep the best schedule so far.

    Raises:
        NoScheduleError: none was found.
        PinsError: pins clash, and `order` is strict about it.
    """
    network = order.network
    if order.strict_pins:
        _refuse(pin_clashes(network, week, state))
    result = solve(network, week, state, order.options, on_improvement, stop)
    if result.schedule is None:
        raise NoScheduleError(result)
    report = check(network, week, state, result.schedule)
    faults = faults_of(report, result)
    return PlannedWeek(
        record_of(network, week, order.options, order.without, result, report),
        before=state,
        after=apply(state, settle(network, week, result.schedule)),
        faults=faults,
        is_settled=not faults and (result.status == "optimal" or not result.interrupted),
    )


def refuse_clashing_pins(scenario: Scenario, weeks: Sequence[Week], state: State) -> None:
    """Check the pins of some weeks as far as that can be done before any of them is planned.

    Args:
        scenario: its pins are looked at.
        weeks: in order.
        state: from which the first is planned.

    Raises:
        PinsError: some clash.
    """
    duties = {duty.key for week in weeks for duty in week.duties}
    days = {day for week in weeks for day in week.days}
    clashes = [
        f"pin {pin.physician}, {pin.task}@{pin.day}: there is no such duty"
        for pin in sorted(scenario.pins)
        if pin.day in days and pin.duty not in duties
    ]
    for week in weeks:
        clashes += pin_clashes(scenario.network, week, state)
        # What the weeks before will look like is not known yet; `plan_week` looks again.
        state = State()
    _refuse(clashes)


def pin_clashes(network: Network, week: Week, state: State) -> list[str]:
    """Return the rules that the pins of a week break, and whose; the worked past alone may."""
    return [_said_of(breach) for breach in _pin_breaches(network, week, state)]


def pin_warnings(scenario: Scenario, weeks: Iterable[Week], state: State) -> list[Problem]:
    """Return what the warnings of a scenario, row by row, cannot say: pins that clash together.

    Args:
        scenario: its pins are looked at.
        weeks: in order.
        state: from which the first is planned.
    """
    found = []
    for week in weeks:
        for breach in _pin_breaches(scenario.network, week, state):
            if breach.rule not in _SAID_BY_ROW:
                expected = f"pins that together keep the rule {breach.rule}"
                found.append(Problem("pins.csv", None, "pins", breach.culprit, expected))
        state = State()
    return found


def _said_of(breach: Breach) -> str:
    if breach.rule == "duty":
        return f"pins put two physicians on one duty: {breach.culprit}"
    return f"pins break {breach.rule}: {breach.culprit}"


def _pin_breaches(network: Network, week: Week, state: State) -> list[Breach]:
    of_past = fixed_breaches(network, replace(week, pins=frozenset()), state)
    return sorted(set(fixed_breaches(network, week, state)) - set(of_past))


def _refuse(clashes: Iterable[str]) -> None:
    if found := list(clashes):
        raise PinsError(found)


def faults_of(report: Report, result: Result) -> tuple[str, ...]:
    """Return unaccepted breaches, and costs about which search and check disagree."""
    week = f"week of {result.monday}"
    faults = [
        f"{week}: broken: {rule_in_words(b.rule, b.culprit)}, {b.culprit}"
        for b in report.breaches
        if not b.accepted
    ]
    said, found = result.by_rule, by_rule(report.costs)
    for rule in sorted(said.keys() | found.keys()):
        if said.get(rule, 0) != found.get(rule, 0):
            costs = f"costs {found.get(rule, 0)}, the search says {said.get(rule, 0)}"
            faults.append(f"{week}: rule {rule} {costs}")
    for level, cost in report.by_level.items():
        if result.cost.get(level, 0) != cost:
            faults.append(
                f"{week}: level {level} costs {cost}, the search says {result.cost.get(level, 0)}"
            )
    return tuple(faults)
