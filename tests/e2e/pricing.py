"""Has clingo price a given schedule, and finds the optimum of small weeks without any help."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import clingo

from pysched.facts import facts_text
from pysched.model import Assignment, Schedule
from pysched.solver.program import asp_folder

from .worlds import World

FORBIDS = {"hard/forbid.lp"}
BARRED = "barred(P, D) :- breach(_, P, D)."


@dataclass(frozen=True)
class Price:
    """What the encodings say of one schedule.

    Args:
        units: (rule, grade) -> units, zero left out.
        cost: level -> weighted total of cost/4, zero left out.
        charged: the same of charge/4, which is what is minimised.
        accepted: names of the rules with an accepted breach.
        refused: names of the rules with a breach that is not accepted.
    """

    units: dict[tuple[str, str], int]
    cost: dict[int, int]
    charged: dict[int, int]
    accepted: frozenset[str]
    refused: frozenset[str]


def parts_of_week(without: Iterable[str] = ()) -> list[str]:
    """Return the files that asp/week.lp includes, those left out excepted."""
    text = (asp_folder() / "week.lp").read_text()
    return [part for part in re.findall(r'#include "(.+)"\.', text) if part not in set(without)]


class Encoded:
    """A week grounded once, whose schedules are given as assumptions."""

    def __init__(self, world: World, *, forbidding: bool) -> None:
        """Ground the whole program, or one that breaks hard rules if it is told to."""
        self.world = world
        without = set() if forbidding else FORBIDS
        self.control = clingo.Control(["--warn=none", "--opt-mode=ignore"])
        for part in parts_of_week(without):
            self.control.load(str(asp_folder() / part))
        text = facts_text(world.network, world.week, world.state)
        self.control.add("base", [], text if forbidding else text + BARRED)
        self.control.ground([("base", [])])
        atoms = self.control.symbolic_atoms
        self.assign = {
            self._assignment(atom.symbol): atom.literal for atom in atoms.by_signature("assign", 2)
        }

    def price(self, schedule: Schedule) -> Price | None:
        """Return the price of exactly this schedule, None if it is forbidden."""
        assumptions = [
            literal if assignment in schedule.assignments else -literal
            for assignment, literal in self.assign.items()
        ]
        with self.control.solve(assumptions=assumptions, yield_=True) as handle:
            model = handle.model()
            return None if model is None else self._read(model.symbols(atoms=True))

    def any_schedule(self, rng: Random) -> Schedule | None:
        """Return some schedule that keeps the hard rules, its duties filled at random."""
        solver = self.control.configuration.solver
        solver.sign_def = "rnd"
        solver.rand_freq = "0.9"
        solver.seed = str(rng.randrange(1 << 30))
        with self.control.solve(yield_=True) as handle:
            model = handle.model()
            if model is None:
                return None
            rows = [self._assignment(s) for s in model.symbols(atoms=True) if s.match("assign", 2)]
        return Schedule(self.world.week.monday, frozenset(rows))

    def _assignment(self, symbol: clingo.Symbol) -> Assignment:
        physician, duty = symbol.arguments
        task, day = duty.arguments
        date = self.world.week.monday + timedelta(days=day.number)
        return Assignment(date, task.string, physician.string)

    def _read(self, symbols: Iterable[clingo.Symbol]) -> Price:
        units: dict[tuple[str, str], int] = {}
        totals: dict[str, dict[int, int]] = {"cost": {}, "charge": {}}
        broken: dict[str, set[tuple[str, str]]] = {"violated": set(), "accepted": set()}
        for symbol in symbols:
            if symbol.name in totals and len(symbol.arguments) == 4:
                rule, grade, _, number = symbol.arguments
                row = self.world.network.rules.weights.get((rule.name, grade.name))
                if row is None or not number.number:
                    continue
                weight, level = row
                per_level = totals[symbol.name]
                per_level[level] = per_level.get(level, 0) + weight * number.number
                if symbol.name == "cost":
                    key = rule.name, grade.name
                    units[key] = units.get(key, 0) + number.number
            elif symbol.name in broken:
                rule, culprit = symbol.arguments
                broken[symbol.name].add((rule.name, str(culprit)))
        violated, accepted = broken["violated"], broken["accepted"]
        return Price(
            units,
            _without_zeros(totals["cost"]),
            _without_zeros(totals["charge"]),
            frozenset(rule for rule, _ in violated & accepted),
            frozenset(rule for rule, _ in violated - accepted),
        )


def _without_zeros(totals: dict[int, int]) -> dict[int, int]:
    return {level: total for level, total in totals.items() if total}
