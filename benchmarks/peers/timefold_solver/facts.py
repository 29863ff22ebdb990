"""The facts that the constraints look things up in: what is known of duties and physicians.

They are plain values, so that they can be made and tested without a Java machine. Whatever is
looked up or joined by is an object rather than a number: translated numbers are slow to hash.
The translator reads the annotations as objects, which is why they are not postponed here.
"""

from dataclasses import dataclass, field


@dataclass(eq=False, repr=False)
class Person:
    """A physician of the week.

    Args:
        most_minutes: of work this week; what is fixed may exceed the rule and is then the limit.
        most_nights: this week, likewise.
        target: minutes to be worked, month_due those missing to an even month, 0 in other weeks.
        apart: minutes that balance and target leave between him and his part of the group's.
        too_long: busy days of the week as bits -> windows of days that are then too long.
        occupied_until: when the last duty of the week before ends, 0 where none reaches this one.
    """

    index: int
    id: str
    most_minutes: int
    most_nights: int
    target: int
    month_due: int
    apart: int
    too_long: bytes
    occupied_until: int
    is_steady: bool
    is_intense: bool
    is_over_limit: bool


@dataclass(eq=False, repr=False)
class Day:
    """A day of the week, and its bit in a set of days."""

    number: int
    bit: int


@dataclass(eq=False, repr=False)
class Place:
    """A half-day at a hospital."""

    number: int


@dataclass(eq=False, repr=False)
class Pairing:
    """What it means that one physician has two certain duties.

    Args:
        is_forbidden: by overlap, travel, rest or nights.
        is_at_once: whether the duties share a minute.
        costs: by rank of the level.
    """

    is_forbidden: bool
    is_at_once: bool
    costs: tuple[int, ...]


@dataclass(eq=False, repr=False)
class Ward:
    """A ward with open duties from Monday to Saturday, and what missing leaders cost."""

    open_days: int
    needed: int


@dataclass(eq=False, repr=False)
class Work:
    """A duty, as the constraints need it.

    Args:
        call_ends: day after an on-call night, None for other duties and on Sunday.
        morning: day of work that starts before 14:00, None for other duties.
        unwanted: day of a duty of an unwanted category, None for other duties.
        place: of a work duty, None for on-call ones.
        ward: for its open duties from Monday to Saturday.
        single: rank of a level -> cost by index of the physician who has the duty.
        open: cost by rank of a level if nobody has it.
        later: duty further on in the week -> what it means to have both, if it means anything.
    """

    index: int
    task: str
    day: Day
    start: int
    minutes: int
    is_work: bool
    is_night: bool
    is_sacrifice: bool
    call_ends: Day | None
    morning: Day | None
    unwanted: Day | None
    place: Place | None
    ward: Ward | None
    single: tuple[tuple[int, ...], ...]
    open: tuple[int, ...]
    later: dict["Work", Pairing] = field(default_factory=dict)


@dataclass(eq=False, repr=False)
class Rather:
    """Duties of which a physician should rather have none: any of them costs, once.

    Args:
        cost: by rank of the level.
    """

    person: Person
    duties: frozenset[Work]
    cost: tuple[int, ...]


@dataclass(eq=False, repr=False)
class Preferred:
    """Duties of which a physician should rather have one: none of them costs.

    Args:
        cost: by rank of the level.
    """

    person: Person
    duties: frozenset[Work]
    cost: tuple[int, ...]


@dataclass(eq=False, repr=False)
class Cap:
    """The most duties of a category that a physician has agreed to."""

    person: Person
    duties: frozenset[Work]
    most: int


@dataclass(eq=False, repr=False)
class Spared:
    """An unwanted duty that a member in his first year could take."""

    duty: Work
    person: Person


@dataclass(eq=False, repr=False)
class Team:
    """Two physicians whose meetings at work cost each, or of whom one meeting is wanted."""

    one: Person
    other: Person
    each: int
    never: int
