"""Who may do which task: as unequal as in Ferrara, within a cluster and a little beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from pysched.instance.generate.members import Breadth, Member
from pysched.instance.generate.tasks import Planned
from pysched.model import Task

Skills = set[tuple[str, str]]

_COMMON_CHANCE: dict[Breadth, float] = {"full": 0.96, "middle": 0.75, "resident": 0.35}
_RESIDENT_GUARD_CHANCE = 0.85
_NARROW_HOLDERS = (2, 3, 4, 5)
_SPECIALIST_ROOMS = 3
_SPECIALIST_SOLE = 2
_NEIGHBOUR_CHANCE = 0.25
_NEIGHBOUR_TASKS = 3
_FEWEST_HOLDERS = 2
_SUITABILITY_CHANCE = 0.48
_SUITABILITIES, _SUITABILITY_WEIGHTS = (90, 80, 70, 60, 50), (52, 22, 19, 3, 5)


def skills_of(members: Sequence[Member], tasks: Sequence[Planned], rng: Random) -> Skills:
    """Return (physician, task) for a cluster.

    Whoever has broad skills can take every guard, so that essential tasks have several holders.
    """
    skills: Skills = set()
    for planned in tasks:
        by_reach = {"core": _core, "common": _common, "narrow": _narrow}
        if planned.reach in by_reach:
            holders = by_reach[planned.reach](members, planned.task, rng)
            skills |= {(member.id, planned.task.id) for member in holders}
    return skills | _sole(members, tasks, rng) | _of_specialists(members, tasks, rng)


def neighbour_skills(members: Sequence[Member], tasks: Sequence[Planned], rng: Random) -> Skills:
    """Return (physician, task) for the few members who help out in a neighbouring cluster."""
    offered = [planned.task.id for planned in tasks if _is_lent(planned)]
    count = min(_NEIGHBOUR_TASKS, len(offered))
    return {
        (member.id, task)
        for member in _broad(members)
        if rng.random() < _NEIGHBOUR_CHANCE
        for task in rng.sample(offered, count)
    }


def suitability_of(skills: Sequence[tuple[str, str]], rng: Random) -> dict[tuple[str, str], int]:
    """Return how well some skills are mastered where that is less than fully."""
    return {
        skill: rng.choices(_SUITABILITIES, _SUITABILITY_WEIGHTS)[0]
        for skill in skills
        if rng.random() < _SUITABILITY_CHANCE
    }


def _is_lent(planned: Planned) -> bool:
    """Return whether a task is one that neighbours help out with."""
    if planned.task.kind == "clinic":
        return planned.reach == "common"
    return planned.task.kind == "on_site" and not planned.task.is_night


def _broad(members: Sequence[Member]) -> list[Member]:
    return [member for member in members if member.breadth in {"full", "middle"}]


def _core(members: Sequence[Member], task: Task, rng: Random) -> list[Member]:
    by_chance = 0.0 if task.is_night else _RESIDENT_GUARD_CHANCE
    able = set(_broad(members))
    residents = [member for member in members if member.breadth == "resident"]
    able |= {member for member in residents if rng.random() < by_chance}
    return [member for member in members if member in able]


def _common(members: Sequence[Member], _: Task, rng: Random) -> list[Member]:
    held = [member for member in members if rng.random() < _COMMON_CHANCE.get(member.breadth, 0.0)]
    return held if len(held) >= _FEWEST_HOLDERS else _broad(members)


def _narrow(members: Sequence[Member], _: Task, rng: Random) -> list[Member]:
    able = [member for member in members if member.breadth != "specialist"]
    return rng.sample(able, min(rng.choice(_NARROW_HOLDERS), len(able)))


def _sole(members: Sequence[Member], tasks: Sequence[Planned], rng: Random) -> Skills:
    """Return the one holder of each sole-skilled task: the specialist for some, others for more."""
    sole = [planned.task.id for planned in tasks if planned.reach == "sole"]
    specialists = [member for member in members if member.breadth == "specialist"]
    others = [member for member in members if member.breadth in {"middle", "resident"}]
    holders = [*specialists * _SPECIALIST_SOLE, *(rng.choice(others) for _ in sole)]
    return {(holder.id, task) for holder, task in zip(holders, sole, strict=False)}


def _of_specialists(members: Sequence[Member], tasks: Sequence[Planned], rng: Random) -> Skills:
    """Return the few other skills of a specialist: some operating rooms and a day guard."""
    rooms = [planned.task.id for planned in tasks if planned.task.kind == "surgery"]
    guards = [
        planned.task.id
        for planned in tasks
        if planned.task.kind == "on_site" and not planned.task.is_night
    ]
    return {
        (member.id, task)
        for member in members
        if member.breadth == "specialist"
        for task in (
            *rng.sample(rooms, min(_SPECIALIST_ROOMS, len(rooms))),
            rng.choice(guards),
        )
    }
