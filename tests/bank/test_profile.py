"""The profile of the bank: two by name, every number a key."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.profile import BankProfile, bank_profile


def test_the_profiles_are_as_written() -> None:
    """The seed loses nothing; the recommended one forgets after a year and caps at 100."""
    seed, recommended = bank_profile("seed"), bank_profile()
    assert (seed.ledger.expiry_weeks, seed.ledger.cap_cents) == (None, None)
    assert (recommended.ledger.expiry_weeks, recommended.ledger.cap_cents) == (52, 10_000)
    assert recommended.ledger.decay_basis_points == recommended.ledger.reset_basis_points == 0
    assert seed.ledger.expiry(date(2024, 1, 1)) is None
    assert recommended.ledger.expiry(date(2024, 1, 1)) == date(2024, 12, 30)


def test_every_number_is_a_key() -> None:
    """One is replaced, the others stay."""
    for field in fields(LedgerRules):
        changed = bank_profile("recommended", {"ledger": {field.name: 77}})
        assert getattr(changed.ledger, field.name) == 77
        assert changed != bank_profile("recommended")
    assert isinstance(bank_profile("seed"), BankProfile)


@pytest.mark.parametrize(
    ("name", "overrides", "text"),
    [
        ("other", {}, "bank profile 'other' is none of seed, recommended"),
        ("seed", {"song": {}}, "bank has no part 'song'"),
        ("seed", {"ledger": {"song": 1}}, "bank.ledger has no key 'song'"),
        ("seed", {"ledger": {"cap_cents": 1.5}}, "bank.ledger.cap_cents 1.5 is no whole number"),
        ("seed", {"ledger": {"cap_cents": True}}, "is no whole number"),
        ("seed", {"ledger": {"cap_cents": -1}}, "cap_cents -1 is below 0"),
        ("seed", {"ledger": {"expiry_weeks": 0}}, "expiry_weeks 0 is not within"),
        ("seed", {"ledger": {"decay_basis_points": 10_001}}, "is not within 0 and 10000"),
    ],
)
def test_a_wrong_number_is_named(name: str, overrides: dict[str, Any], text: str) -> None:
    """With its key and value."""
    with pytest.raises(ValueError, match=text):
        bank_profile(name, overrides)
