"""What the week-end needs of a profile of the bank."""

from __future__ import annotations

from typing import Protocol

from pysched.bank.value_rules import ValueRules
from pysched.fairness.equalization_rules import EqualizationRules


class Policy(Protocol):
    """The numbers of valuation and of equalization."""

    @property
    def values(self) -> ValueRules:
        """What sacrifices are worth."""

    @property
    def equalization(self) -> EqualizationRules:
        """How burdens are made even."""
