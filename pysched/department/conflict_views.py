"""What people see of conflicts: lists, trials of every mechanism, reasons, and proofs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from pysched.bank.profile import bank_profile
from pysched.conflicts import (
    FOR_ALL,
    Conflict,
    ConflictError,
    ConflictState,
    Decision,
    Urgency,
    chances_of,
    mechanism_of,
)
from pysched.conflicts.covering_words import coverage_reasons
from pysched.conflicts.draw import follows
from pysched.conflicts.emergency import Emergency
from pysched.conflicts.finding import Wished
from pysched.conflicts.negotiation import Need, needs_of
from pysched.conflicts.telling import reasons_of
from pysched.department.conflict_case import Inputs, decided_again, digest_of_both, inputs_of
from pysched.department.conflict_search import found_in, openings_of
from pysched.department.conflicts import BIDDING, REVEALING, Conflicts
from pysched.department.database import existing
from pysched.model import Week
from pysched.store import ConflictStore, StoreError
from pysched.store.conflict_opening import row_of
from pysched.store.conflict_rows import ConflictRow, DecisionRow
from pysched.store.conflict_seen import result_of

SECONDS_AN_HOUR = 3600
TRIAL_SEED = "a trial, not the seed that will be used"


@dataclass(frozen=True)
class Listed:
    """The conflicts of a week, stored ones and those that are not opened yet.

    Args:
        week: with the days off granted so far.
        rows: conflicts, stored or as they would be opened.
        opened: ids of the stored ones.
        needs: id of an open conflict -> what its parties see of each other.
        decisions: id -> decision.
        free: wishes that nobody contests and that are not granted yet.
        impossible: wishes that cannot be granted even alone.
        later: wishes that are looked at again once a block is decided.
        next_hash: what the next seed hashes to; empty before there is a chain.
    """

    week: Week
    rows: tuple[ConflictRow, ...]
    opened: frozenset[str]
    needs: Mapping[str, tuple[Need, ...]]
    decisions: Mapping[str, Decision]
    free: tuple[Wished, ...]
    impossible: tuple[Wished, ...]
    later: tuple[Wished, ...]
    next_hash: str


@dataclass(frozen=True)
class Trial:
    """What a mechanism would decide.

    Args:
        asked: the mechanism.
        conflict: the claims, with what was supposed of them.
        decision: with one seed of many; who is equal is drawn.
        chances: claimant -> parts per million of all he asks for, over many seeds.
        problem: why it cannot decide; empty if it can.
        is_past: whether it looks at what was known when the conflict was decided.
    """

    asked: str
    conflict: Conflict
    decision: Decision | None
    chances: Mapping[str, int]
    problem: str = ""
    is_past: bool = False


@dataclass(frozen=True)
class Replay:
    """Whether a stored decision is what its inputs come to.

    Args:
        row: as stored.
        findings: what is wrong, nothing if all holds.
        published: what the seed hashes to, known before it was used; empty without a seed.
        seed: as used.
    """

    row: DecisionRow
    findings: tuple[str, ...]
    published: str
    seed: str


@dataclass(frozen=True)
class Supposed:
    """What a trial takes for granted: bids and needs that nobody has to state for it."""

    bids: Mapping[str, int]
    urgency: Mapping[str, Urgency]


def listed(conflicts: Conflicts, week: Week) -> Listed:
    """Return the conflicts of a week; nothing is stored."""
    asked, found = found_in(conflicts.scenario, week, conflicts.store, conflicts.rules)
    stored = conflicts.store.conflicts(week.monday)
    known = {(c.physician, d) for row in stored for c in row.claims for d in c.days}
    rows = list(stored)
    for opening in openings_of(asked, found):
        claims = {(name, day) for name, days in opening.claims.items() for day in days}
        if not claims & known:
            number = 1 + sum(row.day == opening.day for row in rows)
            rows.append(row_of(opening, number, conflicts.now(), BIDDING, REVEALING))
    decisions = {row.id: conflicts.decision(row.id) for row in stored}
    still_open = [row for row in rows if row.status == "open"]
    chain = conflicts.store.chain()
    return Listed(
        week=asked,
        rows=tuple(sorted(rows, key=lambda row: (row.day, row.id))),
        opened=frozenset(row.id for row in stored),
        needs={row.id: needs_of(*conflicts.case(row, week)) for row in still_open},
        decisions={name: decision for name, decision in decisions.items() if decision},
        free=found.free,
        impossible=found.impossible,
        later=found.later,
        next_hash="" if chain is None else conflicts.store.seed_before(chain.id, chain.number),
    )


def simulate(
    conflicts: Conflicts,
    week: Week,
    row: ConflictRow,
    supposed: Supposed,
    draws: int,
    names: Sequence[str] = FOR_ALL,
) -> list[Trial]:
    """Return what each mechanism would decide on the same claims; nothing is stored.

    A conflict that is decided is looked at as it was then: by now its days off are granted.

    Args:
        conflicts: of the scenario.
        week: of the conflict.
        row: the conflict, stored or not.
        supposed: bids and needs in the place of those that are known.
        draws: seeds behind the chances.
        names: of the mechanisms.

    Raises:
        ConflictError: something is supposed of somebody who claims nothing or has too little.
    """
    decided = conflicts.store.decision(row.id)
    if decided is None:
        conflict, state = conflicts.case(row, week)
    else:
        inputs = inputs_of(decided.inputs)
        conflict, state = inputs.conflict, inputs.state
    supposing = _supposing(conflict, supposed)
    state.check(supposing)
    trials = [_trial(conflicts, name, supposing, state, draws) for name in names]
    return [replace(trial, is_past=decided is not None) for trial in trials]


@contextmanager
def stored_conflicts(url: str) -> Iterator[ConflictStore]:
    """Read the conflicts of a database that is there, without a scenario.

    Raises:
        StoreError: it is not there or not up to date.
    """
    with closing(existing(url)) as database:
        yield ConflictStore(database, bank_profile())


def decision_in(store: ConflictStore, name: str) -> DecisionRow:
    """Return the stored decision of a conflict.

    Raises:
        StoreError: there is no such conflict, or it is not decided.
    """
    status = store.conflict(name).status
    row = store.decision(name)
    if row is None:
        raise StoreError(f"conflict {name} is {status}; nothing is decided")
    return row


def all_decided(store: ConflictStore) -> list[DecisionRow]:
    """Return every stored decision, in order of day."""
    found = [store.decision(row.id) for row in store.conflicts()]
    return [row for row in found if row is not None]


def explain(row: DecisionRow) -> tuple[str, ...]:
    """Return in sentences why who got what."""
    inputs = inputs_of(row.inputs)
    if inputs.emergency is not None:
        return coverage_sentences(inputs, inputs.emergency, result_of(row.result))
    return reasons_of(inputs.conflict, inputs.state, result_of(row.result))


def coverage_sentences(inputs: Inputs, emergency: Emergency, decision: Decision) -> tuple[str, ...]:
    """Return in sentences which duty fell open, and why who works it."""
    word, notice = f"{emergency.task}@{emergency.day}", emergency.begins - emergency.asked
    whose = f"which was {emergency.holder}'s" if emergency.holder else "which nobody had"
    hours = f"{notice.total_seconds() / SECONDS_AN_HOUR:.1f} h"
    reasons = coverage_reasons(inputs.conflict, inputs.state, decision, inputs.rules)
    return (f"{word}, {whose}, was asked for {hours} before it begins.", *reasons)


def replay_stored(store: ConflictStore, row: DecisionRow) -> Replay:
    """Decide once more from the stored inputs, and hold the seed against what was published.

    Args:
        store: knows the chain of seeds.
        row: a stored decision.
    """
    findings = []
    if hashlib.sha256(row.inputs.encode()).hexdigest() != row.inputs_digest:
        findings.append("the inputs are not those of their digest")
    if digest_of_both(row.inputs, row.result) != row.digest:
        findings.append("inputs and result are not those of the digest of the decision")
    seed, published = str(json.loads(row.inputs)["seed"]), ""
    if row.chain is not None and row.number is not None:
        published = store.seed_before(row.chain, row.number)
        if not follows(seed, published):
            findings.append("the seed is not the one that was fixed before")
    try:
        again = decided_again(inputs_of(row.inputs), result_of(row.result))
    except ValueError as error:
        findings.append(f"it cannot be decided again: {error}")
    else:
        if again != row.result:
            findings.append("decided again from the same inputs it comes out otherwise")
    return Replay(row, tuple(findings), published, seed)


def _supposing(conflict: Conflict, supposed: Supposed) -> Conflict:
    for name in {*supposed.bids, *supposed.urgency}:
        conflict.claim_of(name)
    claims = []
    for claim in conflict.claims:
        name = claim.physician
        if name in supposed.bids:
            bid = supposed.bids[name]
            claim = replace(claim, bid_cents=bid, commitment=None, nonce=None)
        claims.append(replace(claim, urgency=supposed.urgency.get(name, claim.urgency)))
    return replace(conflict, claims=tuple(claims))


def _trial(
    conflicts: Conflicts, name: str, conflict: Conflict, state: ConflictState, draws: int
) -> Trial:
    mechanism = mechanism_of(name, conflicts.rules)
    try:
        decision = mechanism.resolve(conflict, state, TRIAL_SEED)
        chances = chances_of(mechanism, conflict, state, TRIAL_SEED, draws)
    except ConflictError as error:
        return Trial(name, conflict, None, {}, str(error))
    return Trial(name, conflict, decision, chances)
