"""The digest of a scenario: equal for equal input, whatever its files look like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass, replace

from pysched.instance.scenario import Scenario


def scenario_digest(scenario: Scenario) -> str:
    """Return the SHA-256 of all in a scenario that a schedule may depend on.

    Warnings, lines of files and the schedule by hand are no input. Neither are the numbers of the
    bank: a run with a bank knows them from their profile.
    """
    known = replace(scenario, warnings=(), lines={}, by_hand=())
    names = [field.name for field in fields(known) if field.name != "bank"]
    text = json.dumps([[name, _plain(getattr(known, name))] for name in names])
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """Return a value as lists and text; what has no order of its own is sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return [[field.name, _plain(getattr(value, field.name))] for field in fields(value)]
    if isinstance(value, Mapping):
        return sorted((json.dumps(_plain(k)), json.dumps(_plain(v))) for k, v in value.items())
    if isinstance(value, Set):
        return sorted(json.dumps(_plain(item)) for item in value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value)
