"""A stored conflict as mechanisms look at it: claims, standings, who may be away together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from pysched.bank.profile import BankProfile
from pysched.bank.transaction import Json
from pysched.conflicts import (
    Claim,
    Conflict,
    ConflictRules,
    ConflictState,
    Decision,
    Oracle,
    Standing,
    canonical,
    conflict_json,
    conflict_of,
    decision_json,
    replay,
    resolve,
    state_json,
    state_of,
)
from pysched.conflicts.emergency import Emergency, emergency_json, emergency_of
from pysched.conflicts.joint import joint_oracle
from pysched.conflicts.negotiation import AGREEMENT, Agreement, proposal_json, proposal_of
from pysched.conflicts.wheel import turns_of
from pysched.fairness.equalize import equalize
from pysched.instance import Scenario
from pysched.model import Network, Week
from pysched.planner import initial_state
from pysched.store.conflict_rows import ConflictRow, DecisionRow
from pysched.store.conflict_seen import Day, Seen
from pysched.store.draw_rows import joined

LATER = datetime(1, 1, 1)
"""Stands for the time of a decision until it is stored."""


@dataclass(frozen=True)
class Inputs:
    """All that a decision depends on.

    Args:
        conflict: the claims.
        state: what is known of the claimants.
        rules: the numbers.
        mechanism: as asked for.
        seed: that the mechanism is given.
        agreement: what the parties agreed to; None where a mechanism decides.
        emergency: the duty that fell open, for a conflict of coverage.
    """

    conflict: Conflict
    state: ConflictState
    rules: ConflictRules
    mechanism: str
    seed: str
    agreement: Agreement | None = None
    emergency: Emergency | None = None


def oracle_for(
    scenario: Scenario, week: Week, granted: frozenset[Day], rules: ConflictRules
) -> Oracle:
    """Return who may be away together in a week, days off that were granted before included."""
    before = initial_state(scenario, week.monday)
    asked = replace(week, granted=week.granted | granted)
    return joint_oracle(scenario.network, asked, before, rules.required)


def conflict_for(
    row: ConflictRow, network: Network, week: Week, objectors: frozenset[str] = frozenset()
) -> Conflict:
    """Return a stored conflict with its claims and the bids that are revealed.

    Args:
        row: the conflict.
        network: physicians.
        week: who is there.
        objectors: who object to an auction.
    """
    days = tuple(sorted({day for claim in row.claims for day in claim.days}))
    present = [p for p in network.physicians if any(week.is_present(p, day) for day in days)]
    claims = []
    for claim in row.claims:
        bid = row.bid_of(claim.physician)
        claims.append(
            Claim(
                claim.physician,
                claim.days,
                claim.urgency,
                bid_cents=0 if bid is None or bid.cents is None else bid.cents,
                whole=claim.whole,
                objects=claim.physician in objectors,
                commitment=None if bid is None else bid.commitment,
                nonce=None if bid is None else bid.nonce,
            )
        )
    return Conflict(row.id, row.kind, days, tuple(claims), tuple(present))


def state_for(
    seen: Seen, network: Network, oracle: Oracle, profile: BankProfile, rules: ConflictRules
) -> ConflictState:
    """Return what mechanisms read besides the claims.

    Args:
        seen: what the database knows.
        network: physicians and contracts.
        oracle: of the week.
        profile: numbers of the bank.
        rules: of conflicts.
    """
    snapshot = equalize((k.burden for k in seen.kept), seen.row.monday, profile.equalization)
    deviations = snapshot.deviations
    wins, blocks = seen.wins(), seen.wins("vacation")
    tokens, owed = seen.tokens_used(), seen.owed()
    full = Fraction(network.rules.limits.full_time_hours)
    members = {
        p.id: Standing(
            physician=p.id,
            available_cents=seen.available[p.id],
            seniority_years=p.seniority_years,
            wins=wins[p.id],
            blocks=blocks[p.id],
            deviation_cents=deviations.get(p.id, 0),
            fte=Fraction(p.weekly_hours) / full,
            tokens=max(0, rules.tokens_a_quarter - tokens[p.id]),
            due=p.id in owed,
        )
        for p in network.physicians.values()
    }
    wheel = seen.row.kind
    turns = turns_of(joined(wheel, seen.turned(wheel), network.physicians))
    return ConflictState(oracle, members, {wheel: turns}, profile.ledger.cap_cents)


def decision_row(inputs: Inputs, decision: Decision, seen: Seen) -> DecisionRow:
    """Return a decision as it is stored; `number` is that of the seed it used, if it used one."""
    drawn = inputs.agreement is None and seen.chain is not None
    chain = seen.chain if drawn else None
    text = inputs_text(inputs)
    result = canonical(decision_json(decision)).decode()
    return DecisionRow(
        conflict=decision.conflict,
        mechanism=decision.mechanism,
        decided=LATER,
        chain=None if chain is None else chain.id,
        number=None if chain is None else chain.number,
        inputs=text,
        inputs_digest=_digest(text),
        result=result,
        digest=digest_of_both(text, result),
    )


def inputs_text(inputs: Inputs) -> str:
    """Return inputs in canonical JSON."""
    body: dict[str, Json] = {
        "conflict": conflict_json(inputs.conflict),
        "state": state_json(inputs.state),
        "rules": inputs.rules.described(),
        "mechanism": inputs.mechanism,
        "seed": inputs.seed,
    }
    if inputs.agreement is not None:
        body["proposal"] = proposal_json(inputs.agreement.proposal)
        body["consents"] = dict(inputs.agreement.consents)
    if inputs.emergency is not None:
        body["emergency"] = emergency_json(inputs.emergency)
    return canonical(body).decode()


def inputs_of(text: str) -> Inputs:
    """Return the inputs of a text.

    Raises:
        ValueError: the text is none, or of encodings other than those installed.
    """
    body: Mapping[str, Any] = json.loads(text)
    agreement = None
    if body["mechanism"] == AGREEMENT:
        agreement = Agreement(proposal_of(body["proposal"]), body["consents"])
    return Inputs(
        conflict=conflict_of(body["conflict"]),
        state=state_of(body["state"]),
        rules=ConflictRules(**body["rules"]),
        mechanism=body["mechanism"],
        seed=body["seed"],
        agreement=agreement,
        emergency=emergency_of(body["emergency"]) if "emergency" in body else None,
    )


def decided(inputs: Inputs) -> Decision:
    """Return what the parties agreed to, or what the mechanism decides.

    Raises:
        ConflictError: there is no such mechanism, or a claim or the agreement cannot hold.
    """
    if inputs.agreement is not None:
        return inputs.agreement.resolve(inputs.conflict, inputs.state, inputs.seed)
    return resolve(inputs.mechanism, inputs.conflict, inputs.state, inputs.seed, inputs.rules)


def decided_again(inputs: Inputs, decision: Decision) -> str:
    """Return the result of deciding once more from stored inputs, as it would be stored."""
    if inputs.agreement is not None:
        again = decided(inputs)
    else:
        again = replay(decision, inputs.conflict, inputs.state, inputs.rules)
    return canonical(decision_json(again)).decode()


def digest_of_both(inputs: str, result: str) -> str:
    """Return the SHA-256 of a decision with all that it was made from."""
    return _digest(f"{inputs}\n{result}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
