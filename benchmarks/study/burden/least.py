"""Whether coverage and service of a week could have cost less without the bank, from its state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pysched.bench.tables import table
from pysched.solver import Gap, Options

from .again import SERVICE, searched, service_of
from .rolls import BANK, RolledWeek

COVERAGE = 6
HEAD = ("weeks", "at the least, proven", "could cost less", "not known")


def least(weeks: Iterable[RolledWeek], seconds: float) -> list[str]:
    """Return a table of how many weeks of a year cost no more than they must, then the others.

    Each is searched from the state that it was planned from, without the rules of the bank, until
    coverage and service are proven. Neither may cost more, coverage counting first.

    Args:
        weeks: of the year.
        seconds: time limit of each search.

    Raises:
        ValueError: no schedule is found within the limit, or the checker does not pass it.
    """
    found = list(_compared(weeks, seconds))
    counts = [sum(verdict == name for _, verdict in found) for name in HEAD[1:]]
    others = [f"{monday}: {verdict}" for monday, verdict in found if verdict != HEAD[1]]
    return [*table(HEAD, [[str(len(found)), *map(str, counts)]]), "", *others]


def _compared(weeks: Iterable[RolledWeek], seconds: float) -> Iterator[tuple[str, str]]:
    """Yield each week's Monday and its column in the table."""
    options = Options(seconds, None, 1, 2, Gap(0.0, SERVICE))
    for row in weeks:
        network = replace(row.network, rules=row.network.rules.without(*BANK))
        result, _ = searched(network, row, options)
        cost = [row.report.by_level.get(COVERAGE, 0), service_of(row.report)]
        without = [result.cost.get(level, 0) for level in (COVERAGE, SERVICE)]
        bound = [result.bound.get(level, 0) for level in (COVERAGE, SERVICE)]
        verdict = HEAD[2] if cost > without else HEAD[1] if cost <= bound else HEAD[3]
        yield row.week.monday.isoformat(), verdict
