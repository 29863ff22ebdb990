"""The rules of a week as constraint streams: those alone that something in the week can break."""

from collections.abc import Callable, Iterator

from . import streams_hard, streams_hours, streams_people, streams_service
from .domain import Timetable
from .known import Known
from .streams import Streams, streams
from .untyped import Constraint, ConstraintFactory, constraint_provider

Provider = Callable[[ConstraintFactory], list[Constraint]]
Part = Callable[[Streams, Known, Timetable], Iterator[Constraint]]

PARTS: tuple[Part, ...] = (
    streams_hard.constraints,
    streams_service.constraints,
    streams_hours.constraints,
    streams_people.constraints,
)


def provider(known: Known, problem: Timetable) -> Provider:
    """Return what makes the constraints of a week, translated for the Java machine."""

    def constraints(factory: ConstraintFactory) -> list[Constraint]:
        shared = streams(factory)
        return [constraint for part in PARTS for constraint in part(shared, known, problem)]

    made: Provider = constraint_provider(constraints)
    return made
