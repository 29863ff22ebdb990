"""Amendments as JSON and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from pysched.explain.amendment import Amendment
from pysched.model import Absence


def amendment_to_json(amendment: Amendment) -> dict[str, Any]:
    """Return an amendment as values that JSON knows; what is empty is left out."""
    rows = {
        "absences": [
            [a.physician, str(a.first_day), str(a.last_day), a.kind] for a in amendment.absences
        ],
        "present": [[name, str(first), str(last)] for name, first, last in amendment.present],
        "closed": [[task, str(day)] for task, day in amendment.closed],
        "opened": [[task, str(day)] for task, day in amendment.opened],
        "weights": [[*key, weight] for key, weight in sorted(amendment.weights.items())],
    }
    return {name: row for name, row in rows.items() if row}


def amendment_from_json(data: dict[str, Any]) -> Amendment:
    """Return the amendment of such values."""
    day = date.fromisoformat
    return Amendment(
        absences=tuple(
            Absence(name, day(first), day(last), kind)
            for name, first, last, kind in data.get("absences", ())
        ),
        present=tuple((name, day(a), day(b)) for name, a, b in data.get("present", ())),
        closed=tuple((task, day(text)) for task, text in data.get("closed", ())),
        opened=tuple((task, day(text)) for task, text in data.get("opened", ())),
        weights={(rule, grade): weight for rule, grade, weight in data.get("weights", ())},
    )
