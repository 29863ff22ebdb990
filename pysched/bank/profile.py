"""The profile of the bank: every number as a key, under a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

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
            for a tuple, a text for what it says: a number, a fraction (1/10), yes, no, none.

    Raises:
        ValueError: there is no such profile, part or key, or a value does not fit.
    """
    if name not in PROFILES:
        raise ValueError(f"bank profile {name!r} is none of {', '.join(PROFILES)}")
    parts = {part: make(name) for part, make in PARTS.items()}
    for part, values in (overrides or {}).items():
        if part not in parts:
            raise ValueError(f"bank has no part {part!r}; it has {', '.join(parts)}")
        if not isinstance(values, Mapping):
            raise ValueError(f"bank.{part} {values!r} is no mapping of keys")
        parts[part] = _overridden(part, parts[part], values)
    return BankProfile(name, **parts)


PARTS: Mapping[str, Callable[[str], Any]] = {
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
    """Return a value as a field of some type has it; files say all in texts, floats are refused."""
    kinds = set(get_args(hint)) if get_origin(hint) in (Union, UnionType) else {hint}
    if value == "none" or value is None:
        if type(None) not in kinds:
            raise ValueError(f"{where} is empty")
        return None
    for kind, read in ((Fraction, _fraction), (int, _whole), (bool, _switch)):
        if kind in kinds:
            return read(where, value)
    if isinstance(value, list | tuple):
        whole = hint == tuple[int, int]
        return tuple(_whole(where, item) if whole else item for item in value)
    if isinstance(value, Mapping):
        return {key: _whole(f"{where}.{key}", item) for key, item in value.items()}
    return _word(where, value, kinds)


def _word(where: str, value: Any, kinds: Iterable[Any]) -> str:
    words = [word for kind in kinds for word in get_args(kind) if isinstance(word, str)]
    if value not in words:
        raise ValueError(f"{where} {value!r} is none of {', '.join(sorted(words))}")
    return str(value)


def _whole(where: str, value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,12}", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{where} {value!r} is no whole number")
    return value


def _fraction(where: str, value: Any) -> Fraction:
    if isinstance(value, float | bool):
        raise ValueError(f"{where} {value!r} is no whole number and no fraction such as 1/10")
    try:
        return Fraction(value)
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise ValueError(f"{where} {value!r} is no fraction such as 1/10") from error


def _switch(where: str, value: Any) -> bool:
    known = {"yes": True, "true": True, "no": False, "false": False}
    found = known.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise ValueError(f"{where} {value!r} is neither yes nor no")
    return found
