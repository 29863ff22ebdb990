"""A circuit as rows of a linear program, exact where its columns are whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from itertools import combinations, pairwise
from math import gcd

import numpy as np

from pysched.solver.linear.circuit import TRUE, Circuit, Gate
from pysched.solver.linear.cones import Day, cones_of
from pysched.solver.linear.flow import Flow
from pysched.solver.linear.patterns import Patterns
from pysched.solver.linear.terms import Rows, Terms, column, constant, never, total

FEW = 8
"""Thresholds of all inputs but one are strengthened up to so many inputs."""


class Relaxation:
    """Columns, rows and one objective a level of a ground program.

    Nodes of one day, or of two that follow each other, are sums of the flow's columns; each other
    node that matters has a column, bounded from the side from which it could be wrong. Thresholds
    of one sum make a ladder and are stated together.

    Attributes:
        rows: the system.
        objective: level -> terms to be minimised; with whole columns they equal clingo's cost.
    """

    def __init__(
        self,
        circuit: Circuit,
        day_of: Callable[[int], Day | None],
        levels: Collection[int],
        listed: dict[Day, Patterns],
        stop: Callable[[], bool] = never,
        named: bool = False,
    ) -> None:
        """Translate.

        Args:
            circuit: the program.
            day_of: atom of a choice -> whose day it belongs to, None for none.
            levels: of the objective; rules that only cost on others are left out.
            listed: patterns of days listed before, which grow by those listed here.
            stop: whether to end now.
            named: whether each variable has a column of its own: more rows, and far shorter ones.

        Raises:
            Interrupted: `stop` said so.
            OverflowError: a day has too many combinations of duties.
        """
        self._circuit = circuit
        self._levels = tuple(levels)
        self._cones = cones_of(circuit, day_of, levels)
        self.rows = Rows(stop=stop)
        self._flow = Flow(circuit, self._cones, self.rows, listed, named)
        self._column: dict[int, Terms] = {}
        self._wide = set(self._cones.wide)
        above, below = self._sides()
        self._number(above | below)
        self._state(above, below)
        self._forbid_all()
        self.objective = {
            level: total(
                self.terms(node).times(weight) for node, weight in circuit.objective[level]
            )
            for level in levels
        }

    def terms(self, node: int) -> Terms:
        """Return the value of a signed node."""
        if abs(node) == TRUE:
            return constant(int(node > 0))
        if node < 0:
            return self.terms(-node).negated()
        return self._column[node] if node in self._wide else self._flow.terms(node)

    def chosen(self, values: np.ndarray) -> set[int]:
        """Return the atoms of the days' variables that a solution chooses."""
        atoms = set()
        for day, patterns in self._flow.patterns.items():
            first = self._flow.first[day]
            picked = int(np.argmax(values[first : first + len(patterns.table)]))
            for n in np.flatnonzero(patterns.table[picked]):
                atoms.add(self._circuit.gates[patterns.variables[n]].atom)
        return atoms

    def likely(self, values: np.ndarray, least: float) -> set[int]:
        """Return the atoms of the days' variables that a solution chooses at least so much."""
        atoms = set()
        for day, patterns in self._flow.patterns.items():
            first = self._flow.first[day]
            shares = values[first : first + len(patterns.table)] @ patterns.table
            for n in np.flatnonzero(shares >= least):
                atoms.add(self._circuit.gates[patterns.variables[n]].atom)
        return atoms

    def _sides(self) -> tuple[set[int], set[int]]:
        """Return the wide nodes that must hold, and must not hold, where their inputs say so."""
        above: set[int] = set()
        below: set[int] = set()
        stack: list[tuple[int, bool]] = []
        for level in self._levels:
            stack += [(node, weight > 0) for node, weight in self._circuit.objective[level]]
        for node in self._cones.false:
            sign = 1 if node > 0 else -1
            stack += [(sign * x, True) for x in self._inputs(abs(node))]
        while stack:
            node, up = stack.pop()
            up = up == (node > 0)
            seen = above if up else below
            if abs(node) in self._wide and abs(node) not in seen:
                seen.add(abs(node))
                stack += [(x, up) for x in self._inputs(abs(node))]
        return above, below

    def _number(self, wanted: set[int]) -> None:
        """Give each wide node that is wanted a column."""
        needed = [node for node in self._cones.wide if node in wanted]
        steps = Counter(self._ladder(node) for node in needed)
        for node in needed:
            gate = self._circuit.gates[node]
            # A conjunction or disjunction that is stated alone is whole where its inputs are.
            whole = gate.is_variable or not _plain(gate) or steps[self._ladder(node)] > 1
            self._column[node] = column(int(self.rows.columns(1, whole)[0]))

    def _ladder(self, node: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """Return what nodes have in common that are thresholds of one sum."""
        gate = self._circuit.gates[node]
        return gate.inputs, gate.weights, gate.atom

    def _inputs(self, node: int) -> tuple[int, ...]:
        return self._circuit.gates[node].inputs if node in self._wide else ()

    def _state(self, above: set[int], below: set[int]) -> None:
        """Write the rows of the wide nodes, ladder by ladder."""
        ladders: dict[object, list[int]] = defaultdict(list)
        for node in self._cones.wide:
            gate = self._circuit.gates[node]
            if node in self._column and not gate.is_variable:
                ladders[self._ladder(node)].append(node)
        for nodes in ladders.values():
            nodes.sort(key=lambda node: self._circuit.gates[node].bound)
            for low, high in pairwise(nodes):
                self.rows.at_most([self._column[high], self._column[low].times(-1)], 0)
            if any(node in above for node in nodes):
                self._from_above(nodes)
            if any(node in below for node in nodes):
                self._from_below(nodes)

    def _from_above(self, nodes: list[int]) -> None:
        """Say that the nodes of a ladder hold where their sum reaches their bounds."""
        gates = [self._circuit.gates[node] for node in nodes]
        step = gcd(*gates[0].weights)
        tops = [(gate.bound - 1) // step * step for gate in gates] + [sum(gates[0].weights)]
        row = [self._sum(gates[0])]
        for node, low, high in zip(nodes, tops, tops[1:], strict=False):
            row.append(self._column[node].times(low - high))
        self.rows.at_most(row, tops[0])
        if len(nodes) == 1 and gates[0].bound <= min(gates[0].weights):
            for x in gates[0].inputs:
                self.rows.at_most([self.terms(x), self._column[nodes[0]].times(-1)], 0)

    def _from_below(self, nodes: list[int]) -> None:
        """Say that the nodes of a ladder hold only where their sum reaches their bounds."""
        gates = [self._circuit.gates[node] for node in nodes]
        step = gcd(*gates[0].weights)
        bounds = [0] + [-(-gate.bound // step) * step for gate in gates]
        row = [self._sum(gates[0]).times(-1)]
        for node, low, high in zip(nodes, bounds, bounds[1:], strict=False):
            row.append(self._column[node].times(high - low))
        self.rows.at_most(row, 0)
        for node, gate in zip(nodes, gates, strict=True):
            self._strengthen(node, gate)

    def _strengthen(self, node: int, gate: Gate) -> None:
        """Say that a count holds only where any few enough of its inputs do."""
        size = len(gate.inputs)
        few = size - gate.bound + 1
        if set(gate.weights) != {1} or few > (2 if size <= FEW else 1) or few == size:
            return
        for chosen in combinations(gate.inputs, few):
            row = [self._column[node], *(self.terms(x).times(-1) for x in chosen)]
            self.rows.at_most(row, 0)

    def _forbid_all(self) -> None:
        for node in self._cones.false:
            if abs(node) in self._wide:
                self._forbid(node)

    def _forbid(self, node: int) -> None:
        gate = self._circuit.gates[abs(node)]
        if gate.is_variable:
            self.rows.equals([self.terms(node)], 0)
        elif node > 0:
            step = gcd(*gate.weights)
            self.rows.at_most([self._sum(gate)], (gate.bound - 1) // step * step)
        else:
            self.rows.at_most([self._sum(gate).times(-1)], -gate.bound)

    def _sum(self, gate: Gate) -> Terms:
        inputs = zip(gate.inputs, gate.weights, strict=True)
        return total(self.terms(x).times(weight) for x, weight in inputs)


def _plain(gate: Gate) -> bool:
    """Return whether a gate is a conjunction or a disjunction."""
    return gate.bound == sum(gate.weights) or gate.bound <= min(gate.weights)
