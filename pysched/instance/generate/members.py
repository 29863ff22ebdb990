"""The physicians of a cluster: how much they can do, status, hours, seniority, mentors, styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Literal

from pysched.model import Physician
from pysched.model.network import Status

Breadth = Literal["full", "middle", "resident", "specialist"]

_SMALLEST_WITH_SPECIALIST = 8
_YEARS: dict[Status, tuple[int, int]] = {"senior": (14, 28), "expert": (6, 13), "resident": (1, 5)}
_PART_TIME_HOURS = (24, 28, 30, 32)
_PART_TIME_CHANCE = 0.06
_STYLE_CHANCE = 0.3


@dataclass(frozen=True, slots=True)
class Member:
    """A physician and the breadth of his skills."""

    physician: Physician
    breadth: Breadth

    @property
    def id(self) -> str:
        """The id of the physician."""
        return self.physician.id


def members_of(first: int, size: int, rng: Random) -> tuple[Member, ...]:
    """Return the members of a cluster.

    Args:
        first: number of its first physician in the network.
        size: how many there are.
        rng: where chance comes from.
    """
    breadths = _breadths(size)
    rng.shuffle(breadths)
    ids = [f"P{first + n}" for n in range(size)]
    full = [id_ for id_, breadth in zip(ids, breadths, strict=True) if breadth == "full"]
    seniors = set(rng.sample(full, max(1, len(full) * 5 // 7)))
    newcomer = breadths.index("resident")
    members = []
    for n, (id_, breadth) in enumerate(zip(ids, breadths, strict=True)):
        mentor = rng.choice(sorted(seniors)) if breadth == "resident" else None
        status: Status = "expert"
        if breadth == "resident":
            status = "resident"
        elif id_ in seniors:
            status = "senior"
        years = Decimal("0.5") if n == newcomer else Decimal(rng.randint(*_YEARS[status]))
        members.append(Member(_physician(id_, status, years, mentor, breadth, rng), breadth))
    return tuple(members)


def hours_of(members: Sequence[Member]) -> Decimal:
    """Return the contractual hours a week of some members."""
    return sum((member.physician.weekly_hours for member in members), Decimal(0))


def _breadths(size: int) -> list[Breadth]:
    """Return breadths in the shares of Ferrara: 7 full, 3 middle, 3 residents, 1 specialist."""
    residents = max(1, size * 3 // 14)
    middle = max(1, size * 3 // 14)
    specialists = int(size >= _SMALLEST_WITH_SPECIALIST)
    counts: dict[Breadth, int] = {
        "full": size - residents - middle - specialists,
        "middle": middle,
        "resident": residents,
        "specialist": specialists,
    }
    return [breadth for breadth, count in counts.items() for _ in range(count)]


def _physician(
    id_: str, status: Status, years: Decimal, mentor: str | None, breadth: Breadth, rng: Random
) -> Physician:
    hours = 38
    if breadth == "specialist":
        hours = 19
    elif breadth == "middle" and rng.random() < _PART_TIME_CHANCE * 3:
        hours = rng.choice(_PART_TIME_HOURS)
    style: Literal["steady", "intense"] | None = None
    if breadth != "resident" and rng.random() < _STYLE_CHANCE:
        style = rng.choice(("steady", "intense"))
    return Physician(id_, id_, status, Decimal(hours), years, style, mentor)
