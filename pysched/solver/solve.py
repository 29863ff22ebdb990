"""The facade: facts in, search, result out."""

from __future__ import annotations

import hashlib
import platform
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from importlib.metadata import version
from operator import or_
from typing import Any

from pysched.facts import (
    assignment_day,
    assignment_features,
    assignment_groups,
    assignment_symbols,
    assignment_target,
    facts_text,
    parts_of,
    read_cost,
    read_forced,
    read_schedule,
    read_violations,
    takers,
)
from pysched.model import Network, Schedule, State, Week
from pysched.solver.engine import search
from pysched.solver.fit import check_fit
from pysched.solver.incumbent import Incumbent
from pysched.solver.options import Options
from pysched.solver.parts import is_large
from pysched.solver.problem import Listener, Parts, Problem
from pysched.solver.program import asp_folder
from pysched.solver.result import Level, Progress, Result, Status
from pysched.solver.search import PROOF_SHARE
from pysched.solver.stop import Stop, asked


@dataclass(frozen=True, slots=True)
class Extras:
    """What a week's program has besides its rules.

    Args:
        encodings: to load beside `week.lp`. facts: for these.
        proof_share: of the limits, what one thread spends on proving before it improves.
    """

    encodings: tuple[str, ...] = ()
    facts: str = ""
    proof_share: float = PROOF_SHARE


def solve(
    network: Network,
    week: Week,
    state: State,
    options: Options | None = None,
    on_improvement: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    start: Schedule | None = None,
    extras: Extras | None = None,
) -> Result:
    """Search the best schedule of one week; the result has none only if none was found in time.

    Args:
        network: hospitals, tasks, physicians and rules.
        week: what is known of the week.
        state: what the weeks before hand on.
        options: limits, seed and threads.
        on_improvement: called from the search's threads at each better schedule or bound.
        stop: set it to end the search; the best schedule so far is returned.
        start: an earlier schedule of the week to begin from; what does not fit is left out.
        extras: encodings and facts besides the week's own.

    Raises:
        ValueError: the week or state does not fit the network.
    """
    check_fit(network, week, state)
    options, started = options or Options(), time.monotonic()
    problem = problem_of(network, week, state, start, extras or Extras())
    tell = _teller(week, on_improvement, started)
    incumbent = search(problem, options, _ends(options, stop), tell, started)
    common = {
        "monday": week.monday,
        "seconds": time.monotonic() - started,
        "seed": options.seed,
        "interrupted": stop is not None and stop.is_set(),
        "digest": hashlib.sha256(problem.facts.encode()).hexdigest(),
    }
    return _result(network, week, incumbent, common)


def _ends(options: Options, event: threading.Event | None) -> Stop | None:
    """Return what ends the search besides its limits."""
    ends = [criterion for criterion in (options.stop, asked(event)) if criterion is not None]
    return reduce(or_, ends) if ends else None


def _teller(
    week: Week, on_improvement: Callable[[Progress], None] | None, started: float
) -> Listener | None:
    """Return what tells the caller of a better schedule or bound."""
    if on_improvement is None:
        return None

    def tell(cost: Mapping[int, int], bound: Mapping[int, int]) -> None:
        on_improvement(Progress(week.monday, time.monotonic() - started, cost, bound))

    return tell


def problem_of(
    network: Network, week: Week, state: State, start: Schedule | None, extras: Extras
) -> Problem:
    """Say what is searched, in the engine's terms.

    Args:
        network: hospitals, tasks, physicians and rules.
        week: what is known of the week.
        state: what the weeks before hand on.
        start: an earlier schedule of the week to begin from.
        extras: encodings and facts besides the week's own.
    """
    return Problem(
        tuple(asp_folder() / name for name in ("week.lp", *extras.encodings)),
        facts_text(network, week, state) + extras.facts,
        assignment_features,
        groups=lambda symbol: assignment_groups(network, symbol),
        day_of=assignment_day,
        forced=lambda program: read_forced(network, program.atoms("charge", 4)),
        start=frozenset() if start is None else assignment_symbols(start),
        proof_share=extras.proof_share,
        proven_first=None if extras.encodings else _service_level(network),
        parts=None if extras.encodings or extras.facts else _parts(network, week, state),
    )


def _parts(network: Network, week: Week, state: State) -> Parts | None:
    """Return how a large week is cut: by physicians, each with duties of his own."""
    who = takers(network, week)
    if not is_large(who):
        return None
    return Parts(who, assignment_target, parts_of(network, week, state))


def _service_level(network: Network) -> int | None:
    """Return the level of other open duties, of service; None if there is nothing below it."""
    levels = [level for _, level in network.rules.weights.values()]
    _, level = network.rules.weights.get(("coverage", "other"), (0, 0))
    return level if level > min(levels, default=0) else None


def _result(
    network: Network, week: Week, incumbent: Incumbent, common: Mapping[str, Any]
) -> Result:
    """Say what was found."""
    common = {**common, "ground_seconds": incumbent.ground_seconds, "versions": versions()}
    best = incumbent.best
    if best is None:
        status: Status = "infeasible" if incumbent.infeasible else "unknown"
        return Result(schedule=None, status=status, **common)
    return Result(
        schedule=read_schedule(week, best.symbols),
        status="optimal" if incumbent.optimal else "feasible",
        levels=_levels(incumbent, best.cost),
        costs=read_cost(network, week, best.symbols),
        accepted=read_violations(week, best.symbols),
        first_seconds=_first_complete(incumbent),
        proven_seconds=dict(incumbent.proven_seconds),
        trace=tuple(
            Progress(week.monday, found.seconds, _by_level(incumbent, found.cost), {})
            for found in incumbent.trace
        ),
        **common,
    )


def versions() -> Mapping[str, str]:
    """Return the versions that a schedule may depend on."""
    names = ("pysched", "clingo", "clorm")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def _by_level(incumbent: Incumbent, cost: tuple[int, ...]) -> dict[int, int]:
    return dict(zip(incumbent.levels, cost, strict=True))


def _levels(incumbent: Incumbent, cost: tuple[int, ...]) -> tuple[Level, ...]:
    bounds, engines = incumbent.bounds(), incumbent.engines()
    return tuple(
        Level(level, units, bounds[level], incumbent.forced.get(level, 0), engines[level])
        for level, units in zip(incumbent.levels, cost, strict=True)
    )


def _first_complete(incumbent: Incumbent) -> float:
    """Return when as many duties were filled, at as good a first level, as in the end."""
    last = incumbent.trace[-1]
    return next(
        found.seconds
        for found in incumbent.trace
        if len(found.assigned) >= len(last.assigned) and found.cost[:1] <= last.cost[:1]
    )
