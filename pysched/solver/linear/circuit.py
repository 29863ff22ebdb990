"""A ground program's completion as a circuit: variables, thresholds and disjunctions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pysched.solver.linear.ground import Body, Ground
from pysched.solver.linear.terms import Interrupted, never

TRUE = 1
"""The node that always holds; -1 never does. Other nodes are numbered from 2."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A node: the weights of its true inputs sum up to at least `bound`.

    Inputs are signed nodes. A variable has no inputs; its atom is chosen freely.
    """

    inputs: tuple[int, ...]
    weights: tuple[int, ...]
    bound: int
    atom: int = 0

    @property
    def is_variable(self) -> bool:
        """Whether it is chosen, not computed."""
        return self.atom != 0


class Circuit:
    """What the rules say, simplified: facts are gone and equal nodes are one.

    Clark's completion (1978). Its models are the answer sets where no positive recursion derives
    anything (Fages 1994), and include them otherwise: recursive atoms are left free.
    """

    def __init__(self, ground: Ground, stop: Callable[[], bool] = never) -> None:
        """Simplify the rules of a ground program.

        Raises:
            Interrupted: `stop` said so.
        """
        self._ground = ground
        self.gates: dict[int, Gate] = {}
        self._known: dict[Gate, int] = {}
        self._atoms: dict[int, int] = {}
        self._open: set[int] = set()
        self.false: list[int] = []
        """Nodes that must not hold."""
        self.objective: dict[int, list[tuple[int, int]]] = {}
        for body in ground.constraints:
            if stop():
                raise Interrupted
            self._forbid(self._body(body))
        for level, literals in ground.objective.items():
            self.objective[level] = [(self.literal(x), weight) for x, weight in literals]

    def literal(self, literal: int) -> int:
        """Return the signed node of a literal."""
        node = self._atom(abs(literal))
        return node if literal > 0 else -node

    def _forbid(self, node: int) -> None:
        if node != -TRUE:
            self.false.append(node)

    def _atom(self, atom: int) -> int:
        if atom in self._atoms:
            return self._atoms[atom]
        if atom in self._open:
            self._atoms[atom] = self._node(Gate((), (), 0, atom))
            return self._atoms[atom]
        self._open.add(atom)
        derived = self._either([self._body(body) for body in self._ground.rules.get(atom, ())])
        node = self._atoms.get(atom, derived)
        if atom in self._ground.choices and derived != TRUE:
            node = self._chosen(atom, derived)
        self._open.discard(atom)
        self._atoms[atom] = node
        return node

    def _chosen(self, atom: int, derived: int) -> int:
        """Return the variable of a choice, which holds at most where some body lets it."""
        node = self._node(Gate((), (), 0, atom))
        allowed = self._either([self._body(body) for body in self._ground.choices[atom]])
        if allowed == -TRUE:
            return derived
        self._forbid(self._sum([(node, 1), (-allowed, 1), (-derived, 1)], 3))
        self._forbid(self._sum([(derived, 1), (-node, 1)], 2))
        return node

    def _body(self, body: Body) -> int:
        inputs = zip(body.literals, body.weights, strict=True)
        return self._sum([(self.literal(x), weight) for x, weight in inputs], body.bound)

    def _either(self, nodes: list[int]) -> int:
        return self._sum([(node, 1) for node in dict.fromkeys(nodes)], 1)

    def _sum(self, inputs: list[tuple[int, int]], bound: int) -> int:
        """Return the node of a threshold, without what is certain."""
        merged: dict[int, int] = {}
        conjunction = bound == sum(weight for _, weight in inputs)
        for node, weight in inputs:
            if node == TRUE:
                bound -= weight
            elif node != -TRUE:
                merged[node] = merged.get(node, 0) + weight
            elif conjunction:
                return -TRUE
        if bound <= 0:
            return TRUE
        if sum(merged.values()) < bound:
            return -TRUE
        (first, *rest) = merged
        if not rest:
            return first
        ordered = sorted(merged)
        weights = tuple(merged[node] for node in ordered)
        return self._node(Gate(tuple(ordered), weights, bound))

    def _node(self, gate: Gate) -> int:
        if gate not in self._known:
            self._known[gate] = len(self._known) + TRUE + 1
            self.gates[self._known[gate]] = gate
        return self._known[gate]
