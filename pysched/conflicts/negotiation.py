"""Negotiation: what each party says it needs, and what all of them agree to before a mechanism."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import rfc8785

from pysched.bank.amount import checked_cents, credits_of
from pysched.bank.chain import plain
from pysched.bank.transaction import Json, person
from pysched.conflicts.conflict import Claim, Conflict, ConflictError, Urgency
from pysched.conflicts.decision import Decision, Payment
from pysched.conflicts.state import ConflictState

AGREEMENT = "agreement"
"""What decisions have for a mechanism where the parties settled by themselves."""


@dataclass(frozen=True)
class Need:
    """What the other parties see of a claim.

    Args:
        physician: whose.
        days: that he asks for.
        urgency: as stated.
        tokens: of urgency that he has left in the quarter, this claim not counted.
    """

    physician: str
    days: tuple[date, ...]
    urgency: Urgency
    tokens: int


@dataclass(frozen=True, order=True)
class Transfer:
    """Cents that one party gives another for giving way."""

    payer: str
    payee: str
    cents: int


@dataclass(frozen=True)
class Proposal:
    """Who is to be off on which days, and who gives whom how much.

    Args:
        conflict: its id.
        by: the party who proposes.
        grants: party -> his days off, in order.
        transfers: in order.
    """

    conflict: str
    by: str
    grants: Mapping[str, tuple[date, ...]]
    transfers: tuple[Transfer, ...] = ()

    @property
    def digest(self) -> str:
        """What a party consents to: the SHA-256 of the proposal in canonical JSON."""
        return hashlib.sha256(rfc8785.dumps(plain(proposal_json(self)))).hexdigest()


@dataclass(frozen=True)
class Agreement:
    """The way of deciding that the parties themselves are; replayed like a mechanism.

    Args:
        proposal: what was proposed.
        consents: party -> digest of what he consented to.
    """

    proposal: Proposal
    consents: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in decisions."""
        return AGREEMENT

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Decide as all parties consented; nobody moves on a wheel and no token is used.

        Args:
            conflict: the claims.
            state: who may be away together.
            seed: digest of the proposal.

        Raises:
            ConflictError: the proposal cannot hold, or a party has not consented to it.
        """
        check_proposal(conflict, state, self.proposal)
        digest = self.proposal.digest
        for name in conflict.claimants:
            if self.consents.get(name) != digest:
                raise ConflictError(f"conflict {conflict.id}: {name} has not agreed to it")
        if seed != digest:
            raise ConflictError(f"conflict {conflict.id}: {seed!r} is not the proposal's digest")
        proposal = self.proposal
        return Decision(
            conflict=conflict.id,
            mechanism=AGREEMENT,
            grants={name: tuple(days) for name, days in sorted(proposal.grants.items()) if days},
            payments=tuple(
                Payment(person(t.payer), person(t.payee), t.cents) for t in proposal.transfers
            ),
            proof={"proposal": proposal_json(proposal), "consents": dict(self.consents)},
            seed=seed,
            sentences=tuple(_sentences(conflict, proposal)),
        )


def needs_of(conflict: Conflict, state: ConflictState) -> tuple[Need, ...]:
    """Return what the parties may see of each other: never bids, balances or weights."""
    return tuple(
        Need(claim.physician, claim.days, claim.urgency, state.standing(claim.physician).tokens)
        for claim in conflict.claims
    )


def terms_of(parties: Iterable[str], proposal: Proposal) -> Iterator[str]:
    """Yield in sentences who is to be off when, who gives way, and who gives whom how much."""
    for name in parties:
        days = proposal.grants.get(name, ())
        if days:
            yield f"{name} is off on {', '.join(map(str, sorted(days)))}."
        else:
            yield f"{name} gives way."
    for t in proposal.transfers:
        yield f"{t.payer} gives {t.payee} {credits_of(t.cents)} credits."


def check_proposal(conflict: Conflict, state: ConflictState, proposal: Proposal) -> None:
    """Refuse a proposal that cannot hold.

    Raises:
        ConflictError: it is of another conflict or by a stranger, grants what nobody claimed or
            what cannot be granted together, or gives credits that a party has not.
    """
    where = f"conflict {conflict.id}: the proposal"
    if proposal.conflict != conflict.id:
        raise ConflictError(f"{where} is of conflict {proposal.conflict}")
    parties = {claim.physician: claim for claim in conflict.claims}
    if proposal.by not in parties:
        raise ConflictError(f"{where} is by {proposal.by!r}, who claims nothing")
    for name, days in proposal.grants.items():
        _check_grant(where, parties, name, days)
    if not state.oracle.feasible(_away(proposal.grants)):
        raise ConflictError(f"{where} would leave a duty to nobody: these cannot all be off")
    for transfer in proposal.transfers:
        _check_transfer(where, parties, transfer)
    for name in parties:
        given = sum(t.cents for t in proposal.transfers if t.payer == name)
        available = max(0, state.standing(name).available_cents)
        if given > available:
            raise ConflictError(
                f"{where} has {name} give {credits_of(given)} credits of {credits_of(available)}"
            )


def proposal_json(proposal: Proposal) -> dict[str, Json]:
    """Return a proposal as JSON."""
    return {
        "conflict": proposal.conflict,
        "by": proposal.by,
        "grants": {
            name: [day.isoformat() for day in sorted(days)]
            for name, days in sorted(proposal.grants.items())
            if days
        },
        "transfers": [[t.payer, t.payee, t.cents] for t in proposal.transfers],
    }


def proposal_of(body: Mapping[str, Any]) -> Proposal:
    """Return the proposal that was written as JSON."""
    return Proposal(
        body["conflict"],
        body["by"],
        {name: tuple(map(date.fromisoformat, days)) for name, days in body["grants"].items()},
        tuple(Transfer(*row) for row in body["transfers"]),
    )


def _check_grant(
    where: str, parties: Mapping[str, Claim], name: str, days: tuple[date, ...]
) -> None:
    if name not in parties:
        raise ConflictError(f"{where} grants a day to {name!r}, who claims nothing")
    claim = parties[name]
    for day in days:
        if day not in claim.days:
            raise ConflictError(f"{where} grants {name} {day}, which he does not claim")
    if claim.whole and days and set(days) != set(claim.days):
        raise ConflictError(f"{where} grants {name} a part of days that he claims as a whole")


def _check_transfer(where: str, parties: Mapping[str, Claim], transfer: Transfer) -> None:
    for name in (transfer.payer, transfer.payee):
        if name not in parties:
            raise ConflictError(f"{where} names {name!r}, who claims nothing, in a transfer")
    if transfer.payer == transfer.payee:
        raise ConflictError(f"{where} has {transfer.payer} pay himself")
    if checked_cents(transfer.cents) <= 0:
        raise ConflictError(f"{where} has a transfer of {credits_of(transfer.cents)} credits")


def _away(grants: Mapping[str, tuple[date, ...]]) -> dict[date, frozenset[str]]:
    days = {day for granted in grants.values() for day in granted}
    return {day: frozenset(n for n, own in grants.items() if day in own) for day in sorted(days)}


def _sentences(conflict: Conflict, proposal: Proposal) -> Iterator[str]:
    parties = ", ".join(conflict.claimants)
    yield f"{parties} settled it by agreement, as {proposal.by} proposed; no mechanism was run."
    yield from terms_of(conflict.claimants, proposal)
