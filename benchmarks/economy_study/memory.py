"""What conflicts of the past say about the next: wheels, wins, leave, tokens and what is owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from pysched.conflicts import Conflict, ConflictRules, ConflictState, Decision, Oracle, Standing
from pysched.conflicts.state import Turn
from pysched.model import Network

YEAR = timedelta(weeks=52)


@dataclass
class Memory:
    """What is kept between conflicts.

    Args:
        network: physicians.
        rules: of conflicts.
        cap_cents: of the bank.
    """

    network: Network
    rules: ConflictRules
    cap_cents: int | None
    wheels: dict[str, dict[str, Turn]] = field(default_factory=lambda: defaultdict(dict))
    wins: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    blocks: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    tokens: dict[tuple[str, int, int], int] = field(default_factory=lambda: defaultdict(int))
    due: set[str] = field(default_factory=set)
    events: int = 0

    def state(
        self,
        oracle: Oracle,
        available: Mapping[str, int],
        deviation: Mapping[str, int],
        day: date,
    ) -> ConflictState:
        """Return what a resolution on a day reads.

        Args:
            oracle: who may be off together.
            available: physician -> cents that he may spend, those held for this conflict included.
            deviation: physician -> burden less target.
            day: of the resolution.
        """
        full = Fraction(self.network.rules.limits.full_time_hours)
        members = {
            name: Standing(
                physician=name,
                available_cents=available[name],
                seniority_years=row.seniority_years,
                wins=sum(day - YEAR <= won < day for won in self.wins[name]),
                blocks=sum(day - YEAR <= won < day for won in self.blocks[name]),
                deviation_cents=deviation.get(name, 0),
                fte=Fraction(row.weekly_hours) / full,
                tokens=self.tokens_left(name, day),
                due=name in self.due,
            )
            for name, row in self.network.physicians.items()
        }
        return ConflictState(oracle, members, self.wheels, self.cap_cents)

    def note(self, conflict: Conflict, decision: Decision, day: date) -> None:
        """Keep what a decision changes."""
        self.events += 1
        for place, name in enumerate(decision.moved):
            self.wheels[conflict.kind][name] = (self.events, place)
        for name in decision.grants:
            if decision.contested(name):
                self.wins[name].append(day)
                self.due.discard(name)
                if conflict.kind == "vacation":
                    self.blocks[name].append(day)
        for name, count in decision.tokens.items():
            self.tokens[self._quarter(name, day)] += count

    def tokens_left(self, name: str, day: date) -> int:
        """Return how many urgency tokens a physician has left in the quarter."""
        return self.rules.tokens_a_quarter - self.tokens[self._quarter(name, day)]

    def owe(self, names: Iterable[str]) -> None:
        """Note whose next contested claim is to be granted for nothing."""
        self.due |= set(names)

    def _quarter(self, name: str, day: date) -> tuple[str, int, int]:
        return name, day.year, (day.month - 1) // 3
