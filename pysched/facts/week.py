"""The facts of one week and of what the weeks before hand on to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from clorm import Predicate

from pysched.facts import week_words as v
from pysched.facts.hours import (
    is_last_of_month,
    limit_minutes,
    month_of,
    reference_hours,
    target_hours,
)
from pysched.model import Load, Network, State, Week, duty_on


def week_facts(network: Network, week: Week, state: State) -> Iterator[Predicate]:
    """Return what is known of the week before it is scheduled, and its hours."""
    yield from _calendar(network, week)
    yield from _wishes(week)
    yield from _published(week)
    yield from _decided(week)
    yield from _hours(network, week, state)


def state_facts(network: Network, week: Week, state: State) -> Iterator[Predicate]:
    """Return what the weeks before hand on."""
    yield from _memory(network, state)
    for a in state.tail:
        index = day_index(week, a.day)
        if a.task in network.tasks and a.physician in network.physicians and -7 <= index < 0:
            duty = duty_on(network.tasks[a.task], a.day, week.monday, week.timezone)
            yield v.Past(a.physician, a.task, index, duty.start, duty.end)
    if state.last_week == week.monday - timedelta(days=7):
        for (physician, task), weeks in state.streaks.items():
            yield v.Streak(physician, task, weeks)


def day_index(week: Week, day: date) -> int:
    """Return the number of a day: 0 for the week's Monday, negative before."""
    return (day - week.monday).days


def _calendar(network: Network, week: Week) -> Iterator[Predicate]:
    for duty in week.duties:
        yield v.Duty(duty.task, day_index(week, duty.day), duty.start, duty.end)
    for absence in week.absences:
        end = week.midnight(absence.last_day + timedelta(days=1))
        yield v.Absent(absence.physician, week.midnight(absence.first_day), end)
    for index, day in enumerate(week.days):
        if day in week.major_holidays:
            yield v.MajorHoliday(index)
        for physician in network.physicians:
            if week.is_present(physician, day):
                yield v.Present(physician, index)


def _wishes(week: Week) -> Iterator[Predicate]:
    # Two wishes for the same thing weigh as much as both; as equal facts they would melt into one.
    weights: Counter[tuple[str, str, int, str]] = Counter()
    for request in week.requests:
        dated = request.kind in {"day_off", "shift_off"}
        day = day_index(week, request.day) if dated else 0
        weights[request.kind, request.physician, day, request.what] += request.weight
    for (kind, physician, day, what), weight in weights.items():
        if kind == "day_off":
            yield v.WishOff(physician, day, weight)
        elif kind == "shift_off":
            yield v.WishShiftOff(physician, day, what, weight)
        else:
            wish = v.WishPrefer if kind == "prefer_task" else v.WishAvoid
            yield wish(physician, what, weight)


def _published(week: Week) -> Iterator[Predicate]:
    if week.published is None:
        return
    yield v.PublishedWeek()
    for a in week.published:
        yield v.Published(a.physician, a.task, day_index(week, a.day))
    for duty in week.duties:
        if duty.start - week.now < 24 * 60:
            yield v.Soon(duty.task, day_index(week, duty.day))
        if duty.start <= week.now:
            yield v.Begun(duty.task, day_index(week, duty.day))


def _decided(week: Week) -> Iterator[Predicate]:
    known = {duty.key for duty in week.duties}
    for a in week.fixed:
        if a.duty in known:
            yield v.Fixed(a.physician, a.task, day_index(week, a.day))
    for physician, day in week.granted:
        yield v.Granted(physician, day_index(week, day))
    for task, day in week.sacrifices:
        yield v.Sacrifice(task, day_index(week, day))
    for physician in week.over_limit:
        yield v.OverLimit(physician)
    if week.over_limit:
        yield v.Unavoidable(week.unavoidable_sacrifices)
    for (physician, task, day), units in week.sacrifice_costs.items():
        yield v.Equalization(physician, task, day_index(week, day), units)


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
