"""Conflicts in a database: opened, stated, bid for, agreed on and decided, each once and wholly."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from pysched.bank.profile import BankProfile
from pysched.conflicts.conflict import ConflictError, Urgency
from pysched.conflicts.decision import Decision
from pysched.conflicts.sealed import commitment_of
from pysched.store import conflict_money, conflict_rows, draw_rows
from pysched.store.conflict_keeping import is_kept, keep_decision
from pysched.store.conflict_opening import Opening, end_others, opened, refuse_closed
from pysched.store.conflict_phase import close_bidding, in_phase, still_open
from pysched.store.conflict_rows import BidRow, ConflictRow, DecisionRow
from pysched.store.conflict_seen import Seen, quarter_of, read_granted, read_refused, read_seen
from pysched.store.database import Database
from pysched.store.engine import StoreError
from pysched.store.ledger_store import LedgerStore, utc_now
from pysched.store.writer import Writer

T = TypeVar("T")


class ChangedError(StoreError):
    """What a decision was made from is not as it was any more."""


class ConflictStore:
    """The conflicts of a department.

    Args:
        database: where they are.
        profile: numbers of the bank.
        clock: gives the time, with a time zone; bids come in time or not by it alone.
        secret: makes the end of a new chain of seeds.
    """

    def __init__(
        self,
        database: Database,
        profile: BankProfile,
        clock: Callable[[], datetime] = utc_now,
        secret: Callable[[], str] = lambda: secrets.token_hex(32),
    ) -> None:
        """Use a database."""
        self.database = database
        self.ledger = LedgerStore(database, profile.ledger, clock)
        self._clock = clock
        self._secret = secret
        self._lending = profile.lending

    def conflicts(self, monday: date | None = None) -> list[ConflictRow]:
        """Return the conflicts of a week, or all, in order of day."""
        return self.database.read(lambda c: conflict_rows.read_conflicts(c, monday))

    def conflict(self, name: str) -> ConflictRow:
        """Return a conflict.

        Raises:
            StoreError: there is none of that id.
        """
        return self.database.read(lambda c: conflict_rows.read_conflict(c, name))

    def decision(self, name: str) -> DecisionRow | None:
        """Return the decision of a conflict, None if it is open."""
        return self.database.read(lambda c: conflict_rows.read_decision(c, name))

    def decided(self, monday: date) -> tuple[frozenset[tuple[str, date]], ...]:
        """Return the days off granted in a week, and those refused."""
        return self.database.read(lambda c: (read_granted(c, monday), read_refused(c, monday)))

    def seen(self, row: ConflictRow, physicians: Collection[str]) -> Seen:
        """Return what is known for the decision of a conflict, whether or not it is stored."""
        rules = self.ledger.rules
        return self.database.read(lambda c: read_seen(c, row, rules, physicians))

    def seed_before(self, chain: int, number: int) -> str:
        """Return what a used seed must hash to."""
        return self.database.read(lambda c: draw_rows.seed_before(c, chain, number))

    def chain(self) -> draw_rows.SeedChain | None:
        """Return the chain whose seeds are used next."""
        return self.database.read(draw_rows.read_chain)

    def open(
        self,
        monday: date,
        openings: Iterable[Opening],
        bidding: timedelta,
        revealing: timedelta,
    ) -> list[ConflictRow]:
        """Open the conflicts of a week, or bring open ones up to the claims that are there now.

        A chain of seeds begins with the first. Who has withdrawn his claim has his bid back; where
        claims change, a proposal is void; open conflicts that are none any more end.

        Args:
            monday: of the week.
            openings: all that are found in it.
            bidding: how long bids and agreements may come.
            revealing: how long bids may be revealed after that.

        Raises:
            StoreError: the week is closed, or the database cannot be used.
        """
        asked = tuple(openings)

        def work(writer: Writer) -> list[ConflictRow]:
            refuse_closed(writer, monday)
            self._begin_chain(writer)
            rows = [opened(writer, one, bidding, revealing) for one in asked]
            end_others(writer, monday, {row.id for row in rows})
            return rows

        return self.ledger.write(work)

    def begin_chain(self) -> None:
        """Begin a chain of seeds if there is none, or none is left of it."""
        self.ledger.write(self._begin_chain)

    def _begin_chain(self, writer: Writer) -> None:
        if draw_rows.read_chain(writer.connection) is None:
            draw_rows.insert_chain(writer.connection, self._secret(), writer.recorded)

    def state_need(self, name: str, physician: str, urgency: Urgency, tokens: int) -> ConflictRow:
        """Keep how much a party says it needs its claim.

        Args:
            name: id of the conflict.
            physician: the party.
            urgency: stated; above "none" it takes a token of the quarter.
            tokens: that everybody has in a quarter.

        Raises:
            StoreError: there is no such conflict or claim.
            ConflictError: it is decided, the time is over, or no token is left.
        """

        def work(writer: Writer) -> ConflictRow:
            row = in_phase(writer, name, "open")
            row.claim_of(physician)
            seen = read_seen(writer.connection, row, writer.rules, {physician})
            if urgency != "none" and seen.tokens_used()[physician] >= tokens:
                raise ConflictError(
                    f"conflict {name}: {physician} has used all tokens of "
                    f"{quarter_of(row.day)}: {tokens}"
                )
            conflict_rows.set_urgency(writer.connection, name, physician, urgency)
            return conflict_rows.read_conflict(writer.connection, name)

        return self.ledger.write(work)

    def commit(self, name: str, physician: str, commitment: str, hold_cents: int) -> ConflictRow:
        """Keep a sealed bid and hold what it may cost; one made before is replaced.

        Args:
            name: id of the conflict.
            physician: the bidder.
            commitment: of bid and nonce, 64 hexadecimal digits.
            hold_cents: at least what the bid comes to over all days of the claim.

        Raises:
            StoreError: there is no such conflict or claim.
            ConflictError: it is decided or bidding is over, or the commitment is none.
            RefusedError: he has less than that, what his other bids hold taken off.
        """
        if len(commitment) != 64 or set(commitment) - set("0123456789abcdef") or hold_cents < 0:
            raise ConflictError(f"conflict {name}: {commitment!r} is no commitment to a bid")

        def work(writer: Writer) -> ConflictRow:
            row = in_phase(writer, name, "open")
            row.claim_of(physician)
            before = row.bid_of(physician)
            if before is not None and (before.commitment, before.held_cents) == (
                commitment,
                hold_cents,
            ):
                return row
            if before is not None:
                conflict_money.release(writer, row, before, 0, "he bids anew")
            revision = 1 if before is None else before.revision + 1
            bid = BidRow(physician, revision, commitment, hold_cents, writer.recorded)
            conflict_money.hold(writer, row, bid)
            conflict_rows.put_bid(writer.connection, name, bid)
            return conflict_rows.read_conflict(writer.connection, name)

        return self.ledger.write(work)

    def close_bidding(self, name: str) -> ConflictRow:
        """End the time for bids of an open conflict now; they may be revealed from here on.

        Raises:
            StoreError, ConflictError: there is no such conflict, or it is decided.
        """
        return self.ledger.write(lambda writer: close_bidding(writer, name))

    def reveal(self, name: str, physician: str, cents: int, nonce: str) -> ConflictRow:
        """Open a sealed bid.

        Args:
            name: id of the conflict.
            physician: the bidder.
            cents: bid for each day, or for all days of a block together.
            nonce: with which it was sealed.

        Raises:
            StoreError: there is no such conflict.
            ConflictError: it is not the time, or this is not what was committed to or held.
        """

        def work(writer: Writer) -> ConflictRow:
            row = in_phase(writer, name, "reveal")
            bid = row.bid_of(physician)
            claim = row.claim_of(physician)
            if bid is None:
                raise ConflictError(f"conflict {name}: {physician} sealed no bid")
            if commitment_of(name, physician, cents, nonce) != bid.commitment:
                raise ConflictError(f"conflict {name}: {physician} did not seal this bid and nonce")
            if cents * (1 if claim.whole else len(claim.days)) > bid.held_cents:
                raise ConflictError(f"conflict {name}: the bid of {physician} is more than is held")
            shown = replace(bid, cents=cents, nonce=nonce, revealed=bid.revealed or writer.recorded)
            conflict_rows.put_bid(writer.connection, name, shown)
            return conflict_rows.read_conflict(writer.connection, name)

        return self.ledger.write(work)

    def agree(
        self, name: str, physician: str, digest: str, proposal: Mapping[str, Any] | None = None
    ) -> ConflictRow:
        """Keep a party's proposal, or that it agrees to the one that is there.

        Args:
            name: id of the conflict.
            physician: the party.
            digest: of what it agrees to.
            proposal: a new one, in the place of any other; None to agree to the one there.

        Raises:
            StoreError: there is no such conflict or claim.
            ConflictError: it is decided, or its time is over.
        """

        def work(writer: Writer) -> ConflictRow:
            row = in_phase(writer, name, "open")
            row.claim_of(physician)
            if proposal is not None and row.proposal != proposal:
                conflict_rows.set_proposal(writer.connection, name, proposal)
            conflict_rows.set_consent(writer.connection, name, physician, digest)
            return conflict_rows.read_conflict(writer.connection, name)

        return self.ledger.write(work)

    def decide(self, row: DecisionRow, decision: Decision, seen: Seen, members: list[str]) -> bool:
        """Write a decision with all that it moves, in one transaction; return whether it is new.

        Args:
            row: the decision as it is stored; its time is set here.
            decision: the same, to be carried out.
            seen: what it was made from.
            members: physicians on the wheel of its kind.

        Raises:
            ChangedError: what it was made from has changed.
            ConflictError: the conflict is decided otherwise.
            RefusedError: somebody has too little; nothing is written.
        """

        def work(writer: Writer) -> bool:
            connection = writer.connection
            if is_kept(writer, row):
                return False
            conflict = still_open(writer, row.conflict)
            refuse_closed(writer, conflict.monday)
            if read_seen(connection, conflict, writer.rules, seen.available) != seen:
                raise ChangedError(f"conflict {row.conflict} changed while it was decided")
            conflict_money.post_decision(writer, conflict, decision, self._lending)
            conflict_rows.set_status(connection, row.conflict, "decided")
            keep_decision(writer, row, decision, seen, members)
            return True

        return self.ledger.write(work)
