"""What the state machine of the ledger draws from, and the rules that it plays by."""

from __future__ import annotations

from hypothesis import strategies as st

from pysched.bank.ledger_rules import LedgerRules
from tests.store import oracle

RULES = LedgerRules(
    expiry_weeks=oracle.EXPIRY.days // 7,
    cap_cents=oracle.CAP,
    decay_basis_points=100 * oracle.DECAY_PERCENT,
    reset_weeks=oracle.RESET_WEEKS,
    reset_basis_points=100 * oracle.RESET_PERCENT,
)
NAMES = st.sampled_from(["P1", "P2", "P3", "P4"])
PAIRS = st.sampled_from([(a, b) for a in range(1, 5) for b in range(1, 5) if a != b]).map(
    lambda pair: tuple(f"P{number}" for number in pair)
)
ESCROW_ACCOUNTS = ("escrow:c1", "escrow:transfer-1")
ESCROWS = st.sampled_from(ESCROW_ACCOUNTS)
CENTS = st.one_of(st.integers(1, 300), st.integers(1, 300), st.sampled_from([1, 999, 2500]))
NUMBERS = st.integers(0, 10**6)
