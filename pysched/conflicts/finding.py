"""Which wishes for days off contend: what is free, what is impossible, what is a conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from pysched.conflicts.conflict import Kind
from pysched.conflicts.feasibility import core_of, grouped
from pysched.conflicts.state import Oracle
from pysched.model import Week

BLOCK_DAYS = 3
"""Days in a row from which on one asks for a block: all of them or none."""
MOST_TRIED = 8
"""Claimants of a day up to which all combinations of the others are tried."""


@dataclass(frozen=True, order=True)
class Wished:
    """Days that one physician asks for together: a single one, or a block."""

    days: tuple[date, ...]
    physician: str

    @property
    def rows(self) -> list[tuple[date, str]]:
        """The days off, (day, physician)."""
        return [(day, self.physician) for day in self.days]


@dataclass(frozen=True)
class Contested:
    """Wishes that cannot all be granted.

    Args:
        kind: of the conflict.
        days: in question, in order.
        wishes: in order.
    """

    kind: Kind
    days: tuple[date, ...]
    wishes: tuple[Wished, ...]

    @property
    def claims(self) -> dict[str, tuple[date, ...]]:
        """Physician -> the days that he claims, in order."""
        return days_by_physician(self.wishes)

    @property
    def whole(self) -> frozenset[str]:
        """Who asks for a block."""
        return frozenset(w.physician for w in self.wishes if len(w.days) > 1)


@dataclass(frozen=True)
class Found:
    """What the wishes of a week come to.

    Args:
        free: that can be granted whatever the others get.
        impossible: that cannot be granted even alone; they stay wishes.
        contested: by first day.
        later: that contend once more when a block is decided that they are linked with; beside a
            block each claims one thing, since linked days are granted all or none.
    """

    free: tuple[Wished, ...]
    impossible: tuple[Wished, ...]
    contested: tuple[Contested, ...]
    later: tuple[Wished, ...] = ()


def wishes_of(week: Week) -> dict[str, tuple[date, ...]]:
    """Return physician -> days off that he wishes, absences and granted days left out."""
    days: dict[str, set[date]] = defaultdict(set)
    for request in week.requests:
        is_open = (request.physician, request.day) not in week.granted
        if (
            request.kind == "day_off"
            and is_open
            and week.is_present(request.physician, request.day)
        ):
            days[request.physician].add(request.day)
    return {name: tuple(sorted(days[name])) for name in sorted(days)}


def find_conflicts(week: Week, oracle: Oracle, wished: Mapping[str, tuple[date, ...]]) -> Found:
    """Sort wishes into those that are free, impossible and contested.

    Days that exclude one another, by a block or by the rules of the week, are one conflict.

    Args:
        week: gives the public holidays.
        oracle: who may be away together, days granted before included.
        wished: physician -> days.
    """
    wishes = sorted(w for name, days in wished.items() for w in _parts(name, days))
    impossible = [w for w in wishes if not oracle.feasible(grouped(w.rows))]
    left = [w for w in wishes if w not in impossible]
    groups: list[Contested] = []
    free: list[Wished] = []
    later: list[Wished] = []
    for group, is_contested in _groups(oracle, left):
        spare = _spare(oracle, group) if is_contested else group
        free += spare
        rest = [w for w in group if w not in spare]
        chosen = _one_each(rest)
        later += [w for w in rest if w not in chosen]
        if chosen:
            groups.append(_contested(week, chosen))
    ordered = sorted(groups, key=lambda group: group.days)
    return Found(tuple(sorted(free)), tuple(impossible), tuple(ordered), tuple(sorted(later)))


def days_by_physician(wishes: Iterable[Wished]) -> dict[str, tuple[date, ...]]:
    """Return physician -> all his days among wishes, in order."""
    days: dict[str, set[date]] = defaultdict(set)
    for wish in wishes:
        days[wish.physician].update(wish.days)
    return {name: tuple(sorted(days[name])) for name in sorted(days)}


def _parts(physician: str, days: tuple[date, ...]) -> Iterator[Wished]:
    """Yield blocks of days in a row, and the other days one by one."""
    run: list[date] = []
    for day in (*sorted(days), None):
        if run and (day is None or day - run[-1] != timedelta(days=1)):
            is_block = len(run) >= BLOCK_DAYS
            yield from (
                [Wished(tuple(run), physician)]
                if is_block
                else (Wished((one,), physician) for one in run)
            )
            run = []
        if day is not None:
            run.append(day)


def _groups(oracle: Oracle, wishes: list[Wished]) -> Iterator[tuple[list[Wished], bool]]:
    """Yield wishes by linked days, and whether they contend."""
    together = {day: day for wish in wishes for day in wish.days}

    def root(day: date) -> date:
        while together[day] != day:
            day = together[day]
        return day

    def link(days: Iterable[date]) -> None:
        roots = sorted({root(day) for day in days})
        for other in roots[1:]:
            together[other] = roots[0]

    for wish in wishes:
        link(wish.days)
    marked: set[date] = set()
    left = list(wishes)
    while not oracle.feasible(_away(left)):
        days = {day for _, day in core_of(oracle, _away(left))}
        link(days)
        marked |= days
        hot = {root(day) for day in marked}
        left = [w for w in left if root(w.days[0]) not in hot]
    hot = {root(day) for day in marked}
    for first in sorted({root(day) for day in together}):
        yield [w for w in wishes if root(w.days[0]) == first], first in hot


def _spare(oracle: Oracle, group: list[Wished]) -> list[Wished]:
    """Return the wishes of a contested day that no combination of the others stands against."""
    if len({w.days for w in group}) > 1 or len(group) > MOST_TRIED:
        return []
    return [wish for wish in group if _never_displaced(oracle, wish, group)]


def _never_displaced(oracle: Oracle, wish: Wished, group: list[Wished]) -> bool:
    others = [w for w in group if w != wish]
    return not any(
        oracle.feasible(_away(some)) and not oracle.feasible(_away([*some, wish]))
        for size in range(len(others), 0, -1)
        for some in combinations(others, size)
    )


def _one_each(wishes: list[Wished]) -> list[Wished]:
    """Return wishes that may be one conflict: where there is a block, one a physician, his block.

    A mechanism takes the days of a conflict all as linked or all apart.
    """
    if not any(len(wish.days) > 1 for wish in wishes):
        return wishes
    first: dict[str, Wished] = {}
    for wish in sorted(wishes, key=lambda w: (len(w.days) == 1, w)):
        first.setdefault(wish.physician, wish)
    return [wish for wish in wishes if first[wish.physician] == wish]


def _contested(week: Week, wishes: list[Wished]) -> Contested:
    days = tuple(sorted({day for wish in wishes for day in wish.days}))
    kind: Kind = "day_off"
    if any(len(wish.days) > 1 for wish in wishes):
        kind = "vacation"
    if any(day in week.holidays for day in days):
        kind = "holiday"
    return Contested(kind, days, tuple(wishes))


def _away(wishes: Iterable[Wished]) -> dict[date, frozenset[str]]:
    return grouped(row for wish in wishes for row in wish.rows)
