"""The numbers of the bank beside each closed week: exactly as they were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pysched.bank.lending_rules import Terms
from pysched.bank.profile import BankProfile, bank_profile
from pysched.store.kept_profile import profile_from_json, profile_to_json

NUMBERS = {
    "ledger": {"expiry_weeks": "none", "cap_cents": 5000},
    "values": {"minted_band": [10, 20], "roles": ["night"], "role_percents": {"night": 150}},
    "equalization": {"cost_scale": "1/20", "target": "mean"},
    "lending": {"aggregate_cap": "no", "default_level": "none"},
    "trust": {"returned_stars": "none"},
}
OWN = bank_profile("recommended", NUMBERS)
TABLE = ((4_000, Terms("high", 90, 5_000, 5, months=3)), (0, Terms("minimal", None, 500, 50)))


@pytest.mark.parametrize(
    "profile",
    [
        bank_profile(),
        bank_profile("seed"),
        OWN,
        replace(OWN, lending=replace(OWN.lending, table=TABLE)),
    ],
)
def test_numbers_come_back(profile: BankProfile) -> None:
    """Fractions, tuples, mappings, nothing and tables of terms."""
    assert profile_from_json(profile_to_json(profile)) == profile


def test_only_what_differs_is_kept() -> None:
    """So that a usual number that becomes another one stays usual."""
    assert profile_to_json(bank_profile("seed")) == '{"name":"seed","parts":{}}'
