"""Which days of whom a node of the circuit depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from pysched.solver.linear.circuit import TRUE, Circuit

Day = tuple[str, int]
"""Somebody's day: who, and its number."""
WIDE: frozenset[Day] = frozenset({("", n) for n in range(3)})
"""Stands for any set of days that no pattern and no pair of patterns can hold."""


@dataclass
class Cones:
    """The circuit's nodes by the days of one person that they depend on.

    Attributes:
        of: node -> the days it depends on, `WIDE` for more than two days or for several people.
        variables: day -> its variables.
        local: day -> nodes that depend on it alone, forbidden or used elsewhere.
        pairs: day -> nodes that depend on it and on the next day, forbidden or used elsewhere.
        wide: nodes that depend on more, inputs before the nodes that use them.
        false: the forbidden nodes.
    """

    of: dict[int, frozenset[Day]] = field(default_factory=dict)
    variables: dict[Day, list[int]] = field(default_factory=lambda: defaultdict(list))
    local: dict[Day, list[int]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[Day, list[int]] = field(default_factory=lambda: defaultdict(list))
    wide: list[int] = field(default_factory=list)
    false: list[int] = field(default_factory=list)


def cones_of(
    circuit: Circuit, day_of: Callable[[int], Day | None], levels: Collection[int]
) -> Cones:
    """Sort the nodes that matter: those that are forbidden, cost something, or feed such nodes.

    Args:
        circuit: the program.
        day_of: atom of a variable -> whose day it belongs to, None for none.
        levels: of the objective; what other levels cost does not matter.
    """
    cones = Cones()
    for node, gate in circuit.gates.items():
        if gate.is_variable:
            day = day_of(gate.atom)
            cones.of[node] = WIDE if day is None else frozenset({day})
            if day is not None:
                cones.variables[day].append(node)
        else:
            cones.of[node] = _join(cones.of, gate.inputs)
    cones.false = [x for x in circuit.false if abs(x) != TRUE and not _implied(circuit, x)]
    wanted = {abs(node) for node in cones.false}
    wanted |= {abs(node) for level in levels for node, _ in circuit.objective[level]}
    _sort(circuit, cones, wanted - {TRUE})
    return cones


def _implied(circuit: Circuit, node: int) -> bool:
    """Return whether a node never holds: a sum that reaches a bound and not a lower one."""
    gate = circuit.gates[abs(node)]
    if node < 0 or len(gate.inputs) != 2 or gate.bound != sum(gate.weights):
        return False
    low, high = gate.inputs
    if low >= 0 or high <= 0:
        return False
    less, more = circuit.gates[-low], circuit.gates[high]
    return less.inputs == more.inputs and less.weights == more.weights and less.bound <= more.bound


def _join(known: Mapping[int, frozenset[Day]], inputs: tuple[int, ...]) -> frozenset[Day]:
    """Return the days of all inputs: one person's, and at most two that follow each other."""
    days: frozenset[Day] = frozenset()
    for node in inputs:
        days |= known.get(abs(node), WIDE)
        if len(days) > 2:
            return WIDE
    if len(days) == 2:
        (who, one), (other, two) = sorted(days)
        if who != other or two != one + 1:
            return WIDE
    return days


def _sort(circuit: Circuit, cones: Cones, wanted: set[int]) -> None:
    """File the wanted nodes, and the inputs of wide ones, highest number first."""
    for node in sorted(cones.of, reverse=True):
        if node not in wanted:
            continue
        days = cones.of[node]
        if days is WIDE or len(days) > 2:
            cones.wide.append(node)
            wanted.update(abs(x) for x in circuit.gates[node].inputs)
        elif len(days) == 2:
            cones.pairs[min(days)].append(node)
        elif not circuit.gates[node].is_variable:
            cones.local[next(iter(days))].append(node)
    cones.wide.reverse()
