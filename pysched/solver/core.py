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
MOST_LOOKS = 24
"""How many times another set of causes is looked for."""


class UndecidedError(RuntimeError):
    """The limits ended a search before it was decided."""


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

    def core(self, kept: Iterable[Name]) -> frozenset[Name] | None:
        """Return names among the kept ones that exclude one another, None if all can be kept.

        Raises:
            UndecidedError: the budget ended.
        """
        self.program.configure(solve__opt_mode="ignore")
        assumptions = [literal for name in kept for literal in self.names[name]]
        result, _, core = self._solve(assumptions)
        if result.satisfiable:
            return None
        return frozenset(self._owner[literal] for literal in core)

    def minimal(self, kept: Sequence[Name]) -> tuple[Name, ...] | None:
        """Return a minimal set of names that exclude one another, None if all can be kept.

        Each of its members was laid aside once, and then the others could be kept. It is found by
        deletion, the last names first.

        Args:
            kept: what may be a member, the dearest first.

        Raises:
            UndecidedError: the budget ended.
        """
        found = self.core(kept)
        if found is None:
            return None
        needed: set[Name] = set()
        for name in reversed(kept):
            if name not in found:
                continue
            smaller = self.core([other for other in kept if other in found and other != name])
            if smaller is None:
                needed.add(name)
            else:
                found = smaller
        return tuple(name for name in kept if name in needed)

    def causes(
        self, kept: Sequence[Name], aside: Container[Name], most: int
    ) -> tuple[tuple[Name, ...], ...]:
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
        found: list[tuple[Name, ...]] = []
        queue, seen = deque([frozenset[Name]()]), {frozenset[Name]()}
        looks = 0
        try:
            while queue and len(found) < most and looks < MOST_LOOKS:
                without = queue.popleft()
                known = next((cause for cause in found if without.isdisjoint(cause)), None)
                if known is None:
                    looks += 1
                    known = self.minimal([name for name in kept if name not in without])
                    if known is None:
                        continue
                    found.append(known)
                longer = [without | {name} for name in known if name in aside]
                queue.extend(names for names in longer if names not in seen)
                seen.update(longer)
        except UndecidedError:
            if not found:
                raise
        return tuple(sorted(found, key=len))

    def cheapest(self, kept: Iterable[Name]) -> Cheapest | None:
        """Return the proven least cost of a model that keeps these names, None if there is none.

        Raises:
            UndecidedError: the budget ended before the proof.
        """
        self.program.configure(solve__opt_mode="opt")
        assumptions = [literal for name in kept for literal in self.names[name]]
        result, last, _ = self._solve(assumptions)
        return None if result.unsatisfiable else last

    def _solve(
        self, assumptions: Sequence[int]
    ) -> tuple[clingo.SolveResult, Cheapest | None, Sequence[int]]:
        """Return the result, the last model and the core of the assumptions."""
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
