"""Counting what a schedule breaks and costs, by the rules of the competition.

Rules and weights: Ceschia, Dang, De Causmaecker, Haspeslagh, Schaerf, "The Second International
Nurse Rostering Competition", Annals of Operations Research 2019.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .model import (
    ANY,
    SATURDAY,
    SUNDAY,
    Assignment,
    History,
    Past,
    Range,
    Scenario,
    Week,
    hand_on,
    worked,
)

WEIGHTS: Mapping[str, int] = {
    "coverage": 30,
    "same shift": 15,
    "work": 30,
    "off": 30,
    "wishes": 10,
    "whole weekend": 30,
    "total": 20,
    "weekends": 30,
}
"""Cost of a unit of each soft rule."""


@dataclass(frozen=True, slots=True)
class Score:
    """Breaches of hard rules and units of soft rules, both by rule."""

    hard: Counter[str]
    soft: Counter[str]

    @property
    def cost(self) -> int:
        """The weighted sum of the soft rules."""
        return sum(WEIGHTS[rule] * units for rule, units in self.soft.items())

    @property
    def violated(self) -> int:
        """How often a hard rule is broken."""
        return self.hard.total()

    @classmethod
    def none(cls) -> Score:
        """Return a score of nothing."""
        return cls(Counter(), Counter())

    def __add__(self, other: Score) -> Score:
        """Return both together."""
        return Score(self.hard + other.hard, self.soft + other.soft)


def score(
    scenario: Scenario,
    history: History,
    weeks: Sequence[Week],
    schedules: Sequence[Iterable[Assignment]],
) -> Score:
    """Score a whole horizon: week by week, and what is charged at its end."""
    result = Score.none()
    for week, schedule in zip(weeks, map(tuple, schedules), strict=True):
        result += score_week(scenario, history, week, schedule)
        history = hand_on(history, schedule)
    return result + score_end(scenario, history)


def score_week(
    scenario: Scenario, history: History, week: Week, schedule: Sequence[Assignment]
) -> Score:
    """Score a week; a run of days that it cuts off is charged in the week in which it ends."""
    rows = worked(scenario.nurses, schedule)
    hard = Counter[str](
        single=len(schedule) - len({(a.nurse, a.day) for a in schedule}),
        skill=sum(a.skill not in scenario.nurses[a.nurse].skills for a in schedule),
    )
    soft = Counter[str](wishes=sum(_refused(rows[wish[0]], wish) for wish in week.wishes))
    present = Counter((a.shift, a.skill, a.day) for a in schedule)
    for slot, (least, optimal) in week.demand.items():
        hard["minimum"] += max(0, least - present[slot])
        soft["coverage"] += max(0, optimal - present[slot])
    for nurse, row in rows.items():
        days = [history[nurse].last, *row]
        hard["succession"] += sum((a, b) in scenario.forbidden for a, b in pairwise(days))
        soft += _runs(scenario, nurse, history[nurse], row)
        whole = scenario.contract(nurse).whole_weekends
        halves = (row[SATURDAY - 1] is None) != (row[SUNDAY - 1] is None)
        soft["whole weekend"] += whole and halves
    return Score(hard, soft)


def score_end(scenario: Scenario, history: History) -> Score:
    """Score the counters that are only charged at the end of the horizon."""
    soft: Counter[str] = Counter()
    for nurse, past in history.items():
        contract = scenario.contract(nurse)
        soft["total"] += max(0, contract.total.least - past.assignments)
        soft["total"] += max(0, past.assignments - contract.total.most)
        soft["weekends"] += max(0, past.weekends - contract.weekends)
    return Score(Counter(), soft)


def _refused(row: Sequence[str | None], wish: tuple[str, str, int]) -> bool:
    _, shift, day = wish
    found = row[day - 1]
    return found is not None and shift in {ANY, found}


def _runs(scenario: Scenario, nurse: str, past: Past, row: Sequence[str | None]) -> Counter[str]:
    contract = scenario.contract(nurse)
    soft: Counter[str] = Counter()
    soft["work"] = run_cost([shift is not None for shift in row], past.work, contract.work)
    soft["off"] = run_cost([shift is None for shift in row], past.off, contract.off)
    for each, allowed in scenario.shifts.items():
        before = past.same if past.last == each else 0
        soft["same shift"] += run_cost([shift == each for shift in row], before, allowed)
    return soft


def run_cost(flags: Sequence[bool], before: int, allowed: Range) -> int:
    """Return the days missing and too many in the runs of a week.

    Args:
        flags: for each day whether it belongs to a run.
        before: length of the run that the last week ended with; what was too long then is paid.
        allowed: length of a run. A run at the end of the week may still grow.
    """
    units, length = 0, before
    for flag in flags:
        if flag:
            length += 1
            units += length > allowed.most
        else:
            units += max(0, allowed.least - length) if length else 0
            length = 0
    return units
