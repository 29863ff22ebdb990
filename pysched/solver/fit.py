"""Does a week, with a state, belong to a network? Readers have said it better before."""

from __future__ import annotations

from collections.abc import Iterator

from pysched.model import Network, State, Week


def check_fit(network: Network, week: Week, state: State) -> None:
    """Check every name in the week and the state.

    Raises:
        ValueError: one is not in the network.
    """
    known = {"physician": network.physicians, "task": network.tasks}
    for noun, name in _names(week, state):
        if name not in known[noun]:
            raise ValueError(f"week {week.monday}: {noun} {name!r} is not in {network.name}")


def _names(week: Week, state: State) -> Iterator[tuple[str, str]]:
    for duty in week.duties:
        yield "task", duty.task
    for absence in week.absences:
        yield "physician", absence.physician
    for request in week.requests:
        yield "physician", request.physician
        if request.kind in {"prefer_task", "avoid_task"}:
            yield "task", request.what
    for assignment in week.fixed | (week.published or frozenset()):
        yield "physician", assignment.physician
        yield "task", assignment.task
    for physician, _ in week.granted:
        yield "physician", physician
    for physician, _ in state.loads:
        yield "physician", physician
