"""What one person may do on one day: the combinations of its duties that the rules allow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pysched.solver.linear.circuit import Circuit

MOST = 3000
"""A day with more combinations is not listed."""

Truth = NDArray[np.bool_]


class Patterns:
    """The combinations of one day, and what any of the day's nodes is worth in each.

    Attributes:
        variables: nodes of the day's choices.
        table: combination x variable -> whether it is chosen.
    """

    def __init__(self, circuit: Circuit, variables: Sequence[int], false: Sequence[int]) -> None:
        """List the combinations by their size, each made from smaller ones that are allowed.

        Args:
            circuit: for the nodes.
            variables: of the day.
            false: nodes of the day that must not hold.

        Raises:
            OverflowError: there are more than `MOST`.
        """
        self._circuit = circuit
        self.variables = list(variables)
        self._column = {node: n for n, node in enumerate(self.variables)}
        growing = [node for node in false if self._grows(node)]
        size = len(self.variables)
        empty = np.zeros((1, size), dtype=bool)
        layers = [empty]
        alone = np.eye(size, dtype=bool)
        alone = alone[self._allowed(alone, growing)]
        layer = alone
        found = 1
        while len(layer):
            found += len(layer)
            if found > MOST:
                raise OverflowError(f"more than {MOST} combinations")
            layers.append(layer)
            layer = self._larger(layer, alone)
            layer = layer[self._allowed(layer, growing)] if len(layer) else layer
        table = np.concatenate(layers)
        self.table: Truth = table[self._allowed(table, false)]
        self._values: dict[int, Truth] = {}

    def value(self, node: int) -> Truth:
        """Return in which combinations a signed node of the day holds."""
        return _value(self._circuit, self._column, self.table, node, self._values)

    def _allowed(self, table: Truth, false: Sequence[int]) -> Truth:
        known: dict[int, Truth] = {}
        allowed = np.ones(len(table), dtype=bool)
        for node in false:
            allowed &= ~_value(self._circuit, self._column, table, node, known)
        return allowed

    def _larger(self, layer: Truth, alone: Truth) -> Truth:
        """Add one more choice, later in order than all of a combination."""
        if not layer.shape[1]:
            return layer[:0]
        last = layer.shape[1] - 1 - np.argmax(layer[:, ::-1], axis=1)
        first = np.argmax(alone, axis=1)
        rows, adds = np.nonzero(first[None, :] > last[:, None])
        return layer[rows] | alone[adds]

    def _grows(self, node: int) -> bool:
        """Return whether a node that holds also holds in every larger combination."""
        gate = self._circuit.gates[abs(node)]
        return node > 0 and all(self._grows(x) for x in gate.inputs)


def _value(
    circuit: Circuit, column: dict[int, int], table: Truth, node: int, known: dict[int, Truth]
) -> Truth:
    """Evaluate a signed node on rows of choices."""
    if node < 0:
        return ~_value(circuit, column, table, -node, known)
    if node in column:
        result: Truth = table[:, column[node]]
        return result
    if node not in known:
        gate = circuit.gates[node]
        total = np.zeros(len(table), dtype=np.int64)
        for x, weight in zip(gate.inputs, gate.weights, strict=True):
            total += weight * _value(circuit, column, table, x, known)
        known[node] = total >= gate.bound
    return known[node]
