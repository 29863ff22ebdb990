"""Decisions from what the database knows: made outside of its transactions, written in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pysched.bank.profile import BankProfile
from pysched.conflicts import Conflict, ConflictRules, ConflictState, Decision
from pysched.conflicts.negotiation import Agreement, proposal_of
from pysched.department.conflict_case import (
    Inputs,
    conflict_for,
    decided,
    decision_row,
    oracle_for,
    state_for,
)
from pysched.instance import Scenario
from pysched.model import Week
from pysched.store import ChangedError, ConflictStore
from pysched.store.conflict_objecting import again_of, overrule
from pysched.store.conflict_rows import ConflictRow
from pysched.store.conflict_seen import Seen

ATTEMPTS = 5
"""How often a decision is made anew because something changed meanwhile."""


@dataclass(frozen=True)
class Outcome:
    """What became of a conflict when it was to be resolved.

    Args:
        row: the conflict as stored.
        decision: None while bids and agreements may still come.
        status: whether it is new, was decided before or waits.
        note: what its parties should know besides; empty for nothing.
    """

    row: ConflictRow
    decision: Decision | None
    status: Literal["decided", "before", "waits"]
    note: str = ""


def agreement_of(row: ConflictRow) -> Agreement | None:
    """Return what all parties of a conflict agree to, None if one of them does not."""
    if row.proposal is None:
        return None
    proposal = proposal_of(row.proposal)
    if any(claim.agreed_to != proposal.digest for claim in row.claims):
        return None
    return Agreement(proposal, {claim.physician: proposal.digest for claim in row.claims})


def due_now(
    store: ConflictStore, row: ConflictRow, now: datetime, early: bool
) -> tuple[ConflictRow, bool, str]:
    """Return a conflict, whether it is to be decided now, and why not if that is to be said.

    Early, bidding is over at once, but bids that are sealed have their time to be revealed: who
    could not show his would lose it, and a token.

    Args:
        store: of conflicts.
        row: an open conflict.
        now: in UTC, without a time zone.
        early: whether it is to be decided before its time.
    """
    if early and now < row.reveals_close:
        row = store.close_bidding(row.id)
        sealed = [bid.physician for bid in row.bids if bid.cents is None]
        note = (
            f"bidding is over; sealed bids to be revealed yet: {', '.join(sealed)}; it can be "
            f"decided once they are, or after {row.reveals_close:%Y-%m-%d %H:%M} UTC without them"
        )
        return row, not sealed, note if sealed else ""
    return row, now >= row.reveals_close, ""


@dataclass(frozen=True)
class Decider:
    """Makes and stores decisions.

    Args:
        scenario: physicians and tasks.
        store: of conflicts.
        profile: numbers of the bank.
        rules: of conflicts.
    """

    scenario: Scenario
    store: ConflictStore
    profile: BankProfile
    rules: ConflictRules

    def case(self, row: ConflictRow, week: Week) -> tuple[Conflict, ConflictState]:
        """Return what a decision of a conflict would depend on now, stored or not."""
        return self._case(self._seen(row), week)

    def decide(
        self, row: ConflictRow, week: Week, mechanism: str, agreement: Agreement | None = None
    ) -> Outcome:
        """Decide from what is known, and write it if nothing changed meanwhile.

        Args:
            row: an open conflict.
            week: of it.
            mechanism: that decides.
            agreement: of all parties, in the place of a mechanism.

        Raises:
            ConflictError: there is no such mechanism, or a claim cannot be decided on.
            RefusedError: somebody has too little; nothing is written.
            StoreError: the week is closed, or the database cannot be used.
        """
        for attempt in range(ATTEMPTS):
            seen = self._seen(self.store.conflict(row.id))
            inputs = self._inputs(seen, week, mechanism, agreement)
            decision = decided(inputs)
            stored = decision_row(inputs, decision, seen)
            try:
                self.store.decide(stored, decision, seen, sorted(self.scenario.network.physicians))
            except ChangedError:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            return Outcome(self.store.conflict(row.id), decision, "decided")
        raise AssertionError

    def decide_again(self, row: ConflictRow, week: Week, objecting: frozenset[str]) -> Outcome:
        """Decide by a bargain what was auctioned, as losers object; the first decision stays.

        Args:
            row: a decided conflict.
            week: of it.
            objecting: losers who object.

        Raises:
            RefusedError, StoreError: see `decide`.
        """
        members = sorted(self.scenario.network.physicians)
        for attempt in range(ATTEMPTS):
            again = again_of(self.store.conflict(row.id))
            seen = self._seen(again)
            inputs = self._inputs(seen, week, "objection", None, objecting)
            decision = decided(inputs)
            stored = decision_row(inputs, decision, seen)
            try:
                overrule(self.store, stored, decision, seen, members)
            except ChangedError:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            return Outcome(self.store.conflict(again.id), decision, "decided")
        raise AssertionError

    def _inputs(
        self,
        seen: Seen,
        week: Week,
        mechanism: str,
        agreement: Agreement | None,
        objecting: frozenset[str] = frozenset(),
    ) -> Inputs:
        conflict, state = self._case(seen, week, objecting)
        if agreement is not None:
            seed = agreement.proposal.digest
            return Inputs(conflict, state, self.rules, mechanism, seed, agreement)
        if seen.chain is None:
            raise ChangedError(f"conflict {conflict.id}: no seed is left; resolve begins a chain")
        return Inputs(conflict, state, self.rules, mechanism, seen.chain.seed)

    def _seen(self, row: ConflictRow) -> Seen:
        return self.store.seen(row, self.scenario.network.physicians)

    def _case(
        self, seen: Seen, week: Week, objecting: frozenset[str] = frozenset()
    ) -> tuple[Conflict, ConflictState]:
        network = self.scenario.network
        oracle = oracle_for(self.scenario, week, seen.granted, self.rules)
        state = state_for(seen, network, oracle, self.profile, self.rules)
        return conflict_for(seen.row, network, week, objecting), state
