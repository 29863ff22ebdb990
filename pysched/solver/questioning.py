"""A question about a week, grounded: what excludes what was asked for, and what it would cost."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from clingo.symbol import Symbol

from pysched.facts import read_schedule
from pysched.facts.question import (
    Apart,
    Question,
    Switch,
    question_text,
    read_apart,
    read_changes,
    read_switch,
)
from pysched.model import Network, Schedule, State, Week
from pysched.solver.budget import Budget
from pysched.solver.core import Named, Subset
from pysched.solver.fit import check_fit
from pysched.solver.program import asp_folder

Name = TypeVar("Name", bound=Hashable)
Grouping = Callable[[Iterable[Switch]], Mapping[Name, Sequence[Switch]]]


@dataclass(frozen=True)
class Corrected:
    """The least cost of what was laid aside, grade and switch of each unit, and a schedule."""

    cost: int
    changed: tuple[tuple[str, Switch], ...]
    schedule: Schedule


class Questioned(Generic[Name]):
    """A question about a week, asked of clingo under names of one's own.

    Args:
        network: hospitals, tasks, physicians and limits.
        week: what is known of the week.
        state: what the weeks before handed on.
        question: what is asked.
        weights: grade of a change -> what a unit costs.
        grouping: returns the names, each with the switches it stands for.
        budget: ends every search.

    Raises:
        ValueError: the week or state does not fit the network.
    """

    def __init__(
        self,
        network: Network,
        week: Week,
        state: State,
        question: Question,
        weights: Mapping[str, int],
        grouping: Grouping[Name],
        budget: Budget,
    ) -> None:
        """Ground the question."""
        check_fit(network, week, state)
        self.week = week

        def names(symbols: Sequence[Symbol]) -> Mapping[Name, Sequence[Symbol]]:
            known = {read_switch(week, symbol): symbol for symbol in symbols}
            groups = grouping(known)
            return {name: [known[s] for s in switches] for name, switches in groups.items()}

        facts = question_text(network, week, state, question, weights)
        self.named = Named((asp_folder() / "explain.lp",), facts, names, budget)

    @property
    def names(self) -> tuple[Name, ...]:
        """All that can be kept."""
        return tuple(self.named.names)

    def causes(
        self, kept: Sequence[Name], aside: Container[Name], most: int
    ) -> tuple[Subset[Name], ...]:
        """Return minimal sets of names that exclude what was asked for, as `Named.causes` does.

        Raises:
            UndecidedError: the budget ended before the first one was found.
        """
        return self.named.causes(kept, aside, most)

    def excludes(self, kept: Iterable[Name]) -> bool:
        """Return whether names exclude what was asked for.

        Raises:
            UndecidedError: the budget ended.
        """
        return self.named.core(kept) is not None

    def cheapest(self, kept: Iterable[Name]) -> Corrected | None:
        """Return the cheapest correction that keeps these names, None if there is none.

        Raises:
            UndecidedError: the budget ended before the proof.
        """
        found = self.named.cheapest(kept)
        if found is None:
            return None
        changed = tuple(read_changes(self.week, found.symbols))
        return Corrected(found.cost, changed, read_schedule(self.week, found.symbols))

    def apart(self) -> tuple[Apart, ...]:
        """Return the pairs of duties that rules keep apart."""
        atoms = self.named.program.atoms("apart", 3)
        return tuple(read_apart(self.week, (symbol for symbol, _ in atoms)))
