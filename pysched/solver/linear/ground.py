"""The rules of a ground program as clingo emits them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from clingo.backend import Observer


@dataclass(frozen=True, slots=True)
class Body:
    """A body: the weights of its true literals sum up to at least `bound`.

    A conjunction has the weight 1 for each of its literals and their number as its bound.
    """

    literals: tuple[int, ...]
    weights: tuple[int, ...]
    bound: int


@dataclass
class Ground(Observer):
    """A ground program: register it with a control before grounding.

    Atoms are positive integers and literals their signed values, as in clingo's program literals.

    Attributes:
        rules: head -> bodies that derive it.
        choices: head -> bodies that allow it to be chosen.
        constraints: bodies that must not hold.
        objective: level -> (literal, weight) pairs to be minimised.
        strange: whether there was a rule that is none of these (disjunctions).
    """

    rules: dict[int, list[Body]] = field(default_factory=lambda: defaultdict(list))
    choices: dict[int, list[Body]] = field(default_factory=lambda: defaultdict(list))
    constraints: list[Body] = field(default_factory=list)
    objective: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    strange: bool = False

    def rule(self, choice: bool, head: Sequence[int], body: Sequence[int]) -> None:
        """Take a rule whose body is a conjunction."""
        literals = tuple(body)
        self._add(choice, head, Body(literals, (1,) * len(literals), len(literals)))

    def weight_rule(
        self, choice: bool, head: Sequence[int], lower_bound: int, body: Sequence[tuple[int, int]]
    ) -> None:
        """Take a rule whose body is a weighted sum with a lower bound."""
        literals = tuple(literal for literal, _ in body)
        self._add(choice, head, Body(literals, tuple(weight for _, weight in body), lower_bound))

    def minimize(self, priority: int, literals: Sequence[tuple[int, int]]) -> None:
        """Take a part of the objective."""
        self.objective[priority].extend(literals)

    def _add(self, choice: bool, head: Sequence[int], body: Body) -> None:
        if choice:
            for atom in head:
                self.choices[atom].append(body)
        elif not head:
            self.constraints.append(body)
        else:
            self.rules[head[0]].append(body)
            self.strange = self.strange or len(head) > 1
