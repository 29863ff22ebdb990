"""Conflicts in a database: opened, stated, bid for, agreed on and decided, each once and wholly."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from pysched.bank.profile import BankProfile
from pysched.bank.week_end import week_name
from pysched.conflicts.conflict import ConflictError, Kind, Urgency
from pysched.conflicts.decision import Decision
from pysched.conflicts.sealed import LateError, Timetable, commitment_of
from pysched.store import conflict_money, conflict_rows, draw_rows
from pysched.store.conflict_rows import BidRow, ClaimRow, ConflictRow, DecisionRow
from pysched.store.conflict_seen import Seen, quarter_of, read_granted, read_refused, read_seen
from pysched.store.database import Database
from pysched.store.engine import StoreError
from pysched.store.ledger_store import LedgerStore, utc_now
from pysched.store.writer import Writer

T = TypeVar("T")


class ChangedError(StoreError):
    """What a decision was made from is not as it was any more."""


@dataclass(frozen=True)
class Opening:
    """Claims that contend, as they are found.

    Args:
        kind: of the conflict.
        monday: of its week.
        day: its first day.
        claims: physician -> days.
        weights: physician -> what his wish weighs.
        whole: who asks for a block.
    """

    kind: Kind
    monday: date
    day: date
    claims: Mapping[str, tuple[date, ...]]
    weights: Mapping[str, int]
    whole: frozenset[str] = frozenset()


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

    def seen(self, name: str, physicians: Collection[str]) -> Seen:
        """Return what is known for the decision of a conflict.

        Raises:
            StoreError: there is no such conflict.
        """
        rules = self.ledger.rules
        return self.database.read(lambda c: read_seen(c, name, rules, physicians))

    def seed_before(self, chain: int, number: int) -> str:
        """Return what a used seed must hash to."""
        return self.database.read(lambda c: draw_rows.seed_before(c, chain, number))

    def chain(self) -> draw_rows.SeedChain | None:
        """Return the chain whose seeds are used next."""
        return self.database.read(draw_rows.read_chain)

    def open(
        self, openings: Iterable[Opening], bidding: timedelta, revealing: timedelta
    ) -> list[ConflictRow]:
        """Open the conflicts of a week, or bring open ones up to the claims that are there now.

        A chain of seeds begins with the first. Who has withdrawn his claim has his bid back; where
        claims change, a proposal is void.

        Args:
            openings: all of one week that are found; open conflicts that are none any more end.
            bidding: how long bids and agreements may come.
            revealing: how long bids may be revealed after that.

        Raises:
            StoreError: the week is closed, or the database cannot be used.
        """
        asked = tuple(openings)

        def work(writer: Writer) -> list[ConflictRow]:
            if draw_rows.read_chain(writer.connection) is None:
                draw_rows.insert_chain(writer.connection, self._secret(), writer.recorded)
            return [_opened(writer, one, bidding, revealing) for one in asked]

        return self.ledger.write(work)

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
            row = _in_phase(writer, name, "open")
            row.claim_of(physician)
            seen = read_seen(writer.connection, name, writer.rules, {physician})
            if urgency != "none" and seen.tokens_used()[physician] >= tokens:
                raise ConflictError(
                    f"conflict {name}: {physician} has used all {tokens} tokens of "
                    f"{quarter_of(row.day)}"
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
            row = _in_phase(writer, name, "open")
            row.claim_of(physician)
            before = row.bid_of(physician)
            if (
                before is not None
                and (before.commitment, before.held_cents) == (commitment, hold_cents)
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
            row = _in_phase(writer, name, "reveal")
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
            row = _in_phase(writer, name, "open")
            row.claim_of(physician)
            if proposal is not None and row.proposal != proposal:
                conflict_rows.set_proposal(writer.connection, name, proposal)
            conflict_rows.set_consent(writer.connection, name, physician, digest)
            return conflict_rows.read_conflict(writer.connection, name)

        return self.ledger.write(work)

    def end_bidding(self, name: str) -> ConflictRow:
        """Let a conflict be decided before its time; bids that are not revealed count as none.

        Raises:
            StoreError: there is no such conflict.
            ConflictError: it is decided.
        """

        def work(writer: Writer) -> ConflictRow:
            row = _open(writer, name)
            conflict_rows.end_bidding(writer.connection, name, min(row.bids_close, writer.recorded))
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
            before = conflict_rows.read_decision(connection, row.conflict)
            if before is not None and before.digest == row.digest:
                return False
            conflict = _open(writer, row.conflict)
            if read_seen(connection, row.conflict, writer.rules, seen.available) != seen:
                raise ChangedError(f"conflict {row.conflict} changed while it was decided")
            conflict_money.post_decision(writer, conflict, decision)
            conflict_rows.insert_decision(connection, replace(row, decided=writer.recorded))
            conflict_rows.set_status(connection, row.conflict, "decided")
            if row.number is not None and seen.chain is not None:
                draw_rows.use_seed(connection, seen.chain)
            if decision.moved:
                draw_rows.admit(connection, conflict.kind, members, conflict.day, writer.recorded)
                moved = decision.moved
                draw_rows.turn(connection, conflict.kind, moved, conflict.id, conflict.day)
            return True

        return self.ledger.write(work)


def _opened(
    writer: Writer, opening: Opening, bidding: timedelta, revealing: timedelta
) -> ConflictRow:
    """Return the open conflict that some claims belong to, made or brought up to date."""
    connection = writer.connection
    name = week_name(opening.monday)
    if writer.closed_week is not None and name <= writer.closed_week:
        raise StoreError(f"week {name} is closed; nothing of it can be decided any more")
    rows = conflict_rows.read_conflicts(connection, opening.monday)
    claims = [
        ClaimRow(
            physician, days, opening.weights[physician], physician in opening.whole, "none",
            quarter_of(opening.day),
        )
        for physician, days in sorted(opening.claims.items())
    ]
    for row in rows:
        if row.status == "open" and _overlap(row, opening):
            _bring_up(writer, row, claims)
            return conflict_rows.read_conflict(connection, row.id)
    number = 1 + sum(row.day == opening.day for row in rows)
    now = writer.recorded
    row = ConflictRow(
        id=f"{opening.day}.{number}",
        monday=opening.monday,
        day=opening.day,
        kind=opening.kind,
        status="open",
        opened=now,
        bids_close=now + bidding,
        reveals_close=now + bidding + revealing,
        claims=tuple(claims),
    )
    conflict_rows.insert_conflict(connection, row)
    return row


def _overlap(row: ConflictRow, opening: Opening) -> bool:
    held = {(claim.physician, day) for claim in row.claims for day in claim.days}
    asked = {(name, day) for name, days in opening.claims.items() for day in days}
    return bool(held & asked)


def _bring_up(writer: Writer, row: ConflictRow, claims: list[ClaimRow]) -> None:
    """Give an open conflict the claims that are there now; needs and bids of the same ones stay."""
    same = {c.physician: c for c in row.claims}
    wanted = {c.physician: c for c in claims}
    gone = [n for n, c in same.items() if n not in wanted or _asked(wanted[n]) != _asked(c)]
    new = [c for n, c in wanted.items() if n not in same or n in gone]
    if not gone and not new:
        return
    for name in gone:
        bid = row.bid_of(name)
        if bid is not None:
            conflict_money.release(writer, row, bid, 0, "his claim is not what it was")
    conflict_rows.delete_claims(writer.connection, row.id, gone)
    conflict_rows.insert_claims(writer.connection, row.id, new)
    conflict_rows.set_proposal(writer.connection, row.id, None)


def _asked(claim: ClaimRow) -> tuple[object, ...]:
    return claim.days, claim.weight, claim.whole


def _open(writer: Writer, name: str) -> ConflictRow:
    row = conflict_rows.read_conflict(writer.connection, name)
    if row.status != "open":
        raise ConflictError(f"conflict {name} is {row.status} already")
    return row


def _in_phase(writer: Writer, name: str, phase: str) -> ConflictRow:
    """Return an open conflict if it is the time for something.

    Raises:
        LateError: it is not.
    """
    row = _open(writer, name)
    times = Timetable(row.opened, row.bids_close, row.reveals_close)
    try:
        times.check(phase, writer.recorded)  # type: ignore[arg-type]
    except LateError as error:
        raise LateError(f"conflict {name}: {error}") from error
    return row
