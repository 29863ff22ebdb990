"""The profile of the bank: two by name, every number a key."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.profile import BankProfile, bank_profile


def test_the_profiles_are_as_written() -> None:
    """The seed loses nothing; the recommended one forgets after a year and caps at 100."""
    seed, recommended = bank_profile("seed"), bank_profile()
    assert (seed.ledger.expiry_weeks, seed.ledger.cap_cents) == (None, None)
    assert (recommended.ledger.expiry_weeks, recommended.ledger.cap_cents) == (52, 32_000)
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


def test_parts_come_from_their_owners() -> None:
    """Each in the reading of the profile; lists and fractions as a file has them."""
    seed, recommended = bank_profile("seed"), bank_profile()
    assert (seed.equalization.target, recommended.equalization.target) == ("mean", "egalitarian")
    assert (seed.values.basis, recommended.values.basis) == ("gross", "excess")
    assert (seed.lending.garnish_percent, recommended.lending.garnish_percent) == (0, 50)
    assert (seed.trust.circle_percent, recommended.trust.circle_percent) == (0, 34)
    numbers = {
        "ledger": {"expiry_weeks": "none", "cap_cents": "5000"},
        "values": {"minted_band": ["10", "20"], "topup": "gross", "roles": ["night"]},
        "equalization": {"cost_scale": "1/20"},
        "lending": {"aggregate_cap": "no", "default_level": "none"},
    }
    changed = bank_profile("recommended", numbers)
    assert (changed.ledger.expiry_weeks, changed.ledger.cap_cents) == (None, 5000)
    assert (changed.values.topup, changed.values.roles) == ("gross", ("night",))
    assert (changed.lending.aggregate_cap, changed.lending.default_level) == (False, None)
    assert changed.equalization.cost_scale == Fraction(1, 20)
    assert changed.values.minted_band == (10, 20)


@pytest.mark.parametrize(
    ("name", "overrides", "text"),
    [
        ("other", {}, "bank profile 'other' is none of seed, recommended"),
        ("seed", {"song": {}}, "bank has no part 'song'"),
        ("seed", {"ledger": {"song": 1}}, "bank.ledger has no key 'song'"),
        ("seed", {"ledger": {"cap_cents": 1.5}}, "bank.ledger.cap_cents 1.5 is no whole number"),
        ("seed", {"ledger": {"cap_cents": True}}, "is no whole number"),
        ("seed", {"ledger": {"cap_cents": "many"}}, "cap_cents 'many' is no whole number"),
        ("seed", {"ledger": "none"}, "bank.ledger 'none' is no mapping"),
        ("seed", {"values": {"holiday_cents": None}}, "bank.values.holiday_cents is empty"),
        ("seed", {"lending": {"aggregate_cap": "perhaps"}}, "'perhaps' is neither yes nor no"),
        ("seed", {"lending": {"loss_to": "nobody"}}, "'nobody' is none of lender, pool"),
        ("seed", {"equalization": {"cost_scale": "1/0"}}, "cost_scale '1/0' is no fraction"),
        ("seed", {"ledger": {"cap_cents": -1}}, "cap_cents -1 is below 0"),
        ("seed", {"ledger": {"expiry_weeks": 0}}, "expiry_weeks 0 is not within"),
        ("seed", {"ledger": {"decay_basis_points": 10_001}}, "is not within 0 and 10000"),
    ],
)
def test_a_wrong_number_is_named(name: str, overrides: dict[str, Any], text: str) -> None:
    """With its key and value."""
    with pytest.raises(ValueError, match=text):
        bank_profile(name, overrides)
