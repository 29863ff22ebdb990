"""What an engine of the benchmark is: a job in, schedules on the way, an answer at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pysched.model import Network, Schedule, State, Week


@dataclass(frozen=True)
class Job:
    """One week to be solved by one engine.

    Args:
        start: a complete schedule to start from, None to start from nothing.
        time_limit_seconds: wall-clock time, building the engine's own model included.
        threads: how many the engine may use.
    """

    network: Network
    week: Week
    state: State
    start: Schedule | None
    time_limit_seconds: float
    seed: int
    threads: int


@dataclass(frozen=True)
class Answer:
    """What an engine says at the end, besides the schedules it reported on the way.

    Args:
        bound: level -> proven lower bound of its cost, valid given the costs of the last schedule
            on the levels above; levels without one are left out.
        status: optimal, feasible, infeasible or unknown.
        tuning: the settings that differ from the engine's own defaults, for the log.
        proven_seconds: level -> when its optimality was proven, from the start of the run; levels
            that were not proven, or at a time the engine does not know, are left out.
        forced: level -> part of its cost that the data makes unavoidable, where the engine knows.
        trace: (seconds, level -> cost) of each improvement in order, from an engine that reports
            its last schedule alone; the last entry is the cost of that schedule.
        first_seconds: time of the first complete week, from an engine that gives a trace.
    """

    bound: Mapping[int, int] = field(default_factory=dict)
    status: str = "unknown"
    tuning: str = ""
    proven_seconds: Mapping[int, float] = field(default_factory=dict)
    forced: Mapping[int, int] = field(default_factory=dict)
    trace: tuple[tuple[float, Mapping[int, int]], ...] = ()
    first_seconds: float | None = None


Engine = Callable[[Job, Callable[[Schedule], None]], Answer]
"""Solves a job; calls back with every better schedule as soon as it has it."""


class UnavailableError(RuntimeError):
    """The engine cannot run on this machine; the message says what it lacks."""
