"""The rules of worked time as constraint streams."""

from collections.abc import Iterator

from .domain import Timetable
from .facts import Person
from .known import Known
from .streams import Streams
from .untyped import Constraint, ConstraintCollectors, Stream
from .weights import rank_of, soft

STEADY_MINUTES = 8 * 60
INTENSE_MINUTES = 12 * 60


def constraints(streams: Streams, known: Known, problem: Timetable) -> Iterator[Constraint]:
    """Yield the constraints that price the worked time of a week, its days and its styles."""
    worked = streams.worked.complement(Person, lambda person: 0)
    yield from _below(worked, known)
    yield from _overtime(worked, known)
    yield from _spread(worked, known)
    yield from _steady(streams, known)
    yield from _intense(streams, known)


def _below(worked: Stream, known: Known) -> Iterator[Constraint]:
    rank, weight = rank_of(known, "minimum_hours"), known.weight("minimum_hours", "hour")
    if rank is not None:
        yield (
            worked.filter(lambda person, minutes: minutes < person.target)
            .penalize(
                soft(rank), lambda person, minutes: weight * ((person.target - minutes + 59) // 60)
            )
            .as_constraint("minimum hours")
        )
    rank, month = rank_of(known, "month_hours"), known.weight("month_hours", "hour")
    if rank is not None:
        yield (
            worked.filter(lambda person, minutes: minutes < person.month_due)
            .penalize(
                soft(rank),
                lambda person, minutes: month * ((person.month_due - minutes + 59) // 60),
            )
            .as_constraint("month hours")
        )


def _overtime(worked: Stream, known: Known) -> Iterator[Constraint]:
    rank, weight = rank_of(known, "maximum_overtime"), known.weight("maximum_overtime", "hour")
    if rank is not None:
        yield (
            worked.group_by(
                ConstraintCollectors.max(
                    lambda person, minutes: (minutes - person.target + 59) // 60
                )
            )
            .filter(lambda hours: hours > 0)
            .penalize(soft(rank), lambda hours: weight * hours)
            .as_constraint("maximum overtime")
        )


def _spread(worked: Stream, known: Known) -> Iterator[Constraint]:
    rank, weight = rank_of(known, "hours_spread"), known.weight("hours_spread", "block")
    block = 60 * known.network.rules.limits.spread_block_hours

    def cost(person: Person, minutes: int) -> int:
        blocks = (abs(minutes + person.apart) + block - 1) // block
        return weight * (blocks * (blocks + 1) // 2)

    if rank is not None:
        yield worked.penalize(soft(rank), cost).as_constraint("hours spread")


def _steady(streams: Streams, known: Known) -> Iterator[Constraint]:
    rank, weight = rank_of(known, "workload_style"), known.weight("workload_style", "steady")
    styles = {person.style for person in known.network.physicians.values()}
    if rank is not None and "steady" in styles and weight:
        yield (
            streams.slots.filter(lambda slot: slot.physician.is_steady)
            .group_by(
                lambda slot: slot.physician,
                lambda slot: slot.duty.day,
                ConstraintCollectors.sum(lambda slot: slot.duty.minutes),
            )
            .filter(lambda person, day, minutes: minutes > STEADY_MINUTES)
            .penalize(soft(rank), lambda person, day, minutes: weight)
            .as_constraint("steady workload")
        )


def _intense(streams: Streams, known: Known) -> Iterator[Constraint]:
    rank, weight = rank_of(known, "workload_style"), known.weight("workload_style", "intense")
    styles = {person.style for person in known.network.physicians.values()}

    def beyond(person: Person, days: int, minutes: int) -> int:
        return weight * max(0, days - (minutes + INTENSE_MINUTES - 1) // INTENSE_MINUTES)

    if rank is not None and "intense" in styles and weight:
        yield (
            streams.slots.filter(lambda slot: slot.physician.is_intense)
            .group_by(
                lambda slot: slot.physician,
                ConstraintCollectors.conditionally(
                    lambda slot: slot.duty.is_work,
                    ConstraintCollectors.count_distinct(lambda slot: slot.duty.day),
                ),
                ConstraintCollectors.sum(lambda slot: slot.duty.minutes),
            )
            .penalize(soft(rank), beyond)
            .as_constraint("intense workload")
        )
