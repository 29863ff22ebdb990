"""Oracles of real weeks, what they answer by, and what of a conflict nobody contests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from pysched.bank.transaction import Json
from pysched.conflicts.oracles import DayGraph, DayMatching
from pysched.conflicts.state import Away, Oracle, Reach
from pysched.facts import facts_text
from pysched.facts.hours import candidates
from pysched.model import Duty, Network, State, Task, Week, duty_on
from pysched.solver.feasible import Feasible
from pysched.solver.program import asp_folder

Required = Literal["all", "essential"]
"""Which duties must be filled: all that can be, or the essential ones of these."""


def day_matching(
    network: Network, week: Week, state: State, required: Required = "all"
) -> DayMatching:
    """Return the oracle of the days of a week, each alone.

    Who may do a duty follows from skills, absences, agreements and the rest, way and nights that
    his fixed duties leave him; days off granted before stay.

    Args:
        network: physicians, tasks and rules.
        week: what is known of it.
        state: with the tail of the week before.
        required: which duties count.
    """
    able = candidates(network, week)
    busy = _busy(network, week, state)
    fixed = {a.duty for a in week.fixed}
    graphs = {}
    for day in week.days:
        bound = frozenset(a.physician for a in week.fixed if a.day == day)
        names: dict[str, list[str]] = {}
        for duty in _required(network, week, required):
            if duty.day == day and duty.key not in fixed:
                for physician in able[duty]:
                    rows = busy.get(physician, ())
                    if physician not in bound and all(_fits(network, duty, row) for row in rows):
                        names.setdefault(physician, []).append(duty.task)
        off = frozenset(p for p, granted in week.granted if granted == day)
        graphs[day] = DayGraph({p: tuple(duties) for p, duties in names.items()}, bound, off)
    return DayMatching(graphs)


@dataclass(frozen=True)
class WeekOracle:
    """Days of whole weeks together, under all hard rules: clingo, one grounding a week.

    Args:
        weeks: Monday -> facts, required duties by importance, days off granted before.
    """

    weeks: Mapping[date, tuple[str, tuple[tuple[str, date], ...], tuple[tuple[str, date], ...]]]
    _programs: dict[date, Feasible] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _memory: dict[tuple[date, frozenset[tuple[str, date]]], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    reach: ClassVar[Reach] = "week"

    @property
    def description(self) -> Mapping[str, Json]:
        """The facts of the weeks, what is required, and the hash of the encodings."""
        return {
            "encodings": _encodings(),
            "weeks": {
                monday.isoformat(): {"facts": facts, "required": _named(keys), "off": _named(off)}
                for monday, (facts, keys, off) in sorted(self.weeks.items())
            },
        }

    def feasible(self, away: Away) -> bool:
        """Return whether the required duties of every week can be filled; no for other weeks."""
        by_week: dict[date, set[tuple[str, date]]] = {}
        for day, who in away.items():
            monday = day - timedelta(days=day.weekday())
            by_week.setdefault(monday, set()).update((physician, day) for physician in who)
        return all(self._answer(monday, frozenset(rows)) for monday, rows in by_week.items())

    def program(self, monday: date) -> Feasible:
        """Return the grounded week; it names what excludes what and which duties stay open."""
        if monday not in self._programs:
            facts, keys, off = self.weeks[monday]
            self._programs[monday] = Feasible(facts, monday, keys, off)
        return self._programs[monday]

    def _answer(self, monday: date, rows: frozenset[tuple[str, date]]) -> bool:
        if (monday, rows) not in self._memory:
            known = not rows or (monday in self.weeks and self.program(monday).feasible(rows))
            self._memory[monday, rows] = known
        return self._memory[monday, rows]


def week_oracle(
    network: Network, weeks: Iterable[tuple[Week, State]], required: Required = "all"
) -> WeekOracle:
    """Return the oracle of linked days in whole weeks.

    Args:
        network: physicians, tasks and rules.
        weeks: each with the state it would be solved from.
        required: which duties must be filled, as far as they can be at all.
    """
    rows = {}
    for week, state in weeks:
        duties = sorted(
            _required(network, week, required),
            key=lambda duty: (not network.tasks[duty.task].essential, duty),
        )
        keys = tuple(duty.key for duty in duties)
        rows[week.monday] = (facts_text(network, week, state), keys, tuple(sorted(week.granted)))
    return WeekOracle(rows)


def week_oracle_of(body: Mapping[str, Any]) -> WeekOracle:
    """Return the oracle of weeks that was described; it answers the same.

    Raises:
        ValueError: it is of other encodings than those installed.
    """
    if body["encodings"] != _encodings():
        raise ValueError("the oracle was made with other encodings than those installed")
    return WeekOracle(
        {
            date.fromisoformat(monday): (row["facts"], _keys(row["required"]), _keys(row["off"]))
            for monday, row in body["weeks"].items()
        }
    )


def core_of(oracle: Oracle, away: Away) -> tuple[tuple[str, date], ...]:
    """Return some of the days off that exclude one another, none of them needless.

    Found by leaving out one after the other in order, so that it is the same whatever was asked
    before.

    Args:
        oracle: says no to `away`.
        away: who is off.
    """
    kept = sorted((day, physician) for day, who in away.items() for physician in who)
    for row in list(kept):
        fewer = [other for other in kept if other != row]
        if not oracle.feasible(grouped(fewer)):
            kept = fewer
    return tuple((physician, day) for day, physician in kept)


def grouped(rows: Iterable[tuple[date, str]]) -> dict[date, frozenset[str]]:
    """Return (day, physician) rows by day."""
    days: dict[date, set[str]] = {}
    for day, physician in rows:
        days.setdefault(day, set()).add(physician)
    return {day: frozenset(who) for day, who in days.items()}


def _required(network: Network, week: Week, required: Required) -> list[Duty]:
    duties = [duty for duty in week.duties if duty.task in network.tasks]
    return [d for d in duties if required == "all" or network.tasks[d.task].essential]


def _busy(network: Network, week: Week, state: State) -> dict[str, list[Duty]]:
    """Return the duties that each physician has for certain: last week's and the fixed ones."""
    of_week = {duty.key: duty for duty in week.duties}
    rows: dict[str, list[Duty]] = {}
    for a in sorted(state.tail | week.fixed):
        if a.task in network.tasks:
            task = network.tasks[a.task]
            duty = of_week.get(a.duty) or duty_on(task, a.day, week.monday, week.timezone)
            rows.setdefault(a.physician, []).append(duty)
    return rows


def _fits(network: Network, duty: Duty, held: Duty) -> bool:
    """Return whether nobody is kept from a duty by one that he has: overlap, way, rest, nights."""
    first, second = sorted((duty, held), key=lambda row: (row.start, row.end))
    a, b = network.tasks[first.task], network.tasks[second.task]
    if a.is_night and b.is_night and abs(second.day - first.day) <= timedelta(days=1):
        return False
    gap = second.start - first.end
    if gap < 0 and (a.hospital != b.hospital or "surgery" in (a.kind, b.kind)):
        return False
    if not (a.is_work and b.is_work):
        return True
    return _rested(network, first, second) and not _late(network, a, b, gap)


def _rested(network: Network, first: Duty, second: Duty) -> bool:
    limits = network.rules.limits
    span = max(first.end, second.end) - first.start
    return span <= 60 * limits.span_hours or second.start - first.end >= 60 * limits.rest_hours


def _late(network: Network, a: Task, b: Task, gap: int) -> bool:
    return 0 <= gap < network.travel.get((a.hospital, b.hospital), 0)


def _encodings() -> str:
    """Return the SHA-256 of the encodings that answer for a week."""
    total = hashlib.sha256()
    entry = asp_folder() / "feasible.lp"
    names = [row.split('"')[1] for row in entry.read_text().splitlines() if row.startswith("#incl")]
    for path in (entry, *(asp_folder() / name for name in names)):
        total.update(path.read_bytes())
    return total.hexdigest()


def _named(keys: Sequence[tuple[str, date]]) -> list[list[str]]:
    return [[name, day.isoformat()] for name, day in keys]


def _keys(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, date], ...]:
    return tuple((name, date.fromisoformat(day)) for name, day in rows)
