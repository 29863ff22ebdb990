"""Closed weeks of the bank as JSON texts and back, exactly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from pysched.bank.alerts import Alert
from pysched.bank.close import WorkedWeek
from pysched.bank.kept import KeptWeek
from pysched.bank.versions import Agreed, Move, Version
from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import WeekBurden
from pysched.model import Assignment, Schedule, Week


def kept_to_json(kept: KeptWeek) -> str:
    """Return a closed week as a text, the same for the same week."""
    data = {
        "burden": _burden(kept.burden),
        "closes_over": dict(kept.closes_over),
        "owed": sorted(kept.owed),
        "reconciliation": dict(kept.reconciliation),
        "late_pairs": [[*pair, count] for pair, count in sorted(kept.late_pairs.items())],
        "alerts": [[alert.kind, alert.who, alert.sentence] for alert in kept.alerts],
        "sacrifices": list(kept.sacrifices),
        "rules": asdict(kept.rules) | {"cost_scale": str(kept.rules.cost_scale)},
    }
    return _text(data)


def worked_to_json(worked: WorkedWeek) -> str:
    """Return what was worked, published and agreed in a week as a text, the same for the same."""
    data = {
        "schedule": _rows(worked.schedule),
        "versions": [
            [v.hash, v.published_at.isoformat(), _rows(v.schedule)] for v in worked.versions
        ],
        "agreed": [_agreed(row) for row in worked.agreed],
    }
    return _text(data)


def worked_from_json(text: str, week: Week) -> WorkedWeek:
    """Return the week as worked of a text."""
    data, monday = json.loads(text), week.monday
    return WorkedWeek(
        week=week,
        schedule=_schedule(data["schedule"], monday),
        versions=tuple(
            Version(name, datetime.fromisoformat(time), _schedule(rows, monday))
            for name, time, rows in data["versions"]
        ),
        agreed=tuple(_agreed_of(row) for row in data["agreed"]),
    )


def _text(data: object) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def kept_from_json(text: str, monday: date, revision: int) -> KeptWeek:
    """Return the closed week of a text."""
    data = json.loads(text)
    return KeptWeek(
        burden=_burden_of(data["burden"], monday),
        closes_over=data["closes_over"],
        owed=frozenset(data["owed"]),
        reconciliation=data["reconciliation"],
        late_pairs={(a, b): count for a, b, count in data["late_pairs"]},
        alerts=tuple(Alert(*row) for row in data["alerts"]),
        sacrifices=tuple(data["sacrifices"]),
        rules=EqualizationRules(**_rules_of(data["rules"])),
        revision=revision,
    )


def _burden(burden: WeekBurden) -> dict[str, Any]:
    volumes = sorted((sorted(names), cents) for names, cents in burden.volumes.items())
    return {
        "burdens": dict(burden.burdens),
        "volumes": volumes,
        "active": dict(burden.active),
        "minted_cents": burden.minted_cents,
        "most": dict(burden.most),
    }


def _burden_of(data: Mapping[str, Any], monday: date) -> WeekBurden:
    volumes = {frozenset(names): cents for names, cents in data["volumes"]}
    return WeekBurden(**{**data, "volumes": volumes}, monday=monday)


def _rules_of(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "cost_scale": Fraction(data["cost_scale"])}


def _rows(schedule: Schedule) -> list[list[str]]:
    return [[str(row.day), row.task, row.physician] for row in schedule]


def _schedule(rows: Iterable[list[str]], monday: date) -> Schedule:
    assignments = (Assignment(date.fromisoformat(day), task, name) for day, task, name in rows)
    return Schedule(monday, frozenset(assignments))


def _agreed(row: Agreed) -> list[Any]:
    moves = [[move.task, str(move.day), move.giver, move.taker] for move in row.moves]
    return [row.id, row.kind, row.asker, row.asked_at.isoformat(), moves]


def _agreed_of(data: list[Any]) -> Agreed:
    name, kind, asker, asked_at, rows = data
    moves = tuple(
        Move(task, date.fromisoformat(day), giver, taker) for task, day, giver, taker in rows
    )
    return Agreed(name, kind, asker, datetime.fromisoformat(asked_at), moves)
