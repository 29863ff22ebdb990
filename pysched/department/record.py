"""From the result of a search to the record of its week, which is stored and written to files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pysched.check import Breach, Report
from pysched.instance.schedule_file import (
    BreachRow,
    CostRow,
    DutyRow,
    LevelRow,
    ScheduleRecord,
    Search,
    Uncovered,
)
from pysched.model import GROUPS, WEIGHTS, Cost, Duty, Network, Rules, Schedule, Week
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
    report: Report,
) -> ScheduleRecord:
    """Return the record of a week; its costs are in the words of the checker.

    Args:
        network: under the rules that were in force.
        week: what was known of the week.
        options: of the search.
        without: rules that were switched off.
        result: with a schedule.
        report: what the checker found in it.

    Raises:
        ValueError: there is no schedule.
    """
    if result.schedule is None:
        raise ValueError(f"no schedule of {week.monday} to record")
    assignments, open_duties = _duties(network, week, result.schedule)
    essential = sum(network.tasks[row.task].essential for row in open_duties)
    return ScheduleRecord.model_construct(
        scenario=network.name,
        monday=week.monday,
        rules=network.rules.profile,
        without=sorted(without),
        levels=_levels(network, result),
        by_rule=by_rule(report.costs),
        uncovered=Uncovered(essential=essential, other=len(open_duties) - essential),
        accepted=[_breach(breach) for breach in report.breaches if breach.accepted],
        search=_search(options, result),
        assignments=assignments,
        open_duties=open_duties,
        costs=[_cost(cost) for cost in report.costs],
    )


def by_rule(costs: Iterable[Cost]) -> dict[str, int]:
    """Return weighted cost by rule, in order of rule."""
    totals: Counter[str] = Counter()
    for cost in costs:
        totals[cost.rule] += cost.total
    return dict(sorted(totals.items()))


def _duties(
    network: Network, week: Week, schedule: Schedule
) -> tuple[list[DutyRow], list[DutyRow]]:
    """Return the duties somebody fills and those nobody does, each by time."""
    fillers: dict[tuple[str, date], list[str]] = {}
    for assignment in schedule:
        fillers.setdefault(assignment.duty, []).append(assignment.physician)
    filled = [
        _row(network, duty, physician)
        for duty in week.duties
        for physician in fillers.get(duty.key, [])
    ]
    return filled, [_row(network, duty, "") for duty in week.duties if duty.key not in fillers]


def _breach(breach: Breach) -> BreachRow:
    return BreachRow(rule=breach.rule, culprit=breach.culprit)


def _cost(cost: Cost) -> CostRow:
    return CostRow(
        rule=cost.rule,
        grade=cost.grade,
        culprit=cost.culprit,
        units=cost.units,
        weight=cost.weight,
        level=cost.level,
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


def _row(network: Network, duty: Duty, physician: str) -> DutyRow:
    task = network.tasks[duty.task]
    return DutyRow.model_construct(
        day=duty.day,
        start=f"{task.start:%H:%M}",
        end=f"{task.end:%H:%M}",
        hospital=task.hospital,
        task=duty.task,
        physician=physician,
    )


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, _DECIMALS)
