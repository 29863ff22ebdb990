"""Everybody's week as a flow through the patterns of his days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pysched.solver.linear.circuit import Circuit
from pysched.solver.linear.cones import Cones, Day
from pysched.solver.linear.patterns import Patterns, Truth
from pysched.solver.linear.terms import Ints, Rows, Terms, constant


class Flow:
    """Columns for the patterns of each day, and for the passages from one day to the next.

    A passage leads from a class of patterns to a kind of patterns of the next day: two patterns
    are of a class if nothing on the next day tells them apart, and of a kind if nothing on the
    day before does. Forbidden passages have no column.
    """

    def __init__(
        self,
        circuit: Circuit,
        cones: Cones,
        rows: Rows,
        listed: dict[Day, Patterns],
        named: bool,
    ) -> None:
        """List the patterns and write the rows of the flow.

        Args:
            circuit: the program.
            cones: the nodes that matter.
            rows: to be written to.
            listed: patterns of days listed before, which grow by those listed here.
            named: whether each variable has a column of its own besides the patterns that hold it.

        Raises:
            OverflowError: a day has too many patterns.
        """
        self._circuit, self._cones, self._rows = circuit, cones, rows
        self.patterns: dict[Day, Patterns] = {}
        self.first: dict[Day, int] = {}
        self._passages: dict[int, Ints] = {}
        self._terms: dict[int, Terms] = {}
        false: dict[Day, list[int]] = {}
        for node in cones.false:
            days = cones.of[abs(node)]
            if len(days) == 1:
                false.setdefault(next(iter(days)), []).append(node)
        for day, variables in sorted(cones.variables.items()):
            if day not in listed:
                listed[day] = Patterns(circuit, variables, false.get(day, ()))
            self._choose(day, listed[day], named)
        forbidden = set(cones.false)
        for day, nodes in sorted(cones.pairs.items()):
            self._pass(day, nodes, forbidden)

    def terms(self, node: int) -> Terms:
        """Return the value of a node of one day or of two days that follow each other."""
        if node not in self._terms:
            days = self._cones.of[node]
            if len(days) == 2:
                columns = self._passages[node]
            else:
                day = next(iter(days))
                columns = np.flatnonzero(self.patterns[day].value(node)) + self.first[day]
            self._terms[node] = Terms(columns, np.ones_like(columns))
        return self._terms[node]

    def _choose(self, day: Day, patterns: Patterns, named: bool) -> None:
        """Say that one pattern of a day is chosen, and what that makes of its variables."""
        columns = self._rows.columns(len(patterns.table), whole=True)
        self._rows.equals([Terms(columns, np.ones_like(columns))], 1)
        self.patterns[day], self.first[day] = patterns, int(columns[0]) if len(columns) else 0
        if not named:
            return
        for variable, chosen in zip(patterns.variables, patterns.table.T, strict=True):
            own = self._rows.columns(1, whole=True)
            self._terms[variable] = Terms(own, np.ones_like(own))
            holding = columns[chosen]
            parts = [Terms(holding, np.ones_like(holding)), self._terms[variable].times(-1)]
            self._rows.equals(parts, 0)

    def _pass(self, day: Day, nodes: Sequence[int], forbidden: set[int]) -> None:
        """Write the passages from a day to the next."""
        after = (day[0], day[1] + 1)
        grids = self._grids(day, after, nodes)
        barred = np.zeros(grids.shape, dtype=bool)
        for node in nodes:
            if node in forbidden:
                barred |= grids.cells[node]
            if -node in forbidden:
                barred |= ~grids.cells[node]
        told = [node for node in nodes if node not in forbidden and -node not in forbidden]
        cells = np.stack([barred, *(grids.cells[node] & ~barred for node in told)])
        rows_of, classes = _alike(cells.transpose(1, 0, 2))
        columns_of, kinds = _alike(cells.transpose(2, 0, 1))
        cells = cells[:, rows_of][:, :, columns_of]
        numbers = np.full(cells.shape[1:], -1)
        free = ~cells[0]
        numbers[free] = self._rows.columns(int(free.sum()), whole=False)
        for node, cell in zip(told, cells[1:], strict=True):
            self._passages[node] = numbers[cell]
        for node in nodes:
            if node not in self._passages:
                self._terms[node] = constant(int(-node in forbidden))
        self._conserve(day, classes[grids.place[0]], numbers)
        self._conserve(after, kinds[grids.place[1]], numbers.T)

    def _conserve(self, day: Day, groups: Ints, numbers: Ints) -> None:
        """Say that the patterns of a group and its passages are chosen alike."""
        first = self.first[day]
        for group, row in enumerate(numbers):
            columns = np.flatnonzero(groups == group) + first
            out = row[row >= 0]
            self._rows.equals(
                [Terms(columns, np.ones_like(columns)), Terms(out, -np.ones_like(out))], 0
            )

    def _grids(self, day: Day, after: Day, nodes: Sequence[int]) -> _Grids:
        leaves: tuple[list[int], list[int]] = ([], [])
        seen: set[int] = set()
        stack = list(nodes)
        while stack:
            node = abs(stack.pop())
            if node in seen:
                continue
            seen.add(node)
            days = self._cones.of[node]
            if len(days) == 1:
                leaves[day not in days].append(node)
            else:
                stack.extend(self._circuit.gates[node].inputs)
        return _Grids(self._circuit, (self.patterns[day], self.patterns[after]), leaves, nodes)


class _Grids:
    """What nodes of two days are worth, for each class of the one and each kind of the other."""

    def __init__(
        self,
        circuit: Circuit,
        patterns: tuple[Patterns, Patterns],
        leaves: tuple[list[int], list[int]],
        nodes: Sequence[int],
    ) -> None:
        self._circuit = circuit
        self.place: list[Ints] = []
        self._leaves: dict[int, Truth] = {}
        shape = []
        for side in (0, 1):
            table = np.zeros((len(patterns[side].table), len(leaves[side])), dtype=bool)
            for n, leaf in enumerate(leaves[side]):
                table[:, n] = patterns[side].value(leaf)
            first, place = _alike(table)
            values = table[first]
            self.place.append(place)
            shape.append(len(values))
            for n, leaf in enumerate(leaves[side]):
                value = values[:, n]
                self._leaves[leaf] = value[None, :] if side else value[:, None]
        self.shape = (shape[0], shape[1])
        self.cells = {node: np.broadcast_to(self._value(node), self.shape) for node in nodes}

    def _value(self, node: int) -> NDArray[np.bool_]:
        if node < 0:
            return ~self._value(-node)
        if node not in self._leaves:
            gate = self._circuit.gates[node]
            total = np.zeros(self.shape, dtype=np.int64)
            for x, weight in zip(gate.inputs, gate.weights, strict=True):
                total = total + weight * self._value(x)
            self._leaves[node] = total >= gate.bound
        return self._leaves[node]


def _alike(tables: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the first of each group of equal tables, and the group of each table."""
    first: dict[bytes, int] = {}
    keys = [row.tobytes() for row in np.packbits(tables.reshape(len(tables), -1), axis=1)]
    group = [first.setdefault(key, len(first)) for key in keys]
    starts = {number: place for place, number in reversed(list(enumerate(group)))}
    return np.array([starts[n] for n in range(len(first))]), np.array(group)
