"""The numbers that a week was closed with, kept beside it: what differs from their profile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, select

from pysched.bank.lending_rules import Terms
from pysched.bank.profile import PARTS, BankProfile, bank_profile
from pysched.store import social_tables as tables


def read_profile(connection: Connection) -> BankProfile:
    """Return the numbers that the last week was closed with; the recommended ones by default."""
    table = tables.bank_week
    query = select(table.c.profile).where(table.c.profile.is_not(None))
    latest = query.order_by(table.c.monday.desc(), table.c.revision.desc()).limit(1)
    text = connection.execute(latest).scalar()
    return bank_profile() if text is None else profile_from_json(text)


def profile_to_json(profile: BankProfile) -> str:
    """Return numbers as a text, the same for the same."""
    usual = bank_profile(profile.name)
    parts = {part: _differing(getattr(usual, part), getattr(profile, part)) for part in PARTS}
    data = {"name": profile.name, "parts": {part: found for part, found in parts.items() if found}}
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def profile_from_json(text: str) -> BankProfile:
    """Return the numbers of a text.

    Raises:
        ValueError: they are of a version that has other keys.
    """
    data = json.loads(text)
    table = data["parts"].get("lending", {}).pop("table", None)
    profile = bank_profile(data["name"], data["parts"])
    if table is None:
        return profile
    rows = tuple((floor, Terms(**terms)) for floor, terms in table)
    return replace(profile, lending=replace(profile.lending, table=rows))


def _differing(usual: Any, rules: Any) -> dict[str, Any]:
    return {
        field.name: _written(field.name, getattr(rules, field.name))
        for field in fields(rules)
        if getattr(rules, field.name) != getattr(usual, field.name)
    }


def _written(key: str, value: Any) -> Any:
    if key == "table":
        return [[floor, asdict(terms)] for floor, terms in value]
    if isinstance(value, Fraction):
        return str(value)
    return dict(value) if isinstance(value, Mapping) else value
