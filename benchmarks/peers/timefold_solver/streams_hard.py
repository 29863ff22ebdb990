"""The hard rules between duties, as constraint streams; the rest is in who may have what."""

from collections.abc import Iterator

from .domain import Slot, Timetable
from .facts import Cap
from .known import Known
from .streams import Streams
from .untyped import Constraint, ConstraintCollectors, Joiners
from .weights import HARD


def constraints(streams: Streams, known: Known, problem: Timetable) -> Iterator[Constraint]:
    """Yield the constraints of the hard rules that one assignment alone cannot break."""
    yield from _pairs(streams)
    yield _three_at_once(streams)
    yield from _counts(streams)
    yield _days_in_a_row(streams)
    if problem.caps:
        yield _caps(streams)


def _pairs(streams: Streams) -> Iterator[Constraint]:
    yield (
        streams.both.filter(
            lambda a, b: a.duty.later[b.duty].is_forbidden and not (a.is_pinned and b.is_pinned)
        )
        .penalize(HARD)
        .as_constraint("overlap, travel, rest, nights")
    )
    # A night of last week that reaches into this one may be doubled, but not twice.
    yield (
        streams.both.filter(
            lambda a, b: (
                a.duty.later[b.duty].is_at_once
                and max(a.duty.start, b.duty.start) < a.physician.occupied_until
                and not (a.is_pinned and b.is_pinned)
            )
        )
        .penalize(HARD)
        .as_constraint("two at once beside last week's")
    )


def _three_at_once(streams: Streams) -> Constraint:
    return (
        streams.both.filter(lambda a, b: a.duty.later[b.duty].is_at_once)
        .join(
            Slot,
            Joiners.equal(lambda a, b: a.physician, lambda c: c.physician),
            Joiners.filtering(
                lambda a, b, c: (
                    c.duty in a.duty.later
                    and c.duty in b.duty.later
                    and a.duty.later[c.duty].is_at_once
                    and b.duty.later[c.duty].is_at_once
                    and not (a.is_pinned and b.is_pinned and c.is_pinned)
                )
            ),
        )
        .penalize(HARD)
        .as_constraint("three at once")
    )


def _counts(streams: Streams) -> Iterator[Constraint]:
    yield (
        streams.slots.filter(lambda slot: slot.duty.is_night)
        .group_by(lambda slot: slot.physician, ConstraintCollectors.count())
        .filter(lambda person, nights: nights > person.most_nights)
        .penalize(HARD, lambda person, nights: nights - person.most_nights)
        .as_constraint("nights a week")
    )
    yield (
        streams.worked.filter(lambda person, minutes: minutes > person.most_minutes)
        .penalize(HARD, lambda person, minutes: 1 + (minutes - person.most_minutes) // 60)
        .as_constraint("hours")
    )


def _days_in_a_row(streams: Streams) -> Constraint:
    return (
        streams.slots.group_by(lambda slot: slot.physician, lambda slot: slot.duty.day)
        .group_by(lambda person, day: person, ConstraintCollectors.sum(lambda person, day: day.bit))
        .filter(lambda person, busy: person.too_long[busy] > 0)
        .penalize(HARD, lambda person, busy: person.too_long[busy])
        .as_constraint("days in a row")
    )


def _caps(streams: Streams) -> Constraint:
    return (
        streams.factory.for_each(Cap)
        .join(
            Slot,
            Joiners.equal(lambda cap: cap.person, lambda slot: slot.physician),
            Joiners.filtering(lambda cap, slot: slot.duty in cap.duties),
        )
        .group_by(lambda cap, slot: cap, ConstraintCollectors.count_bi())
        .filter(lambda cap, number: number > cap.most)
        .penalize(HARD, lambda cap, number: number - cap.most)
        .as_constraint("agreed number of duties")
    )
