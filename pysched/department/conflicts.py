"""Conflicts of a scenario: found among its wishes, negotiated, bid for, decided and kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Self

from pysched.bank.ledger import RefusedError
from pysched.bank.profile import BankProfile
from pysched.conflicts import (
    Conflict,
    ConflictError,
    ConflictRules,
    ConflictState,
    Decision,
    Urgency,
    mechanism_of,
)
from pysched.conflicts.hybrid import check_takes_bids
from pysched.conflicts.negotiation import (
    Proposal,
    Transfer,
    check_proposal,
    proposal_json,
    proposal_of,
)
from pysched.conflicts.sealed import commitment_of
from pysched.department.bank import bank_of, conflict_rules_of
from pysched.department.conflict_deciding import Decider, Outcome, agreement_of, due_now
from pysched.department.conflict_search import found_in, free_of, openings_of
from pysched.department.database import FILE, existing, has_database, made
from pysched.instance import Scenario
from pysched.model import Week
from pysched.store import ConflictStore, Database, utc_now
from pysched.store.conflict_objecting import object_to, objectors
from pysched.store.conflict_rows import AGAIN as AGAIN
from pysched.store.conflict_rows import BidRow as BidRow
from pysched.store.conflict_rows import ConflictRow as ConflictRow
from pysched.store.conflict_seen import result_of

BIDDING = timedelta(hours=48)
"""How long bids and agreements may come, by default."""
REVEALING = timedelta(hours=24)
"""How long bids may be revealed after that."""


class Conflicts:
    """The conflicts of a scenario in a database.

    Args:
        scenario: physicians, tasks, requests and the numbers of its bank.
        url: of the database; without a file an empty one is read, and one is made to write.
        write: whether the database is made or brought up to date if need be.
        clock: gives the time, with a time zone.
        secret: makes the end of a new chain of seeds.

    Raises:
        StoreError: the database cannot be used.
        InstanceError: the scenario asks for numbers that the bank does not know.
    """

    def __init__(
        self,
        scenario: Scenario,
        url: str,
        write: bool = True,
        clock: Callable[[], datetime] = utc_now,
        secret: Callable[[], str] = lambda: secrets.token_hex(32),
    ) -> None:
        """Open the database."""
        self.scenario = scenario
        self.profile: BankProfile = bank_of(scenario)
        self.rules: ConflictRules = conflict_rules_of(scenario)
        self._clock = clock
        self._stack = ExitStack()
        database = self._opened(url, write)
        self._stack.callback(database.close)
        self.store = ConflictStore(database, self.profile, clock, secret)
        self._decider = Decider(scenario, self.store, self.profile, self.rules)

    def __enter__(self) -> Self:
        """Use the conflicts."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database."""
        self._stack.close()

    def resolve(
        self,
        week: Week,
        names: Collection[str] = (),
        mechanism: str = "hybrid",
        early: bool = False,
        bidding: timedelta = BIDDING,
        revealing: timedelta = REVEALING,
    ) -> list[Outcome]:
        """Grant what nobody contests, open what is contested, decide what is due.

        A conflict is open for needs, agreements and bids first; it is decided once that time is
        over. The same again decides nothing twice.

        Args:
            week: one of the scenario's.
            names: ids of the conflicts to decide; all if empty.
            mechanism: that decides.
            early: bidding is over now, and what has no sealed bids left to reveal is decided.
            bidding: how long bids and agreements may come in conflicts that are new.
            revealing: how long bids may be revealed after that.

        Raises:
            StoreError: the week is closed, a conflict is unknown, or the database cannot be used.
            ConflictError: there is no such mechanism.
            RefusedError: somebody has too little.
        """
        mechanism_of(mechanism, self.rules)
        outcomes = self._before(week, names)
        rows, unopposed = self._open(week, bidding, revealing)
        for row in rows:
            is_due, waits = row.id in unopposed, ""
            if not is_due and (not names or row.id in names):
                row, is_due, waits = due_now(self.store, row, self.now(), early)
            outcomes.append(self._outcome(row, week, mechanism if is_due else None, waits))
        for name in sorted(set(names) - {one.row.id for one in outcomes}):
            self.store.conflict(name)
        return sorted(outcomes, key=lambda one: (one.row.day, one.row.id))

    def _outcome(self, row: ConflictRow, week: Week, mechanism: str | None, waits: str) -> Outcome:
        """Decide an open conflict by agreement or by a mechanism; None while it is to wait.

        All may have agreed and been cut short; an agreement that cannot be paid any more is none.
        """
        agreement, note = agreement_of(row), ""
        if agreement is not None:
            try:
                return self._decider.decide(row, week, agreement.name, agreement)
            except (ConflictError, RefusedError) as error:
                note = f"what all parties agreed to cannot be kept: {error}"
        if mechanism is None:
            return Outcome(row, None, "waits", "; ".join(filter(None, (note, waits))))
        return replace(self._decider.decide(row, week, mechanism), note=note)

    def _before(self, week: Week, names: Collection[str]) -> list[Outcome]:
        """Decide again what losers object to; return it with all that was decided before."""
        outcomes = []
        for row in self.store.conflicts(week.monday):
            if row.status == "decided" and (not names or row.id in names):
                objecting = objectors(self.store, row.id)
                if objecting:
                    outcomes.append(self._decider.decide_again(row, week, objecting))
        new = {one.row.id for one in outcomes}
        rows = self.store.conflicts(week.monday)
        before = [row for row in rows if row.status != "open" and row.id not in new]
        return [Outcome(row, self.decision(row.id), "before") for row in before] + outcomes

    def object_to(self, name: str, physician: str) -> bool:
        """Keep that a loser objects to an auction; `resolve` then bargains over all its dates.

        Returns:
            Whether he had not objected before.

        Raises:
            StoreError: there is no such conflict or claim, or its week is closed.
            ConflictError: it is not decided by auction, he lost nothing, it is of too few dates,
                or his time is over.
        """
        return object_to(self.store, name, physician, self.rules)

    def _open(
        self, week: Week, bidding: timedelta, revealing: timedelta
    ) -> tuple[list[ConflictRow], set[str]]:
        """Open what is found in a week; return it, and the ids of what nobody contests."""
        asked, found = found_in(self.scenario, week, self.store, self.rules)
        free = free_of(asked, found)
        openings = [*free, *openings_of(asked, found)]
        rows = self.store.open(week.monday, openings, bidding, revealing)
        return rows, {row.id for row in rows[: len(free)]}

    def state_need(self, name: str, physician: str, urgency: Urgency) -> ConflictRow:
        """Keep how much a party says it needs its claim; above "none" it costs a token.

        Raises:
            StoreError: there is no such conflict or claim.
            ConflictError: its time is over, or no token is left.
        """
        tokens = self.rules.tokens_a_quarter
        return self.store.state_need(name, physician, urgency, tokens)

    def bid(
        self,
        name: str,
        physician: str,
        cents: int,
        nonce: str,
        hold_cents: int | None = None,
        mechanism: str = "hybrid",
    ) -> ConflictRow:
        """Seal a bid: its hash is kept, and what it may cost is held.

        Args:
            name: id of the conflict.
            physician: the bidder.
            cents: for each of his days, or for all days of a block together.
            nonce: his secret; without it the bid cannot be revealed.
            hold_cents: more than the bid may cost, so that the amount held does not tell it.
            mechanism: that will decide, so that nobody bids where bids do not count.

        Raises:
            StoreError: there is no such conflict or claim.
            ConflictError: bidding is over, bids do not count, or it is below 0 or above the hold.
            RefusedError: he has less.
        """
        row = self.store.conflict(name)
        claim = row.claim_of(physician)
        needed = cents * (1 if claim.whole else len(claim.days))
        held = needed if hold_cents is None else hold_cents
        if held:
            check_takes_bids(name, row.kind, mechanism)
        if cents < 0 or held < needed:
            raise ConflictError(f"conflict {name}: a bid of {cents} cents with {held} held")
        return self.store.commit(
            name, physician, commitment_of(name, physician, cents, nonce), held
        )

    def reveal(self, name: str, physician: str, cents: int, nonce: str) -> ConflictRow:
        """Open a sealed bid.

        Raises:
            StoreError: there is no such conflict.
            ConflictError: it is not the time, or this is not what was sealed.
        """
        return self.store.reveal(name, physician, cents, nonce)

    def agree(
        self,
        week: Week,
        name: str,
        physician: str,
        grants: Mapping[str, tuple[date, ...]] | None = None,
        transfers: Sequence[Transfer] = (),
    ) -> Outcome:
        """Propose who is off and who gives whom how much, or agree to what is proposed.

        Once every party agrees to the same proposal it is decided, with its transfers.

        Args:
            week: of the conflict.
            name: its id.
            physician: the party who proposes or agrees.
            grants: party -> days off; None to agree to the proposal that is there.
            transfers: between parties.

        Raises:
            StoreError: there is no such conflict or claim.
            ConflictError: it cannot hold, there is none to agree to, or the time is over.
            RefusedError: somebody has too little; nothing of the agreement is kept.
        """
        row = self.store.conflict(name)
        row.claim_of(physician)
        if grants is None and row.proposal is None:
            raise ConflictError(f"conflict {name}: nothing is proposed yet")
        if grants is not None:
            proposal = Proposal(name, physician, dict(grants), tuple(transfers))
        else:
            proposal = proposal_of(row.proposal or {})
        check_proposal(*self.case(row, week), proposal)
        body = None if grants is None else proposal_json(proposal)
        row = self.store.agree(name, physician, proposal.digest, body)
        agreement = agreement_of(row)
        if agreement is None:
            return Outcome(row, None, "waits")
        return self._decider.decide(row, week, agreement.name, agreement)

    def decision(self, name: str) -> Decision | None:
        """Return the decision of a conflict, None if there is none."""
        row = self.store.decision(name)
        return None if row is None else result_of(row.result)

    def now(self) -> datetime:
        """Return the time as it is stored: in UTC, without a time zone."""
        return self._clock().astimezone(UTC).replace(tzinfo=None)

    def case(self, row: ConflictRow, week: Week) -> tuple[Conflict, ConflictState]:
        """Return what a decision of a conflict would depend on now, stored or not."""
        return self._decider.case(row, week)

    def _opened(self, url: str, write: bool) -> Database:
        if write:
            return made(url)
        if has_database(url):
            return existing(url)
        folder = self._stack.enter_context(TemporaryDirectory(prefix="pysched"))
        return made(f"{FILE}{folder}/empty.sqlite")
