"""From network, week and state to the facts of one week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from math import gcd

from clorm import FactBase, Predicate

from pysched.facts import vocabulary as v
from pysched.facts.hours import (
    is_last_of_month,
    limit_minutes,
    month_of,
    reference_hours,
    target_hours,
)
from pysched.facts.staffing import bodies
from pysched.model import Load, Network, Request, State, Task, Week, duty_on
from pysched.model.network import AFTERNOON_STARTS, WEEKDAYS

WISHES = {"prefer_task": v.WishPrefer, "avoid_task": v.WishAvoid}


def facts_of(network: Network, week: Week, state: State) -> FactBase:
    """Return all facts of a week; their text with asp/week.lp is a whole program.

    Raises:
        ValueError: the week or state names a task or physician that the network does not have.
    """
    parts = (_people(network), _tasks(network), _calendar(network, week), _past(network, week, state))
    hours, wishes = _hours(network, week, state), _wishes(week)
    facts = FactBase()
    for part in (*parts, hours, wishes, _decided(week), _memory(network, state), _policy(network)):
        facts.add(part)
    facts.add(v.Bodies(minute, size) for minute, size in bodies(network, week))
    return facts


def facts_text(network: Network, week: Week, state: State) -> str:
    """Return constants and facts as a text that clingo reads, the same for the same input."""
    heads = [f"#const {name} = {value}. [override]" for name, value in _constants(network).items()]
    facts = facts_of(network, week, state).asp_str(sorted=True)
    return f"% Week of {week.monday}\n" + "\n".join(heads) + "\n" + facts


def _constants(network: Network) -> dict[str, int]:
    limits = network.rules.limits
    credited = (task.credited_minutes for task in network.tasks.values())
    return {
        "rest_minutes": 60 * limits.rest_hours,
        "span_minutes": 60 * limits.span_hours,
        "max_nights": limits.max_nights,
        "days_in_a_row": limits.days_in_a_row,
        "spread_block": 60 * limits.spread_block_hours,
        "unit": gcd(*credited) or 1,
    }


def _people(network: Network) -> Iterator[Predicate]:
    for person in network.physicians.values():
        yield v.Physician(person.id)
        yield v.Status(person.id, person.status)
        if person.seniority_years < 1:
            yield v.FirstYear(person.id)
        if person.style is not None:
            yield v.Style(person.id, person.style)
        if person.mentor is not None:
            yield v.Mentor(person.id, person.mentor)
    for pair in network.pairs:
        yield v.PairOf(pair.kind, pair.physician, pair.other)
    for physician, task in network.skills:
        yield v.Skill(physician, task)
        suitability = network.suitability.get((physician, task), 100)
        if suitability < 100:
            yield v.Suitability(physician, task, suitability)


def _tasks(network: Network) -> Iterator[Predicate]:
    for hospital in network.hospitals.values():
        if hospital.main:
            yield v.Main(hospital.id)
    for (a, b), minutes in network.travel.items():
        yield v.Travel(a, b, minutes)
    for category in network.categories.values():
        yield v.Category(category.id, category.grade)
        if not category.wanted:
            yield v.Unwanted(category.id)
    for task in network.tasks.values():
        yield v.Task(task.id, task.kind, task.category, task.hospital)
        yield v.Credited(task.id, task.credited_minutes)
        yield v.Half(task.id, task.half_day)
        yield v.Shift(task.id, _shift(task))
        if task.essential:
            yield v.Essential(task.id)
        if task.start < AFTERNOON_STARTS:
            yield v.Early(task.id)
    for rule in network.geography:
        yield v.Geography(rule.task, rule.then_task)


def _shift(task: Task) -> str:
    if time(6) <= task.start < AFTERNOON_STARTS:
        return "morning"
    return "afternoon" if AFTERNOON_STARTS <= task.start < time(20) else "night"


def _calendar(network: Network, week: Week) -> Iterator[Predicate]:
    for duty in week.duties:
        yield v.Duty(duty.task, _index(week, duty.day), duty.start, duty.end)
    for absence in week.absences:
        end = week.midnight(absence.last_day + timedelta(days=1))
        yield v.Absent(absence.physician, week.midnight(absence.first_day), end)
    for day in week.days:
        for physician in network.physicians:
            if week.is_present(physician, day):
                yield v.Present(physician, _index(week, day))
        if day in week.major_holidays:
            yield v.MajorHoliday(_index(week, day))
    for agreement in network.agreements:
        if agreement.kind == "free_weekday":
            yield v.FreeDay(agreement.physician, WEEKDAYS.index(agreement.value))
        elif agreement.kind == "no_nights":
            yield v.NoNights(agreement.physician)
        elif agreement.kind == "not_at_hospital":
            yield v.NotAt(agreement.physician, agreement.value)
        else:
            yield v.MaxPerWeek(agreement.physician, agreement.value, agreement.limit)


def _past(network: Network, week: Week, state: State) -> Iterator[Predicate]:
    for a in state.tail:
        index = _index(week, a.day)
        if a.task in network.tasks and -7 <= index < 0:
            duty = duty_on(network.tasks[a.task], a.day, week.monday, week.timezone)
            yield v.Past(a.physician, a.task, index, duty.start, duty.end)
    for (physician, task), weeks in state.streaks.items():
        if state.last_week == week.monday - timedelta(days=7):
            yield v.Streak(physician, task, weeks)


def _hours(network: Network, week: Week, state: State) -> Iterator[Predicate]:
    references = reference_hours(network, week, state)
    in_month = state.month == month_of(week.monday)
    for physician in network.physicians:
        yield v.HoursLimit(physician, limit_minutes(network, physician))
        yield v.Target(physician, target_hours(network, week, physician))
        yield v.Balance(physician, state.balance_minutes.get(physician, 0))
        yield v.Reference(physician, references[physician])
        if is_last_of_month(week.monday):
            minutes = state.month_minutes.get(physician, 0) if in_month else 0
            yield v.MonthToDate(physician, minutes)


def _wishes(week: Week) -> Iterator[Predicate]:
    for request in week.requests:
        yield _wish(week, request)


def _wish(week: Week, request: Request) -> Predicate:
    if request.kind == "day_off":
        return v.WishOff(request.physician, _index(week, request.day), request.weight)
    if request.kind == "shift_off":
        index = _index(week, request.day)
        return v.WishShiftOff(request.physician, index, request.what, request.weight)
    return WISHES[request.kind](request.physician, request.what, request.weight)


def _decided(week: Week) -> Iterator[Predicate]:
    known = {duty.key for duty in week.duties}
    for a in week.fixed:
        if a.duty in known:
            yield v.Fixed(a.physician, a.task, _index(week, a.day))
    if week.published is not None:
        yield v.PublishedWeek()
        for a in week.published:
            yield v.Published(a.physician, a.task, _index(week, a.day))
        for duty in week.duties:
            if duty.start - week.now < 24 * 60:
                yield v.Soon(duty.task, _index(week, duty.day))
    for physician, day in week.granted:
        yield v.Granted(physician, _index(week, day))
    for task, day in week.sacrifices:
        yield v.Sacrifice(task, _index(week, day))
    for physician in week.over_limit:
        yield v.OverLimit(physician)
    if week.over_limit:
        yield v.Unavoidable(week.unavoidable_sacrifices)
    for (physician, task, day), units in week.sacrifice_costs.items():
        yield v.Equalization(physician, task, _index(week, day), units)


def _memory(network: Network, state: State) -> Iterator[Predicate]:
    rules = network.rules
    category_of = {task.id: task.category for task in network.tasks.values()}
    members = {(physician, category_of[task]) for physician, task in network.skills}
    for physician, category in members:
        load = state.loads.get((physician, category), Load())
        count, share = load.count, load.count_share
        if rules.measure == "minutes":
            count, share = load.minutes, load.minutes_share
        value = 1000 * count - (share if rules.normalise == "fair_share" else 0)
        yield v.Load(physician, category, value)


def _policy(network: Network) -> Iterator[Predicate]:
    for (rule, grade), (weight, level) in network.rules.weights.items():
        yield v.Weight(rule, grade, weight, level)


def _index(week: Week, day: date) -> int:
    return (day - week.monday).days
