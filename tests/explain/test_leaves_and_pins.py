"""Days that are not free and pins at odds: causes for the second model and the checker."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from e2e.worlds import random_world, small_world

from pysched.check import fixed_breaches
from pysched.explain.correction import ChangeCosts
from pysched.explain.explained import reason_lines
from pysched.explain.questions import broken_leaves
from pysched.explain.reasons import why_open, why_pins, why_worked
from pysched.explain.service import serve_most
from pysched.model import Assignment, Schedule
from pysched.solver.core import UndecidedError

from .hard_weeks import hard_weeks
from .judging import elements, said, second


@pytest.mark.parametrize("seed", range(8))
def test_a_day_is_not_free_for_its_causes(seed: int) -> None:
    """They exclude it, none can be left out, and what is possible is a day off in a schedule."""
    world = small_world(seed, 10)
    args = (world.network, world.week, world.state)
    schedule = serve_most(*args)
    rows = sorted(schedule.assignments)
    if not rows:
        return
    row = Random(seed).choice(rows)
    reason = why_worked(*args, schedule, (row.physician, row.day))
    for answer in (reason.here, reason.whole):
        assert answer.is_possible == (answer.causes == ())
        if answer.schedule is not None:
            assert all((a.physician, a.day) != (row.physician, row.day) for a in answer.schedule)
        for read in said(world, answer, None):
            model = second(world, answer, read)
            assert not model.is_possible(read.keys)
            for element in elements(world, read.keys):
                assert model.is_possible(read.keys - element)


@pytest.mark.parametrize("seed", range(30))
def test_pins_are_at_odds_where_the_checker_says_so(seed: int) -> None:
    """What the causes name is enough for a breach, with nothing else pinned or worked before."""
    world = random_world(seed)
    args = (world.network, world.week, world.state)
    answer = why_pins(*args)
    assert bool(answer.causes) == bool(fixed_breaches(*args))
    for causes in answer.causes:
        held = {
            kind: frozenset(
                Assignment(c.day, c.task, c.physician) for c in causes if c.kind == kind
            )
            for kind in ("pin", "worked", "tail")
        }
        week = replace(world.week, pins=held["pin"], worked=held["worked"])
        state = replace(world.state, tail=held["tail"])
        assert fixed_breaches(world.network, week, state) != ()


def test_pins_that_are_dropped_break_nothing_any_more() -> None:
    """Where that is the cheapest change, and the answer in lines says it."""
    dropped = 0
    for world in map(random_world, range(30)):
        bare = replace(world.week, worked=frozenset())
        answer = why_pins(world.network, bare, world.state)
        if answer.correction is None or {c.grade for c in answer.correction.changes} != {"pin"}:
            continue
        switches = [change.switch for change in answer.correction.changes]
        gone = {Assignment(s.day, s.task, s.physician) for s in switches}
        left = replace(bare, pins=bare.pins - gone)
        assert fixed_breaches(world.network, left, world.state) == ()
        lines = reason_lines(world.network, "the pins", answer)
        assert sum("drop the pin of" in line for line in lines) == len(gone)
        dropped += 1
    assert dropped > 0


def test_broken_leaves_are_granted_days_with_a_duty() -> None:
    """Those that the checker charges."""
    world = next(w for w in map(random_world, range(50)) if w.week.granted and w.week.fixed)
    schedule = Schedule(world.week.monday, world.week.fixed)
    days = {(row.physician, row.day) for row in schedule}
    assert set(broken_leaves(world.week, schedule)) == world.week.granted & days


def test_what_is_not_so_is_refused() -> None:
    """A duty that is served has no reason not to be, and changes cost something."""
    hard = next(hard_weeks(1))
    args = (hard.world.network, hard.world.week, hard.world.state)
    row = next(iter(hard.schedule))
    with pytest.raises(ValueError, match="is served"):
        why_open(*args, hard.schedule, row.duty)
    with pytest.raises(ValueError, match="pin 0 is not positive"):
        ChangeCosts(pin=0)


def test_what_nobody_may_change_is_not_proposed() -> None:
    """Where nothing may be changed there is no correction."""
    none = ChangeCosts(None, None, None, None, None, None, None, None)
    for hard in hard_weeks(3):
        args = (hard.world.network, hard.world.week, hard.world.state)
        reason = why_open(*args, hard.schedule, hard.duty, none)
        assert reason.whole.causes != ()
        assert reason.whole.correction is None
        assert reason.whole.decided


def test_without_time_nothing_is_said() -> None:
    """No cause and no correction, rather than a guess."""
    hard = next(hard_weeks(1))
    args = (hard.world.network, hard.world.week, hard.world.state)
    reason = why_open(*args, hard.schedule, hard.duty, time_limit_seconds=1e-9)
    assert not reason.whole.decided
    assert (reason.whole.causes, reason.whole.correction, reason.whole.schedule) == ((), None, None)
    with pytest.raises(UndecidedError):
        serve_most(*args, time_limit_seconds=1e-9)
