"""The rotating priority wheel: who won goes to the back, who never won is first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pysched.conflicts.conflict import Conflict, ConflictError
from pysched.conflicts.course import Course
from pysched.conflicts.decision import Decision
from pysched.conflicts.draw import lots
from pysched.conflicts.granting import decide, due_first
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.state import ConflictState, Turn

NEVER: Turn = (-1, 0)
"""Before all who ever went to the back."""


@dataclass(frozen=True, order=True)
class WheelEvent:
    """Something that turned a wheel.

    Args:
        number: 0, 1, 2 ... within the wheel, without gaps.
        wheel: one for each kind of conflict, so that places are not saved up for holidays.
        kind: `win` moves the physicians to the back in their order, `join` puts new ones there
            together (lots decide between them), `reset` forgets all that was before.
        physicians: whom it concerns; nobody for a reset.
        conflict: id of the conflict won.
    """

    number: int
    wheel: str
    kind: Literal["win", "join", "reset"]
    physicians: tuple[str, ...] = ()
    conflict: str = ""


def turns_of(events: Iterable[WheelEvent]) -> dict[str, Turn]:
    """Return the state of one wheel from all its events, in any order.

    Raises:
        ConflictError: a number is missing or double, or there are events of two wheels.
    """
    rows = sorted(events, key=lambda event: event.number)
    if [row.number for row in rows] != list(range(len(rows))):
        raise ConflictError(f"wheel events {[row.number for row in rows]} are not gapless from 0")
    if len({row.wheel for row in rows}) > 1:
        raise ConflictError(f"events of wheels {sorted({row.wheel for row in rows})} in one")
    turns: dict[str, Turn] = {}
    for row in rows:
        if row.kind == "reset":
            turns = {}
        for place, physician in enumerate(row.physicians):
            turns[physician] = (row.number, place if row.kind == "win" else 0)
    return turns


def wheel_order(
    turns: Mapping[str, Turn], names: Iterable[str], seed: str, what: str
) -> tuple[str, ...]:
    """Return names in the order of a wheel; ties, such as between new members, by lots."""
    ties = {name: place for place, name in enumerate(lots(seed, what, names))}
    return tuple(sorted(ties, key=lambda name: (turns.get(name, NEVER), ties[name])))


def most_losses(members: int, seats: int) -> int:
    """Return how many conflicts in a row one who always claims may lose: ceil(n / c) - 1.

    Args:
        members: of the wheel, n.
        seats: granted in each conflict, c.
    """
    return -(-members // seats) - 1


@dataclass(frozen=True)
class Wheel:
    """First come those whose last win is longest ago; what nobody contests moves nobody."""

    rules: ConflictRules = field(default_factory=ConflictRules)

    name = "wheel"

    def resolve(self, conflict: Conflict, state: ConflictState, seed: str) -> Decision:
        """Take the order of the wheel of the conflict's kind; see `Mechanism`."""
        course = Course(conflict, state, self.rules, seed)
        turns = dict(state.wheels.get(conflict.kind, {}))
        last = max((number for number, _ in turns.values()), default=-1)
        for contest in course.contests():
            what = f"{conflict.id}|{contest.key}"
            order = wheel_order(turns, contest.wants, course.seed, what)
            course.order = tuple(due_first(order, state))
            course.note(contest, {"order": list(course.order)})
            taken = decide(contest, course.order, course.grants)
            course.won(taken)
            last += 1
            turns |= {physician: (last, place) for place, physician in enumerate(taken)}
        return course.decision(self.name)
