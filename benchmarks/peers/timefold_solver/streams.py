"""The streams that several rules share: the solver keeps a stream once only if it is one object."""

from dataclasses import dataclass

from .domain import Slot
from .untyped import ConstraintCollectors, ConstraintFactory, Joiners, Stream


@dataclass(frozen=True)
class Streams:
    """What rules are made of.

    Args:
        both: two slots of one physician, the earlier first, where having both means anything.
        worked: the minutes of each physician who has any slot.
    """

    factory: ConstraintFactory
    slots: Stream
    both: Stream
    worked: Stream


def streams(factory: ConstraintFactory) -> Streams:
    """Return the shared streams."""
    slots = factory.for_each(Slot)
    return Streams(
        factory,
        slots,
        both=slots.join(
            Slot,
            Joiners.equal(lambda slot: slot.physician),
            Joiners.filtering(lambda a, b: b.duty in a.duty.later),
        ),
        worked=slots.group_by(
            lambda slot: slot.physician, ConstraintCollectors.sum(lambda slot: slot.duty.minutes)
        ),
    )
