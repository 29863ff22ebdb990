"""Timefold, a third model in constraint streams, costs and forbids what the checker does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from e2e.agreed_worlds import broken_rules, tried_schedules
from e2e.agreement import report_on

from benchmarks.peers.timefold_solver.known import Known
from benchmarks.peers.timefold_solver.machine import start
from pysched.bench import UnavailableError
from pysched.model import WEIGHTS, Schedule

from .agreed import Costs, agreed_world, nonzero

SEEDS = (0, 24, 41, 46, 65, 67, 68)
"""Together they charge every grade, and break every hard rule alone."""

HARD_RULES = {
    "absence",
    "agreement",
    "days",
    "duty",
    "hours",
    "nights",
    "overlap",
    "pin",
    "rest",
    "skill",
    "travel",
}


@pytest.fixture(scope="module", autouse=True)
def _machine() -> None:
    try:
        start()
    except UnavailableError as error:
        pytest.skip(str(error))


@cache
def telling(seed: int) -> tuple[tuple[Schedule, frozenset[object]], ...]:
    """Return the schedules of a world that show something which those before it do not.

    With each: the grades it is charged or, where it is forbidden by one rule alone, this rule.
    """
    world, shown, kept = agreed_world(seed), set[object](), []
    for schedule in tried_schedules(seed, world):
        broken = broken_rules(world, schedule)
        charged = nonzero(report_on(world, schedule).units) if not broken else {}
        shows = frozenset[object](broken if len(broken) == 1 else charged)
        if not shows <= shown:
            shown |= shows
            kept.append((schedule, shows))
    return tuple(kept)


def priced(seed: int) -> Iterator[tuple[Schedule, Costs | None]]:
    """Yield what Timefold says of the schedules of a world."""
    from benchmarks.peers.timefold_solver.pricing import pricer

    world = agreed_world(seed)
    price = pricer(Known(world.network, world.week, world.state))
    for schedule, _ in telling(seed):
        yield schedule, price(schedule)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_schedule_is_priced_as_the_checker_says(seed: int) -> None:
    """Level by level; what the checker refuses has no price."""
    for schedule, costs in priced(seed):
        report = report_on(agreed_world(seed), schedule)
        assert (costs is not None) == report.ok
        if costs is not None:
            assert nonzero(costs) == nonzero(report.by_level)


def test_no_rule_goes_untried() -> None:
    """Every grade costs in some schedule, and every hard rule alone refuses one."""
    shown = {thing for seed in SEEDS for _, things in telling(seed) for thing in things}
    assert shown == set(WEIGHTS) | HARD_RULES


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_no_function_is_called_back(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are translated: one that is not would be called in Python, a hundred times slower."""
    from timefold.solver.score import _function_translator as translator

    called: list[object] = []
    for name in [name for name in dir(translator) if name.startswith("default_")]:
        monkeypatch.setattr(translator, name, called.append)
    next(priced(seed))
    assert called == []
