"""From a model of CP-SAT to rows of a mixed-integer program with the same solutions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from math import inf
from typing import Any

from ortools.sat.python import cp_model

from .matrix import Rows

Terms = Mapping[int, int]
Interval = tuple[int, int]
Choice = tuple[Interval, Terms, int]
"""An interval and the sum of columns, plus a constant, that chooses it."""


class Translation:
    """The rows of a model that grows; each call of `go_on` takes what is new.

    Args:
        model: of clauses, literals of which at most or exactly one holds, and linear sums; each of
            these may be enforced by literals, and domains may have holes.
        merge: whether clauses by which several literals, at most one of which can hold, imply the
            same one become one row: their sum is no more than what they imply.
    """

    def __init__(self, model: cp_model.CpModel, *, merge: bool = True) -> None:
        self.model, self.merge = model, merge
        self.rows = Rows()
        self.column: list[int] = []
        self._done = 0
        self._exclusive: list[frozenset[int]] = []
        self._either: dict[tuple[int, int], None] = {}

    def go_on(self) -> None:
        """Translate variables and constraints that the model has got since the last call.

        Raises:
            ValueError: the model has a kind of constraint that is not known here.
        """
        # A domain of CP-SAT's library takes no negative index, so it is made a list first.
        proto = self.model.proto
        variables = islice(proto.variables, len(self.column), None)
        domains = [list(variable.domain) for variable in variables]
        new = [(self.rows.add_column(domain[0], domain[-1]), domain) for domain in domains]
        self.column += [column for column, _ in new]
        for column, domain in new:
            if len(domain) > 2:
                self._add_sum({column: 1}, domain, [])
        for constraint in islice(proto.constraints, self._done, None):
            self._add(constraint)
        self._done = len(proto.constraints)
        self._add_implications()

    def literals(self, indices: Iterable[int]) -> list[int]:
        """Return literals of the model as literals of columns."""
        return [
            self.column[index] if index >= 0 else negated(self.column[negated(index)])
            for index in indices
        ]

    def _add(self, constraint: Any) -> None:
        enforced = self.literals(constraint.enforcement_literal)
        released = [negated(literal) for literal in enforced]
        if constraint.has_bool_or():
            self._add_clause([*released, *self.literals(constraint.bool_or.literals)])
        elif constraint.has_bool_and():
            for literal in self.literals(constraint.bool_and.literals):
                self._add_clause([*released, literal])
        elif constraint.has_at_most_one():
            self._add_at_most_one(self.literals(constraint.at_most_one.literals), enforced)
        elif constraint.has_exactly_one():
            literals = self.literals(constraint.exactly_one.literals)
            self._add_at_most_one(literals, enforced)
            self._add_clause([*released, *literals])
        elif constraint.has_linear():
            linear = constraint.linear
            terms: Counter[int] = Counter()
            for column, coefficient in zip(linear.vars, linear.coeffs, strict=True):
                terms[self.column[column]] += coefficient
            self._add_sum(terms, list(linear.domain), enforced)
        else:
            raise ValueError(f"a constraint of a kind without rows: {constraint}")

    def _add_clause(self, literals: Sequence[int]) -> None:
        """Let at least one of the literals hold."""
        if len(literals) == 2 and self.merge:
            self._either[min(literals), max(literals)] = None
        else:
            terms, constant = _sum_of(literals)
            self.rows.add_row(terms, 1 - constant, inf)

    def _add_at_most_one(self, literals: Sequence[int], enforced: Sequence[int]) -> None:
        """Let at most one of the literals hold, where all that enforce it do."""
        terms, constant = _sum_of(literals)
        if enforced:
            self._add_sum(terms, [-len(literals), 1 - constant], enforced)
        else:
            self._exclusive.append(frozenset(literals))
            self.rows.add_row(terms, -inf, 1 - constant)

    def _add_sum(self, terms: Terms, domain: Sequence[int], enforced: Sequence[int]) -> None:
        """Keep a sum in one of the intervals of a domain, where all that enforce it hold."""
        least, most = self._range(terms)
        cut = [(max(low, least), min(high, most)) for low, high in _intervals(domain)]
        intervals = [(low, high) for low, high in cut if low <= high]
        if not intervals:
            self._add_clause([negated(literal) for literal in enforced])
        elif len(intervals) == 1 and not enforced:
            self.rows.add_row(terms, *intervals[0])
        else:
            self._hold(terms, (least, most), self._choices(intervals, enforced))

    def _choices(self, intervals: Sequence[Interval], enforced: Sequence[int]) -> list[Choice]:
        """Return a sum for each interval that is 1 if the interval has to be kept, else 0 or less.

        One interval is kept where all that enforce it hold; of several, a new literal chooses.
        """
        if len(intervals) == 1:
            terms, constant = _sum_of(enforced)
            return [(intervals[0], terms, constant + 1 - len(enforced))]
        columns = [self.rows.add_column(0, 1) for _ in intervals]
        self._add_at_most_one(columns, [])
        self._add_clause([*map(negated, enforced), *columns])
        return [
            (interval, {column: 1}, 0) for interval, column in zip(intervals, columns, strict=True)
        ]

    def _hold(self, terms: Terms, whole: Interval, choices: Iterable[Choice]) -> None:
        """Hold a sum to the interval that is chosen, and to its whole range if none is.

        The ends are moved by no more than the range asks for, so that the rows are tight.
        """
        least, most = whole
        above, below = Counter(terms), Counter(terms)
        floor, ceiling = least, most
        for (low, high), choice, constant in choices:
            floor += (low - least) * constant
            ceiling -= (most - high) * constant
            for column, coefficient in choice.items():
                above[column] -= (low - least) * coefficient
                below[column] += (most - high) * coefficient
        if above != terms:
            self.rows.add_row(above, floor, inf)
        if below != terms:
            self.rows.add_row(below, -inf, ceiling)

    def _add_implications(self) -> None:
        """Add the clauses of two literals, those that imply the same one together if they can."""
        sources: dict[int, set[int]] = defaultdict(set)
        for one, other in self._either:
            sources[one].add(negated(other))
            sources[other].add(negated(one))
        groups_of: dict[int, list[frozenset[int]]] = defaultdict(list)
        for group in self._exclusive:
            for literal in group:
                groups_of[literal].append(group)
        left, self._either = self._either, {}
        for implied, implying in sources.items():
            for clique in _cliques(implying, groups_of):
                self._imply(clique, implied)
                for literal in clique:
                    pair = negated(literal), implied
                    left.pop((min(pair), max(pair)), None)
        for pair in left:
            terms, constant = _sum_of(pair)
            self.rows.add_row(terms, 1 - constant, inf)

    def _imply(self, literals: Iterable[int], implied: int) -> None:
        terms, constant = _sum_of([*literals, negated(implied)])
        self.rows.add_row(terms, -inf, 1 - constant)

    def _range(self, terms: Terms) -> Interval:
        """Return the least and the greatest value a sum can have by the bounds of its columns."""
        lower, upper = self.rows.lower, self.rows.upper
        least = sum(c * (lower[column] if c > 0 else upper[column]) for column, c in terms.items())
        most = sum(c * (upper[column] if c > 0 else lower[column]) for column, c in terms.items())
        return least, most


def negated(literal: int) -> int:
    """Return the literal that holds if and only if this one does not, as CP-SAT numbers them."""
    return -literal - 1


def _intervals(domain: Sequence[int]) -> list[Interval]:
    """Return the intervals of a domain, written as a flat list of their ends."""
    return list(zip(domain[::2], domain[1::2], strict=True))


def _sum_of(literals: Iterable[int]) -> tuple[Counter[int], int]:
    """Return how many of the literals hold: a sum of columns, and a constant."""
    terms: Counter[int] = Counter()
    constant = 0
    for literal in literals:
        if literal >= 0:
            terms[literal] += 1
        else:
            terms[negated(literal)] -= 1
            constant += 1
    return terms, constant


def _cliques(
    literals: Set[int], groups_of: Mapping[int, Sequence[frozenset[int]]]
) -> Iterator[Set[int]]:
    """Yield disjoint sets of two and more of the literals, of each of which at most one holds."""
    left = set(literals)
    for literal in sorted(literals):
        if literal in left:
            shared = [left & group for group in groups_of.get(literal, [])]
            largest: Set[int] = max(shared, key=len, default=frozenset())
            if len(largest) > 1:
                left -= largest
                yield largest
