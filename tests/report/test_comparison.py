"""As-is against to-be, measured by hand on toy, and box plots by the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pysched.model import Assignment, Schedule
from pysched.report.bars import pairs_figure
from pysched.report.boxes import Box, box_of, boxes_figure
from pysched.report.comparison import compare_schedules
from pysched.report.drawing import ticks
from pysched.report.measures import Spread, measure_week, spread_of
from pysched.report.reported import by_hand_schedules
from tests.report.weeks import FIRST, SCENARIO, SECOND, WEEKS

NETWORK = SCENARIO.network
HAND = by_hand_schedules(SCENARIO)
TO_BE = [FIRST.record.schedule, SECOND.record.schedule]


def test_the_first_week_by_hand() -> None:
    """As the table of the toy's README has it; targets by working days."""
    measured = measure_week(NETWORK, WEEKS[0], HAND[0])
    assert (measured.duties, measured.filled, measured.open_essential) == (16, 16, 0)
    assert (measured.unskilled, measured.overlap_minutes) == ((), 0)
    hours = {name: minutes / 60 for name, minutes in measured.minutes.items()}
    assert hours == {"anna": 18, "bruno": 12, "carla": 24, "dario": 0}
    targets = {name: minutes / 60 for name, minutes in measured.targets.items()}
    assert targets == {"anna": 38, "bruno": 19, "carla": 38, "dario": 19}
    assert (measured.below, measured.missing_minutes, measured.above) == (4, 60 * 60, 0)
    assert measured.balances["bruno"] == -7 * 60


def test_skill_violations_overlaps_and_open_duties_are_seen() -> None:
    """Carla has no skill for the night, and the guard by then is a second duty of Anna's."""
    monday = date(2024, 4, 15)
    rows = {row for row in HAND[0].assignments if row.duty != ("night", monday)}
    rows -= {Assignment(monday, "guard", "bruno")}
    night = Assignment(monday, "night", "carla")
    measured = measure_week(NETWORK, WEEKS[0], Schedule(monday, frozenset({*rows, night})))
    assert measured.unskilled == (night,)
    assert (measured.filled, measured.open_essential) == (15, 1)
    ward = replace(NETWORK.tasks["ward"], end=NETWORK.tasks["guard"].end)
    later = replace(NETWORK, tasks=dict(NETWORK.tasks) | {"ward": ward})
    duties = tuple(
        replace(duty, end=duty.start + 12 * 60) if duty.task == "ward" else duty
        for duty in WEEKS[0].duties
    )
    overlap = measure_week(later, replace(WEEKS[0], duties=duties), HAND[0]).overlap_minutes
    assert overlap == 6 * 60  # Carla's ward until 20 and her guard on Thursday from 14


def test_a_spread_is_over_those_with_the_skill() -> None:
    """Nights: Anna 2, Bruno 2, Dario 2 by hand; Carla may have none."""
    measures = [measure_week(NETWORK, w, s) for w, s in zip(WEEKS, HAND, strict=True)]
    nights = spread_of(NETWORK, measures, "on_call_night")
    assert dict(nights.counts) == {"anna": 2, "bruno": 2, "dario": 2}
    assert (nights.mean, nights.variance) == (2, 0)
    assert (Spread({"a": 1, "b": 3}).mean, Spread({"a": 1, "b": 3}).variance) == (2, 1)


def test_sides_are_compared_where_both_have_the_week() -> None:
    """The service setting is the same where by hand nothing is left open."""
    both = compare_schedules(NETWORK, WEEKS, HAND, TO_BE)
    assert (both.as_is.filled, both.to_be.filled, both.setting) == (31, 31, "same")
    one = compare_schedules(NETWORK, WEEKS, HAND[:1], TO_BE)
    assert [week.monday for week in one.to_be.weeks] == [WEEKS[0].monday]
    less = replace(HAND[0], assignments=frozenset(list(HAND[0])[:-1]))
    assert compare_schedules(NETWORK, WEEKS, [less], TO_BE).setting == "full"
    with pytest.raises(ValueError, match="no week in common"):
        compare_schedules(NETWORK, WEEKS, HAND[:1], TO_BE[1:])


def test_a_box_is_tukeys() -> None:
    """Quartiles by linear interpolation; 20 is further than one and a half boxes away."""
    assert box_of([1, 2, 3, 4, 20]) == Box(1, 2, 3, 4, 4, (20,))
    assert box_of([7]) == Box(7, 7, 7, 7, 7, ())
    with pytest.raises(ValueError, match="no values"):
        box_of([])


def test_figures_say_in_words_what_they_show() -> None:
    """And refuse series that do not fit."""
    figure = boxes_figure(["a", "b"], [("x", [[1, 2, 3], []])], "T", "hours", "s")
    assert figure.description == "a, x: median 2 hours, from 1 to 3."
    bars = pairs_figure(["a"], [("x", [1]), ("y", [2.5])], "T", "hours", "s")
    assert bars.description == "x: 1 hours in all; y: 2.5 hours in all."
    with pytest.raises(ValueError, match="2 values for 1 labels"):
        pairs_figure(["a"], [("x", [1, 2])], "T", "hours", "s")
    with pytest.raises(ValueError, match="1 groups for 2 labels"):
        boxes_figure(["a", "b"], [("x", [[1]])], "T", "hours", "s")


@pytest.mark.parametrize(
    ("low", "high"), [(0, 0), (0, 1), (-37, 14), (3, 3), (0, 0.04), (-5, -5), (0, 12345)]
)
def test_a_scale_covers_what_it_shows(low: float, high: float) -> None:
    """With few even steps."""
    marks = ticks(low, high)
    assert marks[0] <= low
    assert high <= marks[-1]
    assert 2 <= len(marks) <= 9
