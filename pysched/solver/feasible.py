"""Who may be off in a week: one grounding, asked again and again under assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clingo.symbol import Function, Number, String, Symbol

from pysched.solver.program import Program, asp_folder

Day = tuple[str, date]
"""A physician's day off."""
CONFLICT_LIMIT = 20_000
"""Conflicts of clingo after which an answer counts as no; a limit in time would not repeat."""


class Feasible:
    """A week under its hard rules, of which duties are to be filled while some are off.

    What nobody could fill even if nobody were off is not asked for: duties are taken in the order
    given, each if all that were taken before can still be filled with it.

    Args:
        facts: of the week, as `facts_text` writes them.
        monday: of the week.
        required: (task, day) of the duties to be filled, the most important first.
        off: days off granted before, which stay; those that cannot hold are left out.

    Attributes:
        open: required duties that cannot be filled in any case.
        core: of the last question answered with no: the days off that exclude one another.

    Raises:
        RuntimeError: clingo cannot read the facts.
    """

    def __init__(
        self,
        facts: str,
        monday: date,
        required: Sequence[tuple[str, date]],
        off: Iterable[Day] = (),
    ) -> None:
        """Ground, and find what can be filled at all."""
        arguments = ["--warn=none", "--seed=1"]
        self._program = Program((asp_folder() / "feasible.lp",), facts, arguments)
        self._program.configure(solve__solve_limit=f"{CONFLICT_LIMIT},umax")
        self._monday = monday
        self.core: tuple[Day, ...] = ()
        self._required: list[Symbol] = []
        self._off: list[Day] = []
        self.open = self._settled(required)
        for day in sorted(off):
            if self.feasible([day]):
                self._off.append(day)

    def feasible(self, away: Iterable[Day]) -> bool:
        """Return whether all required duties can be filled with these days off, and set the core.

        Args:
            away: (physician, day); days outside of the week are always possible.
        """
        days = sorted({*self._off, *away}, key=lambda item: (item[1], item[0]))
        literal_of = {day: self._literal(self._works(day)) for day in days}
        covered = [self._literal(symbol) for symbol in self._required]
        # A literal of 0 stands for an atom that no schedule has.
        off = [-literal for literal in literal_of.values() if literal]
        if self._solved([literal for literal in covered if literal] + off):
            self.core = ()
            return True
        core = set(self._program.core)
        self.core = tuple(day for day, literal in literal_of.items() if -literal in core)
        return False

    def _settled(self, required: Sequence[tuple[str, date]]) -> tuple[tuple[str, date], ...]:
        """Take all required duties, or as many as can be filled; return the others."""
        symbols = [self._covered(key) for key in required]
        possible = [key for key, symbol in zip(required, symbols, strict=True) if self._has(symbol)]
        self._required = [self._covered(key) for key in possible]
        if not self.feasible([]):
            self._required = []
            for key in possible:
                self._required.append(self._covered(key))
                if not self.feasible([]):
                    self._required.pop()
        taken = set(self._required)
        return tuple(k for k, s in zip(required, symbols, strict=True) if s not in taken)

    def _solved(self, literals: list[int]) -> bool:
        """Return whether there is a schedule under assumptions."""
        with self._program.control.solve(assumptions=literals, yield_=True) as handle:
            satisfiable = handle.model() is not None
            known = satisfiable or bool(handle.get().unsatisfiable)
            # Where the limit was reached, all assumptions are to blame.
            self._program.core = list(handle.core()) if known and not satisfiable else literals
        return satisfiable

    def _works(self, day: Day) -> Symbol:
        return Function("works", [String(day[0]), Number((day[1] - self._monday).days)])

    def _covered(self, key: tuple[str, date]) -> Symbol:
        index = Number((key[1] - self._monday).days)
        return Function("covered", [Function("", [String(key[0]), index])])

    def _has(self, symbol: Symbol) -> bool:
        return self._program.control.symbolic_atoms[symbol] is not None

    def _literal(self, symbol: Symbol) -> int:
        atom = self._program.control.symbolic_atoms[symbol]
        return 0 if atom is None else atom.literal
