"""The kinds of cell and value that files hold: ids, days, clock times, numbers, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import (
    CoreSchema,
    ValidationInfo,
    with_info_plain_validator_function,
)

Known = Mapping[str, frozenset[str] | None]
"""Ids by noun; None where the section that defines them could not be read."""

FIRST_YEAR, LAST_YEAR = 1970, 2099
_ID = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}"
_WORDS = {"yes": True, "true": True, "no": False, "false": False}


class Section(BaseModel):
    """A mapping of a file; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, eq=False)
class Reader:
    """How a piece of text becomes a value, and what the JSON Schema says of it."""

    read: Callable[[str, ValidationInfo], Any]
    expected: str
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic call `read` on text and refuse all else."""
        return with_info_plain_validator_function(self._checked)

    def __get_pydantic_json_schema__(self, _: Any, __: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema as it is."""
        return dict(self.schema)

    def _checked(self, value: object, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            raise refusal(self.expected)
        try:
            return self.read(value, info)
        except (ValueError, ArithmeticError) as error:
            raise refusal(str(error) or self.expected) from error


def refusal(expected: str, field: str = "", value: str = "") -> PydanticCustomError:
    """Return the error that says what was expected, of another field of the row if one is named."""
    return PydanticCustomError(
        "refused", "{expected}", {"expected": expected, "field": field, "value": value}
    )


def with_hint(expected: str, value: str, choices: frozenset[str]) -> str:
    """Add the closest choice to what was expected, if one is close."""
    close = _closest(value, choices)
    return expected if close is None else f"{expected}; did you mean {close!r}?"


@lru_cache(maxsize=4096)
def _closest(value: str, choices: frozenset[str]) -> str | None:
    folded = {choice.casefold(): choice for choice in sorted(choices)}
    close = get_close_matches(value[:80].casefold(), folded, n=1)
    return folded[close[0]] if close else None


def check_known(noun: str, value: str, info: ValidationInfo, field: str = "") -> str:
    """Return a value that is a known id of the noun.

    Raises:
        PydanticCustomError: it is unknown; said of the named field, if one is named.
    """
    known: frozenset[str] | None = (info.context or {}).get(noun)
    if known is not None and value not in known:
        raise refusal(with_hint(f"a known {noun}", value, known), field, value)
    return value


def pattern(regex: str, expected: str) -> Reader:
    """Return the reader of text that matches the whole of a pattern."""

    def read(value: str, _: ValidationInfo) -> str:
        if not re.fullmatch(regex, value):
            raise ValueError
        return value

    return Reader(read, expected, {"type": "string", "pattern": f"^{regex}$"})


def reference(noun: str) -> Reader:
    """Return the reader of an id that must be known."""
    schema = {"type": "string", "pattern": f"^{_ID}$"}
    return Reader(lambda value, info: check_known(noun, value, info), f"a known {noun}", schema)


def whole(low: int, high: int) -> Reader:
    """Return the reader of whole numbers from low to high."""
    expected = f"a whole number from {low} to {high}"

    def read(value: str, _: ValidationInfo) -> int:
        if not re.fullmatch("[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ValueError
        return int(value)

    return Reader(read, expected, {"type": "integer", "minimum": low, "maximum": high})


def number(low: str, high: str) -> Reader:
    """Return the reader of numbers from low to high with at most three decimals."""
    expected = f"a number from {low} to {high}, with at most three decimals"

    def read(value: str, _: ValidationInfo) -> Decimal:
        is_plain = re.fullmatch("[0-9]{1,6}([.][0-9]{1,3})?", value)
        if not is_plain or not Decimal(low) <= Decimal(value) <= Decimal(high):
            raise ValueError
        return Decimal(value)

    schema = {"type": "number", "minimum": float(low), "maximum": float(high)}
    return Reader(read, expected, schema)


def choice(*words: str) -> Reader:
    """Return the reader of one word out of a few."""
    choices = frozenset(words)

    def read(value: str, _: ValidationInfo) -> str:
        if value not in choices:
            raise ValueError(with_hint(expected, value, choices))
        return value

    expected = f"one of {', '.join(words)}"
    return Reader(read, expected, {"enum": list(words)})


def _day(value: str, _: ValidationInfo) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("a day that the calendar has") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _clock(value: str, _: ValidationInfo) -> time:
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError
    return time.fromisoformat(value)


def _yes(value: str, _: ValidationInfo) -> bool:
    if value.lower() not in _WORDS:
        raise ValueError
    return _WORDS[value.lower()]


_DAY_EXPECTED = "a day as YYYY-MM-DD (DD/MM/YYYY only where day and month cannot be mistaken)"
_CLOCK_EXPECTED = "a clock time as HH:MM, from 00:00 to 23:59"
_CLOCK_SCHEMA = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
_YES_SCHEMA = {"enum": [True, False, "yes", "no", "true", "false"]}

Id = Annotated[
    str, pattern(_ID, "1 to 40 letters, digits, _ - and ., the first a letter, digit or _")
]
Text = Annotated[str, pattern(r"[^\x00-\x1f]{1,200}", "1 to 200 characters on one line")]
FreeText = Annotated[str, pattern(r"[^\x00-\x08]{0,500}", "at most 500 characters")]
Day = Annotated[date, Reader(_day, _DAY_EXPECTED, {"type": "string", "format": "date"})]
Clock = Annotated[time, Reader(_clock, _CLOCK_EXPECTED, _CLOCK_SCHEMA)]
Yes = Annotated[bool, Reader(_yes, "yes or no", _YES_SCHEMA)]
HospitalId = Annotated[str, reference("hospital")]
CategoryId = Annotated[str, reference("category")]
TaskId = Annotated[str, reference("task")]
PhysicianId = Annotated[str, reference("physician")]
