"""The protocol of all mechanisms."""

from __future__ import annotations

from typing import Protocol

from pysched.conflicts.conflict import Conflict
from pysched.conflicts.decision import Decision
from pysched.conflicts.state import ConflictState


class Mechanism(Protocol):
    """A way to decide a conflict; a frozen dataclass that holds its rules."""

    @property
    def name(self) -> str:
        """Its name on the command line and in decisions."""

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Decide; the same inputs give the same decision, byte for byte.

        Args:
            conflict: the claims.
            state: what is known of the claimants, and who may be away together.
            seed: text that nobody can choose; used where a mechanism draws.

        Raises:
            ConflictError: the state does not allow a claim.
        """
