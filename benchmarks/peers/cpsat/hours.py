"""Hours: double-booking, targets of the week and the month, overtime, the spread of balances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import combinations
from math import floor

from ortools.sat.python.cp_model import LinearExprT

from pysched.model import Duty, Hospital

from .arithmetic import half_up, shared_minutes, started
from .hard_pairs import excludes
from .program import Program
from .service import SUNDAY, Units

HOUR = 60
HALF_HOUR = 30


def overlap(program: Program) -> Units:
    """Charge each started half-hour of two duties at once, those of last week included.

    Of two hospitals at once there is no price: only fixed assignments can be so.
    """
    for physician in program.physicians:
        for one, other in _double_bookings(program, physician):
            grade = "main" if _hospital(program, one).main else "elsewhere"
            literals = [
                program.x[physician, d] for d in (one, other) if (physician, d) in program.x
            ]
            yield grade, started(shared_minutes(one, other), HALF_HOUR) * program.all_of(literals)


def _double_bookings(program: Program, physician: str) -> Iterator[tuple[Duty, Duty]]:
    """Yield the pairs that a physician can have at once; a hard rule leaves the fixed alone."""
    own = program.own[physician]
    with_tail = [(late, duty) for late in program.tail.get(physician, []) for duty in own]
    for one, other in [*combinations(own, 2), *with_tail]:
        if shared_minutes(one, other) > 0 and _hospital(program, one) == _hospital(program, other):
            free = [d for d in (one, other) if (physician, d) in program.x]
            stay = all((physician, duty) in program.fixed for duty in free)
            if stay or not excludes(program.network, one, other):
                yield one, other


def _hospital(program: Program, duty: Duty) -> Hospital:
    return program.network.hospitals[program.task(duty).hospital]


def target_minutes(program: Program, physician: str) -> int:
    """Return the target of a physician for the week, in minutes of whole hours."""
    week, limits = program.week, program.network.rules.limits
    working_days = sum(
        week.is_present(physician, day)
        for day in week.days
        if day.weekday() < SUNDAY and day not in week.holidays
    )
    contract = Fraction(program.network.physicians[physician].weekly_hours)
    hours = Fraction(limits.target_hours_per_day) * working_days * contract
    return HOUR * half_up(hours / Fraction(limits.full_time_hours))


def minimum_hours(program: Program) -> Units:
    """Charge each started hour below the target of the week."""
    for physician in program.physicians:
        target = target_minutes(program, physician)
        yield "hour", program.positive(target - program.worked(physician), target, HOUR)


def month_hours(program: Program) -> Units:
    """Charge, in the last week of a month, each started hour below the month's targets."""
    thursday = program.week.monday + timedelta(days=3)
    if (thursday + timedelta(days=7)).month == thursday.month:
        return
    is_same = program.state.month == thursday.replace(day=1)
    for physician in program.physicians:
        before = program.state.month_minutes.get(physician, 0) if is_same else 0
        missing = target_minutes(program, physician) - before
        yield "hour", program.positive(missing - program.worked(physician), missing, HOUR)


def maximum_overtime(program: Program) -> Units:
    """Charge the started hours above the target of who has most of them."""
    targets = {p: target_minutes(program, p) for p in program.physicians}
    most = max((program.most_worked(p) - targets[p] for p in targets), default=0)
    largest = program.positive(0, most, HOUR)
    for physician, target in targets.items():
        program.model.add(HOUR * largest >= program.worked(physician) - target)
    yield "hour", largest


def hours_spread(program: Program) -> Units:
    """Charge n for the n-th started block between a balance and the group's, pro rata."""
    people = program.network.physicians
    before = {
        p: program.state.balance_minutes.get(p, 0) - target_minutes(program, p) for p in people
    }
    coverable = [d for d in program.week.duties if program.may[d] or program.is_fixed(d)]
    total = sum(before.values()) + sum(program.task(d).credited_minutes for d in coverable)
    hours = sum(Fraction(person.weekly_hours) for person in people.values())
    for physician, person in people.items():
        share = total * Fraction(person.weekly_hours) / hours
        reference = HOUR * half_up(share / HOUR)
        yield "block", _blocks_away(program, physician, before[physician] - reference)


def _blocks_away(program: Program, physician: str, rest: int) -> LinearExprT:
    """Return 1 + 2 + ... + n for the n started blocks between worked time plus a rest and 0."""
    block = floor(HOUR * Fraction(program.network.rules.limits.spread_block_hours))
    lowest = rest + program.most_worked(physician, fixed_alone=True)
    highest = rest + program.most_worked(physician)
    sure = max(started(lowest, block), started(-highest, block))
    most = max(started(highest, block), started(-lowest, block))
    further = {n: program.model.new_bool_var("") for n in range(sure + 1, most + 1)}
    for n in range(sure + 2, most + 1):
        program.model.add_implication(further[n], further[n - 1])
    reached = block * (sure + sum(further.values()))
    distance = program.worked(physician) + rest
    program.model.add(distance <= reached)
    program.model.add(-distance <= reached)
    return sure * (sure + 1) // 2 + sum(n * literal for n, literal in further.items())
