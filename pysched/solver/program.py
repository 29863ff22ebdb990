"""A grounded program: the only place that makes clingo controls."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import clingo
from clingo.backend import Observer
from clingo.symbol import Symbol

from pysched.solver.budget import POLL_SECONDS

MESSAGE_LIMIT = 20
_grounding = threading.Lock()
"""Threads that make new symbols hold each other up in clingo's table of symbols: grounding 224
physicians beside a small part took 14 s instead of 3."""


def asp_folder() -> Path:
    """Return the folder of the encodings: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "asp"
    return inside if inside.is_dir() else package.parent / "asp"


class Program:
    """A grounded program with an assignment predicate and a lexicographic objective.

    It is generic: it knows the signature of the assignments and the objective, not the rules.

    Raises:
        RuntimeError: clingo cannot read the files or facts.
    """

    def __init__(
        self,
        files: Iterable[Path],
        facts: str,
        arguments: Sequence[str],
        assignment: tuple[str, int] = ("assign", 2),
        observer: Observer | None = None,
    ) -> None:
        """Load the files and facts and ground them; the observer is told the ground rules."""
        self.control = clingo.Control(arguments, _log, MESSAGE_LIMIT)
        if observer is not None:
            self.control.register_observer(observer)
        for file in files:
            self.control.load(str(file))
        self.control.add("base", [], facts)
        self.control.ground([("base", [])])
        self.assignment = assignment
        self.core: list[int] = []
        """Assumptions that the last solve call found to exclude one another."""
        atoms = self.control.symbolic_atoms
        self.literals: dict[Symbol, int] = {
            atom.symbol: atom.literal for atom in atoms.by_signature(*assignment)
        }
        self._spares = {atom.symbol.arguments[0].number: atom.symbol for atom in self._spare()}

    def cost(self, model: clingo.Model) -> tuple[int, ...]:
        """Return a model's cost by level, highest first, without the objective's spare units."""
        spares = (self._spares.get(level) for level in model.priority)
        return tuple(
            cost - (spare is not None and model.contains(spare))
            for cost, spare in zip(model.cost, spares, strict=True)
        )

    def _spare(self) -> Iterator[clingo.SymbolicAtom]:
        return self.control.symbolic_atoms.by_signature("spare", 1)

    def configure(self, **options: str) -> None:
        """Set options of clingo's configuration; `solve__solve_limit` is solve.solve_limit."""
        for path, value in options.items():
            node: Any = self.control.configuration
            *parents, key = path.split("__")
            for parent in parents:
                node = getattr(node, parent)
            setattr(node, key, value)

    def atoms(self, name: str, arity: int) -> list[tuple[Symbol, bool]]:
        """Return the possible atoms of a signature, and whether each holds in every model."""
        atoms = self.control.symbolic_atoms.by_signature(name, arity)
        return [(atom.symbol, atom.is_fact) for atom in atoms]

    def conflicts(self) -> int:
        """Return the conflicts of the last solve call."""
        return int(self.control.statistics["solving"]["solvers"]["conflicts"])


def ground_alone(make: Callable[[], Program], over: Callable[[], bool]) -> Program | None:
    """Return a program that is grounded while no other one is.

    Args:
        make: grounds it.
        over: whether to give up, asked while it waits.

    Returns:
        The program; None if it was over before its turn.
    """
    while not over():
        if _grounding.acquire(timeout=POLL_SECONDS):
            try:
                return make()
            finally:
                _grounding.release()
    return None


def is_grounding() -> bool:
    """Return whether a program is being grounded that others wait for."""
    return _grounding.locked()


def _log(code: clingo.MessageCode, message: str) -> None:
    """Pass clingo's warnings on; facts that do not occur are no news."""
    if code not in {clingo.MessageCode.AtomUndefined, clingo.MessageCode.GlobalVariable}:
        print(message, file=sys.stderr)
