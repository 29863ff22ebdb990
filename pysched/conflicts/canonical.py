"""Claims, standings and decisions as canonical JSON (RFC 8785) and back: bytes for storage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import rfc8785

from pysched.bank.chain import plain
from pysched.bank.transaction import Json
from pysched.conflicts.conflict import Claim, Conflict
from pysched.conflicts.decision import Decision, Payment
from pysched.conflicts.joint import oracle_of
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState, Standing


def canonical(value: Json) -> bytes:
    """Return JSON in its one canonical form (RFC 8785).

    For text of ASCII alone Python's own encoder writes the same bytes, five times faster; other
    text may have its keys in another order.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=dict
    )
    return text.encode() if text.isascii() else rfc8785.dumps(plain(value))


def digest_of(
    conflict: Conflict, state: ConflictState, rules: ConflictRules, mechanism: str, seed: str
) -> str:
    """Return the SHA-256 of all that a decision depends on."""
    body: dict[str, Json] = {
        "conflict": conflict_json(conflict),
        "state": state_json(state),
        "rules": rules.described(),
        "mechanism": mechanism,
        "seed": seed,
    }
    return hashlib.sha256(canonical(body)).hexdigest()


def conflict_json(conflict: Conflict) -> dict[str, Json]:
    """Return a conflict as JSON."""
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "days": _days(conflict.days),
        "claims": [_claim_json(claim) for claim in conflict.claims],
        "eligible": list(conflict.eligible),
        "seats": conflict.seats,
        "short_notice": conflict.short_notice,
    }


def conflict_of(body: Mapping[str, Any]) -> Conflict:
    """Return the conflict that was written as JSON."""
    return Conflict(
        body["id"],
        body["kind"],
        _dates(body["days"]),
        tuple(_claim_of(claim) for claim in body["claims"]),
        tuple(body["eligible"]),
        body["seats"],
        body["short_notice"],
    )


def state_json(state: ConflictState) -> dict[str, Json]:
    """Return a state as JSON, what the oracle answers by included."""
    return {
        "oracle": state.oracle.description,
        "members": [_standing_json(state.members[key]) for key in sorted(state.members)],
        "wheels": {
            wheel: {physician: list(turn) for physician, turn in turns.items()}
            for wheel, turns in state.wheels.items()
        },
        "cap": state.cap_cents,
    }


def state_of(body: Mapping[str, Any]) -> ConflictState:
    """Return the state that was written as JSON, with an oracle that answers the same."""
    members = [_standing_of(row) for row in body["members"]]
    return ConflictState(
        oracle_of(body["oracle"]),
        {standing.physician: standing for standing in members},
        {
            wheel: {physician: (turn[0], turn[1]) for physician, turn in turns.items()}
            for wheel, turns in body["wheels"].items()
        },
        body["cap"],
    )


def decision_json(decision: Decision) -> dict[str, Json]:
    """Return a decision as JSON; its canonical bytes are the same in every process."""
    return {
        "conflict": decision.conflict,
        "mechanism": decision.mechanism,
        "grants": _by_physician(decision.grants),
        "free": _by_physician(decision.free),
        "order": list(decision.order),
        "moved": list(decision.moved),
        "payments": [[p.payer, p.payee, p.cents] for p in decision.payments],
        "pending": {day.isoformat(): cents for day, cents in decision.pending_cents.items()},
        "tokens": dict(decision.tokens),
        "bonus": dict(decision.bonus_cents),
        "chances": dict(decision.chances),
        "proof": plain(decision.proof),
        "seed": decision.seed,
        "digest": decision.digest,
        "sentences": list(decision.sentences),
        "fallback": decision.fallback,
        "asked": decision.asked,
    }


def decision_of(body: Mapping[str, Any]) -> Decision:
    """Return the decision that was written as JSON."""
    return Decision(
        conflict=body["conflict"],
        mechanism=body["mechanism"],
        grants={key: _dates(days) for key, days in body["grants"].items()},
        free={key: _dates(days) for key, days in body["free"].items()},
        order=tuple(body["order"]),
        moved=tuple(body["moved"]),
        payments=tuple(Payment(*row) for row in body["payments"]),
        pending_cents={date.fromisoformat(day): cents for day, cents in body["pending"].items()},
        tokens=body["tokens"],
        bonus_cents=body["bonus"],
        chances=body["chances"],
        proof=body["proof"],
        seed=body["seed"],
        digest=body["digest"],
        sentences=tuple(body["sentences"]),
        fallback=body["fallback"],
        asked=body["asked"],
    )


def _claim_json(claim: Claim) -> dict[str, Json]:
    return {
        "physician": claim.physician,
        "days": _days(claim.days),
        "urgency": claim.urgency,
        "bid": claim.bid_cents,
        "points": {day.isoformat(): points for day, points in claim.points.items()},
        "whole": claim.whole,
        "objects": claim.objects,
        "commitment": claim.commitment,
        "nonce": claim.nonce,
    }


def _claim_of(body: Mapping[str, Any]) -> Claim:
    return Claim(
        body["physician"],
        _dates(body["days"]),
        body["urgency"],
        body["bid"],
        {date.fromisoformat(day): points for day, points in body["points"].items()},
        body["whole"],
        body["objects"],
        body["commitment"],
        body["nonce"],
    )


def _standing_json(standing: Standing) -> dict[str, Json]:
    return {
        "physician": standing.physician,
        "available": standing.available_cents,
        "seniority": str(Fraction(standing.seniority_years)),
        "wins": standing.wins,
        "blocks": standing.blocks,
        "deviation": standing.deviation_cents,
        "fte": str(standing.fte),
        "tokens": standing.tokens,
        "due": standing.due,
    }


def _standing_of(body: Mapping[str, Any]) -> Standing:
    years = Fraction(body["seniority"])
    return Standing(
        body["physician"],
        body["available"],
        Decimal(years.numerator) / years.denominator,
        body["wins"],
        body["blocks"],
        body["deviation"],
        Fraction(body["fte"]),
        body["tokens"],
        body["due"],
    )


def _by_physician(days: Mapping[str, Sequence[date]]) -> dict[str, Json]:
    return {physician: _days(days[physician]) for physician in sorted(days)}


def _days(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _dates(days: Sequence[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in days)
