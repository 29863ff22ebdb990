"""Negotiation: what parties see, what a proposal may hold, and what all agree to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from pysched.conflicts import Claim, Conflict, ConflictError
from pysched.conflicts.negotiation import (
    Agreement,
    Need,
    Proposal,
    Transfer,
    needs_of,
    proposal_json,
    proposal_of,
)
from tests.conflicts.worlds import MONDAY, conflict, days, seats, state

THREE = ("A", "B", "C")
CONFLICT = conflict(THREE)
STATE = state(THREE, seats(2), tokens=1)
FAIR = Proposal("C1", "A", {"A": (MONDAY,), "B": (MONDAY,)}, (Transfer("A", "C", 300),))


def consents(proposal: Proposal, names: tuple[str, ...] = THREE) -> Mapping[str, str]:
    """Return that these parties agree."""
    return dict.fromkeys(names, proposal.digest)


def test_parties_see_need_and_tokens_and_nothing_else() -> None:
    """No bid, no balance."""
    claims = (Claim("A", (MONDAY,), "high", bid_cents=700), Claim("B", (MONDAY,)))
    seen = needs_of(Conflict("C1", "day_off", (MONDAY,), claims), STATE)
    assert seen == (Need("A", (MONDAY,), "high", 1), Need("B", (MONDAY,), "none", 1))


def test_an_agreement_is_a_decision() -> None:
    """It grants what was proposed, moves credits between the parties and nobody on the wheel."""
    decision = Agreement(FAIR, consents(FAIR)).resolve(CONFLICT, STATE, FAIR.digest)
    assert decision.mechanism == "agreement"
    assert decision.grants == {"A": (MONDAY,), "B": (MONDAY,)}
    assert decision.refused(CONFLICT) == {"C": (MONDAY,)}
    assert decision.paid_cents("A") == 300
    assert decision.paid_cents("C") == -300
    assert (decision.moved, decision.tokens, decision.free) == ((), {}, {})
    assert "A gives C 3.00 credits." in decision.sentences


@pytest.mark.parametrize("left_out", THREE)
def test_without_one_party_there_is_no_agreement(left_out: str) -> None:
    """Whoever it is; consent to another proposal does not count."""
    others = tuple(name for name in THREE if name != left_out)
    with pytest.raises(ConflictError, match=f"{left_out} has not agreed"):
        Agreement(FAIR, consents(FAIR, others)).resolve(CONFLICT, STATE, FAIR.digest)
    other = Proposal("C1", "B", {"B": (MONDAY,)})
    mixed = {**consents(FAIR, others), left_out: other.digest}
    with pytest.raises(ConflictError, match=f"{left_out} has not agreed"):
        Agreement(FAIR, mixed).resolve(CONFLICT, STATE, FAIR.digest)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"conflict": "C2"}, "is of conflict C2"),
        ({"by": "Z"}, "is by 'Z', who claims nothing"),
        ({"grants": {"Z": (MONDAY,)}}, "grants a day to 'Z'"),
        ({"grants": {"A": days(2)}}, "grants A 2026-01-06, which he does not claim"),
        ({"grants": dict.fromkeys(THREE, (MONDAY,))}, "would leave a duty to nobody"),
        ({"transfers": (Transfer("A", "Z", 1),)}, "names 'Z'"),
        ({"transfers": (Transfer("A", "A", 1),)}, "has A pay himself"),
        ({"transfers": (Transfer("A", "B", 0),)}, "a transfer of 0.00"),
        ({"transfers": (Transfer("A", "B", -5),)}, "a transfer of -0.05"),
        ({"transfers": (Transfer("A", "B", 100_001),)}, "has A give 1000.01 credits of 1000.00"),
    ],
)
def test_what_cannot_hold_is_refused(change: dict[str, Any], words: str) -> None:
    """By a line that says what."""
    body: dict[str, Any] = {"conflict": "C1", "by": "A", "grants": {"A": (MONDAY,)}} | change
    proposal = Proposal(**body)
    with pytest.raises(ConflictError, match=words):
        Agreement(proposal, consents(proposal)).resolve(CONFLICT, STATE, proposal.digest)


def test_a_block_is_given_whole_or_not() -> None:
    """A part of linked days is no grant."""
    three = days(3)
    claims = (Claim("A", three, whole=True), Claim("B", three[:1]))
    linked = Conflict("C1", "vacation", three, claims)
    proposal = Proposal("C1", "A", {"A": three[:2]})
    with pytest.raises(ConflictError, match="a part of days that he claims as a whole"):
        Agreement(proposal, consents(proposal, ("A", "B"))).resolve(
            linked, state(("A", "B"), seats(1, three)), proposal.digest
        )


def test_a_proposal_is_read_as_it_was_written() -> None:
    """With the same digest; whatever order its parts are in."""
    again = proposal_of(proposal_json(FAIR))
    assert again == FAIR
    turned = Proposal("C1", "A", {"B": (MONDAY,), "A": (MONDAY,)}, FAIR.transfers)
    assert turned.digest == again.digest == FAIR.digest
    assert Proposal("C1", "A", {"A": (date(2026, 1, 6),)}).digest != FAIR.digest
