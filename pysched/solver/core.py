"""Solving with named assumptions: minimal unsatisfiable subsets and cheapest corrections."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import clingo
from clingo.symbol import Symbol

from pysched.solver.budget import POLL_SECONDS, Budget
from pysched.solver.program import Program

Name = TypeVar("Name", bound=Hashable)

ARGUMENTS = ("--configuration=handy", "--opt-strategy=usc,oll,disjoint,stratify", "--warn=none")
TEST_CONFLICTS = 20_000
"""After so many it stays open whether a name can be left out."""
MANY, FEW = 80, 8
"""Above so many names they are tested in blocks first, down to blocks of so few."""
MOST_LOOKS = 24
"""How many times another set of causes is looked for."""


class UndecidedError(RuntimeError):
    """The limits ended a search before it was decided."""


@dataclass(frozen=True)
class Subset(Generic[Name]):
    """Names that exclude one another, and whether it is proven that none can be left out."""

    names: tuple[Name, ...]
    is_minimal: bool


@dataclass(frozen=True)
class Cheapest:
    """The least that laying aside costs: atoms of a model that needs no more."""

    cost: int
    symbols: tuple[Symbol, ...]


class Named(Generic[Name]):
    """A grounded program whose rules and facts can be kept by name, and are free otherwise.

    What is free may hold or not, so the more is kept, the less is satisfiable. A name stands for
    one or several arguments of the predicate on/1.

    Args:
        files: of the encoding.
        facts: as text.
        names: returns the names, each with what it keeps, from all arguments of on/1.
        budget: ends every search.
        seed: of clingo.

    Raises:
        RuntimeError: clingo cannot read the program.
    """

    def __init__(
        self,
        files: Iterable[Path],
        facts: str,
        names: Callable[[Sequence[Symbol]], Mapping[Name, Sequence[Symbol]]],
        budget: Budget,
        seed: int = 1,
    ) -> None:
        """Ground the program."""
        self.program = Program(files, facts, [*ARGUMENTS, f"--seed={seed}"])
        self.budget = budget
        atoms = self.program.control.symbolic_atoms.by_signature("on", 1)
        literals = {atom.symbol.arguments[0]: atom.literal for atom in atoms}
        self.names: dict[Name, tuple[int, ...]] = {
            name: tuple(literals[symbol] for symbol in kept)
            for name, kept in names(sorted(literals)).items()
        }
        self._owner = {literal: name for name, own in self.names.items() for literal in own}

    def core(
        self, kept: Iterable[Name], conflict_limit: int | None = None
    ) -> frozenset[Name] | None:
        """Return names among the kept ones that exclude one another, None if all can be kept.

        Args:
            kept: what has to hold.
            conflict_limit: of this search, None for none.

        Raises:
            UndecidedError: the budget or the conflicts ended.
        """
        limit = "umax" if conflict_limit is None else str(conflict_limit)
        self.program.configure(solve__opt_mode="ignore", solve__solve_limit=limit)
        assumptions = [literal for name in kept for literal in self.names[name]]
        result, _, core = self._solve(assumptions)
        if result.satisfiable:
            return None
        return frozenset(self._owner[literal] for literal in core)

    def minimal(self, kept: Sequence[Name]) -> Subset[Name] | None:
        """Return a minimal set of names that exclude one another, None if all can be kept.

        It is found by deletion, the last names first: each member of a minimal one was laid aside
        once, and then the others could be kept. A test that takes too long leaves its name in, and
        the set may then not be minimal.

        Args:
            kept: what may be a member, the dearest first.

        Raises:
            UndecidedError: the budget ended before it was known whether all can be kept.
        """
        found = self.core(kept)
        if found is None:
            return None
        left, needed = self._coarse(kept, found), set[Name]()
        # What took too long is tested once more with the smaller set that the others leave.
        for _ in range(2):
            for name in reversed(kept):
                if name not in left or name in needed:
                    continue
                try:
                    smaller = self.core(_without(kept, left, name), TEST_CONFLICTS)
                except UndecidedError:
                    continue
                if smaller is None:
                    needed.add(name)
                else:
                    left = smaller
        return Subset(tuple(name for name in kept if name in left), left <= needed)

    def _coarse(self, kept: Sequence[Name], left: frozenset[Name]) -> frozenset[Name]:
        """Return fewer names that exclude one another: what many can go without goes at once."""
        size = len(left) // 4 if len(left) > MANY else 0
        while size >= FEW:
            rest = [name for name in reversed(kept) if name in left]
            for start in range(0, len(rest), size):
                block = left.intersection(rest[start : start + size])
                others = [name for name in kept if name in left and name not in block]
                smaller = self._tested(others) if block else None
                left = left if smaller is None else smaller
            size = size // 2 if len(left) > MANY else 0
        return left

    def _tested(self, kept: Iterable[Name]) -> frozenset[Name] | None:
        """Return names that exclude one another, None if all can be kept or it takes too long."""
        try:
            return self.core(kept, TEST_CONFLICTS)
        except UndecidedError:
            return None

    def causes(
        self, kept: Sequence[Name], aside: Container[Name], most: int
    ) -> tuple[Subset[Name], ...]:
        """Return different minimal sets of names that exclude one another, smallest first.

        A further one is looked for without a member of each one found before: the tree of hitting
        sets of Reiter (A theory of diagnosis from first principles, 1987), breadth first.

        Args:
            kept: what may be a member, the dearest first.
            aside: names that may be laid aside for a further set to be looked for.
            most: so many at most; there may be more.

        Raises:
            UndecidedError: the budget ended before the first one was found.
        """
        found: list[Subset[Name]] = []
        queue, seen = deque([frozenset[Name]()]), {frozenset[Name]()}
        looks = 0
        try:
            while queue and len(found) < most and looks < MOST_LOOKS:
                without = queue.popleft()
                known = next((one for one in found if without.isdisjoint(one.names)), None)
                if known is None:
                    looks += 1
                    known = self.minimal([name for name in kept if name not in without])
                    if known is None:
                        continue
                    found.append(known)
                    if not known.is_minimal:
                        break
                longer = [without | {name} for name in known.names if name in aside]
                queue.extend(names for names in longer if names not in seen)
                seen.update(longer)
        except UndecidedError:
            if not found:
                raise
        return tuple(sorted(found, key=lambda one: len(one.names)))

    def cheapest(self, kept: Iterable[Name]) -> Cheapest | None:
        """Return the proven least cost of a model that keeps these names, None if there is none.

        Raises:
            UndecidedError: the budget ended before the proof.
        """
        self.program.configure(solve__opt_mode="opt", solve__solve_limit="umax")
        assumptions = [literal for name in kept for literal in self.names[name]]
        result, last, _ = self._solve(assumptions)
        return None if result.unsatisfiable else last

    def _solve(
        self, assumptions: Sequence[int]
    ) -> tuple[clingo.SolveResult, Cheapest | None, Sequence[int]]:
        """Return the result, the last model and the core of the assumptions."""
        if self.budget.over:
            raise UndecidedError("the time was over before the search")
        last: list[Cheapest] = []

        def keep(model: clingo.Model) -> None:
            cost = self.program.cost(model)
            last[:] = [Cheapest(sum(cost), tuple(model.symbols(shown=True)))]

        with self.program.control.solve(
            assumptions=assumptions, on_model=keep, async_=True
        ) as handle:
            while not handle.wait(POLL_SECONDS):
                if self.budget.over:
                    handle.cancel()
            result: clingo.SolveResult = handle.get()
            core = handle.core() if result.unsatisfiable else ()
        if result.interrupted or result.unknown:
            raise UndecidedError("the search was ended before it was decided")
        return result, (last[0] if last else None), core


def _without(kept: Sequence[Name], left: frozenset[Name], name: Name) -> list[Name]:
    """Return what is left, in order, without one name."""
    return [other for other in kept if other in left and other != name]
