"""What an oracle forbids, as rows of the integer program of a bargain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import comb

from pysched.conflicts.feasibility import core_of, grouped
from pysched.conflicts.state import Oracle
from pysched.solver.linear.choice import Row

MOST_QUESTIONS = 400
"""Questions asked to make one row say more; beyond, it stays as it is."""


@dataclass(frozen=True)
class Item:
    """What may be granted or not: a day, or linked days, of one claimant."""

    physician: str
    days: tuple[date, ...]
    worth: int


def ranks_of(items: Sequence[Item], oracle: Oracle) -> list[Row]:
    """Return for each day judged alone how many of its claimants can be off at once."""
    rows: list[Row] = []
    for day, numbers in _by_day(items, range(len(items))).items():
        basis: set[str] = set()
        for number in numbers:
            who = items[number].physician
            if oracle.feasible({day: frozenset(basis | {who})}):
                basis.add(who)
        if len(basis) < len(numbers):
            rows.append(Row(dict.fromkeys(numbers, 1.0), 0.0, float(len(basis))))
    return rows


def forbidden_by(items: Sequence[Item], oracle: Oracle, chosen: Iterable[int]) -> list[Row]:
    """Return rows that a choice breaks: one for each day that is not feasible by itself.

    Where all days are, and the oracle judges weeks, one for each week that is not.

    Args:
        items: of the bargain.
        oracle: who may be away together.
        chosen: numbers of items.
    """
    rows_of = {
        day: [(day, number) for number in numbers]
        for day, numbers in _by_day(items, sorted(chosen)).items()
    }
    rows = _broken(items, oracle, rows_of)
    if rows or oracle.reach == "day":
        return rows
    weeks: dict[date, list[tuple[date, int]]] = {}
    for day, part in rows_of.items():
        weeks.setdefault(day - timedelta(days=day.weekday()), []).extend(part)
    return _broken(items, oracle, weeks)


def _broken(
    items: Sequence[Item], oracle: Oracle, parts: Mapping[date, list[tuple[date, int]]]
) -> list[Row]:
    """Return a row for each part that is not feasible."""
    rows = []
    for part in parts.values():
        away = grouped((day, items[number].physician) for day, number in part)
        if not oracle.feasible(away):
            names = {(items[number].physician, day): number for day, number in part}
            core = core_of(oracle, away)
            joined = {names[row] for row in core}
            most = float(len(joined) - 1)
            if oracle.reach == "day":
                joined |= _spanned(items, oracle, core)
            else:
                joined |= _lifted(items, oracle, joined)
            rows.append(Row(dict.fromkeys(joined, 1.0), 0.0, most))
    return rows


def _spanned(items: Sequence[Item], oracle: Oracle, core: Sequence[tuple[str, date]]) -> set[int]:
    """Return all items on a day that a circuit spans: of the matroid's flat one less may be off."""
    day = core[0][1]
    basis = frozenset(who for who, _ in core[1:])
    on_day = _by_day(items, range(len(items)))[day]
    return {
        number
        for number in on_day
        if items[number].physician in basis
        or not oracle.feasible({day: basis | {items[number].physician}})
    }


def _lifted(items: Sequence[Item], oracle: Oracle, core: set[int]) -> set[int]:
    """Return items on the core's days such that no so many of all are possible.

    An item joins if with any of the others, one less than the core has, it is not feasible.
    """
    days = {day for number in core for day in items[number].days}
    joined = set(core)
    for number, item in enumerate(items):
        if number in joined or not set(item.days) <= days:
            continue
        if comb(len(joined), len(core) - 1) > MOST_QUESTIONS:
            break
        others = combinations(sorted(joined), len(core) - 1)
        if not any(oracle.feasible(_away(items, (number, *rest))) for rest in others):
            joined.add(number)
    return joined


def _away(items: Sequence[Item], numbers: Iterable[int]) -> Mapping[date, frozenset[str]]:
    rows = [(day, items[number].physician) for number in numbers for day in items[number].days]
    return grouped(rows)


def _by_day(items: Sequence[Item], numbers: Iterable[int]) -> dict[date, list[int]]:
    days: dict[date, list[int]] = {}
    for number in numbers:
        for day in items[number].days:
            days.setdefault(day, []).append(number)
    return days
