"""Weeks of a rolled year searched again for longer: what of a cost is the search, not the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from pysched.bench.tables import table
from pysched.check import Report, check
from pysched.model import Network
from pysched.solver import Options, Result, solve

from .rolls import BANK, RolledWeek

HEAD = ("week", "service", "searched again", "proven to be the least")
SERVICE = 5


def again(
    weeks: Iterable[RolledWeek], mondays: Collection[str], options: Options, conflicts: int
) -> list[str]:
    """Return a table of the cost of service in some weeks, as rolled and searched again.

    Each is searched from the same state, and told the same by the bank, as it was in its year.

    Args:
        weeks: of the year.
        mondays: of the weeks to be searched again.
        options: of the first search.
        conflicts: of clasp, for the second.

    Raises:
        ValueError: a Monday is none of the year, no schedule is found, or the checker does not
            pass it.
    """
    named = [row for row in weeks if row.week.monday.isoformat() in mondays]
    missing = set(mondays) - {row.week.monday.isoformat() for row in named}
    if missing:
        raise ValueError(f"no week of {', '.join(sorted(missing))} in the year")
    longer = replace(options, conflict_limit=conflicts)
    return table(HEAD, list(_rows(named, longer)))


def _rows(weeks: Iterable[RolledWeek], options: Options) -> Iterator[list[str]]:
    for row in weeks:
        result, report = searched(row.network, row, options)
        level = next(level for level in result.levels if level.level == SERVICE)
        costs = str(service_of(row.report)), str(service_of(report))
        proven = "yes" if level.cost == level.bound else "no"
        yield [row.week.monday.isoformat(), *costs, proven]


def searched(network: Network, row: RolledWeek, options: Options) -> tuple[Result, Report]:
    """Return what is found for a week from its state, and what the checker says of it.

    Args:
        network: with the rules of the search.
        row: the week.
        options: of the search.

    Raises:
        ValueError: no schedule is found, or the checker does not pass it or finds another cost.
    """
    place = network, row.week, row.before
    result = solve(*place, options)
    if result.schedule is None:
        raise ValueError(f"no schedule of {row.week.monday} within the limits")
    report = check(*place, result.schedule)
    found = {level: cost for level, cost in report.by_level.items() if cost}
    if not report.ok or found != {level: cost for level, cost in result.cost.items() if cost}:
        raise ValueError(f"{row.week.monday}: {report.breaches}, {found}, said {result.cost}")
    return result, report


def service_of(report: Report) -> int:
    """Return the cost of service, without the rules of the bank."""
    return sum(
        item.total for item in report.costs if item.level == SERVICE and item.rule not in BANK
    )
