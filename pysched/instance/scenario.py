"""The scenario: a network, its horizon and the rows known about it, as read from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pysched.model import Absence, Assignment, Network, Request


@dataclass(frozen=True, slots=True)
class Closure:
    """Whole days, the last one included, on which a task does not run."""

    task: str
    first_day: date
    last_day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong (or odd) in an instance, said so that a person can find and mend it.

    `row` is the line of the file (1 = first line), None where the whole file is meant.
    """

    file: str
    row: int | None
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        """Say it in one line; without a value where there is none, as in a missing column."""
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        found = f"{self.field} = {self.value!r}" if self.value else self.field
        return f"{place}: {found}: expected {self.expected}"


class InstanceError(ValueError):
    """A bad instance; `problems` lists all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems and say them all, a line each."""
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Scenario:
    """A network with its horizon and rows; `warnings` are odd but workable.

    `lines` says where things stand: (file, position in its rows here, or key of network.yaml such
    as tasks.T1) -> line of the file. `bank` is what it asks of the bank: a profile by name, and
    numbers by part; what they mean is not known here.
    """

    network: Network
    first_day: date
    last_day: date
    absences: tuple[Absence, ...] = ()
    closures: tuple[Closure, ...] = ()
    requests: tuple[Request, ...] = ()
    pins: tuple[Assignment, ...] = ()
    history: tuple[Assignment, ...] = ()
    by_hand: tuple[Assignment, ...] = ()
    warnings: tuple[Problem, ...] = ()
    lines: Mapping[tuple[str, int | str], int] = field(default_factory=dict)
    bank: Mapping[str, Any] = field(default_factory=dict)
