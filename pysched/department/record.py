"""From the result of a search to the record of its week, which is stored and written to files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pysched.check import Breach
from pysched.instance.schedule_file import (
    BreachRow,
    CostRow,
    DutyRow,
    LevelRow,
    ScheduleRecord,
    Search,
    Uncovered,
)
from pysched.model import GROUPS, WEIGHTS, Network, Rules, Week
from pysched.solver import Level, Options, Result

_DECIMALS = 3


def level_names(rules: Rules) -> dict[int, str]:
    """Return what is compared at each level; a level that groups share has all their names."""
    level_of = dict(GROUPS) | {WEIGHTS[key][1]: level for key, (_, level) in rules.weights.items()}
    names: dict[int, list[str]] = {}
    for group, level in level_of.items():
        names.setdefault(level, []).append(group.replace("_", " "))
    return {level: " + ".join(groups) for level, groups in sorted(names.items(), reverse=True)}


def record_of(
    network: Network,
    week: Week,
    options: Options,
    without: Iterable[str],
    result: Result,
    breaches: Iterable[Breach],
) -> ScheduleRecord:
    """Return the record of a week.

    Args:
        network: under the rules that were in force.
        week: what was known of the week.
        options: of the search.
        without: rules that were switched off.
        result: with a schedule.
        breaches: what the checker found in it.

    Raises:
        ValueError: there is no schedule.
    """
    if result.schedule is None:
        raise ValueError(f"no schedule of {week.monday} to record")
    filled = {a.duty: a for a in result.schedule.assignments}
    open_duties = [duty.key for duty in week.duties if duty.key not in filled]
    essential = sum(network.tasks[task].essential for task, _ in open_duties)
    order = {duty.key: n for n, duty in enumerate(week.duties)}
    in_order = sorted(result.schedule.assignments, key=lambda a: (order[a.duty], a.physician))
    return ScheduleRecord.model_construct(
        scenario=network.name,
        monday=week.monday,
        rules=network.rules.profile,
        without=sorted(without),
        levels=_levels(network, result),
        by_rule=dict(sorted(result.by_rule.items())),
        uncovered=Uncovered(essential=essential, other=len(open_duties) - essential),
        accepted=[BreachRow(rule=b.rule, culprit=b.culprit) for b in breaches if b.accepted],
        search=_search(options, result),
        assignments=[_row(network, a.task, a.day, a.physician) for a in in_order],
        open_duties=[_row(network, task, day, "") for task, day in open_duties],
        costs=[
            CostRow(
                rule=cost.rule,
                grade=cost.grade,
                culprit=cost.culprit,
                units=cost.units,
                weight=cost.weight,
                level=cost.level,
            )
            for cost in result.costs
        ],
    )


def _levels(network: Network, result: Result) -> list[LevelRow]:
    """Return all levels; at one that the search does not know nothing can cost anything."""
    found = {level.level: level for level in result.levels}
    rows = []
    for number, name in level_names(network.rules).items():
        level = found.get(number, Level(number, 0, 0, 0))
        row = LevelRow(
            level=number,
            name=name,
            cost=level.cost,
            bound=level.bound,
            forced=level.forced,
            gap=round(level.gap, _DECIMALS),
            proven_seconds=_rounded(result.proven_seconds.get(number)),
        )
        rows.append(row)
    return rows


def _search(options: Options, result: Result) -> Search:
    return Search(
        status=result.status,
        seconds=round(result.seconds, _DECIMALS),
        first_seconds=_rounded(result.first_seconds),
        interrupted=result.interrupted,
        seed=options.seed,
        threads=options.threads,
        time_limit_seconds=options.time_limit_seconds,
        conflict_limit=options.conflict_limit,
        versions=dict(result.versions),
        digest=result.digest,
    )


def _row(network: Network, task_id: str, day: date, physician: str) -> DutyRow:
    task = network.tasks[task_id]
    return DutyRow.model_construct(
        day=day,
        start=f"{task.start:%H:%M}",
        end=f"{task.end:%H:%M}",
        hospital=task.hospital,
        task=task_id,
        physician=physician,
    )


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, _DECIMALS)
