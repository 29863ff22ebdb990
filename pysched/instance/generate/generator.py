"""The generator: a scenario of any size that resembles the Ferrara network, from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from pysched.instance.calendar import mondays
from pysched.instance.generate.activities import CATEGORIES
from pysched.instance.generate.closures import reductions, specialist_away
from pysched.instance.generate.leave import Presence, absences_of, leave_shares
from pysched.instance.generate.members import Member, hours_of, members_of
from pysched.instance.generate.sites import Cluster, clusters_of, travel_between
from pysched.instance.generate.skills import (
    Skills,
    neighbour_skills,
    skills_of,
    suitability_of,
)
from pysched.instance.generate.streams import stream
from pysched.instance.generate.tasks import Planned, tasks_of
from pysched.instance.generate.terms import Terms, terms_of
from pysched.instance.generate.wishes import wishes_of
from pysched.instance.scenario import Closure, Scenario
from pysched.instance.view import view_of
from pysched.model import Absence, Calendar, Network

SIZES, WEEKS, STAFFING = (5, 500), (1, 156), (0.5, 1.5)
"""Smallest and largest of what may be asked for."""
FIRST_DAY = date(2023, 5, 29)
"""The first day of the Ferrara scenario."""
_FERRARA_RATIO = 0.93
"""Demand hours of a full week by contractual hours where `staffing` is 1."""
_CALENDAR = Calendar(
    subdivision="FE",
    major=frozenset(
        {"Capodanno", "Pasqua", "Lunedì dell'Angelo", "08-15", "Natale", "Santo Stefano"}
    ),
)


@dataclass(frozen=True)
class _Unit:
    """A cluster with its people and tasks."""

    cluster: Cluster
    members: Sequence[Member]
    tasks: Sequence[Planned]
    skills: Skills
    terms: Terms
    night_members: frozenset[str]


def generate(
    physicians: int,
    weeks: int,
    seed: int,
    *,
    staffing: float = 1.0,
    first_day: date = FIRST_DAY,
) -> Scenario:
    """Return a scenario drawn at random; the same arguments always give the same one.

    Physicians come in clusters of about 14 with up to four hospitals each, and are skilled for
    tasks of their own cluster and a few of the next, so that a network grows linearly.

    Args:
        physicians: 5 to 500.
        weeks: 1 to 156.
        seed: what chance starts from.
        staffing: demand hours by target hours, where 1 is as in Ferrara; 0.5 (loose) to 1.5
            (tight). Essential tasks are never cut, so that less than 0.7 changes little.
        first_day: a Monday.

    Raises:
        ValueError: an argument is out of its range.
    """
    _check("physicians", physicians, *SIZES)
    _check("weeks", weeks, *WEEKS)
    _check("staffing", staffing, *STAFFING)
    if first_day.weekday() != 0:
        raise ValueError(f"first_day must be a Monday, not {first_day}")
    units = _units(physicians, staffing, seed)
    name = f"n{physicians:03}w{weeks:02}s{seed}"
    network = _network(name, units, seed)
    last_day = first_day + timedelta(days=7 * weeks - 1)
    return _with_wishes(_with_leave(Scenario(network, first_day, last_day), units, seed), seed)


def _with_leave(scenario: Scenario, units: Sequence[_Unit], seed: int) -> Scenario:
    """Add absences and the closures that go with much leave."""
    first_day, last_day = scenario.first_day, scenario.last_day
    absences = [_absences(unit, first_day, last_day, seed) for unit in units]
    horizon = mondays(first_day, last_day)
    closures = (
        _reductions(unit, rows, horizon, seed) for unit, rows in zip(units, absences, strict=True)
    )
    return replace(
        scenario,
        absences=tuple(sorted(chain(*absences), key=lambda row: row.first_day)),
        closures=tuple(chain(*closures)),
    )


def _with_wishes(scenario: Scenario, seed: int) -> Scenario:
    """Add what depends on who is present: closures without a specialist, and wishes."""
    view = view_of(scenario)
    away = specialist_away(scenario, view)
    closed = {(closure.task, closure.first_day) for closure in away}
    requests = wishes_of(scenario, view, closed, stream(seed, "wishes"))
    return replace(scenario, closures=(*scenario.closures, *away), requests=tuple(requests))


def _check(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise ValueError(f"{name} must be from {least} to {most}, not {value}")


def _units(physicians: int, staffing: float, seed: int) -> list[_Unit]:
    units: list[_Unit] = []
    first_physician = first_task = 1
    for cluster in clusters_of(physicians, stream(seed, "sites")):
        unit = _unit(cluster, first_physician, first_task, staffing, seed)
        first_physician += len(unit.members)
        first_task += len(unit.tasks)
        units.append(unit)
    return units


def _unit(
    cluster: Cluster, first_physician: int, first_task: int, staffing: float, seed: int
) -> _Unit:
    number = cluster.number
    members = members_of(first_physician, cluster.size, stream(seed, "members", number))
    hours = float(hours_of(members)) * _FERRARA_RATIO * staffing
    tasks = tasks_of(cluster, first_task, hours, stream(seed, "tasks", number))
    skills = skills_of(members, tasks, stream(seed, "skills", number))
    nights = {planned.task.id for planned in tasks if planned.task.is_night}
    able = frozenset(
        member.id
        for member in members
        if nights <= {task for physician, task in skills if physician == member.id}
    )
    terms = terms_of(cluster, members, tasks, able, stream(seed, "terms", number))
    excused = {row.physician for row in terms.agreements if row.kind == "no_nights"}
    return _Unit(cluster, members, tasks, skills, terms, able - excused)


def _network(name: str, units: Sequence[_Unit], seed: int) -> Network:
    clusters = tuple(unit.cluster for unit in units)
    tasks = {planned.task.id: planned.task for unit in units for planned in unit.tasks}
    physicians = {member.id: member.physician for unit in units for member in unit.members}
    skills = _all_skills(units, seed)
    order = {id_: n for n, id_ in enumerate([*physicians, *tasks])}
    ordered = sorted(skills, key=lambda skill: (order[skill[0]], order[skill[1]]))
    return Network(
        name=name,
        calendar=_CALENDAR,
        hospitals={hospital.id: hospital for cluster in clusters for hospital in cluster.hospitals},
        travel=travel_between(clusters),
        categories={category.id: category for category in CATEGORIES},
        tasks=tasks,
        physicians=physicians,
        skills=frozenset(skills),
        suitability=suitability_of(ordered, stream(seed, "suitability")),
        agreements=tuple(row for unit in units for row in unit.terms.agreements),
        pairs=tuple(row for unit in units for row in unit.terms.pairs),
        geography=tuple(row for unit in units for row in unit.terms.geography),
    )


def _all_skills(units: Sequence[_Unit], seed: int) -> Skills:
    skills: Skills = set()
    for position, unit in enumerate(units):
        skills |= unit.skills
        if len(units) > 1:
            neighbour = units[(position + 1) % len(units)]
            rng = stream(seed, "neighbours", unit.cluster.number)
            skills |= neighbour_skills(unit.members, neighbour.tasks, rng)
    return skills


def _absences(unit: _Unit, first_day: date, last_day: date, seed: int) -> list[Absence]:
    nights = sum(planned.task.is_night for planned in unit.tasks)
    presence = Presence([member.id for member in unit.members], unit.night_members, nights)
    return absences_of(presence, first_day, last_day, stream(seed, "leave", unit.cluster.number))


def _reductions(
    unit: _Unit, absences: Sequence[Absence], horizon: Sequence[date], seed: int
) -> Iterator[Closure]:
    elective = [planned.task.id for planned in unit.tasks if not planned.task.essential]
    shares = leave_shares(absences, [member.physician for member in unit.members], horizon)
    return reductions(elective, shares, stream(seed, "closures", unit.cluster.number))
