"""The profile of the bank: every number as a key, under a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, get_type_hints

from pysched.bank.ledger_rules import LedgerRules

PROFILES = ("seed", "recommended")


@dataclass(frozen=True)
class BankProfile:
    """All rules of the bank; each part is owned by the module that applies it.

    Args:
        name: `seed` (the letter of the proposal) or `recommended`.
        ledger: expiry, decay, cap, reset.
    """

    name: str
    ledger: LedgerRules


def bank_profile(
    name: str = "recommended", overrides: Mapping[str, Mapping[str, Any]] | None = None
) -> BankProfile:
    """Return a profile with some of its numbers replaced.

    Args:
        name: one of `PROFILES`.
        overrides: part -> key -> value, such as `{"ledger": {"expiry_weeks": 26}}`.

    Raises:
        ValueError: there is no such profile, part or key, or a value does not fit.
    """
    if name not in PROFILES:
        raise ValueError(f"bank profile {name!r} is none of {', '.join(PROFILES)}")
    parts = {part: make(name) for part, make in _PARTS.items()}
    for part, values in (overrides or {}).items():
        if part not in parts:
            raise ValueError(f"bank has no part {part!r}; it has {', '.join(parts)}")
        parts[part] = _overridden(part, parts[part], values)
    return BankProfile(name, **parts)


_PARTS: Mapping[str, Callable[[str], Any]] = {
    "ledger": lambda name: getattr(LedgerRules, name)(),
}
"""Part -> rules by name of profile; a part that joins has its class here and its field above."""


def _overridden(part: str, rules: Any, values: Mapping[str, Any]) -> Any:
    known = {field.name for field in fields(rules)}
    hints = get_type_hints(type(rules))
    for key, value in values.items():
        if key not in known:
            raise ValueError(f"bank.{part} has no key {key!r}; it has {', '.join(sorted(known))}")
        if isinstance(value, float) or (isinstance(value, bool) and hints[key] is not bool):
            raise ValueError(f"bank.{part}.{key} {value!r} is no whole number")
    return replace(rules, **values)
