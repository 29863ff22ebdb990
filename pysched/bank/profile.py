"""The profile of the bank: every number as a key, under a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any, get_type_hints

from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.lending_rules import LendingRules
from pysched.bank.value_rules import ValueRules
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.trust.rules import TrustRules

PROFILES = ("seed", "recommended")


@dataclass(frozen=True)
class BankProfile:
    """All rules of the bank; each part is owned by the module that applies it.

    Args:
        name: `seed` (the letter of the proposal) or `recommended`.
        ledger: expiry, decay, cap, reset.
        values: what sacrifices are worth.
        equalization: window, target and limits of burdens.
        trust: how evidence becomes a score.
        lending: how loans are made and end.
    """

    name: str
    ledger: LedgerRules
    values: ValueRules
    equalization: EqualizationRules
    trust: TrustRules
    lending: LendingRules


def bank_profile(
    name: str = "recommended", overrides: Mapping[str, Mapping[str, Any]] | None = None
) -> BankProfile:
    """Return a profile with some of its numbers replaced.

    Args:
        name: one of `PROFILES`.
        overrides: part -> key -> value, such as `{"ledger": {"expiry_weeks": 26}}`. A list stands
            for a tuple, a text such as "1/10" for a fraction.

    Raises:
        ValueError: there is no such profile, part or key, or a value does not fit.
    """
    if name not in PROFILES:
        raise ValueError(f"bank profile {name!r} is none of {', '.join(PROFILES)}")
    parts = {part: make(name) for part, make in _PARTS.items()}
    for part, values in (overrides or {}).items():
        if part not in parts:
            raise ValueError(f"bank has no part {part!r}; it has {', '.join(parts)}")
        if not isinstance(values, Mapping):
            raise ValueError(f"bank.{part} {values!r} is no mapping of keys")
        parts[part] = _overridden(part, parts[part], values)
    return BankProfile(name, **parts)


_PARTS: Mapping[str, Callable[[str], Any]] = {
    "ledger": lambda name: getattr(LedgerRules, name)(),
    "values": lambda name: getattr(ValueRules, name)(),
    "equalization": lambda name: getattr(EqualizationRules, name)(),
    "trust": lambda name: getattr(TrustRules, name)(),
    "lending": lambda name: getattr(LendingRules, name)(),
}
"""Part -> rules by name of profile; a part that joins has its class here and its field above."""


def _overridden(part: str, rules: Any, values: Mapping[str, Any]) -> Any:
    known = {field.name for field in fields(rules)}
    hints = get_type_hints(type(rules))
    for key in values:
        if key not in known:
            raise ValueError(f"bank.{part} has no key {key!r}; it has {', '.join(sorted(known))}")
    fitting = {
        key: _fitting(f"bank.{part}.{key}", value, hints[key]) for key, value in values.items()
    }
    try:
        return replace(rules, **fitting)
    except TypeError as error:
        raise ValueError(f"bank.{part}: {error}") from error


def _fitting(where: str, value: Any, hint: Any) -> Any:
    """Return a value as a field of some type has it; floats are never exact."""
    if hint is Fraction and isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError) as error:
            raise ValueError(f"{where} {value!r} is no fraction such as 1/10") from error
    is_number = hint in (int, int | None, Fraction)
    wrong = isinstance(value, float) or (isinstance(value, bool) and hint is not bool)
    if wrong or (is_number and not isinstance(value, int | None)):
        raise ValueError(f"{where} {value!r} is no whole number")
    if value is None and hint in (int, Fraction):
        raise ValueError(f"{where} is empty")
    return tuple(value) if isinstance(value, list) else value
