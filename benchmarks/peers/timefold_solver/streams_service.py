"""Coverage, service and whatever else costs by one assignment or by two, as constraint streams."""

from collections.abc import Iterator

from .domain import Slot, Timetable
from .facts import Rather, Ward
from .known import Known
from .streams import Streams
from .untyped import Constraint, ConstraintCollectors, Joiners
from .weights import rank_of, reached, soft


def constraints(streams: Streams, known: Known, problem: Timetable) -> Iterator[Constraint]:
    """Yield the constraints that price duties, pairs of them, groups of them and wards."""
    free = [slot.duty for slot in problem.slots if not slot.is_pinned]
    for rank in reached(work.open for work in free):
        yield _open(streams, rank)
    works = {slot.duty.index: slot.duty for slot in problem.slots}.values()
    for rank in reached(tuple(map(max, work.single)) for work in works if work.single[0]):
        yield _single(streams, rank)
    for rank in reached(pairing.costs for work in works for pairing in work.later.values()):
        yield _pair(streams, rank)
    for rank in reached(row.cost for row in problem.rather):
        yield _rather(streams, rank)
    yield from _wards(streams, known, problem)
    yield from _debts(streams, known)


def _open(streams: Streams, rank: int) -> Constraint:
    return (
        streams.factory.for_each_including_unassigned(Slot)
        .filter(lambda slot: slot.physician is None)
        .penalize(soft(rank), lambda slot: slot.duty.open[rank])
        .as_constraint(f"open duty, rank {rank}")
    )


def _single(streams: Streams, rank: int) -> Constraint:
    return streams.slots.penalize(
        soft(rank), lambda slot: slot.duty.single[rank][slot.physician.index]
    ).as_constraint(f"assignment, rank {rank}")


def _pair(streams: Streams, rank: int) -> Constraint:
    return streams.both.penalize(
        soft(rank), lambda a, b: a.duty.later[b.duty].costs[rank]
    ).as_constraint(f"two duties, rank {rank}")


def _rather(streams: Streams, rank: int) -> Constraint:
    return (
        streams.factory.for_each(Rather)
        .filter(lambda row: row.cost[rank] > 0)
        .if_exists(
            Slot,
            Joiners.equal(lambda row: row.person, lambda slot: slot.physician),
            Joiners.filtering(lambda row, slot: slot.duty in row.duties),
        )
        .penalize(soft(rank), lambda row: row.cost[rank])
        .as_constraint(f"rather none of these, rank {rank}")
    )


def _wards(streams: Streams, known: Known, problem: Timetable) -> Iterator[Constraint]:
    if not problem.wards:
        return
    longest = (
        streams.slots.filter(lambda slot: slot.duty.ward is not None)
        .group_by(
            lambda slot: slot.duty.ward, lambda slot: slot.physician, ConstraintCollectors.count()
        )
        .group_by(
            lambda ward, person, days: ward,
            ConstraintCollectors.max(lambda ward, person, days: days),
        )
        .complement(Ward, lambda ward: 0)
    )
    led, complete = rank_of(known, "continuity"), rank_of(known, "ward_six")
    if led is not None:
        weight = known.weight("continuity", "ward")
        yield (
            longest.filter(lambda ward, most: most < ward.needed)
            .penalize(soft(led), lambda ward, most: weight)
            .as_constraint("continuity")
        )
    if complete is not None:
        all_days = known.weight("ward_six", "ward")
        yield (
            longest.filter(lambda ward, most: most < ward.open_days)
            .penalize(soft(complete), lambda ward, most: all_days)
            .as_constraint("ward six")
        )


def _debts(streams: Streams, known: Known) -> Iterator[Constraint]:
    rank, weight = rank_of(known, "debt_limit"), known.weight("debt_limit", "sacrifice")
    unavoidable = known.week.unavoidable_sacrifices
    if rank is None or not (known.week.sacrifices and known.week.over_limit):
        return
    yield (
        streams.slots.filter(lambda slot: slot.duty.is_sacrifice and slot.physician.is_over_limit)
        .group_by(lambda slot: slot.duty)
        .group_by(ConstraintCollectors.count())
        .filter(lambda number: number > unavoidable)
        .penalize(soft(rank), lambda number: weight * (number - unavoidable))
        .as_constraint("debt limit")
    )
