"""Wishes for tasks, company at work and the rules of the house, as constraint streams."""

from collections.abc import Iterator

from .domain import Slot, Timetable
from .facts import Preferred, Spared, Team
from .known import Known
from .streams import Streams
from .untyped import Constraint, Joiners
from .weights import rank_of, reached, soft


def constraints(streams: Streams, known: Known, problem: Timetable) -> Iterator[Constraint]:
    """Yield the constraints that price what physicians wish for and how the house treats them."""
    team, calls = rank_of(known, "team"), rank_of(known, "morning_after_on_call")
    house = rank_of(known, "house_rules")
    for rank in reached(row.cost for row in problem.preferred):
        yield _preferred(streams, rank)
    if calls is not None:
        yield _mornings(streams, calls, known.weight("morning_after_on_call", "day"))
    if problem.spared and house is not None:
        yield _spared(streams, house, known.weight("house_rules", "first_year"))
    if problem.teams and team is not None:
        yield from _teams(streams, team)


def _preferred(streams: Streams, rank: int) -> Constraint:
    return (
        streams.factory.for_each(Preferred)
        .filter(lambda row: row.cost[rank] > 0)
        .if_not_exists(
            Slot,
            Joiners.equal(lambda row: row.person, lambda slot: slot.physician),
            Joiners.filtering(lambda row, slot: slot.duty in row.duties),
        )
        .penalize(soft(rank), lambda row: row.cost[rank])
        .as_constraint(f"rather one of these, rank {rank}")
    )


def _mornings(streams: Streams, rank: int, weight: int) -> Constraint:
    return (
        streams.slots.filter(lambda slot: slot.duty.call_ends is not None)
        .group_by(lambda slot: slot.physician, lambda slot: slot.duty.call_ends)
        .if_exists(
            Slot,
            Joiners.equal(lambda person, day: person, lambda slot: slot.physician),
            Joiners.equal(lambda person, day: day, lambda slot: slot.duty.morning),
        )
        .penalize(soft(rank), lambda person, day: weight)
        .as_constraint("morning after on-call")
    )


def _spared(streams: Streams, rank: int, weight: int) -> Constraint:
    return (
        streams.factory.for_each(Spared)
        .if_exists(Slot, Joiners.equal(lambda row: row.duty, lambda slot: slot.duty))
        .if_not_exists(
            Slot,
            Joiners.equal(lambda row: row.person, lambda slot: slot.physician),
            Joiners.equal(lambda row: row.duty.day, lambda slot: slot.duty.unwanted),
        )
        .group_by(lambda row: row.duty)
        .penalize(soft(rank), lambda duty: weight)
        .as_constraint("first year")
    )


def _teams(streams: Streams, rank: int) -> Iterator[Constraint]:
    meetings = (
        streams.factory.for_each(Team)
        .join(
            Slot,
            Joiners.equal(lambda team: team.one, lambda slot: slot.physician),
            Joiners.filtering(lambda team, slot: slot.duty.place is not None),
        )
        .join(
            Slot,
            Joiners.equal(lambda team, one: team.other, lambda slot: slot.physician),
            Joiners.equal(lambda team, one: one.duty.place, lambda slot: slot.duty.place),
        )
        .group_by(lambda team, one, other: team, lambda team, one, other: one.duty.place)
    )
    yield (
        meetings.penalize(soft(rank), lambda team, place: team.each).as_constraint(
            "meetings to avoid"
        )
    )
    # Everyone who should meet is charged, and given it back where he does.
    yield (
        streams.factory.for_each(Team)
        .penalize(soft(rank), lambda team: team.never)
        .as_constraint("meetings wanted")
    )
    yield (
        meetings.group_by(lambda team, place: team)
        .reward(soft(rank), lambda team: team.never)
        .as_constraint("meetings that are held")
    )
